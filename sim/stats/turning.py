"""Which assumption carries a difference across a posterior, and which value of it would turn the difference around."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np
import numpy.typing as npt

from sim.stats.moments import DEFAULT_LEVEL, t_quantile
from sim.stats.variance_split import VarianceSplit

MOST_TERMS: Final = 5
FOLDS: Final = 10
LEAST_R2: Final = 0.1
"""Cross-validated share of variance below which nothing is said of any assumption."""
_WORTH_A_TERM: Final = 0.02
"""A regression with fewer terms is preferred if its cross-validated share is within this of the best."""

Columns = npt.NDArray[np.float64]


@dataclass(frozen=True)
class TurningTerm:
    """One assumption that carries a difference.

    `variance_share` is its part of the variance of the draws' means (Shapley value of R² among the terms);
    `standardised` the change of the difference, in standard deviations, for one of the assumption; `slope` in the units
    of both. `turning_value` is where the linear prediction is 0 with the other terms at their medians, with its
    `half_width` (delta method); `is_within` says whether that lies in the range of the draws, `low` to `high`.
    """

    parameter: str
    variance_share: float
    standardised: float
    slope: float
    low: float
    median: float
    high: float
    turning_value: float
    half_width: float
    is_within: bool


@dataclass(frozen=True)
class Turning:
    """What a linear regression of the draws' mean differences on the assumptions can say.

    `r2` is cross-validated, the choice of terms included; `attainable_r2` what noise leaves to be explained. `terms`
    are empty where either is below LEAST_R2: the difference hangs on no assumption in a way that this would show.
    """

    r2: float
    attainable_r2: float
    terms: tuple[TurningTerm, ...]


def turning_of(
    split: VarianceSplit, means: npt.NDArray[np.float64], parameters: Mapping[str, Sequence[float]]
) -> Turning:
    """Regress the draws' mean differences (draws,) on the parameters (by id, a number for each draw).

    Terms are chosen one by one, each the one that leaves the least unexplained, at most MOST_TERMS; how many, by
    cross-validation in FOLDS parts of the draws in turn, in which they are chosen anew (Hastie, Tibshirani and Friedman
    2009, 7.10). Draws without a value are left out. Parameters that do not vary are no candidates.
    """
    usable = np.isfinite(means)
    observed = means[usable]
    named = {name: np.asarray(column, dtype=np.float64)[usable] for name, column in parameters.items()}
    names = [name for name, column in named.items() if column.size and column.min() < column.max()]
    if not names or observed.size < 2 * FOLDS or observed.min() == observed.max():
        return Turning(math.nan, split.reliability, ())
    columns = np.column_stack([named[name] for name in names])
    by_terms = _cross_validated(columns, observed)
    best = max(by_terms)
    count = 1 + next(k for k, r2 in enumerate(by_terms) if r2 >= best - _WORTH_A_TERM)
    r2 = by_terms[count - 1]
    if not min(r2, split.reliability) >= LEAST_R2:
        return Turning(r2, split.reliability, ())
    chosen = _chosen(columns, observed, count)
    terms = _terms([names[k] for k in chosen], columns[:, chosen], observed)
    return Turning(r2, split.reliability, tuple(sorted(terms, key=lambda term: -term.variance_share)))


def _cross_validated(columns: Columns, observed: Columns) -> list[float]:
    """Return the cross-validated R² with 1, 2, … terms."""
    most = min(MOST_TERMS, columns.shape[1])
    missed, total = np.zeros(most), 0.0
    fold_of = np.arange(observed.size) % FOLDS
    for fold in range(FOLDS):
        kept, left = fold_of != fold, fold_of == fold
        chosen = _chosen(columns[kept], observed[kept], most)
        total += float(((observed[left] - observed[kept].mean()) ** 2).sum())
        for count in range(1, most + 1):
            terms = chosen[:count]
            fitted = _with_constant(columns[kept][:, terms])
            coefficients = np.linalg.lstsq(fitted, observed[kept], rcond=None)[0]
            predicted = _with_constant(columns[left][:, terms]) @ coefficients
            missed[count - 1] += float(((observed[left] - predicted) ** 2).sum())
    return [1.0 - float(part) / total for part in missed]


def _chosen(columns: Columns, observed: Columns, count: int) -> list[int]:
    """Choose columns one by one: each time the one whose part that the others do not explain explains most."""
    residual = observed - observed.mean()
    spread = columns.std(axis=0)
    left = (columns - columns.mean(axis=0)) / np.where(spread > 0.0, spread, 1.0)
    chosen: list[int] = []
    for _ in range(count):
        size = (left**2).sum(axis=0)
        is_new = size > 1e-9 * len(observed)
        gain = np.where(is_new, (left.T @ residual) ** 2 / np.where(is_new, size, 1.0), -1.0)
        best = int(np.argmax(gain))
        if gain[best] < 0.0:
            break
        chosen.append(best)
        direction = left[:, best] / math.sqrt(float(size[best]))
        residual = residual - direction * (direction @ residual)
        left = left - np.outer(direction, direction @ left)
    return chosen


def _terms(names: Sequence[str], columns: Columns, observed: Columns) -> list[TurningTerm]:
    design = _with_constant(columns)
    coefficients = np.linalg.lstsq(design, observed, rcond=None)[0]
    free = observed.size - design.shape[1]
    residual_variance = float(((observed - design @ coefficients) ** 2).sum()) / free
    covariance = residual_variance * np.linalg.inv(design.T @ design)
    shares = _shapley_shares(columns, observed)
    medians = np.median(columns, axis=0)
    terms = []
    for k, name in enumerate(names):
        slope = float(coefficients[k + 1])
        at_medians = np.concatenate([[1.0], medians])
        at_medians[k + 1] = 0.0
        turning = -float(at_medians @ coefficients) / slope
        # The gradient of the turning value by the coefficients.
        gradient = -at_medians / slope
        gradient[k + 1] = -turning / slope
        low, high = float(columns[:, k].min()), float(columns[:, k].max())
        terms.append(
            TurningTerm(
                parameter=name,
                variance_share=float(shares[k]),
                standardised=slope * float(columns[:, k].std(ddof=1) / observed.std(ddof=1)),
                slope=slope,
                low=low,
                median=float(medians[k]),
                high=high,
                turning_value=turning,
                half_width=t_quantile(DEFAULT_LEVEL, free) * math.sqrt(float(gradient @ covariance @ gradient)),
                is_within=low <= turning <= high,
            )
        )
    return terms


def _shapley_shares(columns: Columns, observed: Columns) -> npt.NDArray[np.float64]:
    """Return each column's gain of R², averaged over all orders in which the columns could be added."""
    count = columns.shape[1]
    r2 = {
        subset: _r2(columns[:, list(subset)], observed)
        for size in range(count + 1)
        for subset in combinations(range(count), size)
    }
    shares = np.zeros(count)
    for subset, explained in r2.items():
        weight = math.factorial(len(subset)) * math.factorial(count - len(subset) - 1) if len(subset) < count else 0
        for k in set(range(count)) - set(subset):
            with_it = tuple(sorted((*subset, k)))
            shares[k] += weight / math.factorial(count) * (r2[with_it] - explained)
    return shares


def _r2(columns: Columns, observed: Columns) -> float:
    if not columns.shape[1]:
        return 0.0
    design = _with_constant(columns)
    predicted = design @ np.linalg.lstsq(design, observed, rcond=None)[0]
    return 1.0 - float(((observed - predicted) ** 2).sum()) / float(((observed - observed.mean()) ** 2).sum())


def _with_constant(columns: Columns) -> Columns:
    return np.column_stack([np.ones(len(columns)), columns])
