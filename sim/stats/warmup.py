"""Whether the warm-up looks long enough: MSER-5 on a stock's change from one year to the next. It only warns."""

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
import numpy.typing as npt

from sim.stats.intervals import Interval, mean_interval
from sim.stats.moments import DEFAULT_LEVEL, ROUNDING_TOLERANCE, difference_beyond_rounding, moments_of
from sim.vocabulary import DAYS_PER_YEAR

BATCH_DAYS: Final = 5
"""The 5 of MSER-5: days per batch mean."""

SHORTEST_TAIL_BATCHES: Final = 5
"""Truncation leaves at least so many batches: a variance of fewer is small by chance."""

SHORTEST_SERIES_DAYS: Final = 2 * DAYS_PER_YEAR + 10 * BATCH_DAYS
"""One year is lost to differencing; what is left must be more than one year, with batches to spare."""

DEFAULT_RELATIVE_CHANGE: Final = 0.05
"""Change after the warm-up that matters, as a share of the last year's mean stock, unless the caller says otherwise."""


class WarmupReason(StrEnum):
    """Whether a truncation point could be found."""

    ASSESSED = "assessed"
    SERIES_TOO_SHORT = "series_too_short"
    TRUNCATION_BEYOND_HALF = "truncation_beyond_half"
    """MSER-5 would cut more than half of the series: too short to tell (Hoad, Robinson and Davies 2010)."""


class WarmupWarningCode(StrEnum):
    """What makes the warm-up look too short."""

    TRUNCATION_AFTER_WARMUP = "truncation_after_warmup"
    TRUNCATION_BEYOND_HALF = "truncation_beyond_half"
    STOCK_STILL_CHANGING = "stock_still_changing"
    """MSER-5 sees no longer start-up, but the stock still grows or shrinks from year to year (a tier overloaded?)."""


@dataclass(frozen=True)
class WarmupWarning:
    """A warm-up that looks too short, in days; the suggestion is in whole years, None where none can be named."""

    code: WarmupWarningCode
    warmup_days: int
    truncation_days: int | None
    suggested_warmup_days: int | None


@dataclass(frozen=True)
class WarmupAssessment:
    """What a stock's daily series says about the warm-up.

    `truncation_days` counts from the start of the run; it is None unless `reason` is `assessed`. `change_after_warmup`
    is the interval over replications of the last year's mean stock less that of the first year after the warm-up (same
    days of the year; 0 expected); undefined (NaN) below two replications or without a second year after the warm-up.
    """

    reason: WarmupReason
    warmup_days: int
    series_days: int
    replications: int
    truncation_days: int | None
    change_after_warmup: Interval
    warning: WarmupWarning | None


def mser_truncation(series: npt.ArrayLike, *, batch_size: int = BATCH_DAYS) -> int:
    """Return how many leading values MSER would drop, a multiple of `batch_size`.

    Batch means z_1..z_k are cut at the d that minimises sum over j > d of (z_j - mean)^2 / (k - d)^2, the smallest such
    d at a tie (within rounding). At least 5 batches are kept; a last part batch is ignored. `series` has shape (n,).
    ValueError if it is shorter than 5 batches or not finite. White 1997; batches of 5: White, Cobb and Spratt 2000.
    """
    values = np.asarray(series, dtype=np.float64)
    if values.ndim != 1 or not bool(np.isfinite(values).all()):
        raise ValueError("MSER needs a one-dimensional series of finite values")
    batch_count = values.size // batch_size
    if batch_count < SHORTEST_TAIL_BATCHES:
        raise ValueError(f"MSER needs {SHORTEST_TAIL_BATCHES * batch_size} values, got {values.size}")
    batches = values[: batch_count * batch_size].reshape(batch_count, batch_size).mean(axis=1)
    tails = [batches[d:] for d in range(batch_count - SHORTEST_TAIL_BATCHES + 1)]
    # The population variance over the count is the statistic: its divisor is the second count.
    statistics = np.array([float(tail.var()) / tail.size for tail in tails])
    rounding = (ROUNDING_TOLERANCE * float(np.abs(batches).max())) ** 2
    return int(np.argmax(statistics <= statistics.min() + rounding)) * batch_size


