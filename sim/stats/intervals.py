"""How sure a mean over replications is, and how far one further year may stray from it."""

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy.typing as npt
import pandas as pd

from sim.stats.measure_samples import MeasureKey, MeasureSamples, samples_from_frame
from sim.stats.moments import DEFAULT_LEVEL, SampleMoments, checked_level, moments_of, t_quantile


class IntervalKind(StrEnum):
    """What an interval is meant to hold."""

    MEAN = "mean"
    """The expected value."""
    PREDICTION = "prediction"
    """The value of one further replication."""


@dataclass(frozen=True)
class Interval:
    """A two-sided t-interval around a sample mean, in the measure's own unit and never clipped to its range.

    `n` values were used and `n_dropped` NaN values left out. n = 0: all NaN; n = 1: the mean alone is known.
    """

    kind: IntervalKind
    level: float
    n: int
    n_dropped: int
    mean: float
    sd: float
    half_width: float
    low: float
    high: float

    def reaches_outside(self, lowest: float, highest: float) -> bool:
        """Say whether an end lies outside what the measure can be (0 and 1 for a share); False if undefined."""
        return self.low < lowest or self.high > highest


@dataclass(frozen=True)
class MeasureSummary:
    """One scenario's measure: how sure its mean is, and where one further replication may fall."""

    scenario: str
    key: MeasureKey
    mean: Interval
    prediction: Interval


def mean_interval(values: npt.ArrayLike, *, level: float = DEFAULT_LEVEL) -> Interval:
    """Return the t-interval of the mean, half-width t * s / sqrt(n) (Law, Simulation Modeling and Analysis, 4.5).

    `values` has shape (n,), one per replication; NaN is dropped and counted. ValueError on an infinite value.
    """
    return _of_mean(moments_of(values), level)


def prediction_interval(values: npt.ArrayLike, *, level: float = DEFAULT_LEVEL) -> Interval:
    """Return the interval for one further replication, half-width t * s * sqrt(1 + 1 / n), for normal values.

    More replications do not narrow it to nothing: it shows how one year differs from the next.
    `values` has shape (n,); NaN is dropped and counted. ValueError on an infinite value.
    """
    return _of_one_more(moments_of(values), level)


def summarise_measures(frame: pd.DataFrame, *, level: float = DEFAULT_LEVEL) -> tuple[MeasureSummary, ...]:
    """Return both intervals of every scenario and measure, sorted by scenario, measure, tier and category.

    `frame` is a measures table (columns MEASURES_COLUMNS). ValueError if it breaks that contract.
    """
    return summarise_samples(samples_from_frame(frame), level=level)


def summarise_samples(samples: MeasureSamples, *, level: float = DEFAULT_LEVEL) -> tuple[MeasureSummary, ...]:
    """Return both intervals of every sample, in the same order as of a table."""
    summaries = []
    for scenario, key in samples.in_order():
        moments = moments_of(samples.sample(scenario, key).observed)
        summaries.append(MeasureSummary(scenario, key, _of_mean(moments, level), _of_one_more(moments, level)))
    return tuple(summaries)


def _of_mean(moments: SampleMoments, level: float) -> Interval:
    scale = math.sqrt(1.0 / moments.n) if moments.n else math.nan
    return _interval(IntervalKind.MEAN, moments, level, scale)


def _of_one_more(moments: SampleMoments, level: float) -> Interval:
    scale = math.sqrt(1.0 + 1.0 / moments.n) if moments.n else math.nan
    return _interval(IntervalKind.PREDICTION, moments, level, scale)


def _interval(kind: IntervalKind, moments: SampleMoments, level: float, scale: float) -> Interval:
    checked_level(level)
    half_width = math.nan
    if moments.n >= 2:
        half_width = t_quantile(level, moments.n - 1) * moments.sd * scale
    return Interval(
        kind=kind,
        level=level,
        n=moments.n,
        n_dropped=moments.n_dropped,
        mean=moments.mean,
        sd=moments.sd,
        half_width=half_width,
        low=moments.mean - half_width,
        high=moments.mean + half_width,
    )
