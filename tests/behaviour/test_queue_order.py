"""Who is served next: class, then due second, second of joining and id; fixed on joining, blind to what is to come."""

from tests.behaviour.story import ALWAYS, HOUR, NEVER, Life, at, calendar_days, lines, only, place, staff, tell, tiers
from tests.unit.scenario_factory import desk, staff_group, tier

SETTLES = {"village.desk": ALWAYS}
NEIGHBOURS, LAND = 0, 1
LAND_FIRST = {
    "order": "first_come",
    "priority": {"by": "category", "classes": {"neighbours": 1, "land": 0}},
}
HARD_FIRST = {
    "order": "first_come",
    "priority": {"by": "difficulty", "thresholds_logit": [0.0], "first": "hardest", "noise_sd_logit": 0.0},
}


def long(start: str, hours: int) -> Life:
    """A dispute that keeps the village's post for some hours and is settled."""
    return Life(at(start), effort_s={"village.desk": hours * HOUR}, settles=SETTLES)


def test_class_then_joining_then_id() -> None:
    lives = [
        long("0d 08:00", 4),
        Life(at("0d 09:00"), category=NEIGHBOURS, settles=SETTLES),
        Life(at("0d 10:00"), category=LAND, settles=SETTLES),
        Life(at("0d 10:00"), category=LAND, settles=SETTLES),
        Life(at("0d 09:30"), category=LAND, settles=SETTLES),
        Life(at("0d 09:00"), category=NEIGHBOURS, settles=SETTLES),
    ]
    assert only("starts", tell(place(queue=LAND_FIRST), lives)) == lines("""
        0d 08:00 #0 starts desk with village_mediators 0
        0d 12:00 #4 starts desk with village_mediators 0
        0d 13:00 #2 starts desk with village_mediators 0
        0d 14:00 #3 starts desk with village_mediators 0
        0d 15:00 #1 starts desk with village_mediators 0
        0d 16:00 #5 starts desk with village_mediators 0
    """)


def test_a_case_that_has_not_arrived_is_not_waited_for() -> None:
    lives = [
        long("0d 08:00", 4),
        Life(at("0d 09:00"), category=NEIGHBOURS, settles=SETTLES),
        Life(at("0d 12:00:01"), category=LAND, settles=SETTLES),
    ]
    assert tell(place(queue=LAND_FIRST), lives).events == lines("""
        0d 08:00 #0 arrives at village_1
        0d 08:00 #0 queues for desk
        0d 08:00 #0 starts desk with village_mediators 0
        0d 09:00 #1 arrives at village_1
        0d 09:00 #1 queues for desk
        0d 12:00 #0 ends desk
        0d 12:00 #0 leaves village_1: settled
        0d 12:00 #0 is settled at village
        0d 12:00 #1 starts desk with village_mediators 0
        0d 12:00:01 #2 arrives at village_1          -- of a better class, a second too late
        0d 12:00:01 #2 queues for desk
        0d 13:00 #1 ends desk
        0d 13:00 #1 leaves village_1: settled
        0d 13:00 #1 is settled at village
        0d 13:00 #2 starts desk with village_mediators 0
        0d 14:00 #2 ends desk
        0d 14:00 #2 leaves village_1: settled
        0d 14:00 #2 is settled at village
    """)


def test_a_case_that_arrives_in_the_second_in_which_a_post_is_free_is_seen() -> None:
    lives = [
        long("0d 08:00", 4),
        Life(at("0d 09:00"), category=NEIGHBOURS, settles=SETTLES),
        Life(at("0d 12:00"), category=LAND, settles=SETTLES),
    ]
    assert only("starts", tell(place(queue=LAND_FIRST), lives))[1:] == lines("""
        0d 12:00 #2 starts desk with village_mediators 0
        0d 13:00 #1 starts desk with village_mediators 0
    """)


