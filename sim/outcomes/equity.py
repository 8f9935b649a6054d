"""Equity between units: how unevenly outcomes fall on them, beside the spread that chance alone would give.

Small units differ by luck. Under equal risk the fates of the cohort's disputes are dealt out anew over the places where
disputes emerged, each unit keeping its number of disputes; what a statistic shows above that is spread between units.
"""

from typing import Final

import numpy as np

from sim.jurisdiction.contract import Float64, Int64
from sim.outcomes.ages import State
from sim.outcomes.columns import rows_of
from sim.outcomes.definition import Direction, Measure, MeasureRow, Scope, count, ratio, whole
from sim.outcomes.observed import YEAR_S, ObservedRun
from sim.vocabulary import NEVER_S

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
    unit = run.equity_unit.take(run.cohort_rows)
    persons = run.place.persons_of_units[run.equity_tier]
    disputes_of_unit = np.bincount(unit, minlength=len(persons))
    settled = run.at_full_age.are(State.SETTLED).take(run.cohort_rows).astype(np.int64)
    unresolved_s = run.unresolved_180d_s.take(run.cohort_rows)
    dealt_s, dealt_settled = _dealt(unresolved_s, settled, disputes_of_unit, generator)
    return [
        *_outcome_rows("days_unresolved", unresolved_s, unit, persons, dealt_s),
        *_outcome_rows("settled_share", settled, unit, disputes_of_unit, dealt_settled),
        whole("units_no_case_above_village_share", _unit_years_without_arrival(run, run.village_tier + 1)),
        whole("units_no_case_at_top_share", _unit_years_without_arrival(run, len(run.jurisdiction.tier_ids) - 1)),
    ]


