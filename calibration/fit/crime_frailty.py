"""How unevenly crime is spread over Xichou's village groups: the gamma shape behind two counts of groups without any.

A group has a gamma effect of mean 1; given it, its cases are Poisson with the mean m in each of nine years and m times
the trend in 2017. Then a period of total mean M passes without a case in (1 + M / shape) ** -shape of the groups. Two
shares cannot tell shape, mean and trend apart, so the trend has a prior. Crime is not disputes: an analogy only.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq
from scipy.special import xlogy

from calibration.fit.priors import LognormalPrior, Prior
from calibration.ledger import Ledger

Array = npt.NDArray[np.float64]

OTHER_YEARS: Final = 9
"""Years of the ten other than 2017."""
SHAPES: Final = (0.05, 50.0)
"""Shapes looked at: below, hardly any group has a case; above, none can be told from a Poisson count."""
_STEPS: Final = 240
_MEANS_PER_YEAR: Final = (0.05, 0.8)


@dataclass(frozen=True, slots=True)
class CrimeGroups:
    """Groups without a case in ten years, with none in 2017 only, and with one in 2017."""

    never: float
    not_in_2017_only: float
    in_2017: float

    @property
    def total(self) -> float:
        """All groups."""
        return self.never + self.not_in_2017_only + self.in_2017


@dataclass(frozen=True, slots=True)
class ShapePosterior:
    """Probabilities (k,) of shapes (k,) on a grid of equal steps of the logarithm."""

    shapes: Array
    probabilities: Array

    def quantile(self, share: float) -> float:
        """Shape that is not exceeded with that probability, linear on the log scale between the grid's steps."""
        at_most = np.cumsum(self.probabilities) - 0.5 * self.probabilities
        return float(np.exp(np.interp(share, at_most, np.log(self.shapes))))

    def share_within(self, low: float, high: float) -> float:
        """Probability that the shape lies between two values."""
        return float(self.probabilities[(low <= self.shapes) & (self.shapes <= high)].sum())


def crime_groups(ledger: Ledger) -> CrimeGroups:
    """Read the three counts from the ledger."""
    return CrimeGroups(
        ledger.figure("xichou_groups_no_crime_10y").number,
        ledger.figure("xichou_groups_crime_not_2017_only").number,
        ledger.figure("xichou_groups_crime_2017").number,
    )


def shares_without_crime(shape: npt.ArrayLike, mean: npt.ArrayLike, trend: npt.ArrayLike) -> tuple[Array, Array]:
    """Return the shares of groups without a case in 2017 and in ten years; `mean` is that of each other year."""
    shape, mean, trend = np.asarray(shape, np.float64), np.asarray(mean, np.float64), np.asarray(trend, np.float64)
    in_2017 = np.exp(-shape * np.log1p(mean * trend / shape))
    in_ten_years = np.exp(-shape * np.log1p(mean * (OTHER_YEARS + trend) / shape))
    return in_2017, in_ten_years


def log_likelihood(groups: CrimeGroups, shape: npt.ArrayLike, mean: npt.ArrayLike, trend: npt.ArrayLike) -> Array:
    """Multinomial log likelihood of the three counts, up to a constant; the arguments broadcast."""
    none_2017, never = shares_without_crime(shape, mean, trend)
    return np.asarray(
        xlogy(groups.never, never)
        + xlogy(groups.not_in_2017_only, none_2017 - never)
        + xlogy(groups.in_2017, 1.0 - none_2017)
    )


def shape_given_trend(groups: CrimeGroups, trend: float) -> tuple[float, float]:
    """Shape and yearly mean that meet both shares at a trend; ValueError if none of the shapes looked at does."""
    none_2017 = (groups.total - groups.in_2017) / groups.total
    never = groups.never / groups.total

    def mean_of(shape: float) -> float:
        return float(shape * np.expm1(-np.log(none_2017) / shape) / trend)

    def excess(shape: float) -> float:
        return float(shares_without_crime(shape, mean_of(shape), trend)[1]) - never

    if excess(SHAPES[0]) * excess(SHAPES[1]) > 0:
        raise ValueError(f"no shape between {SHAPES[0]} and {SHAPES[1]} meets the counts at a trend of {trend}")
    shape = float(brentq(excess, *SHAPES))
    return shape, mean_of(shape)


def shape_posterior(groups: CrimeGroups, trend: Prior) -> ShapePosterior:
    """Posterior of the shape, averaged over the prior of the trend, with flat priors of log shape and log mean."""
    shapes = np.geomspace(*SHAPES, _STEPS)
    means = np.geomspace(*_MEANS_PER_YEAR, _STEPS)
    trends = trend.quantile((np.arange(_STEPS // 4) + 0.5) / (_STEPS // 4))
    density = np.zeros(_STEPS)
    peak = log_likelihood(groups, *shape_given_trend(groups, 1.0), 1.0)
    for each in trends:
        density += np.exp(log_likelihood(groups, shapes[:, None], means, each) - peak).sum(axis=1)
    return ShapePosterior(shapes, density / density.sum())


def share_of_prior_within(prior: LognormalPrior, posterior: ShapePosterior, level: float = 0.9) -> float:
    """How much of the prior of the spread between groups in disputes lies in the central interval for crime."""
    ends = [posterior.quantile(0.5 - level / 2.0), posterior.quantile(0.5 + level / 2.0)]
    below, above = prior.cdf(ends)
    return float(above - below)
