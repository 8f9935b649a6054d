"""Sessions, options and abilities."""

from typing import Any

import numpy as np
import pytest

from sim.jurisdiction.build import build_jurisdiction
from sim.protocol.build import compile_protocol
from sim.protocol.contract import Sessions
from sim.vocabulary import SessionMode
from tests.unit.scenario_factory import MakeScenario, category, desk, intake, outreach, staff_group, tier

TIERS = {
    "village": tier("village", {"talk": desk("village_mediators"), "visit": outreach("town_cadres", "county_centre")}),
    "town": tier("town", {}),
    "county": tier(
        "county",
        {
            "window": intake("county_centre"),
            "talk": desk("county_centre", "judges"),
            "visit": outreach("judges", bonus_logit=0.75),
        },
    ),
}
GROUPS = {
    "village_mediators": staff_group("village", 4, ability_logit=0.1),
    "town_cadres": staff_group("town", 2, ability_logit=0.2, authority_logit={"land": 0.5, "neighbours": -0.25}),
    "county_centre": staff_group("county", 1, ability_logit=0.3),
    "judges": staff_group("county", 1, ability_logit=0.4),
}
CATEGORIES = {"neighbours": category(0.75), "land": category(0.25)}


@pytest.fixture
def sessions(make_scenario: MakeScenario) -> Sessions:
    return compiled(make_scenario, GROUPS)


def compiled(make_scenario: MakeScenario, groups: dict[str, Any]) -> Sessions:
    scenario = make_scenario(tiers=TIERS, staff_groups=groups, categories=CATEGORIES)
    return compile_protocol(scenario, build_jurisdiction(scenario)).sessions


def test_slots_are_the_sessions_tier_by_tier(sessions: Sessions) -> None:
    assert sessions.slot_ids == ("talk", "visit", "window", "talk", "visit")
    assert sessions.tier_offset.tolist() == [0, 2, 2, 5]
    modes = [SessionMode.DESK, SessionMode.OUTREACH, SessionMode.INTAKE, SessionMode.DESK, SessionMode.OUTREACH]
    assert sessions.mode.tolist() == modes


def test_options_are_the_groups_of_each_slot_in_order_of_preference(sessions: Sessions) -> None:
    assert sessions.option_offset.tolist() == [0, 1, 3, 4, 6, 7]
    assert sessions.option_group.tolist() == [0, 1, 2, 2, 2, 3, 3]
    assert sessions.option_slot.tolist() == [0, 1, 1, 2, 3, 3, 4]


def test_only_earlier_settlement_sessions_of_the_tier_are_counted(sessions: Sessions) -> None:
    assert sessions.settlement_ordinal.tolist() == [0, 1, 0, 0, 1]


def test_only_outreach_brings_a_bonus(sessions: Sessions) -> None:
    assert sessions.bonus_logit.tolist() == [0.0, 0.5, 0.0, 0.0, 0.75]


def test_ability_of_an_option_adds_the_groups_authority_by_category(sessions: Sessions) -> None:
    expected = [[0.1, 0.1], [0.2 - 0.25, 0.2 + 0.5], [0.3, 0.3], [0.3, 0.3], [0.3, 0.3], [0.4, 0.4], [0.4, 0.4]]
    assert sessions.ability_logit.tolist() == expected


def test_a_group_without_casework_hours_is_no_option(make_scenario: MakeScenario) -> None:
    busy = GROUPS | {"county_centre": staff_group("county", 1, admin_share=0.7, patrol_share=0.3)}
    sessions = compiled(make_scenario, busy)
    assert sessions.option_group.tolist() == [0, 1, 3, 3]
    assert sessions.option_offset.tolist() == [0, 1, 2, 2, 3, 4]
    assert sessions.option_slot.tolist() == [0, 1, 3, 4]


def test_a_session_is_held_for_the_kinds_it_lists_or_for_all(make_scenario: MakeScenario) -> None:
    land_only = {"visit": outreach("county_centre", categories=["land"]), "talk": desk("county_centre")}
    places = TIERS | {"county": tier("county", land_only)}
    scenario = make_scenario(tiers=places, staff_groups=GROUPS, categories=CATEGORIES)
    sessions = compile_protocol(scenario, build_jurisdiction(scenario)).sessions
    assert sessions.slot_ids == ("talk", "visit", "visit", "talk")
    assert sessions.held_for.tolist() == [[True, True], [True, True], [False, True], [True, True]]


def test_arrays_have_the_types_of_the_contract(sessions: Sessions) -> None:
    names = ["tier_offset", "mode", "settlement_ordinal", "option_offset", "option_group", "option_slot"]
    assert {getattr(sessions, name).dtype for name in names} == {np.dtype(np.int32)}
    assert sessions.ability_logit.dtype == sessions.bonus_logit.dtype == np.float64


def test_a_place_without_any_session_compiles(make_scenario: MakeScenario) -> None:
    tiers = {kind: tier(kind, {}) for kind in ("village", "town", "county")}
    scenario = make_scenario(tiers=tiers, staff_groups={})
    sessions = compile_protocol(scenario, build_jurisdiction(scenario)).sessions
    assert sessions.tier_offset.tolist() == [0, 0, 0, 0]
    assert sessions.ability_logit.shape == (0, 2)
