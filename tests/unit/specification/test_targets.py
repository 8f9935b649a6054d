"""Targets files: what they say of a place, and where each fault stands."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from sim.errors import InputError, Problem
from sim.specification import load_scenario, validate_path
from sim.specification.faults import FAULT_FIELDS
from sim.specification.schema.place import ListedCalendar
from sim.specification.targets import read_targets

BASELINE = Path(__file__).parents[2] / "end_to_end" / "tiny_county" / "baseline.yaml"
FIGURES: Final = {"found": "disputes", "in_village": "share", "spared": "groups", "handled": "cases_per_year"}
SOURCES: Final = frozenset(FIGURES)
HEAD = f"""\
targets_version: 1
place: tiny
name: {{zh: 小县, en: Tiny county}}
baseline: {BASELINE.as_posix()}
seed: 7
window: {{warmup_years: 0, record_years: 10, follow_days: 180}}
reference_table: {{rows: 100}}
posterior: {{draws: 20, accepted_share: 0.2, predictive_draws: 10}}
ranged_assumptions: triangular
"""
PARAMETERS = """\
parameters:
  found_per_1000_per_year:
    name: {zh: 发现率, en: Found}
    prior: {distribution: lognormal, median: 6, within_90: [2, 18]}
    basis: literature
    source: found
  settled_in_village_share:
    name: {zh: 村内, en: In the village}
    prior: {distribution: uniform, low: 0.7, high: 0.9}
    basis: assumed
  over_reporting_share:
    name: {zh: 虚报, en: Over-reporting}
    prior: {distribution: triangular, low: 0, mode: 0, high: 0.2}
    basis: assumed
  difficulty:
    name: {zh: 难度, en: Difficulty}
    sets: [categories.all.difficulty_sd_logit]
    prior: {distribution: triangular, low: 0.5, mode: 1, high: 2}
    basis: assumed
"""
AGAIN = """\
  again:
    name: {zh: 再, en: Again}
    sets: [categories.all.difficulty_sd_logit]
    prior: {distribution: uniform, low: 0.5, high: 2}
    basis: assumed
"""
TARGETS = """\
targets:
  found_10y:
    figure: found
    quantity: disputes_found_count
    error: {scale: log, discrepancy_sd: 0.05, reason: {zh: 因, en: why}}
  in_village:
    figure: in_village
    quantity: recorded_settled_in_village_share
    error: {scale: logit, discrepancy_sd: 0.25, reason: {zh: 因, en: why}}
  spared:
    figure: spared
    quantity: units_without_event_count
    tier: village
    events: [handed_to_county, incident]
    error: {scale: logit, discrepancy_sd: 0.15, reason: {zh: 因, en: why}}
  handled: {figure: handled, quantity: mediated_settled_per_year, held_out: true}
"""
WHOLE = HEAD + PARAMETERS + TARGETS
NO_FIT = HEAD.replace("reference_table: {rows: 100}\n", "").replace(" accepted_share: 0.2,", "")
TRANSFERRED = (
    NO_FIT
    + """\
transferred_from: {file: whole.yaml, widened_by: 1.5}
parameters:
  found_per_1000_per_year:
    name: {zh: 发现率, en: Found}
    prior: {distribution: lognormal, median: 6, within_90: [2, 18]}
    basis: assumed
  settled_in_village_share:
    name: {zh: 村内, en: In the village}
    basis: transferred
