"""Incidents (民转刑): they end a case wherever it is, and the withdrawn quarrel too."""

from sim.vocabulary import NEVER_S, PatienceChoice
from tests.behaviour.story import ALWAYS, HOUR, Life, at, calendar_days, lines, only, place, staff, tell, tiers
from tests.unit.scenario_factory import desk, staff_group, tier

SETTLES_BELOW = {"village.desk": ALWAYS}


def test_a_post_in_a_session_is_not_released_early() -> None:
    lives = [
        Life(at("0d 08:00"), incident_s=at("0d 12:00"), effort_s={"village.desk": 10 * HOUR}, settles=SETTLES_BELOW),
        Life(at("0d 09:00"), settles=SETTLES_BELOW),
    ]
    assert tell(place(), lives).events == lines("""
        0d 08:00 #0 arrives at village_1
        0d 08:00 #0 queues for desk
        0d 08:00 #0 starts desk with village_mediators 0
        0d 09:00 #1 arrives at village_1
        0d 09:00 #1 queues for desk
        0d 12:00 #0 leaves village_1: incident
        0d 12:00 #0 is incident at village
        0d 18:00 #0 ends desk                        -- as planned, and settles nothing any more
        0d 18:00 #1 starts desk with village_mediators 0
        0d 19:00 #1 ends desk
        0d 19:00 #1 leaves village_1: settled
        0d 19:00 #1 is settled at village
    """)


def test_in_the_queue_the_case_leaves_it() -> None:
    lives = [
        Life(at("0d 08:00"), effort_s={"village.desk": 10 * HOUR}, settles=SETTLES_BELOW),
        Life(at("0d 09:00"), incident_s=at("0d 15:00")),
        Life(at("0d 10:00"), incident_s=at("0d 18:00"), settles=SETTLES_BELOW),
        Life(at("0d 11:00"), settles=SETTLES_BELOW),
    ]
    assert tell(place(), lives).events[9:] == lines("""
        0d 15:00 #1 leaves the queue for desk
        0d 15:00 #1 leaves village_1: incident
        0d 15:00 #1 is incident at village
        0d 18:00 #0 ends desk
        0d 18:00 #0 leaves village_1: settled
        0d 18:00 #0 is settled at village
        0d 18:00 #2 leaves the queue for desk        -- in the second in which the post is free
        0d 18:00 #2 leaves village_1: incident
        0d 18:00 #2 is incident at village
        0d 18:00 #3 starts desk with village_mediators 0
        0d 19:00 #3 ends desk
        0d 19:00 #3 leaves village_1: settled
        0d 19:00 #3 is settled at village
    """)


def test_between_sessions_tiers_and_before_registration_the_case_ends_at_once() -> None:
    two = tier("village", {"desk": desk("village_mediators"), "second": desk("village_mediators")})
    lives = [
        Life(at("0d 08:00"), incident_s=at("0d 20:00"), gap_s=24 * HOUR),
        Life(at("1d 08:00"), incident_s=at("1d 20:00"), handover_delay_s=24 * HOUR),
        Life(at("2d 08:00"), incident_s=at("2d 20:00"), registered_s=at("3d 08:00")),
        Life(at("4d 08:00"), incident_s=at("4d 20:00"), registered_s=at("4d 20:00")),
    ]
    assert tell(place(tiers=tiers(village=two)), lives).events == lines("""
        0d 08:00 #0 arrives at village_1
        0d 08:00 #0 queues for desk
        0d 08:00 #0 starts desk with village_mediators 0
        0d 09:00 #0 ends desk
        0d 20:00 #0 leaves village_1: incident       -- waiting for its second date
        0d 20:00 #0 is incident at village
        1d 08:00 #1 arrives at village_1
        1d 08:00 #1 queues for desk
        1d 08:00 #1 starts desk with village_mediators 0
        1d 09:00 #1 ends desk
        1d 09:00 #1 queues for second
        1d 09:00 #1 starts second with village_mediators 0
        1d 10:00 #1 ends second
        1d 10:00 #1 leaves village_1: escalated_exhausted
        1d 20:00 #1 is incident at town              -- on its way there
        2d 20:00 #2 is incident
        4d 20:00 #3 is incident                      -- in the second in which it would have been registered
    """)


