"""Triage rules with tiers by index."""

from typing import Any

import pytest

from sim.protocol.triage import compile_triage
from sim.vocabulary import NEVER_S, NOWHERE, Grade, TriageRule
from tests.unit.scenario_factory import MakeScenario


def graded(**changes: Any) -> dict[str, Any]:
    rule = {
        "rule": "graded",
        "when": "registration",
        "noise_sd_logit": 0.5,
        "small": {"below_logit": -0.5, "tier": "village"},
        "large": {"below_logit": 0.5, "tier": "town"},
        "hard": {"tier": "county"},
        "may_return": [],
    }
    return rule | changes


def test_each_grade_has_its_tier_and_micro_matters_go_where_small_ones_go(make_scenario: MakeScenario) -> None:
    small_at_town = graded(small={"below_logit": -0.5, "tier": "town"})
    plan = compile_triage(make_scenario(triage=small_at_town))
    assert plan.rule == TriageRule.GRADED
    assert plan.grade_tier[[Grade.MICRO, Grade.SMALL, Grade.LARGE, Grade.HARD]].tolist() == [1, 1, 1, 2]


def test_triage_after_intake_is_marked(make_scenario: MakeScenario) -> None:
    assert compile_triage(make_scenario(triage=graded(when="after_intake"))).after_intake
    assert not compile_triage(make_scenario(triage=graded())).after_intake


def test_tiers_that_may_return_are_flagged(make_scenario: MakeScenario) -> None:
    plan = compile_triage(make_scenario(triage=graded(may_return=["county", "town"])))
    assert plan.may_return.tolist() == [False, True, True]


def test_micro_matters_wait_whole_seconds_rounded_half_to_even(make_scenario: MakeScenario) -> None:
    micro = {"below_logit": -2.0, "self_days": 2.5 / 86_400, "self_ability_logit": 0.0}
    assert compile_triage(make_scenario(triage=graded(micro=micro))).self_s == 2
    assert compile_triage(make_scenario(triage=graded())).self_s == NEVER_S


@pytest.mark.parametrize(
    ("rule", "code"), [("lowest_first", TriageRule.LOWEST_FIRST), ("by_channel", TriageRule.BY_CHANNEL)]
)
def test_without_grades_no_tier_is_named_and_nothing_returns(
    make_scenario: MakeScenario, rule: str, code: TriageRule
) -> None:
    plan = compile_triage(make_scenario(triage={"rule": rule}))
    assert plan.rule == code
    assert plan.grade_tier.tolist() == [NOWHERE] * 4
    assert not plan.may_return.any()
    assert not plan.after_intake
    assert plan.self_s == NEVER_S
