"""Sessions that must have been held before a deadline or load may send a case up (`must_have_tried`)."""

from typing import Any

from sim.vocabulary import PatienceChoice
from tests.behaviour.story import DAY, HOUR, Life, at, calendar_days, lines, only, place, staff, tell, tiers
from tests.unit.scenario_factory import desk, staff_group, tier


def town(required: list[str], sessions: dict[str, Any], days: int = 1) -> dict[str, Any]:
    """A town with a deadline; the village passes everything up."""
    return tiers(
        village=tier("village", {}),
        town=tier("town", sessions, deadline=calendar_days(days), must_have_tried=required),
    )


def heads(*groups: str) -> dict[str, dict[str, Any]]:
    """Up to four sessions, each with the group that holds it."""
    return dict(zip(("first", "second", "third", "fourth"), (desk(group) for group in groups), strict=False))


def test_a_deadline_that_passed_meanwhile_acts_at_the_end_of_the_last_of_them() -> None:
    """The rule of three heads: each must have mediated before a case goes to the county."""
    places = town(["first", "third"], heads("town_cadres", "town_cadres", "town_cadres", "town_cadres"))
    told = tell(place(tiers=places), [Life(at("0d 08:00"), gap_s=DAY)])
    assert only("#0", told)[2:-6] == lines("""
        0d 08:00 #0 arrives at town_1
        0d 08:00 #0 queues for first
        0d 08:00 #0 starts first with town_cadres 0
        0d 09:00 #0 ends first
        1d 09:00 #0 queues for second
        1d 09:00 #0 starts second with town_cadres 0
        1d 10:00 #0 ends second
        2d 10:00 #0 queues for third                          -- the deadline passed at 2d 00:00
        2d 10:00 #0 starts third with town_cadres 0
        2d 11:00 #0 ends third
        2d 11:00 #0 leaves town_1: escalated_deadline         -- no fourth
    """)


def test_a_deadline_acts_at_once_when_they_have_been_held() -> None:
    places = town(["first"], heads("town_cadres", "town_cadres"))
    told = tell(place(tiers=places), [Life(at("0d 08:00"), gap_s=3 * DAY)])
    assert only("leaves town_1", told) == ["2d 00:00 #0 leaves town_1: escalated_deadline"]


def test_a_required_session_that_nobody_can_hold_or_that_is_for_others_binds_nobody() -> None:
    for second in (desk("roving"), desk("town_cadres", categories=["land"])):
        places = town(["second"], heads("town_cadres", "town_cadres", "town_cadres") | {"second": second})
        groups = staff(roving=staff_group("county", 0))
        told = tell(place(tiers=places, staff_groups=groups), [Life(at("0d 08:00"), gap_s=3 * DAY)])
        assert only("leaves town_1", told) == ["2d 00:00 #0 leaves town_1: escalated_deadline"]


def test_it_holds_a_case_in_the_queue_but_neither_patience_nor_an_incident() -> None:
    places = town(["first"], heads("town_cadres"), days=0)
    busy = Life(at("0d 08:00"), effort_s={"town.first": 30 * HOUR})
    lives = [
        busy,
        Life(at("0d 09:00")),
        Life(at("0d 10:00"), patience_s=at("1d 06:00"), choice=PatienceChoice.LITIGATE),
        Life(at("0d 11:00"), incident_s=at("1d 07:00")),
    ]
    told = tell(place(tiers=places), lives)
    assert only("leaves town_1", told) == lines("""
        1d 06:00 #2 leaves town_1: litigated
        1d 07:00 #3 leaves town_1: incident
        1d 14:00 #0 leaves town_1: escalated_deadline
        1d 15:00 #1 leaves town_1: escalated_deadline         -- it waited through its deadline
    """)


def test_it_holds_a_case_that_the_load_would_send_up() -> None:
    referral = {"refer_when_waiting_per_post_at_least": 1.0, "refer_prob": 0.5}
    sessions = heads("town_cadres", "town_cadres")
    places = tiers(
        village=tier("village", {}),
        town=tier("town", sessions, load_referral=referral, must_have_tried=["first"]),
    )
    refers = {"town.first": 1, "town.second": 1}
    lives = [
        Life(at("0d 08:00"), effort_s={"town.first": 4 * HOUR}),
        Life(at("0d 09:00"), effort_s={"town.first": HOUR}),
    ]
    lives += [Life(at("0d 10:00"), refers=refers), Life(at("0d 11:00"))]
    told = tell(place(tiers=places), lives)
    assert [line for line in only("#2", told) if "queues" in line or "leaves" in line][:3] == lines("""
        0d 10:00 #2 leaves village_1: passed_through
        0d 10:00 #2 queues for first                          -- though #1 waits
        0d 14:00 #2 leaves town_1: referred_by_load           -- #3 and others wait, and it has been tried
    """)
