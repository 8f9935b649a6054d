"""How counties of every size fare: the middle eight in ten of each size class, beside the nation's mean."""

from typing import Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sim.report.figures.style import (
    FAINT,
    INK,
    MUTED,
    POLICY_COLOURS,
    FigureTable,
    legend_below,
    new_figure,
    report_style,
    set_round_ticks,
    set_title,
    wrapped,
)
from sim.report.headline import kind_of
from sim.report.nation_folder import NationFolder, column_of, quantity_name
from sim.report.numbers import plain, quantity
from sim.report.wording import LANGUAGES, Wording, wording

NAME: Final = "nation_spread"
_SHOWN: Final = (
    ("settled_share_180d", ""),
    ("days_unresolved_180d", ""),
    ("reached_top_tier_share", ""),
    ("utilisation", "town"),
)
_PERSONS_AT_TICKS: Final = (50_000, 100_000, 200_000, 500_000, 1_000_000, 2_000_000, 5_000_000)
_PERSONS_PER_UNIT: Final = {"zh": 10_000, "en": 1_000}
"""Residents are counted in ten thousands in Chinese and in thousands in English."""


def nation_spread(folder: NationFolder) -> FigureTable:
    """Return, by panel and size class, the residents of a county, how many counties, and their quantiles."""
    rows = []
    for measure, tier in _SHOWN:
        column, nation = column_of(measure, tier), folder.row(measure, tier)
        for size_class, counties in folder.counties.groupby("size_class", sort=True):
            known = counties[column].dropna()
            if known.empty:
                continue
            low, middle, high = np.quantile(known, (0.1, 0.5, 0.9)).tolist()
            row = {"measure": measure, "tier": tier, "size_class": size_class, "counties": len(known)}
            row |= {"population_persons": int(counties["population_persons"].iloc[0])}
            row |= {"p10": low, "p50": middle, "p90": high, "nation_mean": float(nation["mean"])}
            row |= {
                f"measure_{language}": quantity_name(folder, measure, tier, wording(language)) for language in LANGUAGES
            }
            rows.append(row)
    return FigureTable(NAME, pd.DataFrame(rows))


@report_style()
def draw_nation_spread(drawn: FigureTable, words: Wording) -> Figure:
    """Draw one panel per measure: a bar and a dot for each size class over its residents, the nation as a line."""
    figure = new_figure(6.2)
    panels = figure.subplots(2, 2, sharex=True)
    for axes, (measure, tier) in zip(panels.flat, _SHOWN, strict=True):
        rows = drawn.table[(drawn.table["measure"] == measure) & (drawn.table["tier"] == tier)]
        _draw_panel(axes, rows, measure, words)
    unit = _PERSONS_PER_UNIT[words.language]
    for axes in panels[-1]:
        axes.set_xlabel(words.say("figure_nation_persons"))
    low, high = drawn.table["population_persons"].min() / 1.15, drawn.table["population_persons"].max() * 1.15
    shown = [at for at in _PERSONS_AT_TICKS if low <= at <= high]
    panels[0][0].set_xlim(low, high)
    for axes in panels.flat:
        axes.set_xticks(shown, [plain(at / unit, 0) for at in shown])
        axes.minorticks_off()
    handles = [
        Line2D([], [], linestyle="none", marker="o", markersize=4, color=POLICY_COLOURS[0]),
        Line2D([], [], color=POLICY_COLOURS[0], alpha=0.45, linewidth=2.5),
        Line2D([], [], linestyle="--", color=INK, linewidth=1.2),
    ]
    legend_below(figure, handles, [words.say(f"figure_nation_{part}") for part in ("median", "spread", "mean")])
    return figure


def _draw_panel(axes: Axes, rows: pd.DataFrame, measure: str, words: Wording) -> None:
    kind, name = kind_of(measure), str(rows[f"measure_{words.language}"].iloc[0])
    axes.set_xscale("log")
    axes.vlines(
        rows["population_persons"], rows["p10"], rows["p90"], color=POLICY_COLOURS[0], alpha=0.45, linewidth=2.5
    )
    axes.plot(rows["population_persons"], rows["p50"], "o", color=POLICY_COLOURS[0], markersize=3.2)
    axes.axhline(float(rows["nation_mean"].iloc[0]), linestyle="--", color=INK, linewidth=1.2)
    set_title(axes, wrapped(name, 26))
    axes.grid(axis="y", color=FAINT, linewidth=0.7)
    axes.tick_params(color=MUTED)
    scale = 100.0 if quantity(1.0, kind, 0).endswith("%") else 1.0
    set_round_ticks(axes.yaxis, lambda value, decimals: quantity(value, kind, decimals), most=5, scale=scale)
