"""Mean and spread of a sample of replications, and Student's t: the arithmetic under every interval."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.special import stdtr, stdtrit

DEFAULT_LEVEL: Final = 0.95
"""Confidence level of every interval unless the caller asks for another."""

ROUNDING_TOLERANCE: Final = 1e-12
"""Two values closer than this share of the larger one differ by floating-point rounding only."""


@dataclass(frozen=True)
class SampleMoments:
    """Size, mean and standard deviation (divisor n - 1) of the defined values of a sample.

    `mean` is NaN for n = 0, `sd` for n < 2; `n_dropped` counts the NaN values left out.
    """

    n: int
    n_dropped: int
    mean: float
    sd: float


def checked_level(level: float) -> float:
    """Return `level` unchanged; ValueError unless it lies strictly between 0 and 1."""
    if not 0.0 < level < 1.0:
        raise ValueError(f"level must lie strictly between 0 and 1, got {level!r}")
    return level


def level_of_one_look(level: float, looks: int) -> float:
    """Return the level of each of `looks` looks that together keep `level` (Bonferroni: 1 - (1 - level) / looks)."""
    if looks < 1:
        raise ValueError(f"looks must be at least 1, got {looks!r}")
    return 1.0 - (1.0 - checked_level(level)) / looks


def as_sample(values: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Return `values` as a one-dimensional float64 array; ValueError on another shape or an infinite value."""
    sample = np.asarray(values, dtype=np.float64)
    if sample.ndim != 1:
        raise ValueError(f"a sample has one dimension, got {sample.ndim}")
    if bool(np.isinf(sample).any()):
        raise ValueError("a sample holds finite values or NaN, got an infinite one")
    return sample


def moments_of(values: npt.ArrayLike) -> SampleMoments:
    """Return the moments of the values that are not NaN.

    Sums are exactly rounded, so neither the order of the values nor the CPU shows. Equal values have an sd of 0.
    """
    sample = as_sample(values)
    defined = sample[~np.isnan(sample)]
    n, n_dropped = int(defined.size), int(sample.size - defined.size)
    if n == 0:
        return SampleMoments(0, n_dropped, math.nan, math.nan)
    if n == 1:
        return SampleMoments(1, n_dropped, float(defined[0]), math.nan)
    if defined.min() == defined.max():
        return SampleMoments(n, n_dropped, float(defined[0]), 0.0)
    mean = math.fsum(defined.tolist()) / n
    squares = math.fsum(((defined - mean) ** 2).tolist())
    return SampleMoments(n, n_dropped, mean, math.sqrt(squares / (n - 1)))


def difference_beyond_rounding(
    left: npt.NDArray[np.float64] | np.float64, right: npt.NDArray[np.float64] | np.float64
) -> npt.NDArray[np.float64]:
    """Return left - right, with 0 where the two differ by floating-point rounding only; NaN stays NaN."""
    difference = np.asarray(left - right)
    scale = np.maximum(np.abs(left), np.abs(right))
    return np.where(np.abs(difference) <= ROUNDING_TOLERANCE * scale, 0.0, difference)


def t_quantile(level: float, degrees_of_freedom: float) -> float:
    """Return the t with P(|T| <= t) = level for `degrees_of_freedom` > 0 (need not be whole)."""
    return float(stdtrit(degrees_of_freedom, (1.0 + checked_level(level)) / 2.0))


def two_sided_p_value(t_statistic: float, degrees_of_freedom: float) -> float:
    """Return P(|T| >= |t_statistic|) for `degrees_of_freedom` > 0."""
    return min(1.0, 2.0 * float(stdtr(degrees_of_freedom, -abs(t_statistic))))
