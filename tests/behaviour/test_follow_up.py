"""Follow-up visits (回访): who makes them, behind whom they wait, when they are skipped, and what they save."""

from typing import Any

from sim.vocabulary import RequestOutcome
from tests.behaviour.story import (
    ALWAYS,
    DAY,
    HOUR,
    MICRO,
    NEVER,
    Life,
    at,
    graded,
    lines,
    only,
    place,
    staff,
    tell,
    tiers,
)
from tests.behaviour.test_broken_agreements import breach
from tests.unit.scenario_factory import desk, staff_group, tier

AT_VILLAGE = {"village.desk": ALWAYS}


def follow_up(*due_days: float, **changed: Any) -> dict[str, Any]:
    """Visits of two hours; skipped after eight working hours."""
    usual = {"due_days": list(due_days), "effort_hours": 2.0, "gain_logit": 0.0, "skip_after_working_hours": 8.0}
    return usual | changed


def test_the_settling_staff_visit_on_the_due_days() -> None:
    life = Life(at("0d 08:00"), settles={"town.desk": ALWAYS})
    told = tell(place(follow_up=follow_up(1.0, 2.5)), [life])
    assert [line for line in told.events if "follow-up" in line] == lines("""
        1d 10:00 #0 queues for follow-up of desk           -- settled at the town at 10:00
        1d 10:00 #0 starts follow-up of desk with town_cadres 0
        1d 12:00 #0 ends follow-up of desk
        2d 22:00 #0 queues for follow-up of desk
        2d 22:00 #0 starts follow-up of desk with town_cadres 0
        3d 00:00 #0 ends follow-up of desk
    """)


def test_only_the_pool_that_settled_visits_even_if_the_session_lists_others() -> None:
    groups = staff(roving=staff_group("town", 1))
    village = tier("village", {"desk": desk("village_mediators", "roving")})
    lives = [
        Life(at("0d 08:00"), settles=AT_VILLAGE),
        Life(at("0d 08:00"), settles=AT_VILLAGE),
        Life(at("1d 08:00"), effort_s={"village.desk": 3 * HOUR}),
    ]
    told = tell(place(follow_up=follow_up(1.0), staff_groups=groups, tiers=tiers(village=village)), lives)
    assert only("starts follow-up", told) == lines("""
        1d 09:00 #1 starts follow-up of desk with roving 0
        1d 11:00 #0 starts follow-up of desk with village_mediators 0  -- roving is free, but it was not theirs
    """)


def test_a_visit_waits_behind_every_case_however_long_it_has_waited() -> None:
    lives = [
        Life(at("0d 08:00"), settles=AT_VILLAGE),
        Life(at("1d 08:00"), effort_s={"village.desk": 2 * HOUR}),
        Life(at("1d 09:30"), effort_s={"village.desk": 2 * HOUR}),
    ]
    told = tell(place(follow_up=follow_up(1.0)), lives)
    assert [line for line in told.events if "starts" in line and "village" in line][1:] == lines("""
        1d 08:00 #1 starts desk with village_mediators 0
        1d 10:00 #2 starts desk with village_mediators 0   -- came half an hour after the visit was due
        1d 12:00 #0 starts follow-up of desk with village_mediators 0
    """)


def test_a_visit_not_begun_in_time_is_skipped_even_if_a_post_is_free_in_that_second() -> None:
    lives = [
        Life(at("0d 08:00"), settles=AT_VILLAGE),
        Life(at("1d 08:00"), effort_s={"village.desk": 9 * HOUR}),  # until 17:00, eight hours after the visit was due
    ]
    told = tell(place(follow_up=follow_up(1.0)), lives)
    assert [line for line in told.events if "follow-up" in line] == lines("""
        1d 09:00 #0 queues for follow-up of desk
        1d 17:00 #0 skips follow-up of desk
    """)
    assert RequestOutcome.SKIPPED in told.trajectory.requests.outcome


