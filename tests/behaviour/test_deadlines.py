"""Deadlines of a tier and of all tiers together: in the queue, in a session, in a gap, on the way, at the top."""

from tests.behaviour.story import ALWAYS, HOUR, Life, at, calendar_days, lines, only, place, staff, tell, tiers
from tests.unit.scenario_factory import desk, make_scenario, staff_group, tier

ONE_DAY = calendar_days(1)
TWO_SESSIONS = {"first": desk("village_mediators"), "second": desk("village_mediators")}


def test_a_deadline_in_the_queue_escalates_at_once_and_in_a_session_lets_it_finish() -> None:
    scenario = place(tiers=tiers(village=tier("village", {"desk": desk("village_mediators")}, deadline=ONE_DAY)))
    long = Life(at("0d 08:00"), effort_s={"village.desk": 60 * HOUR}, settles={"village.desk": ALWAYS})
    waiting = Life(at("0d 09:00"), settles={"town.desk": ALWAYS})
    assert tell(scenario, [long, waiting]).events == lines("""
        0d 08:00 #0 arrives at village_1
        0d 08:00 #0 queues for desk
        0d 08:00 #0 starts desk with village_mediators 0
        0d 09:00 #1 arrives at village_1
        0d 09:00 #1 queues for desk
        2d 00:00 #1 leaves the queue for desk        -- 24:00 of the day after the day of arrival
        2d 00:00 #1 leaves village_1: escalated_deadline
        2d 00:00 #1 arrives at town_1
        2d 00:00 #1 queues for desk
        2d 00:00 #1 starts desk with town_cadres 0
        2d 01:00 #1 ends desk
        2d 01:00 #1 leaves town_1: settled
        2d 01:00 #1 is settled at town
        2d 20:00 #0 ends desk                        -- it had started in time, and counts
        2d 20:00 #0 leaves village_1: settled
        2d 20:00 #0 is settled at village
    """)


def test_a_failure_in_a_session_that_outlasts_the_deadline_escalates_with_sessions_left() -> None:
    scenario = place(tiers=tiers(village=tier("village", TWO_SESSIONS, deadline=ONE_DAY)))
    life = Life(at("0d 10:00"), effort_s={"village.first": 40 * HOUR}, settles={"town.desk": ALWAYS})
    assert tell(scenario, [life]).events == lines("""
        0d 10:00 #0 arrives at village_1
        0d 10:00 #0 queues for first
        0d 10:00 #0 starts first with village_mediators 0
        2d 02:00 #0 ends first
        2d 02:00 #0 leaves village_1: escalated_deadline
        2d 02:00 #0 arrives at town_1
        2d 02:00 #0 queues for desk
        2d 02:00 #0 starts desk with town_cadres 0
        2d 03:00 #0 ends desk
        2d 03:00 #0 leaves town_1: settled
        2d 03:00 #0 is settled at town
    """)


def test_a_settlement_in_the_deadlines_very_second_is_on_time_and_a_failure_in_it_is_late() -> None:
    scenario = place(
        tiers=tiers(village=tier("village", TWO_SESSIONS, deadline=ONE_DAY)),
        staff_groups=staff(village_mediators=staff_group("village", 3)),
    )
    lives = [
        Life(at("0d 20:00"), effort_s={"village.first": 28 * HOUR}, settles={"village.first": ALWAYS}),
        Life(at("0d 20:00"), effort_s={"village.first": 28 * HOUR}),
        Life(at("0d 20:00"), effort_s={"village.first": 28 * HOUR - 1}, settles={"village.second": ALWAYS}),
    ]
    told = tell(scenario, lives, horizon_days=3)
    assert only("village_1: ", told) + only("queues for second", told) == lines("""
        2d 00:00 #0 leaves village_1: settled
        2d 00:00 #1 leaves village_1: escalated_deadline
        2d 00:59:59 #2 leaves village_1: settled     -- its second session started a second before the deadline
        1d 23:59:59 #2 queues for second
    """)


