"""A finished replication with what many measures read of it: cohort, resolution, tier and group of each request."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.engine.contract import Trajectory
from sim.jurisdiction.contract import Int32, Int64, Jurisdiction
from sim.outcomes.empty_posts import EmptyPosts, empty_posts
from sim.outcomes.episodes import Episodes, episodes_of
from sim.outcomes.post_uses import PostUses, post_uses
from sim.protocol.contract import Protocol
from sim.sampling.contract import DisputeBatch
from sim.specification.schema.scenario import Measures
from sim.vocabulary import DAYS_PER_YEAR, NEVER_S, NOWHERE, SECONDS_PER_DAY, Fate, Purpose

YEAR_S = DAYS_PER_YEAR * SECONDS_PER_DAY

RESOLVING_FATES = (Fate.SETTLED, Fate.ADJUDICATED, Fate.LITIGATED, Fate.FADED, Fate.WITHDRAWN_FADED)
"""Fates after which the quarrel is over; an incident is the opposite of a resolution."""


@dataclass(frozen=True, slots=True)
class ObservedRun:
    """One replication: N disputes, R requests; `episodes` has one row for each episode of a dispute.

    equity_tier, village_tier: tier indices; cohort: bool (N,); registered_s: int64 (N,), when it truly became a case at
    a desk (of a case that goes to the top tier by petition before that, its arrival there), NEVER_S if it never did;
    resolved_s: int64 (N,), when the quarrel was over (for good, after the last broken agreement), NEVER_S if it was not
    or ended in an incident; casework: bool (R,), no handover or follow-up; request_tier: int32 (R,), tier whose session
    it is; serving_group: int32 (R,), NOWHERE if not served (of a panel, its lead); asked_group: int32 (R,), the
    earliest listed group with a post for the home unit; queue_end_s: int64 (R,), when waiting ended (service, leaving
    or the horizon); uses: every use of a post; empty: when posts
    stand empty.
    """

    jurisdiction: Jurisdiction
    protocol: Protocol
    batch: DisputeBatch
    trajectory: Trajectory
    episodes: Episodes
    equity_tier: int
    village_tier: int
    cohort: NDArray[np.bool_]
    registered_s: Int64
    resolved_s: Int64
    casework: NDArray[np.bool_]
    request_tier: Int32
    serving_group: Int32
    asked_group: Int32
    queue_end_s: Int64
    uses: PostUses
    empty: EmptyPosts

    @property
    def cohort_count(self) -> int:
        """Disputes of the cohort."""
        return int(self.cohort.sum())

    @property
    def cohort_years(self) -> float:
        """Years in which the cohort emerges."""
        return (self.jurisdiction.cohort_end_s - self.jurisdiction.warmup_s) / YEAR_S

    @property
    def observed_years(self) -> float:
        """Years from the end of the warm-up to the horizon."""
        return (self.jurisdiction.horizon_s - self.jurisdiction.warmup_s) / YEAR_S

    @property
    def population_persons(self) -> int:
        """Residents of the place."""
        return int(self.jurisdiction.units.population_persons.sum())

    def is_in_window(self, instant_s: Int64) -> NDArray[np.bool_]:
        """Say of each instant whether it lies in [warmup_s, horizon_s)."""
        return (instant_s >= self.jurisdiction.warmup_s) & (instant_s < self.jurisdiction.horizon_s)

    def is_in_cohort_years(self, instant_s: Int64) -> NDArray[np.bool_]:
        """Say of each instant whether it lies in [warmup_s, cohort_end_s)."""
        return _is_in_cohort_years(self.jurisdiction, instant_s)

    def unresolved_s(self, days: int) -> Int64:
        """Return the seconds unresolved up to an age of `days`, (N,): an agreement resolves it until it breaks."""
        episodes = self.episodes
        until_s = (self.batch.emerged_s + days * SECONDS_PER_DAY)[episodes.dispute]
        ended_s = np.where(np.isin(episodes.fate, RESOLVING_FATES), episodes.fate_s, NEVER_S)
        unresolved_s = np.minimum(ended_s, until_s) - np.minimum(episodes.started_s, until_s)
        return np.bincount(episodes.dispute, weights=unresolved_s, minlength=len(self.cohort)).astype(np.int64)


def observe(
    jurisdiction: Jurisdiction,
    protocol: Protocol,
    batch: DisputeBatch,
    trajectory: Trajectory,
    choices: Measures,
) -> ObservedRun:
    """Return a replication with what its measures share; `choices` is the scenario's `measures` block."""
    requests, disputes = trajectory.requests, trajectory.disputes
    episodes = episodes_of(batch, trajectory)
    served = requests.pool != NOWHERE
    uses = post_uses(jurisdiction, trajectory)
    asked_group = asked_groups(jurisdiction, protocol)[requests.slot, batch.home_unit[requests.dispute]]
    queue_end_s = np.minimum(np.minimum(requests.started_s, requests.left_s), jurisdiction.horizon_s)
    return ObservedRun(
        jurisdiction=jurisdiction,
        protocol=protocol,
        batch=batch,
        trajectory=trajectory,
        episodes=episodes,
        equity_tier=jurisdiction.tier_ids.index(choices.equity_tier),
        village_tier=jurisdiction.tier_ids.index(choices.village_tier),
        cohort=~batch.opening & _is_in_cohort_years(jurisdiction, batch.emerged_s),
        registered_s=_registered_s(jurisdiction.horizon_s, batch, trajectory, episodes),
        resolved_s=np.where(np.isin(disputes.fate, RESOLVING_FATES), disputes.fate_s, NEVER_S),
        casework=requests.purpose == Purpose.CASEWORK,
        request_tier=tier_of_slot(protocol)[requests.slot],
        serving_group=np.where(served, _at(jurisdiction.staff.pool_group, requests.pool), NOWHERE).astype(np.int32),
        asked_group=asked_group,
        queue_end_s=queue_end_s,
        uses=uses,
        empty=empty_posts(jurisdiction, batch, uses),
    )


