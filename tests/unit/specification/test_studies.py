"""Study files: what they say of every point, and where each fault stands."""

from collections.abc import Callable
from pathlib import Path

import pytest

from sim.errors import InputError
from sim.specification import load_scenario, validate_path
from sim.specification.faults import FAULT_FIELDS
from sim.specification.studies import StudyScenarios, read_study, study_scenarios

BASELINE = Path(__file__).parents[2] / "end_to_end" / "tiny_county" / "baseline.yaml"
HEAD = f"""\
study_version: 1
name: {{zh: 题, en: Title}}
question: {{zh: 问, en: Question}}
baseline: {BASELINE.as_posix()}
paired_with: baseline
factors:
"""
ABILITY = """\
  ability:
    kind: path
    name: {zh: 能力, en: Ability}
    path: staff_groups.centre.ability_logit
    values: [0.1, 0.2]
"""
MOVED = """\
  moved:
    kind: changes
    name: {zh: 上调, en: Moved up}
    values: [0, 0.5, 1]
    changes:
      - move: {from: staff_groups.mediators.posts, to: staff_groups.centre.posts}
      - set: {path: staff_groups.centre.ability_logit, value: 0.4}
"""
LEVELS = """\
  how:
    kind: levels
    name: {zh: 办法, en: How}
    levels:
      as_now: {name: {zh: 照旧, en: As now}}
      busier: {name: {zh: 更忙, en: Busier}, with: [parts.yaml]}
      sooner:
        name: {zh: 更快, en: Sooner}
        changes:
          - scale: {path: tiers.county.sessions.talk.effort_hours.mean_hours, factor: 0.5}
"""
VALUED = """\
  valued:
    kind: levels
    name: {zh: 比例, en: Share}
    changes: [{move: {from: staff_groups.mediators.posts, to: staff_groups.centre.posts}}]
    levels:
      none: {value: 0}
      half: {value: 0.5, changes: [{add: {path: staff_groups.centre.posts, amount: 1}}]}
"""

WriteStudy = Callable[[str], Path]


@pytest.fixture
def write_study(tmp_path: Path) -> WriteStudy:
    """Write a study beside an overlay of more disputes."""
    (tmp_path / "parts.yaml").write_text("emergence: {rate_per_1000_per_year: 25}\n", encoding="utf-8")

    def _write(text: str) -> Path:
        path = tmp_path / "study.yaml"
        path.write_text(text, encoding="utf-8", newline="\n")
        return path

    return _write


def points_of(path: Path) -> StudyScenarios:
    return study_scenarios(read_study(path))


def test_a_path_takes_each_value_in_turn(write_study: WriteStudy) -> None:
    scenarios = points_of(write_study(HEAD + ABILITY))
    found = [point.resolved.scenario.staff_groups["centre"].ability_logit for point in scenarios.points]
    assert found == [0.1, 0.2]
    assert scenarios.baseline.scenario == load_scenario(BASELINE).scenario


def test_changes_take_the_value_where_they_leave_theirs_out(write_study: WriteStudy) -> None:
    scenarios = points_of(write_study(HEAD + MOVED))
    groups = [point.resolved.scenario.staff_groups for point in scenarios.points]
    assert [(of["mediators"].posts, of["centre"].posts) for of in groups] == [(6, 1), (3, 4), (0, 7)]
    assert {of["centre"].ability_logit for of in groups} == {0.4}


def test_levels_have_overlays_and_changes_of_their_own(write_study: WriteStudy) -> None:
    as_now, busier, sooner = (point.resolved.scenario for point in points_of(write_study(HEAD + LEVELS)).points)
    assert as_now == load_scenario(BASELINE).scenario
    assert busier.emergence.rate_per_1000_per_year == 25
    effort = getattr(sooner.tiers["county"].sessions["talk"], "effort_hours", None)
    assert getattr(effort, "mean", None) == 40


def test_levels_with_values_share_changes_and_add_their_own(write_study: WriteStudy) -> None:
    file = read_study(write_study(HEAD + VALUED))
    assert (file.factors[0].operation, [level.value for level in file.factors[0].levels]) == ("move", [0, 0.5])
    groups = [point.resolved.scenario.staff_groups for point in study_scenarios(file).points]
    assert [(of["mediators"].posts, of["centre"].posts) for of in groups] == [(6, 1), (3, 5)]


