"""`sweep.csv`: a row for each point and measure, with its mean, its difference and the verdict on it."""

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pandas as pd

from sim.experiment.manifest import ReplicationsDone
from sim.experiment.replications import Replicated
from sim.experiment.sweep_design import SweepDesign, SweepPoint
from sim.experiment.whole_files import write_csv
from sim.outcomes.measures import MEASURES
from sim.specification.schema import Scenario
from sim.stats import Comparison, Interval, MeasureKey, compare_pairs, mean_interval

SWEEP_FILE: Final = "sweep.csv"
FACTOR_PREFIX: Final = "factor."
"""A column for each factor holds its value, or the id of its level where it has no value."""

OF_POINT: Final = ("point", "reference", "measure", "tier", "category")
OF_MEAN: Final = ("n", "mean", "half_width", "low", "high")
OF_DIFFERENCE: Final = (
    *("reference_mean", "difference", "difference_half_width", "difference_low", "difference_high"),
    *("method", "p_value", "p_holm", "verdict"),
)
"""`method` is paired, welch, or same where the point is what it would be compared with; then there is no verdict."""


def write_sweep(
    folder: Path, design: SweepDesign, baseline: Scenario, replicated: Replicated, done: ReplicationsDone
) -> None:
    """Write `sweep.csv`; verdicts are Holm-adjusted over all points and measures."""
    directions = {key.measure: MEASURES[key.measure].direction.value for key in design.keys}
    comparisons = compare_pairs(
        replicated.frames(design.keys),
        references=design.references,
        family=design.keys,
        directions=directions,
        unpaired_policies=replicated.unpaired(design.references),
        relative_indifference=baseline.measures.indifference_share,
        looks=done.looks,
    )
    judged = {(comparison.policy, comparison.key): comparison for comparison in comparisons}
    columns = [*_factor_columns(design), *OF_POINT, *OF_MEAN, *OF_DIFFERENCE]
    rows = [row for point in design.points for row in _rows_of(point, design, replicated, judged)]
    write_csv(folder / SWEEP_FILE, pd.DataFrame(rows, columns=columns))


def _factor_columns(design: SweepDesign) -> list[str]:
    return [FACTOR_PREFIX + factor.id for factor in design.factors]


def _rows_of(
    point: SweepPoint,
    design: SweepDesign,
    replicated: Replicated,
    judged: dict[tuple[str, MeasureKey], Comparison],
) -> Iterator[tuple[object, ...]]:
    levels = [
        next(level for level in factor.levels if level.id == id_)
        for factor, id_ in zip(design.factors, point.levels, strict=True)
    ]
    values = [level.id if level.value is None else level.value for level in levels]
    samples = replicated.samples(point.scenario)
    for key in design.keys:
        mean = mean_interval(samples.sample(point.scenario, key).observed)
        comparison = judged.get((point.scenario, key))
        difference = _same(mean) if comparison is None else _difference(comparison)
        numbers = (mean.n, mean.mean, mean.half_width, mean.low, mean.high)
        yield (*values, point.scenario, point.reference, *key, *numbers, *difference)


def _same(mean: Interval) -> tuple[object, ...]:
    return (mean.mean, 0.0, 0.0, 0.0, 0.0, "same", math.nan, math.nan, "")


def _difference(comparison: Comparison) -> tuple[object, ...]:
    estimate = comparison.estimate
    verdict = "" if comparison.verdict is None else comparison.verdict.value
    return (
        *(estimate.baseline_mean, estimate.difference, estimate.half_width, estimate.low, estimate.high),
        *(estimate.method.value, estimate.p_value, comparison.p_holm, verdict),
    )
