"""Agreements that break: when they are tried, what decides, and where the dispute starts again."""

from typing import Any

import pytest

from sim.vocabulary import NOWHERE, PatienceChoice
from tests.behaviour.story import (
    ALWAYS,
    DAY,
    HARD,
    HOUR,
    LARGE,
    MICRO,
    NEVER,
    SMALL,
    Life,
    at,
    calendar_days,
    graded,
    lines,
    only,
    place,
    tell,
    tiers,
)
from tests.unit.scenario_factory import days, desk, tier

AT_VILLAGE = {"village.desk": ALWAYS}


def breach(**changed: Any) -> dict[str, Any]:
    """Agreements that can break once; when and whether is told by the lives."""
    usual = {"breach_days": days(0), "durability_logit": 0.0, "max_episodes": 2, "theta_shift_logit": 0.0}
    return usual | {"reopen_at": "settling"} | changed


def test_a_broken_agreement_is_a_new_case_at_the_tier_that_settled_it() -> None:
    life = Life(at("0d 08:00"), settles={"town.desk": ALWAYS}, tried_after_s=10 * DAY, holds=(NEVER,))
    told = tell(place(breach=breach()), [life])
    assert told.events == lines("""
        0d 08:00 #0 arrives at village_1
        0d 08:00 #0 queues for desk
        0d 08:00 #0 starts desk with village_mediators 0
        0d 09:00 #0 ends desk
        0d 09:00 #0 leaves village_1: escalated_exhausted
        0d 09:00 #0 arrives at town_1
        0d 09:00 #0 queues for desk
        0d 09:00 #0 starts desk with town_cadres 0
        0d 10:00 #0 ends desk
        0d 10:00 #0 leaves town_1: settled
        10d 10:00 #0 is back, agreement 1 has broken
        10d 10:00 #0 arrives at town_1                     -- not at the village, and settled there by nobody
        10d 10:00 #0 queues for desk
        10d 10:00 #0 starts desk with town_cadres 0
        10d 11:00 #0 ends desk
        10d 11:00 #0 leaves town_1: escalated_exhausted
        10d 11:00 #0 arrives at county_1
        10d 11:00 #0 queues for desk
        10d 11:00 #0 starts desk with county_centre 0
        10d 12:00 #0 ends desk
        10d 12:00 #0 leaves county_1: adjudicated
        10d 12:00 #0 is adjudicated at county
    """)
    assert told.trajectory.visits.episode.tolist() == [0, 0, 1, 1]
    assert told.trajectory.visits.number.tolist() == [0, 1, 2, 3]
    assert told.trajectory.visits.tier_visit.tolist() == [0, 0, 0, 0]


@pytest.mark.parametrize(("until_age_s", "lasts"), [(2 * HOUR, True), (2 * HOUR - 1, False)])
def test_an_agreement_holds_by_the_age_at_which_its_session_began(until_age_s: int, lasts: bool) -> None:
    """It emerged two hours before its session; the session's end and the trial do not count."""
    life = Life(at("0d 08:00"), emerged_s=at("0d 06:00"), settles=AT_VILLAGE, tried_after_s=DAY, holds=(until_age_s,))
    told = tell(place(breach=breach()), [life])
    assert (only("is back", told) == []) == lasts
    assert only("is settled", told) == (["0d 09:00 #0 is settled at village"] if lasts else [])


def test_an_agreement_is_tried_once_and_the_last_one_not_at_all() -> None:
    again = Life(0, settles=AT_VILLAGE, tried_after_s=DAY, holds=(NEVER,))
    life = Life(at("0d 08:00"), settles=AT_VILLAGE, tried_after_s=DAY, holds=(NEVER,), again=(again, again))
    told = tell(place(breach=breach(max_episodes=3)), [life])
    assert [line for line in told.events if "leaves" in line or "is " in line] == lines("""
        0d 09:00 #0 leaves village_1: settled
        1d 09:00 #0 is back, agreement 1 has broken
        1d 10:00 #0 leaves village_1: settled
        2d 10:00 #0 is back, agreement 2 has broken
        2d 11:00 #0 leaves village_1: settled
        2d 11:00 #0 is settled at village
    """)


def test_the_parent_takes_it_up_and_the_top_tier_is_its_own_parent() -> None:
    lives = [
        Life(at("0d 08:00"), settles={session: ALWAYS}, tried_after_s=DAY, holds=(NEVER,))
        for session in ("village.desk", "county.desk")
    ]
    told = tell(place(breach=breach(reopen_at="parent")), lives)
    visits = told.trajectory.visits
    assert visits.tier[visits.episode == 1].tolist() == [1, 2, 2], "the first goes on from the town to the county"
    assert visits.dispute[visits.episode == 1].tolist() == [0, 0, 1]


def test_triage_judges_it_anew_at_its_new_age() -> None:
    """In the first episode a large matter; ten days after the settlement hard, seen by the same tier."""
    again = Life(0, grades={0: HARD}, settles={"county.desk": ALWAYS})
    life = Life(
        at("0d 08:00"),
        grades={0: LARGE},
        settles={"town.desk": ALWAYS},
        tried_after_s=10 * DAY,
        holds=(NEVER,),
        again=(again,),
    )
    told = tell(place(breach=breach(reopen_at="triage"), triage=graded()), [life])
    assert [line for line in told.events if "arrives" in line or "is " in line] == lines("""
        0d 08:00 #0 arrives at town_1
        10d 09:00 #0 is back, agreement 1 has broken
        10d 09:00 #0 arrives at county_1
        10d 10:00 #0 is settled at county
    """)


