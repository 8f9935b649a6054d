"""Whether posts are used as people work: within opening hours, one case at a time, no more than there are."""

import numpy as np

from sim.jurisdiction.contract import Int32, Int64, WorkClock
from sim.outcomes.audits.subject import AuditSubject, failures
from sim.outcomes.empty_posts import empty_posts
from sim.outcomes.working_time import is_open, work_end_s
from sim.vocabulary import NEVER_S, NOWHERE


def opening_hours(run: AuditSubject) -> list[str]:
    """Check that every post is taken while its group's calendar is open."""
    found, uses = [], run.uses
    calendar = _of_pool(run.jurisdiction.staff.group_calendar, uses.group)
    for index, clock in enumerate(run.jurisdiction.clocks):
        here = (calendar == index) & (uses.post != NOWHERE)
        closed = ~is_open(clock, uses.from_s[here])
        found += failures("a post is taken while its group is closed", closed, _dispute_id(run, uses.request[here]))
    return found


def session_ends(run: AuditSubject) -> list[str]:
    """Check that every session ends when its occupation has been worked on the calendar of its group."""
    requests, found = run.trajectory.requests, []
    for clock, served in _served_by_clock(run):
        end_s = work_end_s(clock, requests.started_s[served], requests.occupation_s[served])
        wrong = requests.ended_s[served] != end_s
        found += failures("a session does not end when its work is done", wrong, _dispute_id(run, served))
    return found


def post_overlaps(run: AuditSubject) -> list[str]:
    """Check that posts exist and that no post serves two cases at once."""
    uses = run.uses
    held = np.flatnonzero(uses.post != NOWHERE)
    pool, post, from_s, until_s = uses.pool[held], uses.post[held], uses.from_s[held], uses.until_s[held]
    unknown = (post < 0) | (post >= _of_pool(run.jurisdiction.staff.pool_posts, pool))
    order = np.lexsort((until_s, from_s, post, pool))
    first, second = order[:-1], order[1:]
    same = (pool[first] == pool[second]) & (post[first] == post[second])
    overlap = same & (from_s[second] < until_s[first])
    return [
        *failures("a session is held by a post that does not exist", unknown, _dispute_id(run, uses.request[held])),
        *failures("a post serves two cases at once", overlap, _dispute_id(run, uses.request[held[second]])),
    ]


def pool_capacity(run: AuditSubject) -> list[str]:
    """Check at every instant that no more posts of a pool are busy than are filled or finishing a session."""
    uses, horizon_s = run.uses, run.jurisdiction.horizon_s
    lasting = (uses.until_s > uses.from_s) & (uses.post != NOWHERE)
    empty = empty_posts(run.jurisdiction, run.batch, uses)
    pool: Int64 = np.concatenate((uses.pool[lasting], empty.pool)).astype(np.int64)
    span = horizon_s + 1
    start_s = np.concatenate((uses.from_s[lasting], empty.from_s))
    end_s = np.concatenate((np.minimum(uses.until_s[lasting], horizon_s), empty.until_s))
    # One number per event: pool, second, ends before starts. Each pool's events cancel, so one running sum serves all.
    event = np.sort(np.concatenate(((pool * span + end_s) * 2, (pool * span + start_s) * 2 + 1)))
    busy = np.cumsum(np.where(event % 2 == 1, 1, -1))
    event_pool = event // (2 * span)
    over = busy > run.jurisdiction.staff.pool_posts[event_pool]
    if not over.any():
        return []
    return [
        f"pool {int(event_pool[np.argmax(over)])} has more posts busy or empty than it has ({int(over.sum())} times)"
    ]


def horizon(run: AuditSubject) -> list[str]:
    """Check that nothing happens at or after the horizon but planned ends, and nothing before the start."""
    disputes, visits, requests = run.trajectory.disputes, run.trajectory.visits, run.trajectory.requests
    breaches, dispute_id, found = run.trajectory.breaches, run.batch.dispute_id, []
    instants: tuple[tuple[str, Int64, Int64], ...] = (
        ("a fate", disputes.fate_s, dispute_id),
        ("a withdrawal", disputes.withdrawn_s, dispute_id),
        ("an arrival", visits.arrived_s, dispute_id[visits.dispute]),
        ("a departure", visits.left_s, dispute_id[visits.dispute]),
        ("a request", requests.joined_s, dispute_id[requests.dispute]),
        ("a start", requests.started_s, dispute_id[requests.dispute]),
        ("an agreement", breaches.settled_s, dispute_id[breaches.dispute]),
        ("a breach", breaches.breached_s, dispute_id[breaches.dispute]),
        ("a leaving of a queue", requests.left_s, dispute_id[requests.dispute]),
        ("a taking of a post", run.trajectory.seats.taken_s, _dispute_id(run, run.trajectory.seats.request)),
    )
    for what, instant_s, who in instants:
        outside = (instant_s != NEVER_S) & ((instant_s >= run.jurisdiction.horizon_s) | (instant_s < 0))
        found += failures(f"{what} lies outside the run", outside, who)
    never = visits.arrived_s == NEVER_S
    found += failures("a visit never begins", never, dispute_id[visits.dispute])
    return found + failures("a request is never made", requests.joined_s == NEVER_S, dispute_id[requests.dispute])


def _of_pool(values: Int32, index: Int32) -> Int32:
    return values[index] if len(values) else index


def _served_by_clock(run: AuditSubject) -> list[tuple[WorkClock, Int64]]:
    """Each calendar's clock with the rows of the requests that posts of its groups serve."""
    requests, staff = run.trajectory.requests, run.jurisdiction.staff
    served = np.flatnonzero(requests.post != NOWHERE)
    calendar: Int32 = staff.group_calendar[staff.pool_group[requests.pool[served]]]
    return [(clock, served[calendar == index]) for index, clock in enumerate(run.jurisdiction.clocks)]


def _dispute_id(run: AuditSubject, request: Int64) -> Int64:
    return run.batch.dispute_id[run.trajectory.requests.dispute[request]]
