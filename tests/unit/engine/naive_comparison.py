"""The naive model's run as a trajectory of the contract's types, and what two trajectories differ in."""

from collections.abc import Iterable, Iterator
from difflib import unified_diff
from typing import Any

import numpy as np

from sim.engine.contract import Breaches, DisputeOutcomes, Requests, Seats, Trajectory, Visits
from sim.jurisdiction.contract import Jurisdiction
from sim.protocol.contract import Protocol
from sim.sampling.contract import DisputeBatch
from tests.behaviour.telling import events_of
from tests.unit.engine.naive_reference import NaiveModel

_DISPUTES = {"fate": "i1", "fate_s": "i8", "fate_tier": "i4", "bypassed": "?", "withdrawn_s": "i8"}
_VISITS = {
    "dispute": "i8",
    "number": "i4",
    "episode": "i1",
    "tier": "i4",
    "unit": "i4",
    "tier_visit": "i1",
    "arrived_s": "i8",
    "left_s": "i8",
    "departure": "i1",
    "due_s": "i8",
}
_REQUESTS = {
    "dispute": "i8",
    "visit_number": "i4",
    "purpose": "i1",
    "slot": "i4",
    "option": "i4",
    "pool": "i4",
    "post": "i4",
    "joined_s": "i8",
    "started_s": "i8",
    "ended_s": "i8",
    "left_s": "i8",
    "outcome": "i1",
    "effort_s": "i8",
    "travel_s": "i8",
    "occupation_s": "i8",
}
_SEATS = {
    "request": "i8",
    "pool": "i4",
    "post": "i4",
    "taken_s": "i8",
    "released_s": "i8",
    "effort_s": "i8",
    "travel_s": "i8",
    "occupation_s": "i8",
}

_BREACHES = {
    "dispute": "i8",
    "episode": "i1",
    "settled_s": "i8",
    "tier": "i4",
    "breached_s": "i8",
    "bypassed": "?",
}


def simulate_naively(jurisdiction: Jurisdiction, protocol: Protocol, batch: DisputeBatch) -> Trajectory:
    """Run the naive model; an engine but for its speed."""
    model = NaiveModel(jurisdiction, protocol, batch)
    model.run()
    disputes = [(case.fate, case.fate_s, case.tier, case.bypassed, case.withdrawn_s) for case in model.cases]
    visits = [
        (case.row, v.number, v.episode, v.tier, v.unit, v.nth, v.arrived_s, v.left_s, v.departure, v.tier_due_s)
        for case in model.cases
        for v in case.visits
    ]
    ordered = sorted(model.requests, key=lambda r: (r.case.row, r.joined_s, r.purpose, r.visit.number, r.slot))
    requests = [
        (
            *(r.case.row, r.visit.number, r.purpose, r.slot, r.option, r.pool, r.post),
            *(r.joined_s, r.started_s, r.ended_s, r.left_s, r.outcome, r.effort_s, r.travel_s, r.occupation_s),
        )
        for r in ordered
    ]
    seats = [
        (number, s.pool, s.post, s.taken_s, s.released_s, s.effort_s, s.travel_s, s.occupation_s)
        for number, r in enumerate(ordered)
        for s in r.seats
    ]
    return Trajectory(
        DisputeOutcomes(**_columns(_DISPUTES, disputes)),
        Visits(**_columns(_VISITS, visits)),
        Requests(**_columns(_REQUESTS, requests)),
        Seats(**_columns(_SEATS, seats)),
        Breaches(**_columns(_BREACHES, [(case.row, *breach) for case in model.cases for breach in case.breaches])),
    )


def _columns(dtypes: dict[str, str], rows: Iterable[tuple[int, ...]]) -> dict[str, Any]:
    columns = list(zip(*rows, strict=True)) or [()] * len(dtypes)
    return {name: np.array(column, dtype=dtypes[name]) for name, column in zip(dtypes, columns, strict=True)}


def differing_fields(first: Trajectory, second: Trajectory) -> list[str]:
    """Fields that differ in type, length or a single value."""
    return [name for name, one, other in _fields(first, second) if not _is_equal(one, other)]


def _fields(first: Trajectory, second: Trajectory) -> Iterator[tuple[str, Any, Any]]:
    for table in ("disputes", "visits", "requests", "seats", "breaches"):
        one, other = getattr(first, table), getattr(second, table)
        for name in one.__dataclass_fields__:
            yield f"{table}.{name}", getattr(one, name), getattr(other, name)


def _is_equal(one: Any, other: Any) -> bool:
    return one.dtype == other.dtype and np.array_equal(one, other)


def told_differences(jurisdiction: Jurisdiction, protocol: Protocol, first: Trajectory, second: Trajectory) -> str:
    """What two trajectories tell differently, line by line, for people."""
    one, other = (events_of(jurisdiction, protocol, trajectory) for trajectory in (first, second))
    return "\n".join(unified_diff(one, other, "first", "second", lineterm="", n=8))
