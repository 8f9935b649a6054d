"""Handover hours: paperwork for the sender's staff, for which no case waits."""

from sim.vocabulary import PatienceChoice
from tests.behaviour.story import ALWAYS, HOUR, Life, at, calendar_days, lines, only, place, staff, tell, tiers
from tests.unit.scenario_factory import days, desk, staff_group, tier

PAPERWORK = {"delay_days": days(0), "hours": 2.0}
SETTLES = {"village.desk": ALWAYS}


def test_paperwork_occupies_the_senders_staff_and_nobody_waits_for_it() -> None:
    lives = [Life(at("0d 08:00"), settles={"town.desk": ALWAYS}), Life(at("0d 08:30"), settles=SETTLES)]
    told = tell(place(handover=PAPERWORK), [*lives, Life(at("0d 09:30"), settles=SETTLES)])
    assert told.events == lines("""
        0d 08:00 #0 arrives at village_1
        0d 08:00 #0 queues for desk
        0d 08:00 #0 starts desk with village_mediators 0
        0d 08:30 #1 arrives at village_1
        0d 08:30 #1 queues for desk
        0d 09:00 #0 ends desk
        0d 09:00 #0 leaves village_1: escalated_exhausted
        0d 09:00 #0 queues for paperwork of desk            -- after #1, who joined before
        0d 09:00 #0 arrives at town_1
        0d 09:00 #0 queues for desk
        0d 09:00 #0 starts desk with town_cadres 0
        0d 09:00 #1 starts desk with village_mediators 0
        0d 09:30 #2 arrives at village_1
        0d 09:30 #2 queues for desk
        0d 10:00 #0 starts paperwork of desk with village_mediators 0
        0d 10:00 #0 ends desk
        0d 10:00 #0 leaves town_1: settled
        0d 10:00 #0 is settled at town
        0d 10:00 #1 ends desk
        0d 10:00 #1 leaves village_1: settled
        0d 10:00 #1 is settled at village
        0d 12:00 #0 ends paperwork of desk
        0d 12:00 #2 starts desk with village_mediators 0
        0d 13:00 #2 ends desk
        0d 13:00 #2 leaves village_1: settled
        0d 13:00 #2 is settled at village
    """)
    requests = told.trajectory.requests
    assert requests.effort_s[requests.purpose == 1].tolist() == [2 * HOUR]


def test_paperwork_of_a_case_that_left_the_queue_is_done_by_the_session_it_waited_for() -> None:
    sessions = {"first": desk("village_mediators"), "second": desk("roving")}
    village = tier("village", sessions, deadline=calendar_days(0))
    lives = [Life(at("0d 20:00"), effort_s={"village.second": 10 * HOUR}), Life(at("0d 20:30"))]
    groups = staff(roving=staff_group("town", 1))
    told = tell(place(tiers=tiers(village=village), staff_groups=groups, handover=PAPERWORK), lives)
    assert [line for line in told.events if "second" in line] == lines("""
        0d 21:00 #0 queues for second
        0d 21:00 #0 starts second with roving 0
        0d 22:00 #1 queues for second
        1d 00:00 #1 leaves the queue for second
        1d 00:00 #1 queues for paperwork of second
        1d 07:00 #0 ends second
        1d 07:00 #0 queues for paperwork of second
        1d 07:00 #1 starts paperwork of second with roving 0
        1d 09:00 #0 starts paperwork of second with roving 0
        1d 09:00 #1 ends paperwork of second
        1d 11:00 #0 ends paperwork of second
    """)


def test_leaving_otherwise_needs_no_paperwork() -> None:
    lives = [
        Life(at("0d 08:00"), settles=SETTLES),
        Life(at("0d 08:00"), patience_s=at("0d 08:30"), choice=PatienceChoice.BYPASS, settles={"county.desk": ALWAYS}),
        Life(at("0d 08:00"), patience_s=at("0d 08:30"), choice=PatienceChoice.WITHDRAW),
        Life(at("0d 08:00"), patience_s=at("0d 08:30"), choice=PatienceChoice.LITIGATE),
        Life(at("0d 08:00"), incident_s=at("0d 08:30")),
    ]
    assert only("paperwork", tell(place(handover=PAPERWORK), lives)) == []


def test_paperwork_of_an_ended_case_is_still_done() -> None:
    lives = [Life(at("0d 08:00"), incident_s=at("0d 09:30")), Life(at("0d 08:30"), settles=SETTLES)]
    assert [line for line in tell(place(handover=PAPERWORK), lives).events if "#0" in line][7:] == lines("""
        0d 09:00 #0 queues for desk
        0d 09:00 #0 starts desk with town_cadres 0
        0d 09:30 #0 leaves town_1: incident
        0d 09:30 #0 is incident at town
        0d 10:00 #0 starts paperwork of desk with village_mediators 0
        0d 10:00 #0 ends desk
        0d 12:00 #0 ends paperwork of desk
    """)


def test_paperwork_and_cases_that_join_in_one_second_are_served_by_id() -> None:
    lives = [
        Life(at("0d 09:00"), settles=SETTLES),
        Life(at("0d 08:00")),
        Life(at("0d 09:00"), settles=SETTLES),
    ]
    assert only("with village_mediators", tell(place(handover=PAPERWORK), lives)) == lines("""
        0d 08:00 #1 starts desk with village_mediators 0
        0d 09:00 #0 starts desk with village_mediators 0
        0d 10:00 #1 starts paperwork of desk with village_mediators 0
        0d 12:00 #2 starts desk with village_mediators 0
    """)


DIFFICULT_FIRST = {
    "order": "first_come",
    "priority": {"by": "difficulty", "thresholds_logit": [0.0], "first": "hardest", "noise_sd_logit": 0.0},
}


def test_paperwork_has_the_class_of_the_cases_last_request() -> None:
    """#0 was easy when it joined at 08:00 and has hardened since; #1, easy too, joined before the paperwork."""
    lives = [
        Life(at("0d 08:00"), classes=(HOUR // 2,)),
        Life(at("0d 08:30"), settles=SETTLES, classes=(ALWAYS,)),
    ]
    told = tell(place(handover=PAPERWORK, queue=DIFFICULT_FIRST), lives)
    assert only("0d 09:00 #1", told) == ["0d 09:00 #1 starts desk with village_mediators 0"]


def test_paperwork_of_a_case_that_leaves_between_two_sessions_is_done_by_the_session_it_was_last_in() -> None:
    sessions = {"first": desk("village_mediators"), "second": desk("town_cadres")}
    village = tier("village", sessions, deadline=calendar_days(0))
    told = tell(place(tiers=tiers(village=village), handover=PAPERWORK), [Life(at("0d 08:00"), gap_s=48 * HOUR)])
    assert only("starts paperwork", told)[0] == "1d 00:00 #0 starts paperwork of first with village_mediators 0"
