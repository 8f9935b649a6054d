"""Whether a case is tried in the sessions that are there for it, each in its turn, before it goes on."""

import numpy as np

from sim.outcomes.audits.subject import AuditSubject, Mask, failures
from sim.outcomes.observed import asked_groups
from sim.vocabulary import NOWHERE, Departure, Purpose


def sessions_in_turn(run: AuditSubject) -> list[str]:
    """Check that a visit asks for the sessions that are there for the case, none left out and none out of turn.

    A case passes through a tier iff it has none for it; sessions are used up only after the last.
    """
    visits, requests, batch = run.trajectory.visits, run.trajectory.requests, run.batch
    is_there, offset = sessions_there(run), run.protocol.sessions.tier_offset.astype(np.int64)
    # Sessions there before each slot, over all tiers: (H, K, S + 1).
    before = np.concatenate((np.zeros((*is_there.shape[:2], 1), dtype=np.int64), np.cumsum(is_there, axis=2)), axis=2)
    home, category = batch.home_unit[visits.dispute], batch.category[visits.dispute]
    before_tier = before[home, category, offset[visits.tier]]
    count = before[home, category, offset[visits.tier + 1]] - before_tier
    row = np.flatnonzero(requests.purpose == Purpose.CASEWORK)
    visit, slot = run.visit_of_request[row], requests.slot[row]
    asked_count = np.bincount(visit, minlength=len(visits.dispute))
    first_asked = np.cumsum(asked_count) - asked_count
    turn = np.arange(len(row)) - first_asked[visit]
    expected = before[home[visit], category[visit], slot] - before_tier[visit]
    out_of_turn = ~is_there[home[visit], category[visit], slot] | (turn != expected)
    dispute_id, passed = batch.dispute_id[visits.dispute], visits.departure == Departure.PASSED_THROUGH
    used_up = visits.departure == Departure.ESCALATED_EXHAUSTED
    stays = (count == 0) & ~passed & (visits.departure != Departure.ADJUDICATED)
    return [
        *failures("a case asks for a session out of turn", out_of_turn, dispute_id[visit]),
        *failures("a case passes through a tier that has a session for it", passed & (count > 0), dispute_id),
        *failures("a case stays at a tier that has no session for it", stays, dispute_id),
        *failures("sessions are used up before the last", used_up & (asked_count != count), dispute_id),
    ]


def sessions_there(run: AuditSubject) -> Mask:
    """Return whether a session is held for a kind of dispute and staffed for a home unit: bool (H, K, S)."""
    staffed = asked_groups(run.jurisdiction, run.protocol) != NOWHERE
    there: Mask = staffed.T[:, np.newaxis, :] & run.protocol.sessions.held_for.T[np.newaxis, :, :]
    return there
