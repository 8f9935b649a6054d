"""Pairs of parameters that the posterior cannot tell apart: the figures fix a combination of both, neither alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb, sqrt
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.special import stdtrit

Array = npt.NDArray[np.float64]

INSEPARABLE_FROM: Final = 0.7
"""Parameters whose correlation is at least this cannot be told apart: one explains half of the other's variance."""
CHANCE_LEVEL: Final = 0.01


@dataclass(frozen=True, slots=True)
class Pair:
    """Two parameters, by name in the order given, and their correlation in the posterior."""

    first: str
    second: str
    correlation: float


def correlations(draws: Array, weights: Array | None = None) -> Array:
    """Correlations (p, p) of posterior draws (n, p) on the unbounded scale, equally weighted without weights (n,).

    A parameter that never changes is correlated with nothing but itself.
    """
    each = np.full(len(draws), 1.0 / len(draws)) if weights is None else weights / weights.sum()
    centred = draws - np.einsum("n,np->p", each, draws)
    covariance = np.einsum("n,np,nq->pq", each, centred, centred)
    # A spread of rounding errors would be divided by itself.
    scale = np.where(np.ptp(draws, axis=0) > 0.0, np.sqrt(np.diag(covariance)), np.inf)
    matrix = covariance / np.outer(scale, scale)
    np.fill_diagonal(matrix, 1.0)
    return np.asarray(np.clip(matrix, -1.0, 1.0))


def inseparable_pairs(draws: Array, names: Sequence[str], weights: Array | None = None) -> tuple[Pair, ...]:
    """Return the pairs with a correlation of at least INSEPARABLE_FROM either way, the closest first, then by order."""
    matrix = correlations(draws, weights)
    pairs = [
        Pair(names[i], names[j], float(matrix[i, j]))
        for i, j in combinations(range(len(names)), 2)
        if abs(matrix[i, j]) >= INSEPARABLE_FROM
    ]
    return tuple(sorted(pairs, key=lambda pair: -abs(pair.correlation)))


def chance_correlation(effective_draws: float, parameters: int) -> float:
    """Return what the greatest correlation among independent parameters stays below with a probability of 0.99.

    From the t distribution of a correlation of normal draws, every pair counted (Bonferroni). `effective_draws` is
    their number, or 1 / the sum of squared weights. ValueError for fewer than 3 draws or 2 parameters.
    """
    if effective_draws < 3 or parameters < 2:
        raise ValueError(f"{effective_draws} draws of {parameters} parameters have no correlation by chance")
    freedom = effective_draws - 2.0
    t = float(stdtrit(freedom, 1.0 - CHANCE_LEVEL / (2 * comb(parameters, 2))))
    return t / sqrt(freedom + t**2)
