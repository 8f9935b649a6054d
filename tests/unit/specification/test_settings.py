"""Settings typed as options."""

import pytest

from sim.errors import InputError, Problem
from sim.specification import ResolvedScenario, load_scenario
from tests.unit.specification.conftest import EXAMPLES


def _with(*settings: str) -> ResolvedScenario:
    return load_scenario(EXAMPLES[0], settings=settings)


def _refused(*settings: str) -> Problem:
    with pytest.raises(InputError) as refused:
        _with(*settings)
    (problem,) = refused.value.problems
    return problem


def test_settings_come_last_and_in_order() -> None:
    resolved = _with("experiment.seed=7", "staff_groups[tier=group].posts=19", "staff_groups.elders.posts=20")
    assert resolved.scenario.experiment.seed == 7
    assert resolved.scenario.staff_groups["grid_workers"].posts == 19
    assert resolved.scenario.staff_groups["elders"].posts == 20
    assert resolved.provenance["experiment.seed"].set_by == "--set"


def test_a_value_is_read_as_yaml_reads_it() -> None:
    scenario = _with(
        "triage.may_return=[]", "patience=~", "experiment.replications={rule: fixed, count: 4}", "name.zh=方案=一"
    ).scenario
    assert scenario.triage.model_dump()["may_return"] == ()
    assert scenario.patience is None
    assert scenario.experiment.replications.rule == "fixed"
    assert scenario.name.zh == "方案=一"


def test_a_record_may_be_set() -> None:
    resolved = _with("household.persons={value: 3, basis: assumed, range: [2, 4]}")
    assert resolved.provenance["household.persons"].range == (2, 4)


@pytest.mark.parametrize(
    ("setting", "code", "column", "suggestion"),
    [
        ("experiment.seeed=7", "path_unknown", 12, "seed"),
        ("staff_groups.elder.posts=7", "path_unknown", 14, "elders"),
        ("tiers[kind=twon].deadline.days=7", "path_no_match", 1, "town"),
        ("queue.order=first_comes", "not_one_of", 13, "first_come"),
        ("measures.equity_tier=vilage", "unknown_id", 22, "village"),
        ("experiment.seed=-7", "below_minimum", 17, ""),
        ("triage.may_return=[town, conty]", "unknown_id", 26, "county"),
        ("experiment.seed", "setting_syntax", 1, ""),
        ("=7", "setting_syntax", 1, ""),
        ("experiment..seed=7", "path_syntax", 12, ""),
        ("experiment.seed=[7", "yaml_not_closed", 17, ""),
        ("experiment.seed=&a 7", "yaml_anchor", 17, ""),
        ("experiment.seed=", "empty_value", 1, ""),
    ],
)
def test_a_wrong_setting_is_reported_at_its_column(setting: str, code: str, column: int, suggestion: str) -> None:
    problem = _refused(setting)
    assert (problem.code, problem.column) == (code, column)
    assert problem.fields.get("suggestion", "") == suggestion
    assert problem.file == f"--set {setting}"
