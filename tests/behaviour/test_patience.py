"""The parties' patience ends: they give up, go to court or petition the top tier (越级), wherever their case is."""

from sim.vocabulary import PatienceChoice
from tests.behaviour.story import ALWAYS, HOUR, Life, at, calendar_days, lines, only, place, staff, tell, tiers
from tests.unit.scenario_factory import desk, staff_group, tier

WITHDRAW, LITIGATE, BYPASS = PatienceChoice.WITHDRAW, PatienceChoice.LITIGATE, PatienceChoice.BYPASS
THREE_POSTS = staff(village_mediators=staff_group("village", 3))
TWO_SESSIONS = tiers(village=tier("village", {"first": desk("village_mediators"), "second": desk("village_mediators")}))
ONLY_COUNTY = tiers(village=tier("village", {}), town=tier("town", {}))
TO_COUNTY = {"petition_delay_s": 5 * HOUR, "settles": {"county.desk": ALWAYS}}


def impatient(start: str, until: str, choice: PatienceChoice, **rest: object) -> Life:
    """A dispute whose parties' patience ends; a petition takes five hours and is settled in the county."""
    return Life(surfaced_s=at(start), patience_s=at(until), choice=choice, **(TO_COUNTY | rest))  # type: ignore[arg-type]


def test_in_the_queue_it_takes_the_case_away_at_once() -> None:
    lives = [
        Life(at("0d 08:00"), effort_s={"village.desk": 100 * HOUR}, settles={"village.desk": ALWAYS}),
        impatient("0d 09:00", "1d 00:00", WITHDRAW, withdrawn_fade_s=48 * HOUR),
        impatient("0d 09:00", "1d 00:00", LITIGATE),
        impatient("0d 09:00", "1d 00:00", BYPASS),
    ]
    assert tell(place(), lives).events == lines("""
        0d 08:00 #0 arrives at village_1
        0d 08:00 #0 queues for desk
        0d 08:00 #0 starts desk with village_mediators 0
        0d 09:00 #1 arrives at village_1
        0d 09:00 #1 queues for desk
        0d 09:00 #2 arrives at village_1
        0d 09:00 #2 queues for desk
        0d 09:00 #3 arrives at village_1
        0d 09:00 #3 queues for desk
        1d 00:00 #1 leaves the queue for desk
        1d 00:00 #1 leaves village_1: withdrawn
        1d 00:00 #1 gives up
        1d 00:00 #2 leaves the queue for desk
        1d 00:00 #2 leaves village_1: litigated
        1d 00:00 #2 is litigated at village
        1d 00:00 #3 leaves the queue for desk
        1d 00:00 #3 leaves village_1: bypassed
        1d 05:00 #3 arrives at county_1
        1d 05:00 #3 queues for desk
        1d 05:00 #3 starts desk with county_centre 0
        1d 06:00 #3 ends desk
        1d 06:00 #3 leaves county_1: settled
        1d 06:00 #3 is settled at county, bypassed
        3d 00:00 #1 is withdrawn_faded at village
        4d 12:00 #0 ends desk
        4d 12:00 #0 leaves village_1: settled
        4d 12:00 #0 is settled at village
    """)


def test_between_two_sessions_it_takes_the_case_away_at_once() -> None:
    scenario = place(tiers=TWO_SESSIONS, staff_groups=THREE_POSTS)
    lives = [impatient("0d 08:00", "1d 00:00", choice, gap_s=48 * HOUR) for choice in PatienceChoice]
    told = tell(scenario, lives, horizon_days=10)
    assert told.events[9:] == lines("""
        0d 09:00 #0 ends first
        0d 09:00 #1 ends first
        0d 09:00 #2 ends first
        1d 00:00 #0 leaves village_1: withdrawn
        1d 00:00 #0 gives up
        1d 00:00 #0 is withdrawn at village          -- and was still angry at the end of the run
        1d 00:00 #1 leaves village_1: litigated
        1d 00:00 #1 is litigated at village
        1d 00:00 #2 leaves village_1: bypassed
        1d 05:00 #2 arrives at county_1
        1d 05:00 #2 queues for desk
        1d 05:00 #2 starts desk with county_centre 0
        1d 06:00 #2 ends desk
        1d 06:00 #2 leaves county_1: settled
        1d 06:00 #2 is settled at county, bypassed
    """)


def test_in_a_handover_it_takes_the_case_away_at_once_and_a_petition_sets_out_anew() -> None:
    lives = [impatient("0d 08:00", "1d 00:00", choice, handover_delay_s=48 * HOUR) for choice in PatienceChoice]
    told = tell(place(staff_groups=THREE_POSTS), lives, horizon_days=10)
    assert told.events[9:] == lines("""
        0d 09:00 #0 ends desk
        0d 09:00 #0 leaves village_1: escalated_exhausted
        0d 09:00 #1 ends desk
        0d 09:00 #1 leaves village_1: escalated_exhausted
        0d 09:00 #2 ends desk
        0d 09:00 #2 leaves village_1: escalated_exhausted
        1d 00:00 #0 gives up
        1d 00:00 #0 is withdrawn at town
        1d 00:00 #1 is litigated at town
        1d 05:00 #2 arrives at county_1              -- not in the town at 2d 09:00
        1d 05:00 #2 queues for desk
        1d 05:00 #2 starts desk with county_centre 0
        1d 06:00 #2 ends desk
        1d 06:00 #2 leaves county_1: settled
        1d 06:00 #2 is settled at county, bypassed
    """)


