"""Where two trajectories of one batch differ: exactly, with the first event and the story of its dispute by both."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from difflib import SequenceMatcher
from enum import IntEnum
from itertools import zip_longest
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.engine.contract import Trajectory
from sim.engine.happenings import Event, Int64, events_of
from sim.errors import EngineDifference, Happening
from sim.jurisdiction.contract import Jurisdiction
from sim.protocol.contract import Protocol
from sim.sampling.contract import DisputeBatch
from sim.vocabulary import NOWHERE, Departure, Fate, Purpose, RequestOutcome

Pair = tuple[Event | None, Event | None]

_CODES: Final[Mapping[str, type[IntEnum]]] = {
    "departure": Departure,
    "fate": Fate,
    "outcome": RequestOutcome,
    "purpose": Purpose,
}
_COUNTED_FROM_ZERO: Final = ("number", "episode", "post")


def first_difference(
    jurisdiction: Jurisdiction, protocol: Protocol, batch: DisputeBatch, by_engine: Mapping[str, Trajectory]
) -> EngineDifference | None:
    """Return the first event (by second, rank, dispute id) that two engines tell differently; None where none is.

    Arrays are compared in type, shape and every bit. Where only order, types or unused cells differ and no event does,
    `first` is empty and `columns` names the first such column and its row.
    """
    (one_name, one), (other_name, other) = by_engine.items()
    unequal = _first_unequal_column(one, other)
    if unequal is None:
        return None
    ids, horizon_s = batch.dispute_id.tolist(), jurisdiction.horizon_s
    rows = _disputes_told_differently(one, other)
    rows = rows[(rows >= 0) & (rows < len(ids))]
    told = [events_of(trajectory, rows, horizon_s) for trajectory in (one, other)]
    partings = {row: pair for row in rows.tolist() if (pair := _parting(*(t.get(row, []) for t in told))) is not None}
    if partings:
        row = min(partings, key=lambda each: (*_when(partings[each]), ids[each]))
        first, columns = partings[row], _differing_columns(*partings[row])
    else:
        row, first, columns = unequal.dispute, (None, None), (unequal.cells,)
        told = [events_of(trajectory, np.array([row]), horizon_s) for trajectory in (one, other)]
    names = _Names(jurisdiction, protocol)
    story = _side_by_side(*(by_row.get(row, []) for by_row in told))
    return EngineDifference(
        engines=(one_name, other_name),
        dispute_id=ids[row] if 0 <= row < len(ids) else NOWHERE,
        first=names.said_by_both(first),
        columns=columns,
        story=tuple(names.said_by_both(pair) for pair in story),
    )


# --- what differs -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _UnequalColumn:
    """The first column that is not the same, with its first unequal row by both and the dispute of that row."""

    dispute: int
    cells: tuple[str, str, str]


def _first_unequal_column(one: Trajectory, other: Trajectory) -> _UnequalColumn | None:
    for table in fields(Trajectory):
        first, second = getattr(one, table.name), getattr(other, table.name)
        for column in fields(first):
            values, others = getattr(first, column.name), getattr(second, column.name)
            if values.dtype == others.dtype and np.array_equal(values, others):
                continue
            if values.dtype != others.dtype:
                return _UnequalColumn(NOWHERE, (f"{table.name}.{column.name}", str(values.dtype), str(others.dtype)))
            shared = min(len(values), len(others))
            row = int(np.flatnonzero(np.append(values[:shared] != others[:shared], True))[0])
            here, there = (str(each[row]) if row < len(each) else "" for each in (values, others))
            fuller = one if row < len(values) else other
            return _UnequalColumn(
                _dispute_of(fuller, table.name, row), (f"{table.name}.{column.name}[{row}]", here, there)
            )
    return None


def _dispute_of(trajectory: Trajectory, table: str, row: int) -> int:
    """The dispute that a row of a table is about."""
    if table == "disputes":
        return row
    if table == "seats":
        row, table = int(trajectory.seats.request[row]), "requests"
    dispute: Int64 = getattr(trajectory, table).dispute
    return int(dispute[row]) if 0 <= row < len(dispute) else NOWHERE


def _disputes_told_differently(one: Trajectory, other: Trajectory) -> Int64:
    """Return the disputes (rows of the batch) of which two trajectories hold different rows."""
    pairs = zip(_tables(one), _tables(other), strict=True)
    rows: Int64 = np.unique(np.concatenate([_disputes_of_one_only(*pair) for pair in pairs]))
    return rows


def _tables(trajectory: Trajectory) -> list[Int64]:
    """The tables as int64 (rows, columns), the dispute first; a seat names its dispute and when that joined."""
    requests, seats = trajectory.requests, trajectory.seats
    known = (seats.request >= 0) & (seats.request < len(requests.dispute))
    seated = [np.full(len(known), NOWHERE, dtype=np.int64) for _ in range(2)]
    for into, column in zip(seated, (requests.dispute, requests.joined_s), strict=True):
        into[known] = column[seats.request[known]]
    columns = [
        [np.arange(len(trajectory.disputes.fate)), *_columns_of(trajectory.disputes)],
        *(_columns_of(table) for table in (trajectory.visits, requests, trajectory.breaches)),
        [*seated, *_columns_of(seats)[1:]],
    ]
    return [np.stack([column.astype(np.int64) for column in of_table], axis=1) for of_table in columns]


def _columns_of(table: Any) -> list[NDArray[Any]]:
    return [getattr(table, field.name) for field in fields(table)]


def _disputes_of_one_only(one: Int64, other: Int64) -> Int64:
    """The first cells of rows that only one of two tables (rows, columns) has."""
    rows, counts = np.unique(
        np.concatenate([np.unique(one, axis=0), np.unique(other, axis=0)]), axis=0, return_counts=True
    )
    found: Int64 = rows[counts == 1, 0]
    return found


# --- the stories ------------------------------------------------------------------------------------------------------


def _parting(one: Sequence[Event], other: Sequence[Event]) -> Pair | None:
    """The first events in which two stories of a dispute are not the same."""
    pairs = zip_longest(one, other)
    return next(((a, b) for a, b in pairs if a is None or b is None or a.told != b.told), None)


def _when(pair: Pair) -> tuple[int, int]:
    """Second and rank of the earlier of two events."""
    return min((event.second, event.rank) for event in pair if event is not None)


def _differing_columns(one: Event | None, other: Event | None) -> tuple[tuple[str, str, str], ...]:
    """The columns in which one event is told differently; none where the events are of different kinds."""
    if one is None or other is None or one.code != other.code:
        return ()
    pairs = zip(one.columns, other.columns, strict=True)
    return tuple((name, str(value), str(second)) for (name, value), (_, second) in pairs if value != second)


def _side_by_side(one: Sequence[Event], other: Sequence[Event]) -> Iterator[Pair]:
    """Two stories in rows: what both tell alike stands in one row, and so does what one tells in place of the other."""
    first, second = ([event.told for event in story] for story in (one, other))
    for _, from_1, to_1, from_2, to_2 in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        yield from zip_longest(one[from_1:to_1], other[from_2:to_2])


class _Names:
    """Puts the names of a place in the place of the numbers of an event."""

    def __init__(self, jurisdiction: Jurisdiction, protocol: Protocol) -> None:
        self._tiers = jurisdiction.tier_ids
        self._units = jurisdiction.units.ids
        staff = jurisdiction.staff
        self._groups = [staff.group_ids[group] for group in staff.pool_group.tolist()]
        self._blocks = [self._units[unit] for unit in staff.pool_unit.tolist()]
        offset = protocol.sessions.tier_offset.tolist()
        self._sessions = [
            f"{self._tiers[tier]}.{session}"
            for tier in range(len(self._tiers))
            for session in protocol.sessions.slot_ids[offset[tier] : offset[tier + 1]]
        ]

    def said_by_both(self, pair: Pair) -> tuple[Happening | None, Happening | None]:
        """Return what both engines tell."""
        one, other = (None if event is None else self._said(event) for event in pair)
        return one, other

    def _said(self, event: Event) -> Happening:
        said: dict[str, str | int] = {}
        for name, value in event.columns:
            if name == "pool":
                said["group"], said["block"] = _name(self._groups, value), _name(self._blocks, value)
            else:
                said[name] = self._field(name, value)
        return Happening(event.second, event.code, said)

    def _field(self, name: str, value: int) -> str | int:
        if name in _CODES:
            return _CODES[name](value).name.lower() if value in {*_CODES[name]} else str(value)
        if name in ("tier", "fate_tier"):
            return _name(self._tiers, value)
        if name == "unit":
            return _name(self._units, value)
        if name == "slot":
            return _name(self._sessions, value)
        return value + 1 if name in _COUNTED_FROM_ZERO and value >= 0 else value


def _name(names: Sequence[str], index: int) -> str:
    """The name of an index; empty for NOWHERE, the number itself where it names nothing."""
    if index == NOWHERE:
        return ""
    return names[index] if 0 <= index < len(names) else str(index)
