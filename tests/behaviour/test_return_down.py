"""The one return down: a tier that judges on arrival that a case belongs below sends it there."""

from sim.vocabulary import PatienceChoice
from tests.behaviour.story import (
    ALWAYS,
    DAY,
    HARD,
    HOUR,
    LARGE,
    SMALL,
    Life,
    at,
    calendar_days,
    graded,
    lines,
    only,
    place,
    staff,
    tell,
    tiers,
)
from tests.unit.scenario_factory import days, desk, staff_group, tier

PAPERWORK = {"delay_days": days(0), "hours": 1.0}
SETTLES = {"village.desk": ALWAYS, "town.desk": ALWAYS, "county.desk": ALWAYS}
RETURNING = graded(may_return=["town", "county"])


def test_a_tier_that_judges_a_case_to_belong_below_returns_it_once() -> None:
    life = Life(
        at("0d 08:00"),
        grades={0: SMALL, 1: LARGE, 2: SMALL},
        handover_delay_s=2 * HOUR,
        settles={"county.desk": ALWAYS},
    )
    assert tell(place(triage=RETURNING, handover=PAPERWORK), [life]).events == lines("""
        0d 08:00 #0 arrives at village_1
        0d 08:00 #0 queues for desk
        0d 08:00 #0 starts desk with village_mediators 0
        0d 09:00 #0 ends desk
        0d 09:00 #0 leaves village_1: escalated_exhausted
        0d 09:00 #0 queues for paperwork of desk
        0d 09:00 #0 starts paperwork of desk with village_mediators 0
        0d 10:00 #0 ends paperwork of desk
        0d 11:00 #0 arrives at town_1                       -- a large matter, as it sees it: it stays
        0d 11:00 #0 queues for desk
        0d 11:00 #0 starts desk with town_cadres 0
        0d 12:00 #0 ends desk
        0d 12:00 #0 leaves town_1: escalated_exhausted
        0d 12:00 #0 queues for paperwork of desk
        0d 12:00 #0 starts paperwork of desk with town_cadres 0
        0d 13:00 #0 ends paperwork of desk
        0d 14:00 #0 arrives at county_1                     -- a small matter, as it sees it
        0d 14:00 #0 leaves county_1: returned_down          -- with a delay and without paperwork
        0d 16:00 #0 arrives at village_1
        0d 16:00 #0 queues for desk
        0d 16:00 #0 starts desk with village_mediators 0
        0d 17:00 #0 ends desk
        0d 17:00 #0 leaves village_1: escalated_exhausted
        0d 17:00 #0 queues for paperwork of desk
        0d 17:00 #0 starts paperwork of desk with village_mediators 0
        0d 18:00 #0 ends paperwork of desk
        0d 19:00 #0 arrives at town_1
        0d 19:00 #0 queues for desk
        0d 19:00 #0 starts desk with town_cadres 0
        0d 20:00 #0 ends desk
        0d 20:00 #0 leaves town_1: escalated_exhausted
        0d 20:00 #0 queues for paperwork of desk
        0d 20:00 #0 starts paperwork of desk with town_cadres 0
        0d 21:00 #0 ends paperwork of desk
        0d 22:00 #0 arrives at county_1                     -- at most once
        0d 22:00 #0 queues for desk
        0d 22:00 #0 starts desk with county_centre 0
        0d 23:00 #0 ends desk
        0d 23:00 #0 leaves county_1: settled
        0d 23:00 #0 is settled at county
    """)


def test_a_returned_case_has_a_new_deadline_and_new_luck_at_the_tier_below() -> None:
    village = tier("village", {"desk": desk("village_mediators")}, deadline=calendar_days(2))
    life = Life(
        at("0d 08:00"),
        grades={0: SMALL, 1: SMALL},
        effort_s={"village.desk": HOUR, "village.desk#2": 3 * HOUR},
        settles={"village.desk#2": ALWAYS},
        handover_delay_s=DAY,
    )
    told = tell(place(triage=RETURNING, tiers=tiers(village=village)), [life])
    assert only("leaves", told) == lines("""
        0d 09:00 #0 leaves village_1: escalated_exhausted
        1d 09:00 #0 leaves town_1: returned_down
        2d 12:00 #0 leaves village_1: settled
    """)
    visits = told.trajectory.visits
    assert visits.due_s[visits.tier == 0].tolist() == [at("3d 00:00"), at("5d 00:00")]


