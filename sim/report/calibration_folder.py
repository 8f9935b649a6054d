"""Reads the result folder of a calibration; the tables and their columns are those of `calibration_tables.py`."""

import json
from dataclasses import fields
from pathlib import Path
from typing import Any, Final, TypeVar

import pandas as pd
from pydantic import ValidationError

from sim.errors import InputError, Problem
from sim.experiment.manifest import MANIFEST_FILE, manifest_bytes
from sim.report.calibration_tables import (
    CONFLICTS_FILE,
    DRAW,
    FIGURES_FILE,
    IMPLICATIONS_FILE,
    KIND,
    PAIRS_FILE,
    PARAMETER_PREFIX,
    PARAMETERS_FILE,
    POSTERIOR_FILE,
    PREDICTIVE_FILE,
    PRIOR_FILE,
    CalibrationManifest,
    CalibrationTables,
    ConflictRow,
    FigureRow,
    ImplicationRow,
    PairRow,
    ParameterRow,
    columns_of,
)


def is_calibration_folder(folder: Path) -> bool:
    """Say whether a folder holds a finished calibration, rather than another run or none."""
    try:
        content = json.loads((folder / MANIFEST_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(content, dict) and "calibration_version" in content


def read_calibration(folder: Path) -> CalibrationTables:
    """Read the folder; InputError (codes `run_folder_*`) naming each file, column or cell that cannot be used."""
    manifest = read_calibration_manifest(folder)
    problems: list[Problem] = []
    figures = _records(folder / FIGURES_FILE, FigureRow, problems)
    parameters = _records(folder / PARAMETERS_FILE, ParameterRow, problems)
    pairs = _records(folder / PAIRS_FILE, PairRow, problems)
    draws = [DRAW, *(f"{PARAMETER_PREFIX}{row.parameter}" for row in parameters)]
    known = {row.parameter for row in parameters}
    named = {name for pair in pairs for name in (pair.first, pair.second)}
    others = sorted(named - known) if parameters else []
    predicted = [DRAW, *(row.target for row in figures)]
    tables = CalibrationTables(
        path=folder,
        manifest=manifest,
        figures=figures,
        parameters=parameters,
        pairs=pairs,
        implications=_records(folder / IMPLICATIONS_FILE, ImplicationRow, problems),
        conflicts=_records(folder / CONFLICTS_FILE, ConflictRow, problems),
        prior=_numbers(folder / PRIOR_FILE, draws, problems),
        posterior=_numbers(folder / POSTERIOR_FILE, [*draws, *others], problems),
        predictive=_numbers(folder / PREDICTIVE_FILE, predicted, problems, text=(KIND,)),
    )
    if problems:
        raise InputError(problems)
    return tables


def read_calibration_manifest(folder: Path) -> CalibrationManifest:
    """Read the manifest of a finished calibration; InputError where there is none or it is not one of a calibration."""
    try:
        return CalibrationManifest.model_validate_json(manifest_bytes(folder))
    except ValidationError as error:
        reason = "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors())
        raise InputError([_invalid(folder / MANIFEST_FILE, reason)]) from None


Record = TypeVar("Record", FigureRow, ParameterRow, PairRow, ImplicationRow, ConflictRow)


def _records(path: Path, record: type[Record], problems: list[Problem]) -> tuple[Record, ...]:
    """Read the rows of a table as records; none, with the problem noted, where it cannot be read."""
    table = _as_text(path, columns_of(record), problems)
    kinds = {field.name: field.type for field in fields(record)}
    rows = []
    for position, row in enumerate(table.to_dict("records"), start=2):
        values: dict[str, Any] = {}
        for column, kind in kinds.items():
            try:
                values[column] = _CELLS[kind](row[column])
            except (KeyError, ValueError):
                problems.append(_invalid(path, f"{position}: {column}: {row[column]!r}"))
        if len(values) == len(kinds):
            rows.append(record(**values))
    return tuple(rows)


def _yes_or_no(cell: str) -> bool:
    return {"true": True, "false": False}[cell.lower()]


_CELLS: Final[dict[Any, Any]] = {
    str: str,
    float: lambda cell: float(cell) if cell else float("nan"),
    int: lambda cell: int(float(cell)) if cell else 0,
    bool: _yes_or_no,
    bool | None: lambda cell: _yes_or_no(cell) if cell else None,
}


def _numbers(path: Path, columns: list[str], problems: list[Problem], *, text: tuple[str, ...] = ()) -> pd.DataFrame:
    """Read columns of numbers under the names that follow the prefix, after those of text."""
    table = _as_text(path, (*text, *columns), problems)
    for column in columns:
        try:
            table[column] = pd.to_numeric(table[column].replace("", "nan")).astype(float)
        except ValueError as error:
            problems.append(_invalid(path, f"{column}: {error}"))
    return table.rename(columns=lambda name: str(name).removeprefix(PARAMETER_PREFIX))


def _as_text(path: Path, columns: tuple[str, ...], problems: list[Problem]) -> pd.DataFrame:
    """Read columns as they are written; empty, with the problem noted, where the table cannot be read."""
    empty = pd.DataFrame(columns=list(columns), dtype=str)
    if not path.is_file():
        problems.append(Problem("run_folder_missing_file", str(path)))
        return empty
    try:
        table = pd.read_csv(path, encoding="utf-8-sig", dtype=str, keep_default_na=False)
    except (OSError, ValueError) as error:
        problems.append(Problem("run_folder_unreadable", str(path), fields={"reason": str(error)}))
        return empty
    missing = [column for column in columns if column not in table.columns]
    if missing:
        said = {"missing": ", ".join(missing), "needed": ", ".join(columns)}
        problems.append(Problem("run_folder_missing_columns", str(path), fields=said))
        return empty
    return table[list(columns)].copy()


def _invalid(path: Path, reason: str) -> Problem:
    return Problem("run_folder_invalid", str(path), fields={"reason": reason})
