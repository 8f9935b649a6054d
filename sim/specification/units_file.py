"""Reads `units.csv`: one row per unit, in UTF-8 or GB18030, with or without a byte order mark."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Final

from sim.errors import InputError, Problem
from sim.specification.csv_lines import CsvLine, csv_lines
from sim.specification.faults import fault, found_text
from sim.specification.reading import FileRead, read_bytes
from sim.specification.suggestions import nearest
from sim.specification.tree import Path, Place
from sim.specification.yaml_tree import plain_scalar

COLUMNS: Final = ("unit_id", "tier", "parent_id", "population")
POSTS_PREFIX: Final = "posts_"
HOURS_PREFIX: Final = "round_trip_hours_"
MAXIMUM_ROWS: Final = 200_000


@dataclass(slots=True)
class UnitsFile:
    """The rows as plain content of `UnitRow`, and the place of each value by its path within a row."""

    rows: list[dict[str, object]] = field(default_factory=list)
    places: dict[Path, Place] = field(default_factory=dict)
    read: FileRead | None = None


def read_units_file(file: FilePath, blame: Place) -> UnitsFile:
    """Read a units file; InputError with every fault of its header and numbers, at file, line and column."""
    content = read_bytes(file, blame)
    name = file.as_posix()
    units = UnitsFile(read=FileRead(name, hashlib.sha256(content).hexdigest()))
    lines = csv_lines(content, name)
    header = next(lines, None)
    if header is None:
        raise InputError([fault("file_empty", Place(name, 1, 1))])
    columns = [cell.strip() for cell in header.cells]
    problems = _header_faults(columns, header)
    if problems:
        raise InputError(problems)
    for line in lines:
        if not any(cell.strip() for cell in line.cells):
            continue
        if len(line.cells) != len(columns):
            fields = {"found": len(line.cells), "expected": len(columns)}
            problems.append(fault("csv_row_length", line.place(0), **fields))
        elif len(units.rows) >= MAXIMUM_ROWS:
            problems.append(fault("csv_too_many_rows", line.place(0), maximum=MAXIMUM_ROWS))
            break
        else:
            problems.extend(_take_row(units, columns, line))
    if not units.rows and not problems:
        problems.append(fault("file_empty", Place(name, 1, 1)))
    if problems:
        raise InputError(problems)
    return units


def _header_faults(columns: list[str], header: CsvLine) -> list[Problem]:
    problems = []
    for index, column in enumerate(columns):
        place = header.place(index)
        if column in columns[:index]:
            problems.append(fault("csv_column_twice", place, column=column))
        elif column not in COLUMNS and not column.startswith((POSTS_PREFIX, HOURS_PREFIX)):
            allowed = (*COLUMNS, f"{POSTS_PREFIX}<group>", f"{HOURS_PREFIX}<tier>")
            absent = [known for known in COLUMNS if known not in columns]
            suggestion = nearest(column, absent) or nearest(column, allowed)
            column_name = found_text(column)
            problems.append(
                fault("csv_column_unknown", place, column=column_name, allowed=allowed, suggestion=suggestion)
            )
    misspelt = {problem.fields["suggestion"] for problem in problems if problem.code == "csv_column_unknown"}
    missing = [column for column in COLUMNS if column not in columns and column not in misspelt]
    return problems + [fault("csv_column_missing", header.place(0), column=column) for column in missing]


def _take_row(units: UnitsFile, columns: list[str], line: CsvLine) -> list[Problem]:
    posts: dict[str, object] = {}
    hours: dict[str, object] = {}
    row: dict[str, object] = {"posts": posts, "round_trip_hours": hours, "population_persons": 0}
    index = len(units.rows)
    units.places[index,] = line.place(0)
    problems = []
    for position, (column, cell) in enumerate(zip(columns, line.cells, strict=True)):
        text, place = cell.strip(), line.place(position)
        if column in ("unit_id", "tier", "parent_id"):
            row[column] = text
            units.places[index, column] = place
            continue
        where = _where(column)
        units.places[index, *where] = place
        if not text:
            continue
        number = plain_scalar(text)
        if not isinstance(number, int | float) or isinstance(number, bool):
            code = "not_a_number" if column.startswith(HOURS_PREFIX) else "not_a_whole_number"
            problems.append(fault(code, place, ("units", "rows", index, *where), found=found_text(text), unit=""))
        elif where[0] == "posts":
            posts[str(where[1])] = number
        elif where[0] == "round_trip_hours":
            hours[str(where[1])] = number
        else:
            row["population_persons"] = number
    units.rows.append(row)
    return problems


def _where(column: str) -> Path:
    if column.startswith(POSTS_PREFIX):
        return "posts", column.removeprefix(POSTS_PREFIX)
    if column.startswith(HOURS_PREFIX):
        return "round_trip_hours", column.removeprefix(HOURS_PREFIX)
    return ("population_persons",)
