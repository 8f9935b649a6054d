"""Difference of two scenarios' means: paired under common random numbers, or between independent runs (Welch)."""

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.stats.measure_samples import ReplicationSample
from sim.stats.moments import (
    DEFAULT_LEVEL,
    SampleMoments,
    difference_beyond_rounding,
    level_of_one_look,
    moments_of,
    t_quantile,
    two_sided_p_value,
)


class DifferenceMethod(StrEnum):
    """How two scenarios were compared."""

    PAIRED = "paired"
    """Replication by replication: both saw the same disputes."""
    WELCH = "welch"
    """As independent runs: their emergence differs."""


@dataclass(frozen=True)
class DifferenceEstimate:
    """Policy minus baseline for one measure, in the measure's own unit.

    The interval holds at `level` over all `looks` together: each is taken at 1 - (1 - level) / looks, and the p-value
    is multiplied by `looks` and capped at 1. `n_dropped` counts pairs (paired) or values (Welch) left out for NaN.
    Below two usable values the interval, the p-value and everything that needs a spread are NaN. `correlation` and
    `variance_reduction` (variance of the difference of independent runs over that achieved) are NaN for Welch;
    the first also where a side does not vary, the second where neither does; it is infinite for a constant difference.
    """

    method: DifferenceMethod
    level: float
    looks: int
    n_policy: int
    n_baseline: int
    n_dropped: int
    policy_mean: float
    baseline_mean: float
    difference: float
    standard_error: float
    degrees_of_freedom: float
    half_width: float
    low: float
    high: float
    p_value: float
    correlation: float
    variance_reduction: float

    def lies_within(self, half_width: float) -> bool:
        """Say whether the whole interval lies inside plus or minus `half_width`; False if undefined."""
        return -half_width <= self.low and self.high <= half_width


class _Contrast(NamedTuple):
    difference: float
    standard_error: float
    degrees_of_freedom: float


class _GainFromPairing(NamedTuple):
    correlation: float
    variance_reduction: float


def paired_difference(
    policy: ReplicationSample, baseline: ReplicationSample, *, level: float = DEFAULT_LEVEL, looks: int = 1
) -> DifferenceEstimate:
    """Return the paired-t estimate of the mean of policy - baseline (Law, 10.2.1).

    Pairs with NaN on either side are dropped and counted; the means are those of the pairs kept. Differences within
    rounding of zero are zero. Equal differences have no spread: p = 1 if they are 0, else 0.
    ValueError unless both samples hold the same replications.
    """
    if not np.array_equal(policy.replications, baseline.replications):
        raise ValueError(
            f"paired samples need the same replications, got {policy.replications.size} of the policy "
            f"and {baseline.replications.size} of the baseline"
        )
    defined = ~(np.isnan(policy.observed) | np.isnan(baseline.observed))
    policy_values, baseline_values = policy.observed[defined], baseline.observed[defined]
    of_policy, of_baseline = moments_of(policy_values), moments_of(baseline_values)
    of_difference = moments_of(difference_beyond_rounding(policy_values, baseline_values))
    n = of_difference.n
    contrast = _Contrast(of_difference.mean, math.nan, math.nan)
    if n >= 2:
        contrast = _Contrast(of_difference.mean, of_difference.sd / math.sqrt(n), float(n - 1))
    return _estimate(
        method=DifferenceMethod.PAIRED,
        level=level,
        looks=looks,
        of_policy=of_policy,
        of_baseline=of_baseline,
        n_dropped=int(defined.size) - n,
        contrast=contrast,
        gain=_gain_from_pairing(policy_values, baseline_values, of_difference),
    )


