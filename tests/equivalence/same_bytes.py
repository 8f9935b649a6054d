"""Whether two scenarios give the same bytes: every array of the trajectory and every measure."""

from dataclasses import fields

import numpy as np
import pandas as pd

from sim.engine.contract import Trajectory
from sim.engine.simpy_engine import simulate
from sim.jurisdiction import build_jurisdiction
from sim.outcomes.replication import ReplicationOutcome, summarise
from sim.protocol import compile_protocol
from sim.sampling import sample_disputes
from sim.specification.schema import Scenario


def run_once(scenario: Scenario, seed: int = 1) -> tuple[Trajectory, ReplicationOutcome]:
    """Run one audited replication."""
    jurisdiction = build_jurisdiction(scenario)
    protocol = compile_protocol(scenario, jurisdiction)
    batch = sample_disputes(scenario, jurisdiction, protocol, seed, replication=0)
    trajectory = simulate(jurisdiction, protocol, batch)
    generator = np.random.Generator(np.random.PCG64DXSM(seed))
    return trajectory, summarise(scenario, jurisdiction, protocol, batch, trajectory, generator)


def assert_same_bytes(scenario: Scenario, other: Scenario) -> None:
    """Run both and compare every array and every measure."""
    (one, measured), (two, also_measured) = run_once(scenario), run_once(other)
    for table in fields(Trajectory):
        first, second = getattr(one, table.name), getattr(two, table.name)
        for column in fields(first):
            assert np.array_equal(getattr(first, column.name), getattr(second, column.name)), column.name
    pd.testing.assert_frame_equal(measured.measures, also_measured.measures, check_exact=True)
    assert measured.emergence_hash == also_measured.emergence_hash
