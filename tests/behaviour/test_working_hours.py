"""Nights, lunch, holidays and make-up days (调休): sessions start in working hours and go on across closures."""

from typing import Any

from tests.behaviour.story import ALWAYS, HOUR, Life, at, lines, only, place, staff, tell, tiers
from tests.unit.scenario_factory import desk, staff_group, tier

WEEKDAYS = ["mon", "tue", "wed", "thu", "fri"]
OFFICE: dict[str, Any] = {
    "kind": "weekly",
    "windows": [
        {"days": WEEKDAYS, "opens": "08:00", "closes": "12:00"},
        {"days": WEEKDAYS, "opens": "14:00", "closes": "18:00"},
    ],
    "statutory": True,
    "make_up_as": "mon",
}
"""The run starts on a Monday: Wednesday 2d is a holiday, Saturday 5d is worked in exchange."""
STATUTORY = {
    "rule": "listed",
    "closed_days": ["2024-01-03"],
    "make_up_days": ["2024-01-06"],
    "assumed_years": [],
}
CLOSED_AT_NIGHT = {
    "statutory_calendar": STATUTORY,
    "calendars": {"always": {"kind": "always"}, "office": OFFICE},
    "staff_groups": staff(village_mediators=staff_group("village", 1, calendar="office")),
}


def takes(start: str, hours: int) -> Life:
    """A dispute that the village settles in some hours of work."""
    return Life(at(start), effort_s={"village.desk": hours * HOUR}, settles={"village.desk": ALWAYS})


def test_a_session_waits_for_opening_and_goes_on_across_closures() -> None:
    lives = [takes("0d 07:00", 6), takes("0d 15:00", 6), takes("1d 11:00", 6), takes("4d 17:00", 6)]
    assert tell(place(**CLOSED_AT_NIGHT), lives).events == lines("""
        0d 07:00 #0 arrives at village_1
        0d 07:00 #0 queues for desk
        0d 08:00 #0 starts desk with village_mediators 0
        0d 15:00 #1 arrives at village_1
        0d 15:00 #1 queues for desk
        0d 16:00 #0 ends desk                               -- four hours before lunch, two after
        0d 16:00 #0 leaves village_1: settled
        0d 16:00 #0 is settled at village
        0d 16:00 #1 starts desk with village_mediators 0
        1d 11:00 #2 arrives at village_1
        1d 11:00 #2 queues for desk
        1d 12:00 #1 ends desk                               -- two hours, a night, four hours: at closing, not at 14:00
        1d 12:00 #1 leaves village_1: settled
        1d 12:00 #1 is settled at village
        1d 14:00 #2 starts desk with village_mediators 0    -- the post is free at 12:00, the office is not open
        3d 10:00 #2 ends desk                               -- four hours, a holiday, two hours
        3d 10:00 #2 leaves village_1: settled
        3d 10:00 #2 is settled at village
        4d 17:00 #3 arrives at village_1
        4d 17:00 #3 queues for desk
        4d 17:00 #3 starts desk with village_mediators 0
        5d 15:00 #3 ends desk                               -- Saturday is a working day in exchange
        5d 15:00 #3 leaves village_1: settled
        5d 15:00 #3 is settled at village
    """)


def test_who_comes_in_at_closing_time_waits_for_the_next_day() -> None:
    lives = [takes("0d 17:59:59", 1), takes("1d 18:00", 1), takes("3d 12:00", 1)]
    assert only("starts", tell(place(**CLOSED_AT_NIGHT), lives)) == lines("""
        0d 17:59:59 #0 starts desk with village_mediators 0
        3d 08:00 #1 starts desk with village_mediators 0    -- the day after is the holiday
        3d 14:00 #2 starts desk with village_mediators 0
    """)


