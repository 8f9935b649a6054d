"""Flat records of a finished replication for people and for other tools: disputes, visits and sessions.

Seconds count from the start of the run; what did not happen is missing (<NA>), never a code.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.jurisdiction.contract import Int64
from sim.outcomes.observed import ObservedRun
from sim.outcomes.records import recorded_settlements
from sim.outcomes.workload import cost_of_requests_yuan
from sim.vocabulary import (
    NEVER_S,
    NOWHERE,
    SECONDS_PER_HOUR,
    Departure,
    Fate,
    Purpose,
    RequestOutcome,
    SessionMode,
    Surfacing,
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: pandas dtype, unit ('' if none) and meaning."""

    name: str
    dtype: str
    unit: str
    meaning: str


_DISPUTE = Column("dispute_id", "int64", "", "id of the dispute, the same under every policy")
_TIER_LEFT_OUT = "missing if it was no case there"

DISPUTE_COLUMNS: Final = (
    _DISPUTE,
    Column("home_unit", "category", "", "unit where it emerged"),
    Column("category", "category", "", "kind of dispute"),
    Column("opening", "bool", "", "latent or open at the start"),
    Column("cohort", "bool", "", "belongs to the cohort of the headline measures"),
    Column("emerged_s", "int64", "s", "when it emerged; negative for opening disputes"),
    Column("surfaced_s", "Int64", "s", "when it became known before the horizon"),
    Column("surfacing", "category", "", "how it became known"),
    Column("channel", "category", "", "way in of a self-report"),
    Column("registered_s", "Int64", "s", "when it became a case at a desk"),
    Column("fate", "category", "", "where it stood at the horizon"),
    Column("fate_s", "Int64", "s", "when it reached its fate; missing if latent or open"),
    Column("fate_tier", "category", "", f"tier where it then was; {_TIER_LEFT_OUT}"),
    Column("bypassed", "bool", "", "petitioned to the top tier (越级)"),
    Column("withdrawn_s", "Int64", "s", "when its parties gave up"),
    Column("resolved_s", "Int64", "s", "when the quarrel was over; missing if it was not or ended in an incident"),
    Column("recorded_settled_s", "Int64", "s", "when the records first call it settled, in truth or on paper"),
    Column("recorded_tier", "category", "", "tier that the records then name; missing if its parties settled it"),
    Column("highest_tier", "category", "", f"highest tier it came to; {_TIER_LEFT_OUT}"),
    Column("episode_count", "int64", "episodes", "1, and one more for each agreement that broke"),
    Column("visit_count", "int64", "visits", "visits to tiers"),
    Column("session_count", "int64", "sessions", "sessions begun, without handovers"),
    Column("effort_hours", "float64", "hours", "staff effort without travel, handovers and follow-up included"),
    Column("travel_hours", "float64", "hours", "staff travel"),
    Column("cost_yuan", "float64", "yuan", "wages of effort and travel"),
)

VISIT_COLUMNS: Final = (
    _DISPUTE,
    Column("visit_number", "int64", "", "0, 1, … within the dispute"),
    Column("episode", "int64", "", "0, and one more for each agreement that broke before"),
    Column("tier", "category", "", "tier visited"),
    Column("unit", "category", "", "unit of the tier"),
    Column("tier_visit", "int64", "", "0 for the first visit to the tier in the episode, 1 for the second"),
    Column("arrived_s", "int64", "s", "arrival"),
    Column("left_s", "Int64", "s", "departure; missing if still there at the horizon"),
    Column("departure", "category", "", "how the visit ended"),
    Column("due_s", "Int64", "s", "when the tier's deadline passes; missing without one"),
)

SESSION_COLUMNS: Final = (
    _DISPUTE,
    Column("visit_number", "int64", "", "visit in which it was asked for"),
    Column("purpose", "category", "", "casework, the paperwork of a handover, or a follow-up visit"),
    Column("tier", "category", "", "tier whose session it is"),
    Column("session", "category", "", "session of the tier"),
    Column("mode", "category", "", "how it is held"),
    Column("group", "category", "", "staff group that served; missing if none did"),
    Column("pool", "Int64", "", "pool of posts that served"),
    Column("pool_unit", "category", "", "first unit that the pool serves"),
    Column("post", "Int64", "", "post of the pool that served"),
    Column("joined_s", "int64", "s", "joining of the queue"),
    Column("started_s", "Int64", "s", "start of the session"),
    Column("ended_s", "Int64", "s", "end of the session, planned if after the horizon"),
    Column("left_s", "Int64", "s", "leaving of the queue unserved"),
    Column("outcome", "category", "", "how the request ended"),
    Column("waited_s", "int64", "s", "from joining to service, leaving or the horizon"),
    Column("effort_s", "int64", "s", "staff effort without travel"),
    Column("travel_s", "int64", "s", "staff travel"),
    Column("occupation_s", "int64", "s", "working time for which the post is occupied"),
    Column("cost_yuan", "float64", "yuan", "wages of effort and travel"),
)