def welch_difference(
    policy: npt.ArrayLike, baseline: npt.ArrayLike, *, level: float = DEFAULT_LEVEL, looks: int = 1
) -> DifferenceEstimate:
    """Return the difference of means of independent runs, of any two sizes and variances (Welch 1947).

    `policy` and `baseline` have shapes (n_policy,) and (n_baseline,); NaN is dropped and counted. Two samples without
    spread give p = 1 if they are equal (within rounding), else 0.
    """
    of_policy, of_baseline = moments_of(policy), moments_of(baseline)
    standard_error = degrees_of_freedom = math.nan
    if min(of_policy.n, of_baseline.n) >= 2:
        variances = (of_policy.sd**2 / of_policy.n, of_baseline.sd**2 / of_baseline.n)
        standard_error = math.sqrt(sum(variances))
        degrees_of_freedom = float(of_policy.n + of_baseline.n - 2)
        if standard_error > 0.0:
            shares = (variances[0] / sum(variances), variances[1] / sum(variances))
            degrees_of_freedom = 1.0 / (shares[0] ** 2 / (of_policy.n - 1) + shares[1] ** 2 / (of_baseline.n - 1))
    difference = float(difference_beyond_rounding(np.float64(of_policy.mean), np.float64(of_baseline.mean)))
    return _estimate(
        method=DifferenceMethod.WELCH,
        level=level,
        looks=looks,
        of_policy=of_policy,
        of_baseline=of_baseline,
        n_dropped=of_policy.n_dropped + of_baseline.n_dropped,
        contrast=_Contrast(difference, standard_error, degrees_of_freedom),
        gain=_GainFromPairing(math.nan, math.nan),
    )


def _gain_from_pairing(
    policy: npt.NDArray[np.float64], baseline: npt.NDArray[np.float64], of_difference: SampleMoments
) -> _GainFromPairing:
    """Correlation achieved, and (var policy + var baseline) / var difference."""
    of_policy, of_baseline = moments_of(policy), moments_of(baseline)
    if of_difference.n < 2 or (of_policy.sd == 0.0 and of_baseline.sd == 0.0):
        return _GainFromPairing(math.nan, math.nan)
    correlation = math.nan
    if of_policy.sd > 0.0 and of_baseline.sd > 0.0:
        products = (policy - of_policy.mean) * (baseline - of_baseline.mean)
        covariance = math.fsum(products.tolist()) / (of_difference.n - 1)
        correlation = max(-1.0, min(1.0, covariance / of_policy.sd / of_baseline.sd))
    if of_difference.sd == 0.0:
        return _GainFromPairing(correlation, math.inf)
    policy_ratio, baseline_ratio = of_policy.sd / of_difference.sd, of_baseline.sd / of_difference.sd
    return _GainFromPairing(correlation, policy_ratio * policy_ratio + baseline_ratio * baseline_ratio)


def _estimate(
    *,
    method: DifferenceMethod,
    level: float,
    looks: int,
    of_policy: SampleMoments,
    of_baseline: SampleMoments,
    n_dropped: int,
    contrast: _Contrast,
    gain: _GainFromPairing,
) -> DifferenceEstimate:
    difference, standard_error, degrees_of_freedom = contrast
    look_level = level_of_one_look(level, looks)
    half_width = p_value = math.nan
    if standard_error == 0.0:
        half_width, p_value = 0.0, 1.0 if difference == 0.0 else 0.0
    elif standard_error > 0.0:
        half_width = t_quantile(look_level, degrees_of_freedom) * standard_error
        p_value = min(1.0, looks * two_sided_p_value(difference / standard_error, degrees_of_freedom))
    return DifferenceEstimate(
        method=method,
        level=level,
        looks=looks,
        n_policy=of_policy.n,
        n_baseline=of_baseline.n,
        n_dropped=n_dropped,
        policy_mean=of_policy.mean,
        baseline_mean=of_baseline.mean,
        difference=difference,
        standard_error=standard_error,
        degrees_of_freedom=degrees_of_freedom,
        half_width=half_width,
        low=difference - half_width,
        high=difference + half_width,
        p_value=p_value,
        correlation=gain.correlation,
        variance_reduction=gain.variance_reduction,
    )