def test_at_opening_the_queue_is_served_in_its_order_by_all_free_posts() -> None:
    groups = staff(village_mediators=staff_group("village", 2, calendar="office"))
    queue = {"order": "first_come", "priority": {"by": "category", "classes": {"neighbours": 1, "land": 0}}}
    lives = [
        takes("0d 19:00", 1),
        takes("0d 20:00", 1),
        Life(at("1d 07:59:59"), category=1, settles={"village.desk": ALWAYS}),
        Life(at("1d 08:00"), category=1, settles={"village.desk": ALWAYS}),
        Life(at("1d 08:00:01"), category=1, settles={"village.desk": ALWAYS}),
    ]
    told = tell(place(**CLOSED_AT_NIGHT | {"staff_groups": groups, "queue": queue}), lives)
    assert only("starts", told) == lines("""
        1d 08:00 #2 starts desk with village_mediators 0
        1d 08:00 #3 starts desk with village_mediators 1    -- joins in the second of opening
        1d 09:00 #0 starts desk with village_mediators 1    -- after #4, who came first by class
        1d 09:00 #4 starts desk with village_mediators 0
        1d 10:00 #1 starts desk with village_mediators 0
    """)


def test_a_post_freed_while_closed_serves_at_the_next_opening() -> None:
    """A session of no time at closing: the office has closed when the next could start."""
    lives = [takes("0d 17:00", 1), takes("0d 17:30", 1)]
    assert only("starts", tell(place(**CLOSED_AT_NIGHT), lives)) == lines("""
        0d 17:00 #0 starts desk with village_mediators 0
        1d 08:00 #1 starts desk with village_mediators 0
    """)


def test_a_case_that_leaves_at_night_is_not_served_in_the_morning() -> None:
    lives = [
        Life(at("0d 19:00"), incident_s=at("1d 08:00")),
        takes("0d 20:00", 1),
    ]
    assert only("1d 08:00", tell(place(**CLOSED_AT_NIGHT), lives)) == lines("""
        1d 08:00 #0 leaves the queue for desk
        1d 08:00 #0 leaves village_1: incident
        1d 08:00 #0 is incident at village
        1d 08:00 #1 starts desk with village_mediators 0
    """)


def test_a_deadline_in_working_days_skips_the_holiday_and_counts_the_make_up_day() -> None:
    village = tier("village", {"desk": desk("village_mediators")}, deadline={"days": 2, "clock": "working"})
    lives = [
        takes("1d 08:00", 40),
        Life(at("1d 09:00"), settles={"town.desk": ALWAYS}),
        Life(at("4d 09:00"), settles={"town.desk": ALWAYS}),
    ]
    told = tell(place(**CLOSED_AT_NIGHT, tiers=tiers(village=village)), lives)
    assert only("escalated_deadline", told) == lines("""
        5d 00:00 #1 leaves village_1: escalated_deadline    -- Thursday and Friday
        8d 00:00 #2 leaves village_1: escalated_deadline    -- Saturday in exchange, and Monday
    """)


def test_patience_incidents_and_dates_keep_calendar_time() -> None:
    two = tier("village", {"desk": desk("village_mediators"), "second": desk("village_mediators")})
    lives = [
        Life(at("0d 08:00"), gap_s=12 * HOUR, settles={"village.second": ALWAYS}),
        Life(at("0d 19:00"), patience_s=at("0d 22:00")),
    ]
    told = tell(place(**CLOSED_AT_NIGHT, tiers=tiers(village=two)), lives, horizon_days=2)
    assert told.events[3:] == lines("""
        0d 09:00 #0 ends desk
        0d 19:00 #1 arrives at village_1
        0d 19:00 #1 queues for desk
        0d 21:00 #0 queues for second                       -- the date is at night: it waits for the morning
        0d 22:00 #1 leaves the queue for desk
        0d 22:00 #1 leaves village_1: withdrawn
        0d 22:00 #1 gives up
        0d 22:00 #1 is withdrawn at village
        1d 08:00 #0 starts second with village_mediators 0
        1d 09:00 #0 ends second
        1d 09:00 #0 leaves village_1: settled
        1d 09:00 #0 is settled at village
    """)