@pytest.mark.parametrize(
    ("reopen_at", "then"),
    [("settling", "2d 08:00 #0 arrives at village_1"), ("parent", "2d 08:00 #0 arrives at town_1"), ("triage", None)],
)
def test_what_the_parties_settled_themselves_comes_back_as_a_small_matter(reopen_at: str, then: str | None) -> None:
    again = Life(0, grades={0: MICRO}, self_settles=ALWAYS)
    life = Life(
        at("0d 08:00"),
        grades={0: MICRO},
        self_settles=ALWAYS,
        tried_after_s=DAY,
        holds=(NEVER,),
        again=(again,),
    )
    told = tell(place(breach=breach(reopen_at=reopen_at), triage=graded()), [life])
    assert told.trajectory.breaches.tier.tolist() == [NOWHERE]
    assert only("is back", told) == ["2d 08:00 #0 is back, agreement 1 has broken"]
    if then is not None:
        assert only("arrives", told)[0] == then
    else:
        assert told.events[-1] == "3d 08:00 #0 is settled"


def test_every_clock_starts_anew_and_none_runs_in_between() -> None:
    """Patience of 5 days, deadlines of 3 and 6: all would have passed when the agreement breaks on day 10."""
    again = Life(0, patience_s=4 * DAY, choice=PatienceChoice.LITIGATE, effort_s={"town.desk": 12 * HOUR})
    waiting = Life(at("10d 08:00"), effort_s={"village.desk": 30 * DAY})
    life = Life(
        at("0d 08:00"),
        settles=AT_VILLAGE,
        patience_s=at("5d 00:00"),
        incident_s=at("9d 00:00"),
        tried_after_s=10 * DAY,
        holds=(NEVER,),
        again=(again,),
    )
    scenario = place(
        breach=breach(),
        tiers=tiers(village=tier("village", {"desk": desk("village_mediators")}, deadline=calendar_days(3))),
        overall_deadline=calendar_days(6),
    )
    told = tell(scenario, [life, waiting])
    assert [line for line in told.events if "#0" in line and ("leaves" in line or "is " in line)] == lines("""
        0d 09:00 #0 leaves village_1: settled
        10d 09:00 #0 is back, agreement 1 has broken       -- no deadline, no patience, no incident before
        14d 00:00 #0 leaves the queue for desk             -- three days after the day of the reopening
        14d 00:00 #0 leaves village_1: escalated_deadline
        14d 12:00 #0 leaves town_1: litigated              -- patience of four days ended in that session
        14d 12:00 #0 is litigated at town
    """)
    assert told.trajectory.visits.due_s.tolist()[1] == at("14d 00:00")


def test_an_incident_of_the_new_episode_counts_from_the_reopening() -> None:
    again = Life(0, incident_s=HOUR // 2)
    life = Life(at("0d 08:00"), settles=AT_VILLAGE, tried_after_s=DAY, holds=(NEVER,), again=(again,))
    told = tell(place(breach=breach()), [life])
    assert [line for line in told.events if "incident" in line] == lines("""
        1d 09:30 #0 leaves village_1: incident
        1d 09:30 #0 is incident at village
    """)


def test_a_breach_in_the_second_of_the_settlement_reopens_at_once() -> None:
    again = Life(0, settles=AT_VILLAGE)
    life = Life(at("0d 08:00"), settles=AT_VILLAGE, tried_after_s=0, holds=(NEVER,), again=(again,))
    told = tell(place(breach=breach()), [life])
    assert only("starts", told) == lines("""
        0d 08:00 #0 starts desk with village_mediators 0
        0d 09:00 #0 starts desk with village_mediators 0
    """)


def test_a_dispute_stays_settled_where_the_horizon_comes_before_the_trial() -> None:
    life = Life(at("0d 08:00"), settles=AT_VILLAGE, tried_after_s=10 * DAY - 9 * HOUR, holds=(NEVER,))
    told = tell(place(breach=breach()), [life], horizon_days=10)
    assert told.events[-1] == "0d 09:00 #0 is settled at village"
    assert len(told.trajectory.breaches.dispute) == 0


def test_a_case_is_returned_down_once_an_episode() -> None:
    """May return: county. It is sent down to the village in each of its episodes."""
    life = Life(
        at("0d 08:00"),
        grades={0: LARGE, 2: SMALL},
        settles={"village.desk": ALWAYS},
        tried_after_s=DAY,
        holds=(NEVER,),
        again=(Life(0, grades={0: LARGE, 2: SMALL}, settles={"village.desk": ALWAYS}),),
    )
    scenario = place(breach=breach(reopen_at="triage"), triage=graded(may_return=["county"]))
    told = tell(scenario, [life])
    assert only("leaves", told) == lines("""
        0d 09:00 #0 leaves town_1: escalated_exhausted
        0d 09:00 #0 leaves county_1: returned_down
        0d 10:00 #0 leaves village_1: settled
        1d 11:00 #0 leaves town_1: escalated_exhausted
        1d 11:00 #0 leaves county_1: returned_down
        1d 12:00 #0 leaves village_1: settled
    """)
