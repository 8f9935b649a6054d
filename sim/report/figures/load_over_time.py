"""Utilisation and backlog of each tier over time, by scenario."""

from typing import Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.figures.style import (
    FAINT,
    FigureTable,
    legend_below,
    names_in_order,
    new_figure,
    report_style,
    scenario_line,
)
from sim.report.folder import RunFolder
from sim.report.numbers import Kind, plain, quantity
from sim.report.wording import LANGUAGES, Wording
from sim.vocabulary import DAYS_PER_YEAR

NAME: Final = "load_over_time"
BLOCK_DAYS: Final = 28
"""Days are averaged over whole weeks, so that weekends do not show."""


def load_over_time(folder: RunFolder) -> FigureTable | None:
    """Return mean utilisation and backlog by scenario, tier and block of 28 days; None without a series.

    Tiers that never have a case or a post in use are left out; a last part block is dropped.
    """
    series = folder.series
    if series.empty:
        return None
    whole_days = (int(series["day"].max()) + 1) // BLOCK_DAYS * BLOCK_DAYS
    kept = series[series["day"] < whole_days]
    blocks = (
        kept.assign(day=kept["day"] // BLOCK_DAYS * BLOCK_DAYS)
        .groupby(["scenario", "tier", "day"], sort=False)[["utilisation", "backlog"]]
        .mean()
        .reset_index()
    )
    in_use = blocks.groupby("tier")[["utilisation", "backlog"]].max().fillna(0.0).max(axis=1)
    tables = []
    for tier in folder.baseline.tier_ids:
        for scenario in folder.scenarios:
            rows = blocks[(blocks["tier"] == tier) & (blocks["scenario"] == scenario.id)].sort_values("day")
            if in_use.get(tier, 0.0) > 0.0 and not rows.empty:
                names = {f"scenario_{language}": scenario.text("name", language) for language in LANGUAGES}
                names |= {f"tier_{lang}": folder.baseline.name_of("tiers", tier, lang) for lang in LANGUAGES}
                tables.append(rows.assign(**names))
    return FigureTable(NAME, pd.concat(tables, ignore_index=True)) if tables else None


@report_style()
def draw_load_over_time(drawn: FigureTable, words: Wording) -> Figure:
    """Draw a row of two panels per tier, the highest tier at the top: utilisation at the left, backlog at the right."""
    tiers = names_in_order(drawn.table, "tier", words)
    scenarios = names_in_order(drawn.table, "scenario", words)
    figure = new_figure(1.0 + 1.75 * len(tiers))
    panels = figure.subplots(len(tiers), 2, sharex=True, squeeze=False)
    for row, (tier, tier_name) in enumerate(reversed(tiers.items())):
        for axes, column in zip(panels[row], ("utilisation", "backlog"), strict=True):
            for position, (scenario, name) in enumerate(scenarios.items()):
                of_both = (drawn.table["tier"] == tier) & (drawn.table["scenario"] == scenario)
                values = drawn.table[of_both]
                middle_years = (values["day"] + BLOCK_DAYS / 2) / DAYS_PER_YEAR
                axes.plot(middle_years, values[column], label=name, **scenario_line(position))
            axes.set_title(words.say(f"figure_{column}", tier=tier_name))
            _format(axes, column)
    for axes in panels[-1]:
        axes.set_xlabel(words.say("figure_years_since_start"))
    legend_below(figure, *panels[0][0].get_legend_handles_labels())
    return figure


def _format(axes: Axes, column: str) -> None:
    highest = max((float(np.nanmax(line.get_ydata(), initial=0.0)) for line in axes.lines), default=0.0)
    axes.set_ylim(0, (highest or 1.0) * 1.08)
    axes.grid(axis="y", color=FAINT, linewidth=0.7)
    axes.locator_params(axis="y", nbins=4)
    if column == "utilisation":
        decimals = 0 if highest > 0.08 else 1
        axes.yaxis.set_major_formatter(lambda value, _: quantity(value, Kind.SHARE, decimals))
    else:
        decimals = 0 if highest > 4 else 2
        axes.yaxis.set_major_formatter(lambda value, _: plain(value, decimals))