def test_a_free_post_serves_at_once_whoever_is_there() -> None:
    lives = [
        Life(at("0d 08:00"), category=NEIGHBOURS, settles=SETTLES),
        Life(at("0d 08:00:01"), category=LAND, settles=SETTLES),
    ]
    assert only("starts", tell(place(queue=LAND_FIRST), lives)) == lines("""
        0d 08:00 #0 starts desk with village_mediators 0
        0d 09:00 #1 starts desk with village_mediators 0
    """)


def test_earliest_due_first_within_a_class() -> None:
    """The town's queue: #1 came up from the village with an older deadline than #2, who joined before it."""
    lives = [
        Life(at("1d 08:00"), entry_tier=1, effort_s={"town.desk": 10 * HOUR}, settles={"town.desk": ALWAYS}),
        Life(at("0d 08:00"), effort_s={"village.desk": 28 * HOUR}, settles={"town.desk": ALWAYS}),
        Life(at("1d 09:00"), entry_tier=1, settles={"town.desk": ALWAYS}),
        Life(at("1d 09:00"), entry_tier=1, settles={"town.desk": ALWAYS}),
    ]

    def order(rule: str) -> list[str]:
        queue, limit = {"order": rule}, calendar_days(5)
        told = tell(place(queue=queue, overall_deadline=limit, triage={"rule": "by_channel"}), lives)
        return [line for line in only("with town_cadres", told) if "starts" in line]

    assert order("earliest_due") == lines("""
        1d 08:00 #0 starts desk with town_cadres 0
        1d 18:00 #1 starts desk with town_cadres 0   -- joined at 1d 12:00, due at 6d 00:00
        1d 19:00 #2 starts desk with town_cadres 0   -- joined at 1d 09:00, due at 7d 00:00
        1d 20:00 #3 starts desk with town_cadres 0
    """)
    assert order("first_come") == lines("""
        1d 08:00 #0 starts desk with town_cadres 0
        1d 18:00 #2 starts desk with town_cadres 0
        1d 19:00 #3 starts desk with town_cadres 0
        1d 20:00 #1 starts desk with town_cadres 0
    """)


def test_difficulty_is_judged_on_joining_and_again_on_joining_anew() -> None:
    two = tier("village", {"desk": desk("village_mediators"), "second": desk("village_mediators")})
    lives = [
        Life(at("0d 08:00"), effort_s={"village.desk": 4 * HOUR}, settles=SETTLES, classes=(ALWAYS,)),
        Life(at("0d 09:00"), settles={"village.second": ALWAYS}, classes=(2 * HOUR,)),
        Life(at("0d 09:30"), settles=SETTLES, classes=(ALWAYS,)),
        Life(at("0d 10:00"), settles=SETTLES, classes=(NEVER,)),
    ]
    told = tell(place(queue=HARD_FIRST, tiers=tiers(village=two)), lives)
    assert only("starts", told) == lines("""
        0d 08:00 #0 starts desk with village_mediators 0
        0d 12:00 #3 starts desk with village_mediators 0    -- hard when it joined
        0d 13:00 #1 starts desk with village_mediators 0    -- easy when it joined, hard since 11:00: by joining
        0d 14:00 #1 starts second with village_mediators 0  -- joins anew, as a hard one
        0d 15:00 #2 starts desk with village_mediators 0
    """)


def test_the_easiest_may_go_first_instead() -> None:
    easiest = {**HARD_FIRST, "priority": {**HARD_FIRST["priority"], "first": "easiest"}}  # type: ignore[dict-item]
    lives = [
        Life(at("0d 08:00"), settles=SETTLES, classes=(NEVER,)),
        Life(at("0d 08:00"), settles=SETTLES, classes=(NEVER,)),
        Life(at("0d 08:30"), settles=SETTLES, classes=(30 * 60,)),
    ]
    assert only("starts", tell(place(queue=easiest), lives)) == lines("""
        0d 08:00 #0 starts desk with village_mediators 0
        0d 09:00 #2 starts desk with village_mediators 0
        0d 10:00 #1 starts desk with village_mediators 0
    """)


