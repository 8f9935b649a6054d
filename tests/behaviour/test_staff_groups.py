"""Sessions that several staff groups may hold: one request in all their queues, served by the first to give a post."""

import pytest

from tests.behaviour.story import ALWAYS, DAY, HOUR, Life, at, calendar_days, lines, only, place, staff, tell, tiers
from tests.unit.scenario_factory import desk, make_scenario, staff_group, tier

LISTED = tiers(village=tier("village", {"desk": desk("village_mediators", "roving")}))
ROVING = staff(roving=staff_group("town", 1))
SETTLES = {"village.desk": ALWAYS}


def held(start: str, hours: int, home: int = 0) -> Life:
    """A dispute whose first session takes some hours and settles it."""
    return Life(at(start), effort_s={"village.desk": hours * HOUR}, settles=SETTLES, home=home)


def test_a_request_takes_the_first_group_to_give_a_post_and_the_earlier_listed_at_a_tie() -> None:
    lives = [
        held("0d 08:00", 4),
        held("0d 08:00", 3),
        held("0d 09:00", 1),
        held("0d 09:30", 1),
        held("0d 10:00", 1),
        held("0d 10:30", 1),
    ]
    told = tell(place(tiers=LISTED, staff_groups=ROVING), lives)
    assert only("starts", told) == lines("""
        0d 08:00 #0 starts desk with village_mediators 0    -- both are free
        0d 08:00 #1 starts desk with roving 0
        0d 11:00 #2 starts desk with roving 0               -- the first to be free
        0d 12:00 #3 starts desk with village_mediators 0    -- both are free again
        0d 12:00 #4 starts desk with roving 0
        0d 13:00 #5 starts desk with village_mediators 0
    """)


def test_when_two_pools_are_freed_in_one_second_the_better_key_chooses_first() -> None:
    """The village's session would rather have the county's post, which is the only one for the county's session."""
    places = tiers(village=tier("village", {"desk": desk("county_centre", "village_mediators")}), town=tier("town", {}))

    def order(village_joins: str, county_joins: str) -> list[str]:
        lives = [
            held("0d 08:00", 4),
            held("0d 08:00", 4),
            held(village_joins, 1),
            Life(at(county_joins), entry_tier=2, settles={"county.desk": ALWAYS}),
        ]
        return only("starts", tell(place(tiers=places, triage={"rule": "by_channel"}), lives))[2:]

    assert order("0d 10:00", "0d 09:00") == lines("""
        0d 12:00 #2 starts desk with village_mediators 0    -- the county's post is gone
        0d 12:00 #3 starts desk with county_centre 0
    """)
    assert order("0d 09:00", "0d 10:00") == lines("""
        0d 12:00 #2 starts desk with county_centre 0
        0d 13:00 #3 starts desk with county_centre 0
    """)


def test_a_case_that_may_go_to_two_pools_leaves_the_second_to_the_next_in_order() -> None:
    """Only the county is freed at 12:00: the case that waits longest takes it, not the one that has no other choice."""
    places = tiers(village=tier("village", {"desk": desk("village_mediators", "county_centre")}), town=tier("town", {}))
    lives = [
        held("0d 08:00", 5),
        Life(at("0d 08:00"), entry_tier=2, effort_s={"county.desk": 4 * HOUR}, settles={"county.desk": ALWAYS}),
        Life(at("0d 09:00"), settles=SETTLES),
        Life(at("0d 10:00"), entry_tier=2, settles={"county.desk": ALWAYS}),
    ]
    told = tell(place(tiers=places, triage={"rule": "by_channel"}), lives)
    assert only("starts", told)[2:] == lines("""
        0d 12:00 #2 starts desk with county_centre 0
        0d 13:00 #3 starts desk with county_centre 0
    """)


def test_a_roving_group_of_an_upper_tier_serves_the_villages_below_it() -> None:
    """Villages 1 and 2 share the town's roving post, village 3 belongs to the other town, which has none."""
    roving = staff_group("town", 1, posts_serve=1)
    scenario = make_scenario(
        tiers=LISTED,
        staff_groups={
            "village_mediators": staff_group("village", 4),
            "town_cadres": staff_group("town", 2),
            "county_centre": staff_group("county", 1),
            "roving": roving,
        },
    )
    lives = [
        held("0d 08:00", 10, home=0),
        held("0d 08:00", 10, home=1),
        held("0d 08:00", 10, home=2),
        held("0d 09:00", 1, home=0),
        held("0d 09:00", 1, home=1),
        held("0d 09:00", 1, home=2),
    ]
    assert only("starts", tell(scenario, lives)) == lines("""
        0d 08:00 #0 starts desk with village_mediators 0
        0d 08:00 #1 starts desk with village_mediators 0
        0d 08:00 #2 starts desk with village_mediators 0
        0d 09:00 #3 starts desk with roving 0
        0d 10:00 #4 starts desk with roving 0
        0d 18:00 #5 starts desk with village_mediators 0
    """)