def test_the_time_to_skip_counts_working_hours_of_the_settling_staff() -> None:
    weekly = {"days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "opens": "08:00", "closes": "12:00"}
    calendars = {
        "always": {"kind": "always"},
        "mornings": {"kind": "weekly", "windows": [weekly], "statutory": False, "make_up_as": "mon"},
    }
    groups = staff(village_mediators=staff_group("village", 1, calendar="mornings"))
    lives = [Life(at("0d 08:00"), settles=AT_VILLAGE), Life(at("1d 08:00"), effort_s={"village.desk": 40 * HOUR})]
    told = tell(place(follow_up=follow_up(1.0), staff_groups=groups, calendars=calendars), lives)
    assert only("skips", told) == ["3d 09:00 #0 skips follow-up of desk"]


def test_completed_visits_decide_whether_the_agreement_holds() -> None:
    """With no visit it breaks, with one it holds; a visit under way at the trial does not count, one that ends does."""
    held: dict[str, Any] = {"settles": AT_VILLAGE, "holds": (NEVER, ALWAYS)}
    lives = [
        Life(at("0d 08:00"), tried_after_s=DAY + 2 * HOUR, **held),  # the visit ends in that second
        Life(at("0d 08:00"), home=1, tried_after_s=DAY + 2 * HOUR - 1, **held),
    ]
    units = {"by": "count", "counts": {"village": 2, "town": 1, "county": 1}, "population_persons": 1000}
    groups = staff(village_mediators=staff_group("village", 2))
    told = tell(place(breach=breach(), follow_up=follow_up(1.0), units=units, staff_groups=groups), lives)
    assert only("is back", told) == ["1d 10:59:59 #1 is back, agreement 1 has broken"]
    assert "1d 11:00 #1 ends follow-up of desk" in told.events, "begun, so made"


def test_a_breach_calls_off_visits_that_wait_and_those_not_yet_due() -> None:
    lives = [
        Life(at("0d 08:00"), settles=AT_VILLAGE, tried_after_s=DAY + HOUR, holds=(NEVER, NEVER, NEVER)),
        Life(at("1d 08:00"), effort_s={"village.desk": 5 * HOUR}),
    ]
    told = tell(place(breach=breach(), follow_up=follow_up(1.0, 2.0)), lives)
    assert [line for line in told.events if "#0" in line and ("follow-up" in line or "back" in line)] == lines("""
        1d 09:00 #0 queues for follow-up of desk
        1d 10:00 #0 leaves the queue for follow-up of desk
        1d 10:00 #0 is back, agreement 1 has broken
    """)


def test_a_visit_due_in_the_second_of_the_breach_is_not_asked_for() -> None:
    life = Life(at("0d 08:00"), settles=AT_VILLAGE, tried_after_s=DAY, holds=(NEVER, NEVER))
    told = tell(place(breach=breach(), follow_up=follow_up(1.0)), [life])
    assert only("follow-up", told) == []


def test_each_agreement_has_its_own_visits_also_the_last_one() -> None:
    life = Life(
        at("0d 08:00"),
        settles=AT_VILLAGE,
        tried_after_s=3 * DAY,
        holds=(NEVER, NEVER),
        again=(Life(0, settles=AT_VILLAGE),),
    )
    told = tell(place(breach=breach(), follow_up=follow_up(1.0)), [life])
    assert only("starts follow-up", told) == lines("""
        1d 09:00 #0 starts follow-up of desk with village_mediators 0
        4d 10:00 #0 starts follow-up of desk with village_mediators 0
    """)


def test_nobody_visits_parties_who_settled_the_matter_themselves() -> None:
    life = Life(at("0d 08:00"), grades={0: MICRO}, self_settles=ALWAYS)
    assert only("follow-up", tell(place(follow_up=follow_up(1.0), triage=graded()), [life])) == []


def test_a_visit_occupies_with_travel_by_the_share_left_for_casework() -> None:
    groups = staff(village_mediators=staff_group("village", 1, admin_share=0.5, based_at="town"))
    travel = {"round_trip_hours": {"village": 0.0, "town": 1.0, "county": 2.0}}
    life = Life(at("0d 08:00"), settles=AT_VILLAGE, effort_s={"village.desk": HOUR})
    told = tell(place(follow_up=follow_up(1.0), staff_groups=groups, travel=travel), [life])
    requests = told.trajectory.requests
    assert requests.effort_s.tolist() == [HOUR, 2 * HOUR]
    assert requests.travel_s.tolist() == [0, HOUR]
    assert requests.occupation_s.tolist() == [2 * HOUR, 6 * HOUR]
