"""The ledger of reported figures: every number the project takes from outside, with its source and definition."""

import csv
import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Final, TypeVar

from calibration.figure import TEXT_UNIT, Bound, Definition, Figure, HowSure, Source, SourceKind
from sim.errors import InputError, Problem

FIGURES_FILE: Final = "figures.csv"
SOURCES_FILE: Final = "sources.csv"

_ID: Final = re.compile(r"[a-z][a-z0-9_]*")
_NUMBER: Final = re.compile(r"-?\d+(\.\d+)?")
_Choice = TypeVar("_Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Ledger:
    """All figures by id and all sources by key, in file order."""

    figures: Mapping[str, Figure]
    sources: Mapping[str, Source]

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of all figures, in file order."""
        return tuple(self.figures)

    @property
    def citable(self) -> frozenset[str]:
        """What a scenario may name as a source: every figure and every source."""
        return frozenset((*self.figures, *self.sources))

    @property
    def units(self) -> dict[str, str]:
        """The unit of every figure, by id."""
        return {id_: figure.unit for id_, figure in self.figures.items()}

    def figure(self, figure_id: str) -> Figure:
        """The figure of that id; raises KeyError with the closest id for an unknown one."""
        try:
            return self.figures[figure_id]
        except KeyError:
            closest = _closest(figure_id, self.ids)
            raise KeyError(f"no figure {figure_id!r} in the ledger; closest: {closest or 'none'}") from None

    def citation(self, figure_id: str, language: str) -> str:
        """Citation of a figure's source in "zh" or "en"; raises KeyError for an unknown figure."""
        source = self.sources[self.figure(figure_id).source]
        return source.citation_zh if language == "zh" else source.citation_en


def load_ledger(folder: Path | None = None) -> Ledger:
    """Read figures.csv and sources.csv from a folder, by default the project's own ledger.

    Raises InputError with every fault of both files at once: codes `ledger.*`, with line and column name.
    """
    folder = Path(__file__).parent if folder is None else folder
    faults: list[Problem] = []
    sources: dict[str, Source] = {}
    for row in _rows(folder / SOURCES_FILE, tuple(field.name for field in fields(Source)), faults):
        row.check_identity("key", sources)
        sources[row["key"]] = _source(row)
    figures: dict[str, Figure] = {}
    figure_rows = list(_rows(folder / FIGURES_FILE, tuple(field.name for field in fields(Figure)), faults))
    for row in figure_rows:
        row.check_identity("id", figures)
        figures[row["id"]] = _figure(row)
    for row in figure_rows:
        _check_references(row, figures, sources)
    if faults:
        raise InputError(sorted(faults, key=lambda fault: (fault.file, fault.line)))
    return Ledger(MappingProxyType(figures), MappingProxyType(sources))


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of a CSV file with its place, and the list that its faults go to."""

    file: str
    line: int
    cells: Mapping[str, str]
    faults: list[Problem]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def fault(self, code: str, column: str, **details: str) -> None:
        self.faults.append(Problem(f"ledger.{code}", self.file, self.line, 0, column, details))

    def require(self, *columns: str) -> None:
        for column in columns:
            if not self[column]:
                self.fault("missing", column)

    def check_identity(self, column: str, known: Mapping[str, object]) -> None:
        name = self[column]
        if not _ID.fullmatch(name):
            self.fault("bad_id", column, found=name, allowed="lower-case letters, digits and _, a letter first")
        elif name in known:
            self.fault("duplicate", column, found=name)

    def choice(self, column: str, kind: type[_Choice]) -> _Choice:
        try:
            return kind(self[column])
        except ValueError:
            allowed = [member.value for member in kind]
            self.fault("not_allowed", column, found=self[column], allowed=", ".join(allowed))
            return next(iter(kind))

    def parts(self, column: str, separator: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in self[column].split(separator) if part.strip())


def _rows(path: Path, columns: tuple[str, ...], faults: list[Problem]) -> Iterator[_Row]:
    """Rows of a CSV file; a wrong header or a row of another length is a fault and yields nothing."""
    try:
        reader = csv.reader(path.read_text(encoding="utf-8-sig").splitlines(keepends=True), strict=True)
        lines = [(cells, reader.line_num) for cells in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        faults.append(Problem("ledger.unreadable", path.name, 0, 0, "", {"found": str(error)}))
        return
    header = tuple(lines[0][0]) if lines else ()
    if header != columns:
        details = {"found": ", ".join(header), "allowed": ", ".join(columns)}
        faults.append(Problem("ledger.wrong_columns", path.name, 1, 0, "", details))
        return
    for cells, line in lines[1:]:
        if len(cells) == len(columns):
            yield _Row(path.name, line, dict(zip(columns, (c.strip() for c in cells), strict=True)), faults)
        else:
            details = {"found": str(len(cells)), "allowed": str(len(columns))}
            faults.append(Problem("ledger.wrong_cell_count", path.name, line, 0, "", details))


def _source(row: _Row) -> Source:
    row.require("citation_en", "citation_zh")
    kind = row.choice("kind", SourceKind)
    recognised_by = row.parts("recognised_by", "|")
    if (kind is SourceKind.DOCUMENT) != bool(recognised_by):
        row.fault("recognised_by", "recognised_by", found=row["recognised_by"], allowed="for documents, and only there")
    return Source(row["key"], row["citation_en"], row["citation_zh"], kind, recognised_by)


def _figure(row: _Row) -> Figure:
    row.require("place", "quantity_en", "quantity_zh", "value", "unit", "period", "source")
    return Figure(
        id=row["id"],
        place=row["place"],
        quantity_en=row["quantity_en"],
        quantity_zh=row["quantity_zh"],
        value=_value(row),
        bound=row.choice("bound", Bound),
        unit=row["unit"],
        period=row["period"],
        definition=row.choice("definition", Definition),
        source=row["source"],
        locator=row["locator"],
        how_sure=row.choice("how_sure", HowSure),
        derived_from=row.parts("derived_from", ";"),
        notes=row["notes"],
    )


def _value(row: _Row) -> float | str:
    text = row["value"]
    if row["unit"] == TEXT_UNIT:
        row.require("notes")
        return text
    if not _NUMBER.fullmatch(text):
        row.fault("not_a_number", "value", found=text, allowed=f"a plain number, or words with the unit {TEXT_UNIT!r}")
        return text
    number = float(text)
    if row["unit"] == "share" and not 0 <= number <= 1:
        row.fault("out_of_range", "value", found=text, allowed="a share between 0 and 1")
    return number


def _check_references(row: _Row, figures: Mapping[str, Figure], sources: Mapping[str, Source]) -> None:
    """A figure's source and the figures it is derived from exist, and its grade agrees with them."""
    figure = figures[row["id"]]
    source = sources.get(figure.source)
    if source is None:
        row.fault("unknown_source", "source", found=figure.source, suggestion=_closest(figure.source, sources))
    for origin in figure.derived_from:
        if origin not in figures or origin == figure.id:
            row.fault("unknown_figure", "derived_from", found=origin, suggestion=_closest(origin, figures))
    if _is_circular(figure, figures):
        row.fault("circular", "derived_from", found=row["derived_from"])
    derived = figure.how_sure is HowSure.DERIVED
    if derived != bool(figure.derived_from) or (source and derived != (source.kind is SourceKind.DERIVED)):
        row.fault(
            "derivation", "how_sure", found=row["how_sure"], allowed="D, derived_from and a derived source go together"
        )
    if derived:
        row.require("notes")
    if source and source.kind is SourceKind.DOCUMENT:
        row.require("locator")


def _is_circular(figure: Figure, figures: Mapping[str, Figure]) -> bool:
    seen: set[str] = set()
    to_visit = list(figure.derived_from)
    while to_visit:
        name = to_visit.pop()
        if name == figure.id:
            return True
        if name in figures and name not in seen:
            seen.add(name)
            to_visit.extend(figures[name].derived_from)
    return False


def _closest(name: str, known: Iterable[str]) -> str:
    return next(iter(difflib.get_close_matches(name, list(known), n=1)), "")
