"""From how many waiting a tier refers, which sessions must come first, and whose records are under pressure."""

from typing import Any

import numpy as np

from sim.jurisdiction.build import build_jurisdiction
from sim.protocol.build import compile_protocol
from sim.protocol.contract import HandingUp
from sim.vocabulary import NEVER_S
from tests.unit.scenario_factory import MakeScenario, days, desk, staff_group, tier


def compiled(make_scenario: MakeScenario, **blocks: Any) -> HandingUp:
    scenario = make_scenario(**blocks)
    return compile_protocol(scenario, build_jurisdiction(scenario)).handing_up


def places(**village: Any) -> dict[str, Any]:
    sessions = {"alone": desk("village_mediators"), "with_squad": desk("village_mediators", "squad")}
    return {
        "village": tier("village", sessions, **village),
        "town": tier("town", {"desk": desk("town_cadres")}),
        "county": tier("county", {"desk": desk("county_centre")}),
    }


GROUPS = {
    "village_mediators": staff_group("village", 6),
    "squad": staff_group("village", 3, posts_serve=2),
    "town_cadres": staff_group("town", 2),
    "county_centre": staff_group("county", 1),
}


def referral(per_post: float, prob: float = 0.5) -> dict[str, float]:
    return {"refer_when_waiting_per_post_at_least": per_post, "refer_prob": prob}


def test_all_is_off_where_nothing_is_said(make_scenario: MakeScenario) -> None:
    rules = compiled(make_scenario)
    assert rules.refer_at_waiting.shape == (0, 0)
    assert not rules.must_have_tried.any()
    assert not rules.is_pressed.any()


def test_the_limit_is_per_post_of_all_that_may_hold_the_session_rounded_up(make_scenario: MakeScenario) -> None:
    """Posts of villages 1 to 4: mediators 2, 2, 1, 1; the squad 2 for the first two, 1 for the others."""
    rules = compiled(make_scenario, tiers=places(load_referral=referral(0.6)), staff_groups=GROUPS)
    assert rules.refer_at_waiting.tolist() == [
        [2, 2, 1, 1],
        [3, 3, 2, 2],
        [NEVER_S] * 4,
        [NEVER_S] * 4,
    ]
    assert rules.refer_at_waiting.dtype == np.int64


def test_a_threshold_is_the_decimal_that_was_written(make_scenario: MakeScenario) -> None:
    groups = GROUPS | {"village_mediators": staff_group("village", 40)}
    rules = compiled(make_scenario, tiers=places(load_referral=referral(0.1)), staff_groups=groups)
    assert rules.refer_at_waiting[0].tolist() == [1, 1, 1, 1]
    groups = GROUPS | {"village_mediators": staff_group("village", 120)}
    rules = compiled(make_scenario, tiers=places(load_referral=referral(0.1)), staff_groups=groups)
    assert rules.refer_at_waiting[0].tolist() == [3, 3, 3, 3]


def test_a_referral_that_never_happens_is_none(make_scenario: MakeScenario) -> None:
    rules = compiled(make_scenario, tiers=places(load_referral=referral(0.0, prob=0.0)), staff_groups=GROUPS)
    assert rules.refer_at_waiting.size == 0


def test_required_sessions_are_marked_by_slot(make_scenario: MakeScenario) -> None:
    rules = compiled(make_scenario, tiers=places(must_have_tried=["with_squad"]), staff_groups=GROUPS)
    assert rules.must_have_tried.tolist() == [False, True, False, False]


def test_tiers_under_pressure_are_marked_unless_nobody_yields_to_it(make_scenario: MakeScenario) -> None:
    pressure = {"paper_settlement_prob": 0.3, "return_delay_days": days(9), "tiers": ["town"]}
    assert compiled(make_scenario, reporting_pressure=pressure).is_pressed.tolist() == [False, True, False]
    pressure |= {"paper_settlement_prob": 0.0}
    assert not compiled(make_scenario, reporting_pressure=pressure).is_pressed.any()
