"""Utilisation and backlog of each tier over time, by scenario."""

from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from sim.report.figures.style import (
    FAINT,
    SHADE,
    FigureTable,
    legend_below,
    names_in_order,
    new_figure,
    report_style,
    scenario_line,
    set_round_ticks,
    set_title,
)
from sim.report.folder import RunFolder
from sim.report.numbers import Kind, plain, quantity
from sim.report.wording import LANGUAGES, Wording
from sim.vocabulary import DAYS_PER_YEAR

NAME: Final = "load_over_time"
BLOCK_DAYS: Final = 28
"""Days are averaged over whole weeks, so that weekends do not show."""

WARMUP: Final = "warmup"
MEASURED: Final = "measured"


def load_over_time(folder: RunFolder) -> FigureTable | None:
    """Return mean utilisation and backlog by scenario, tier and block of 28 days; None without a series.

    Tiers that never have a case or a post in use are left out; a last part block is dropped. `phase` tells blocks
    whose middle lies in the warm-up from those after it.
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
    warmup_days = int(folder.baseline.content["horizon"]["warmup_years"]) * DAYS_PER_YEAR
    blocks["phase"] = (blocks["day"] + BLOCK_DAYS / 2).lt(warmup_days).map({True: WARMUP, False: MEASURED})
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
        of_tier = drawn.table[drawn.table["tier"] == tier]
        for axes, column in zip(panels[row], ("utilisation", "backlog"), strict=True):
            for position, (scenario, name) in enumerate(scenarios.items()):
                values = of_tier[of_tier["scenario"] == scenario]
                axes.plot(_middle_years(values), values[column], label=name, **scenario_line(position))
            set_title(axes, words.say(f"figure_{column}", tier=tier_name))
            _format(axes, of_tier, column)
    for axes in panels[-1]:
        axes.set_xlabel(words.say("figure_years_since_start"))
    handles, labels = panels[0][0].get_legend_handles_labels()
    shade = Patch(facecolor=SHADE, edgecolor=FAINT)
    legend_below(figure, [*handles, shade], [*labels, words.say("figure_warmup")])
    return figure


def _middle_years(values: pd.DataFrame) -> pd.Series:
    return (values["day"] + BLOCK_DAYS / 2) / DAYS_PER_YEAR


def _format(axes: Axes, of_tier: pd.DataFrame, column: str) -> None:
    highest = of_tier[column].max()
    axes.set_ylim(0, (highest if highest > 0 else 1.0) * 1.08)
    axes.set_xlim(0, (of_tier["day"].max() + BLOCK_DAYS) / DAYS_PER_YEAR)
    warmup = of_tier.loc[of_tier["phase"] == WARMUP, "day"]
    if not warmup.empty:
        axes.axvspan(0, (warmup.max() + BLOCK_DAYS) / DAYS_PER_YEAR, color=SHADE, zorder=0)
    axes.grid(axis="y", color=FAINT, linewidth=0.7)
    set_round_ticks(axes.xaxis, plain)
    if column == "utilisation":
        set_round_ticks(axes.yaxis, lambda value, decimals: quantity(value, Kind.SHARE, decimals), most=4, scale=100.0)
    else:
        set_round_ticks(axes.yaxis, plain, most=4)
