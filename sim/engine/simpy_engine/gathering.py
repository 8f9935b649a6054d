"""Turns finished cases and requests into the arrays of a trajectory, in the order its contract states."""

from collections.abc import Sequence
from itertools import chain
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from sim.engine.contract import Breaches, DisputeOutcomes, Requests, Seats, Trajectory, Visits
from sim.engine.simpy_engine.cases import Case, Request
from sim.engine.simpy_engine.joint_requests import JointRequest
from sim.jurisdiction.contract import Jurisdiction
from sim.sampling.contract import DisputeBatch
from sim.vocabulary import NEVER_S, NOWHERE, Fate

_REQUEST_FIELDS = attrgetter(
    *("row", "joined_s", "purpose", "visit.number", "slot", "option", "pool", "post"),
    *("started_s", "ended_s", "left_s", "outcome", "effort_s", "travel_s", "occupation_s"),
)


def gather(
    jurisdiction: Jurisdiction,
    batch: DisputeBatch,
    cases: Sequence[Case],
    requests: Sequence[Request],
    breaches: Sequence[tuple[int, ...]],
) -> Trajectory:
    """Return the trajectory of a finished run."""
    return Trajectory(
        disputes=_dispute_outcomes(jurisdiction, batch, cases),
        visits=_visits(cases),
        requests=_requests(requests),
        seats=_seats(requests),
        breaches=_breaches(breaches),
    )


def _dispute_outcomes(jurisdiction: Jurisdiction, batch: DisputeBatch, cases: Sequence[Case]) -> DisputeOutcomes:
    """Fates of all disputes: those that never surface in time have theirs from sampling."""
    horizon_s = jurisdiction.horizon_s
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
        fate[case.row], fate_s[case.row], fate_tier[case.row] = case.fate, case.fate_s, case.tier
        bypassed[case.row], withdrawn_s[case.row] = case.is_bypassed, case.withdrawn_s
    return DisputeOutcomes(fate=fate, fate_s=fate_s, fate_tier=fate_tier, bypassed=bypassed, withdrawn_s=withdrawn_s)


def _visits(cases: Sequence[Case]) -> Visits:
    """Visits in the order of (row, number), which is the order of arrival within a dispute."""
    rows = sorted(
        (case.row, v.number, v.episode, v.tier, v.unit, v.tier_visit, v.arrived_s, v.left_s, v.departure, v.due_s)
        for case in cases
        for v in (*case.earlier, *case.visits)
    )
    dispute, number, episode, tier, unit, tier_visit, arrived_s, left_s, departure, due_s = _columns(rows, 10)
    return Visits(
        dispute=dispute,
        number=number.astype(np.int32),
        episode=episode.astype(np.int8),
        tier=tier.astype(np.int32),
        unit=unit.astype(np.int32),
        tier_visit=tier_visit.astype(np.int8),
        arrived_s=arrived_s,
        left_s=left_s,
        departure=departure.astype(np.int8),
        due_s=due_s,
    )


def _requests(requests: Sequence[Request]) -> Requests:
    """Requests in the order of (row, second of joining, purpose, visit, slot)."""
    rows = sorted(map(_REQUEST_FIELDS, requests))
    dispute, joined_s, purpose, visit_number, slot, option, pool, post, *rest = _columns(rows, 15)
    started_s, ended_s, left_s, outcome, effort_s, travel_s, occupation_s = rest
    return Requests(
        dispute=dispute,
        visit_number=visit_number.astype(np.int32),
        purpose=purpose.astype(np.int8),
        slot=slot.astype(np.int32),
        option=option.astype(np.int32),
        pool=pool.astype(np.int32),
        post=post.astype(np.int32),
        joined_s=joined_s,
        started_s=started_s,
        ended_s=ended_s,
        left_s=left_s,
        outcome=outcome.astype(np.int8),
        effort_s=effort_s,
        travel_s=travel_s,
        occupation_s=occupation_s,
    )


def _seats(requests: Sequence[Request]) -> Seats:
    """Seats in the order of (row of their request, taking); a stable sort keeps the latter."""
    joint = [request for request in requests if isinstance(request, JointRequest) and request.seats]
    row_of = {id(r): row for row, r in enumerate(sorted(requests, key=_REQUEST_FIELDS))} if joint else {}
    rows = [
        (row_of[id(request)], s.pool, s.post, s.taken_s, s.released_s, s.effort_s, s.travel_s, s.occupation_s)
        for request in sorted(joint, key=lambda one: row_of[id(one)])
        for s in request.seats
    ]
    request_row, pool, post, taken_s, released_s, effort_s, travel_s, occupation_s = _columns(rows, 8)
    return Seats(
        request=request_row,
        pool=pool.astype(np.int32),
        post=post.astype(np.int32),
        taken_s=taken_s,
        released_s=released_s,
        effort_s=effort_s,
        travel_s=travel_s,
        occupation_s=occupation_s,
    )


def _breaches(breaches: Sequence[tuple[int, ...]]) -> Breaches:
    """Broken agreements in the order of (row, episode)."""
    dispute, episode, settled_s, tier, breached_s, bypassed = _columns(sorted(breaches), 6)
    return Breaches(
        dispute=dispute,
        episode=episode.astype(np.int8),
        settled_s=settled_s,
        tier=tier.astype(np.int32),
        breached_s=breached_s,
        bypassed=bypassed.astype(np.bool_),
    )


def _columns(rows: Sequence[tuple[int, ...]], width: int) -> NDArray[np.int64]:
    """Rows of integers as contiguous columns."""
    values = np.fromiter(chain.from_iterable(rows), dtype=np.int64, count=len(rows) * width)
    return np.ascontiguousarray(values.reshape(-1, width).T)
