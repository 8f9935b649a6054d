"""Equity between units: how unevenly outcomes fall on them, beside the spread that chance alone would give.

Small units differ by luck. Under equal risk the fates of the cohort's disputes are dealt out anew over the places where
disputes emerged, each unit keeping its number of disputes; what a statistic shows above that is spread between units.
"""

from typing import Final

import numpy as np

from sim.jurisdiction.contract import Float64, Int64
from sim.outcomes.cohort import FULL_AGE_DAYS, states_at_age
from sim.outcomes.definition import Direction, Measure, MeasureRow, Scope, ratio, whole
from sim.outcomes.observed import YEAR_S, ObservedRun

EQUAL_RISK_PERMUTATIONS: Final = 20
"""Deals over which a statistic under equal risk is averaged; precision comes from the replications."""

_OUTCOMES: Final = {
    "days_unresolved": (
        "days unresolved to 180 per resident of a unit, weighted by residents; worst: the most days",
        Direction.LOWER,
    ),
    "settled_share": (
        "share of a unit's cohort disputes settled by 180 days, weighted by disputes; worst: the smallest share",
        Direction.LOWER,
    ),
}
_STATISTICS: Final = {
    "cv": ("ratio", "Coefficient of variation between equity units of the"),
    "gini": ("ratio", "Gini coefficient between equity units of the"),
    "spread_90_10": ("ratio", "90th less 10th percentile over the mean, between equity units, of the"),
    "worst_tenth_share": ("share", "Part of the total that falls on the worst-off tenth, for the"),
}
_NO_CASE: Final = "Share of equity units and cohort years in which no case of the unit"


def _equity_measures() -> tuple[Measure, ...]:
    measures = []
    for outcome, (outcome_phrase, outcome_direction) in _OUTCOMES.items():
        for statistic, (unit, phrase) in _STATISTICS.items():
            is_share_of_good = statistic == "worst_tenth_share" and outcome == "settled_share"
            direction = Direction.HIGHER if is_share_of_good else outcome_direction
            measure_id, definition = f"equity_{outcome}_{statistic}", f"{phrase} {outcome_phrase}"
            how = "root of the expected square" if statistic == "cv" else f"mean of {EQUAL_RISK_PERMUTATIONS} deals"
            equal = f"{definition}; if fates were dealt out at random over the disputes ({how})."
            measures.append(Measure(measure_id, unit, direction, Scope.COHORT, f"{definition}."))
            measures.append(Measure(f"{measure_id}_equal_risk", unit, Direction.NEUTRAL, Scope.COHORT, equal))
    return tuple(measures)


EQUITY_MEASURES: Final = (
    *_equity_measures(),
    Measure(
        "units_no_case_above_village_share",
        "share",
        Direction.HIGHER,
        Scope.ALL,
        f"{_NO_CASE} arrived above the village tier (矛盾不出村).",
    ),
    Measure(
        "units_no_case_at_top_share",
        "share",
        Direction.HIGHER,
        Scope.ALL,
        f"{_NO_CASE} arrived at the top tier.",
    ),
)


def equity_rows(run: ObservedRun, generator: np.random.Generator) -> list[MeasureRow]:
    """Return every row of `EQUITY_MEASURES`; `generator` deals the fates under equal risk."""
    unit = unit_of_home(run, run.equity_tier)[run.batch.home_unit[run.cohort]]
    persons = persons_of_units(run, run.equity_tier)
    disputes_of_unit = np.bincount(unit, minlength=len(persons))
    settled = states_at_age(run, FULL_AGE_DAYS)["settled"][run.cohort].astype(np.int64)
    unresolved_s = run.unresolved_s(FULL_AGE_DAYS)[run.cohort]
    deals = _dealt_rows(len(unit), generator)
    return [
        *_outcome_rows("days_unresolved", unresolved_s, unit, persons, deals),
        *_outcome_rows("settled_share", settled, unit, disputes_of_unit, deals),
        whole("units_no_case_above_village_share", _unit_years_without_arrival(run, run.village_tier + 1)),
        whole("units_no_case_at_top_share", _unit_years_without_arrival(run, len(run.jurisdiction.tier_ids) - 1)),
    ]


