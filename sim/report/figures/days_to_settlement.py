"""How long disputes last: the share truly settled, and the share still unresolved, at each age, by scenario."""

from typing import Final

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from sim.outcomes.distributions import RESOLUTION, SETTLEMENT
from sim.report.figures.style import (
    FAINT,
    FigureTable,
    legend_below,
    names_in_order,
    new_figure,
    report_style,
    scenario_line,
    set_title,
)
from sim.report.folder import RunFolder
from sim.report.numbers import Kind, quantity
from sim.report.wording import LANGUAGES, Wording

NAME: Final = "days_to_settlement"
LONGEST_AGE_DAYS: Final = 180
"""The age to which every dispute of the cohort is followed."""


def days_to_settlement(folder: RunFolder) -> FigureTable | None:
    """Return shares of the cohort by scenario and age in days: settled, and unresolved; None without distributions.

    Bin k of a distribution holds what took more than k and at most k + 1 days, so the share at age k counts the bins
    below k.
    """
    tables = []
    for scenario in folder.scenarios:
        settled, resolved = (_share_by_age(folder, scenario.id, quantity_) for quantity_ in (SETTLEMENT, RESOLUTION))
        if settled.empty or resolved.empty:
            continue
        table = pd.DataFrame({"scenario": scenario.id, "age_days": settled.index})
        table["settled_share"] = settled.to_numpy()
        table["unresolved_share"] = 1.0 - resolved.reindex(settled.index).to_numpy()
        for language in LANGUAGES:
            table[f"scenario_{language}"] = scenario.text("name", language)
        tables.append(table)
    return FigureTable(NAME, pd.concat(tables, ignore_index=True)) if tables else None


def _share_by_age(folder: RunFolder, scenario: str, quantity_: str) -> pd.Series:
    table = folder.distributions
    bins = table[(table["scenario"] == scenario) & (table["quantity"] == quantity_)].sort_values("bin_low_days")
    if bins.empty:
        return pd.Series(dtype=float)
    until = np.concatenate(([0], np.cumsum(bins["count"].to_numpy()))) / bins["of"].iloc[0]
    ages_days = np.append(bins["bin_low_days"].to_numpy(), bins["bin_low_days"].iloc[-1] + 1)
    kept = ages_days <= LONGEST_AGE_DAYS
    return pd.Series(until[kept], index=ages_days[kept].astype(np.int64))


@report_style()
def draw_days_to_settlement(drawn: FigureTable, words: Wording) -> Figure:
    """Draw the share settled at the left and the share unresolved at the right; the baseline is thick and dark."""
    figure = new_figure(4.2)
    panels = figure.subplots(1, 2)
    for axes, column in zip(panels, ("settled_share", "unresolved_share"), strict=True):
        for position, (scenario, name) in enumerate(names_in_order(drawn.table, "scenario", words).items()):
            curve = drawn.table[drawn.table["scenario"] == scenario]
            axes.plot(curve["age_days"], curve[column], label=name, **scenario_line(position))
        axes.set_xlim(0, LONGEST_AGE_DAYS)
        axes.set_ylim(0, 1)
        axes.set_xticks(range(0, LONGEST_AGE_DAYS + 1, 30))
        axes.yaxis.set_major_formatter(lambda value, _: quantity(value, Kind.SHARE, 0))
        axes.grid(axis="y", color=FAINT, linewidth=0.7)
        axes.set_xlabel(words.say("figure_age_days"))
        set_title(axes, words.say(f"figure_{column}"))
    legend_below(figure, *panels[0].get_legend_handles_labels())
    return figure
