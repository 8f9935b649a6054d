"""Weighted regression on the statistics of the rows nearest to the observed ones."""

from dataclasses import dataclass
from math import ceil
from typing import Final

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Rows = npt.NDArray[np.intp]

MAD_TO_SD: Final = 1.4826
"""Median absolute deviation of a normal distribution, times this, is its standard deviation."""
WORST_CONDITION: Final = 1e-10
"""Regressors are independent if the least eigenvalue of their correlations is more than this part of the greatest."""


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """The accepted rows, in the order of the table, their weights (m,) that sum to 1, and their offsets.

    `offsets` (m, s) are the scaled differences of their statistics from the observed ones.
    """

    rows: Rows
    weights: Array
    offsets: Array


def robust_scales(statistics: Array) -> Array:
    """Spread (s,) of each column of statistics (n, s): its MAD, made comparable with a standard deviation.

    A column whose MAD is 0 is scaled by its standard deviation. ValueError for one that never changes or is not finite.
    """
    if not np.all(np.isfinite(statistics)):
        raise ValueError(f"statistics are not finite in {int(np.sum(~np.isfinite(statistics).all(axis=1)))} rows")
    spread = MAD_TO_SD * np.median(np.abs(statistics - np.median(statistics, axis=0)), axis=0)
    spread = np.where(spread > 0.0, spread, np.std(statistics, axis=0))
    constant = np.flatnonzero(~(np.ptp(statistics, axis=0) > 0.0))
    if constant.size:
        raise ValueError(f"the same in every row of the table, so it tells nothing: statistics {constant.tolist()}")
    return np.asarray(spread, dtype=np.float64)


def neighbourhood(scaled: Array, observed: Array, accepted_share: float, leave_out: int | None = None) -> Neighbourhood:
    """Accept the nearest share of rows, with Epanechnikov weights over their distance from the observed.

    `scaled` (n, s) and `observed` (s,) are in the units of `robust_scales`; one row may be left out. The bandwidth is
    the distance of the first row that is not accepted, so that every accepted row counts.
    """
    offsets = scaled - observed
    distances = np.sqrt(np.einsum("ns,ns->n", offsets, offsets))
    eligible = len(distances)
    if leave_out is not None:
        distances[leave_out] = np.inf
        eligible -= 1
    count = min(ceil(accepted_share * eligible), eligible - 1)
    bandwidth = np.partition(distances, count)[count]
    rows = np.flatnonzero(distances < bandwidth)
    weights = 1.0 - (distances[rows] / bandwidth) ** 2
    return Neighbourhood(rows, weights / weights.sum(), offsets[rows])


def regressors(offsets: Array) -> Array:
    """Columns (m, 1 + s) of a linear regression on the offsets (m, s): a constant, whose coefficient holds at 0, first.

    No squares and products: over five test problems they made coverage better here and worse there.
    """
    return np.column_stack([np.ones(len(offsets)), offsets])


def weighted_coefficients(columns: Array, responses: Array, weights: Array) -> Array:
    """Coefficients (c, p) of the weighted least squares of responses (m, p) on columns (m, c), the first a constant.

    Solved by the normal equations of centred and scaled columns, by sums that do not depend on threads. ValueError if
    the columns are not independent, or as many as the rows.
    """
    if len(columns) <= columns.shape[1]:
        raise ValueError(f"{len(columns)} rows accepted for {columns.shape[1]} coefficients: accept a larger share")
    centre = np.einsum("m,mc->c", weights, columns[:, 1:])
    spread = np.sqrt(np.einsum("m,mc->c", weights, (columns[:, 1:] - centre) ** 2))
    if not np.all(spread > 0.0):
        raise ValueError("a regressor does not change among the accepted rows")
    standard = (columns[:, 1:] - centre) / spread
    weighted = weights[:, None] * standard
    correlations = np.einsum("mc,md->cd", weighted, standard)
    eigenvalues = np.linalg.eigvalsh(correlations)
    if eigenvalues[0] < WORST_CONDITION * eigenvalues[-1]:
        raise ValueError("the regressors are not independent among the accepted rows: a statistic repeats others")
    mean = np.einsum("m,mp->p", weights, responses)
    slopes = np.linalg.solve(correlations, np.einsum("mc,mp->cp", weighted, responses)) / spread[:, None]
    return np.vstack([mean - centre @ slopes, slopes])
