"""Turns finished cases and requests into the arrays of a trajectory, in the order its contract states."""

from collections.abc import Sequence

import numpy as np

from sim.engine import rules
from sim.engine.contract import DisputeOutcomes, Requests, Trajectory, Visits
from sim.engine.simpy_engine.cases import Case
from sim.engine.simpy_engine.pools import Request
from sim.jurisdiction.contract import Jurisdiction
from sim.sampling.contract import DisputeBatch
from sim.vocabulary import NEVER_S, NOWHERE, Fate


def gather(
    jurisdiction: Jurisdiction, batch: DisputeBatch, cases: Sequence[Case], requests: Sequence[Request]
) -> Trajectory:
    """Return the trajectory of a finished run."""
    return Trajectory(
        disputes=_dispute_outcomes(jurisdiction, batch, cases),
        visits=_visits(cases),
        requests=_requests(requests),
    )


def _dispute_outcomes(jurisdiction: Jurisdiction, batch: DisputeBatch, cases: Sequence[Case]) -> DisputeOutcomes:
    """Fates of all disputes: those that never surface in time have theirs from sampling."""
    horizon_s, top = jurisdiction.horizon_s, len(jurisdiction.tier_ids) - 1
    count = len(batch.dispute_id)
    fate = np.full(count, Fate.LATENT, dtype=np.int8)
    fate_s = np.full(count, NEVER_S, dtype=np.int64)
    fate_tier = np.full(count, NOWHERE, dtype=np.int32)
    bypassed = np.zeros(count, dtype=np.bool_)
    withdrawn_s = np.full(count, NEVER_S, dtype=np.int64)

    hidden = batch.surfaced_s >= horizon_s
    faded = hidden & (batch.faded_s < horizon_s)
    struck = hidden & (batch.surfaced_s == NEVER_S) & (batch.incident_s < horizon_s)
    fate[faded], fate_s[faded] = Fate.FADED, batch.faded_s[faded]
    fate[struck], fate_s[struck] = Fate.INCIDENT, batch.incident_s[struck]

    for case in cases:
        is_still_at_top = case.fate is Fate.OPEN and bool(case.visits) and case.visits[-1].left_s == NEVER_S
        if is_still_at_top and case.visits[-1].tier == top and not case.is_bypassed:
            case.is_bypassed = rules.is_bypass_from_top(case.patience_s, case.patience_choice, horizon_s, True)
        fate[case.row], fate_s[case.row], fate_tier[case.row] = case.fate, case.fate_s, case.tier
        bypassed[case.row], withdrawn_s[case.row] = case.is_bypassed, case.withdrawn_s
    return DisputeOutcomes(fate=fate, fate_s=fate_s, fate_tier=fate_tier, bypassed=bypassed, withdrawn_s=withdrawn_s)


def _visits(cases: Sequence[Case]) -> Visits:
    """Visits in the order of (row, number), which is the order of arrival within a dispute."""
    rows = [(case.row, visit) for case in sorted(cases, key=lambda case: case.row) for visit in case.visits]
    return Visits(
        dispute=np.array([row for row, _ in rows], dtype=np.int64),
        number=np.array([visit.number for _, visit in rows], dtype=np.int32),
        tier=np.array([visit.tier for _, visit in rows], dtype=np.int32),
        unit=np.array([visit.unit for _, visit in rows], dtype=np.int32),
        tier_visit=np.array([visit.tier_visit for _, visit in rows], dtype=np.int8),
        arrived_s=np.array([visit.arrived_s for _, visit in rows], dtype=np.int64),
        left_s=np.array([visit.left_s for _, visit in rows], dtype=np.int64),
        departure=np.array([visit.departure for _, visit in rows], dtype=np.int8),
        due_s=np.array([visit.due_s for _, visit in rows], dtype=np.int64),
    )


def _requests(requests: Sequence[Request]) -> Requests:
    """Requests in the order of (row, second of joining, purpose, visit, slot)."""
    ordered = sorted(requests, key=lambda r: (r.row, r.key[2], r.purpose, r.visit_number, r.slot))
    return Requests(
        dispute=np.array([request.row for request in ordered], dtype=np.int64),
        visit_number=np.array([request.visit_number for request in ordered], dtype=np.int32),
        purpose=np.array([request.purpose for request in ordered], dtype=np.int8),
        slot=np.array([request.slot for request in ordered], dtype=np.int32),
        option=np.array([request.option for request in ordered], dtype=np.int32),
        pool=np.array([request.pool for request in ordered], dtype=np.int32),
        post=np.array([request.post for request in ordered], dtype=np.int32),
        joined_s=np.array([request.key[2] for request in ordered], dtype=np.int64),
        started_s=np.array([request.started_s for request in ordered], dtype=np.int64),
        ended_s=np.array([request.ended_s for request in ordered], dtype=np.int64),
        left_s=np.array([request.left_s for request in ordered], dtype=np.int64),
        outcome=np.array([request.outcome for request in ordered], dtype=np.int8),
        effort_s=np.array([request.effort_s for request in ordered], dtype=np.int64),
        travel_s=np.array([request.travel_s for request in ordered], dtype=np.int64),
        occupation_s=np.array([request.occupation_s for request in ordered], dtype=np.int64),
    )