def assess_warmup(
    daily_stock: npt.ArrayLike,
    *,
    warmup_days: int,
    level: float = DEFAULT_LEVEL,
    relative_change: float = DEFAULT_RELATIVE_CHANGE,
) -> WarmupAssessment:
    """Say where a stock's start-up ends, and warn if the warm-up looks shorter.

    `daily_stock` has shape (days,) or (replications, days), day 0 the start of the run, warm-up included. Seasons drop
    out of y(t) - y(t - 365); day i of that series compares day i with day i + 365, so its truncation point counts from
    the start of the run. MSER-5 runs on the mean over replications. Since it takes the luck of single years for a
    start-up, two or more replications must agree: a warning then also needs `change_after_warmup` to exclude 0 at
    `level` and to exceed `relative_change` x the last year's mean stock. ValueError on a value that is not finite.
    """
    stock = np.atleast_2d(np.asarray(daily_stock, dtype=np.float64))
    if stock.ndim != 2 or not bool(np.isfinite(stock).all()):
        raise ValueError("a stock needs finite values of shape (days,) or (replications, days)")
    if warmup_days < 0:
        raise ValueError(f"a warm-up cannot be negative, got {warmup_days!r} days")
    replications, series_days = stock.shape
    first_year, last_year = _first_and_last_year(stock, warmup_days)
    change_after_warmup = mean_interval(difference_beyond_rounding(last_year, first_year), level=level)
    reason, truncation_days, warning = WarmupReason.SERIES_TOO_SHORT, None, None
    if replications > 0 and series_days >= SHORTEST_SERIES_DAYS:
        yearly_change = difference_beyond_rounding(stock[:, DAYS_PER_YEAR:], stock[:, :-DAYS_PER_YEAR])
        reason, truncation_days = _truncation(yearly_change.mean(axis=0))
        smallest_that_matters = relative_change * abs(moments_of(last_year).mean)
        is_changing = _is_changing(change_after_warmup, smallest_that_matters)
        warning = _warning(truncation_days, warmup_days, is_changing)
    return WarmupAssessment(
        reason=reason,
        warmup_days=warmup_days,
        series_days=series_days,
        replications=replications,
        truncation_days=truncation_days,
        change_after_warmup=change_after_warmup,
        warning=warning,
    )


def _first_and_last_year(
    stock: npt.NDArray[np.float64], warmup_days: int
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Mean stock per replication in the first year after the warm-up and on the same days whole years later."""
    days_after_warmup = stock.shape[1] - warmup_days
    window_days = min(DAYS_PER_YEAR, days_after_warmup - DAYS_PER_YEAR)
    if window_days < BATCH_DAYS:
        return np.empty(0), np.empty(0)
    years_between = (days_after_warmup - window_days) // DAYS_PER_YEAR
    first_day, last_first_day = warmup_days, warmup_days + years_between * DAYS_PER_YEAR
    first_year = stock[:, first_day : first_day + window_days].mean(axis=1)
    last_year = stock[:, last_first_day : last_first_day + window_days].mean(axis=1)
    return first_year, last_year


def _truncation(yearly_change: npt.NDArray[np.float64]) -> tuple[WarmupReason, int | None]:
    truncation_days = mser_truncation(yearly_change)
    if 2 * truncation_days > yearly_change.size:
        return WarmupReason.TRUNCATION_BEYOND_HALF, None
    return WarmupReason.ASSESSED, truncation_days


def _is_changing(change: Interval, smallest_that_matters: float) -> bool | None:
    """Whether the stock surely changes after the warm-up, and by how much matters; None where nobody can tell."""
    if math.isnan(change.half_width):
        return None
    return abs(change.mean) > max(change.half_width, smallest_that_matters)


def _warning(truncation_days: int | None, warmup_days: int, is_changing: bool | None) -> WarmupWarning | None:
    if is_changing is False:
        return None
    if truncation_days is None:
        return WarmupWarning(WarmupWarningCode.TRUNCATION_BEYOND_HALF, warmup_days, None, None)
    if truncation_days > warmup_days:
        suggested_days = math.ceil(truncation_days / DAYS_PER_YEAR) * DAYS_PER_YEAR
        code = WarmupWarningCode.TRUNCATION_AFTER_WARMUP
        return WarmupWarning(code, warmup_days, truncation_days, suggested_days)
    if is_changing:
        return WarmupWarning(WarmupWarningCode.STOCK_STILL_CHANGING, warmup_days, truncation_days, None)
    return None
