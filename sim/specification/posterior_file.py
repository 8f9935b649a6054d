"""Reads a posterior sample: draws of parameters that no figure pins down, and the scenario values that each implies."""

import hashlib
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path as FilePath
from typing import Final

from sim.errors import InputError, Problem
from sim.specification.csv_lines import CsvLine, csv_lines
from sim.specification.faults import fault, found_text
from sim.specification.reading import FileRead, read_bytes
from sim.specification.tree import Place
from sim.specification.yaml_tree import plain_scalar

DRAW_COLUMN: Final = "draw"
PARAMETER_PREFIX: Final = "parameter:"
VALUE_PREFIX: Final = "value:"
IMPLIED_PREFIX: Final = "implied:"
"""Columns of what a draw implies elsewhere; they are read and left aside."""
MAXIMUM_MIB: Final = 64

_NAME: Final = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)*")
_ALLOWED: Final = (DRAW_COLUMN, f"{PARAMETER_PREFIX}<id>", f"{VALUE_PREFIX}<key.path>", f"{IMPLIED_PREFIX}<name>")
_PREFIXES: Final = (PARAMETER_PREFIX, VALUE_PREFIX, IMPLIED_PREFIX)


@dataclass(frozen=True, slots=True)
class PosteriorSample:
    """The draws of a posterior file in its order.

    `draws` are their ids, each once; `parameters` (by id) and `values` (by key path of a scenario) hold a number for
    each draw. `read` is the file that they were read from.
    """

    draws: tuple[str, ...]
    parameters: Mapping[str, tuple[float, ...]]
    values: Mapping[str, tuple[float, ...]]
    read: FileRead

    def first(self, count: int) -> "PosteriorSample":
        """Return the first `count` draws; ValueError if there are fewer."""
        if not 0 < count <= len(self.draws):
            raise ValueError(f"{count} draws are wanted, the sample has {len(self.draws)}")
        parameters, values = (
            {name: column[:count] for name, column in columns.items()} for columns in (self.parameters, self.values)
        )
        return PosteriorSample(self.draws[:count], parameters, values, self.read)

    def values_of(self, draw: int) -> dict[str, float]:
        """Return the scenario values of the draw at a position, by key path."""
        return {path: column[draw] for path, column in self.values.items()}

    def text(self) -> str:
        """Return the sample as such a file: the same text for the same draws, however their file wrote them."""
        columns = [
            (DRAW_COLUMN, self.draws),
            *((PARAMETER_PREFIX + name, column) for name, column in self.parameters.items()),
            *((VALUE_PREFIX + path, column) for path, column in self.values.items()),
        ]
        lines = [",".join(name for name, _ in columns)]
        lines += [",".join(str(column[draw]) for _, column in columns) for draw in range(len(self.draws))]
        return "\n".join(lines) + "\n"


def read_posterior_file(file: FilePath, blame: Place | None = None) -> PosteriorSample:
    """Read a posterior file; InputError with every fault of its header and numbers, at file, line and column.

    `blame` is the place that names the file, where a scenario does.
    """
    return _sample(read_bytes(file, blame, MAXIMUM_MIB), file.as_posix())


@lru_cache(maxsize=4)
def _sample(content: bytes, name: str) -> PosteriorSample:
    """Keep the last samples: all policies of a place name the same one."""
    lines = csv_lines(content, name)
    header = next(lines, None)
    if header is None:
        raise InputError([fault("file_empty", Place(name, 1, 1))])
    columns = [cell.strip() for cell in header.cells]
    problems = _header_faults(columns, header)
    if problems:
        raise InputError(problems)
    draws: dict[str, int] = {}
    rows: list[list[float]] = []
    for line in lines:
        if any(cell.strip() for cell in line.cells):
            problems += _take_row(columns, line, draws, rows)
    if not rows and not problems:
        problems.append(fault("file_empty", Place(name, 1, 1)))
    if problems:
        raise InputError(problems)
    names = [column for column in columns if column != DRAW_COLUMN]
    by_column = dict(zip(names, zip(*rows, strict=True), strict=True))
    parameters, values = (
        {column.removeprefix(prefix): numbers for column, numbers in by_column.items() if column.startswith(prefix)}
        for prefix in (PARAMETER_PREFIX, VALUE_PREFIX)
    )
    return PosteriorSample(tuple(draws), parameters, values, FileRead(name, hashlib.sha256(content).hexdigest()))


def _header_faults(columns: list[str], header: CsvLine) -> list[Problem]:
    problems = []
    for index, column in enumerate(columns):
        place = header.place(index)
        kind, mark, named = column.partition(":")
        if column in columns[:index]:
            problems.append(fault("csv_column_twice", place, column=column))
        elif column != DRAW_COLUMN and (f"{kind}{mark}" not in _PREFIXES or not named):
            fields = {"column": found_text(column), "allowed": _ALLOWED, "suggestion": ""}
            problems.append(fault("csv_column_unknown", place, **fields))
        elif named and not _NAME.fullmatch(named):
            problems.append(fault("path_syntax", place, found=found_text(named)))
    if DRAW_COLUMN not in columns:
        problems.append(fault("csv_column_missing", header.place(0), column=DRAW_COLUMN))
    for prefix in (PARAMETER_PREFIX, VALUE_PREFIX):
        if not any(column.startswith(prefix) for column in columns):
            wanted = next(allowed for allowed in _ALLOWED if allowed.startswith(prefix))
            problems.append(fault("csv_column_missing", header.place(0), column=wanted))
    return problems


def _take_row(columns: list[str], line: CsvLine, draws: dict[str, int], rows: list[list[float]]) -> list[Problem]:
    if len(line.cells) != len(columns):
        return [fault("csv_row_length", line.place(0), found=len(line.cells), expected=len(columns))]
    problems = []
    row: list[float] = []
    for position, (column, cell) in enumerate(zip(columns, line.cells, strict=True)):
        text = cell.strip()
        if column == DRAW_COLUMN:
            if not _NAME.fullmatch(text):
                problems.append(fault("value_invalid", line.place(position), (column,), found=found_text(text)))
            elif text in draws:
                problems.append(fault("duplicate_item", line.place(position), (column,), found=text))
            draws.setdefault(text, line.number)
            continue
        number = plain_scalar(text)
        if isinstance(number, bool) or not isinstance(number, int | float):
            problems.append(fault("not_a_number", line.place(position), (column,), found=found_text(text), unit=""))
        elif not math.isfinite(number):
            problems.append(fault("not_finite", line.place(position), (column,), found=found_text(number)))
        else:
            row.append(number)
    rows.append(row)
    return problems