"""
)


def changed(before: str, after: str, text: str = WHOLE) -> str:
    assert before in text, before
    return text.replace(before, after, 1)


WriteTargets = Callable[..., Path]


@pytest.fixture
def write_targets(tmp_path: Path) -> WriteTargets:
    """Write a targets file beside a whole one, from which others can be transferred, and an overlay of the baseline."""

    def _write(text: str, overlay: str = "") -> Path:
        (tmp_path / "whole.yaml").write_text(WHOLE, encoding="utf-8", newline="\n")
        changed = f"extends: {BASELINE.as_posix()}\n{overlay}"
        (tmp_path / "changed.yaml").write_text(changed, encoding="utf-8", newline="\n")
        path = tmp_path / "tiny.yaml"
        path.write_text(text, encoding="utf-8", newline="\n")
        return path

    return _write


def refused(path: Path) -> list[Problem]:
    with pytest.raises(InputError) as error:
        read_targets(path, SOURCES, FIGURES)
    return list(error.value.problems)


def test_a_targets_file_is_read_with_its_baseline(write_targets: WriteTargets) -> None:
    file = read_targets(write_targets(WHOLE), SOURCES, FIGURES)
    assert (file.baseline, file.transferred_from) == (BASELINE, None)
    assert file.resolved.scenario == load_scenario(BASELINE).scenario
    horizon = file.over_window.scenario.horizon
    assert (horizon.warmup_years, horizon.cohort_years, horizon.follow_days) == (0, 10, 180)
    assert file.place("targets", "spared", "tier").line == WHOLE[: WHOLE.index("tier: village")].count("\n") + 1
    assert [file.unit_of(name) for name in file.targets.parameters] == [
        "per 1,000 persons per year",
        "share",
        "share",
        "logit",
    ]


def test_what_is_transferred_is_read_with_the_fitted_file(write_targets: WriteTargets) -> None:
    file = read_targets(write_targets(TRANSFERRED), SOURCES, FIGURES)
    assert file.transferred_from is not None
    assert file.transferred_from.targets.posterior.accepted_share == 0.2
    assert (dict(file.targets.targets), file.targets.reference_table) == ({}, None)
    assert [parameter.prior is None for parameter in file.targets.parameters.values()] == [False, True]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            changed("window:", "windwo:"),
            [("unknown_key", 6, 1, "windwo", "window")],
            id="a misspelt key",
        ),
        pytest.param(
            changed("    basis: literature\n", ""),
            [("missing_key", 11, 3, "parameters.found_per_1000_per_year.basis", "")],
            id="a missing key",
        ),
        pytest.param(
            changed("targets_version: 1", "targets_version: 2"),
            [("targets_version_unsupported", 1, 18, "targets_version", "")],
            id="another version",
        ),
        pytest.param(
            changed("distribution: uniform", "distribution: unifrom"),
            [("not_one_of", 18, 27, "parameters.settled_in_village_share.prior.distribution", "uniform")],
            id="a misspelt kind of prior",
        ),
        pytest.param(
            changed("settled_in_village_share:", "settled_in_vilage_share:"),
            [("parameter_unknown", 16, 3, "parameters.settled_in_vilage_share", "settled_in_village_share")],
            id="a parameter from which nothing is derived",
        ),
        pytest.param(
            changed("    basis: literature", "    sets: [categories.all.effort_factor]\n    basis: literature"),
            [("parameter_derives", 14, 11, "parameters.found_per_1000_per_year.sets", "")],
            id="a parameter that derives and sets",
        ),
        pytest.param(
            changed("difficulty_sd_logit]", "dificulty_sd_logit]"),
            [("path_unknown", 26, 12, "parameters.difficulty.sets.0", "categories.all.difficulty_sd_logit")],
            id="a misspelt path",
        ),
        pytest.param(
            changed("categories.all.", "categories.land."),
            [("path_unknown", 26, 12, "parameters.difficulty.sets.0", "categories.all.difficulty_sd_logit")],
            id="a path into another category",
        ),
        pytest.param(
            changed("[categories.all.difficulty_sd_logit]", "[categories.all]"),
            [("path_unknown", 26, 12, "parameters.difficulty.sets.0", "")],
            id="a path to a block",
        ),
        pytest.param(
            changed("    sets: [", "    sets: [categories.all.difficulty_sd_logit, "),
            [("parameter_path_twice", 26, 48, "parameters.difficulty.sets.1", "")],
            id="a path set twice",
        ),
        pytest.param(
            HEAD + PARAMETERS + AGAIN + TARGETS,
            [("parameter_path_twice", 31, 12, "parameters.again.sets.0", "")],
            id="a path of another parameter",
        ),
        pytest.param(
            changed("categories.all.difficulty_sd_logit", "horizon.cohort_years"),
            [("factor_of_structure", 26, 12, "parameters.difficulty.sets.0", "")],
            id="a path of structure",
        ),
        pytest.param(
            changed("categories.all.difficulty_sd_logit", "staff_groups.mediators.posts"),
            [("parameter_sets_no_number", 26, 12, "parameters.difficulty.sets.0", "")],
            id="a path to a whole number",
        ),
        pytest.param(
            changed("categories.all.difficulty_sd_logit", "emergence.rate_per_1000_per_year"),
            [("parameter_sets_derived", 26, 12, "parameters.difficulty.sets.0", "found_per_1000_per_year")],
            id="a path to a derived value",
        ),
        pytest.param(
            changed("low: 0.5, mode", "low: -0.5, mode"),
            [("below_minimum", 27, 44, "parameters.difficulty.prior.low", "")],
            id="a prior below its bound",
        ),
        pytest.param(
            changed("low: 0.7, high: 0.9", "low: 0.7, high: 1.9"),
            [("not_below", 18, 52, "parameters.settled_in_village_share.prior.high", "")],
            id="a prior above its bound",
        ),
        pytest.param(
            changed("low: 0.7, high: 0.9", "low: 0, high: 0.9"),
            [("not_above", 18, 41, "parameters.settled_in_village_share.prior.low", "")],
            id="a prior that touches an open bound",
        ),
        pytest.param(
            changed(
                "distribution: uniform, low: 0.7, high: 0.9",
                "distribution: lognormal, median: 0.8, within_90: [0.7, 0.9]",
            ),
            [("prior_without_end", 18, 27, "parameters.settled_in_village_share.prior.distribution", "")],
            id="a prior without an end on a share",
        ),
        pytest.param(
            changed("low: 0.7, high: 0.9", "low: 0.9, high: 0.7"),
            [("not_in_order", 18, 5, "parameters.settled_in_village_share.prior", "")],
            id="ends the wrong way round",
        ),
        pytest.param(
            changed("low: 0.7, high: 0.9", "low: 0.9, high: 0.9"),
            [("not_in_order", 18, 5, "parameters.settled_in_village_share.prior", "")],
            id="ends that are equal",
        ),
        pytest.param(
            changed("mode: 1,", "mode: 3,"),
            [("not_in_order", 27, 5, "parameters.difficulty.prior", "")],
            id="a mode outside the ends",
        ),
        pytest.param(
            changed("median: 6", "median: 20"),
            [("not_in_order", 13, 5, "parameters.found_per_1000_per_year.prior", "")],
            id="a median outside its interval",
        ),
        pytest.param(
            changed("[2, 18]", "[2]"),
            [("too_few_items", 13, 60, "parameters.found_per_1000_per_year.prior.within_90", "")],
            id="an interval of one value",
        ),
        pytest.param(
            changed("    source: found\n", ""),
            [("record_source_missing", 11, 3, "parameters.found_per_1000_per_year", "")],
            id="a basis without source",
        ),
        pytest.param(
            changed("source: found", "source: fuond"),
            [("unknown_source", 15, 13, "parameters.found_per_1000_per_year.source", "found")],
            id="an unknown source",
        ),
        pytest.param(
            changed("basis: literature", "basis: fitted"),
            [("not_one_of", 14, 12, "parameters.found_per_1000_per_year.basis", "")],
            id="a prior that is fitted",
        ),
        pytest.param(
            changed("    prior: {distribution: uniform, low: 0.7, high: 0.9}\n", ""),
            [("missing_key", 16, 3, "parameters.settled_in_village_share.prior", "")],
            id="no prior",
        ),
        pytest.param(
            changed(
                "    prior: {distribution: uniform, low: 0.7, high: 0.9}\n    basis: assumed", "    basis: transferred"
            ),
            [("parameter_not_transferred", 18, 12, "parameters.settled_in_village_share.basis", "")],
            id="transferred from nowhere",
        ),
        pytest.param(
            changed(
                "    basis: transferred",
                "    prior: {distribution: uniform, low: 0.7, high: 0.9}\n    basis: transferred",
                TRANSFERRED,
            ),
            [("parameter_transferred_with_prior", 18, 12, "parameters.settled_in_village_share.basis", "")],
            id="transferred with a prior",
        ),
        pytest.param(
            changed("  settled_in_village_share:", "  settled_at_town_share:", TRANSFERRED),
            [("parameter_unknown_there", 15, 3, "parameters.settled_at_town_share", "")],
            id="transferred what is not there",
        ),
        pytest.param(
            changed("quantity: recorded_settled_in_village_share", "quantity: social_forces_share"),
            [("parameter_without_record", 20, 3, "parameters.over_reporting_share", "")],
            id="over-reporting without a record",
        ),
        pytest.param(
            changed("figure: handled", "figure: handeld"),
            [("target_figure_unknown", 44, 21, "targets.handled.figure", "handled")],
            id="an unknown figure",
        ),
        pytest.param(
            changed(
                "figure: handled, quantity: mediated_settled_per_year", "figure: found, quantity: disputes_found_count"
            ),
            [("target_figure_twice", 44, 21, "targets.handled.figure", "")],
            id="a figure twice",
        ),
        pytest.param(
            changed("figure: in_village", "figure: handled"),
            [
                ("target_unit_differs", 35, 13, "targets.in_village.figure", ""),
                ("target_figure_twice", 44, 21, "targets.handled.figure", ""),
            ],
            id="a figure in another unit",
        ),
        pytest.param(
            changed("quantity: disputes_found_count", "quantity: disputes_found"),
            [("not_one_of", 32, 15, "targets.found_10y.quantity", "")],
            id="an unknown quantity",
        ),
        pytest.param(
            changed("    error: {scale: log, discrepancy_sd: 0.05, reason: {zh: 因, en: why}}\n", ""),
            [("target_without_error", 30, 3, "targets.found_10y", "")],
            id="a figure fitted without an error",
        ),
        pytest.param(
            changed(
                "held_out: true}",
                "held_out: true, error: {scale: log, discrepancy_sd: 0.1, reason: {zh: 因, en: why}}}",
            ),
            [("target_held_out_with_error", 44, 83, "targets.handled.error", "")],
            id="an error of a figure held out",
        ),
        pytest.param(
            changed("scale: logit", "scale: log"),
            [("not_one_of", 37, 20, "targets.in_village.error.scale", "")],
            id="a share on the log scale",
        ),
        pytest.param(
            changed("discrepancy_sd: 0.25", "discrepancy_sd: 0"),
            [("not_above", 37, 43, "targets.in_village.error.discrepancy_sd", "")],
            id="a discrepancy of nothing",
        ),
        pytest.param(
            changed("tier: village", "tier: vilage"),
            [("unknown_id", 41, 11, "targets.spared.tier", "village")],
            id="an unknown tier",
        ),
        pytest.param(
            changed("    tier: village\n", ""),
            [("missing_key", 38, 3, "targets.spared.tier", "")],
            id="units without tier",
        ),
        pytest.param(
            changed("    events: [handed_to_county, incident]\n", ""),
            [("missing_key", 38, 3, "targets.spared.events", "")],
            id="units without events",
        ),
        pytest.param(
            changed("[handed_to_county, incident]", "[]"),
            [("too_few_items", 42, 13, "targets.spared.events", "")],
            id="no event in the list",
        ),
        pytest.param(
            changed("handed_to_county", "handed_to_town"),
            [("not_one_of", 42, 14, "targets.spared.events.0", "handed_to_county")],
            id="an unknown event",
        ),
        pytest.param(
            changed("[handed_to_county, incident]", "[incident, incident]"),
            [("duplicate_item", 42, 24, "targets.spared.events.1", "")],
            id="an event twice",
        ),
        pytest.param(
            changed("quantity: disputes_found_count", "quantity: disputes_found_count\n    events: [incident]"),
            [("target_without_units", 33, 5, "targets.found_10y.events", "")],
            id="events of disputes",
        ),
        pytest.param(
            changed("quantity: disputes_found_count", "quantity: disputes_found_count\n    tier: village"),
            [("target_without_units", 33, 5, "targets.found_10y.tier", "")],
            id="a tier of disputes",
        ),
        pytest.param(
            HEAD
            + PARAMETERS.replace("over_reporting_share:", "weight_of_town_ability:")
            + "targets:\n"
            + TARGETS[TARGETS.index("  handled") :],
            [("targets_all_held_out", 29, 1, "targets", "")],
            id="nothing fitted",
        ),
        pytest.param(
            HEAD + PARAMETERS.replace("over_reporting_share:", "weight_of_town_ability:"),
            [("targets_all_held_out", 1, 1, "targets", "")],
            id="no target at all",
        ),
        pytest.param(
            TRANSFERRED + TARGETS.replace("over_reporting", ""),
            [
                ("target_fitted_though_transferred", 19, 3, "targets.found_10y", ""),
                ("target_fitted_though_transferred", 23, 3, "targets.in_village", ""),
                ("target_fitted_though_transferred", 27, 3, "targets.spared", ""),
            ],
            id="fitted though transferred",
        ),
        pytest.param(
            changed("posterior:", "reference_table: {rows: 100}\nposterior:", TRANSFERRED),
            [("targets_without_fit", 7, 1, "reference_table", "")],
            id="a table though transferred",
        ),
        pytest.param(
            changed("draws: 20,", "draws: 20, accepted_share: 0.2,", TRANSFERRED),
            [("targets_without_fit", 7, 24, "posterior.accepted_share", "")],
            id="an accepted share though transferred",
        ),
        pytest.param(
            changed("reference_table: {rows: 100}\n", ""),
            [("missing_key", 1, 1, "reference_table", "")],
            id="no table",
        ),
        pytest.param(
            changed(" accepted_share: 0.2,", ""),
            [("missing_key", 8, 1, "posterior.accepted_share", "")],
            id="no accepted share",
        ),
        pytest.param(
            changed("rows: 100", "rows: 10"),
            [("below_minimum", 7, 25, "reference_table.rows", "")],
            id="too small a table",
        ),
        pytest.param(
            changed("draws: 20,", "draws: 21,"),
            [("posterior_too_few_accepted", 8, 20, "posterior.draws", "")],
            id="more draws than accepted rows",
        ),
        pytest.param(
            changed("predictive_draws: 10", "predictive_draws: 21"),
            [("above_maximum", 8, 63, "posterior.predictive_draws", "")],
            id="more predictive draws than draws",
        ),
        pytest.param(
            changed("baseline.yaml", "basline.yaml"),
            [("file_missing", 4, 11, "", "baseline.yaml")],
            id="a misspelt baseline",
        ),
        pytest.param(
            changed(BASELINE.as_posix(), "whole.yaml"),
            [("file_is_targets", 4, 11, "baseline", "")],
            id="a baseline that is none",
        ),
        pytest.param(
            changed("whole.yaml", "whol.yaml", TRANSFERRED),
            [("file_missing", 9, 26, "", "whole.yaml")],
            id="a misspelt file to transfer from",
        ),
        pytest.param(
            changed("whole.yaml", "tiny.yaml", TRANSFERRED),
            [("transfer_of_transfer", 9, 26, "transferred_from.file", "")],
            id="transferred from what is itself transferred",
        ),
        pytest.param(
            changed("whole.yaml", "changed.yaml", TRANSFERRED),
            [("targets_expected", 9, 26, "transferred_from.file", "")],
            id="transferred from a scenario",
        ),
        pytest.param(
            changed("widened_by: 1.5", "widened_by: 0.5", TRANSFERRED),
            [("below_minimum", 9, 50, "transferred_from.widened_by", "")],
            id="narrowed",
        ),
        pytest.param(
            changed("record_years: 10", "record_years: 101"),
            [("above_maximum", 6, 41, "window.record_years", "")],
            id="too many years",
        ),
    ],
)
def test_a_fault_is_told_where_it_stands(
    text: str, expected: list[tuple[str, int, int, str, str]], write_targets: WriteTargets
) -> None:
    problems = refused(write_targets(text))
    assert [(each.code, each.line, each.column, each.path) for each in problems] == [each[:4] for each in expected]
    for problem, (*_, suggestion) in zip(problems, expected, strict=True):
        assert set(problem.fields) == set(FAULT_FIELDS[problem.code])
        suggested = problem.fields.get("suggestion", "")
        assert suggested.endswith(suggestion) if suggestion else not suggested


def test_all_faults_are_told_at_once_and_in_order(write_targets: WriteTargets) -> None:
    text = changed("draws: 20,", "draws: 21,")
    for before, after in (
        ("settled_in_village_share:", "settled_in_vilage_share:"),
        ("categories.all.", "categories.land."),
        ("figure: handled", "figure: handeld"),
        ("tier: village", "tier: vilage"),
        ("scale: log,", "scale: logit,"),
    ):
        text = changed(before, after, text)
    problems = refused(write_targets(text))
    assert [problem.code for problem in problems] == [
        "posterior_too_few_accepted",
        "parameter_unknown",
        "path_unknown",
        "not_one_of",
        "unknown_id",
        "target_figure_unknown",
    ]
    assert [problem.line for problem in problems] == sorted(problem.line for problem in problems)


def test_what_a_missing_baseline_hides_is_not_guessed_at(write_targets: WriteTargets) -> None:
    text = changed(
        "baseline.yaml", "none.yaml", changed("tier: village", "tier: vilage", changed("rows: 100", "rows: 99"))
    )
    assert [problem.code for problem in refused(write_targets(text))] == ["file_missing", "posterior_too_few_accepted"]


def test_without_a_ledger_any_figure_and_source_is_taken(write_targets: WriteTargets) -> None:
    text = changed("figure: handled", "figure: anything", changed("source: found", "source: anyone"))
    assert read_targets(write_targets(text)).targets.targets["handled"].figure == "anything"


def test_holidays_must_be_known_over_the_whole_window(write_targets: WriteTargets) -> None:
    by_announcement = "statutory_calendar: {rule: china}\n"
    text = changed(BASELINE.as_posix(), "changed.yaml")
    file = read_targets(write_targets(text, by_announcement), SOURCES, FIGURES)
    calendar = file.over_window.scenario.statutory_calendar
    assert isinstance(calendar, ListedCalendar)
    assert calendar.closed_days[-1].year > 2034
    too_far = write_targets(changed("record_years: 10", "record_years: 90", text), by_announcement)
    assert [(each.code, each.line, each.path) for each in refused(too_far)] == [("calendar_years", 6, "window")]


def test_a_lowest_tier_that_hears_nothing_settles_no_part(write_targets: WriteTargets) -> None:
    text = changed(BASELINE.as_posix(), "changed.yaml")
    text = changed("settled_in_village_share:", "lowest_tier_part_of_village_share:", text)
    read_targets(write_targets(text), SOURCES, FIGURES)
    (problem,) = refused(write_targets(text, "staff_groups: {mediators: {posts: 0}}\n"))
    assert (problem.code, problem.line, problem.fields["tier"]) == ("parameter_lowest_tier_silent", 16, "village")


def test_a_number_of_a_list_is_set_by_its_place(write_targets: WriteTargets) -> None:
    season = "season: {monthly_index: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]}\n"
    text = changed(
        "categories.all.difficulty_sd_logit", "season.monthly_index.11", changed(BASELINE.as_posix(), "changed.yaml")
    )
    file = read_targets(write_targets(text, season), SOURCES, FIGURES)
    assert file.unit_of("difficulty") == "ratio"
    (problem,) = refused(write_targets(changed("index.11", "index.12", text), season))
    assert (problem.code, problem.fields["suggestion"][:20]) == ("path_unknown", "season.monthly_index")


def test_targets_are_no_scenario_and_a_scenario_no_targets(write_targets: WriteTargets) -> None:
    path = write_targets(WHOLE)
    with pytest.raises(InputError) as error:
        load_scenario(path)
    assert [problem.code for problem in error.value.problems] == ["file_is_targets"]
    with pytest.raises(InputError) as error:
        load_scenario(BASELINE, overlays=[path])
    assert [problem.code for problem in error.value.problems] == ["file_is_targets"]
    with pytest.raises(InputError) as error:
        read_targets(BASELINE)
    assert [problem.code for problem in error.value.problems] == ["targets_expected"]


def test_targets_are_checked_as_such(write_targets: WriteTargets) -> None:
    (check,) = validate_path(write_targets(WHOLE), SOURCES, FIGURES)
    assert (check.kind, check.problems) == ("targets", ())
    (check,) = validate_path(write_targets(changed("figure: handled", "figure: handeld")), SOURCES, FIGURES)
    assert [problem.code for problem in check.problems] == ["target_figure_unknown"]
