"""What counts on the very second, after the last age, at the horizon, and on the way to the desk."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sim.engine.contract import Trajectory
from sim.outcomes.ages import State
from sim.outcomes.audits import audit
from sim.outcomes.cohort import states_at_age
from sim.outcomes.definition import Direction
from sim.outcomes.measures import MEASURES, measures_frame
from sim.outcomes.observed import ObservedRun, observe
from sim.sampling.contract import DisputeBatch
from sim.vocabulary import NEVER_S, NOWHERE, Departure, Fate, RequestOutcome
from tests.unit.outcomes import hand_made
from tests.unit.outcomes.hand_made import at
from tests.unit.outcomes.test_measures import RATE


def _changed(records: Any, column: str, row: Any, value: Any) -> Any:
    values = getattr(records, column).copy()
    values[row] = value
    return replace(records, **{column: values})


def _observe(batch: DisputeBatch | None = None, **tables: Any) -> ObservedRun:
    trajectory: Trajectory = replace(hand_made.trajectory(), **tables)
    sampled = hand_made.batch() if batch is None else batch
    return observe(hand_made.jurisdiction(), hand_made.protocol(), sampled, trajectory, hand_made.CHOICES)


def _value(run: ObservedRun, measure: str, tier: str = "") -> float:
    frame = measures_frame(run, np.random.default_rng(1))
    found = frame[(frame.measure == measure) & (frame.tier == tier) & (frame.category == "")]
    return float(found["value"].iloc[0])


def test_an_age_takes_its_last_second_in() -> None:
    disputes = _changed(hand_made.trajectory().disputes, "fate_s", 0, at(375 + 30))
    assert states_at_age(_observe(disputes=disputes), 30).code[0] == State.SETTLED
    disputes = _changed(disputes, "fate_s", 0, at(375 + 30) + 1)
    assert states_at_age(_observe(disputes=disputes), 30).code[0] == State.OPEN


def test_settlement_after_180_days_counts_only_where_no_age_is_named() -> None:
    run = _observe(disputes=_changed(hand_made.trajectory().disputes, "fate_s", 0, at(600)))
    assert _value(run, "settled_at_tier_share_180d", "village") == 0
    assert _value(run, "settled_share_180d") == 1 / 5
    assert _value(run, "settled_at_or_below_village_share") == 1 / 4
    assert _value(run, "days_unresolved_180d") == pytest.approx((180 + 4 + 16 / 24 + 31 + 180 + 60) / 5)


def test_deadline_is_kept_by_a_settlement_in_its_second_but_not_by_an_escalation() -> None:
    visits = hand_made.trajectory().visits
    # Settled and escalated at their due seconds; withdrawn in its second (left out); due at the horizon (left out).
    due_s = np.full(7, NEVER_S, dtype=np.int64)
    due_s[[0, 1, 4]] = visits.left_s[[0, 1, 4]]
    due_s[6] = at(910)
    run = _observe(visits=replace(visits, due_s=due_s))
    assert _value(run, "on_time_share", "village") == 1 / 2
    run = _observe(visits=replace(visits, due_s=np.where(due_s == visits.left_s[0], due_s - 1, due_s)))
    assert _value(run, "on_time_share", "village") == 0


def test_case_still_there_at_its_deadline_is_late() -> None:
    run = _observe(visits=_changed(hand_made.trajectory().visits, "due_s", 6, at(909, 23) + 1))
    assert _value(run, "on_time_share", "village") == 0


def test_adjudication_in_the_overall_deadlines_second_is_late() -> None:
    # Dispute 0 is registered on day 377, so due at the end of day 379; dispute 1 is late either way.
    disputes = _changed(hand_made.trajectory().disputes, "fate_s", 0, at(380))
    assert _value(_observe(disputes=disputes), "on_time_overall_share") == 1 / 2
    disputes = _changed(disputes, "fate", 0, Fate.ADJUDICATED)
    assert _value(_observe(disputes=disputes), "on_time_overall_share") == 0


def test_wait_at_the_horizon_counts_until_then_and_is_no_leaving() -> None:
    requests = hand_made.trajectory().requests
    for column, value in (("started_s", NEVER_S), ("ended_s", NEVER_S), ("outcome", RequestOutcome.WAITING)):
        requests = _changed(requests, column, 8, value)
    for column in ("pool", "post", "option"):
        requests = _changed(requests, column, 8, NOWHERE)
    run = _observe(requests=requests)
    assert _value(run, "waiting_hours_mean", "village") == pytest.approx((3 + 24 + 1) / 5)
    assert _value(run, "left_queue_share", "village") == 1 / 4


def test_case_that_petitions_on_the_way_to_the_desk_is_registered_on_arrival() -> None:
    batch = _changed(_changed(hand_made.batch(), "registered_s", 0, at(380)), "patience_s", 0, at(376, 23))
    disputes = _changed(hand_made.trajectory().disputes, "bypassed", 0, True)
    run = _observe(batch, disputes=disputes)
    assert run.registered_s[0] == at(377)
    assert _value(run, "bypasses_per_1000_per_year") == pytest.approx(RATE)
    # No overall deadline runs for it: only dispute 1 is left, and late.
    assert _value(run, "on_time_overall_share") == 0


def test_petition_after_registration_leaves_the_registration_as_it_was() -> None:
    batch = _changed(hand_made.batch(), "patience_s", 0, at(377, 1))
    run = _observe(batch, disputes=_changed(hand_made.trajectory().disputes, "bypassed", 0, True))
    assert run.registered_s[0] == at(377)


def test_end_of_the_way_beats_arrival_at_the_desk_in_the_same_second() -> None:
    run = _observe(_changed(hand_made.batch(), "registered_s", 5, at(4)))
    assert run.registered_s[5] == NEVER_S


def test_working_wait_is_on_the_calendar_of_the_first_group_that_has_a_post() -> None:
    protocol, place = hand_made.protocol(), hand_made.jurisdiction()
    listed = replace(
        protocol.sessions,
        option_group=np.array([1, 0, 1, 2], dtype=np.int32),
        option_slot=np.array([0, 0, 1, 2], dtype=np.int32),
        is_member=np.zeros(4, dtype=np.bool_),
    )
    nobody_for_v1 = _changed(place.staff, "pool_of_home", (1, 0), NOWHERE)
    run = observe(
        replace(place, staff=nobody_for_v1),
        replace(protocol, sessions=listed),
        hand_made.batch(),
        hand_made.trajectory(),
        hand_made.CHOICES,
    )
    # Village 1's requests fall to the mediators, village 2's to the town cadres, who are listed first.
    assert run.asked_group(np.flatnonzero(run.request_tier == 0)).tolist() == [0, 0, 0, 1, 1, 1]


def test_events_before_the_warmup_or_after_it_are_told_apart() -> None:
    disputes = hand_made.trajectory().disputes
    at_warmup = _changed(disputes, "fate_s", 5, at(365))
    assert _value(_observe(disputes=at_warmup), "litigations_per_1000_per_year") == pytest.approx(RATE)
    before = _changed(disputes, "fate_s", 5, at(365) - 1)
    assert _value(_observe(disputes=before), "litigations_per_1000_per_year") == 0


def test_cohort_takes_its_first_second_in_and_its_end_out() -> None:
    batch = _changed(_changed(hand_made.batch(), "emerged_s", 0, at(365)), "emerged_s", 6, at(730))
    assert _observe(batch).cohort.tolist() == [True] * 5 + [False] * 3


def test_more_settlements_for_the_worst_off_are_better_and_more_days_are_worse() -> None:
    assert MEASURES["equity_settled_share_worst_tenth_share"].direction is Direction.HIGHER
    assert MEASURES["equity_days_unresolved_worst_tenth_share"].direction is Direction.LOWER
    assert MEASURES["equity_days_unresolved_gini_equal_risk"].direction is Direction.NEUTRAL


def test_session_without_occupation_is_never_over_capacity() -> None:
    requests, batch = hand_made.trajectory().requests, hand_made.batch()
    # The paperwork of dispute 1 takes no time, in the very second in which the post is free again.
    protocol = replace(hand_made.protocol(), handover_occupation_s=np.zeros(3, dtype=np.int64))
    for row in (2, 4):
        requests = _changed(_changed(requests, "occupation_s", row, 0), "ended_s", row, requests.started_s[row])
    audit(hand_made.jurisdiction(), protocol, batch, replace(hand_made.trajectory(), requests=requests))


def test_visits_departure_counts_where_it_happened() -> None:
    visits = _changed(hand_made.trajectory().visits, "departure", 1, Departure.REFERRED_UP)
    run = _observe(visits=visits)
    assert _value(run, "referrals_up_per_1000_per_year", "village") == pytest.approx(RATE)
    assert _value(run, "escalations_per_1000_per_year", "village") == 0
