"""Equity: the share settled in each unit, from the worst-off to the best-off, beside what chance alone would give."""

import math
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from scipy.special import ndtr

from sim.report.figures.style import (
    BASELINE_COLOUR,
    FAINT,
    MUTED,
    POLICY_COLOURS,
    FigureTable,
    legend_below,
    names_in_order,
    new_figure,
    report_style,
    set_round_ticks,
    set_title,
    wrapped,
)
from sim.report.folder import RunFolder
from sim.report.numbers import Kind, plain, quantity
from sim.report.wording import LANGUAGES, Wording

NAME: Final = "equity_over_units"
_MOST_PANEL_COLUMNS: Final = 3
_HALVINGS: Final = 60


def equity_over_units(folder: RunFolder) -> FigureTable | None:
    """Return, by scenario, the units of the equity tier in rising order of their share settled; None if there are none.

    `equal_risk_share` is the value expected at that rank if every dispute of the scenario had the same chance: the
    quantile (rank - 1/2) / units of the mixture over units of the normal approximation to a binomial share.
    """
    equity_tier = folder.baseline.content["measures"]["equity_tier"]
    units = folder.units[(folder.units["tier"] == equity_tier) & (folder.units["emerged_count"] > 0)]
    tables = []
    for scenario in folder.scenarios:
        rows = units[units["scenario"] == scenario.id]
        if rows.empty:
            continue
        shares = rows["settled_180d_count"] / rows["emerged_count"]
        table = pd.DataFrame({"scenario": scenario.id, "unit_id": rows["unit_id"], "persons": rows["persons"]})
        table = table.assign(emerged_count=rows["emerged_count"], settled_share=shares)
        table = table.sort_values(["settled_share", "unit_id"], ignore_index=True)
        equal = float(rows["settled_180d_count"].sum() / rows["emerged_count"].sum())
        table["rank"] = range(1, len(table) + 1)
        table["equal_risk_share"] = equal_risk_shares(equal, table["emerged_count"].to_numpy(dtype=np.float64))
        for language in LANGUAGES:
            table[f"scenario_{language}"] = scenario.text("name", language)
        tables.append(table)
    return FigureTable(NAME, pd.concat(tables, ignore_index=True)) if tables else None


def equal_risk_shares(share: float, disputes: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return the shares expected in rising order if units of these many disputes (U,) all had the same chance; (U,)."""
    spread = np.sqrt(share * (1.0 - share) / disputes)
    if not bool((spread > 0.0).all()):
        return np.full(len(disputes), share)
    wanted = (np.arange(len(disputes)) + 0.5) / len(disputes)
    low, high = np.full(len(disputes), share - 8 * spread.max()), np.full(len(disputes), share + 8 * spread.max())
    for _ in range(_HALVINGS):
        middle = (low + high) / 2.0
        reached = ndtr((middle[:, np.newaxis] - share) / spread[np.newaxis, :]).mean(axis=1) >= wanted
        low, high = np.where(reached, low, middle), np.where(reached, middle, high)
    shares: npt.NDArray[np.float64] = np.clip((low + high) / 2.0, 0.0, 1.0)
    return shares


@report_style()
def draw_equity_over_units(drawn: FigureTable, words: Wording) -> Figure:
    """Draw one panel per scenario: a dot per unit, the equal-risk reference as a dashed line, the baseline in grey."""
    scenarios = names_in_order(drawn.table, "scenario", words)
    columns = min(_MOST_PANEL_COLUMNS, len(scenarios))
    panel_rows = math.ceil(len(scenarios) / columns)
    figure = new_figure(1.1 + 2.35 * panel_rows)
    panels = figure.subplots(panel_rows, columns, sharex=True, sharey=True, squeeze=False)
    by_scenario = {scenario: drawn.table[drawn.table["scenario"] == scenario] for scenario in scenarios}
    baseline = next(iter(by_scenario.values()))
    for position, (axes, (scenario, name)) in enumerate(zip(panels.flat, scenarios.items(), strict=False)):
        rows = by_scenario[scenario]
        if position > 0:
            axes.plot(baseline["rank"], baseline["settled_share"], color=FAINT, linewidth=3.5)
        colour = BASELINE_COLOUR if position == 0 else POLICY_COLOURS[(position - 1) % len(POLICY_COLOURS)]
        axes.plot(rows["rank"], rows["settled_share"], ".", color=colour, markersize=4.5)
        axes.plot(rows["rank"], rows["equal_risk_share"], "--", color=MUTED, linewidth=1.4)
        set_title(axes, wrapped(name, 15))
        axes.set_xlim(0.5, len(rows) + 0.5)
        axes.grid(axis="y", color=FAINT, linewidth=0.7)
    for axes in panels.flat[len(scenarios) :]:
        axes.set_visible(False)
    for axes in panels.flat[max(0, len(scenarios) - columns) : len(scenarios)]:
        axes.tick_params(labelbottom=True)
        axes.set_xlabel(words.say("figure_equity_rank"))
    for axes in panels[:, 0]:
        axes.set_ylabel(words.say("figure_equity_share"))
    set_round_ticks(panels[0][0].xaxis, plain, most=5)
    set_round_ticks(
        panels[0][0].yaxis, lambda value, decimals: quantity(value, Kind.SHARE, decimals), most=5, scale=100.0
    )
    handles = [
        Line2D([], [], linestyle="none", marker=".", color=BASELINE_COLOUR),
        Line2D([], [], linestyle="--", color=MUTED),
        Line2D([], [], color=FAINT, linewidth=3.5),
    ]
    parts = ("units", "equal_risk", "baseline")[: 2 + (len(scenarios) > 1)]
    legend_below(figure, handles[: len(parts)], [words.say(f"figure_equity_{part}") for part in parts])
    return figure
