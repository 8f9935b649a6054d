"""Prior distributions of parameters, and the two scales on which they are inferred and judged."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from math import log
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq
from scipy.special import ndtr, ndtri

from sim.specification.schema import targets as stated

Array = npt.NDArray[np.float64]

FARTHEST_SCORE: Final = 8.0
"""Normal scores beyond this are taken at it: a probability of 1e-15, which a double near 1 can still be short of it."""


class Prior(ABC):
    """A prior of one parameter; all functions are elementwise and increasing, in the parameter's unit."""

    __slots__ = ()

    @property
    @abstractmethod
    def own_scale_variance(self) -> float:
        """Variance of the prior on its own scale."""

    @abstractmethod
    def cdf(self, x: npt.ArrayLike) -> Array:
        """Probability of at most x."""

    @abstractmethod
    def quantile(self, u: npt.ArrayLike) -> Array:
        """Return what is not exceeded with probability u, in (0, 1)."""

    def to_scale(self, x: npt.ArrayLike) -> Array:
        """Return normal scores of x, the unbounded scale of inference: a draw of the prior is standard normal on it."""
        return np.clip(ndtri(self.cdf(x)), -FARTHEST_SCORE, FARTHEST_SCORE)

    def from_scale(self, y: npt.ArrayLike) -> Array:
        """Values with the normal scores y, whatever they are inside the prior's support."""
        return self.quantile(ndtr(np.clip(np.asarray(y, dtype=np.float64), -FARTHEST_SCORE, FARTHEST_SCORE)))

    def to_own_scale(self, x: npt.ArrayLike) -> Array:
        """Return x on the scale on which contraction is measured: log for a lognormal, natural for the others."""
        return np.asarray(x, dtype=np.float64)


@dataclass(frozen=True, slots=True)
class UniformPrior(Prior):
    """Uniform between low and high; ValueError unless low < high."""

    low: float
    high: float

    def __post_init__(self) -> None:
        if not self.low < self.high:
            raise ValueError(f"not in order, or without width: {self.low}, {self.high}")

    @property
    def own_scale_variance(self) -> float:
        """Variance of the prior."""
        return (self.high - self.low) ** 2 / 12.0

    def cdf(self, x: npt.ArrayLike) -> Array:
        """Probability of at most x."""
        return np.clip((np.asarray(x, dtype=np.float64) - self.low) / (self.high - self.low), 0.0, 1.0)

    def quantile(self, u: npt.ArrayLike) -> Array:
        """Inverse of the cdf."""
        return np.clip(self.low + (self.high - self.low) * np.asarray(u, dtype=np.float64), self.low, self.high)


@dataclass(frozen=True, slots=True)
class TriangularPrior(Prior):
    """Triangular between low and high with its peak at the mode, which may be an end; ValueError if not in order."""

    low: float
    mode: float
    high: float

    def __post_init__(self) -> None:
        if not (self.low <= self.mode <= self.high and self.low < self.high):
            raise ValueError(f"not in order, or without width: {self.low}, {self.mode}, {self.high}")

    @property
    def own_scale_variance(self) -> float:
        """Variance of the prior."""
        width, left = self.high - self.low, self.mode - self.low
        return (width**2 - width * left + left**2) / 18.0

    def cdf(self, x: npt.ArrayLike) -> Array:
        """Probability of at most x."""
        inside = np.clip(np.asarray(x, dtype=np.float64), self.low, self.high)
        width, left, right = self.high - self.low, self.mode - self.low, self.high - self.mode
        below = (inside - self.low) ** 2 / (width * left) if left > 0 else np.zeros_like(inside)
        above = 1.0 - (self.high - inside) ** 2 / (width * right) if right > 0 else np.ones_like(inside)
        return np.where(inside < self.mode, below, above)

    def quantile(self, u: npt.ArrayLike) -> Array:
        """Inverse of the cdf."""
        share = np.asarray(u, dtype=np.float64)
        width, left, right = self.high - self.low, self.mode - self.low, self.high - self.mode
        below = self.low + np.sqrt(share * width * left)
        above = self.high - np.sqrt((1.0 - share) * width * right)
        return np.clip(np.where(share * width < left, below, above), self.low, self.high)


@dataclass(frozen=True, slots=True)
class LognormalPrior(Prior):
    """Lognormal by its median and the standard deviation of its logarithm; ValueError unless both are positive."""

    median: float
    sigma: float

    def __post_init__(self) -> None:
        if not (self.median > 0 and self.sigma > 0):
            raise ValueError(f"median and sigma must be positive: {self.median}, {self.sigma}")

    @property
    def own_scale_variance(self) -> float:
        """Variance of the logarithm."""
        return self.sigma**2

    def cdf(self, x: npt.ArrayLike) -> Array:
        """Probability of at most x, which is positive."""
        return np.asarray(ndtr(self.to_scale(x)))

    def quantile(self, u: npt.ArrayLike) -> Array:
        """Inverse of the cdf."""
        return self.from_scale(ndtri(np.asarray(u, dtype=np.float64)))

    def to_scale(self, x: npt.ArrayLike) -> Array:
        """Return normal scores of x: its logarithm, centred and scaled."""
        return (self.to_own_scale(x) - log(self.median)) / self.sigma

    def from_scale(self, y: npt.ArrayLike) -> Array:
        """Values with the normal scores y, all positive."""
        return self.median * np.exp(self.sigma * np.asarray(y, dtype=np.float64))

    def to_own_scale(self, x: npt.ArrayLike) -> Array:
        """Logarithm of x."""
        return np.log(np.asarray(x, dtype=np.float64))


def lognormal_within(median: float, low: float, high: float, share: float = 0.9) -> LognormalPrior:
    """Return the lognormal of that median with exactly `share` of its probability between low and high.

    The range need not be symmetric about the median on the log scale. ValueError unless 0 < low < median < high.
    """
    if not 0 < low < median < high:
        raise ValueError(f"not 0 < low < median < high: {low}, {median}, {high}")
    below, above = log(low / median), log(high / median)
    nearest, farthest = sorted((-below, above))
    score = float(ndtri(0.5 + share / 2.0))

    def excess(sigma: float) -> float:
        return float(ndtr(above / sigma) - ndtr(below / sigma)) - share

    # The range holds what lies within the nearer end on both sides, and no more than what lies within the farther one.
    narrowest, widest = nearest / score, farthest / score
    if excess(narrowest) <= 0.0 or excess(widest) >= 0.0:
        # Both are one but for rounding: the range is symmetric.
        return LognormalPrior(median, narrowest)
    return LognormalPrior(median, float(brentq(excess, narrowest, widest, xtol=1e-15)))


def prior_of(block: stated.Prior) -> Prior:
    """Return the distribution that a prior of a targets file states."""
    match block:
        case stated.UniformPrior():
            return UniformPrior(block.low, block.high)
        case stated.TriangularPrior():
            return TriangularPrior(block.low, block.mode, block.high)
        case stated.LognormalPrior():
            low, high = block.within_90
            return lognormal_within(block.median, low, high)