def test_a_settlement_in_the_second_of_the_incident_comes_first_and_a_failure_in_it_does_not() -> None:
    lives = [
        Life(at("0d 08:00"), incident_s=at("0d 09:00"), settles=SETTLES_BELOW),
        Life(at("0d 08:00"), incident_s=at("0d 09:00")),
    ]
    told = tell(place(staff_groups=staff(village_mediators=staff_group("village", 2))), lives)
    assert told.events[6:] == lines("""
        0d 09:00 #0 ends desk
        0d 09:00 #0 leaves village_1: settled
        0d 09:00 #0 is settled at village
        0d 09:00 #1 ends desk
        0d 09:00 #1 leaves village_1: incident
        0d 09:00 #1 is incident at village
    """)


def test_an_incident_beats_patience_and_patience_beats_the_deadline_in_one_second() -> None:
    village = tier("village", {"desk": desk("village_mediators")}, deadline=calendar_days(1))
    midnight = at("2d 00:00")
    lives = [
        Life(at("0d 08:00"), effort_s={"village.desk": 50 * HOUR}, settles=SETTLES_BELOW),
        Life(at("0d 09:00"), incident_s=midnight, patience_s=midnight),
        Life(at("0d 09:00"), patience_s=midnight, withdrawn_fade_s=0),
        Life(at("0d 09:00"), registered_s=at("3d 00:00"), incident_s=midnight, patience_s=midnight),
    ]
    told = tell(place(tiers=tiers(village=village)), lives)
    assert only("2d 00:00", told) == lines("""
        2d 00:00 #1 leaves the queue for desk
        2d 00:00 #1 leaves village_1: incident
        2d 00:00 #1 is incident at village
        2d 00:00 #2 leaves the queue for desk
        2d 00:00 #2 leaves village_1: withdrawn
        2d 00:00 #2 gives up
        2d 00:00 #2 is withdrawn_faded at village
        2d 00:00 #3 is incident
    """)


def test_a_withdrawn_dispute_can_turn_into_an_incident_or_fade() -> None:
    def gives_up(incident_s: int, fade_s: int) -> Life:
        return Life(at("0d 09:00"), patience_s=at("1d 09:00"), incident_s=incident_s, withdrawn_fade_s=fade_s)

    lives = [
        Life(at("0d 08:00"), effort_s={"village.desk": 500 * HOUR}),
        gives_up(at("3d 09:00"), fade_s=72 * HOUR),
        gives_up(at("5d 09:00"), fade_s=72 * HOUR),
        gives_up(at("4d 09:00"), fade_s=72 * HOUR),
        gives_up(NEVER_S, fade_s=500 * HOUR),
    ]
    told = tell(place(), lives, horizon_days=10)
    assert only("gives up", told) == [f"1d 09:00 #{dispute} gives up" for dispute in (1, 2, 3, 4)]
    assert only(" is ", told) == lines("""
        1d 09:00 #4 is withdrawn at village          -- and neither has happened by the end of the run
        3d 09:00 #1 is incident                      -- no case any more, and so at no tier
        4d 09:00 #2 is withdrawn_faded at village
        4d 09:00 #3 is incident                      -- in the second in which it would have faded
        10d 00:00 #0 is open at village
    """)


def test_no_incident_follows_a_settlement_a_judgement_or_a_lawsuit() -> None:
    village = tier("village", {"desk": desk("village_mediators")})
    scenario = place(tiers=tiers(village=village, town=tier("town", {}), county=tier("county", {})))
    lives = [
        Life(at("0d 08:00"), incident_s=at("0d 12:00"), settles=SETTLES_BELOW),
        Life(at("0d 09:00"), incident_s=at("0d 12:00")),
        Life(at("0d 10:00"), incident_s=at("0d 12:00"), patience_s=at("0d 10:30"), choice=PatienceChoice.LITIGATE),
    ]
    assert only(" is ", tell(scenario, lives)) == lines("""
        0d 09:00 #0 is settled at village
        0d 10:00 #1 is adjudicated at county
        0d 11:00 #2 is litigated at village
    """)


def test_what_ends_unknown_ends_as_it_was_drawn() -> None:
    lives = [
        Life(NEVER_S, emerged_s=0, incident_s=at("1d 00:00")),
        Life(NEVER_S, emerged_s=0, faded_s=at("2d 00:00")),
        Life(NEVER_S, emerged_s=0, faded_s=at("3d 00:00")),
        Life(at("3d 00:00"), emerged_s=0),
        Life(at("4d 00:00"), emerged_s=0, incident_s=at("4d 12:00")),
    ]
    assert tell(place(), lives, horizon_days=3).events == lines("""
        1d 00:00 #0 is incident
        2d 00:00 #1 is faded
        3d 00:00 #2 is latent                        -- the run ends before that second
        3d 00:00 #3 is latent
        3d 00:00 #4 is latent
    """)
