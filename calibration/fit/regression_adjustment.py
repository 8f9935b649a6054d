"""Regression-adjusted approximate Bayesian computation on one reference table.

Each accepted row is moved to where it would be, had its statistics been the observed ones: by a local linear regression
of the parameters (Beaumont, Zhang & Balding 2002, Genetics 162, 2025-2035), and by the ratio of the residual spread
there to that at the row, log-linear in the statistics (Blum & Francois 2010, Statistics and Computing 20, 63-73).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from calibration.fit.local_regression import (
    Neighbourhood,
    neighbourhood,
    regressors,
    robust_scales,
    weighted_coefficients,
)

Array = npt.NDArray[np.float64]

SMALLEST_RESIDUAL: Final = 0.01
"""Residuals count as at least this part of their standard deviation, lest the logarithm of one near 0 tilt all."""


@dataclass(frozen=True, slots=True)
class AdjustedRows:
    """The accepted rows of a reference table, moved to the observed statistics.

    `rows` (m,) are their positions in the table, increasing; `weights` (m,) sum to 1; `parameters` (m, p) are on the
    unbounded scale.
    """

    rows: npt.NDArray[np.intp]
    weights: Array
    parameters: Array

    def mean(self) -> Array:
        """Posterior means (p,) on the unbounded scale."""
        return np.asarray(np.einsum("m,mp->p", self.weights, self.parameters))

    def rank(self, values: Array) -> Array:
        """Posterior probability (p,) of at most the values (p,): uniform, if they were drawn as the rows were."""
        return np.asarray(np.einsum("m,mp->p", self.weights, (self.parameters <= values).astype(np.float64)))

    def chosen_rows(self, draws: int) -> npt.NDArray[np.intp]:
        """Positions (draws,) in `rows` of an equally weighted sample, in the order of the table.

        Systematic resampling (Douc, Cappe & Moulines 2005) from the middle of each step: a row of weight w is taken
        floor or ceil of w x draws times. Without chance, and so the same for the same rows.
        """
        steps = (np.arange(draws) + 0.5) / draws
        shares = np.cumsum(self.weights)
        return np.minimum(np.searchsorted(shares / shares[-1], steps), len(self.weights) - 1)

    def resampled(self, draws: int) -> Array:
        """Return an equally weighted sample (draws, p) on the unbounded scale; a row may come more than once."""
        return self.parameters[self.chosen_rows(draws)]


def adjust(parameters: Array, statistics: Array, observed: Array, accepted_share: float) -> AdjustedRows:
    """Posterior of parameters (n, p), on the unbounded scale, given the observed statistics (s,).

    `statistics` (n, s) are those of the simulated rows with the error of the targets added, on the targets' error
    scales. ValueError if shapes do not fit, a statistic is constant or repeats others, or too few rows are accepted for
    the regression. Says nothing about whether the observed lie where the rows do: ask `conflicts` first.
    """
    check_shapes(parameters, statistics, observed, accepted_share)
    scales = robust_scales(statistics)
    return adjust_near(parameters, neighbourhood(statistics / scales, observed / scales, accepted_share))


def adjust_near(parameters: Array, near: Neighbourhood) -> AdjustedRows:
    """Posterior of parameters (n, p) from the accepted rows of a neighbourhood; see `adjust`."""
    columns = regressors(near.offsets)
    weights = near.weights
    accepted = parameters[near.rows]
    coefficients = weighted_coefficients(columns, accepted, weights)
    residuals = accepted - columns @ coefficients
    floor = (SMALLEST_RESIDUAL**2) * np.einsum("m,mp->p", weights, residuals**2)
    squares = np.maximum(residuals**2, np.maximum(floor, np.finfo(np.float64).tiny))
    slopes = weighted_coefficients(columns, np.log(squares), weights)[1:]
    # Fitted residuals are smaller than errors, by the share of the rows that the coefficients take up.
    freedom = 1.0 - columns.shape[1] * np.einsum("m,m->", weights, weights)
    moved = residuals * np.exp(-0.5 * np.einsum("ms,sp->mp", near.offsets, slopes)) / np.sqrt(freedom)
    return AdjustedRows(near.rows, weights, coefficients[0] + moved)


def expected_given(
    table: Array,
    statistics: Array,
    observed: Array,
    conditioned_on: Sequence[int],
    stated: Array,
    accepted_share: float,
) -> Array:
    """Parameters expected given the observed statistics (s,) and other parameters at stated values.

    `table` (n, p) and `stated` (c,), one for each column of `conditioned_on`, are on the unbounded scale. Returns one
    value for each remaining column of the table, in its order, on that scale: a local linear regression at that point.
    A stated value beyond all accepted rows is taken at the farthest of them, since nothing is known there. ValueError
    as in `adjust`.
    """
    check_shapes(table, statistics, observed, accepted_share)
    scales = robust_scales(statistics)
    near = neighbourhood(statistics / scales, observed / scales, accepted_share)
    conditions = table[near.rows][:, list(conditioned_on)]
    reachable = np.clip(stated, conditions.min(axis=0), conditions.max(axis=0))
    remaining = [column for column in range(table.shape[1]) if column not in set(conditioned_on)]
    columns = regressors(np.hstack([near.offsets, conditions - reachable]))
    return np.asarray(weighted_coefficients(columns, table[near.rows][:, remaining], near.weights)[0])


def check_shapes(parameters: Array, statistics: Array, observed: Array, accepted_share: float) -> None:
    """Raise ValueError unless table, statistics and observed fit each other and the share lies in (0, 1]."""
    rows, count = statistics.shape
    if len(parameters) != rows or observed.shape != (count,):
        raise ValueError(
            f"{len(parameters)} rows of parameters, {rows} of {count} statistics, {observed.shape} observed"
        )
    if not 0.0 < accepted_share <= 1.0:
        raise ValueError(f"accepted_share must lie in (0, 1]: {accepted_share}")
