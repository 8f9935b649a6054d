"""Reporting pressure: a case due to be handed up is recorded as settled, and in truth goes on and comes back above."""

from typing import Any

from sim.vocabulary import PatienceChoice
from tests.behaviour.story import ALWAYS, DAY, HOUR, Life, at, calendar_days, graded, lines, only, place, tell, tiers
from tests.unit.scenario_factory import days, desk, intake, tier

PRESSURE: dict[str, Any] = {"paper_settlement_prob": 0.5, "return_delay_days": days(0), "tiers": ["village", "town"]}
HANDOVER = {"delay_days": days(0), "hours": 1.0}


def test_a_case_due_to_go_up_is_settled_on_paper_without_paperwork_and_comes_back_at_the_parent() -> None:
    lives = [
        Life(at("0d 08:00"), on_paper={"village": 10 * DAY}, handover_delay_s=HOUR, settles={"county.desk": ALWAYS}),
        Life(at("0d 08:30")),
    ]
    told = tell(place(reporting_pressure=PRESSURE, handover=HANDOVER), lives, horizon_days=20)
    assert only("#0", told) == lines("""
        0d 08:00 #0 arrives at village_1
        0d 08:00 #0 queues for desk
        0d 08:00 #0 starts desk with village_mediators 0
        0d 09:00 #0 ends desk
        0d 09:00 #0 leaves village_1: paper_settled
        10d 09:00 #0 arrives at town_1
        10d 09:00 #0 queues for desk
        10d 09:00 #0 starts desk with town_cadres 0
        10d 10:00 #0 ends desk
        10d 10:00 #0 leaves town_1: escalated_exhausted
        10d 10:00 #0 queues for paperwork of desk
        10d 10:00 #0 starts paperwork of desk with town_cadres 0
        10d 11:00 #0 ends paperwork of desk
        10d 11:00 #0 arrives at county_1
        10d 11:00 #0 queues for desk
        10d 11:00 #0 starts desk with county_centre 0
        10d 12:00 #0 ends desk
        10d 12:00 #0 leaves county_1: settled
        10d 12:00 #0 is settled at county
    """)
    assert only("#1 leaves village_1", told) == ["0d 10:00 #1 leaves village_1: escalated_exhausted"]


def test_patience_and_incidents_go_on_behind_the_record() -> None:
    paper = {"village": 50 * DAY}
    lives = [
        Life(at("0d 08:00"), on_paper=paper, incident_s=at("5d 00:00")),
        Life(at("0d 09:00"), on_paper=paper, patience_s=at("6d 00:00"), choice=PatienceChoice.LITIGATE),
        Life(at("0d 10:00"), on_paper=paper, patience_s=at("7d 00:00"), choice=PatienceChoice.WITHDRAW),
        Life(at("0d 11:00"), on_paper=paper, patience_s=at("8d 00:00"), choice=PatienceChoice.BYPASS),
        Life(at("0d 12:00"), on_paper=paper),
    ]
    told = tell(place(reporting_pressure=PRESSURE), lives, horizon_days=20)
    assert [line for line in told.events if line.split(" ")[0] != "0d"] == lines("""
        5d 00:00 #0 is incident at town
        6d 00:00 #1 is litigated at town
        7d 00:00 #2 gives up
        7d 00:00 #2 is withdrawn at town
        8d 00:00 #3 arrives at county_1
        8d 00:00 #3 queues for desk
        8d 00:00 #3 starts desk with county_centre 0
        8d 01:00 #3 ends desk
        8d 01:00 #3 leaves county_1: adjudicated
        8d 01:00 #3 is adjudicated at county, bypassed
        20d 00:00 #4 is open at town                          -- where it will come back
    """)


def test_every_way_up_can_end_on_paper_and_leads_to_the_parent() -> None:
    """By deadline from a queue, by load, and by triage after intake, which named the county."""
    referral = {"refer_when_waiting_per_post_at_least": 2.0, "refer_prob": 0.5}
    sessions = {"desk": desk("village_mediators")}
    village = tier("village", sessions, deadline=calendar_days(0), load_referral=referral)
    paper = {"village": DAY}
    lives = [
        Life(at("0d 08:00"), effort_s={"village.desk": 20 * HOUR}),
        Life(at("0d 09:00"), on_paper=paper),
        Life(at("0d 10:00")),
        Life(at("0d 11:00"), on_paper=paper, refers={"village.desk": 1}),
    ]
    told = tell(place(reporting_pressure=PRESSURE, tiers=tiers(village=village)), lives)
    left = [line for line in told.events if "village_1:" in line or "arrives at town" in line]
    assert left == lines("""
        0d 11:00 #3 leaves village_1: paper_settled
        1d 00:00 #1 leaves village_1: paper_settled
        1d 00:00 #2 leaves village_1: escalated_deadline
        1d 00:00 #2 arrives at town_1
        1d 04:00 #0 leaves village_1: escalated_deadline
        1d 04:00 #0 arrives at town_1
        1d 11:00 #3 arrives at town_1
        2d 00:00 #1 arrives at town_1
    """)
    window = tiers(village=tier("village", {"window": intake("village_mediators")}))
    triage = graded(when="after_intake", micro=None)
    told = tell(place(reporting_pressure=PRESSURE, tiers=window, triage=triage), [Life(at("0d 08:00"), on_paper=paper)])
    assert only("arrives", told)[1] == "1d 09:00 #0 arrives at town_1"


def test_a_tier_without_pressure_and_the_top_tier_tell_the_truth() -> None:
    pressure = PRESSURE | {"tiers": ["town"]}
    told = tell(place(reporting_pressure=pressure), [Life(at("0d 08:00"), on_paper={"town": HOUR})])
    assert only("leaves", told) == lines("""
        0d 09:00 #0 leaves village_1: escalated_exhausted
        0d 10:00 #0 leaves town_1: paper_settled
        0d 12:00 #0 leaves county_1: adjudicated
    """)
