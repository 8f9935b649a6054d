"""Stories of a few disputes: batches written by hand, and trajectories told as literal lists of events."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from sim.engine.contract import Trajectory
from sim.engine.simpy_engine import simulate
from sim.jurisdiction import build_jurisdiction
from sim.jurisdiction.contract import Jurisdiction
from sim.protocol import compile_protocol
from sim.protocol.contract import Protocol
from sim.sampling.contract import DisputeBatch
from sim.specification.schema import Scenario
from sim.vocabulary import (
    NEVER_S,
    NOWHERE,
    SECONDS_PER_DAY,
    Departure,
    Fate,
    PatienceChoice,
    Purpose,
    RequestOutcome,
    Surfacing,
)

ALWAYS_S = NEVER_S
NEVER_SETTLES_S = -1
LAST = 1_000_000
HOUR = 3_600
DAY = SECONDS_PER_DAY


@dataclass(frozen=True)
class Life:
    """What chance has in store for one dispute; durations in seconds, tests as critical ages.

    `effort_s` and `settles` are by session slot id of the form "tier.session"; a slot left out takes an hour and
    settles nothing.
    """

    surfaced_s: int
    home: int = 0
    category: int = 0
    emerged_s: int | None = None
    registered_s: int | None = None
    entry_tier: int = 0
    incident_s: int = NEVER_S
    patience_s: int = NEVER_S
    choice: PatienceChoice = PatienceChoice.WITHDRAW
    withdrawn_fade_s: int = NEVER_S // 4
    petition_delay_s: int = 0
    effort_s: Mapping[str, int] = field(default_factory=dict)
    settles: Mapping[str, int] = field(default_factory=dict)
    gap_s: int = 0
    handover_delay_s: int = 0
    grades: Mapping[int, tuple[int, int, int]] = field(default_factory=dict)
    """By tier: critical ages of the micro, small and large thresholds; a tier left out sees a hard matter."""
    self_settles: int = NEVER_SETTLES_S
    classes: tuple[int, ...] = ()


def batch_of(lives: Sequence[Life], jurisdiction: Jurisdiction, protocol: Protocol) -> DisputeBatch:
    """Write a batch by hand."""
    sessions, count = protocol.sessions, len(lives)
    tiers, slots, options = len(jurisdiction.tier_ids), len(sessions.slot_ids), len(sessions.option_group)
    names = [
        f"{jurisdiction.tier_ids[tier]}.{sessions.slot_ids[slot].rpartition('.')[2]}"
        for tier in range(tiers)
        for slot in range(sessions.tier_offset[tier], sessions.tier_offset[tier + 1])
    ]
    casework = jurisdiction.staff.casework_share
    effort = np.array([[life.effort_s.get(name, HOUR) for name in names] for life in lives], dtype=np.int64)
    settles = np.array([[life.settles.get(name, NEVER_SETTLES_S) for name in names] for life in lives], dtype=np.int64)
    occupation = np.rint(effort[:, sessions.option_slot] / casework[sessions.option_group]).astype(np.int64)
    grades = np.full((count, tiers, 3), NEVER_SETTLES_S, dtype=np.int64)
    for row, life in enumerate(lives):
        for tier, ages in life.grades.items():
            grades[row, tier] = ages

    def column(values: list[int]) -> np.ndarray:
        return np.array(values, dtype=np.int64)

    emerged = [life.surfaced_s if life.emerged_s is None else life.emerged_s for life in lives]
    registered = [life.surfaced_s if life.registered_s is None else life.registered_s for life in lives]
    visits = sessions.visits
    return DisputeBatch(
        dispute_id=np.arange(count, dtype=np.int64),
        home_unit=column([life.home for life in lives]).astype(np.int32),
        category=column([life.category for life in lives]).astype(np.int32),
        opening=np.zeros(count, dtype=np.bool_),
        emerged_s=column(emerged),
        surfaced_s=column([life.surfaced_s for life in lives]),
        surfacing=np.full(count, Surfacing.SELF_REPORT, dtype=np.int8),
        faded_s=np.full(count, NEVER_S, dtype=np.int64),
        incident_s=column([life.incident_s for life in lives]),
        channel=np.full(count, NOWHERE, dtype=np.int32),
        entry_tier=column([life.entry_tier for life in lives]).astype(np.int32),
        registered_s=column(registered),
        patience_s=column([life.patience_s for life in lives]),
        patience_choice=column([int(life.choice) for life in lives]).astype(np.int8),
        withdrawn_fade_s=column([life.withdrawn_fade_s for life in lives]),
        petition_delay_s=column([life.petition_delay_s for life in lives]),
        effort_s=np.tile(effort, visits),
        travel_s=np.zeros((count, options), dtype=np.int64),
        occupation_s=np.tile(occupation, visits),
        settle_until_age_s=np.tile(settles[:, sessions.option_slot], visits),
        gap_s=np.repeat(column([life.gap_s for life in lives])[:, None], visits * slots, axis=1),
        handover_delay_s=np.repeat(column([life.handover_delay_s for life in lives])[:, None], visits * tiers, axis=1),
        grade_until_age_s=grades,
        self_settle_until_age_s=column([life.self_settles for life in lives]),
        class_until_age_s=np.array([[life.classes] * tiers for life in lives], dtype=np.int64).reshape(
            count, tiers, -1
        ),
        theta0_logit=np.zeros(count),
        emergence_hash="",
    )


@dataclass(frozen=True)
class Told:
    """A run and its events."""

    jurisdiction: Jurisdiction
    protocol: Protocol
    batch: DisputeBatch
    trajectory: Trajectory
    events: list[str]


def tell(scenario: Scenario, lives: Sequence[Life], horizon_days: int | None = None) -> Told:
    """Run hand-written lives through a scenario and tell what happened."""
    jurisdiction = build_jurisdiction(scenario)
    if horizon_days is not None:
        jurisdiction = replace(jurisdiction, horizon_s=horizon_days * DAY)
    protocol = compile_protocol(scenario, jurisdiction)
    batch = batch_of(lives, jurisdiction, protocol)
    trajectory = simulate(jurisdiction, protocol, batch)
    return Told(jurisdiction, protocol, batch, trajectory, events_of(jurisdiction, protocol, trajectory))


def clock(second: int) -> str:
    """Day and time of day of a second."""
    day, rest = divmod(int(second), DAY)
    return f"{day}d {rest // HOUR:02d}:{rest // 60 % 60:02d}:{rest % 60:02d}"


def events_of(jurisdiction: Jurisdiction, protocol: Protocol, trajectory: Trajectory) -> list[str]:
    """The trajectory as lines `time #dispute what`, in the order of time, dispute, and the order of a case's steps."""
    visits, requests, ends = trajectory.visits, trajectory.requests, trajectory.disputes
    told: list[tuple[int, int, int, int, int, str]] = []
    for i in range(len(visits.dispute)):
        dispute, number, unit = int(visits.dispute[i]), int(visits.number[i]), jurisdiction.units.ids[visits.unit[i]]
        told.append((int(visits.arrived_s[i]), dispute, number, -1, 0, f"arrives at {unit}"))
        departure = Departure(int(visits.departure[i]))
        if departure is not Departure.PRESENT:
            told.append((int(visits.left_s[i]), dispute, number, LAST, 0, f"leaves {unit}: {departure.name.lower()}"))
    for i in range(len(requests.dispute)):
        dispute, number = int(requests.dispute[i]), int(requests.visit_number[i])
        slot = protocol.sessions.slot_ids[requests.slot[i]].rpartition(".")[2]
        what = slot if requests.purpose[i] == Purpose.CASEWORK else "paperwork"
        sequence = i if requests.purpose[i] == Purpose.CASEWORK else LAST + i
        told.append((int(requests.joined_s[i]), dispute, number, sequence, 1, f"queues for {what}"))
        if requests.started_s[i] != NEVER_S:
            post = f"{jurisdiction.staff.group_ids[jurisdiction.staff.pool_group[requests.pool[i]]]} {requests.post[i]}"
            told.append((int(requests.started_s[i]), dispute, number, sequence, 2, f"starts {what} with {post}"))
        if requests.outcome[i] in (RequestOutcome.SETTLED, RequestOutcome.NOT_SETTLED):
            told.append((int(requests.ended_s[i]), dispute, number, sequence, 3, f"ends {what}"))
        if requests.outcome[i] == RequestOutcome.LEFT_QUEUE:
            told.append((int(requests.left_s[i]), dispute, number, sequence, 3, f"leaves the queue for {what}"))
    for dispute, (fate, second) in enumerate(zip(ends.fate, ends.fate_s, strict=True)):
        if second != NEVER_S and fate not in (Fate.OPEN, Fate.LATENT):
            told.append((int(second), dispute, LAST, 0, 0, f"fate: {Fate(int(fate)).name.lower()}"))
    return [f"{clock(second)} #{dispute} {what}" for second, dispute, _, _, _, what in sorted(told)]
