"""One replication, audited and summed up: the one call that an experiment makes for each run."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.engine.contract import Trajectory
from sim.jurisdiction.contract import Jurisdiction
from sim.outcomes.audits import audit
from sim.outcomes.distributions import Histogram, distributions
from sim.outcomes.measures import measures_frame
from sim.outcomes.observed import observe
from sim.outcomes.series import DailySeries, daily_series
from sim.outcomes.units import UnitSums, unit_sums
from sim.protocol.contract import Protocol
from sim.sampling.contract import DisputeBatch
from sim.specification.schema import Scenario


@dataclass(frozen=True, slots=True)
class ReplicationOutcome:
    """What is kept of a replication.

    measures: columns measure, tier, category, value (see `measures_frame`); series, distributions and units can be
    summed over replications; audits: names of the audits passed; emergence_hash: the same for the same disputes.
    """

    measures: pd.DataFrame
    series: DailySeries
    distributions: tuple[Histogram, ...]
    units: UnitSums
    audits: tuple[str, ...]
    emergence_hash: str


def summarise(
    scenario: Scenario,
    jurisdiction: Jurisdiction,
    protocol: Protocol,
    batch: DisputeBatch,
    trajectory: Trajectory,
    generator: np.random.Generator,
) -> ReplicationOutcome:
    """Audit a finished replication and sum it up.

    `generator` deals fates out for the equity statistics under equal risk; scenarios that are compared should get
    generators of one stream, so that they see the same deals. Raises AuditError if any audit fails.
    """
    audits = audit(jurisdiction, protocol, batch, trajectory)
    run = observe(jurisdiction, protocol, batch, trajectory, scenario.measures)
    return ReplicationOutcome(
        measures=measures_frame(run, generator),
        series=daily_series(run),
        distributions=distributions(run),
        units=unit_sums(run),
        audits=audits,
        emergence_hash=batch.emergence_hash,
    )
