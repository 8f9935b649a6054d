"""Whether tiers hand cases up for load if and only if so many were waiting and it was drawn."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.jurisdiction.contract import Int32, Int64
from sim.outcomes.audits.handing_up import last_required
from sim.outcomes.audits.subject import AuditSubject, among_rows, failures
from sim.outcomes.columns import Mask, among, cells, rows_of
from sim.vocabulary import NEVER_S, NOWHERE, Departure, Purpose, SessionMode


def load_referrals(run: AuditSubject) -> list[str]:
    """Check referrals by load, and that no case joins a queue that it should have been turned away from.

    Who joined or left a queue in the same second may have done so before or after: either is allowed.
    """
    visits, requests, home_unit = run.trajectory.visits, run.trajectory.requests, run.batch.home_unit
    limit, by_load = run.protocol.handing_up.refer_at_waiting, among(visits.departure, Departure.REFERRED_BY_LOAD)
    if not limit.size:
        return failures("a case is handed up for load where no tier does so", by_load, run.of_visit)
    queues = _queues(run, limit)
    avoided = rows_of(by_load)
    slot, home = _session_avoided(run, avoided), home_unit.take(visits.dispute.take(avoided)).astype(np.int64)
    most = _most_waiting(run, queues, slot, home, visits.left_s.take(avoided))
    unfounded = ~_is_drawn(run, avoided, slot) | (most < cells(limit, slot, home))
    joined = run.casework_rows
    # Who was not drawn to go may join a queue of any length.
    joined = joined[_is_drawn(run, run.visit_of_request.take(joined), requests.slot.take(joined))]
    slot_joined, home = requests.slot.take(joined), home_unit.take(requests.dispute.take(joined)).astype(np.int64)
    fewest = _fewest_waiting(run, queues, slot_joined, home, requests.joined_s.take(joined))
    missed = fewest >= cells(limit, slot_joined, home)
    return [
        *failures("a case is handed up for load that was not there", unfounded, among_rows(run.of_visit, avoided)),
        *failures("a case joins a queue too long for it", missed, among_rows(run.of_request, joined)),
    ]


def _session_avoided(run: AuditSubject, visit: Int64) -> Int64:
    """The session that would have come next in each visit (any if none would, which `_is_drawn` refuses)."""
    asked = run.visit_of_request.take(run.casework_rows)
    asked_count = np.bincount(asked, minlength=len(run.stays.row)).take(visit)
    of_tier = run.place.tier_of_slot == run.stays.row.take(visit)[:, np.newaxis]
    there = of_tier & run.place.session_is_there[run.kind_of_visit.take(visit)]
    next_one = there & (np.cumsum(there, axis=1) == asked_count[:, np.newaxis] + 1)
    slot: Int64 = np.argmax(next_one, axis=1)
    return slot


def _is_drawn(run: AuditSubject, visit: Int64, slot: NDArray[np.integer]) -> Mask:
    """Whether a case in a visit may be turned away from a session: bool (n,)."""
    column = run.round_of_visit.take(visit) * len(run.protocol.sessions.slot_ids) + slot
    drawn: Mask = cells(run.batch.referred_if_busy, run.trajectory.visits.dispute.take(visit), column)
    drawn &= run.place.tier_of_slot.take(slot) == run.stays.row.take(visit)
    drawn &= slot > last_required(run, visit)
    return drawn


@dataclass(frozen=True, slots=True)
class _Queues:
    """When requests join and leave the queues at some pools: int64 (n,) each, rising.

    The instants of a pool lie on a stretch of the line of its own, `span_s` long. As many leave as join on each, so
    what lies before a stretch cancels where the two are counted.
    """

    span_s: int
    join: Int64
    leave: Int64

    def longest(self, pool: Int32, instant_s: Int64) -> Int64:
        """Return how many wait at instants if those who join then are there, and those who leave still are: (n,)."""
        at = pool * np.int64(self.span_s) + instant_s
        return np.searchsorted(self.join, at, "right") - np.searchsorted(self.leave, at, "left")

    def shortest(self, pool: Int32, instant_s: Int64) -> Int64:
        """Return how many wait at instants if those who join then are not there, and those who leave are gone: (n,)."""
        at = pool * np.int64(self.span_s) + instant_s
        return np.searchsorted(self.join, at, "left") - np.searchsorted(self.leave, at, "right")


@dataclass(frozen=True, slots=True)
class _QueuesByWhoServes:
    """Queues of the groups for which cases are turned away.

    for_any: of those whom any of the groups that their session lists may serve; for_one: of those who wait for one
    alone, be it this one or another. A panel waits at one of its members' pools at a time, the first handler's among
    them, a follow-up at that of who settled.
    """

    for_any: _Queues
    for_one: _Queues


def _queues(run: AuditSubject, limit: Int64) -> _QueuesByWhoServes:
    """Lay out the queues at the pools of all groups that lead a session from which cases are turned away."""
    requests, sessions, staff = run.trajectory.requests, run.protocol.sessions, run.jurisdiction.staff
    leads = np.zeros(len(staff.group_ids), dtype=np.bool_)
    turns_away = (limit < NEVER_S).any(axis=1)
    leads[sessions.option_group[turns_away.take(sessions.option_slot) & ~sessions.is_member]] = True
    home = run.batch.home_unit.take(requests.dispute)
    waiting = [(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int32))]
    for option in rows_of(leads.take(sessions.option_group)).tolist():
        asking = rows_of(requests.slot == sessions.option_slot[option])
        waiting.append(_at_pools(staff.pool_of_home[sessions.option_group[option]], asking, home))
    row, pool = (np.concatenate(column) for column in zip(*waiting, strict=True))
    is_for_one = among(sessions.mode, SessionMode.PANEL, SessionMode.MEETING).take(requests.slot)
    is_for_one |= among(requests.purpose, Purpose.FOLLOW_UP)
    for_one = is_for_one.take(row)
    handler = run.first_handler_pool
    handled = rows_of(handler != NOWHERE)
    handled = handled[leads[staff.pool_group[handler[handled]]]]
    return _QueuesByWhoServes(
        for_any=_lined_up(run, row[~for_one], pool[~for_one]),
        for_one=_lined_up(
            run,
            np.concatenate((row[for_one], handled)),
            np.concatenate((pool[for_one], handler.take(handled))),
        ),
    )


def _lined_up(run: AuditSubject, row: Int64, pool: Int32) -> _Queues:
    """Line up requests, given as rows and the pool at which each waits: (n,) each."""
    span_s = run.jurisdiction.horizon_s + 1
    start = pool * np.int64(span_s)
    join, leave = run.trajectory.requests.joined_s.take(row), run.queue_end_s.take(row)
    return _Queues(span_s, np.sort(start + join), np.sort(start + leave))


def _at_pools(pool_of_home: Int32, row: Int64, home: NDArray[np.integer]) -> tuple[Int64, Int32]:
    """Return those of some rows whose home unit a group has a pool for, and that pool; home: of all rows."""
    pool = pool_of_home.take(home.take(row))
    has_pool = pool != NOWHERE
    return row[has_pool], pool[has_pool]


def _pools_asked(run: AuditSubject, slot: NDArray[np.integer], home: Int64) -> Iterator[tuple[Int64, Int32]]:
    """Yield the pools that may lead the session of each home unit, group by group: rows of both, and their pools."""
    sessions = run.protocol.sessions
    for option in rows_of(~sessions.is_member).tolist():
        row = rows_of(slot == sessions.option_slot[option])
        if len(row):
            yield _at_pools(run.jurisdiction.staff.pool_of_home[sessions.option_group[option]], row, home)


def _most_waiting(
    run: AuditSubject, queues: _QueuesByWhoServes, slot: NDArray[np.integer], home: Int64, instant_s: Int64
) -> Int64:
    """The most requests that can have waited for the staff of a session at an instant: int64 (n,)."""
    most = np.zeros(len(slot), dtype=np.int64)
    for row, pool in _pools_asked(run, slot, home):
        at_s = instant_s.take(row)
        most[row] += queues.for_any.longest(pool, at_s) + queues.for_one.longest(pool, at_s)
    return most


def _fewest_waiting(
    run: AuditSubject, queues: _QueuesByWhoServes, slot: NDArray[np.integer], home: Int64, instant_s: Int64
) -> Int64:
    """The fewest requests that can have waited for the staff of a session at an instant: int64 (n,)."""
    fewest = np.zeros(len(slot), dtype=np.int64)
    for row, pool in _pools_asked(run, slot, home):
        waiting = queues.for_any.shortest(pool, instant_s.take(row))
        fewest[row] = np.maximum(fewest.take(row), waiting)
    return fewest
