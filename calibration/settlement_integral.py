"""The share of disputes that fail a list of sessions: an equicorrelated normal probability, averaged over difficulty.

Both integrals are trapezoid sums over a normal cut at nine standard deviations, which converge exponentially as long
as the step resolves the integrand; the steps below do so for any correlation, 0 and 1 included.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_expit, log_ndtr, ndtr, ndtri_exp

Array = NDArray[np.float64]

_REACH: Final = 9.0
"""Standard deviations at which normal integrals are cut (2e-19 of mass is left out)."""
_LARGEST_STEP: Final = 0.5
_LARGEST_STEP_TIMES_SD: Final = 1.2
"""A logistic curve met by a normal of spread sd is resolved by steps of at most this over sd."""
_SMOOTH_GIVEN_SHARED: Final = 0.5
"""Below this correlation the curves met given the shared noise, ∫ φ(a) Π_s Φ((g_s − √ρ·a)/√(1 − ρ)) da, are no steeper
than 1."""


@dataclass(frozen=True, slots=True)
class CategoryDifficulty:
    """A category's share of disputes, and the mean and spread of its normal difficulty (logit, before centring)."""

    share: float
    mean_logit: float
    sd_logit: float


@dataclass(frozen=True, slots=True)
class DifficultyGrid:
    """Nodes of difficulty and their weights, both (categories, nodes); weights sum to 1 over both."""

    theta: Array
    weight: Array

    @classmethod
    def of(cls, categories: Sequence[CategoryDifficulty], refinement: int) -> Self:
        """Grid of the mixture, its means centred to an overall 0; `refinement` divides the step."""
        share = np.array([category.share for category in categories])
        mean = np.array([category.mean_logit for category in categories])
        sd = np.array([category.sd_logit for category in categories])
        share = share / share.sum()
        step = min(_LARGEST_STEP, _LARGEST_STEP_TIMES_SD / max(float(sd.max()), 1e-9)) / refinement
        nodes, weight = _normal_nodes(step)
        theta = (mean - (share * mean).sum())[:, None] + sd[:, None] * nodes[None, :]
        return cls(theta, share[:, None] * weight[None, :])

    def mean(self, values: Array) -> float:
        """Mean over disputes of values of shape (categories, nodes)."""
        return float((self.weight * values).sum())


def noise_threshold(shortfall_logit: Array) -> Array:
    """Normal score that settlement noise must exceed to make up a shortfall: Φ⁻¹(logistic(x)), exact in both tails."""
    return -np.sign(shortfall_logit) * ndtri_exp(log_expit(-np.abs(shortfall_logit)))


@dataclass(frozen=True, slots=True)
class FailedSessions:
    """The sessions that a dispute has failed, lowest first, as what comes next needs them.

    Sessions fail together iff equicorrelated standard normals Z_s = √ρ·A + √(1 − ρ)·B_s all stay at or below their
    thresholds. thresholds: (sessions, ...); log_fail_given_shared: (..., nodes of A), the log of Π_s P(fail | A), kept
    for ρ below a half, where another session only adds to it.
    """

    noise_correlation: float
    refinement: int
    thresholds: Array
    log_fail_given_shared: Array | None

    @classmethod
    def none(cls, shape: tuple[int, ...], noise_correlation: float, refinement: int) -> Self:
        """No session yet; `shape` is that of the disputes."""
        nodes, _ = _normal_nodes(_LARGEST_STEP / refinement)
        kept = np.zeros((*shape, len(nodes))) if noise_correlation < _SMOOTH_GIVEN_SHARED else None
        return cls(noise_correlation, refinement, np.empty((0, *shape)), kept)

    def and_then(self, thresholds: Array) -> Self:
        """Those sessions and further ones with thresholds (sessions, ...)."""
        kept = self.log_fail_given_shared
        if kept is not None:
            nodes, _ = _normal_nodes(_LARGEST_STEP / self.refinement)
            shared, own = np.sqrt(self.noise_correlation), np.sqrt(1.0 - self.noise_correlation)
            kept = kept + log_ndtr((thresholds[..., None] - shared * nodes) / own).sum(axis=0)
        return replace(self, thresholds=np.concatenate([self.thresholds, thresholds]), log_fail_given_shared=kept)

    def prob(self) -> Array:
        """Probability that all of them fail, (...); 1 for no session."""
        if len(self.thresholds) == 0:
            return np.ones(self.thresholds.shape[1:])
        nodes, weight = _normal_nodes(_LARGEST_STEP / self.refinement)
        if self.log_fail_given_shared is not None:
            return np.asarray((np.exp(self.log_fail_given_shared) * weight).sum(axis=-1))
        shared, own = np.sqrt(self.noise_correlation), np.sqrt(1.0 - self.noise_correlation)
        return _given_worst_own_noise(self.thresholds, shared, own, nodes, float(nodes[1] - nodes[0]))


def _given_worst_own_noise(thresholds: Array, shared: float, own: float, nodes: Array, step: float) -> Array:
    """The same integral by parts, smooth for ρ from a half up to 1.

    With g the lowest threshold, a = (g − √(1 − ρ)·u)/√ρ and F(u) = Π_s Φ(u + (g_s − g)/√(1 − ρ)) it is
    ∫ Φ((g − √(1 − ρ)·u)/√ρ) F'(u) du.
    """
    lowest = thresholds.min(axis=0)
    distance = thresholds - lowest
    slack = distance / own if own > 0.0 else np.where(distance > 0.0, np.inf, 0.0)
    scores = slack[..., None] + nodes
    log_fail = log_ndtr(scores)
    log_density = -0.5 * scores**2 - 0.5 * np.log(2.0 * np.pi)
    derivative = np.exp(log_density + log_fail.sum(axis=0) - log_fail).sum(axis=0)
    return np.asarray((ndtr((lowest[..., None] - own * nodes) / shared) * derivative).sum(axis=-1) * step)


def _normal_nodes(largest_step: float) -> tuple[Array, Array]:
    """Equally spaced nodes over ±9 standard deviations and normal weights that sum to 1."""
    nodes = np.linspace(-_REACH, _REACH, 2 * int(np.ceil(_REACH / largest_step)) + 1)
    density = np.exp(-0.5 * nodes**2)
    return nodes, density / density.sum()