def test_two_factors_make_a_grid_with_the_first_slowest(write_study: WriteStudy) -> None:
    scenarios = points_of(write_study(HEAD + ABILITY + LEVELS))
    assert [tuple(level.text() for level in point.levels) for point in scenarios.points] == [
        (ability, how) for ability in ("0.1", "0.2") for how in ("as_now", "busier", "sooner")
    ]


def test_overlays_of_the_study_are_laid_on_the_baseline_too(write_study: WriteStudy) -> None:
    scenarios = points_of(write_study(HEAD.replace("paired_with", "with: [parts.yaml]\npaired_with") + ABILITY))
    rates = {s.scenario.emergence.rate_per_1000_per_year for s in (scenarios.baseline, scenarios.points[0].resolved)}
    assert rates == {25}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            (HEAD + ABILITY).replace("values:", "valuse:"),
            [("unknown_key", 11, 5, "factors.ability.valuse", "values")],
            id="a misspelt key",
        ),
        pytest.param(
            (HEAD + ABILITY).replace("kind: path", "kind: apth"),
            [("not_one_of", 8, 11, "factors.ability.kind", "path")],
            id="a misspelt kind",
        ),
        pytest.param(
            (HEAD + ABILITY).replace("paired_with: baseline\n", ""),
            [("missing_key", 1, 1, "paired_with", "")],
            id="a missing key",
        ),
        pytest.param(
            (HEAD + ABILITY).replace("study_version: 1", "study_version: 2"),
            [("study_version_unsupported", 1, 16, "study_version", "")],
            id="another version",
        ),
        pytest.param(
            (HEAD + ABILITY).replace("baseline.yaml", "basline.yaml"),
            [("file_missing", 4, 11, "", BASELINE.as_posix())],
            id="a misspelt file",
        ),
        pytest.param(
            (HEAD + ABILITY).replace("ability_logit", "ability_logti"),
            [
                ("study_point_invalid", 11, 14, "factors", ""),
                ("path_unknown", 10, 11, "staff_groups.centre.ability_logti", "ability_logit"),
            ],
            id="a misspelt path",
        ),
        pytest.param(
            (HEAD + ABILITY).replace("path: staff_groups", "path: staff..groups"),
            [("path_syntax", 10, 11, "factors.ability.path", "")],
            id="no path",
        ),
        pytest.param(
            (HEAD + ABILITY).replace("[0.1, 0.2]", "[0.1, high, 0.1]"),
            [("duplicate_item", 11, 25, "factors.ability.values.2", "")],
            id="a value twice",
        ),
        pytest.param(
            (HEAD + ABILITY).replace("[0.1, 0.2]", "[0.1, high]"),
            [
                ("study_point_invalid", 11, 19, "factors", ""),
                ("not_a_number", 11, 19, "staff_groups.centre.ability_logit", ""),
            ],
            id="a value that the path cannot take",
        ),
        pytest.param(
            (HEAD + ABILITY).replace("[0.1, 0.2]", "[]"),
            [("too_few_items", 11, 13, "factors.ability.values", "")],
            id="no value",
        ),
        pytest.param(
            (HEAD + ABILITY).replace("staff_groups.centre.ability_logit", "horizon.cohort_years"),
            [("factor_of_structure", 10, 11, "factors.ability.path", "")],
            id="the span is varied",
        ),
        pytest.param(
            (HEAD + ABILITY).replace("staff_groups.centre.ability_logit", "staff_groups[*].tier"),
            [("factor_of_structure", 10, 11, "factors.ability.path", "")],
            id="structure is varied",
        ),
        pytest.param(
            (HEAD + MOVED).replace("centre.posts}", "centre.posts, share: 0.5}"),
            [("factor_value_unused", 12, 7, "factors.moved.changes", "")],
            id="no change takes the value",
        ),
        pytest.param(
            (HEAD + MOVED).replace("[0, 0.5, 1]", "[0, 0.5, 1.5]"),
            [("above_maximum", 10, 22, "factors.moved.changes.0.move.share", "")],
            id="a share above one",
        ),
        pytest.param(
            (HEAD + MOVED).replace("- move", "- moev"),
            [("factor_value_unused", 12, 7, "factors.moved.changes", ""), ("unknown_key", 12, 9, "", "move")],
            id="a misspelt operation",
        ),
        pytest.param(
            (HEAD + LEVELS).replace("parts.yaml", "part.yaml"),
            [("file_missing", 12, 51, "", "parts.yaml")],
            id="a misspelt overlay",
        ),
        pytest.param(
            (HEAD + LEVELS).replace("name: {zh: 照旧, en: As now}", ""),
            [("missing_key", 11, 7, "factors.how.levels.as_now.name", "")],
            id="a level without name or value",
        ),
        pytest.param(
            (HEAD + VALUED).replace("value: 0.5", "name: {zh: 半, en: half}"),
            [("factor_levels_mixed", 13, 7, "factors.valued.levels.half", "")],
            id="a level without the value that others have",
        ),
        pytest.param(
            (HEAD + ABILITY).replace("paired_with: baseline", "paired_with: row"),
            [("study_row_needs_two_factors", 5, 14, "paired_with", "")],
            id="a row of one factor",
        ),
        pytest.param(
            HEAD + ABILITY + MOVED + LEVELS,
            [("too_many_items", 7, 3, "factors", "")],
            id="three factors",
        ),
        pytest.param(
            (HEAD + ABILITY).replace("[0.1, 0.2]", str([k / 100 for k in range(30)]))
            + MOVED.replace("[0, 0.5, 1]", str([k / 30 for k in range(30)])),
            [("study_too_many_points", 6, 1, "factors", "")],
            id="too many points",
        ),
    ],
)
def test_a_fault_is_told_where_it_stands(
    text: str, expected: list[tuple[str, int, int, str, str]], write_study: WriteStudy
) -> None:
    with pytest.raises(InputError) as refused:
        points_of(write_study(text))
    assert len(refused.value.problems) == len(expected)
    for (code, line, column, path, suggestion), problem in zip(expected, refused.value.problems, strict=True):
        assert (problem.code, problem.line, problem.column) == (code, line, column)
        assert set(problem.fields) == set(FAULT_FIELDS[problem.code])
        assert problem.path.endswith(path)
        suggested = problem.fields.get("suggestion", "")
        assert suggested.endswith(suggestion) if suggestion else not suggested


