"""Splits the spread of an outcome over draws of a posterior into parameter uncertainty and replication noise.

The model is one-way random effects: x[d, r] = mean + a[d] + e[d, r], where a[d] is what the parameters of draw d do
(its variance is `between`) and e[d, r] the chance of one replication (its variance, a mean over draws, is `within`).
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr

from sim.stats.moments import DEFAULT_LEVEL, checked_level, t_quantile

FEWEST_DRAWS: Final = 20
"""With fewer, one draw is more than the twentieth that a verdict may leave aside."""
FEWEST_REPLICATIONS: Final = 2
"""One replication of each draw cannot tell noise from parameters."""


@dataclass(frozen=True)
class VarianceSplit:
    """The split of one outcome, in its unit; everything is NaN without two usable draws.

    `draws` are those used, `dropped` those in which some replication has no value. `half_width` is the Monte Carlo
    error of `mean` at `level`, from the draws being so few and each so little replicated. [`parameter_low`,
    `parameter_high`] holds the draws' own means at `level`, freed of noise, and [`predictive_low`, `predictive_high`]
    one replication of one draw. `freed` (draws,) are the draws' means freed of noise, `mean_noise` is the standard
    deviation of the noise that is left in their mean.
    """

    draws: int
    dropped: int
    replications: int
    level: float
    mean: float
    half_width: float
    within: float
    between: float
    parameter_low: float
    parameter_high: float
    predictive_low: float
    predictive_high: float
    freed: npt.NDArray[np.float64]
    mean_noise: float

    @property
    def parameter_share(self) -> float:
        """The share of the variance of one replication of one draw that is due to parameters; NaN without variance."""
        total = self.between + self.within
        return self.between / total if total > 0.0 else math.nan

    @property
    def reliability(self) -> float:
        """The share of the variance of the draws' means that is no noise: what a perfect regression could explain."""
        total = self.between + self.within / self.replications
        return self.between / total if total > 0.0 else math.nan

    def prob_above(self, bound: float) -> float:
        """Return the posterior probability that the outcome of a draw's parameters lies above a bound.

        The noise left in the mean of all draws moves them together: a draw counts with the probability that it stays
        above the bound. Without it, outcomes that parameters do not move would all be surely above or surely below.
        """
        return self._prob_positive(self.freed - bound)

    def prob_below(self, bound: float) -> float:
        """Return the posterior probability that it lies below a bound."""
        return self._prob_positive(bound - self.freed)

    def prob_positive(self) -> float:
        """Return the posterior probability that it is positive; exact zeros count half."""
        return (1.0 + self.prob_above(0.0) - self.prob_below(0.0)) / 2.0

    def _prob_positive(self, distance: npt.NDArray[np.float64]) -> float:
        if not distance.size:
            return math.nan
        if self.mean_noise > 0.0:
            return float(np.mean(ndtr(distance / self.mean_noise)))
        return float(np.mean(distance > 0.0))


def split_variance(values: npt.ArrayLike, level: float = DEFAULT_LEVEL) -> VarianceSplit:
    """Split values of shape (draws, replications), at least 2 replications; a draw with a NaN is left out.

    With m[d] the draws' means and R replications, Var m = between + within / R. Estimates are those of the analysis of
    variance (Searle, Casella and McCulloch 1992, 3.5), `between` no less than 0. The m[d] are spread too widely, by
    noise; multiplied about their mean by sqrt(between / (between + within / R)) they have the variance of a[d] and keep
    their shape (Louis 1984). ValueError on another shape.
    """
    table = np.asarray(values, dtype=np.float64)
    if table.ndim != 2 or table.shape[1] < FEWEST_REPLICATIONS:
        raise ValueError(f"draws by at least {FEWEST_REPLICATIONS} replications are wanted, got {table.shape}")
    checked_level(level)
    usable = table[np.isfinite(table).all(axis=1)]
    draws, replications = usable.shape
    dropped = len(table) - draws
    if draws < 2:
        nothing = (math.nan,) * 8
        return VarianceSplit(draws, dropped, replications, level, *nothing, np.empty(0), math.nan)
    means = usable.mean(axis=1)
    mean = float(means.mean())
    within = float(((usable - means[:, None]) ** 2).sum()) / (draws * (replications - 1))
    of_means = float(means.var(ddof=1))
    between = max(0.0, of_means - within / replications)
    widened = between + within / replications
    freed = mean + (means - mean) * (math.sqrt(between / widened) if widened > 0.0 else 0.0)
    parameter_low, parameter_high = _central(freed, level)
    predictive_low, predictive_high = _central(usable.ravel(), level)
    return VarianceSplit(
        draws=draws,
        dropped=dropped,
        replications=replications,
        level=level,
        mean=mean,
        half_width=t_quantile(level, draws - 1) * math.sqrt(of_means / draws),
        within=within,
        between=between,
        parameter_low=parameter_low,
        parameter_high=parameter_high,
        # One replication is no less uncertain than its parameters; that quantiles of few draws may say so is chance.
        predictive_low=min(predictive_low, parameter_low),
        predictive_high=max(predictive_high, parameter_high),
        freed=freed,
        mean_noise=math.sqrt(within / (draws * replications)),
    )