def test_a_petition_made_on_the_way_to_the_top_tier_sets_out_anew_too() -> None:
    scenario = place(tiers=tiers(village=tier("village", {})))
    told = tell(scenario, [impatient("0d 08:00", "1d 00:00", BYPASS, handover_delay_s=17 * HOUR)])
    assert only("leaves", told) + only("arrives at county", told) == lines("""
        0d 08:00 #0 leaves village_1: passed_through
        0d 09:00 #0 leaves town_1: escalated_exhausted
        1d 06:00 #0 leaves county_1: settled
        1d 05:00 #0 arrives at county_1              -- the town's letter would have arrived at 1d 02:00
    """)


def test_before_registration_it_keeps_the_case_from_the_desk() -> None:
    lives = [impatient("0d 08:00", "1d 00:00", choice, registered_s=at("3d 00:00")) for choice in PatienceChoice]
    assert tell(place(), lives, horizon_days=10).events == lines("""
        1d 00:00 #0 gives up
        1d 00:00 #0 is withdrawn
        1d 00:00 #1 is litigated
        1d 05:00 #2 arrives at county_1
        1d 05:00 #2 queues for desk
        1d 05:00 #2 starts desk with county_centre 0
        1d 06:00 #2 ends desk
        1d 06:00 #2 leaves county_1: settled
        1d 06:00 #2 is settled at county, bypassed
    """)


def test_in_the_second_of_registration_or_of_arrival_it_comes_first() -> None:
    lives = [
        impatient("0d 08:00", "0d 12:00", LITIGATE, registered_s=at("0d 12:00")),
        impatient("0d 08:00", "0d 12:00", LITIGATE, handover_delay_s=3 * HOUR),
        impatient("0d 08:00", "0d 08:00", LITIGATE),
    ]
    assert only("is", tell(place(), lives)) == lines("""
        0d 08:00 #2 is litigated
        0d 12:00 #0 is litigated
        0d 12:00 #1 is litigated at town
    """)


def test_in_a_session_the_session_finishes_first() -> None:
    lives = [
        impatient("0d 08:00", "0d 10:00", LITIGATE, effort_s={"village.desk": 4 * HOUR}, settles=SETTLES_BELOW),
        impatient("0d 08:00", "0d 10:00", LITIGATE, effort_s={"village.desk": 4 * HOUR}),
        impatient("0d 08:00", "0d 10:00", BYPASS, effort_s={"village.desk": 4 * HOUR}),
    ]
    told = tell(place(staff_groups=THREE_POSTS), lives)
    assert told.events[9:] == lines("""
        0d 12:00 #0 ends desk
        0d 12:00 #0 leaves village_1: settled
        0d 12:00 #0 is settled at village
        0d 12:00 #1 ends desk
        0d 12:00 #1 leaves village_1: litigated
        0d 12:00 #1 is litigated at village
        0d 12:00 #2 ends desk
        0d 12:00 #2 leaves village_1: bypassed
        0d 17:00 #2 arrives at county_1              -- the petition sets out after the session
        0d 17:00 #2 queues for desk
        0d 17:00 #2 starts desk with county_centre 0
        0d 18:00 #2 ends desk
        0d 18:00 #2 leaves county_1: settled
        0d 18:00 #2 is settled at county, bypassed
    """)


SETTLES_BELOW = {"village.desk": ALWAYS}


def test_in_the_second_in_which_a_session_ends_a_settlement_comes_first() -> None:
    lives = [
        impatient("0d 08:00", "0d 09:00", BYPASS, settles=SETTLES_BELOW),
        impatient("0d 08:00", "0d 09:00", LITIGATE),
    ]
    assert only("is", tell(place(staff_groups=THREE_POSTS), lives)) == lines("""
        0d 09:00 #0 is settled at village
        0d 09:00 #1 is litigated at village
    """)


def test_in_the_second_in_which_a_post_is_free_it_comes_first() -> None:
    lives = [
        Life(at("0d 08:00"), effort_s={"village.desk": 2 * HOUR}, settles=SETTLES_BELOW),
        impatient("0d 09:00", "0d 10:00", LITIGATE),
        Life(at("0d 09:30"), settles=SETTLES_BELOW),
    ]
    told = tell(place(), lives)
    assert only("0d 10:00", told) == lines("""
        0d 10:00 #0 ends desk
        0d 10:00 #0 leaves village_1: settled
        0d 10:00 #0 is settled at village
        0d 10:00 #1 leaves the queue for desk
        0d 10:00 #1 leaves village_1: litigated
        0d 10:00 #1 is litigated at village
        0d 10:00 #2 starts desk with village_mediators 0
    """)


