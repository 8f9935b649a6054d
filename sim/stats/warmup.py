"""Whether the warm-up looks long enough: MSER-5 on a stock's change from one year to the next. It only warns."""

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
import numpy.typing as npt

from sim.stats.intervals import Interval, mean_interval
from sim.stats.moments import DEFAULT_LEVEL
from sim.vocabulary import DAYS_PER_YEAR

BATCH_DAYS: Final = 5
"""The 5 of MSER-5: days per batch mean."""

SHORTEST_TAIL_BATCHES: Final = 5
"""Truncation leaves at least so many batches: a variance of fewer is small by chance."""

SHORTEST_SERIES_DAYS: Final = 2 * DAYS_PER_YEAR + 10 * BATCH_DAYS
"""One year is lost to differencing; what is left must be more than one year, with batches to spare."""

DEFAULT_RELATIVE_CHANGE: Final = 0.05
"""Yearly change that matters, as a share of the mean stock after the warm-up, unless the caller says otherwise."""


class WarmupReason(StrEnum):
    """Whether a truncation point could be found."""

    ASSESSED = "assessed"
    SERIES_TOO_SHORT = "series_too_short"
    TRUNCATION_BEYOND_HALF = "truncation_beyond_half"
    """MSER-5 would cut more than half of the series: it is too short to show where the start-up ends (White 1997)."""


class WarmupWarningCode(StrEnum):
    """What makes the warm-up look too short."""

    TRUNCATION_AFTER_WARMUP = "truncation_after_warmup"
    TRUNCATION_BEYOND_HALF = "truncation_beyond_half"
    STOCK_STILL_CHANGING = "stock_still_changing"
    """MSER-5 sees no long start-up, but year on year the stock still grows or shrinks (a tier may be overloaded)."""


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

    `truncation_days` counts from the start of the run; it is None unless `reason` is `assessed`. `yearly_change` is the
    interval over replications of the stock's mean change from one year to the next after the warm-up (0 expected), in
    the stock's unit; with fewer than two replications, or no full year after the warm-up, it is undefined (NaN).
    """

    reason: WarmupReason
    warmup_days: int
    series_days: int
    replications: int
    truncation_days: int | None
    yearly_change: Interval
    warning: WarmupWarning | None


def mser_truncation(series: npt.ArrayLike, *, batch_size: int = BATCH_DAYS) -> int:
    """Return how many leading values MSER would drop, a multiple of `batch_size` (White 1997; MSER-5 has 5).

    Batch means z_1..z_k are cut at the d that minimises sum over j > d of (z_j - mean)^2 / (k - d)^2, the smallest such
    d at a tie, with at least 5 batches kept; a last part batch is ignored. `series` has shape (n,), n >= 5 batches.
    ValueError on a shorter series or a value that is not finite.
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
    statistics = [float(tail.var()) / tail.size for tail in tails]
    return int(np.argmin(statistics)) * batch_size


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
    start-up, two or more replications must agree: a warning then also needs `yearly_change` to exclude 0 at `level`
    and to exceed `relative_change` x the mean stock after the warm-up. ValueError on a value that is not finite.
    """
    stock = np.atleast_2d(np.asarray(daily_stock, dtype=np.float64))
    if stock.ndim != 2 or not bool(np.isfinite(stock).all()):
        raise ValueError("a stock needs finite values of shape (days,) or (replications, days)")
    if warmup_days < 0:
        raise ValueError(f"a warm-up cannot be negative, got {warmup_days!r} days")
    replications, series_days = stock.shape
    change = stock[:, DAYS_PER_YEAR:] - stock[:, :-DAYS_PER_YEAR]
    after_warmup = change[:, warmup_days:]
    yearly_means = after_warmup.mean(axis=1) if after_warmup.shape[1] >= BATCH_DAYS else np.empty(0)
    yearly_change = mean_interval(yearly_means, level=level)
    reason, truncation_days, warning = WarmupReason.SERIES_TOO_SHORT, None, None
    if replications > 0 and series_days >= SHORTEST_SERIES_DAYS:
        reason, truncation_days = _truncation(change.mean(axis=0))
        stock_after_warmup = float(stock[:, warmup_days:].mean()) if warmup_days < series_days else math.nan
        is_changing = _excludes_zero(yearly_change, relative_change * abs(stock_after_warmup))
        warning = _warning(truncation_days, warmup_days, is_changing)
    return WarmupAssessment(
        reason=reason,
        warmup_days=warmup_days,
        series_days=series_days,
        replications=replications,
        truncation_days=truncation_days,
        yearly_change=yearly_change,
        warning=warning,
    )


def _truncation(yearly_change: npt.NDArray[np.float64]) -> tuple[WarmupReason, int | None]:
    truncation_days = mser_truncation(yearly_change)
    if 2 * truncation_days > yearly_change.size:
        return WarmupReason.TRUNCATION_BEYOND_HALF, None
    return WarmupReason.ASSESSED, truncation_days


def _excludes_zero(yearly_change: Interval, smallest_that_matters: float) -> bool | None:
    """Whether the stock changes from year to year after the warm-up; None where replications cannot tell."""
    if math.isnan(yearly_change.half_width):
        return None
    return abs(yearly_change.mean) > max(yearly_change.half_width, smallest_that_matters)


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
