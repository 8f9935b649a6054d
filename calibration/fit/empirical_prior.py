"""The prior of what follows from several parameters: known by draws alone."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from calibration.fit.priors import Array, Prior


@dataclass(frozen=True, slots=True)
class EmpiricalPrior(Prior):
    """The distribution of some draws; `ordered` (n,) rises, `levels` (n,) are the probabilities of at most each."""

    ordered: Array
    levels: Array

    @classmethod
    def of(cls, draws: npt.ArrayLike) -> "EmpiricalPrior":
        """Return the distribution of draws (n,); equal ones count as many. ValueError where all are equal."""
        values, counts = np.unique(np.asarray(draws, dtype=np.float64), return_counts=True)
        if len(values) < 2:
            raise ValueError("all draws are the same")
        below = np.cumsum(counts) - counts
        return cls(values, (below + counts / 2.0) / counts.sum())

    @property
    def own_scale_variance(self) -> float:
        """Variance of the draws."""
        weights = np.diff(np.concatenate([[0.0], self.levels[:-1] + np.diff(self.levels) / 2.0, [1.0]]))
        mean = float(weights @ self.ordered)
        return float(weights @ (self.ordered - mean) ** 2)

    def cdf(self, x: npt.ArrayLike) -> Array:
        """Probability of at most x, linear between draws."""
        return np.interp(np.asarray(x, dtype=np.float64), self.ordered, self.levels)

    def quantile(self, u: npt.ArrayLike) -> Array:
        """Inverse of the cdf; never beyond the draws."""
        return np.interp(np.asarray(u, dtype=np.float64), self.levels, self.ordered)

    def to_scale(self, x: npt.ArrayLike) -> Array:
        """Return normal scores of x."""
        return np.asarray(ndtri(self.cdf(x)))