def test_a_post_that_is_freed_in_the_deadlines_second_comes_too_late() -> None:
    scenario = place(tiers=tiers(village=tier("village", {"desk": desk("village_mediators")}, deadline=ONE_DAY)))
    lives = [
        Life(at("0d 08:00"), effort_s={"village.desk": 40 * HOUR}, settles={"village.desk": ALWAYS}),
        Life(at("0d 09:00"), settles={"village.desk": ALWAYS, "town.desk": ALWAYS}),
    ]
    assert tell(scenario, lives).events[5:] == lines("""
        2d 00:00 #0 ends desk
        2d 00:00 #0 leaves village_1: settled
        2d 00:00 #0 is settled at village
        2d 00:00 #1 leaves the queue for desk
        2d 00:00 #1 leaves village_1: escalated_deadline
        2d 00:00 #1 arrives at town_1
        2d 00:00 #1 queues for desk
        2d 00:00 #1 starts desk with town_cadres 0
        2d 01:00 #1 ends desk
        2d 01:00 #1 leaves town_1: settled
        2d 01:00 #1 is settled at town
    """)


def test_a_deadline_between_two_sessions_escalates_at_once() -> None:
    scenario = place(tiers=tiers(village=tier("village", TWO_SESSIONS, deadline=ONE_DAY)))
    life = Life(at("0d 08:00"), gap_s=48 * HOUR, settles={"village.second": ALWAYS, "town.desk": ALWAYS})
    assert tell(scenario, [life]).events == lines("""
        0d 08:00 #0 arrives at village_1
        0d 08:00 #0 queues for first
        0d 08:00 #0 starts first with village_mediators 0
        0d 09:00 #0 ends first                       -- the next date would be at 2d 09:00
        2d 00:00 #0 leaves village_1: escalated_deadline
        2d 00:00 #0 arrives at town_1
        2d 00:00 #0 queues for desk
        2d 00:00 #0 starts desk with town_cadres 0
        2d 01:00 #0 ends desk
        2d 01:00 #0 leaves town_1: settled
        2d 01:00 #0 is settled at town
    """)


def test_a_date_in_the_deadlines_second_is_not_kept() -> None:
    scenario = place(tiers=tiers(village=tier("village", TWO_SESSIONS, deadline=ONE_DAY)))
    life = Life(at("0d 08:00"), gap_s=39 * HOUR)
    assert only("second", tell(scenario, [life])) == []


def test_a_tiers_deadline_counts_from_arrival_at_the_tier() -> None:
    sessions = {name: {"desk": desk(group)} for name, group in zip(TIERS, GROUPS, strict=True)}
    limited = {name: tier(name, sessions[name], deadline=ONE_DAY) for name in TIERS}
    efforts = {"village.desk": 30 * HOUR, "town.desk": 40 * HOUR, "county.desk": 40 * HOUR}
    told = tell(place(tiers=limited), [Life(at("0d 08:00"), effort_s=efforts)])
    assert only("arrives", told) + only("leaves", told) == lines("""
        0d 08:00 #0 arrives at village_1
        1d 14:00 #0 arrives at town_1
        3d 06:00 #0 arrives at county_1
        1d 14:00 #0 leaves village_1: escalated_exhausted
        3d 06:00 #0 leaves town_1: escalated_deadline
        4d 22:00 #0 leaves county_1: adjudicated
    """)
    assert told.trajectory.visits.due_s.tolist() == [at("2d 00:00"), at("3d 00:00"), at("5d 00:00")]


TIERS = ("village", "town", "county")
GROUPS = ("village_mediators", "town_cadres", "county_centre")


def test_the_overall_deadline_fires_once_and_never_restarts() -> None:
    county = {"first": desk("county_centre"), "second": desk("county_centre")}
    scenario = place(tiers=tiers(county=tier("county", county)), overall_deadline=ONE_DAY)
    efforts = {"village.desk": 30 * HOUR, "town.desk": 20 * HOUR}
    life = Life(at("0d 08:00"), effort_s=efforts, settles={"county.second": ALWAYS})
    assert tell(scenario, [life]).events == lines("""
        0d 08:00 #0 arrives at village_1             -- due at 2d 00:00
        0d 08:00 #0 queues for desk
        0d 08:00 #0 starts desk with village_mediators 0
        1d 14:00 #0 ends desk
        1d 14:00 #0 leaves village_1: escalated_exhausted
        1d 14:00 #0 arrives at town_1
        1d 14:00 #0 queues for desk
        1d 14:00 #0 starts desk with town_cadres 0
        2d 10:00 #0 ends desk
        2d 10:00 #0 leaves town_1: escalated_deadline
        2d 10:00 #0 arrives at county_1              -- late, and nothing more
        2d 10:00 #0 queues for first
        2d 10:00 #0 starts first with county_centre 0
        2d 11:00 #0 ends first
        2d 11:00 #0 queues for second
        2d 11:00 #0 starts second with county_centre 0
        2d 12:00 #0 ends second
        2d 12:00 #0 leaves county_1: settled
        2d 12:00 #0 is settled at county
    """)


