"""Whether several groups sit together as the rules say: who comes, in which order, and how long all are held."""

import numpy as np

from sim.jurisdiction.contract import Int32, Int64
from sim.outcomes.audits.sitting import comes_by_right, held_in_mode, nobody_sits_together, sits_together
from sim.outcomes.audits.subject import AuditSubject, among_rows, failures
from sim.outcomes.columns import rows_of
from sim.vocabulary import NEVER_S, NOWHERE, SessionMode


def seats_in_turn(run: AuditSubject) -> list[str]:
    """Check that posts are taken in the order over all pools, from joining to the start, and released together."""
    requests, seats, staff = run.trajectory.requests, run.trajectory.seats, run.jurisdiction.staff
    if nobody_sits_together(run):
        return []
    request = seats.request
    group = _group_of_seats(run).astype(np.int64)
    rank = (len(run.jurisdiction.tier_ids) - staff.group_tier[group]) * len(staff.group_ids) + group
    same = np.diff(request) == 0
    started, left = requests.started_s[request] != NEVER_S, requests.left_s[request] != NEVER_S
    released_s = np.where(started, requests.ended_s[request], np.where(left, requests.left_s[request], NEVER_S))
    last_taken_s = np.full(len(requests.dispute), NEVER_S, dtype=np.int64)
    last_taken_s[request] = seats.taken_s  # the last of a request's seats is written last
    late = sits_together(run) & (requests.started_s != NEVER_S) & (requests.started_s != last_taken_s)
    owner_of_next = among_rows(run.of_seat, np.arange(1, len(request)))
    return [
        *failures("a post is taken out of turn", same & (np.diff(rank) <= 0), owner_of_next),
        *failures("a post is taken before it is asked for", seats.taken_s < requests.joined_s[request], run.of_seat),
        *failures("a seat is not released with its session", seats.released_s != released_s, run.of_seat),
        *failures("a session does not start when its last member comes", late, run.of_request),
    ]


def seats_as_drawn(run: AuditSubject) -> list[str]:
    """Check who sits at each panel and meeting, for how long, and that the request's own row adds them up."""
    requests, seats, batch, sessions = run.trajectory.requests, run.trajectory.seats, run.batch, run.protocol.sessions
    if nobody_sits_together(run):
        return []
    request, count = seats.request, len(requests.dispute)
    row, slot = requests.dispute[request], requests.slot[request]
    option = run.place.option_of_slot[slot, _group_of_seats(run)]
    visit = run.round_of_visit[run.visit_of_request[request]]
    option_column = visit * len(sessions.option_group) + option
    slot_column = visit * len(sessions.slot_ids) + slot
    right_pool = run.jurisdiction.staff.pool_of_home[_group_of_seats(run), batch.home_unit[row]]
    held, at_meeting = requests.started_s[request] != NEVER_S, held_in_mode(run, SessionMode.MEETING)[request]
    by_first_handler = seats.pool == run.first_handler_pool[request]
    apart = at_meeting | by_first_handler
    drawn = {
        "effort": (seats.effort_s, np.where(at_meeting, seats.effort_s, batch.effort_s[row, slot_column])),
        "travel": (seats.travel_s, np.where(apart, 0, batch.travel_s[row, option])),
        "occupation": (seats.occupation_s, np.where(apart, 0, batch.occupation_s[row, option_column])),
    }
    drawn["occupation"][1][by_first_handler] = requests.occupation_s[request[by_first_handler]]
    others = [(what, np.where(held, found != wanted, found != 0)) for what, (found, wanted) in drawn.items()]
    comes = comes_by_right(run, row, option, option_column) | by_first_handler
    together, started = sits_together(run), requests.started_s != NEVER_S
    effort_s, travel_s = (_sum_over_seats(request, column, count) for column in (seats.effort_s, seats.travel_s))
    longest_s = np.zeros(count, dtype=np.int64)
    np.maximum.at(longest_s, request[~by_first_handler], seats.occupation_s[~by_first_handler])
    lead = ~sessions.is_member[option] & (seats.pool == requests.pool[request]) & (seats.post == requests.post[request])
    led = _sum_over_seats(request, lead.astype(np.int64), count)
    sits, wanted = np.bincount(request, minlength=count), _members_wanted(run)
    wrong_sum = (requests.effort_s != effort_s) | (requests.travel_s != travel_s) | (requests.occupation_s != longest_s)
    wrong_count = (sits > wanted) | (started & (sits != wanted))
    return [
        *failures(
            "somebody sits who is not of the session",
            ~together[request] | ((option == NOWHERE) & ~by_first_handler),
            run.of_seat,
        ),
        *failures("a seat has a post at a meeting, or none at a panel", at_meeting != (seats.post < 0), run.of_seat),
        *failures("somebody sits for other units", seats.pool != right_pool, run.of_seat),
        *failures("a group sits that does not come", ~comes, run.of_seat),
        *(one for what, wrong in others for one in failures(f"a seat has another {what}", wrong, run.of_seat)),
        *failures("a session does not add up its members", together & wrong_sum, run.of_request),
        *failures("a session has too many members or too few", together & wrong_count, run.of_request),
        *failures("a session does not name its lead", together & started & (led != 1), run.of_request),
    ]


def _members_wanted(run: AuditSubject) -> Int64:
    """Return how many shall sit for each request, first handlers included, 0 for other sessions: int64 (R,)."""
    requests, sessions = run.trajectory.requests, run.protocol.sessions
    wanted: Int64 = (run.first_handler_pool != NOWHERE).astype(np.int64)
    together = rows_of(sits_together(run))
    slot = requests.slot.take(together)
    is_asked = np.bincount(slot, minlength=len(sessions.slot_ids)) > 0
    for option in rows_of(is_asked.take(sessions.option_slot)).tolist():
        here = together[slot == sessions.option_slot[option]]
        column = run.round_of_visit.take(run.visit_of_request.take(here)) * len(sessions.option_group) + option
        wanted[here] += comes_by_right(run, requests.dispute.take(here), np.full(len(here), option), column)
    return wanted


def _group_of_seats(run: AuditSubject) -> Int32:
    pool = run.trajectory.seats.pool
    return run.jurisdiction.staff.pool_group[pool] if len(pool) else pool


def _sum_over_seats(request: Int64, amount: Int64, count: int) -> Int64:
    # Whole seconds below 2**53: float weights are exact.
    return np.bincount(request, weights=amount, minlength=count).astype(np.int64)
