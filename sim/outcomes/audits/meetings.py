"""Whether meetings are held when they open, hear those who wait as far as there is room, and are paid for whole."""

from dataclasses import dataclass

import numpy as np

from sim.jurisdiction.contract import Int32, Int64
from sim.outcomes.audits.sitting import held_in_mode
from sim.outcomes.audits.subject import AuditSubject, among_rows, failures
from sim.outcomes.columns import Mask, rows_of
from sim.vocabulary import NOWHERE, SessionMode


def meetings(run: AuditSubject) -> list[str]:
    """Check every docket, meeting by meeting."""
    at_meeting, found = rows_of(held_in_mode(run, SessionMode.MEETING)), []
    slot_of_row = run.trajectory.requests.slot.take(at_meeting)
    for slot in sorted(set(slot_of_row.tolist())):
        found += _wrong_at_session(run, slot, at_meeting[slot_of_row == slot])
    return found


@dataclass(frozen=True, slots=True)
class _Held:
    """Meetings of a session: D dockets, one for each pool of its lead, at W instants at which they open.

    length_s: int64 (W,). Requests heard, docket by docket as they start: heard, int64 (n,), rows of the requests;
    docket, meeting, place: int64 (n,), where and when each is heard and how many of the same second come before it;
    opens: bool (n,), whether a meeting opens in that second (if none does, `meeting` is any). count: int64 (D, W), how
    many are heard; waits: int64 (D, W), how many wait when a meeting opens and are not heard; room: int64 (D, W), how
    many it has room for.
    """

    length_s: Int64
    heard: Int64
    docket: Int64
    meeting: Int64
    place: Int64
    opens: Mask
    count: Int64
    waits: Int64
    room: Int64


def _wrong_at_session(run: AuditSubject, slot: int, rows: Int64) -> list[str]:
    """Check all dockets of a session at once; if anything is wrong, say so docket by docket. `rows`: its requests."""
    requests = run.trajectory.requests
    held = _held(run, slot, rows)
    case_s = run.protocol.sessions.meeting_case_s[slot]
    start_s, ended_s = requests.started_s.take(held.heard), requests.ended_s.take(held.heard)
    wrong_end = ended_s != start_s + (held.place + 1) * case_s
    too_many, kept_waiting = held.count > held.room, (held.waits > 0) & (held.count < held.room)
    wrong_share = _wrong_shares(run, held)
    if not (wrong_end.any() or wrong_share.any() or too_many.any() or kept_waiting.any() or not held.opens.all()):
        return []
    found = []
    for docket in range(len(held.count)):
        here = held.docket == docket
        owner = among_rows(run.of_request, held.heard[here])
        found += failures("a case is heard while no meeting opens", ~held.opens[here], owner)
        found += failures("the cases of a meeting are not heard one after the other", wrong_end[here], owner)
        for what, times in (
            ("a meeting hears more cases than it has room for", int(too_many[docket].sum())),
            ("a case waits though a meeting has room for it", int(kept_waiting[docket].sum())),
        ):
            found += [f"{what} ({times} times)"] if times else []
        of_docket = np.isin(run.trajectory.seats.request, held.heard[here])
        found += failures("a seat is not charged its share of the meeting", wrong_share & of_docket, run.of_seat)
    return found