SEAT_COLUMNS: Final = (
    _DISPUTE,
    Column("visit_number", "int64", "", "visit in which the session was asked for"),
    Column("tier", "category", "", "tier whose session it is"),
    Column("session", "category", "", "session of the tier"),
    Column("mode", "category", "", "panel or meeting"),
    Column("group", "category", "", "staff group of the member"),
    Column("pool", "Int64", "", "pool of posts it came from"),
    Column("post", "Int64", "", "post of the pool; missing at a meeting, which takes none"),
    Column("joined_s", "int64", "s", "asking for the session"),
    Column("taken_s", "int64", "s", "taking of the post"),
    Column("started_s", "Int64", "s", "start of the session; missing if the case left before all had come"),
    Column(
        "released_s", "Int64", "s", "release of the post, planned if after the horizon; missing if held at the horizon"
    ),
    Column("effort_s", "int64", "s", "the member's effort without travel"),
    Column("travel_s", "int64", "s", "the member's travel"),
    Column("occupation_s", "int64", "s", "working time for which the member alone would be occupied"),
    Column("cost_yuan", "float64", "yuan", "wages of effort and travel"),
)


def dispute_table(run: ObservedRun) -> pd.DataFrame:
    """Return one row per dispute, in order of id, with the columns of `DISPUTE_COLUMNS`."""
    batch, disputes = run.batch, run.trajectory.disputes
    visits, requests = run.trajectory.visits, run.trajectory.requests
    count, tier_ids = len(batch.dispute_id), run.jurisdiction.tier_ids
    highest_tier = np.full(count, NOWHERE, dtype=np.int64)
    np.maximum.at(highest_tier, visits.dispute, visits.tier)
    is_surfaced = batch.surfaced_s < run.jurisdiction.horizon_s
    recorded_s, recorded_tier = recorded_settlements(run)
    held = run.casework & (run.serving_group != NOWHERE)

    def per_dispute(amount: NDArray[Any]) -> NDArray[np.float64]:
        return np.bincount(requests.dispute, weights=amount, minlength=count).astype(np.float64)

    return _frame(
        DISPUTE_COLUMNS,
        dispute_id=batch.dispute_id,
        home_unit=_named(batch.home_unit, run.jurisdiction.units.ids),
        category=_named(batch.category, run.protocol.category_ids),
        opening=batch.opening,
        cohort=run.cohort,
        emerged_s=batch.emerged_s,
        surfaced_s=_instants(np.where(is_surfaced, batch.surfaced_s, NEVER_S)),
        surfacing=_coded(np.where(is_surfaced, batch.surfacing, Surfacing.NOT), Surfacing),
        channel=_named(batch.channel, run.protocol.channel_ids),
        registered_s=_instants(run.registered_s),
        fate=_coded(disputes.fate, Fate),
        fate_s=_instants(disputes.fate_s),
        fate_tier=_named(disputes.fate_tier, tier_ids),
        bypassed=np.bincount(run.episodes.dispute, weights=run.episodes.bypassed, minlength=count) > 0,
        withdrawn_s=_instants(disputes.withdrawn_s),
        resolved_s=_instants(run.resolved_s),
        recorded_settled_s=_instants(recorded_s),
        recorded_tier=_named(recorded_tier, tier_ids),
        highest_tier=_named(highest_tier, tier_ids),
        episode_count=np.bincount(run.episodes.dispute, minlength=count),
        visit_count=np.bincount(visits.dispute, minlength=count),
        session_count=per_dispute(held).astype(np.int64),
        effort_hours=per_dispute(requests.effort_s) / SECONDS_PER_HOUR,
        travel_hours=per_dispute(requests.travel_s) / SECONDS_PER_HOUR,
        cost_yuan=per_dispute(cost_of_requests_yuan(run)),
    )


def visit_table(run: ObservedRun) -> pd.DataFrame:
    """Return one row per visit, in the order of the trajectory, with the columns of `VISIT_COLUMNS`."""
    visits = run.trajectory.visits
    return _frame(
        VISIT_COLUMNS,
        dispute_id=run.batch.dispute_id[visits.dispute],
        visit_number=visits.number,
        episode=visits.episode,
        tier=_named(visits.tier, run.jurisdiction.tier_ids),
        unit=_named(visits.unit, run.jurisdiction.units.ids),
        tier_visit=visits.tier_visit,
        arrived_s=visits.arrived_s,
        left_s=_instants(visits.left_s),
        departure=_coded(visits.departure, Departure),
        due_s=_instants(visits.due_s),
    )


