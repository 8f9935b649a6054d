from pathlib import Path

import pytest

from sim.errors import InputError
from sim.report.resolved_scenario import RecordedValue, ResolvedFile, read_resolved_file

SCENARIO = """\
schema_version: 1
place: {zh: 县, en: County}
name: {zh: 基线, en: Baseline}
description: {zh: 说明, en: Text}
horizon: {warmup_years: 1}
tiers:
  village: {kind: village, name: {zh: 村, en: Village}, sessions: {}}
units:
  by: table
  rows:
  - {unit_id: v1, tier: village, population_persons: [this is not even read}
  - unit_id: v2
    posts: {cadres: 3}
household:
  persons: {value: 3.2, basis: reported, source: figure-12, range: [2.6, 3.8]}
season:
  monthly_index: {value: [1, 2], basis: assumed}
patrol: {find_prob: 0.3, found: true}
staff_groups:
  cadres: {posts: {value: 5, range: [3, 9]}}
derivation:
  start: {staff_groups.cadres.posts: 4}
"""


@pytest.fixture
def scenario(tmp_path: Path) -> ResolvedFile:
    path = tmp_path / "scenario.baseline.resolved.yaml"
    path.write_text(SCENARIO, encoding="utf-8")
    return read_resolved_file(path, "baseline")


def test_records_become_plain_values_and_keep_what_they_rest_on(scenario: ResolvedFile) -> None:
    assert scenario.content["household"] == {"persons": 3.2}
    assert scenario.recorded == (
        RecordedValue("household.persons", 3.2, "reported", "figure-12", 2.6, 3.8),
        RecordedValue("season.monthly_index", [1, 2], "assumed"),
        RecordedValue("patrol.find_prob", 0.3, "unstated"),
        RecordedValue("staff_groups.cadres.posts", 5, "unstated", "", 3.0, 9.0),
    )


def test_unit_rows_are_skipped_without_being_read(scenario: ResolvedFile) -> None:
    assert scenario.content["units"] == {"by": "table"}
    assert "household" in scenario.content


def test_units_given_by_number_count_as_values(tmp_path: Path) -> None:
    path = tmp_path / "scenario.baseline.resolved.yaml"
    units = "units:\n  by: count\n  counts:\n    village: {value: 72, basis: reported, source: figure-1}\n"
    start, rest = SCENARIO.split("units:", maxsplit=1)[0], SCENARIO[SCENARIO.index("household:") :]
    path.write_text(start + units + rest, encoding="utf-8")
    recorded = read_resolved_file(path, "baseline").recorded
    assert recorded[0] == RecordedValue("units.counts.village", 72, "reported", "figure-1")


def test_what_is_no_part_of_a_scenario_is_left_out(scenario: ResolvedFile) -> None:
    assert "derivation" not in scenario.content
    assert not [value for value in scenario.recorded if value.path.startswith("derivation")]


def test_names_fall_back_to_the_id(scenario: ResolvedFile) -> None:
    assert scenario.name_of("tiers", "village", "zh") == "村"
    assert scenario.name_of("tiers", "county", "zh") == "county"
    assert scenario.name_of("staff_groups", "cadres", "en") == "cadres"
    assert scenario.tier_ids == ("village",)


def test_a_file_that_is_no_scenario_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "scenario.x.resolved.yaml"
    path.write_text("name: {zh: 甲, en: A}\n", encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_resolved_file(path, "x")
    assert error.value.problems[0].code == "run_folder_invalid"