def _held(run: AuditSubject, slot: int, rows: Int64) -> _Held:
    """Return the meetings of a session, by its requests."""
    requests, sessions, staff = run.trajectory.requests, run.protocol.sessions, run.jurisdiction.staff
    clock = run.jurisdiction.clocks[sessions.meeting_calendar[slot]]
    in_time = clock.open_s < run.jurisdiction.horizon_s
    open_s, length_s = clock.open_s[in_time], (clock.close_s - clock.open_s)[in_time]
    lead = sessions.option_group[sessions.option_offset[slot]]
    home = run.batch.home_unit.take(requests.dispute.take(rows))
    pool, docket_of_row = np.unique(staff.pool_of_home[lead].take(home), return_inverse=True)
    size = len(pool), len(open_s)

    is_heard = requests.pool.take(rows) != NOWHERE
    heard, docket = rows[is_heard], docket_of_row[is_heard]
    in_turn = np.lexsort((requests.ended_s.take(heard), requests.started_s.take(heard), docket))
    heard, docket = heard[in_turn], docket[in_turn]
    start_s = requests.started_s.take(heard)
    meeting = np.searchsorted(open_s, start_s)
    opens = np.append(open_s, NOWHERE).take(meeting) == start_s
    meeting[~opens] = 0
    count = np.bincount((docket * size[1] + meeting)[opens], minlength=size[0] * size[1]).reshape(size)

    # Who joins in the very second of the opening may come after the meeting was held: only earlier ones are counted.
    waits = _until_openings(size, docket_of_row, np.searchsorted(open_s, requests.joined_s.take(rows), side="right"))
    waits -= _until_openings(size, docket_of_row, np.searchsorted(open_s, requests.left_s.take(rows)))
    waits -= _until_openings(size, docket, np.searchsorted(open_s, start_s))
    is_staffed = _filled_posts(run, pool, open_s) > 0
    return _Held(
        length_s=length_s,
        heard=heard,
        docket=docket,
        meeting=meeting,
        place=_place_in_meeting(docket, start_s),
        opens=opens,
        count=count,
        waits=waits,
        room=np.where(is_staffed, length_s // sessions.meeting_case_s[slot], 0),
    )


def _until_openings(size: tuple[int, int], docket: Int64, opening: Int64) -> Int64:
    """How many of some events have happened when each meeting opens: int64 (D, W).

    docket, opening: int64 (n,), of each event, and the first opening that comes after it, W if none does.
    """
    docket_count, meeting_count = size
    width = meeting_count + 1
    events = np.bincount(docket * width + opening, minlength=docket_count * width).reshape(docket_count, width)
    return np.cumsum(events, axis=1)[:, :meeting_count]


def _place_in_meeting(docket: Int64, start_s: Int64) -> Int64:
    """How many requests of the same docket and second come before each, which are in order of both: int64 (n,)."""
    row = np.arange(len(docket))
    is_first = np.ones(len(docket), dtype=np.bool_)
    is_first[1:] = (docket[1:] != docket[:-1]) | (start_s[1:] != start_s[:-1])
    return row - np.maximum.accumulate(np.where(is_first, row, 0))


def _filled_posts(run: AuditSubject, pool: Int32, open_s: Int64) -> Int64:
    """Posts of the pools of dockets that are not vacant when meetings open, by the vacancies drawn: int64 (D, W)."""
    staff, vacancies = run.jurisdiction.staff, run.batch.vacancies
    docket_of_pool = np.full(len(staff.pool_posts), NOWHERE, dtype=np.int64)
    has_pool = rows_of(pool != NOWHERE)
    docket_of_pool[pool[has_pool]] = has_pool
    docket = docket_of_pool.take(vacancies.pool)
    here = docket != NOWHERE
    docket, from_s, until_s = docket[here], vacancies.from_s[here], vacancies.until_s[here]
    size = len(pool), len(open_s)
    begun = _until_openings(size, docket, np.searchsorted(open_s, from_s))
    over = _until_openings(size, docket, np.searchsorted(open_s, until_s))
    return staff.pool_posts.take(pool)[:, np.newaxis] - begun + over


def _wrong_shares(run: AuditSubject, held: _Held) -> Mask:
    """Which seats are not charged their share of a meeting's length, the first case also what is left over: (P,)."""
    seats = run.trajectory.seats
    count, length_s = np.maximum(held.count[held.docket, held.meeting], 1), held.length_s.take(held.meeting)
    wanted_s = np.full(len(run.casework), NOWHERE, dtype=np.int64)
    wanted_s[held.heard] = length_s // count + np.where(held.place == 0, length_s % count, 0)
    wanted_s = wanted_s.take(seats.request)
    wrong: Mask = (wanted_s != NOWHERE) & (seats.effort_s != wanted_s)
    return wrong
