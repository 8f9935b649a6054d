"""The reader of a calibration's folder says what is missing, and where."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.errors import InputError, Problem
from sim.report.calibration_folder import is_calibration_folder, read_calibration
from sim.report.calibration_tables import PARAMETER_COLUMNS, ConflictRow
from tests.unit.report.synthetic_calibration import EMERGENCE, INFORMED, PARAMETERS, TARGETS, write, write_calibration

TABLES = ("figures", "parameters", "pairs", "prior", "posterior", "predictive", "implications", "conflicts")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_calibration(tmp_path / "run")


def problems_of(folder: Path) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as error:
        read_calibration(folder)
    return error.value.problems


def changed(path: Path, column: str, value: str, row: int = 0) -> None:
    table = pd.read_csv(path, encoding="utf-8-sig", dtype=str, keep_default_na=False)
    table.loc[row, column] = value
    write(path, table)


def test_everything_written_is_read(folder: Path) -> None:
    tables = read_calibration(folder)
    assert [row.parameter for row in tables.parameters] == list(PARAMETERS.index)
    assert tuple(row.parameter for row in tables.parameters if row.informed) == INFORMED
    assert [row.target for row in tables.figures if row.held_out] == list(TARGETS.index[TARGETS["held_out"]])
    assert list(tables.prior.columns) == ["draw", *PARAMETERS.index]
    assert list(tables.posterior.columns) == ["draw", *PARAMETERS.index, EMERGENCE]
    assert list(tables.predictive.columns) == ["kind", "draw", *TARGETS.index]
    assert set(tables.posterior.dtypes) == {np.dtype(float)}
    assert tables.conflicts == ()
    assert is_calibration_folder(folder)
    assert not is_calibration_folder(folder.parent)


def test_empty_cells_are_missing_numbers_and_a_missing_yes_or_no(folder: Path) -> None:
    assumed = read_calibration(folder).parameters[-1]
    assert assumed.coverage_ok is None
    assert np.isnan(assumed.coverage_90)
    assert assumed.coverage_rows == 0


def test_conflicts_are_read(tmp_path: Path) -> None:
    conflict = ConflictRow("found_10y; settled_in_village", "one; other", 0.0004)
    assert read_calibration(write_calibration(tmp_path / "run", conflicts=(conflict,))).conflicts == (conflict,)


@pytest.mark.parametrize("name", TABLES)
def test_a_missing_table_is_named(folder: Path, name: str) -> None:
    (folder / f"{name}.csv").unlink()
    (problem,) = [problem for problem in problems_of(folder) if problem.code == "run_folder_missing_file"]
    assert problem.file.endswith(f"{name}.csv")


def test_without_a_manifest_it_is_no_finished_folder(folder: Path) -> None:
    (folder / "manifest.json").unlink()
    assert [problem.code for problem in problems_of(folder)] == ["run_folder_missing_file"]


def test_a_manifest_that_says_too_little_is_refused(folder: Path) -> None:
    content = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    del content["accepted"]
    (folder / "manifest.json").write_text(json.dumps(content), encoding="utf-8")
    (problem,) = problems_of(folder)
    assert problem.code == "run_folder_invalid"
    assert "accepted" in problem.fields["reason"]


def test_missing_columns_are_named(folder: Path) -> None:
    table = pd.read_csv(folder / "parameters.csv", encoding="utf-8-sig", dtype=str)
    write(folder / "parameters.csv", table.drop(columns=["contraction", "informed"]))
    (problem,) = [problem for problem in problems_of(folder) if problem.code == "run_folder_missing_columns"]
    assert problem.fields == {"missing": "informed, contraction", "needed": ", ".join(PARAMETER_COLUMNS)}


@pytest.mark.parametrize("name", ["prior", "posterior"])
def test_draws_without_a_parameter_are_refused(folder: Path, name: str) -> None:
    draws = pd.read_csv(folder / f"{name}.csv", encoding="utf-8-sig")
    write(folder / f"{name}.csv", draws.drop(columns=["parameter:frailty_shape"]))
    (problem,) = problems_of(folder)
    assert problem.fields["missing"] == "parameter:frailty_shape"


def test_a_pair_that_the_posterior_lacks_is_refused(folder: Path) -> None:
    changed(folder / "pairs.csv", "second", "value:luck")
    (problem,) = problems_of(folder)
    assert (problem.code, problem.fields["missing"]) == ("run_folder_missing_columns", "value:luck")


@pytest.mark.parametrize(
    ("name", "column", "cell"),
    [
        ("figures", "held_out", "maybe"),
        ("figures", "reported", "many"),
        ("parameters", "informed", ""),
        ("parameters", "coverage_rows", "x"),
        ("posterior", "parameter:frailty_shape", "x"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named(folder: Path, name: str, column: str, cell: str) -> None:
    changed(folder / f"{name}.csv", column, cell)
    first = problems_of(folder)[0]
    assert first.code == "run_folder_invalid"
    assert first.file.endswith(f"{name}.csv")
    assert column in first.fields["reason"]


def test_the_tables_are_frozen(folder: Path) -> None:
    tables = read_calibration(folder)
    assert replace(tables, pairs=()).pairs == ()
    with pytest.raises(AttributeError):
        tables.pairs = ()  # type: ignore[misc]
