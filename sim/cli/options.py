"""Options that several commands share, with their help in the language of the system."""

import re
from pathlib import Path
from typing import Annotated, Final

import typer

from sim.cli.language import words_in

DEFAULT_OUT: Final = Path("outputs")
MOST_REPLICATIONS: Final = 100_000

_WORDS: Final = words_in(None)


def replications(text: str) -> int | str:
    """Read a number of replications, or auto."""
    if text == "auto":
        return text
    if re.fullmatch(r"[0-9]{1,6}", text) and 1 <= int(text) <= MOST_REPLICATIONS:
        return int(text)
    raise typer.BadParameter(_WORDS.say("bad_replications"))


def _one_of(*allowed: str):  # type: ignore[no-untyped-def]
    def language(text: str) -> str:
        if text in allowed:
            return text
        raise typer.BadParameter(_WORDS.say("bad_language", allowed=" | ".join(allowed)))

    return language


Overlays = Annotated[
    list[Path], typer.Option("--with", metavar="OVERLAY", help=_WORDS.say("option_with"), show_default=False)
]
Settings = Annotated[
    list[str], typer.Option("--set", metavar="KEY=VALUE", help=_WORDS.say("option_set"), show_default=False)
]