def test_the_lowest_numbered_free_post_serves() -> None:
    lives = [
        long("0d 08:00", 2),
        long("0d 08:00", 4),
        long("0d 08:00", 2),
        Life(at("0d 09:00"), settles=SETTLES),
        Life(at("0d 11:30"), settles=SETTLES),
    ]
    told = tell(place(staff_groups=staff(village_mediators=staff_group("village", 3))), lives)
    assert only("starts", told) == lines("""
        0d 08:00 #0 starts desk with village_mediators 0
        0d 08:00 #1 starts desk with village_mediators 1
        0d 08:00 #2 starts desk with village_mediators 2
        0d 10:00 #3 starts desk with village_mediators 0    -- posts 0 and 2 are freed together
        0d 11:30 #4 starts desk with village_mediators 0
    """)


def test_a_case_that_leaves_the_queue_and_comes_again_at_another_tier_joins_anew() -> None:
    """The county's post serves the village's and the town's sessions: one pool, two stays of #2 in its queue."""
    village = tier("village", {"desk": desk("village_mediators", "county_centre")}, deadline=calendar_days(1))
    places = tiers(village=village, town=tier("town", {"desk": desk("county_centre")}))
    lives = [
        Life(at("0d 08:00"), effort_s={"village.desk": 240 * HOUR}, settles=SETTLES),
        Life(at("0d 08:00"), effort_s={"village.desk": 64 * HOUR}, settles=SETTLES),
        Life(at("0d 09:00"), settles={"town.desk": ALWAYS}),
        Life(at("1d 09:00"), entry_tier=1, settles={"town.desk": ALWAYS}),
    ]
    told = tell(place(tiers=places, triage={"rule": "by_channel"}), lives)
    assert told.events == lines("""
        0d 08:00 #0 arrives at village_1
        0d 08:00 #0 queues for desk
        0d 08:00 #0 starts desk with village_mediators 0
        0d 08:00 #1 arrives at village_1
        0d 08:00 #1 queues for desk
        0d 08:00 #1 starts desk with county_centre 0
        0d 09:00 #2 arrives at village_1
        0d 09:00 #2 queues for desk
        1d 09:00 #3 arrives at town_1
        1d 09:00 #3 queues for desk
        2d 00:00 #2 leaves the queue for desk
        2d 00:00 #2 leaves village_1: escalated_deadline
        2d 00:00 #2 arrives at town_1
        2d 00:00 #2 queues for desk                  -- behind #3 now
        3d 00:00 #1 ends desk
        3d 00:00 #1 leaves village_1: settled
        3d 00:00 #1 is settled at village
        3d 00:00 #3 starts desk with county_centre 0
        3d 01:00 #2 starts desk with county_centre 0
        3d 01:00 #3 ends desk
        3d 01:00 #3 leaves town_1: settled
        3d 01:00 #3 is settled at town
        3d 02:00 #2 ends desk
        3d 02:00 #2 leaves town_1: settled
        3d 02:00 #2 is settled at town
        10d 08:00 #0 ends desk
        10d 08:00 #0 leaves village_1: settled
        10d 08:00 #0 is settled at village
    """)


def test_two_requests_that_join_in_one_second_are_served_by_class_due_and_id_wherever_they_come_from() -> None:
    """At 0d 09:00 three cases join the town's queue: handed up, registered there, handed up without delay."""
    lives = [
        Life(at("0d 07:00"), entry_tier=1, effort_s={"town.desk": 3 * HOUR}),
        Life(at("0d 09:00"), entry_tier=1, category=NEIGHBOURS),
        Life(at("0d 08:00"), category=NEIGHBOURS),
        Life(at("0d 06:00"), registered_s=at("0d 09:00"), entry_tier=1, category=LAND),
    ]
    told = tell(place(queue=LAND_FIRST, triage={"rule": "by_channel"}), lives)
    assert only("starts desk with town_cadres", told) == lines("""
        0d 07:00 #0 starts desk with town_cadres 0
        0d 10:00 #3 starts desk with town_cadres 0
        0d 11:00 #1 starts desk with town_cadres 0
        0d 12:00 #2 starts desk with town_cadres 0
    """)