def unit_years_without(run: ObservedRun, dispute: Int64, instant_s: Int64) -> float:
    """Return the share of equity units × cohort years without any of some events, by dispute row and second: (n,)."""
    warmup_s = run.jurisdiction.warmup_s
    unit_count = len(persons_of_units(run, run.equity_tier))
    year_count = (run.jurisdiction.cohort_end_s - warmup_s) // YEAR_S
    counted = (instant_s >= warmup_s) & (instant_s < warmup_s + year_count * YEAR_S)
    unit = unit_of_home(run, run.equity_tier)[run.batch.home_unit[dispute[counted]]]
    has_event = np.zeros((unit_count, year_count), dtype=np.bool_)
    has_event[unit, (instant_s[counted] - warmup_s) // YEAR_S] = True
    return ratio(int((~has_event).sum()), has_event.size)


def unit_of_home(run: ObservedRun, tier: int) -> Int64:
    """Return the number within its tier of the unit of a tier above each home unit: int64 (H,)."""
    units = run.jurisdiction.units
    number: Int64 = units.ancestor[tier].astype(np.int64) - int(units.offset[tier])
    return number


def persons_of_units(run: ObservedRun, tier: int) -> Int64:
    """Return the residents of each unit of a tier: int64 (units of the tier,)."""
    units = run.jurisdiction.units
    persons = np.zeros(int(units.offset[tier + 1] - units.offset[tier]), dtype=np.int64)
    np.add.at(persons, unit_of_home(run, tier), units.population_persons)
    return persons


def spread_statistics(amount: Float64, weight: Float64, worst_is_most: bool) -> dict[str, Float64]:
    """Return the statistics of amounts that fall on units, for several deals at once: (B,) each.

    amount: (B, U); weight: (U,), residents or disputes (units without weight are left out). A unit's outcome is its
    amount over its weight; the Gini coefficient and the worst tenth are read off the Lorenz curve (Gastwirth 1972).
    """
    amount, weight = amount[:, weight > 0], weight[weight > 0]
    total, mean = amount.sum(axis=1), amount.sum(axis=1) / weight.sum()
    outcome = amount / weight
    order = np.argsort(outcome, axis=1, kind="stable")
    ranked_outcome = np.take_along_axis(outcome, order, axis=1)
    zero = np.zeros((len(amount), 1))
    population = np.hstack((zero, np.cumsum(weight[order], axis=1))) / weight.sum()
    lorenz = np.hstack((zero, np.cumsum(np.take_along_axis(amount, order, axis=1), axis=1))) / total[:, np.newaxis]
    area = (np.diff(population, axis=1) * (lorenz[:, 1:] + lorenz[:, :-1])).sum(axis=1)
    deal = range(len(amount))
    low = np.array([ranked_outcome[b, np.searchsorted(population[b, 1:-1], 0.1)] for b in deal])
    high = np.array([ranked_outcome[b, np.searchsorted(population[b, 1:-1], 0.9)] for b in deal])
    cut = 0.9 if worst_is_most else 0.1
    below_cut = np.array([np.interp(cut, population[b], lorenz[b]) for b in deal])
    return {
        "cv": np.sqrt((weight * (outcome - mean[:, np.newaxis]) ** 2).sum(axis=1) / weight.sum()) / mean,
        "gini": 1.0 - area,
        "spread_90_10": (high - low) / mean,
        "worst_tenth_share": 1.0 - below_cut if worst_is_most else below_cut,
    }


def equal_risk_cv(value: Int64, disputes_of_unit: Int64, weight: Int64) -> float:
    """Return the root of the expected squared coefficient of variation when fates are dealt at random over units.

    value: (n,) of the disputes; disputes_of_unit, weight: (U,). A unit's total is a sum drawn without replacement
    (Cochran 1977, theorem 2.2): mean n_u m and variance n_u s² (N - n_u) / (N - 1).
    """
    counted = weight > 0
    drawn, per_weight = disputes_of_unit[counted].astype(np.float64), weight[counted].astype(np.float64)
    count, mean = len(value), float(value.mean())
    variance = float(((value - mean) ** 2).mean()) / (count - 1)
    expected_square = drawn * variance * (count - drawn) + (drawn * mean) ** 2
    overall = count * mean / per_weight.sum()
    spread = float((expected_square / per_weight).sum() / per_weight.sum()) - overall**2
    return float(np.sqrt(max(0.0, spread)) / overall)


def _dealt_rows(count: int, generator: np.random.Generator) -> Int64:
    """Row numbers of the cohort's disputes in random orders: int64 (B, count)."""
    orders = [generator.permutation(count) for _ in range(EQUAL_RISK_PERMUTATIONS)]
    return np.array(orders, dtype=np.int64).reshape(EQUAL_RISK_PERMUTATIONS, count)


def _outcome_rows(outcome: str, value: Int64, unit: Int64, weight: Int64, deals: Int64) -> list[MeasureRow]:
    """Each statistic of one outcome as it is and under equal risk; value: (n,) of the cohort's disputes."""
    ids = [f"equity_{outcome}_{statistic}" for statistic in _STATISTICS]
    if int(value.sum()) == 0 or len(value) < 2:
        return [whole(name, np.nan) for measure in ids for name in (measure, f"{measure}_equal_risk")]
    disputes_of_unit = np.bincount(unit, minlength=len(weight))
    starts = np.concatenate(([0], np.cumsum(disputes_of_unit)))
    running = np.cumsum(np.concatenate((np.zeros((len(deals), 1), dtype=np.int64), value[deals]), axis=1), axis=1)
    dealt = np.diff(running[:, starts], axis=1)
    actual = np.bincount(unit, weights=value, minlength=len(weight)).astype(np.float64)[np.newaxis, :]
    worst_is_most = outcome == "days_unresolved"
    observed = spread_statistics(actual, weight.astype(np.float64), worst_is_most)
    equal_risk = spread_statistics(dealt.astype(np.float64), weight.astype(np.float64), worst_is_most)
    rows = []
    for statistic in _STATISTICS:
        measure = f"equity_{outcome}_{statistic}"
        by_chance = float(equal_risk[statistic].mean())
        if statistic == "cv":
            by_chance = equal_risk_cv(value, disputes_of_unit, weight)
        rows += [whole(measure, observed[statistic][0]), whole(f"{measure}_equal_risk", by_chance)]
    return rows


def _unit_years_without_arrival(run: ObservedRun, lowest_tier: int) -> float:
    """Share of equity units × cohort years with no arrival of the unit's cases at a tier or above it."""
    visits = run.trajectory.visits
    arrived = visits.tier >= lowest_tier
    return unit_years_without(run, visits.dispute[arrived], visits.arrived_s[arrived])
