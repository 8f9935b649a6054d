"""A sound run passes every audit; a run broken in one place is caught by the audit that guards it."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sim.engine.contract import Requests, Trajectory
from sim.errors import AuditError
from sim.outcomes.audits import AUDITS, audit
from sim.sampling.contract import DisputeBatch, PreventedDisputes, Vacancies
from sim.vocabulary import NEVER_S, NOWHERE, Departure, Fate, Purpose, RequestOutcome
from tests.unit.outcomes import hand_made
from tests.unit.outcomes.hand_made import HORIZON_DAYS, at
from tests.unit.outcomes.test_audits_of_agreements import BROKEN as BROKEN_AGREEMENTS
from tests.unit.outcomes.test_audits_of_seats import BROKEN_MEETINGS, BROKEN_SEATS

BROKEN = [
    # audit, table, column, row, value
    ("structure", "disputes", "fate", 0, 9),
    ("structure", "visits", "number", 2, 2),
    ("structure", "visits", "tier", 0, 3),
    ("structure", "requests", "visit_number", 0, 1),
    ("structure", "requests", "joined_s", 3, at(377, 2)),
    ("horizon", "disputes", "fate_s", 0, at(910)),
    ("horizon", "visits", "arrived_s", 6, at(911)),
    ("horizon", "visits", "left_s", 5, at(910)),
    ("horizon", "requests", "started_s", 8, at(910)),
    ("dispute_accounts", "disputes", "fate", 7, Fate.OPEN),
    ("dispute_accounts", "disputes", "fate", 2, Fate.SETTLED),
    ("tier_flows", "visits", "left_s", 6, at(909, 23.5)),
    ("tier_flows", "visits", "departure", 6, Departure.WITHDRAWN),
    ("tier_flows", "disputes", "fate_tier", 1, 1),
    ("time_integrals", "visits", "left_s", 2, at(379, 10)),
    ("time_integrals", "visits", "left_s", 6, at(909, 1)),
    ("visit_records", "visits", "unit", 2, 3),
    ("visit_records", "visits", "due_s", 2, at(382)),
    ("visit_records", "visits", "arrived_s", 0, at(376)),
    ("visit_records", "visits", "left_s", 4, at(394)),
    ("visit_chains", "visits", "tier", 2, 2),
    ("visit_chains", "visits", "arrived_s", 3, at(380, 12)),
    ("visit_chains", "visits", "departure", 1, Departure.RETURNED_DOWN),
    ("visit_chains", "visits", "departure", 1, Departure.SETTLED),
    ("fates_and_visits", "disputes", "fate", 1, Fate.ADJUDICATED),
    ("fates_and_instants", "disputes", "fate", 5, Fate.SETTLED),
    ("fates_and_visits", "visits", "departure", 5, Departure.LITIGATED),
    ("fates_and_visits", "visits", "departure", 1, Departure.BYPASSED),
    ("fates_and_visits", "disputes", "withdrawn_s", 2, at(395, 12)),
    ("fates_and_instants", "disputes", "fate_s", 4, at(466)),
    ("fates_and_instants", "disputes", "fate_s", 3, at(397) + 1),
    ("fates_and_instants", "disputes", "fate_s", 2, at(417)),
    ("fates_and_instants", "disputes", "fate", 3, Fate.LITIGATED),
    ("fates_and_instants", "disputes", "fate_s", 6, at(909)),
    ("request_times", "requests", "started_s", 0, at(376, 23)),
    ("request_times", "requests", "left_s", 6, at(394)),
    ("request_times", "requests", "outcome", 8, RequestOutcome.NOT_SETTLED),
    ("request_times", "requests", "outcome", 6, RequestOutcome.WAITING),
    ("request_times", "requests", "pool", 0, NOWHERE),
    ("requests_and_visits", "requests", "slot", 3, 2),
    ("requests_and_visits", "requests", "left_s", 6, at(395, 12)),
    ("requests_and_visits", "requests", "joined_s", 2, at(377, 9)),
    ("requests_and_visits", "requests", "joined_s", 3, at(379, 8.5)),
    ("requests_and_visits", "visits", "left_s", 1, at(377, 5)),
    ("sessions_as_drawn", "requests", "effort_s", 0, 1),
    ("sessions_as_drawn", "requests", "travel_s", 1, 1),
    ("sessions_as_drawn", "requests", "occupation_s", 2, 1),
    ("sessions_as_drawn", "requests", "option", 3, 0),
    ("sessions_as_drawn", "requests", "pool", 0, 1),
    ("sessions_as_drawn", "requests", "outcome", 1, RequestOutcome.SETTLED),
    ("sessions_as_drawn", "requests", "outcome", 5, RequestOutcome.NOT_SETTLED),
    ("sessions_in_turn", "requests", "slot", 3, 2),
    ("sessions_in_turn", "visits", "departure", 1, Departure.PASSED_THROUGH),
    ("sessions_in_turn", "requests", "visit_number", 3, 0),
    ("required_sessions", "visits", "departure", 4, Departure.ESCALATED_DEADLINE),
    ("load_referrals", "visits", "departure", 1, Departure.REFERRED_BY_LOAD),
    ("time_limits", "visits", "due_s", 3, at(380)),
    ("time_limits", "visits", "due_s", 3, at(380, 11)),
    ("time_limits", "requests", "left_s", 6, at(396, 12)),
    ("settlements_on_paper", "visits", "departure", 1, Departure.PAPER_SETTLED),
    ("last_sessions", "requests", "outcome", 5, RequestOutcome.NOT_SETTLED),
    ("last_sessions", "requests", "outcome", 1, RequestOutcome.SETTLED),
    ("opening_hours", "requests", "started_s", 3, at(379, 8)),
    ("session_ends", "requests", "ended_s", 3, at(379, 11) + 1),
    ("session_ends", "requests", "ended_s", 8, at(911)),
    ("post_overlaps", "requests", "started_s", 1, at(377, 3)),
    ("post_overlaps", "requests", "post", 0, 1),
    ("pool_capacity", "requests", "started_s", 1, at(377, 3)),
    ("vacant_posts", "requests", "started_s", 3, at(379, 10)),
]


def _audit(trajectory: Trajectory, batch: DisputeBatch | None = None) -> tuple[str, ...]:
    sampled = hand_made.batch() if batch is None else batch
    return audit(hand_made.jurisdiction(), hand_made.protocol(), sampled, trajectory)


def _with(trajectory: Trajectory, table: str, column: str, row: int, value: Any) -> Trajectory:
    records = getattr(trajectory, table)
    values = getattr(records, column).copy()
    values[row] = value
    return replace(trajectory, **{table: replace(records, **{column: values})})


def _failing(trajectory: Trajectory, batch: DisputeBatch | None = None) -> set[str]:
    with pytest.raises(AuditError) as caught:
        _audit(trajectory, batch)
    return {failure.split(":")[0] for failure in caught.value.failures}


def test_a_sound_run_passes_every_audit() -> None:
    assert _audit(hand_made.trajectory()) == AUDITS


def test_a_run_without_disputes_passes() -> None:
    batch, trajectory = hand_made.nothing()
    assert _audit(trajectory, batch) == AUDITS


@pytest.mark.parametrize(("name", "table", "column", "row", "value"), BROKEN)
def test_broken_run_is_caught_by_the_audit_that_guards_it(
    name: str, table: str, column: str, row: int, value: Any
) -> None:
    assert name in _failing(_with(hand_made.trajectory(), table, column, row, value))


def test_every_audit_is_broken_at_least_once() -> None:
    broken = {name for name, *_ in [*BROKEN, *BROKEN_SEATS, *BROKEN_MEETINGS, *BROKEN_AGREEMENTS]}
    assert broken | {"prevented_apart"} == set(AUDITS)


@pytest.mark.parametrize(
    ("dispute_id", "emerged_s"),
    [([100, 7], at(400)), ([100, 100], at(400)), ([3], at(400)), ([100], at(HORIZON_DAYS)), ([100], -1)],
)
def test_a_prevented_dispute_that_emerged_or_cannot_have_been_is_caught(dispute_id: list[int], emerged_s: int) -> None:
    nowhere = np.zeros(len(dispute_id), dtype=np.int32)
    when_s = np.full(len(dispute_id), emerged_s)
    prevented = PreventedDisputes(np.array(dispute_id), nowhere, nowhere, when_s)
    assert _failing(hand_made.trajectory(), replace(hand_made.batch(), prevented=prevented)) == {"prevented_apart"}


@pytest.mark.parametrize("instant_s", [-1, -(10**15), HORIZON_DAYS * 86_400, 2**62 + 1])
def test_what_lies_outside_the_run_is_told_before_days_are_counted(instant_s: int) -> None:
    for table, column in (("requests", "started_s"), ("requests", "joined_s"), ("visits", "arrived_s")):
        outside = _with(hand_made.trajectory(), table, column, 0, instant_s)
        assert _failing(outside) <= {"horizon", "structure"}


def test_all_failures_are_reported_at_once_and_name_the_dispute() -> None:
    broken = _with(_with(hand_made.trajectory(), "requests", "effort_s", 0, 1), "visits", "due_s", 2, at(382))
    with pytest.raises(AuditError) as caught:
        _audit(broken)
    assert caught.value.failures == (
        "visit_records: a visit's deadline is not that of its day (1 times, first: dispute 1)",
        "sessions_as_drawn: a session takes another effort than drawn (1 times, first: dispute 0)",
    )


def test_a_dispute_that_is_neither_opening_nor_emerged_is_missing_from_the_accounts() -> None:
    batch = replace(hand_made.batch(), opening=np.zeros(8, dtype=np.bool_))
    assert "dispute_accounts" in _failing(hand_made.trajectory(), batch)


def test_a_session_for_another_kind_of_dispute_is_caught() -> None:
    protocol = hand_made.protocol()
    held_for = protocol.sessions.held_for.copy()
    held_for[1, :] = False
    other = replace(protocol, sessions=replace(protocol.sessions, held_for=held_for))
    with pytest.raises(AuditError) as caught:
        audit(hand_made.jurisdiction(), other, hand_made.batch(), hand_made.trajectory())
    assert [failure.split(" (")[0] for failure in caught.value.failures] == [
        "sessions_in_turn: a case asks for a session out of turn",
        "sessions_in_turn: a case stays at a tier that has no session for it",
        "sessions_in_turn: sessions are used up before the last",
    ]


def test_a_dispute_that_outlives_its_incident_is_caught() -> None:
    incident_s = hand_made.batch().incident_s.copy()
    incident_s[6] = at(909, 23.5)
    assert "fates_and_instants" in _failing(hand_made.trajectory(), replace(hand_made.batch(), incident_s=incident_s))


def test_a_case_whose_parties_bear_with_it_too_long_is_caught() -> None:
    patience_s = hand_made.batch().patience_s.copy()
    patience_s[1] = at(379, 9)
    assert "time_limits" in _failing(hand_made.trajectory(), replace(hand_made.batch(), patience_s=patience_s))


def test_a_case_that_the_overall_deadline_should_have_taken_away_is_caught() -> None:
    protocol = hand_made.protocol()
    free = replace(protocol.handing_up, must_have_tried=np.zeros(3, dtype=np.bool_))
    overall_due_s = protocol.overall_due_s.copy()
    overall_due_s[395] = at(395, 12)
    for due_s, caught in ((protocol.overall_due_s, False), (overall_due_s, True)):
        stricter = replace(protocol, handing_up=free, overall_due_s=due_s)
        found: tuple[str, ...] = ()
        try:
            audit(hand_made.jurisdiction(), stricter, hand_made.batch(), hand_made.trajectory())
        except AuditError as error:
            found = error.failures
        missed = "time_limits: its deadline did not take a case away (1 times, first: dispute 2)"
        assert (missed in found) == caught


def test_a_handover_without_its_paperwork_is_caught() -> None:
    requests = hand_made.trajectory().requests
    kept = np.flatnonzero(requests.purpose == Purpose.CASEWORK)
    without = Requests(**{name: getattr(requests, name)[kept] for name in requests.__slots__})
    assert _failing(replace(hand_made.trajectory(), requests=without)) == {"requests_and_visits"}


def test_a_deadline_does_not_count_before_what_must_have_been_tried() -> None:
    sound = _with(hand_made.trajectory(), "visits", "due_s", 2, at(379))
    assert _failing(sound) == {"visit_records"}


def _with_vacancies(*rows: tuple[int, int, int, int]) -> DisputeBatch:
    pool, post, from_s, until_s = (np.array(column) for column in zip(*rows, strict=True))
    vacancies = Vacancies(pool.astype(np.int32), post.astype(np.int32), from_s, until_s)
    return replace(hand_made.batch(), vacancies=vacancies)


@pytest.mark.parametrize(
    ("vacancies", "audits"),
    [
        ([(2, 0, at(379), at(380))], {"vacant_posts"}),
        ([(2, 0, at(379), at(380)), (2, 1, at(379), at(380))], {"vacant_posts", "pool_capacity"}),
        ([(2, 0, at(500), at(500))], {"vacant_posts"}),
        ([(2, 0, at(500), at(510)), (2, 0, at(505), at(520))], {"vacant_posts"}),
        ([(2, 2, at(500), at(510))], {"vacant_posts"}),
    ],
)
def test_a_post_that_nobody_fills_serves_nobody(vacancies: list[tuple[int, ...]], audits: set[str]) -> None:
    assert _failing(hand_made.trajectory(), _with_vacancies(*vacancies)) == audits  # type: ignore[arg-type]


def test_a_vacancy_that_falls_into_a_session_begins_at_its_end() -> None:
    assert _audit(hand_made.trajectory(), _with_vacancies((3, 0, at(380, 12), at(390)))) == AUDITS


def test_a_missing_column_value_is_caught_before_anything_else() -> None:
    trajectory = hand_made.trajectory()
    short = replace(trajectory, visits=replace(trajectory.visits, unit=trajectory.visits.unit[:-1]))
    assert _failing(short) == {"structure"}


def test_a_session_that_no_window_can_hold_may_end_never() -> None:
    trajectory = hand_made.trajectory()
    long = at(9_000)
    batch = hand_made.batch()
    occupation_s = batch.occupation_s.copy()
    occupation_s[6, 0] = long
    place = hand_made.jurisdiction()
    place = replace(place, clocks=(hand_made.office_clock(0, 24, 1_700), place.clocks[1]))
    trajectory = _with(trajectory, "requests", "occupation_s", 8, long)
    trajectory = _with(trajectory, "requests", "ended_s", 8, NEVER_S)
    audit(place, hand_made.protocol(), replace(batch, occupation_s=occupation_s), trajectory)