def tier_of_slot(protocol: Protocol) -> Int32:
    """Return the tier of each session slot; int32 (S,)."""
    sessions_per_tier = np.diff(protocol.sessions.tier_offset)
    return np.repeat(np.arange(len(sessions_per_tier), dtype=np.int32), sessions_per_tier)


def _is_in_cohort_years(jurisdiction: Jurisdiction, instant_s: Int64) -> NDArray[np.bool_]:
    return (instant_s >= jurisdiction.warmup_s) & (instant_s < jurisdiction.cohort_end_s)


def _registered_s(horizon_s: int, batch: DisputeBatch, trajectory: Trajectory, episodes: Episodes) -> Int64:
    """When each dispute first truly became a case at a desk: int64 (N,)."""
    visits, first = trajectory.visits, episodes.first
    ended_otherwise = np.isin(episodes.fate[first], (Fate.INCIDENT, Fate.LITIGATED))
    lost_s = np.minimum(np.where(ended_otherwise, episodes.fate_s[first], NEVER_S), episodes.withdrawn_s[first])
    lost_s = np.minimum(lost_s, np.where(episodes.bypassed[first], batch.patience_s, NEVER_S))
    # What ends the way to the desk beats the arrival there in the same second.
    at_desk = (batch.registered_s < horizon_s) & (batch.registered_s < lost_s)
    first_arrival_s = np.full(len(batch.dispute_id), NEVER_S, dtype=np.int64)
    is_first = visits.number == 0
    first_arrival_s[visits.dispute[is_first]] = visits.arrived_s[is_first]
    return np.where(at_desk, batch.registered_s, first_arrival_s)


def asked_groups(jurisdiction: Jurisdiction, protocol: Protocol) -> Int32:
    """Return the earliest listed group with a pool, by slot and home unit: int32 (S, H), NOWHERE where none has.

    Where several groups sit together, it is the lead.
    """
    sessions, pool_of_home = protocol.sessions, jurisdiction.staff.pool_of_home
    asked = np.full((len(sessions.slot_ids), pool_of_home.shape[1]), NOWHERE, dtype=np.int32)
    for option in range(len(sessions.option_group) - 1, -1, -1):
        if sessions.is_member[option]:
            continue
        group = sessions.option_group[option]
        asked[sessions.option_slot[option], pool_of_home[group] != NOWHERE] = group
    return asked


def _at(values: Int32, index: Int32) -> Int32:
    """Values at the indices, anything where the index is NOWHERE (also where there are no values)."""
    return values[index] if len(values) else np.full(len(index), NOWHERE, dtype=np.int32)
