"""Whether a case is tried in the sessions that are there for it, each in its turn, before it goes on."""

import numpy as np

from sim.outcomes.audits.subject import AuditSubject, among_rows, failures
from sim.outcomes.columns import among
from sim.vocabulary import Departure


def sessions_in_turn(run: AuditSubject) -> list[str]:
    """Check that a visit asks for the sessions that are there for the case, none left out and none out of turn.

    A case passes through a tier iff it has none for it; sessions are used up only after the last.
    """
    visits, requests, before = run.trajectory.visits, run.trajectory.requests, run.place.sessions_before
    width = before.shape[2]
    offset, before = run.protocol.sessions.tier_offset.astype(np.int64), before.reshape(-1)
    row_of_visit = run.kind_of_visit * width
    before_tier = before.take(row_of_visit + offset.take(run.stays.row))
    count = before.take(row_of_visit + offset.take(run.stays.row + 1)) - before_tier
    rows, visit = run.casework_rows, run.visit_of_request.take(run.casework_rows)
    asked_count = np.bincount(visit, minlength=len(row_of_visit))
    first_asked = np.cumsum(asked_count) - asked_count
    cell = row_of_visit.take(visit) + requests.slot.take(rows)
    before_slot = before.take(cell)
    turn = np.arange(len(rows)) - (first_asked - before_tier).take(visit)
    out_of_turn = (before.take(cell + 1) == before_slot) | (turn != before_slot)
    passed, used_up = (
        among(visits.departure, way) for way in (Departure.PASSED_THROUGH, Departure.ESCALATED_EXHAUSTED)
    )
    nothing_there = count == 0
    stays = nothing_there & ~passed & (visits.departure != int(Departure.ADJUDICATED))
    owner = among_rows(run.of_request, rows)
    return [
        *failures("a case asks for a session out of turn", out_of_turn, owner),
        *failures("a case passes through a tier that has a session for it", passed & ~nothing_there, run.of_visit),
        *failures("a case stays at a tier that has no session for it", stays, run.of_visit),
        *failures("sessions are used up before the last", used_up & (asked_count != count), run.of_visit),
    ]