def joint_best_shares(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return by scenario the posterior probability that it has the highest value; equals share it.

    `values` (draws, replications, scenarios) without NaN. Draws' means are freed of noise jointly: with B and W the
    covariances between and within draws, of values about the scenarios' own mean, they are multiplied by the symmetric
    matrix A with A (B + W/R) A = B, which for two scenarios is the factor of `split_variance`. The noise left in the
    mean of all draws is put back as the replications show it, each draw's own deviation scaled to W / (draws R).
    """
    draws, replications, count = values.shape
    about = values - values.mean(axis=2, keepdims=True)
    means = about.mean(axis=1)
    deviations = about - means[:, None, :]
    within = np.einsum("drk,drl->kl", deviations, deviations) / (draws * (replications - 1))
    centre = means.mean(axis=0)
    of_means = (means - centre).T @ (means - centre) / (draws - 1)
    between = _with_eigenvalues(of_means - within / replications, lambda found: np.maximum(found, 0.0))
    freed = centre + (means - centre) @ _freeing(between, between + within / replications)
    noise = deviations[:, 0, :] / math.sqrt(draws * (replications - 1))
    noise = np.concatenate([noise, -noise])
    scale = float(np.abs(values).max())
    shares: npt.NDArray[np.float64] = np.zeros(count)
    for row in freed:
        moved = row + noise
        is_best = moved >= moved.max(axis=1, keepdims=True) - 1e-12 * scale
        shares += (is_best / is_best.sum(axis=1, keepdims=True)).mean(axis=0) / draws
    return shares


def _freeing(wanted: npt.NDArray[np.float64], present: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return the symmetric A with A present A = wanted (both symmetric, no eigenvalue below 0)."""
    root = _with_eigenvalues(present, lambda found: np.sqrt(np.maximum(found, 0.0)))
    inverse = _with_eigenvalues(present, _inverse_roots)
    middle = _with_eigenvalues(root @ wanted @ root, lambda found: np.sqrt(np.maximum(found, 0.0)))
    freeing: npt.NDArray[np.float64] = inverse @ middle @ inverse
    return freeing


def _inverse_roots(eigenvalues: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Directions without spread stay without it."""
    roots = np.zeros_like(eigenvalues)
    is_spread = eigenvalues > 1e-12 * max(float(eigenvalues.max()), 0.0)
    roots[is_spread] = 1.0 / np.sqrt(eigenvalues[is_spread])
    return roots


def _with_eigenvalues(
    matrix: npt.NDArray[np.float64], change: Callable[[npt.NDArray[np.float64]], npt.NDArray[np.float64]]
) -> npt.NDArray[np.float64]:
    eigenvalues, vectors = np.linalg.eigh(matrix)
    changed: npt.NDArray[np.float64] = (vectors * change(eigenvalues)) @ vectors.T
    return changed


def _central(sample: npt.NDArray[np.float64], level: float) -> tuple[float, float]:
    tail = (1.0 - level) / 2.0
    low, high = np.quantile(sample, [tail, 1.0 - tail], method="median_unbiased")
    return float(low), float(high)
