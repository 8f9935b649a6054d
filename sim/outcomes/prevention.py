"""Measures of prevention: disputes that did not emerge, reported apart and in nobody's denominator."""

from typing import Final

import numpy as np

from sim.outcomes.columns import rows_of
from sim.outcomes.definition import Direction, Measure, MeasureRow, Rows, Scope, of_categories, ratio, ratios, whole
from sim.outcomes.observed import ObservedRun

PREVENTION_MEASURES: Final = (
    Measure(
        "prevented_share",
        "share",
        Direction.HIGHER,
        Scope.COHORT,
        "Share of the disputes that would have emerged in the cohort years and that prevention kept from emerging; all "
        "other shares are of those that emerged.",
        rows=(Rows.WHOLE, Rows.CATEGORY),
    ),
    Measure(
        "prevented_per_1000_per_year",
        "per 1,000 persons per year",
        Direction.HIGHER,
        Scope.COHORT,
        "Disputes that prevention kept from emerging in the cohort years, per 1,000 residents and cohort year.",
    ),
)


def prevention_rows(run: ObservedRun) -> list[MeasureRow]:
    """Return every row of `PREVENTION_MEASURES`; 0 without prevention."""
    prevented, ids = run.batch.prevented, run.protocol.category_ids
    in_cohort = rows_of(run.is_in_cohort_years(prevented.emerged_s))
    of_prevented = np.bincount(prevented.category.take(in_cohort), minlength=len(ids))
    of_emerged = np.bincount(run.batch.category.take(run.cohort_rows), minlength=len(ids))
    return [
        whole("prevented_share", ratio(len(in_cohort), len(in_cohort) + run.cohort_count)),
        *of_categories("prevented_share", ids, ratios(of_prevented, of_prevented + of_emerged)),
        whole("prevented_per_1000_per_year", len(in_cohort) * run.per_1000_per_cohort_year),
    ]
