"""What every figure of the ledger is used as: `python -m calibration.uses` writes uses.csv."""

import csv
import io
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from calibration.ledger import Ledger, load_ledger
from calibration.starting_points import STARTING_POINTS_FILE
from sim.specification.targets import read_targets

USES_FILE: Final = "uses.csv"
TARGETS_FOLDER: Final = "targets"
COLUMNS: Final = ("figure", "place", "used_as", "fits", "quantity_en", "quantity_zh")

_HERE: Final = Path(__file__).parent
_SCENARIOS: Final = _HERE.parent / "scenarios"
_COMMENT: Final = re.compile(r"(?m)(?:^|(?<=\s))#.*$")
_ID: Final = re.compile(r"[a-z][a-z0-9_]*")


class Use(StrEnum):
    """What a figure is used as; one that nothing uses is context."""

    TARGET = "target"
    """A fit is to meet it."""
    HELD_OUT = "held_out"
    """A fit is compared with it."""
    PRIOR = "prior"
    """A prior of a fit names it as its source."""
    STARTING_POINT = "starting_point"
    """A baseline takes it as given where nothing is fitted."""
    SCENARIO = "scenario"
    """A value of a scenario, a policy or a practice names it as its source."""
    ARITHMETIC = "arithmetic"
    """Another figure is derived from it."""
    CONTEXT = "context"


@dataclass(frozen=True, slots=True)
class FigureUse:
    """What one figure is used as, and the places whose fit is to meet it or is compared with it."""

    figure: str
    used_as: tuple[Use, ...]
    fits: tuple[str, ...]


def uses_of_figures(ledger: Ledger) -> tuple[FigureUse, ...]:
    """Return the use of every figure, in ledger order, as the project's files have it now."""
    files = sorted((_HERE / TARGETS_FOLDER).glob("*.yaml"))
    fits = [read_targets(file).targets for file in files]
    answered = [(fit.place, target) for fit in fits for target in fit.targets.values()]
    sources = [parameter.source or "" for fit in fits for parameter in fit.parameters.values()]
    starting_points = (_HERE / STARTING_POINTS_FILE).read_text(encoding="utf-8-sig")
    named_by = {
        Use.TARGET: {target.figure for _, target in answered if not target.held_out},
        Use.HELD_OUT: {target.figure for _, target in answered if target.held_out},
        Use.PRIOR: _ids(sources),
        Use.STARTING_POINT: _ids(row["figures"] for row in csv.DictReader(starting_points.splitlines())),
        Use.SCENARIO: _ids(_without_comments(file) for file in sorted(_SCENARIOS.rglob("*.yaml"))),
        Use.ARITHMETIC: {origin for figure in ledger.figures.values() for origin in figure.derived_from},
    }
    return tuple(
        FigureUse(
            figure,
            tuple(use for use, named in named_by.items() if figure in named) or (Use.CONTEXT,),
            tuple(sorted({place for place, target in answered if target.figure == figure})),
        )
        for figure in ledger.ids
    )


def uses_csv(ledger: Ledger) -> str:
    """Return the table as CSV text."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for use in uses_of_figures(ledger):
        figure = ledger.figure(use.figure)
        said = ("; ".join(use.used_as), "; ".join(use.fits))
        writer.writerow((use.figure, figure.place, *said, figure.quantity_en, figure.quantity_zh))
    return text.getvalue()


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the table beside the ledger."""
    if arguments:
        sys.stderr.write("python -m calibration.uses takes no arguments\n")
        return 2
    (_HERE / USES_FILE).write_text(uses_csv(load_ledger()), encoding="utf-8-sig", newline="\n")
    return 0


def _ids(texts: Iterable[str]) -> set[str]:
    return {id_ for text in texts for id_ in _ID.findall(text)}


def _without_comments(file: Path) -> str:
    return _COMMENT.sub("", file.read_text(encoding="utf-8"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
