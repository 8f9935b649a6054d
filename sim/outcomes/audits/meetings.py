"""Whether meetings are held when they open, hear those who wait as far as there is room, and are paid for whole."""

import numpy as np

from sim.jurisdiction.contract import Int64, WorkClock
from sim.outcomes.audits.sitting import held_in_mode
from sim.outcomes.audits.subject import AuditSubject, among_rows, failures
from sim.outcomes.columns import rows_of
from sim.vocabulary import NOWHERE, SessionMode


def meetings(run: AuditSubject) -> list[str]:
    """Check every docket, meeting by meeting."""
    requests, sessions, staff = run.trajectory.requests, run.protocol.sessions, run.jurisdiction.staff
    at_meeting, found = held_in_mode(run, SessionMode.MEETING), []
    for slot in rows_of(sessions.mode == SessionMode.MEETING).tolist():
        rows = rows_of(at_meeting & (requests.slot == slot))
        clock = run.jurisdiction.clocks[sessions.meeting_calendar[slot]]
        lead = sessions.option_group[sessions.option_offset[slot]] if len(rows) else NOWHERE
        pool = staff.pool_of_home[lead, run.batch.home_unit[requests.dispute[rows]]]
        for docket in np.unique(pool).tolist():
            found += _docket(run, clock, int(sessions.meeting_case_s[slot]), docket, rows[pool == docket])
    return found


def _docket(run: AuditSubject, clock: WorkClock, case_s: int, pool: int, rows: Int64) -> list[str]:
    """Check the meetings of one docket, that of its lead's pool; `rows` are its requests."""
    requests = run.trajectory.requests
    opens = clock.open_s < run.jurisdiction.horizon_s
    open_s, length_s = clock.open_s[opens], (clock.close_s - clock.open_s)[opens]
    heard = rows[requests.pool[rows] != NOWHERE]
    heard = heard[np.lexsort((requests.ended_s[heard], requests.started_s[heard]))]
    start_s = requests.started_s[heard]
    meeting = np.searchsorted(open_s, start_s)
    is_opening = np.isin(start_s, open_s)
    count = np.bincount(meeting[is_opening], minlength=len(open_s))
    place = np.arange(len(heard)) - np.searchsorted(start_s, start_s, side="left")
    # Who joins in the very second of the opening may come after the meeting was held: only earlier ones are counted.
    joined, left = np.sort(requests.joined_s[rows]), np.sort(requests.left_s[rows])
    came = np.searchsorted(joined, open_s, side="left")
    went = np.searchsorted(left, open_s, side="right") + np.searchsorted(start_s, open_s, side="right")
    room = np.where(_filled_posts(run, pool, open_s) > 0, length_s // case_s, 0)
    kept_waiting = (came > went) & (count < room)
    owner = among_rows(run.of_request, heard)
    wrong_end = requests.ended_s[heard] != start_s + (place + 1) * case_s
    found = [
        *failures("a case is heard while no meeting opens", ~is_opening, owner),
        *failures("the cases of a meeting are not heard one after the other", wrong_end, owner),
    ]
    if bool((count > room).any()):
        found.append(f"a meeting hears more cases than it has room for ({int((count > room).sum())} times)")
    if bool(kept_waiting.any()):
        found.append(f"a case waits though a meeting has room for it ({int(kept_waiting.sum())} times)")
    return found + _shares(run, heard, np.where(is_opening, meeting, 0), length_s, count, place)


def _filled_posts(run: AuditSubject, pool: int, instant_s: Int64) -> Int64:
    """Posts of a pool that are not vacant at some instants, by the vacancies drawn."""
    vacancies = run.batch.vacancies
    here = vacancies.pool == pool
    begun = np.searchsorted(np.sort(vacancies.from_s[here]), instant_s, side="right")
    over = np.searchsorted(np.sort(vacancies.until_s[here]), instant_s, side="right")
    filled: Int64 = run.jurisdiction.staff.pool_posts[pool] - begun + over
    return filled


def _shares(run: AuditSubject, heard: Int64, meeting: Int64, length_s: Int64, count: Int64, place: Int64) -> list[str]:
    """Check that each seat is charged its share of the meeting's length, the first case also what is left over."""
    if not len(heard):
        return []
    seats, requests = run.trajectory.seats, run.trajectory.requests
    share_s = length_s[meeting] // np.maximum(count[meeting], 1)
    share_s += np.where(place == 0, length_s[meeting] % np.maximum(count[meeting], 1), 0)
    wanted_s = np.full(len(requests.dispute), NOWHERE, dtype=np.int64)
    wanted_s[heard] = share_s
    wrong = (wanted_s[seats.request] != NOWHERE) & (seats.effort_s != wanted_s[seats.request])
    return failures("a seat is not charged its share of the meeting", wrong, run.of_seat)
