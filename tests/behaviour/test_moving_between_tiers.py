"""Tiers and units without staff: passed through at once, without delay or paperwork."""

from tests.behaviour.story import ALWAYS, HOUR, Life, at, lines, only, place, tell, tiers
from tests.unit.scenario_factory import days, make_scenario, staff_group, tier

PAPERWORK = {"delay_days": days(0), "hours": 2.0}


def test_a_tier_without_sessions_is_passed_through_without_delay() -> None:
    life = Life(at("0d 08:00"), handover_delay_s=5 * HOUR, settles={"county.desk": ALWAYS})
    assert tell(place(tiers=tiers(town=tier("town", {})), handover=PAPERWORK), [life]).events == lines("""
        0d 08:00 #0 arrives at village_1
        0d 08:00 #0 queues for desk
        0d 08:00 #0 starts desk with village_mediators 0
        0d 09:00 #0 ends desk
        0d 09:00 #0 leaves village_1: escalated_exhausted
        0d 09:00 #0 queues for paperwork of desk
        0d 09:00 #0 starts paperwork of desk with village_mediators 0
        0d 11:00 #0 ends paperwork of desk
        0d 14:00 #0 arrives at town_1                       -- the delay is the village's
        0d 14:00 #0 leaves town_1: passed_through
        0d 14:00 #0 arrives at county_1
        0d 14:00 #0 queues for desk
        0d 14:00 #0 starts desk with county_centre 0
        0d 15:00 #0 ends desk
        0d 15:00 #0 leaves county_1: settled
        0d 15:00 #0 is settled at county
    """)


def test_a_tier_whose_groups_have_no_post_for_the_unit_is_passed_through_there_only() -> None:
    groups = {
        "village_mediators": staff_group("village", 4),
        "town_cadres": staff_group("town", 1, posts_serve=1),
        "county_centre": staff_group("county", 1),
    }
    lives = [Life(at("0d 08:00"), home=0), Life(at("0d 08:00"), home=2)]
    assert only("town", tell(make_scenario(staff_groups=groups), lives)) == lines("""
        0d 09:00 #0 arrives at town_1
        0d 09:00 #0 starts desk with town_cadres 0
        0d 09:00 #1 arrives at town_2
        0d 09:00 #1 leaves town_2: passed_through
        0d 10:00 #0 leaves town_1: escalated_exhausted
    """)


def test_a_top_tier_without_sessions_adjudicates_at_once() -> None:
    told = tell(place(tiers=tiers(county=tier("county", {}))), [Life(at("0d 08:00"))])
    assert told.events[-3:] == lines("""
        0d 10:00 #0 arrives at county_1
        0d 10:00 #0 leaves county_1: adjudicated
        0d 10:00 #0 is adjudicated at county
    """)


def test_a_place_without_any_sessions_adjudicates_everything_on_registration() -> None:
    scenario = place(tiers=tiers(village=tier("village", {}), town=tier("town", {}), county=tier("county", {})))
    assert tell(scenario, [Life(at("0d 08:00"), incident_s=at("0d 08:00:01"))]).events == lines("""
        0d 08:00 #0 arrives at village_1
        0d 08:00 #0 leaves village_1: passed_through
        0d 08:00 #0 arrives at town_1
        0d 08:00 #0 leaves town_1: passed_through
        0d 08:00 #0 arrives at county_1
        0d 08:00 #0 leaves county_1: adjudicated
        0d 08:00 #0 is adjudicated at county
    """)
