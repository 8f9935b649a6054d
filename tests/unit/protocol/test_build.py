"""Queue classes, deadlines, handover and visits of a compiled protocol."""

from typing import Any

import numpy as np
import pytest

from sim.jurisdiction.build import build_jurisdiction
from sim.protocol.build import compile_protocol
from sim.protocol.contract import Protocol
from sim.vocabulary import NEVER_S
from tests.unit.scenario_factory import MakeScenario, days, desk, staff_group, tier

DAY = 86_400


def protocol_of(make_scenario: MakeScenario, **blocks: Any) -> Protocol:
    scenario = make_scenario(**blocks)
    return compile_protocol(scenario, build_jurisdiction(scenario))


def test_without_priority_everyone_is_of_one_class(make_scenario: MakeScenario) -> None:
    protocol = protocol_of(make_scenario)
    assert not protocol.class_by_difficulty
    assert protocol.category_class.tolist() == [0, 0]
    assert protocol.difficulty_class.tolist() == [0]
    assert not protocol.earliest_due


def test_classes_by_category_follow_the_order_of_categories(make_scenario: MakeScenario) -> None:
    queue = {"order": "earliest_due", "priority": {"by": "category", "classes": {"land": 1, "neighbours": 7}}}
    protocol = protocol_of(make_scenario, queue=queue)
    assert protocol.category_class.tolist() == [7, 1]
    assert not protocol.class_by_difficulty
    assert protocol.earliest_due


@pytest.mark.parametrize(("first", "classes"), [("hardest", [2, 1, 0]), ("easiest", [0, 1, 2])])
def test_classes_by_difficulty_serve_the_chosen_end_first(
    make_scenario: MakeScenario, first: str, classes: list[int]
) -> None:
    priority = {"by": "difficulty", "thresholds_logit": [-1.0, 1.0], "first": first, "noise_sd_logit": 0.0}
    protocol = protocol_of(make_scenario, queue={"order": "first_come", "priority": priority})
    assert protocol.class_by_difficulty
    assert protocol.difficulty_class.tolist() == classes


def test_deadlines_cover_every_day_of_the_horizon_tier_by_tier(make_scenario: MakeScenario) -> None:
    tiers = {
        "village": tier("village", {"desk": desk("village_mediators")}, deadline={"days": 7, "clock": "calendar"}),
        "town": tier("town", {"desk": desk("town_cadres")}, gap_days=days(1)),
        "county": tier("county", {"desk": desk("county_centre")}, deadline={"days": 60, "clock": "working"}),
    }
    protocol = protocol_of(make_scenario, tiers=tiers, overall_deadline={"days": 30, "clock": "calendar"})
    assert protocol.tier_due_s.shape == (3, 365 + 180)
    assert protocol.tier_due_s[:, 0].tolist() == [8 * DAY, NEVER_S, 61 * DAY]
    assert protocol.tier_due_s[:, -1].tolist() == [(544 + 8) * DAY, NEVER_S, (544 + 61) * DAY]
    assert protocol.overall_due_s[[0, -1]].tolist() == [31 * DAY, (544 + 31) * DAY]


def test_without_an_overall_deadline_none_passes(make_scenario: MakeScenario) -> None:
    assert (protocol_of(make_scenario).overall_due_s == NEVER_S).all()


def test_longest_deadline_from_the_last_day_is_still_in_the_table(make_scenario: MakeScenario) -> None:
    statutory = {"rule": "listed", "closed_days": [], "make_up_days": [], "assumed_years": []}
    limit = {"days": 3650, "clock": "working"}
    protocol = protocol_of(make_scenario, statutory_calendar=statutory, overall_deadline=limit)
    assert (protocol.overall_due_s < NEVER_S).all()


def test_a_handover_occupies_staff_by_their_casework_share_and_is_rounded_once(make_scenario: MakeScenario) -> None:
    groups = {
        "village_mediators": staff_group("village", 4, admin_share=0.3, patrol_share=0.4),
        "town_cadres": staff_group("town", 2, admin_share=0.5),
        "county_centre": staff_group("county", 1, admin_share=0.25, patrol_share=0.75),
    }
    handover = {"delay_days": days(1.0), "hours": 2.5 / 3600}
    protocol = protocol_of(make_scenario, staff_groups=groups, handover=handover)
    # 2.5 s alone is 2 s (half to even); divided by 0.3 it is 8.33 s, by 0.5 exactly 5 s.
    assert protocol.handover_effort_s == 2
    assert protocol.handover_occupation_s.tolist() == [8, 5, 0]
    assert protocol.handover_occupation_s.dtype == np.int64


def test_without_handover_passing_a_case_on_takes_nobodys_time(make_scenario: MakeScenario) -> None:
    protocol = protocol_of(make_scenario)
    assert protocol.handover_effort_s == 0
    assert protocol.handover_occupation_s.tolist() == [0, 0, 0]


@pytest.mark.parametrize(("may_return", "visits"), [([], 1), (["county"], 2)])
def test_a_second_visit_exists_only_where_cases_can_be_returned(
    make_scenario: MakeScenario, may_return: list[str], visits: int
) -> None:
    triage = {
        "rule": "graded",
        "when": "registration",
        "noise_sd_logit": 0.5,
        "small": {"below_logit": -0.5, "tier": "village"},
        "large": {"below_logit": 0.5, "tier": "town"},
        "hard": {"tier": "county"},
        "may_return": may_return,
    }
    assert protocol_of(make_scenario, triage=triage).sessions.visits == visits


def test_ids_are_in_file_order(make_scenario: MakeScenario) -> None:
    channel = {
        "kind": "walk_in",
        "name": {"zh": "来访", "en": "walk-in"},
        "entry_tier": "village",
        "delay_days": days(0),
    }
    channels = {"town_hall": channel | {"share": 0.5}, "hotline": channel | {"share": 0.5}}
    protocol = protocol_of(make_scenario, channels=channels)
    assert protocol.channel_ids == ("town_hall", "hotline")
    assert protocol.category_ids == ("neighbours", "land")
    assert protocol_of(make_scenario).channel_ids == ()
