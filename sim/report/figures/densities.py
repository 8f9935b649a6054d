"""Smooth curves of samples, and how the panels that show them are laid out and their axes set."""

import math
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from sim.report.figures.style import FAINT, MUTED, new_figure, set_round_ticks, set_title
from sim.report.numbers import Kind, quantity, significant

PRIOR_STYLE: Final[dict[str, Any]] = {"facecolor": FAINT, "edgecolor": MUTED, "linewidth": 0.8}
_POINTS: Final = 200
_LEFT_OUT: Final = 0.005
"""Share of a sample that may lie beyond either end of an axis."""
_ROUND_STEPS: Final = (1.0, 2.0, 5.0)
_FEWEST_TICKS, _MOST_TICKS = 2, 4


def density_curve(
    sample: NDArray[np.float64], ends: tuple[float, float], bounds: tuple[float, float], *, is_log: bool = False
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return points between the ends and the sample's density there, its highest point 1.

    A Gaussian kernel with Silverman's width, on the log scale where `is_log`, reflected at the bounds: a
    distribution that stops there does not fade out. A sample that is one value gives the narrowest curve that shows.
    """
    to_scale = np.log if is_log else np.asarray
    values, (low, high) = to_scale(sample), (float(to_scale(end)) for end in ends)
    least, most = (float(to_scale(bound)) for bound in bounds)
    at = np.linspace(low, high, _POINTS)
    quarters = np.quantile(values, (0.25, 0.75))
    spread = min(float(np.std(values)), float(quarters[1] - quarters[0]) / 1.34) or float(np.std(values))
    width = max(0.9 * spread * len(values) ** -0.2, 0.004 * (high - low))
    mirrored = np.concatenate([values, 2.0 * least - values, 2.0 * most - values])
    density = np.exp(-0.5 * ((at[:, None] - mirrored[None, :]) / width) ** 2).sum(axis=1)
    if most > least:
        density[(at < least) | (at > most)] = 0.0
    highest = float(density.max())
    return (np.exp(at) if is_log else at), density / highest if highest > 0.0 else density


def bounds_of(samples: Sequence[NDArray[np.float64]]) -> tuple[float, float]:
    """Return the least and the largest value of all samples."""
    return min(float(sample.min()) for sample in samples), max(float(sample.max()) for sample in samples)


def ends_of(
    samples: Sequence[NDArray[np.float64]], values: Sequence[float] = (), *, left_out: float = _LEFT_OUT
) -> tuple[float, float]:
    """Return an axis' ends: all of every sample but its tails, and all of the single values with a little room."""
    lows = [float(np.quantile(sample, left_out)) for sample in samples]
    highs = [float(np.quantile(sample, 1.0 - left_out)) for sample in samples]
    low, high = min(lows), max(highs)
    room = 0.03 * (high - low) or 0.5
    known = [value for value in values if math.isfinite(value)]
    return min([low, *(value - room for value in known)]), max([high, *(value + room for value in known)])


def panels(count: int, columns: int, panel_in: float, extra_in: float = 0.5) -> tuple[Figure, list[Axes]]:
    """Return a figure with so many panels, row by row; the rest of the last row stays empty."""
    rows = math.ceil(count / columns)
    figure = new_figure(extra_in + rows * panel_in)
    grid = list(figure.subplots(rows, columns, squeeze=False).flat)
    for axes in grid[count:]:
        axes.set_visible(False)
    return figure, grid[:count]


def set_panel(axes: Axes, title: str) -> None:
    """Title a small panel and leave it the value axis alone."""
    set_title(axes, title)
    axes.title.set_fontsize(8.5)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.tick_params(labelsize=8.5)
    axes.set_ylim(0.0, 1.15)


def set_value_ticks(axes: Axes, ends: tuple[float, float], kind: Kind, *, is_log: bool = False) -> None:
    """Set an axis of values to its ends, with few and round ticks."""
    axes.set_xlim(*ends)
    if is_log:
        axes.set_xscale("log")
        axes.set_xlim(*ends)
        ticks = log_ticks(*ends)
        axes.set_xticks(ticks, [significant(tick) for tick in ticks])
        axes.minorticks_off()
        return
    scale = 100.0 if kind is Kind.SHARE else 1.0
    set_round_ticks(axes.xaxis, lambda value, decimals: quantity(value, kind, decimals), most=_MOST_TICKS, scale=scale)
    axes.set_xlim(*ends)


def log_ticks(low: float, high: float) -> list[float]:
    """Return at most a few round values between two positive ends: 1, 2, 5 of a decade, or closer ones if need be."""
    decades = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    ticks = [step * 10.0**decade for decade in decades for step in _ROUND_STEPS]
    inside = [tick for tick in ticks if low <= tick <= high]
    if len(inside) < _FEWEST_TICKS:
        round_values = MaxNLocator(nbins=_MOST_TICKS, steps=[1, 2, 5, 10]).tick_values(low, high)
        inside = [float(value) for value in round_values if low <= value <= high]
    return inside[:: math.ceil(len(inside) / _MOST_TICKS)]
