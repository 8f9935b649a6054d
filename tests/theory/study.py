"""Theory by the ordinary path: a scenario file loaded, sampled, simulated and measured, replication by replication."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.engine.simpy_engine import simulate
from sim.jurisdiction import build_jurisdiction
from sim.outcomes.observed import ObservedRun, observe
from sim.outcomes.tiers import tier_rows
from sim.outcomes.workload import workload_rows
from sim.protocol import compile_protocol
from sim.sampling import sample_disputes
from sim.specification import load_scenario
from sim.specification.schema import Scenario
from sim.specification.schema.distributions import Deterministic, Exponential, Gamma, Lognormal
from sim.specification.schema.place import UnitsByCount
from sim.specification.schema.scenario import FixedReplications
from sim.vocabulary import DAYS_PER_YEAR, SECONDS_PER_HOUR
from tests.theory.littles_law import littles_law_gaps

Float64 = NDArray[np.float64]

SCENARIOS = Path(__file__).parent / "scenarios"
HOURS_PER_YEAR = 24 * DAYS_PER_YEAR


@dataclass(frozen=True)
class Study:
    """All replications of a scenario file."""

    scenario: Scenario
    runs: tuple[ObservedRun, ...]

    def per_run(self, value: Callable[[ObservedRun], float]) -> Float64:
        """Return a value of every replication, (R,)."""
        return np.array([value(run) for run in self.runs], dtype=np.float64)

    def measure(self, measure: str, tier: str) -> Float64:
        """Return a measure of the outcomes by replication, (R,)."""
        return np.array([rows[measure, tier] for rows in self._measures])

    @cached_property
    def _measures(self) -> list[dict[tuple[str, str], float]]:
        rows = [[*tier_rows(run), *workload_rows(run)] for run in self.runs]
        return [{(row.measure, row.tier): row.value for row in of_run} for of_run in rows]


def study(name: str, times: int = 1) -> Study:
    """Simulate a file of `scenarios/` as often as it says, times `times`; every run must keep Little's law exactly."""
    scenario = load_scenario(SCENARIOS / f"{name}.yaml").scenario
    replications = scenario.experiment.replications
    assert isinstance(replications, FixedReplications)
    jurisdiction = build_jurisdiction(scenario)
    protocol = compile_protocol(scenario, jurisdiction)
    runs = []
    for replication in range(replications.count * times):
        batch = sample_disputes(scenario, jurisdiction, protocol, scenario.experiment.seed, replication)
        trajectory = simulate(jurisdiction, protocol, batch)
        runs.append(observe(jurisdiction, protocol, batch, trajectory, scenario.measures))
        assert littles_law_gaps(runs[-1]) == []
    return Study(scenario, tuple(runs))


# --- What a scenario file states, in the terms of the formulas -------------------------------------------------------


def arrivals_per_hour(scenario: Scenario, category: str | None = None) -> float:
    """Return the rate at which disputes emerge in the whole place, of one category or of all."""
    assert isinstance(scenario.units, UnitsByCount)
    per_year = scenario.emergence.rate_per_1000_per_year * scenario.units.population_persons / 1_000
    share = 1.0 if category is None else scenario.categories[category].share
    return per_year / HOURS_PER_YEAR * share


@dataclass(frozen=True, slots=True)
class Service:
    """Mean effort of a session in hours, and its standard deviation over its mean."""

    mean_hours: float
    cv: float


def service(scenario: Scenario, tier: str, session: str, category: str | None = None) -> Service:
    """Return the effort of a session as its file states it, of a category where its factor is not 1."""
    effort = scenario.tiers[tier].sessions[session].effort_hours
    factor = 1.0 if category is None else scenario.categories[category].effort_factor
    match effort:
        case Deterministic():
            return Service(effort.mean * factor, 0.0)
        case Exponential():
            return Service(effort.mean * factor, 1.0)
        case Lognormal() | Gamma():
            return Service(effort.mean * factor, effort.cv)
        case _:
            raise AssertionError(f"no theory for {effort.distribution}")


# --- What happened, beyond what the outcomes measure -----------------------------------------------------------------


def waits_hours(run: ObservedRun, tier: str, category: str | None = None) -> Float64:
    """Return the waits of cases that joined a queue of a tier after the warm-up, of one category or of all."""
    requests = run.trajectory.requests
    counted = run.casework & run.is_in_window(requests.joined_s)
    counted &= run.request_tier == run.jurisdiction.tier_ids.index(tier)
    if category is not None:
        counted &= run.batch.category[requests.dispute] == run.protocol.category_ids.index(category)
    return np.asarray((run.queue_end_s - requests.joined_s)[counted] / SECONDS_PER_HOUR)