def test_an_overall_deadline_before_the_tiers_escalates_from_the_queue_and_only_there() -> None:
    village = tier("village", {"desk": desk("village_mediators")}, deadline=calendar_days(3))
    lives = [
        Life(at("0d 08:00"), effort_s={"village.desk": 10 * 24 * HOUR}),
        Life(at("0d 09:00"), effort_s={"town.desk": 200 * HOUR}, settles={"county.desk": ALWAYS}),
    ]
    told = tell(place(tiers=tiers(village=village), overall_deadline=ONE_DAY), lives, horizon_days=11)
    assert [line for line in told.events if "#1 leaves" in line] == lines("""
        2d 00:00 #1 leaves the queue for desk
        2d 00:00 #1 leaves village_1: escalated_deadline
        10d 08:00 #1 leaves town_1: escalated_exhausted
        10d 09:00 #1 leaves county_1: settled
    """)


def test_an_overall_deadline_that_passes_on_the_way_is_spent() -> None:
    efforts = {"village.desk": 30 * HOUR, "town.desk": 100 * HOUR}
    lives = [
        Life(at("0d 08:00"), home=0, effort_s=efforts, handover_delay_s=12 * HOUR),
        Life(at("0d 08:00"), home=2, effort_s=efforts, handover_delay_s=10 * HOUR),
    ]
    told = tell(make_scenario(overall_deadline=ONE_DAY), lives, horizon_days=7)
    assert only("town", told) == lines("""
        2d 00:00 #1 arrives at town_2                -- in the deadline's very second
        2d 00:00 #1 starts desk with town_cadres 0
        2d 02:00 #0 arrives at town_1
        2d 02:00 #0 starts desk with town_cadres 0
        6d 04:00 #1 leaves town_2: escalated_exhausted
        6d 06:00 #0 leaves town_1: escalated_exhausted
    """)


def test_a_deadline_at_the_top_tier_adjudicates() -> None:
    county = tier("county", {"desk": desk("county_centre")}, deadline=ONE_DAY)
    scenario = place(tiers=tiers(village=tier("village", {}), town=tier("town", {}), county=county))
    lives = [
        Life(at("0d 08:00"), effort_s={"county.desk": 41 * HOUR}, settles={"county.desk": ALWAYS}),
        Life(at("0d 09:00"), settles={"county.desk": ALWAYS}),
        Life(at("2d 00:00"), effort_s={"county.desk": 60 * HOUR}),
    ]
    told = tell(scenario, lives)
    assert only("county", told) == lines("""
        0d 08:00 #0 arrives at county_1
        0d 08:00 #0 starts desk with county_centre 0
        0d 09:00 #1 arrives at county_1
        2d 00:00 #1 leaves county_1: adjudicated     -- in the queue
        2d 00:00 #1 is adjudicated at county
        2d 00:00 #2 arrives at county_1
        2d 01:00 #0 leaves county_1: settled         -- in the session that was held when the deadline passed
        2d 01:00 #0 is settled at county
        2d 01:00 #2 starts desk with county_centre 0
        4d 13:00 #2 leaves county_1: adjudicated     -- in a session that outlasted its deadline at 4d 00:00
        4d 13:00 #2 is adjudicated at county
    """)


def test_the_overall_deadline_adjudicates_at_the_top_tier() -> None:
    scenario = place(tiers=tiers(village=tier("village", {}), town=tier("town", {})), overall_deadline=calendar_days(0))
    lives = [Life(at("0d 08:00"), effort_s={"county.desk": 60 * HOUR}), Life(at("0d 09:00"))]
    assert only("is adjudicated", tell(scenario, lives)) == lines("""
        1d 00:00 #1 is adjudicated at county
        2d 20:00 #0 is adjudicated at county
    """)