def session_table(run: ObservedRun) -> pd.DataFrame:
    """Return one row per request for a post, in the order of the trajectory, with the columns of `SESSION_COLUMNS`."""
    requests, staff, sessions = run.trajectory.requests, run.jurisdiction.staff, run.protocol.sessions
    served = requests.pool != NOWHERE
    pool_unit = np.full(len(requests.pool), NOWHERE, dtype=np.int64)
    pool_unit[served] = staff.pool_unit[requests.pool[served]]
    session_ids, session_of_slot = _sessions(sessions.slot_ids)
    return _frame(
        SESSION_COLUMNS,
        dispute_id=run.batch.dispute_id[requests.dispute],
        visit_number=requests.visit_number,
        purpose=_coded(requests.purpose, Purpose),
        tier=_named(run.request_tier, run.jurisdiction.tier_ids),
        session=_named(session_of_slot[requests.slot], session_ids),
        mode=_coded(sessions.mode[requests.slot], SessionMode),
        group=_named(run.serving_group, staff.group_ids),
        pool=_indices(requests.pool),
        pool_unit=_named(pool_unit, run.jurisdiction.units.ids),
        post=_indices(requests.post),
        joined_s=requests.joined_s,
        started_s=_instants(requests.started_s),
        ended_s=_instants(requests.ended_s),
        left_s=_instants(requests.left_s),
        outcome=_coded(requests.outcome, RequestOutcome),
        waited_s=run.queue_end_s - requests.joined_s,
        effort_s=requests.effort_s,
        travel_s=requests.travel_s,
        occupation_s=requests.occupation_s,
        cost_yuan=cost_of_requests_yuan(run),
    )


def seat_table(run: ObservedRun) -> pd.DataFrame:
    """Return one row per member of a panel or meeting, in the order of the trajectory, with `SEAT_COLUMNS`."""
    requests, seats, sessions = run.trajectory.requests, run.trajectory.seats, run.protocol.sessions
    staff, request = run.jurisdiction.staff, run.trajectory.seats.request
    group = staff.pool_group[seats.pool] if len(request) else seats.pool
    wages = staff.wage_yuan_per_hour[group] if len(request) else np.zeros(0)
    session_ids, session_of_slot = _sessions(sessions.slot_ids)
    slot = requests.slot[request]
    return _frame(
        SEAT_COLUMNS,
        dispute_id=run.batch.dispute_id[requests.dispute[request]],
        visit_number=requests.visit_number[request],
        tier=_named(run.request_tier[request], run.jurisdiction.tier_ids),
        session=_named(session_of_slot[slot], session_ids),
        mode=_coded(sessions.mode[slot], SessionMode),
        group=_named(group, staff.group_ids),
        pool=_indices(seats.pool),
        post=_indices(seats.post),
        joined_s=requests.joined_s[request],
        taken_s=seats.taken_s,
        started_s=_instants(requests.started_s[request]),
        released_s=_instants(seats.released_s),
        effort_s=seats.effort_s,
        travel_s=seats.travel_s,
        occupation_s=seats.occupation_s,
        cost_yuan=(seats.effort_s + seats.travel_s) / SECONDS_PER_HOUR * wages,
    )


def _sessions(slot_ids: tuple[str, ...]) -> tuple[tuple[str, ...], Int64]:
    """Names of sessions, each once, and the place of every slot's among them: int64 (S,)."""
    names = tuple(dict.fromkeys(slot_ids))
    return names, np.array([names.index(slot_id) for slot_id in slot_ids], dtype=np.int64)


def _frame(columns: Sequence[Column], **values: Any) -> pd.DataFrame:
    """Build a table in the order and with the dtypes of its schema."""
    assert list(values) == [column.name for column in columns]
    return pd.DataFrame(values).astype({column.name: column.dtype for column in columns})


def _instants(instant_s: Int64) -> pd.arrays.IntegerArray:
    return pd.arrays.IntegerArray(instant_s.astype(np.int64), instant_s == NEVER_S)


def _indices(index: NDArray[np.integer]) -> pd.arrays.IntegerArray:
    return pd.arrays.IntegerArray(index.astype(np.int64), index == NOWHERE)


def _named(index: NDArray[np.integer], ids: Sequence[str]) -> "pd.Categorical[str]":
    """Indices as ids; NOWHERE is missing."""
    return pd.Categorical.from_codes(index.tolist(), categories=pd.Index(list(ids)))


def _coded(code: NDArray[np.integer], names: type[IntEnum]) -> "pd.Categorical[str]":
    return _named(code, [name.name.lower() for name in names])