def unit_years_without(run: ObservedRun, visits: Int64, instant_s: Int64) -> float:
    """Return the share of equity units × cohort years without any of some visits, rows (n,), at their instants (M,)."""
    warmup_s = run.jurisdiction.warmup_s
    unit_count = len(run.place.persons_of_units[run.equity_tier])
    year_count = (run.jurisdiction.cohort_end_s - warmup_s) // YEAR_S
    since_s = instant_s.take(visits) - warmup_s
    counted = rows_of((since_s >= 0) & (since_s < year_count * YEAR_S))
    unit = run.equity_unit.take(run.trajectory.visits.dispute.take(visits.take(counted)))
    has_event = np.zeros(unit_count * year_count, dtype=np.bool_)
    has_event[unit * year_count + since_s.take(counted) // YEAR_S] = True
    return ratio(has_event.size - count(has_event), has_event.size)


def spread_statistics(amount: Float64, weight: Float64, worst_is_most: bool) -> dict[str, Float64]:
    """Return the statistics of amounts that fall on units, for several deals at once: (B,) each.

    amount: (B, U); weight: (U,), residents or disputes (units without weight are left out). A unit's outcome is its
    amount over its weight; the Gini coefficient and the worst tenth are read off the Lorenz curve (Gastwirth 1972).
    """
    counted = weight > 0
    amount, weight = amount.compress(counted, axis=1), weight.compress(counted)
    deal_count, unit_count = amount.shape
    total, total_weight = amount.sum(axis=1), weight.sum()
    mean, outcome = total / total_weight, amount / weight
    order = np.argsort(outcome, axis=1, kind="stable")
    deal = np.arange(deal_count)[:, np.newaxis]
    ranked_outcome = outcome[deal, order]
    population, lorenz = np.zeros((2, deal_count, unit_count + 1))
    np.cumsum(weight[order], axis=1, out=population[:, 1:])
    np.cumsum(amount[deal, order], axis=1, out=lorenz[:, 1:])
    population /= total_weight
    lorenz /= total[:, np.newaxis]
    area = (np.diff(population, axis=1) * (lorenz[:, 1:] + lorenz[:, :-1])).sum(axis=1)
    low, high = (ranked_outcome[deal[:, 0], np.add.reduce(population[:, 1:-1] < share, axis=1)] for share in (0.1, 0.9))
    below_cut = _read_off(0.9 if worst_is_most else 0.1, population, lorenz)
    return {
        "cv": np.sqrt((weight * (outcome - mean[:, np.newaxis]) ** 2).sum(axis=1) / total_weight) / mean,
        "gini": 1.0 - area,
        "spread_90_10": (high - low) / mean,
        "worst_tenth_share": 1.0 - below_cut if worst_is_most else below_cut,
    }


def _read_off(share: float, population: Float64, lorenz: Float64) -> Float64:
    """Return the Lorenz curve of each deal at a share of the population, as `np.interp` does: (B,).

    population, lorenz: (B, U + 1), rising from 0.
    """
    deal, last = np.arange(len(population)), population.shape[1] - 1
    right = np.minimum(np.add.reduce(population <= share, axis=1), last)
    from_share, from_lorenz = population[deal, right - 1], lorenz[deal, right - 1]
    slope = (lorenz[deal, right] - from_lorenz) / (population[deal, right] - from_share)
    return np.asarray(slope * (share - from_share) + from_lorenz)


def equal_risk_cv(value: Int64, disputes_of_unit: Int64, weight: Int64) -> float:
    """Return the root of the expected squared coefficient of variation when fates are dealt at random over units.

    value: (n,) of the disputes; disputes_of_unit, weight: (U,). A unit's total is a sum drawn without replacement
    (Cochran 1977, theorem 2.2): mean n_u m and variance n_u s² (N - n_u) / (N - 1).
    """
    counted = weight > 0
    drawn, per_weight = disputes_of_unit[counted].astype(np.float64), weight[counted].astype(np.float64)
    total, mean = len(value), float(value.mean())
    variance = float(((value - mean) ** 2).mean()) / (total - 1)
    expected_square = drawn * variance * (total - drawn) + (drawn * mean) ** 2
    overall = total * mean / per_weight.sum()
    spread = float((expected_square / per_weight).sum() / per_weight.sum()) - overall**2
    return float(np.sqrt(max(0.0, spread)) / overall)


def _dealt(first: Int64, second: Int64, disputes_of_unit: Int64, generator: np.random.Generator) -> tuple[Int64, Int64]:
    """Two amounts of the cohort's disputes, dealt out over the units alike: int64 (B, U) each.

    first, second: (n,), not negative; a unit gets as many disputes as are its own, disputes_of_unit (U,).
    """
    base = int(second.sum()) + 1
    # One number carries both amounts where it can hold them, since no sum of the second reaches the base.
    holds_both = int(first.sum()) * base < NEVER_S
    cards = first * base + second if holds_both else np.arange(len(first))
    dealt = generator.permuted(np.tile(cards, (EQUAL_RISK_PERMUTATIONS, 1)), axis=1)
    if not holds_both:
        return _sums_of_units(first.take(dealt), disputes_of_unit), _sums_of_units(second.take(dealt), disputes_of_unit)
    both = _sums_of_units(dealt, disputes_of_unit)
    dealt_first = both // base
    return dealt_first, both - dealt_first * base


def _sums_of_units(dealt: Int64, disputes_of_unit: Int64) -> Int64:
    """Sums over units of what was dealt, (B, n), the first disputes to the first unit and so on: int64 (B, U)."""
    sums = np.zeros((len(dealt), len(disputes_of_unit)), dtype=np.int64)
    units = rows_of(disputes_of_unit)
    if len(units):
        first = (np.cumsum(disputes_of_unit) - disputes_of_unit).take(units)
        sums[:, units] = np.add.reduceat(dealt, first, axis=1)
    return sums


def _outcome_rows(outcome: str, value: Int64, unit: Int64, weight: Int64, dealt: Int64) -> list[MeasureRow]:
    """Each statistic of one outcome as it is and under equal risk; value: (n,) of the cohort's disputes."""
    ids = [f"equity_{outcome}_{statistic}" for statistic in _STATISTICS]
    if int(value.sum()) == 0 or len(value) < 2:
        return [whole(name, np.nan) for measure in ids for name in (measure, f"{measure}_equal_risk")]
    disputes_of_unit = np.bincount(unit, minlength=len(weight))
    actual = np.bincount(unit, weights=value, minlength=len(weight)).astype(np.float64)
    # What happened, then every deal.
    amounts = np.concatenate((actual[np.newaxis, :], dealt.astype(np.float64)))
    statistics = spread_statistics(amounts, weight.astype(np.float64), worst_is_most=outcome == "days_unresolved")
    rows = []
    for statistic, values in statistics.items():
        measure = f"equity_{outcome}_{statistic}"
        by_chance = values[1:].mean() if statistic != "cv" else equal_risk_cv(value, disputes_of_unit, weight)
        rows += [whole(measure, values[0]), whole(f"{measure}_equal_risk", by_chance)]
    return rows


def _unit_years_without_arrival(run: ObservedRun, lowest_tier: int) -> float:
    """Share of equity units × cohort years with no arrival of the unit's cases at a tier or above it."""
    visits = run.trajectory.visits
    arrived = rows_of(run.stays.row >= lowest_tier)
    return unit_years_without(run, arrived, visits.arrived_s)
