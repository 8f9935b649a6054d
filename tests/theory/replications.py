"""Theory by the ordinary path: a scenario file loaded, sampled, simulated and measured, replication by replication."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.engine.simpy_engine import simulate
from sim.jurisdiction import build_jurisdiction
from sim.outcomes.agreements import agreement_rows
from sim.outcomes.cohort import cohort_rows
from sim.outcomes.observed import ObservedRun, observe
from sim.outcomes.tiers import tier_rows
from sim.outcomes.workload import workload_rows
from sim.protocol import compile_protocol
from sim.sampling import sample_disputes
from sim.specification import load_scenario
from sim.specification.schema import Scenario
from sim.specification.schema.scenario import FixedReplications
from sim.vocabulary import SECONDS_PER_HOUR
from tests.theory.littles_law import littles_law_gaps

Float64 = NDArray[np.float64]
Reading = Callable[[ObservedRun], Mapping[str, float]]
"""Numbers by name, read off one finished replication."""

SCENARIOS = Path(__file__).parent / "scenarios"


def theory_scenario(name: str) -> Scenario:
    """Load a file of `scenarios/`."""
    return load_scenario(SCENARIOS / f"{name}.yaml").scenario


def replications(scenario: Scenario, times: int = 1) -> Iterator[ObservedRun]:
    """Simulate a scenario as often as its file says, times `times`; every run must keep Little's law to the second."""
    rule = scenario.experiment.replications
    assert isinstance(rule, FixedReplications)
    jurisdiction = build_jurisdiction(scenario)
    protocol = compile_protocol(scenario, jurisdiction)
    for replication in range(rule.count * times):
        batch = sample_disputes(scenario, jurisdiction, protocol, scenario.experiment.seed, replication)
        trajectory = simulate(jurisdiction, protocol, batch)
        run = observe(jurisdiction, protocol, batch, trajectory, scenario.measures)
        assert littles_law_gaps(run) == []
        yield run


def by_replication(runs: Iterable[ObservedRun], *readings: Reading) -> tuple[dict[str, Float64], ...]:
    """Return what each reading finds, its numbers by name as arrays over replications, (R,)."""
    found = [[reading(run) for reading in readings] for run in runs]
    return tuple(
        {name: np.array([of_run[name] for of_run in of_reading]) for name in of_reading[0]}
        for of_reading in zip(*found, strict=True)
    )


def measures_of(run: ObservedRun) -> dict[tuple[str, str], float]:
    """Return the outcomes' measures of all categories together by (measure, tier), tier "" for the whole place."""
    rows = (*cohort_rows(run), *tier_rows(run), *agreement_rows(run), *workload_rows(run))
    return {(row.measure, row.tier): row.value for row in rows if not row.category}


def waits_hours(run: ObservedRun, tier: str, category: str | None = None) -> Float64:
    """Return the waits of cases that joined a queue of a tier after the warm-up, of one category or of all."""
    requests = run.trajectory.requests
    counted = run.casework & run.is_in_window(requests.joined_s)
    counted &= run.request_tier == run.jurisdiction.tier_ids.index(tier)
    if category is not None:
        counted &= run.batch.category[requests.dispute] == run.protocol.category_ids.index(category)
    return np.asarray((run.queue_end_s - requests.joined_s)[counted] / SECONDS_PER_HOUR)


def window_hours(run: ObservedRun) -> float:
    """Return the time after the warm-up."""
    return (run.jurisdiction.horizon_s - run.jurisdiction.warmup_s) / SECONDS_PER_HOUR
