"""What became of the cohort in each unit, as whole numbers that can be summed over replications."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from sim.jurisdiction.contract import Int32, Int64, Jurisdiction
from sim.outcomes.cohort import FULL_AGE_DAYS, states_at_age
from sim.outcomes.equity import persons_of_units, unit_of_home
from sim.outcomes.observed import ObservedRun
from sim.vocabulary import SECONDS_PER_DAY


@dataclass(frozen=True, slots=True)
class UnitSums:
    """The cohort's disputes by unit, for the units of the home tier and of the equity tier (once if they are the same).

    unit: int32 (U,), index among all units; persons: int64 (U,), residents; the rest int64 (U,), sums over
    replications: emerged_count, surfaced_count (by the horizon), settled_180d_count, incident_180d_count,
    reached_top_count and unresolved_180d_s, seconds from emergence to resolution cut at 180 days.
    """

    unit: Int32
    persons: Int64
    emerged_count: Int64
    surfaced_count: Int64
    settled_180d_count: Int64
    incident_180d_count: Int64
    reached_top_count: Int64
    unresolved_180d_s: Int64


_SUMMED = (
    "emerged_count",
    "surfaced_count",
    "settled_180d_count",
    "incident_180d_count",
    "reached_top_count",
    "unresolved_180d_s",
)


def unit_sums(run: ObservedRun) -> UnitSums:
    """Return the sums of one replication."""
    tiers = sorted({0, run.equity_tier})
    of_tiers = [_sums_of_tier(run, tier) for tier in tiers]
    names = ("unit", "persons", *_SUMMED)
    return UnitSums(**{name: np.concatenate([getattr(part, name) for part in of_tiers]) for name in names})


def _sums_of_tier(run: ObservedRun, tier: int) -> UnitSums:
    units, cohort = run.jurisdiction.units, run.cohort
    unit_of_dispute = unit_of_home(run, tier)[run.batch.home_unit]
    count = int(units.offset[tier + 1] - units.offset[tier])
    states = states_at_age(run, FULL_AGE_DAYS)
    visits = run.trajectory.visits
    reached_top = np.zeros(len(cohort), dtype=np.bool_)
    reached_top[visits.dispute[visits.tier == len(run.jurisdiction.tier_ids) - 1]] = True

    def total(amount: Int64) -> Int64:
        # Whole numbers below 2**53: float weights are exact.
        return np.bincount(unit_of_dispute[cohort], weights=amount[cohort], minlength=count).astype(np.int64)

    return UnitSums(
        unit=np.arange(units.offset[tier], units.offset[tier + 1], dtype=np.int32),
        persons=persons_of_units(run, tier),
        emerged_count=total(np.ones(len(cohort), dtype=np.int64)),
        surfaced_count=total((run.batch.surfaced_s < run.jurisdiction.horizon_s).astype(np.int64)),
        settled_180d_count=total(states["settled"].astype(np.int64)),
        incident_180d_count=total(states["incident"].astype(np.int64)),
        reached_top_count=total(reached_top.astype(np.int64)),
        unresolved_180d_s=total(run.unresolved_s(FULL_AGE_DAYS)),
    )


def sum_units(parts: Sequence[UnitSums]) -> UnitSums:
    """Return the sum over replications of one scenario."""
    totals = {name: np.sum([getattr(part, name) for part in parts], axis=0) for name in _SUMMED}
    return replace(parts[0], **totals)


def units_frame(sums: UnitSums, jurisdiction: Jurisdiction) -> pd.DataFrame:
    """Return the sums as a table: unit_id, tier, persons, the counts, and days_unresolved_180d."""
    tier = jurisdiction.units.tier[sums.unit].tolist()
    frame = pd.DataFrame(
        {
            "unit_id": [jurisdiction.units.ids[unit] for unit in sums.unit.tolist()],
            "tier": [jurisdiction.tier_ids[index] for index in tier],
            "persons": sums.persons,
        }
    )
    for name in _SUMMED[:-1]:
        frame[name] = getattr(sums, name)
    frame["days_unresolved_180d"] = sums.unresolved_180d_s / SECONDS_PER_DAY
    return frame