def test_each_group_works_by_its_own_calendar() -> None:
    """The village's mediators are there in the evening, the roving ones by day."""
    evening = {"days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "opens": "18:00", "closes": "21:00"}
    day = evening | {"opens": "08:00", "closes": "17:00"}
    weekly = {"kind": "weekly", "statutory": False, "make_up_as": "mon"}
    calendars = {
        "always": {"kind": "always"},
        "evening": weekly | {"windows": [evening]},
        "day": weekly | {"windows": [day]},
    }
    groups = staff(
        village_mediators=staff_group("village", 1, calendar="evening"), roving=staff_group("town", 1, calendar="day")
    )
    lives = [held("0d 07:00", 4), held("0d 07:30", 4), held("0d 17:00", 4), held("1d 06:00", 8)]
    told = tell(place(calendars=calendars, tiers=LISTED, staff_groups=groups), lives)
    assert [line for line in told.events if "starts" in line or "ends" in line] == lines("""
        0d 08:00 #0 starts desk with roving 0
        0d 12:00 #0 ends desk
        0d 12:00 #1 starts desk with roving 0
        0d 16:00 #1 ends desk
        0d 18:00 #2 starts desk with village_mediators 0
        1d 08:00 #3 starts desk with roving 0
        1d 16:00 #3 ends desk
        1d 19:00 #2 ends desk                               -- 18:00 to 21:00, and an hour on the next evening
    """)


@pytest.mark.parametrize(("holder", "fate"), [("roving", "settled at village"), ("village_mediators", "adjudicated")])
def test_the_group_that_serves_decides_the_outcome(holder: str, fate: str) -> None:
    places = LISTED | {"town": tier("town", {}), "county": tier("county", {})}
    busy = held("0d 08:00", 4)
    life = Life(at("0d 09:00"), settles={f"village.desk@{holder}": ALWAYS})
    told = tell(place(tiers=places, staff_groups=ROVING), [busy, life])
    assert only("#1", told)[-1].startswith(f"0d 10:00 #1 is {fate}")


def test_a_group_with_other_duties_is_occupied_longer_than_it_works() -> None:
    groups = staff(village_mediators=staff_group("village", 1, admin_share=0.5, patrol_share=0.25))
    told = tell(place(staff_groups=groups), [Life(at("0d 08:00"), settles=SETTLES)])
    assert only("desk", told)[1:] == lines("""
        0d 08:00 #0 starts desk with village_mediators 0
        0d 12:00 #0 ends desk
    """)
    requests = told.trajectory.requests
    assert (requests.effort_s.tolist(), requests.occupation_s.tolist()) == ([HOUR], [4 * HOUR])


def test_a_session_without_a_post_for_the_unit_is_skipped_with_its_gap() -> None:
    sessions = {"mobile": desk("roving"), "desk": desk("village_mediators"), "second": desk("roving")}
    groups = staff(roving=staff_group("town", 0))
    life = Life(at("0d 08:00"), gap_s=DAY, handover_delay_s=HOUR)
    told = tell(place(tiers=tiers(village=tier("village", sessions)), staff_groups=groups), [life])
    assert told.events[:6] == lines("""
        0d 08:00 #0 arrives at village_1
        0d 08:00 #0 queues for desk                         -- the first session it can have: no date to wait for
        0d 08:00 #0 starts desk with village_mediators 0
        0d 09:00 #0 ends desk
        0d 09:00 #0 leaves village_1: escalated_exhausted   -- the last it can have
        0d 10:00 #0 arrives at town_1
    """)


def test_a_case_waiting_for_two_groups_leaves_both_queues_at_once() -> None:
    village = tier("village", {"desk": desk("village_mediators", "roving")}, deadline=calendar_days(0))
    lives = [
        held("0d 20:00", 6),
        held("0d 20:00", 5),
        Life(at("0d 21:00"), settles={"town.desk": ALWAYS}),
        Life(at("0d 22:00"), settles={"town.desk": ALWAYS}),
        held("1d 00:00", 1),
    ]
    told = tell(place(tiers=tiers(village=village), staff_groups=ROVING), lives)
    assert only("starts", told)[2:] == lines("""
        1d 00:00 #2 starts desk with town_cadres 0
        1d 01:00 #3 starts desk with town_cadres 0
        1d 01:00 #4 starts desk with roving 0               -- though two joined its queue before
    """)
