"""What is taken as given until the fit: stated success shares, hours per case and more, from starting_points.csv."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

from calibration.ledger import Ledger, load_ledger

STARTING_POINTS_FILE: Final = "starting_points.csv"
BASES_FOLDER: Final = "base"
_EVERYWHERE: Final = ""


@dataclass(frozen=True, slots=True)
class StartingPoint:
    """A value in its unit, None where only its ends are stated; `figures` are ids of the ledger that it rests on."""

    value: float | None
    low: float | None
    high: float | None
    figures: tuple[str, ...]
    notes: str

    @property
    def number(self) -> float:
        """The value; raises TypeError where only the ends are stated."""
        if self.value is None:
            raise TypeError(f"no value is stated: {self.notes}")
        return self.value

    @property
    def ends(self) -> tuple[float, float]:
        """Both ends of the range; raises TypeError where one is missing."""
        if self.low is None or self.high is None:
            raise TypeError(f"no range is stated: {self.notes}")
        return self.low, self.high

    @property
    def stated_ends(self) -> tuple[float, ...]:
        """Both ends of the range, or nothing where it has none."""
        return () if self.low is None or self.high is None else (self.low, self.high)

    def at(self, value: float) -> "StartingPoint":
        """The same quantity at another value, for certain: without a range."""
        return replace(self, value=value, low=None, high=None)


@dataclass(frozen=True, slots=True)
class StartingPoints:
    """The starting points of one place by quantity and by what it is of: a kind of tier, a staff group or nothing."""

    place: str
    points: Mapping[tuple[str, str], StartingPoint]

    def of(self, quantity: str, of: str = "") -> StartingPoint:
        """The starting point of a quantity; raises KeyError where there is none."""
        try:
            return self.points[quantity, of]
        except KeyError:
            where = f"{quantity} {of}".strip()
            raise KeyError(f"{STARTING_POINTS_FILE} has no {where} for {self.place}") from None

    def at(self, values: Mapping[tuple[str, str], float]) -> "StartingPoints":
        """The same points with some at other values and none with a range; raises KeyError for an unknown one."""
        certain = {key: point if point.value is None else point.at(point.value) for key, point in self.points.items()}
        return StartingPoints(
            self.place, MappingProxyType({**certain, **{key: self.of(*key).at(value) for key, value in values.items()}})
        )


def names_of_places(file: Path, read: Iterable[Path]) -> tuple[str, ...]:
    """Return whose starting points a scenario file takes: its place, after the shared bases among the files `read`.

    A place is named by its folder, a base by its file; what a file extends is read after it and comes first.
    """
    bases = [base.stem for base in read if base.parent.name == BASES_FOLDER]
    return (*reversed(bases), *(() if file.parent.name == BASES_FOLDER else (file.parent.name,)))


def load_starting_points(*places: str, ledger: Ledger | None = None) -> StartingPoints:
    """Read the starting points of a place, the last one named; its rows go before those of the places named earlier.

    Rows of every place come last. A row without value takes that of its only figure in the ledger. Raises ValueError
    for a number that is none.
    """
    ledger = ledger or load_ledger()
    text = (Path(__file__).parent / STARTING_POINTS_FILE).read_text(encoding="utf-8-sig")
    order = (_EVERYWHERE, *places)
    rows = [row for row in csv.DictReader(text.splitlines()) if row["place"] in order]
    points = {}
    for row in sorted(rows, key=lambda row: order.index(row["place"])):
        points[row["quantity"], row["of"]] = _starting_point(row, ledger)
    return StartingPoints(places[-1], MappingProxyType(points))


def _starting_point(row: Mapping[str, str], ledger: Ledger) -> StartingPoint:
    figures = tuple(part.strip() for part in row["figures"].split(";") if part.strip())
    for figure in figures:
        ledger.figure(figure)
    value = _number(row["value"])
    if value is None and len(figures) == 1:
        value = ledger.figure(figures[0]).number
    return StartingPoint(value, _number(row["low"]), _number(row["high"]), figures, row["notes"])


def _number(text: str) -> float | None:
    return float(text) if text.strip() else None