def test_it_beats_the_deadline_in_the_same_second() -> None:
    village = tier("village", {"desk": desk("village_mediators")}, deadline=calendar_days(1))
    lives = [
        impatient("0d 08:00", "2d 00:00", LITIGATE, effort_s={"village.desk": 100 * HOUR}),
        impatient("0d 08:00", "2d 00:00", LITIGATE, effort_s={"village.desk": 40 * HOUR}),
        impatient("0d 08:00", "2d 00:00", LITIGATE),
    ]
    groups = staff(village_mediators=staff_group("village", 2))
    told = tell(place(tiers=tiers(village=village), staff_groups=groups), lives)
    assert only("village_1:", told) == lines("""
        2d 00:00 #1 leaves village_1: litigated      -- at the end of its session
        2d 00:00 #2 leaves village_1: litigated      -- in the queue
        4d 12:00 #0 leaves village_1: litigated      -- after a session in which both had passed
    """)


def test_a_petition_to_where_the_case_already_is_changes_nothing_but_a_flag() -> None:
    lives = [
        Life(at("0d 08:00"), effort_s={"county.desk": 50 * HOUR}, settles={"county.desk": ALWAYS}),
        impatient("0d 09:00", "1d 00:00", BYPASS),
        Life(at("0d 10:00"), settles={"county.desk": ALWAYS}),
    ]
    told = tell(place(tiers=ONLY_COUNTY), lives)
    assert only("desk", told) + only("is settled", told) == lines("""
        0d 08:00 #0 queues for desk
        0d 08:00 #0 starts desk with county_centre 0
        0d 09:00 #1 queues for desk
        0d 10:00 #2 queues for desk
        2d 10:00 #0 ends desk
        2d 10:00 #1 starts desk with county_centre 0 -- it kept its place
        2d 11:00 #1 ends desk
        2d 11:00 #2 starts desk with county_centre 0
        2d 12:00 #2 ends desk
        2d 10:00 #0 is settled at county
        2d 11:00 #1 is settled at county, bypassed
        2d 12:00 #2 is settled at county
    """)


def test_a_petition_at_the_top_tier_between_or_in_failing_sessions_leaves_the_case_to_its_next_session() -> None:
    county = tier("county", {"first": desk("county_centre"), "second": desk("county_centre")})
    lives = [
        impatient("0d 08:00", "0d 12:00", BYPASS, gap_s=6 * HOUR, settles={"county.second": ALWAYS}),
        impatient("0d 10:00", "0d 10:30", BYPASS, gap_s=2 * HOUR, settles={"county.second": ALWAYS}),
    ]
    told = tell(place(tiers=ONLY_COUNTY | {"county": county}), lives)
    assert only("starts", told) + only(" is ", told) == lines("""
        0d 08:00 #0 starts first with county_centre 0
        0d 10:00 #1 starts first with county_centre 0
        0d 13:00 #1 starts second with county_centre 0      -- patience ended in its first session
        0d 15:00 #0 starts second with county_centre 0      -- patience ended while it waited for this date
        0d 14:00 #1 is settled at county, bypassed
        0d 16:00 #0 is settled at county, bypassed
    """)


def test_a_case_that_came_by_petition_is_not_left_again() -> None:
    lives = [
        Life(at("0d 08:00"), effort_s={"county.desk": 100 * HOUR}, entry_tier=2),
        impatient("0d 09:00", "0d 09:30", BYPASS, entry_tier=0),
    ]
    told = tell(place(triage={"rule": "by_channel"}), lives, horizon_days=3)
    assert told.events[-2:] == lines("""
        3d 00:00 #0 is open at county
        3d 00:00 #1 is open at county, bypassed
    """)


def test_parties_at_the_top_tier_can_still_give_up_or_go_to_court() -> None:
    lives = [
        Life(at("0d 08:00"), effort_s={"county.desk": 50 * HOUR}),
        impatient("0d 09:00", "1d 00:00", LITIGATE),
        impatient("0d 09:00", "1d 00:00", WITHDRAW),
    ]
    assert only("1d 00:00", tell(place(tiers=ONLY_COUNTY), lives, horizon_days=2)) == lines("""
        1d 00:00 #1 leaves the queue for desk
        1d 00:00 #1 leaves county_1: litigated
        1d 00:00 #1 is litigated at county
        1d 00:00 #2 leaves the queue for desk
        1d 00:00 #2 leaves county_1: withdrawn
        1d 00:00 #2 gives up
        1d 00:00 #2 is withdrawn at county
    """)


def test_a_session_at_the_top_tier_that_settles_leaves_nothing_to_petition_about() -> None:
    life = impatient("0d 08:00", "0d 10:00", BYPASS, effort_s={"county.desk": 4 * HOUR})
    assert tell(place(tiers=ONLY_COUNTY), [life]).events[-1] == "0d 12:00 #0 is settled at county"
