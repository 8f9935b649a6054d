"""A run with broken agreements passes every audit; broken in one place, the audit that guards it finds it."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sim.engine.contract import Trajectory
from sim.errors import AuditError
from sim.outcomes.audits import AUDITS, audit
from sim.vocabulary import NEVER_S, NOWHERE, Departure, Fate, Purpose, RequestOutcome
from tests.behaviour.story import DAY, HOUR, Told, at
from tests.unit.outcomes.broken_agreements import told

BROKEN = [
    # audit, table, column, row, value
    ("structure", "breaches", "episode", 0, 1),
    ("structure", "breaches", "dispute", 0, 2),
    ("structure", "breaches", "tier", 0, 3),
    ("structure", "visits", "episode", 3, 1),
    ("structure", "visits", "episode", 2, 0),
    ("horizon", "breaches", "breached_s", 1, at("9d 00:00")),
    ("dispute_accounts", "requests", "outcome", 10, RequestOutcome.NOT_SETTLED),
    ("dispute_accounts", "disputes", "fate", 2, Fate.OPEN),
    ("tier_flows", "breaches", "tier", 1, 1),
    ("tier_flows", "visits", "departure", 6, Departure.LITIGATED),
    ("time_integrals", "visits", "left_s", 0, at("0d 10:00")),
    ("time_integrals", "breaches", "settled_s", 0, at("0d 10:00")),
    ("visit_records", "visits", "arrived_s", 1, at("3d 08:00")),
    ("fates_and_visits", "breaches", "settled_s", 1, at("6d 02:00")),
    ("requests_and_visits", "requests", "joined_s", 3, at("3d 09:30")),
    ("sessions_as_drawn", "requests", "effort_s", 1, HOUR),
    ("sessions_as_drawn", "requests", "occupation_s", 6, HOUR),
    ("sessions_as_drawn", "requests", "outcome", 4, RequestOutcome.NOT_SETTLED),
    ("last_sessions", "breaches", "settled_s", 0, at("0d 10:00")),
    ("agreements", "breaches", "breached_s", 0, at("3d 08:00")),
    ("agreements", "requests", "ended_s", 11, at("7d 02:00")),
    ("agreements", "visits", "tier", 1, 1),
    ("follow_ups", "requests", "joined_s", 1, at("1d 10:00")),
    ("follow_ups", "requests", "left_s", 2, at("2d 16:00")),
    ("follow_ups", "requests", "outcome", 2, RequestOutcome.LEFT_QUEUE),
    ("follow_ups", "requests", "outcome", 2, RequestOutcome.WAITING),
    ("follow_ups", "requests", "pool", 5, 0),
    ("follow_ups", "requests", "started_s", 5, at("4d 19:00")),
    ("follow_ups", "requests", "purpose", 6, Purpose.HANDOVER),
    ("follow_ups", "requests", "outcome", 7, RequestOutcome.SKIPPED),
    ("request_times", "requests", "left_s", 2, NEVER_S),
]


def _audit(run: Told, trajectory: Trajectory) -> tuple[str, ...]:
    return audit(run.jurisdiction, run.protocol, run.batch, trajectory)


def _failing(run: Told, trajectory: Trajectory) -> set[str]:
    with pytest.raises(AuditError) as caught:
        _audit(run, trajectory)
    return {failure.split(":")[0] for failure in caught.value.failures}


def test_the_run_passes_every_audit() -> None:
    run = told()
    assert _audit(run, run.trajectory) == AUDITS


@pytest.mark.parametrize(("name", "table", "column", "row", "value"), BROKEN)
def test_broken_run_is_caught_by_the_audit_that_guards_it(
    name: str, table: str, column: str, row: int, value: Any
) -> None:
    run = told()
    records = getattr(run.trajectory, table)
    values = getattr(records, column).copy()
    values[row] = value
    broken = replace(run.trajectory, **{table: replace(records, **{column: values})})
    assert name in _failing(run, broken)


def test_a_breach_left_out_is_missed() -> None:
    run = told()
    breaches = run.trajectory.breaches
    first_only = replace(breaches, **{name: getattr(breaches, name)[:1] for name in breaches.__slots__})
    assert _failing(run, replace(run.trajectory, breaches=first_only)) == {"structure"}


def test_an_agreement_that_should_have_broken_is_caught() -> None:
    run = told()
    holds_until_age_s = run.batch.holds_until_age_s.copy()
    holds_until_age_s[0, 3:] = -1
    batch = replace(run.batch, holds_until_age_s=holds_until_age_s)
    assert _failing(replace(run, batch=batch), run.trajectory) == {"agreements"}


def test_an_agreement_that_should_have_held_is_caught() -> None:
    run = told()
    holds_until_age_s = run.batch.holds_until_age_s.copy()
    holds_until_age_s[0, 1] = DAY
    batch = replace(run.batch, holds_until_age_s=holds_until_age_s)
    assert _failing(replace(run, batch=batch), run.trajectory) == {"agreements"}


def test_a_visit_that_nobody_asked_for_is_missed() -> None:
    run = told()
    requests = run.trajectory.requests
    kept = np.arange(len(requests.dispute)) != 5
    fewer = replace(requests, **{name: getattr(requests, name)[kept] for name in requests.__slots__})
    assert _failing(run, replace(run.trajectory, requests=fewer)) == {"follow_ups"}


def test_an_agreement_taken_up_by_the_parent_must_not_start_where_it_was_reached() -> None:
    run = told()
    after = replace(run.protocol.after_settlement, reopen_at=1)
    protocol = replace(run.protocol, after_settlement=after)
    assert "agreements" in _failing(replace(run, protocol=protocol), run.trajectory)


def test_no_agreement_of_the_parties_is_followed_up() -> None:
    run = told()
    tier = run.trajectory.breaches.tier.copy()
    tier[1] = NOWHERE
    broken = replace(run.trajectory, breaches=replace(run.trajectory.breaches, tier=tier))
    assert {"follow_ups", "fates_and_visits"} <= _failing(run, broken)
