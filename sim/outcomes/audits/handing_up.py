"""Whether cases go up, or not, as required sessions and reporting pressure say."""

import numpy as np

from sim.jurisdiction.contract import Int64
from sim.outcomes.audits.subject import AuditSubject, failures
from sim.outcomes.audits.turns import sessions_there
from sim.vocabulary import HANDED_UP, NOWHERE, Departure, Purpose

_NOT_BEFORE_TRIED = (Departure.ESCALATED_DEADLINE, Departure.REFERRED_BY_LOAD)


def settlements_on_paper(run: AuditSubject) -> list[str]:
    """Check that a case due to be handed up is recorded as settled if and only if that was drawn."""
    visits, batch = run.trajectory.visits, run.batch
    dispute_id, on_paper = batch.dispute_id[visits.dispute], visits.departure == Departure.PAPER_SETTLED
    drawn = np.zeros(len(visits.dispute), dtype=np.bool_)
    if batch.settled_on_paper.shape[1]:
        column = run.round_of_visit * len(run.jurisdiction.tier_ids) + visits.tier
        drawn = batch.settled_on_paper[visits.dispute, column]
    in_truth = np.isin(visits.departure, HANDED_UP)
    without = on_paper & ~run.protocol.handing_up.is_pressed[visits.tier]
    return [
        *failures("a record of a settlement is untrue without reason", (on_paper & ~drawn) | without, dispute_id),
        *failures("a case is handed up that the records should call settled", in_truth & drawn, dispute_id),
    ]


def required_sessions(run: AuditSubject) -> list[str]:
    """Check that no deadline and no load sends a case up before the tier's required sessions have been held."""
    visits, requests = run.trajectory.visits, run.trajectory.requests
    held = (requests.purpose == Purpose.CASEWORK) & (requests.ended_s <= visits.left_s[run.visit_of_request])
    last_held = np.full(len(visits.dispute), NOWHERE, dtype=np.int64)
    np.maximum.at(last_held, run.visit_of_request[held], requests.slot[held])
    early = last_held < last_required(run, np.arange(len(visits.dispute)))
    wrong = np.isin(visits.departure, _NOT_BEFORE_TRIED) & early
    return failures("a case goes up before what must be tried", wrong, run.batch.dispute_id[visits.dispute])


def last_required(run: AuditSubject, visit: Int64) -> Int64:
    """Return the last session that must be held in each of some visits, NOWHERE if none must: int64 (n,)."""
    must, visits, batch = run.protocol.handing_up.must_have_tried, run.trajectory.visits, run.batch
    last = np.full(len(visit), NOWHERE, dtype=np.int64)
    if not must.any():
        return last
    home, category = batch.home_unit[visits.dispute[visit]], batch.category[visits.dispute[visit]]
    there, offset = sessions_there(run), run.protocol.sessions.tier_offset
    for slot in np.flatnonzero(must).tolist():
        tier = int(np.searchsorted(offset, slot, side="right")) - 1
        last[there[home, category, slot] & (visits.tier[visit] == tier)] = slot
    return last