def test_it_goes_to_the_lowest_staffed_tier_and_only_if_that_is_below() -> None:
    from_town = graded(may_return=["town"])
    lives = [Life(at("0d 08:00"), grades={0: SMALL, 1: SMALL, 2: SMALL}, settles={"county.desk": ALWAYS})]
    no_village = tiers(village=tier("village", {}))
    assert only("returned", tell(place(triage=from_town, tiers=no_village), lives)) == []
    told = tell(place(triage=graded(may_return=["county"]), tiers=no_village), lives)
    assert only("returned", told) + only("arrives", told) == lines("""
        0d 09:00 #0 leaves county_1: returned_down
        0d 08:00 #0 arrives at village_1
        0d 08:00 #0 arrives at town_1
        0d 09:00 #0 arrives at county_1
        0d 09:00 #0 arrives at town_1
        0d 10:00 #0 arrives at county_1
    """)


def test_neither_a_petition_nor_triage_itself_is_returned() -> None:
    lives = [
        Life(
            at("0d 08:00"),
            grades={0: SMALL, 1: SMALL, 2: SMALL},
            patience_s=at("0d 08:30"),
            choice=PatienceChoice.BYPASS,
            settles={"county.desk": ALWAYS},
        ),
        Life(at("0d 12:00"), entry_tier=2, grades={2: HARD}, settles=SETTLES),
    ]
    told = tell(place(triage=RETURNING), lives)
    assert only("leaves", told) == lines("""
        0d 09:00 #0 leaves village_1: bypassed
        0d 10:00 #0 leaves county_1: settled
        0d 13:00 #1 leaves county_1: settled
    """)


def test_patience_can_end_on_the_way_down() -> None:
    life = Life(
        at("0d 08:00"),
        grades={0: SMALL, 1: SMALL},
        handover_delay_s=DAY,
        patience_s=at("2d 00:00"),
        choice=PatienceChoice.LITIGATE,
    )
    told = tell(place(triage=RETURNING), [life])
    assert told.events[-2:] == lines("""
        1d 09:00 #0 leaves town_1: returned_down
        2d 00:00 #0 is litigated at village
    """)


def test_passing_through_the_first_tier_is_no_arrival_from_below() -> None:
    scenario = place(triage=RETURNING, tiers=tiers(town=tier("town", {})))
    life = Life(at("0d 08:00"), grades={0: LARGE, 2: SMALL}, settles={"county.desk": ALWAYS})
    assert only("returned", tell(scenario, [life])) == []


def test_a_case_escalated_through_an_unstaffed_tier_is_judged_again_above_it() -> None:
    scenario = place(triage=RETURNING, tiers=tiers(town=tier("town", {})))
    life = Life(at("0d 08:00"), grades={0: SMALL, 1: SMALL, 2: SMALL}, settles={"village.desk#2": ALWAYS})
    assert only("leaves", tell(scenario, [life])) == lines("""
        0d 09:00 #0 leaves village_1: escalated_exhausted
        0d 09:00 #0 leaves town_1: passed_through           -- without staff, nobody there judges
        0d 09:00 #0 leaves county_1: returned_down
        0d 10:00 #0 leaves village_1: settled
    """)


def test_roving_staff_make_a_tier_staffed() -> None:
    village = tier("village", {"desk": desk("village_mediators", "roving")})
    groups = staff(village_mediators=staff_group("village", 0), roving=staff_group("town", 1))
    life = Life(at("0d 08:00"), grades={0: SMALL}, settles=SETTLES)
    told = tell(place(triage=RETURNING, tiers=tiers(village=village), staff_groups=groups), [life])
    assert only("starts", told) == ["0d 08:00 #0 starts desk with roving 0"]
