"""How well a fit recovers parameters that are known, each row of the reference table being taken for the data in turn.

This tests the code and what figures of this kind can tell; it says nothing about whether the model is right.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.special import bdtr

from calibration.fit.local_regression import neighbourhood, robust_scales
from calibration.fit.priors import Prior
from calibration.fit.regression_adjustment import AdjustedRows, adjust_near, check_shapes

Array = npt.NDArray[np.float64]

INFORMED_FROM: Final = 0.5
"""A parameter is informed if its median contraction over synthetic data sets is at least this: fixed before any fit."""
COVERAGE_LEVELS: Final = (0.5, 0.9)
BOUND_LEVEL: Final = 0.99
"""How often a coverage share of the right size lies within its binomial bounds."""


@dataclass(frozen=True, slots=True)
class SyntheticCheck:
    """What fits of synthetic data sets make of p parameters, one line for each data set.

    `contractions` (d, p) are 1 - posterior variance / prior variance on each parameter's own scale; `ranks` (d, p) the
    posterior probability of at most the true value.
    """

    contractions: Array
    ranks: Array

    @property
    def count(self) -> int:
        """Number of synthetic data sets."""
        return len(self.ranks)

    @property
    def median_contraction(self) -> Array:
        """Median (p,) over the data sets."""
        return np.asarray(np.median(self.contractions, axis=0), dtype=np.float64)

    @property
    def informed(self) -> npt.NDArray[np.bool_]:
        """Whether each parameter (p,) is informed, by the rule fixed beforehand."""
        return self.median_contraction >= INFORMED_FROM

    def coverage(self, level: float) -> Array:
        """Shares (p,) of the data sets whose central interval of that level holds the true value."""
        return np.asarray(np.mean(np.abs(self.ranks - 0.5) <= level / 2.0, axis=0), dtype=np.float64)

    def coverage_ok(self) -> npt.NDArray[np.bool_]:
        """Whether the 50 % and the 90 % interval of each parameter (p,) cover as often as they say, within chance."""
        within = np.ones(self.ranks.shape[1], dtype=np.bool_)
        for level in COVERAGE_LEVELS:
            low, high = coverage_bounds(level, self.count)
            within &= (low <= self.coverage(level)) & (self.coverage(level) <= high)
        return within


def coverage_bounds(level: float, count: int) -> tuple[float, float]:
    """Binomial 99 % bounds of the share of `count` intervals of a level that hold the truth."""
    tail = (1.0 - BOUND_LEVEL) / 2.0
    at_most = bdtr(np.arange(count + 1), count, level)
    low, high = np.searchsorted(at_most, [tail, 1.0 - tail])
    return float(low) / count, float(high) / count


def contraction(posterior: AdjustedRows, priors: Sequence[Prior]) -> Array:
    """1 - posterior variance / prior variance (p,) on each parameter's own scale; below 0 where the spread grew."""
    own = np.column_stack(
        [
            prior.to_own_scale(prior.from_scale(column))
            for prior, column in zip(priors, posterior.parameters.T, strict=True)
        ]
    )
    mean = np.einsum("m,mp->p", posterior.weights, own)
    variance = np.einsum("m,mp->p", posterior.weights, (own - mean) ** 2)
    return np.asarray(1.0 - variance / np.array([prior.own_scale_variance for prior in priors]), dtype=np.float64)


def evenly_spaced(rows: int, count: int) -> npt.NDArray[np.intp]:
    """Positions (count,) of rows spread evenly over a table; ValueError if it has fewer."""
    if not 0 < count <= rows:
        raise ValueError(f"{count} of {rows} rows cannot be chosen")
    return np.arange(count, dtype=np.intp) * rows // count


def leave_one_out(
    parameters: Array, statistics: Array, priors: Sequence[Prior], accepted_share: float, count: int
) -> SyntheticCheck:
    """Fit each of `count` evenly spaced rows of the table, its noisy statistics taken for the data, on all other rows.

    `parameters` (n, p) are on the unbounded scale of `priors`, `statistics` (n, s) as in `adjust`, which also says what
    raises ValueError.
    """
    check_shapes(parameters, statistics, statistics[0], accepted_share)
    scaled = statistics / robust_scales(statistics)
    chosen = evenly_spaced(len(scaled), count)
    contractions = np.empty((count, parameters.shape[1]))
    ranks = np.empty_like(contractions)
    for line, row in enumerate(chosen):
        posterior = adjust_near(parameters, neighbourhood(scaled, scaled[row], accepted_share, leave_out=int(row)))
        contractions[line] = contraction(posterior, priors)
        ranks[line] = posterior.rank(parameters[row])
    return SyntheticCheck(contractions, ranks)
