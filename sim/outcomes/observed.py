"""A finished replication with what many measures read of it: cohort, resolution, states at full age, staff time."""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from sim.engine.contract import Trajectory
from sim.jurisdiction.contract import Int32, Int64, Jurisdiction
from sim.outcomes.ages import FULL_AGE_DAYS, RESOLVING_FATES, StatesAtAge, states_at, unresolved_s
from sim.outcomes.columns import among, cells, rows_of
from sim.outcomes.episodes import Episodes
from sim.outcomes.finished_run import FinishedRun, finished_run
from sim.outcomes.place import lay_out
from sim.outcomes.staff_time import StaffTime, staff_time
from sim.protocol.contract import Protocol
from sim.sampling.contract import DisputeBatch
from sim.specification.schema.scenario import Measures
from sim.vocabulary import DAYS_PER_YEAR, NEVER_S, NOWHERE, SECONDS_PER_DAY, Fate

YEAR_S = DAYS_PER_YEAR * SECONDS_PER_DAY


@dataclass(frozen=True, slots=True)
class ObservedRun(FinishedRun):
    """One replication: N disputes, R requests; `episodes` has one row for each episode of a dispute.

    equity_tier, village_tier: tier indices; equity_unit: int64 (N,), number within its tier of the equity unit; cohort:
    bool (N,), cohort_rows: int64, its rows; registered_s: int64 (N,), when it truly became a case at a desk (of a case
    that goes to the top tier by petition before that, its arrival there), NEVER_S if it never did; at_full_age:
    states of the disputes at 180 days; unresolved_180d_s: int64 (N,), seconds unresolved up to then; staff_time: what
    cases take of working hours.
    """

    equity_tier: int
    village_tier: int
    equity_unit: Int64
    cohort: NDArray[np.bool_]
    cohort_rows: Int64
    registered_s: Int64
    at_full_age: StatesAtAge
    unresolved_180d_s: Int64
    staff_time: StaffTime

    @property
    def resolved_s(self) -> Int64:
        """When each quarrel was over, for good; NEVER_S if it was not or ended in an incident: int64 (N,)."""
        disputes = self.trajectory.disputes
        return np.where(among(disputes.fate, *RESOLVING_FATES), disputes.fate_s, NEVER_S)

    @property
    def serving_group(self) -> Int32:
        """Group that served each request (of a panel, its lead), NOWHERE if none did: int32 (R,)."""
        pool = self.trajectory.requests.pool
        group = np.full(len(pool), NOWHERE, dtype=np.int32)
        served = rows_of(pool != NOWHERE)
        group[served] = self.jurisdiction.staff.pool_group[pool[served]]
        return group

    def asked_group(self, request: Int64) -> Int64:
        """Return the earliest listed group with a post for the home unit, for some requests: int64 (n,)."""
        requests = self.trajectory.requests
        slot, home = requests.slot.take(request), self.batch.home_unit.take(requests.dispute.take(request))
        return cells(self.place.asked_group, slot, home.astype(np.int64))

    @property
    def cohort_count(self) -> int:
        """Disputes of the cohort."""
        return len(self.cohort_rows)

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
        return self.place.persons

    @property
    def per_1000_per_year(self) -> float:
        """What an event from the warm-up on adds to a rate per 1,000 residents and year."""
        return 1_000 / (self.population_persons * self.observed_years)

    @property
    def per_1000_per_cohort_year(self) -> float:
        """What a dispute of the cohort years adds to a rate per 1,000 residents and year."""
        return 1_000 / (self.population_persons * self.cohort_years)

    def is_in_window(self, instant_s: Int64) -> NDArray[np.bool_]:
        """Say of each instant whether it lies in [warmup_s, horizon_s)."""
        return _is_within(instant_s, self.jurisdiction.warmup_s, self.jurisdiction.horizon_s)

    def is_in_cohort_years(self, instant_s: Int64) -> NDArray[np.bool_]:
        """Say of each instant whether it lies in [warmup_s, cohort_end_s)."""
        return _is_within(instant_s, self.jurisdiction.warmup_s, self.jurisdiction.cohort_end_s)


def observe(
    jurisdiction: Jurisdiction,
    protocol: Protocol,
    batch: DisputeBatch,
    trajectory: Trajectory,
    choices: Measures,
) -> ObservedRun:
    """Return a replication with what its measures share; `choices` is the scenario's `measures` block."""
    return observed(finished_run(lay_out(jurisdiction, protocol), batch, trajectory), choices)


def observed(run: FinishedRun, choices: Measures) -> ObservedRun:
    """Return a finished run with what its measures share; `choices` is the scenario's `measures` block."""
    place, batch, trajectory, episodes = run.place, run.batch, run.trajectory, run.episodes
    jurisdiction = place.jurisdiction
    cohort = ~batch.opening & _is_within(batch.emerged_s, jurisdiction.warmup_s, jurisdiction.cohort_end_s)
    equity_tier = jurisdiction.tier_ids.index(choices.equity_tier)
    return ObservedRun(
        **{field.name: getattr(run, field.name) for field in fields(FinishedRun)},
        equity_tier=equity_tier,
        village_tier=jurisdiction.tier_ids.index(choices.village_tier),
        equity_unit=place.number_of_unit[equity_tier].take(batch.home_unit),
        cohort=cohort,
        cohort_rows=rows_of(cohort),
        registered_s=_registered_s(jurisdiction.horizon_s, batch, trajectory, episodes),
        at_full_age=states_at(episodes, batch.emerged_s, FULL_AGE_DAYS),
        unresolved_180d_s=unresolved_s(episodes, batch.emerged_s, FULL_AGE_DAYS),
        staff_time=staff_time(place, run.uses, run.empty),
    )


def _is_within(instant_s: Int64, from_s: int, until_s: int) -> NDArray[np.bool_]:
    return (instant_s >= from_s) & (instant_s < until_s)


def _registered_s(horizon_s: int, batch: DisputeBatch, trajectory: Trajectory, episodes: Episodes) -> Int64:
    """When each dispute first truly became a case at a desk: int64 (N,)."""
    visits, first = trajectory.visits, episodes.first
    ended_otherwise = among(episodes.fate, Fate.INCIDENT, Fate.LITIGATED)
    lost_s = np.minimum(np.where(ended_otherwise, episodes.fate_s, NEVER_S), episodes.withdrawn_s).take(first)
    lost_s = np.minimum(lost_s, np.where(episodes.bypassed.take(first), batch.patience_s, NEVER_S))
    # What ends the way to the desk beats the arrival there in the same second.
    registered_s = batch.registered_s.copy()
    otherwise = rows_of((registered_s >= horizon_s) | (registered_s >= lost_s))
    first_arrival_s = np.full(len(batch.dispute_id), NEVER_S, dtype=np.int64)
    first_visits = rows_of(visits.number == 0)
    first_arrival_s[visits.dispute.take(first_visits)] = visits.arrived_s.take(first_visits)
    registered_s[otherwise] = first_arrival_s.take(otherwise)
    return registered_s
