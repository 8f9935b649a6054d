"""What happened to chosen disputes of a trajectory, event by event: nearly every column of it stands in one of them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.engine.contract import Trajectory
from sim.vocabulary import NEVER_S, NOWHERE, Departure, Fate, Purpose, Rank, RequestOutcome

Int64 = NDArray[np.int64]
Row = dict[str, int]
Columns = tuple[tuple[str, int], ...]
"""Columns of one row of a table with their values."""

_LAST_VISIT: Final = 2**31
_AFTER_EVERY_RANK: Final = len(Rank)
_AT_ARRIVAL, _IN_THE_VISIT, _AT_LEAVING, _AFTERWARDS, _AT_A_BREACH = range(5)
_JOINS, _TAKES, _STARTS, _ENDS, _RELEASES = 0, 1, 1_000, 1_001, 1_002
_HELD = (RequestOutcome.SETTLED, RequestOutcome.NOT_SETTLED)
_LEFT: Final[Mapping[int, str]] = {RequestOutcome.LEFT_QUEUE: "leaves_queue", RequestOutcome.SKIPPED: "skips"}
_TAKEN = ("pool", "post", "taken_s")
_RELEASED = ("pool", "post", "released_s", "effort_s", "travel_s", "occupation_s")
_START = ("option", "pool", "post", "started_s", "ended_s", "effort_s", "travel_s", "occupation_s")

_RANK_OF_DEPARTURE: Final[Mapping[int, int]] = {
    Departure.SETTLED: Rank.SESSION_END,
    Departure.REFERRED_UP: Rank.SESSION_END,
    Departure.INCIDENT: Rank.INCIDENT,
    Departure.WITHDRAWN: Rank.PATIENCE_END,
    Departure.LITIGATED: Rank.PATIENCE_END,
    Departure.BYPASSED: Rank.PATIENCE_END,
    Departure.ESCALATED_DEADLINE: Rank.DEADLINE,
    Departure.ADJUDICATED: Rank.DEADLINE,
}
"""Where no session ends in that second; ways that are not named happen on arriving or joining."""

_RANK_OF_FATE: Final[Mapping[int, int]] = {
    Fate.INCIDENT: Rank.INCIDENT,
    Fate.FADED: Rank.FADE,
    Fate.WITHDRAWN_FADED: Rank.FADE,
    Fate.WITHDRAWN: Rank.PATIENCE_END,
    Fate.LITIGATED: Rank.PATIENCE_END,
    Fate.ADJUDICATED: Rank.DEADLINE,
    Fate.LATENT: _AFTER_EVERY_RANK,
    Fate.OPEN: _AFTER_EVERY_RANK,
}


class Event(NamedTuple):
    """One thing that happened to a dispute; `place` puts what happens in one second into the order of its steps."""

    second: int
    visit_number: int
    place: tuple[int, int, int, int, int]
    rank: int
    code: str
    columns: Columns

    @property
    def told(self) -> tuple[int, str, Columns]:
        """What two engines must agree on."""
        return self.second, self.code, self.columns


@dataclass(frozen=True, slots=True)
class TableRows:
    """The rows of a trajectory's tables that belong to chosen disputes; a seat also has its request's index."""

    visits: list[Row]
    requests: dict[int, Row]
    seats: list[Row]
    breaches: list[Row]
    disputes: dict[int, Row]


def events_of(trajectory: Trajectory, disputes: Int64, horizon_s: int) -> dict[int, list[Event]]:
    """Return by dispute (row of the batch) what happened to some of them, in order."""
    rows = _rows_of_disputes(trajectory, disputes)
    held = {
        (request["dispute"], request["ended_s"])
        for request in rows.requests.values()
        if request["purpose"] == Purpose.CASEWORK and request["outcome"] in _HELD
    }
    found: dict[int, list[Event]] = defaultdict(list)
    for visit in rows.visits:
        found[visit["dispute"]] += _of_visit(visit, (visit["dispute"], visit["left_s"]) in held)
    for request in rows.requests.values():
        found[request["dispute"]] += _of_request(request)
    for order, seat in enumerate(rows.seats):
        request = rows.requests[seat["request"]]
        found[request["dispute"]] += _of_seat(seat, request, order)
    for breach in rows.breaches:
        found[breach["dispute"]].append(_of_breach(breach, rows.visits))
    for dispute, end in rows.disputes.items():
        found[dispute] += _of_end(end, horizon_s, (dispute, end["fate_s"]) in held)
    return {dispute: sorted(events) for dispute, events in found.items()}


def _rows_of_disputes(trajectory: Trajectory, disputes: Int64) -> TableRows:
    """Pick the rows of some disputes."""
    visits, requests, breaches = trajectory.visits, trajectory.requests, trajectory.breaches
    asked = np.flatnonzero(np.isin(requests.dispute, disputes))
    ends = disputes[disputes < len(trajectory.disputes.fate)]
    return TableRows(
        visits=_rows(visits, np.flatnonzero(np.isin(visits.dispute, disputes))),
        requests=dict(zip(asked.tolist(), _rows(requests, asked), strict=True)),
        seats=_rows(trajectory.seats, np.flatnonzero(np.isin(trajectory.seats.request, asked))),
        breaches=_rows(breaches, np.flatnonzero(np.isin(breaches.dispute, disputes))),
        disputes=dict(zip(ends.tolist(), _rows(trajectory.disputes, ends), strict=True)),
    )


def _rows(table: Any, chosen: Int64) -> list[Row]:
    names = [field.name for field in fields(table)]
    columns = (getattr(table, name)[chosen].astype(np.int64).tolist() for name in names)
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]


def _chosen(row: Row, *names: str) -> Columns:
    return tuple((name, row[name]) for name in names)


def _of_visit(visit: Row, ends_with_session: bool) -> Iterator[Event]:
    number, arrival = visit["number"], (_AT_ARRIVAL, 0, 0, 0, 0)
    what = _chosen(visit, "number", "episode", "tier", "unit", "tier_visit", "arrived_s", "due_s")
    yield Event(visit["arrived_s"], number, arrival, Rank.ARRIVAL, "arrives", what)
    if visit["departure"] != Departure.PRESENT or visit["left_s"] != NEVER_S:
        usual = _RANK_OF_DEPARTURE.get(visit["departure"], Rank.ARRIVAL)
        rank = Rank.SESSION_END if ends_with_session else usual
        what = _chosen(visit, "tier", "unit", "left_s", "departure")
        yield Event(visit["left_s"], number, (_AT_LEAVING, 0, 0, 0, 0), rank, "leaves", what)


def _place(request: Row, part: int) -> tuple[int, int, int, int, int]:
    phase = _IN_THE_VISIT if request["purpose"] == Purpose.CASEWORK else _AFTERWARDS
    return phase, request["joined_s"], request["purpose"], request["slot"], part


def _of_request(request: Row) -> Iterator[Event]:
    number, outcome = request["visit_number"], request["outcome"]
    of_request = _chosen(request, "visit_number", "purpose", "slot")
    joined = (*of_request, *_chosen(request, "joined_s"))
    yield Event(request["joined_s"], number, _place(request, _JOINS), Rank.ARRIVAL, "joins", joined)
    if request["started_s"] != NEVER_S:
        started = (*of_request, *_chosen(request, *_START))
        yield Event(request["started_s"], number, _place(request, _STARTS), Rank.DISPATCH, "starts", started)
    if outcome in _HELD:
        ended = (*of_request, *_chosen(request, "ended_s", "outcome"))
        yield Event(request["ended_s"], number, _place(request, _ENDS), Rank.SESSION_END, "ends", ended)
    if outcome in _LEFT or request["left_s"] != NEVER_S:
        left = (*of_request, *_chosen(request, "left_s", "outcome"))
        code = _LEFT.get(outcome, "leaves_queue")
        yield Event(request["left_s"], number, _place(request, _ENDS), Rank.DEADLINE, code, left)


def _of_seat(seat: Row, request: Row, order: int) -> Iterator[Event]:
    number, of_request = request["visit_number"], _chosen(request, "visit_number", "purpose", "slot")
    taken, released = ((*of_request, *_chosen(seat, *names)) for names in (_TAKEN, _RELEASED))
    place = _place(request, min(_TAKES + order, _STARTS - 1))
    yield Event(seat["taken_s"], number, place, Rank.DISPATCH, "takes_seat", taken)
    if seat["released_s"] != NEVER_S:
        place = _place(request, _RELEASES + order)
        yield Event(seat["released_s"], number, place, Rank.SESSION_END, "releases_seat", released)


def _of_breach(breach: Row, visits: list[Row]) -> Event:
    numbers = [
        visit["number"]
        for visit in visits
        if visit["dispute"] == breach["dispute"] and visit["episode"] <= breach["episode"]
    ]
    what = _chosen(breach, "episode", "settled_s", "tier", "breached_s", "bypassed")
    place = (_AT_A_BREACH, 0, 0, 0, 0)
    return Event(breach["breached_s"], max(numbers, default=NOWHERE), place, Rank.BREACH, "breaks", what)


def _of_end(end: Row, horizon_s: int, ends_with_session: bool) -> Iterator[Event]:
    if end["withdrawn_s"] != NEVER_S:
        place, what = (0, 0, 0, 0, 0), _chosen(end, "withdrawn_s")
        yield Event(end["withdrawn_s"], _LAST_VISIT, place, Rank.PATIENCE_END, "gives_up", what)
    usual = _RANK_OF_FATE.get(end["fate"], Rank.ARRIVAL)
    rank = Rank.SESSION_END if ends_with_session else usual
    second = horizon_s if end["fate_s"] == NEVER_S else end["fate_s"]
    what = _chosen(end, "fate", "fate_s", "fate_tier", "bypassed")
    yield Event(second, _LAST_VISIT, (1, 0, 0, 0, 0), rank, "stands", what)
