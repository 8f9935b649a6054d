"""Whether cases go up, or not, as required sessions and reporting pressure say."""

import numpy as np

from sim.jurisdiction.contract import Int32
from sim.outcomes.audits.subject import AuditSubject, failures
from sim.outcomes.columns import among, cells, rows_of
from sim.vocabulary import HANDED_UP, NOWHERE, Departure

_NOT_BEFORE_TRIED = (Departure.ESCALATED_DEADLINE, Departure.REFERRED_BY_LOAD)


def settlements_on_paper(run: AuditSubject) -> list[str]:
    """Check that a case due to be handed up is recorded as settled if and only if that was drawn."""
    visits, batch = run.trajectory.visits, run.batch
    on_paper = among(visits.departure, Departure.PAPER_SETTLED)
    drawn = np.zeros(len(visits.dispute), dtype=np.bool_)
    if batch.settled_on_paper.shape[1]:
        column = run.round_of_visit * len(run.jurisdiction.tier_ids) + run.stays.row
        drawn = cells(batch.settled_on_paper, visits.dispute, column)
    in_truth = among(visits.departure, *HANDED_UP)
    without = on_paper & ~run.protocol.handing_up.is_pressed.take(run.stays.row)
    return [
        *failures("a record of a settlement is untrue without reason", (on_paper & ~drawn) | without, run.of_visit),
        *failures("a case is handed up that the records should call settled", in_truth & drawn, run.of_visit),
    ]


def required_sessions(run: AuditSubject) -> list[str]:
    """Check that no deadline and no load sends a case up before the tier's required sessions have been held."""
    if not run.protocol.handing_up.must_have_tried.any():
        return []
    visits, requests = run.trajectory.visits, run.trajectory.requests
    required = last_required(run)
    handed_up = among(visits.departure, *_NOT_BEFORE_TRIED) & (required != NOWHERE)
    asked = run.casework_rows.take(rows_of(handed_up.take(run.visit_of_request.take(run.casework_rows))))
    visit = run.visit_of_request.take(asked)
    is_held = (requests.ended_s.take(asked) <= visits.left_s.take(visit)) & (
        requests.slot.take(asked) >= required.take(visit)
    )
    handed_up[visit[is_held]] = False
    return failures("a case goes up before what must be tried", handed_up, run.of_visit)


def last_required(run: AuditSubject) -> Int32:
    """Return the last session that must be held in each visit, NOWHERE if none must: int32 (M,)."""
    return cells(run.place.last_required, run.kind_of_visit, run.stays.row)
