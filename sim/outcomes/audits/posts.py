"""Whether posts are used as people work: within opening hours, one case at a time, no more than there are."""

import numpy as np

from sim.jurisdiction.contract import Int32, Int64
from sim.outcomes.audits.subject import AuditSubject, among_rows, failures
from sim.outcomes.audits.vacancies import taken_while_vacant, unsound_vacancies
from sim.outcomes.columns import Mask, rows_of
from sim.outcomes.post_uses import line_up
from sim.vocabulary import NOWHERE


def opening_hours(run: AuditSubject) -> list[str]:
    """Check that every post is taken while its group's calendar is open."""
    uses = run.uses
    closed = (uses.from_s >= run.place.times.close_s.take(uses.window)) & (uses.post != NOWHERE)
    return _by_calendar(run, "a post is taken while its group is closed", uses.calendar[closed], uses.request[closed])


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
    row, calendar = row[wrong], calendar[wrong]
    in_order = np.argsort(row)
    return _by_calendar(run, "a session does not end when its work is done", calendar[in_order], row[in_order])


def _by_calendar(run: AuditSubject, what: str, calendar: Int64, request: Int64) -> list[str]:
    """Say calendar by calendar what is wrong with requests, each with the calendar of its group."""
    found = []
    for index in sorted(set(calendar.tolist())):
        here = request[calendar == index]
        found += failures(what, np.ones(len(here), dtype=np.bool_), among_rows(run.of_request, here))
    return found


def post_overlaps(run: AuditSubject) -> list[str]:
    """Check that posts exist and that no post serves two cases at once."""
    unknown, owner = _at_unknown_posts(run), among_rows(run.of_request, run.uses.request)
    twice = _taken_too_early(run, unknown)
    return [
        *failures("a session is held by a post that does not exist", unknown, owner),
        *failures("a post serves two cases at once", np.ones(len(twice), dtype=np.bool_), among_rows(owner, twice)),
    ]


def pool_capacity(run: AuditSubject) -> list[str]:
    """Check at every instant that no more posts of a pool are busy than are filled or finishing a session.

    Where all posts exist, are taken by one case at a time and never while vacant, there is nothing to count.
    """
    uses, empty, horizon_s = run.uses, run.empty, run.jurisdiction.horizon_s
    unknown, vacancies = _at_unknown_posts(run), run.batch.vacancies
    is_doubtful = np.zeros(len(run.jurisdiction.staff.pool_posts), dtype=np.bool_)
    is_doubtful[uses.pool[unknown]] = True
    is_doubtful[uses.pool[_taken_too_early(run, unknown)]] = True
    is_doubtful[vacancies.pool[unsound_vacancies(run) | taken_while_vacant(run)]] = True
    if not is_doubtful.any():
        return []
    standing = rows_of(is_doubtful.take(empty.pool))
    counted = rows_of(is_doubtful.take(uses.pool) & (uses.until_s > uses.from_s) & (uses.post != NOWHERE))
    pool = np.concatenate((uses.pool.take(counted), empty.pool.take(standing)))
    start_s = np.concatenate((uses.from_s.take(counted), empty.from_s.take(standing)))
    end_s = np.concatenate((np.minimum(uses.until_s.take(counted), horizon_s), empty.until_s.take(standing)))
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


def _at_unknown_posts(run: AuditSubject) -> Mask:
    """Which uses are of posts that the pool does not have: bool (U,)."""
    uses = run.uses
    unknown: Mask = (uses.post < 0) | (uses.post >= _of_pool(run.jurisdiction.staff.pool_posts, uses.pool))
    unknown &= uses.post != NOWHERE
    return unknown


def _taken_too_early(run: AuditSubject, unknown: Mask) -> Int64:
    """Rows of the uses that begin while the one before them of the same post lasts, pool by pool and post by post.

    unknown: bool (U,), uses of posts that do not exist, of which each is a post of its own all the same.
    """
    uses, line = run.uses, run.line
    if unknown.any():
        held = rows_of(uses.post != NOWHERE)
        post = np.unique(uses.post.take(held), return_inverse=True)[1]
        number = uses.pool.take(held) * np.int64(post.max(initial=0) + 1) + post
        line = line_up(run.jurisdiction.horizon_s, uses, held, number)
    return line.use[1:][line.taken[1:] < line.released[:-1]]


def _of_pool(values: Int32, index: Int32 | Int64) -> Int32 | Int64:
    return values.take(index) if len(values) else index
