"""Where each value comes from."""

from pathlib import Path

from sim.specification import load_scenario, provenance_rows
from tests.unit.specification.conftest import Changed, Write


def test_every_value_has_a_row_with_its_place(example: Path) -> None:
    rows = provenance_rows(load_scenario(example))
    assert len({row.path for row in rows}) == len(rows)
    assert all(row.file and row.line for row in rows)
    assert {row.role for row in rows} <= {"lever", "uncertainty", "structure", ""}


def test_a_row_says_value_unit_role_basis_source_range_and_place(complete: Path) -> None:
    rows = {row.path: row for row in provenance_rows(load_scenario(complete))}
    row = rows["staff_groups.grid_workers.admin_share"]
    assert (row.value, row.unit, row.role) == (0.6, "share", "lever")
    assert (row.basis, row.source, row.range) == ("assumed", "citation: made up for this sample", (0.4, 0.8))
    lines = complete.read_text(encoding="utf-8").splitlines()
    assert lines[row.line - 1][row.column - 1 :].startswith("0.6")
    assert (row.file, row.set_by) == (complete.as_posix(), complete.as_posix())


def test_units_follow_the_key_of_a_distribution(complete: Path) -> None:
    rows = {row.path: row for row in provenance_rows(load_scenario(complete))}
    assert rows["tiers.group.gap_days.low_days"].unit == "days"
    assert rows["tiers.town.sessions.mediation.effort_hours.mean_hours"].unit == "hours"
    assert rows["latent.self_report_days.land.shape"].unit == "ratio"


def test_the_file_that_stated_a_value_last_is_named(changed: Changed) -> None:
    rows = {row.path: row for row in provenance_rows(changed("overall_deadline: {days: 9}\n"))}
    assert rows["overall_deadline.days"].set_by.endswith("policy.yaml")
    assert rows["overall_deadline.clock"].set_by.endswith("complete.yaml")


def test_a_units_table_is_one_row() -> None:
    rows = {row.path: row for row in provenance_rows(load_scenario(Path(__file__).parent / "units_in_a_file.yaml"))}
    assert rows["units.rows"].value == "5 rows"
    assert rows["units.rows"].file.endswith("units.csv")


def test_the_bytes_of_every_file_are_hashed(write: Write) -> None:
    first = load_scenario(write("overall_deadline: {days: 9}\n"))
    second = load_scenario(write("overall_deadline: {days: 9} # the same\n"))
    assert first.scenario == second.scenario
    assert first.files[0].sha256 != second.files[0].sha256
    assert first.files[1] == second.files[1]
