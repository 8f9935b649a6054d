"""Whether tiers hand cases up for load if and only if so many were waiting and it was drawn."""

import numpy as np
from numpy.typing import NDArray

from sim.jurisdiction.contract import Int64
from sim.outcomes.audits.handing_up import last_required
from sim.outcomes.audits.sitting import first_handler_pools
from sim.outcomes.audits.subject import AuditSubject, among_rows, failures
from sim.outcomes.audits.turns import kind_of_visit, sessions_there
from sim.outcomes.columns import Mask, among, rows_of
from sim.vocabulary import NOWHERE, Departure, Purpose, SessionMode


def load_referrals(run: AuditSubject) -> list[str]:
    """Check referrals by load, and that no case joins a queue that it should have been turned away from.

    Who joined or left a queue in the same second may have done so before or after: either is allowed.
    """
    visits, requests, batch = run.trajectory.visits, run.trajectory.requests, run.batch
    limit, by_load = run.protocol.handing_up.refer_at_waiting, among(visits.departure, Departure.REFERRED_BY_LOAD)
    if not limit.size:
        return failures("a case is handed up for load where no tier does so", by_load, run.of_visit)
    avoided = rows_of(by_load)
    row, slot = visits.dispute[avoided], _session_avoided(run, avoided)
    most, _ = _waiting(run, slot, batch.home_unit[row], visits.left_s[avoided])
    unfounded = ~_is_drawn(run, avoided, slot) | (most < limit[slot, batch.home_unit[row]])
    joined = run.casework_rows
    joined_slot, home = requests.slot[joined], batch.home_unit[requests.dispute[joined]]
    _, fewest = _waiting(run, joined_slot, home, requests.joined_s[joined])
    missed = _is_drawn(run, run.visit_of_request[joined], joined_slot) & (fewest >= limit[joined_slot, home])
    return [
        *failures("a case is handed up for load that was not there", unfounded, among_rows(run.of_visit, avoided)),
        *failures("a case joins a queue too long for it", missed, among_rows(run.of_request, joined)),
    ]


def _session_avoided(run: AuditSubject, visit: Int64) -> Int64:
    """The session that would have come next in each visit (any if none would, which `_is_drawn` refuses)."""
    asked = run.visit_of_request[run.casework_rows]
    asked_count = np.bincount(asked, minlength=len(run.stays.row))[visit]
    there = _sessions_of_visit(run, visit) & sessions_there(run)[kind_of_visit(run)[visit]]
    next_one = there & (np.cumsum(there, axis=1) == asked_count[:, np.newaxis] + 1)
    slot: Int64 = np.argmax(next_one, axis=1)
    return slot


def _sessions_of_visit(run: AuditSubject, visit: Int64) -> Mask:
    """Which sessions are of the tier of each visit: bool (n, S)."""
    offset, tier = run.protocol.sessions.tier_offset, run.trajectory.visits.tier[visit]
    slot = np.arange(len(run.protocol.sessions.slot_ids))
    of_tier: Mask = (slot >= offset[tier][:, np.newaxis]) & (slot < offset[tier + 1][:, np.newaxis])
    return of_tier


def _is_drawn(run: AuditSubject, visit: Int64, slot: NDArray[np.integer]) -> Mask:
    """Whether a case in a visit may be turned away from a session: bool (n,)."""
    visits, batch, slots = run.trajectory.visits, run.batch, len(run.protocol.sessions.slot_ids)
    row, column = visits.dispute[visit], run.round_of_visit[visit] * slots + slot
    of_tier = _sessions_of_visit(run, visit)[np.arange(len(visit)), slot]
    drawn: Mask = batch.referred_if_busy[row, column] & of_tier & (slot > last_required(run, visit))
    return drawn


def _waiting(
    run: AuditSubject, slot: NDArray[np.integer], home: NDArray[np.integer], instant_s: Int64
) -> tuple[Int64, Int64]:
    """The most and the fewest requests that can have waited for the staff of a session at an instant: (n,) each.

    A panel waits at one of its members' pools at a time, the first handler's among them, a follow-up at that of who
    settled: they count among the most.
    """
    requests, sessions, batch = run.trajectory.requests, run.protocol.sessions, run.batch
    horizon_s, pool_of_home = run.jurisdiction.horizon_s, run.jurisdiction.staff.pool_of_home
    ended_s = np.minimum(np.minimum(requests.started_s, requests.left_s), horizon_s)
    span, line = horizon_s + 1, [np.zeros((2, 0), dtype=np.int64)]
    alone = [np.zeros((2, 0), dtype=np.int64)]
    for option, group in enumerate(sessions.option_group.tolist()):
        row = rows_of(requests.slot == sessions.option_slot[option])
        pool = pool_of_home[group][batch.home_unit[requests.dispute[row]]].astype(np.int64)
        row, pool = row[pool != NOWHERE], pool[pool != NOWHERE]
        line.append(pool * span + np.stack((requests.joined_s[row], ended_s[row])))
        if sessions.mode[sessions.option_slot[option]] not in (SessionMode.PANEL, SessionMode.MEETING):
            alone.append(line[-1][:, requests.purpose[row] != Purpose.FOLLOW_UP])
    handler = first_handler_pools(run).astype(np.int64)
    row = rows_of(handler != NOWHERE)
    line.append(handler[row] * span + np.stack((requests.joined_s[row], ended_s[row])))
    # Instants of all pools in one rising line, one stretch of it a pool.
    (join, end), (join_alone, end_alone) = (np.sort(np.concatenate(part, axis=1)) for part in (line, alone))
    most, fewest = np.zeros((2, len(slot)), dtype=np.int64)
    for option in rows_of(~sessions.is_member).tolist():
        group = sessions.option_group[option]
        asking = rows_of(slot == sessions.option_slot[option])
        pool = pool_of_home[group][home[asking]].astype(np.int64)
        asking, pool = asking[pool != NOWHERE], pool[pool != NOWHERE]
        at, start = pool * span + instant_s[asking], pool * span
        before = np.searchsorted(join, start, "left") - np.searchsorted(end, start, "left")
        most[asking] += np.searchsorted(join, at, "right") - np.searchsorted(end, at, "left") - before
        before = np.searchsorted(join_alone, start, "left") - np.searchsorted(end_alone, start, "left")
        here = np.searchsorted(join_alone, at, "left") - np.searchsorted(end_alone, at, "right") - before
        fewest[asking] = np.maximum(fewest[asking], here)
    return most, fewest
