"""One replication, audited and summed up: the one call that an experiment makes for each run."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.engine.contract import Trajectory
from sim.jurisdiction.contract import Jurisdiction
from sim.outcomes.audits import audited
from sim.outcomes.distributions import Histogram, distributions
from sim.outcomes.measures import Measured, measured
from sim.outcomes.observed import observed
from sim.outcomes.place import lay_out
from sim.outcomes.series import DailySeries, daily_series
from sim.outcomes.units import UnitSums, unit_sums
from sim.protocol.contract import Protocol
from sim.sampling.contract import DisputeBatch
from sim.specification.schema import Scenario


@dataclass(frozen=True, slots=True)
class Sums:
    """What can be summed over replications."""

    series: DailySeries
    distributions: tuple[Histogram, ...]
    units: UnitSums


@dataclass(frozen=True, slots=True)
class ReplicationOutcome:
    """What is kept of a replication.

    sums: None where nobody keeps them; audits: names of the audits passed; emergence_hash: the same for the same
    disputes.
    """

    measured: Measured
    sums: Sums | None
    audits: tuple[str, ...]
    emergence_hash: str

    @property
    def measures(self) -> pd.DataFrame:
        """Table of the columns measure, tier, category, value."""
        return self.measured.frame()


def summarise(
    scenario: Scenario,
    jurisdiction: Jurisdiction,
    protocol: Protocol,
    batch: DisputeBatch,
    trajectory: Trajectory,
    generator: np.random.Generator,
    *,
    with_sums: bool = True,
) -> ReplicationOutcome:
    """Audit a finished replication and sum it up, with what can be summed over replications or without.

    `generator` deals fates out for the equity statistics under equal risk; scenarios that are compared should get
    generators of one stream, so that they see the same deals. Raises AuditError if any audit fails.
    """
    audits, finished = audited(lay_out(jurisdiction, protocol), batch, trajectory)
    run = observed(finished, scenario.measures)
    return ReplicationOutcome(
        measured=measured(run, generator),
        sums=Sums(daily_series(run), distributions(run), unit_sums(run)) if with_sums else None,
        audits=audits,
        emergence_hash=batch.emergence_hash,
    )
