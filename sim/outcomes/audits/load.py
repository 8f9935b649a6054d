"""Whether tiers hand cases up for load if and only if so many were waiting and it was drawn."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.jurisdiction.contract import Int32, Int64
from sim.outcomes.audits.handing_up import last_required
from sim.outcomes.audits.subject import AuditSubject, among_rows, failures
from sim.outcomes.columns import Mask, among, cells, rows_of
from sim.vocabulary import NOWHERE, Departure, Purpose, SessionMode


def load_referrals(run: AuditSubject) -> list[str]:
    """Check referrals by load, and that no case joins a queue that it should have been turned away from.

    Who joined or left a queue in the same second may have done so before or after: either is allowed.
    """
    visits, requests, home_unit = run.trajectory.visits, run.trajectory.requests, run.batch.home_unit
    limit, by_load = run.protocol.handing_up.refer_at_waiting, among(visits.departure, Departure.REFERRED_BY_LOAD)
    if not limit.size:
        return failures("a case is handed up for load where no tier does so", by_load, run.of_visit)
    avoided = rows_of(by_load)
    slot, home = _session_avoided(run, avoided), home_unit.take(visits.dispute.take(avoided)).astype(np.int64)
    unfounded = ~_is_drawn(run, avoided, slot)
    asking_left = _asking(run, slot, home, visits.left_s.take(avoided))
    joined = run.casework_rows
    # Who was not drawn to go may join a queue of any length.
    joined = joined[_is_drawn(run, run.visit_of_request.take(joined), requests.slot.take(joined))]
    slot_joined, home_joined = (
        requests.slot.take(joined),
        home_unit.take(requests.dispute.take(joined)).astype(np.int64),
    )
    asking_joined = _asking(run, slot_joined, home_joined, requests.joined_s.take(joined))
    queues = _queues(run, asking_left, asking_joined)
    unfounded |= _most_waiting(queues, asking_left, len(avoided)) < cells(limit, slot, home)
    missed = _fewest_waiting(queues, asking_joined, len(joined)) >= cells(limit, slot_joined, home_joined)
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
    drawn &= slot > last_required(run).take(visit)
    return drawn


_Side = Literal["left", "right"]


@dataclass(frozen=True, slots=True)
class _Asking:
    """How many wait is asked of pools at instants, of each pool that may lead the session that somebody faces.

    row: int64 (n,), of those who face one; pool: int32 (n,); instant_s: int64 (n,).
    """

    row: Int64
    pool: Int32
    instant_s: Int64


def _asking(run: AuditSubject, slot: NDArray[np.integer], home: Int64, instant_s: Int64) -> _Asking:
    """Ask the pools of some sessions for some home units at some instants: (n,) each."""
    sessions, pool_of_home = run.protocol.sessions, run.jurisdiction.staff.pool_of_home
    rows, pools = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int32)]
    for option in rows_of(~sessions.is_member).tolist():
        row = rows_of(slot == sessions.option_slot[option])
        pool = pool_of_home[sessions.option_group[option]].take(home.take(row))
        rows.append(row[pool != NOWHERE])
        pools.append(pool[pool != NOWHERE])
    row = np.concatenate(rows)
    return _Asking(row, np.concatenate(pools), instant_s.take(row))


@dataclass(frozen=True, slots=True)
class _Queues:
    """When requests join and leave the queues at some pools: int64 (n,) each, rising.

    The instants of a pool lie on a stretch of the line of its own, `span_s` long. As many leave as join on each, so
    what lies before a stretch cancels where the two are counted.
    """

    span_s: int
    join: Int64
    leave: Int64

    def longest(self, asking: _Asking) -> Int64:
        """Return how many wait at instants if those who join then are there, and those who leave still are: (n,)."""
        return self._waiting(asking, "right", "left")

    def shortest(self, asking: _Asking) -> Int64:
        """Return how many wait at instants if those who join then are not there, and those who leave are gone: (n,)."""
        return self._waiting(asking, "left", "right")

    def _waiting(self, asking: _Asking, joined: _Side, left: _Side) -> Int64:
        at = asking.pool * np.int64(self.span_s) + asking.instant_s
        # In order, they are found several times faster.
        order = np.argsort(at)
        at = at.take(order)
        waiting = np.empty(len(at), dtype=np.int64)
        waiting[order] = np.searchsorted(self.join, at, joined) - np.searchsorted(self.leave, at, left)
        return waiting


@dataclass(frozen=True, slots=True)
class _QueuesByWhoServes:
    """Queues at the pools that are asked.

    for_any: of those whom any of the groups that their session lists may serve; for_one: of those who wait for one
    alone, be it this one or another. A panel waits at one of its members' pools at a time, the first handler's among
    them, a follow-up at that of who settled.
    """

    for_any: _Queues
    for_one: _Queues


def _queues(run: AuditSubject, most: _Asking, fewest: _Asking) -> _QueuesByWhoServes:
    """Lay out the queues at the pools that are asked; who waits for one alone is left out of the fewest."""
    requests, sessions, staff = run.trajectory.requests, run.protocol.sessions, run.jurisdiction.staff
    # No pool, NOWHERE, is read as the last of one more than there are.
    asked, asked_for_most = np.zeros((2, len(staff.pool_posts) + 1), dtype=np.bool_)
    asked[fewest.pool], asked[most.pool], asked_for_most[most.pool] = True, True, True
    is_asked = np.bincount(staff.pool_group[asked[:-1]], minlength=len(staff.group_ids)) > 0
    home = run.batch.home_unit.take(requests.dispute)
    rows, pools = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int32)]
    for option in rows_of(is_asked.take(sessions.option_group)).tolist():
        row = rows_of(requests.slot == sessions.option_slot[option])
        pool = staff.pool_of_home[sessions.option_group[option]].take(home.take(row))
        here = rows_of(asked.take(pool))
        rows.append(row.take(here))
        pools.append(pool.take(here))
    row, pool = np.concatenate(rows), np.concatenate(pools)
    waits_for_one = among(sessions.mode, SessionMode.PANEL, SessionMode.MEETING).take(requests.slot)
    waits_for_one |= among(requests.purpose, Purpose.FOLLOW_UP)
    is_for_one = waits_for_one.take(row)
    for_any, for_one = rows_of(~is_for_one), rows_of(is_for_one & asked_for_most.take(pool))
    handled = rows_of(asked_for_most.take(run.first_handler_pool))
    return _QueuesByWhoServes(
        for_any=_lined_up(run, row.take(for_any), pool.take(for_any)),
        for_one=_lined_up(
            run,
            np.concatenate((row.take(for_one), handled)),
            np.concatenate((pool.take(for_one), run.first_handler_pool.take(handled))),
        ),
    )


def _lined_up(run: AuditSubject, row: Int64, pool: Int32) -> _Queues:
    """Line up requests, given as rows and the pool at which each waits: (n,) each."""
    span_s = run.jurisdiction.horizon_s + 1
    start = pool * np.int64(span_s)
    join, leave = run.trajectory.requests.joined_s.take(row), run.queue_end_s.take(row)
    return _Queues(span_s, np.sort(start + join), np.sort(start + leave))


def _most_waiting(queues: _QueuesByWhoServes, asking: _Asking, count: int) -> Int64:
    """The most requests that can have waited for the staff of the session that each of some faces: int64 (count,)."""
    waiting = queues.for_any.longest(asking) + queues.for_one.longest(asking)
    # Whole numbers below 2**53: float weights are exact.
    return np.bincount(asking.row, weights=waiting, minlength=count).astype(np.int64)


def _fewest_waiting(queues: _QueuesByWhoServes, asking: _Asking, count: int) -> Int64:
    """The fewest requests that can have waited for the staff of the session that each of some faces: int64 (count,)."""
    fewest = np.zeros(count, dtype=np.int64)
    np.maximum.at(fewest, asking.row, queues.for_any.shortest(asking))
    return fewest
