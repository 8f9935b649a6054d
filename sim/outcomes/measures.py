"""Every measure, in one registry, and the tidy table of their values in one replication."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
import pandas as pd

from sim.jurisdiction.contract import Float64
from sim.outcomes.agreements import AGREEMENT_MEASURES, agreement_rows
from sim.outcomes.cohort import COHORT_MEASURES, cohort_rows
from sim.outcomes.costs import COST_MEASURES, cost_rows
from sim.outcomes.definition import Measure
from sim.outcomes.equity import EQUITY_MEASURES, equity_rows
from sim.outcomes.observed import ObservedRun
from sim.outcomes.prevention import PREVENTION_MEASURES, prevention_rows
from sim.outcomes.records import RECORD_MEASURES, record_rows
from sim.outcomes.tiers import TIER_MEASURES, tier_rows
from sim.outcomes.workload import WORKLOAD_MEASURES, workload_rows

MEASURES: Final[Mapping[str, Measure]] = MappingProxyType(
    {
        measure.id: measure
        for measure in (
            *COHORT_MEASURES,
            *PREVENTION_MEASURES,
            *TIER_MEASURES,
            *AGREEMENT_MEASURES,
            *WORKLOAD_MEASURES,
            *COST_MEASURES,
            *EQUITY_MEASURES,
            *RECORD_MEASURES,
        )
    }
)
"""Every measure by id, in the order in which reports list them."""

HEADLINE_MEASURES: Final = tuple(measure.id for measure in MEASURES.values() if measure.is_headline)

MEASURE_COLUMNS: Final = ("measure", "tier", "category", "value")


@dataclass(frozen=True, slots=True)
class Measured:
    """Every measure of a replication: keys, (measure, tier, category) of each row, and value float64 (rows,).

    The tier is a tier id, or `group:<id>` in rows of a staff group; '' where a row is not so broken down. The same
    place and staff groups give the same keys in every replication; value is NaN where nothing was there to average.
    """

    keys: tuple[tuple[str, str, str], ...]
    value: Float64

    def frame(self) -> pd.DataFrame:
        """Return a table of the columns measure, tier, category and value."""
        names = zip(*self.keys, strict=True)
        return pd.DataFrame(dict(zip(MEASURE_COLUMNS, (*map(list, names), self.value), strict=True)))


def measured(run: ObservedRun, generator: np.random.Generator) -> Measured:
    """Return every measure of a replication; `generator` deals the fates out for the equity under equal risk."""
    rows = [
        *cohort_rows(run),
        *prevention_rows(run),
        *tier_rows(run),
        *agreement_rows(run),
        *workload_rows(run),
        *cost_rows(run),
        *equity_rows(run, generator),
        *record_rows(run),
    ]
    return Measured(
        keys=tuple([(measure, tier, category) for measure, tier, category, _ in rows]),
        value=np.array([row.value for row in rows], dtype=np.float64),
    )


def measures_frame(run: ObservedRun, generator: np.random.Generator) -> pd.DataFrame:
    """Return the table of every measure of a replication, as `Measured` explains it."""
    return measured(run, generator).frame()