def test_a_point_names_what_it_shares_with_the_others_once(write_study: WriteStudy) -> None:
    text = (HEAD + ABILITY).replace("[0.1, 0.2]", "[0.1, high]") + LEVELS
    with pytest.raises(InputError) as refused:
        points_of(write_study(text))
    assert [problem.code for problem in refused.value.problems] == ["study_point_invalid", "not_a_number"]
    assert refused.value.problems[0].fields["point"] == "ability=high, how=as_now"


def test_an_overlay_that_changes_the_span_makes_no_point(write_study: WriteStudy, tmp_path: Path) -> None:
    (tmp_path / "parts.yaml").write_text("horizon: {cohort_years: 2}\n", encoding="utf-8")
    with pytest.raises(InputError) as refused:
        points_of(write_study(HEAD + LEVELS))
    (problem,) = refused.value.problems
    assert (problem.code, problem.fields["key"]) == ("study_point_differs", "horizon")
    assert problem.fields["point"] == "how=busier"


def test_a_scenario_is_no_study_and_a_study_no_scenario(write_study: WriteStudy) -> None:
    study = write_study(HEAD + ABILITY)
    with pytest.raises(InputError) as refused:
        read_study(BASELINE)
    assert refused.value.problems[0].code == "study_expected"
    with pytest.raises(InputError) as refused:
        load_scenario(study)
    assert refused.value.problems[0].code == "file_is_study"


def test_a_study_is_checked_as_one(write_study: WriteStudy) -> None:
    (check,) = validate_path(write_study(HEAD + ABILITY))
    assert (check.kind, check.problems) == ("study", ())
    (check,) = validate_path(write_study((HEAD + ABILITY).replace("values", "valeus")))
    assert [problem.code for problem in check.problems] == ["unknown_key"]
