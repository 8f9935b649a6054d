"""Options that several commands share, with their help in the language of the system."""

import re
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final, Literal

import typer

from sim.cli.language import words_in
from sim.engine.choose import EngineName

DEFAULT_OUT: Final = Path("outputs")
MOST_REPLICATIONS: Final = 100_000

WORDS: Final = words_in(None)
"""The words of help texts: those of the system's language, since help is asked for before any option is read."""


class Language(StrEnum):
    """A language of messages."""

    ZH = "zh"
    EN = "en"


class ReportLanguage(StrEnum):
    """Languages in which a report is built."""

    ZH = "zh"
    EN = "en"
    BOTH = "both"


LANGUAGES_OF: Final[Mapping[ReportLanguage, tuple[Literal["zh", "en"], ...]]] = {
    ReportLanguage.ZH: ("zh",),
    ReportLanguage.EN: ("en",),
    ReportLanguage.BOTH: ("en", "zh"),
}


def replications(text: str) -> int | str:
    """Read a number of replications, or auto."""
    if text == "auto":
        return text
    if re.fullmatch(r"[0-9]{1,6}", text) and 1 <= int(text) <= MOST_REPLICATIONS:
        return int(text)
    raise typer.BadParameter(WORDS.say("bad_replications"))


Scenario = Annotated[Path, typer.Argument(metavar="SCENARIO", help=WORDS.say("argument_scenario"), show_default=False)]
RunDir = Annotated[Path, typer.Argument(metavar="RUN_DIR", help=WORDS.say("argument_run_dir"), show_default=False)]
Overlays = Annotated[
    list[Path] | None, typer.Option("--with", metavar="OVERLAY", help=WORDS.say("option_with"), show_default=False)
]
Settings = Annotated[
    list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help=WORDS.say("option_set"), show_default=False)
]
Replications = Annotated[
    str | None,
    typer.Option(
        "--replications",
        metavar="N|auto",
        parser=replications,
        help=WORDS.say("option_replications"),
        show_default=False,
    ),
]
Posterior = Annotated[
    int | None,
    typer.Option("--posterior", metavar="N", min=1, help=WORDS.say("option_posterior"), show_default=False),
]
Seed = Annotated[
    int | None,
    typer.Option("--seed", metavar="N", min=0, max=2**63 - 1, help=WORDS.say("option_seed"), show_default=False),
]
Workers = Annotated[
    int | None,
    typer.Option("--workers", metavar="N", min=1, max=1_024, help=WORDS.say("option_workers"), show_default=False),
]
Engine = Annotated[EngineName, typer.Option("--engine", help=WORDS.say("option_engine"))]
Out = Annotated[Path, typer.Option("--out", metavar="FOLDER", help=WORDS.say("option_out"))]
Lang = Annotated[Language | None, typer.Option("--lang", help=WORDS.say("option_lang"), show_default=False)]
Records = Annotated[bool, typer.Option("--records", help=WORDS.say("option_records"), show_default=False)]
