"""Whether posts are used as people work: within opening hours, one case at a time, no more than there are."""

import numpy as np

from sim.jurisdiction.contract import Int32, Int64
from sim.outcomes.audits.subject import AuditSubject, among_rows, failures
from sim.outcomes.columns import Mask, rows_of
from sim.vocabulary import NEVER_S, NOWHERE


def opening_hours(run: AuditSubject) -> list[str]:
    """Check that every post is taken while its group's calendar is open."""
    uses = run.uses
    closed = (uses.from_s >= run.place.times.close_s.take(uses.window)) & (uses.post != NOWHERE)
    return _by_calendar(run, "a post is taken while its group is closed", closed, uses.calendar, uses.request)


def session_ends(run: AuditSubject) -> list[str]:
    """Check that every session ends when its occupation has been worked on the calendar of its group."""
    requests, uses, times = run.trajectory.requests, run.uses, run.place.times
    alone = slice(0, uses.alone_count)
    row, calendar, started_s = uses.request[alone], uses.calendar[alone], uses.from_s[alone]
    worked_s = times.worked_in_s(uses.window[alone], started_s)
    end_s = times.end_after_s(calendar, started_s, worked_s, requests.occupation_s.take(row))
    wrong = (uses.until_s[alone] != end_s) & (uses.post[alone] != NOWHERE)
    is_other = requests.post != NOWHERE
    is_other[row] = False
    other = rows_of(is_other)
    if len(other):
        pool = requests.pool.take(other)
        group = run.jurisdiction.staff.pool_group.take(pool)
        of_others, started_s = run.place.calendar_of_group.take(group), requests.started_s.take(other)
        end_s = times.end_s(of_others, started_s, requests.occupation_s.take(other))
        row, calendar = np.concatenate((row, other)), np.concatenate((calendar, of_others))
        wrong = np.concatenate((wrong, requests.ended_s.take(other) != end_s))
        in_order = np.argsort(row)
        row, calendar, wrong = row[in_order], calendar[in_order], wrong[in_order]
    return _by_calendar(run, "a session does not end when its work is done", wrong, calendar, row)


def _by_calendar(run: AuditSubject, what: str, wrong: Mask, calendar: Int64, request: Int64) -> list[str]:
    """Say calendar by calendar what is wrong with requests."""
    rows = rows_of(wrong)
    found = []
    for index in np.unique(calendar[rows]) if len(rows) else ():
        here = calendar == index
        found += failures(what, wrong[here], among_rows(run.of_request, request[here]))
    return found


def post_overlaps(run: AuditSubject) -> list[str]:
    """Check that posts exist and that no post serves two cases at once."""
    uses, span = run.uses, run.jurisdiction.horizon_s + 1
    pool, post, from_s, until_s = uses.pool, uses.post, uses.from_s, uses.until_s
    held = rows_of(post != NOWHERE)
    if len(held) < len(post):
        pool, post, from_s, until_s = pool.take(held), post.take(held), from_s.take(held), until_s.take(held)
    unknown = (post < 0) | (post >= _of_pool(run.jurisdiction.staff.pool_posts, pool))
    # All posts in one line, a stretch of it for each; who is there at the horizon is so to the end of the stretch.
    number = np.unique(post, return_inverse=True)[1] if unknown.any() else post
    first = (pool * np.int64(number.max(initial=0) + 1) + number) * span
    from_line, until_line = first + np.minimum(from_s, span - 1), first + np.minimum(until_s, span - 1)
    order = _in_turn(from_line, until_line)
    overlap = from_line.take(order[1:]) < until_line.take(order[:-1])
    owner = among_rows(run.of_request, uses.request.take(held))
    return [
        *failures("a session is held by a post that does not exist", unknown, owner),
        *failures("a post serves two cases at once", overlap, among_rows(owner, order[1:])),
    ]


def _in_turn(from_s: Int64, until_s: Int64) -> Int64:
    """Return the order of intervals by their start, then by their end: int64 (n,)."""
    count = len(from_s)
    if int(from_s.max(initial=0)) < NEVER_S // max(count, 1):
        # The row rides along: sorting numbers is much faster than sorting rows by them.
        ranked = np.sort(from_s * count + np.arange(count))
        starts = ranked // max(count, 1)
        if not bool((starts[1:] == starts[:-1]).any()):
            return np.asarray(ranked - starts * count)
    return np.lexsort((until_s, from_s))


def pool_capacity(run: AuditSubject) -> list[str]:
    """Check at every instant that no more posts of a pool are busy than are filled or finishing a session."""
    uses, empty, horizon_s = run.uses, run.empty, run.jurisdiction.horizon_s
    pool, start_s, end_s = uses.pool, uses.from_s, np.minimum(uses.until_s, horizon_s)
    lasting = rows_of((uses.until_s > start_s) & (uses.post != NOWHERE))
    if len(lasting) < len(pool):
        pool, start_s, end_s = pool.take(lasting), start_s.take(lasting), end_s.take(lasting)
    if len(empty.pool):
        pool = np.concatenate((pool, empty.pool))
        start_s, end_s = np.concatenate((start_s, empty.from_s)), np.concatenate((end_s, empty.until_s))
    # One number per event: pool, second, ends before starts. Each pool's events cancel, so one running sum serves all.
    span = horizon_s + 1
    first = pool * np.int64(2 * span)
    event = np.sort(np.concatenate((first + end_s * 2, first + (start_s * 2 + 1))))
    busy = np.cumsum((event & 1) * 2 - 1)
    event_pool = event // (2 * span)
    over = busy > _of_pool(run.jurisdiction.staff.pool_posts, event_pool)
    if not over.any():
        return []
    return [
        f"pool {int(event_pool[np.argmax(over)])} has more posts busy or empty than it has ({int(over.sum())} times)"
    ]


def _of_pool(values: Int32, index: Int32 | Int64) -> Int32 | Int64:
    return values.take(index) if len(values) else index
