"""The share of disputes that fail a list of sessions: an equicorrelated normal probability, averaged over difficulty.

Both integrals are trapezoid sums over a normal cut at nine standard deviations, which converge exponentially as long
as the step resolves the integrand; the steps below do so for any correlation, 0 and 1 included.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_expit, log_ndtr, ndtr, ndtri_exp

Array = NDArray[np.float64]

_REACH: Final = 9.0
"""Standard deviations at which normal integrals are cut (2e-19 of mass is left out)."""
_LARGEST_STEP: Final = 0.25
_LARGEST_STEP_TIMES_SD: Final = 0.6
"""A logistic curve met by a normal of spread sd is resolved by steps of at most this over sd."""


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


def all_fail_prob(thresholds: Array, noise_correlation: float, refinement: int) -> Array:
    """Probability that equicorrelated standard normals Z_s = √ρ·A + √(1 − ρ)·B_s all stay at or below thresholds.

    Thresholds have shape (sessions, ...); the result has the shape behind the first axis, 1 for no sessions.
    """
    if len(thresholds) == 0:
        return np.ones(thresholds.shape[1:])
    nodes, weight = _normal_nodes(_LARGEST_STEP / refinement)
    shared, own = np.sqrt(noise_correlation), np.sqrt(1.0 - noise_correlation)
    if noise_correlation < 0.5:
        return _given_shared_noise(thresholds, shared, own, nodes, weight)
    return _given_worst_own_noise(thresholds, shared, own, nodes, float(nodes[1] - nodes[0]))


def _given_shared_noise(thresholds: Array, shared: float, own: float, nodes: Array, weight: Array) -> Array:
    """∫ φ(a) Π_s Φ((g_s − √ρ·a)/√(1 − ρ)) da: its curves are no steeper than 1 for ρ up to a half."""
    log_fail = log_ndtr((thresholds[..., None] - shared * nodes) / own).sum(axis=0)
    return np.asarray((np.exp(log_fail) * weight).sum(axis=-1))


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
