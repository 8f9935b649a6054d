"""A sampled replication of a scenario, and whether two are the same to the last bit."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.engine.contract import Trajectory
from sim.engine.simpy_engine import simulate
from sim.jurisdiction import build_jurisdiction
from sim.jurisdiction.contract import Jurisdiction
from sim.outcomes.replication import summarise
from sim.protocol import compile_protocol
from sim.sampling import sample_disputes
from sim.sampling.contract import DisputeBatch
from sim.specification.schema import Scenario


@dataclass(frozen=True)
class SampledRun:
    """One replication of a scenario, audited; `measures` are indexed by (measure, tier, category)."""

    jurisdiction: Jurisdiction
    batch: DisputeBatch
    trajectory: Trajectory
    measures: "pd.Series[float]"


def sampled_run(scenario: Scenario, replication: int = 0) -> SampledRun:
    """Sample, simulate, audit and measure one replication; the same seed for every scenario."""
    jurisdiction = build_jurisdiction(scenario)
    protocol = compile_protocol(scenario, jurisdiction)
    batch = sample_disputes(scenario, jurisdiction, protocol, seed=11, replication=replication)
    trajectory = simulate(jurisdiction, protocol, batch)
    outcome = summarise(scenario, jurisdiction, protocol, batch, trajectory, np.random.default_rng(1))
    measures = outcome.measures.set_index(["measure", "tier", "category"])["value"]
    return SampledRun(jurisdiction, batch, trajectory, measures)


def differences(one: SampledRun, other: SampledRun, but_for: tuple[str, ...] = ()) -> list[str]:
    """Name what differs in a bit between two runs: columns of the trajectory, measures."""
    found = [
        f"{table}.{column}"
        for table in one.trajectory.__dataclass_fields__
        for column in getattr(one.trajectory, table).__dataclass_fields__
        if _bytes_of(one, table, column) != _bytes_of(other, table, column)
    ]
    same = one.measures.index.equals(other.measures.index)
    if not same:
        return [*found, "rows of measures"]
    unequal = one.measures.to_numpy().view(np.int64) != other.measures.to_numpy().view(np.int64)
    names = {str(key[0]) for key in one.measures.index[unequal]}
    return [*found, *sorted(names - set(but_for))]


def _bytes_of(run: SampledRun, table: str, column: str) -> bytes:
    values: np.ndarray[tuple[int, ...], np.dtype[np.generic]] = getattr(getattr(run.trajectory, table), column)
    return values.tobytes()
