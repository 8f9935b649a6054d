"""Effects of practices: paired with the right reference, kept, found again, and known to be out of date."""

from pathlib import Path

import pytest

from sim.experiment.executor import Workers
from sim.experiment.practice_effects import (
    EFFECT_COLUMNS,
    PracticeCase,
    measure_effects,
    merged_effects,
    practice_case,
    read_effects,
    staleness,
    write_effects,
)
from sim.experiment.progress import Unwatched

PRACTICE = """practice:
  name: {zh: 加人, en: More mediators}
  place: {zh: 小县, en: Tiny County}
  serves: [p01]
  source: S
  mechanisms: [STAF]
  levers: [staff_groups.mediators.posts]
  shows_in: {payroll_yuan_per_year: higher, "payroll_yuan_per_year@group:helpers": higher}
  evidence: {kind: assumed, statement: {zh: 无, en: none}, figures: []}
  measured_over: ill.yaml
changes:
  - add: {path: staff_groups.mediators.posts, amount: 3}
"""
ILL = "staff_groups: {centre: {admin_share: 0.3}}\n"


@pytest.fixture
def case(tiny_county: Path) -> PracticeCase:
    (tiny_county / "practice.yaml").write_text(PRACTICE, encoding="utf-8")
    (tiny_county / "ill.yaml").write_text(ILL, encoding="utf-8")
    return practice_case("practice", tiny_county / "practice.yaml", tiny_county / "baseline.yaml")


def test_a_practice_is_measured_over_what_it_remedies(case: PracticeCase) -> None:
    assert case.reference.scenario.staff_groups["centre"].admin_share == 0.3
    assert case.reference.scenario.staff_groups["mediators"].posts == 6
    assert case.laid.scenario.staff_groups["mediators"].posts == 9


def test_effects_are_paired_differences_and_finished_replications_are_found_again(
    case: PracticeCase, tmp_path: Path
) -> None:
    effects = measure_effects([case], tmp_path / "kept", 2, Workers(1), Unwatched())
    assert tuple(effects.columns) == EFFECT_COLUMNS
    assert list(effects["measure"]) == ["payroll_yuan_per_year", "payroll_yuan_per_year", "days_unresolved_180d"]
    payroll = effects.iloc[0]
    assert (payroll["method"], payroll["replications"], payroll["measured_over"]) == ("paired", 2, "ill")
    assert payroll["difference"] > 0
    assert effects.iloc[1]["difference"] == 0, "a group that neither side has costs nothing"
    written = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "kept").iterdir()}
    again = measure_effects([case], tmp_path / "kept", 2, Workers(1), Unwatched())
    assert again.equals(effects)
    assert {path.name: path.stat().st_mtime_ns for path in (tmp_path / "kept").iterdir()} == written


def test_a_stored_table_knows_when_it_is_out_of_date(case: PracticeCase, tiny_county: Path, tmp_path: Path) -> None:
    effects = measure_effects([case], tmp_path / "kept", 2, Workers(1), Unwatched())
    file = tmp_path / "effects.csv"
    assert staleness(case, read_effects(file), 2) == "missing"
    write_effects(file, effects)
    stored = read_effects(file)
    assert stored.equals(effects)
    assert staleness(case, stored, 2) == ""
    assert staleness(case, stored, 3) == "few"
    baseline = tiny_county / "baseline.yaml"
    baseline.write_text(baseline.read_text(encoding="utf-8").replace("Tiny County", "Small County"), encoding="utf-8")
    renamed = practice_case("practice", tiny_county / "practice.yaml", baseline)
    assert staleness(renamed, stored, 2) == "", "names say nothing about numbers"
    text = (tiny_county / "practice.yaml").read_text(encoding="utf-8")
    (tiny_county / "practice.yaml").write_text(text.replace("amount: 3", "amount: 4"), encoding="utf-8")
    changed = practice_case("practice", tiny_county / "practice.yaml", baseline)
    assert staleness(changed, stored, 2) == "changed"


def test_measured_effects_take_the_place_of_those_stored(case: PracticeCase, tmp_path: Path) -> None:
    stored = measure_effects([case], tmp_path / "kept", 2, Workers(1), Unwatched())
    other = stored.assign(practice="another")
    more = measure_effects([case], tmp_path / "kept", 3, Workers(1), Unwatched())
    merged = merged_effects(merged_effects(stored, other), more)
    assert list(merged["practice"]) == ["another"] * 3 + ["practice"] * 3
    assert set(merged.loc[merged["practice"] == "practice", "replications"]) == {3}
    assert merged_effects(stored, stored.iloc[:0]).equals(stored)


def test_an_overlay_that_is_no_practice_is_not_measured(case: PracticeCase, tiny_county: Path) -> None:
    del case
    with pytest.raises(ValueError, match="no practice"):
        practice_case("ill", tiny_county / "ill.yaml", tiny_county / "baseline.yaml")
