"""The ends of the run, and sessions that take no time."""

from tests.behaviour.story import ALWAYS, HOUR, Life, at, lines, only, place, staff, tell, tiers
from tests.unit.scenario_factory import desk, staff_group, tier

SETTLES = {"village.desk": ALWAYS}


def test_sessions_that_take_no_time_follow_each_other_in_one_second() -> None:
    two = tier("village", {"desk": desk("village_mediators"), "second": desk("village_mediators")})
    none = {"village.desk": 0, "village.second": 0}
    lives = [
        Life(at("0d 08:00"), effort_s=none, settles={"village.second": ALWAYS}),
        Life(at("0d 08:00"), effort_s=none, settles={"village.desk": ALWAYS}),
    ]
    assert tell(place(tiers=tiers(village=two)), lives).events == lines("""
        0d 08:00 #0 arrives at village_1
        0d 08:00 #0 queues for desk
        0d 08:00 #0 starts desk with village_mediators 0
        0d 08:00 #0 ends desk
        0d 08:00 #0 queues for second
        0d 08:00 #0 starts second with village_mediators 0
        0d 08:00 #0 ends second
        0d 08:00 #0 leaves village_1: settled
        0d 08:00 #0 is settled at village
        0d 08:00 #1 arrives at village_1
        0d 08:00 #1 queues for desk
        0d 08:00 #1 starts desk with village_mediators 0
        0d 08:00 #1 ends desk
        0d 08:00 #1 leaves village_1: settled
        0d 08:00 #1 is settled at village
    """)


def test_a_case_can_use_up_every_session_of_every_tier_in_one_second() -> None:
    none = {"village.desk": 0, "town.desk": 0, "county.desk": 0}
    told = tell(place(), [Life(at("0d 08:00"), effort_s=none)])
    assert told.events[-1] == "0d 08:00 #0 is adjudicated at county"
    assert all(line.startswith("0d 08:00 ") for line in told.events)


def test_a_session_of_no_time_may_be_followed_by_another_in_the_same_queues() -> None:
    listed = desk("village_mediators", "county_centre")
    lives = [
        Life(at("0d 08:00"), entry_tier=2, effort_s={"county.desk": 10 * HOUR}),
        Life(at("0d 09:00"), effort_s={"village.desk": 0}, settles={"village.second": ALWAYS}),
    ]
    village = tier("village", {"desk": listed, "second": listed})
    told = tell(place(tiers=tiers(village=village), triage={"rule": "by_channel"}), lives)
    assert only("#1", told)[-1] == "0d 10:00 #1 is settled at village"


def test_nothing_happens_at_the_horizon() -> None:
    two = {"units": {"by": "count", "counts": {"village": 3, "town": 1, "county": 1}, "population_persons": 999}}
    groups = staff(village_mediators=staff_group("village", 3))
    lives = [
        Life(at("0d 23:00"), home=0, settles=SETTLES),
        Life(at("0d 22:59:59"), home=1, settles=SETTLES),
        Life(at("0d 20:00"), home=2, effort_s={"village.desk": 5 * HOUR}, incident_s=at("1d 00:00")),
        Life(at("0d 21:00"), home=2, patience_s=at("1d 00:00")),
        Life(at("0d 22:00"), home=2, registered_s=at("1d 00:00")),
        Life(at("0d 22:00"), home=2, patience_s=at("0d 23:00"), withdrawn_fade_s=HOUR),
        Life(at("1d 00:00"), home=2),
        Life(at("0d 21:00"), home=2, patience_s=at("0d 23:59:59")),
    ]
    told = tell(place(**two, staff_groups=groups), lives, horizon_days=1)
    assert [line for line in told.events if " is " in line] == lines("""
        0d 23:00 #5 is withdrawn at village
        0d 23:59:59 #1 is settled at village
        0d 23:59:59 #7 is withdrawn at village              -- in the last second
        1d 00:00 #0 is open at village
        1d 00:00 #2 is open at village
        1d 00:00 #3 is open at village
        1d 00:00 #4 is open
        1d 00:00 #6 is latent
    """)
    assert told.trajectory.requests.ended_s[0] == at("1d 00:00"), "the planned end of a session that is being held"


def test_a_case_on_its_way_at_the_horizon_is_counted_where_it_goes() -> None:
    lives = [Life(at("0d 08:00"), handover_delay_s=15 * HOUR)]
    assert tell(place(), lives, horizon_days=1).events[-1] == "1d 00:00 #0 is open at town"


def test_latent_history_counts_for_the_age_of_a_case() -> None:
    """It emerged a day before the run: the session settles it only while it is younger than 24 hours."""
    old = Life(at("0d 08:00"), settles={"village.desk": 24 * HOUR}, emerged_s=-24 * HOUR)
    young = Life(at("1d 08:00"), settles={"village.desk": 24 * HOUR}, emerged_s=at("0d 08:00"))
    told = tell(place(), [old, young])
    assert only("village_1:", told) == lines("""
        0d 09:00 #0 leaves village_1: escalated_exhausted
        1d 09:00 #1 leaves village_1: settled               -- at its start: it was 24 hours old then
    """)
