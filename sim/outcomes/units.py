"""What became of the cohort in each unit, as whole numbers that can be summed over replications."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.jurisdiction.contract import Int32, Int64, Jurisdiction
from sim.outcomes.ages import State
from sim.outcomes.columns import rows_of
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
    of_home = _sums_of_home_units(run)
    of_tiers = [_sums_of_tier(run, of_home, tier) for tier in sorted({0, run.equity_tier})]
    names = ("unit", "persons", *_SUMMED)
    return UnitSums(**{name: np.concatenate([getattr(part, name) for part in of_tiers]) for name in names})


def _sums_of_home_units(run: ObservedRun) -> dict[str, Int64]:
    """What is summed, by home unit: int64 (H,) each."""
    visits, rows, states = run.trajectory.visits, run.cohort_rows, run.at_full_age
    reached_top = np.zeros(len(run.cohort), dtype=np.bool_)
    reached_top[visits.dispute.take(rows_of(run.stays.row == len(run.jurisdiction.tier_ids) - 1))] = True
    count, home = run.place.number_of_unit.shape[1], run.batch.home_unit.take(rows)

    def number(of_those: NDArray[np.bool_]) -> Int64:
        return np.bincount(home.take(rows_of(of_those.take(rows))), minlength=count).astype(np.int64)

    return {
        "emerged_count": np.bincount(home, minlength=count).astype(np.int64),
        "surfaced_count": number(run.batch.surfaced_s < run.jurisdiction.horizon_s),
        "settled_180d_count": number(states.are(State.SETTLED)),
        "incident_180d_count": number(states.are(State.INCIDENT)),
        "reached_top_count": number(reached_top),
        "unresolved_180d_s": _total(home, run.unresolved_180d_s.take(rows), count),
    }


def _sums_of_tier(run: ObservedRun, of_home: Mapping[str, Int64], tier: int) -> UnitSums:
    units, number, persons = run.jurisdiction.units, run.place.number_of_unit[tier], run.place.persons_of_units[tier]
    totals = of_home if tier == 0 else {name: _total(number, of_home[name], len(persons)) for name in _SUMMED}
    unit = np.arange(units.offset[tier], units.offset[tier + 1], dtype=np.int32)
    return UnitSums(unit=unit, persons=persons, **totals)


def _total(row: Int32 | Int64, amount: Int64, count: int) -> Int64:
    # Whole numbers below 2**53: float weights are exact.
    return np.bincount(row, weights=amount, minlength=count).astype(np.int64)


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
