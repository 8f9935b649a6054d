"""Where disputes end: the state of every cohort dispute at the age of 180 days, by scenario."""

from typing import Final

import pandas as pd
from matplotlib.figure import Figure

from sim.report.figures.style import (
    FAINT,
    MUTED,
    PAPER,
    STATE_COLOURS,
    TIER_COLOURS,
    FigureTable,
    legend_below,
    names_in_order,
    new_figure,
    report_style,
    set_row_names,
)
from sim.report.folder import RunFolder
from sim.report.numbers import Kind, quantity
from sim.report.wording import LANGUAGES, Wording, wording

NAME: Final = "where_disputes_end"
_STATES: Final = ("adjudicated", "litigated", "withdrawn", "faded", "incident", "open")
_NARROWEST_LABELLED_SHARE: Final = 0.045
_HATCHED: Final = {"open": "////", "withdrawn": "....", "incident": "xxxx"}


def where_disputes_end(folder: RunFolder) -> FigureTable | None:
    """Return mean shares by scenario and ending, endings in drawing order; None if the run measured none of them."""
    endings = [("settled_by_parties_share_180d", "", "settled_by_parties")]
    endings += [("settled_at_tier_share_180d", tier, f"settled:{tier}") for tier in folder.baseline.tier_ids]
    endings += [(f"{state}_share_180d", "", state) for state in _STATES]
    means = folder.measures.groupby(["scenario", "measure", "tier", "category"], sort=False)["value"].mean()
    rows = []
    for scenario in folder.scenarios:
        for measure, tier, ending in endings:
            share = means.get((scenario.id, measure, tier, ""))
            if share is not None:
                names = {f"scenario_{language}": scenario.text("name", language) for language in LANGUAGES}
                names |= {f"ending_{language}": _ending_name(folder, ending, language) for language in LANGUAGES}
                rows.append({"scenario": scenario.id, "ending": ending, "share": float(share), **names})
    if not rows:
        return None
    table = pd.DataFrame(rows)
    largest = table.groupby("ending", sort=False)["share"].transform("max")
    return FigureTable(NAME, table[largest > 0.0].reset_index(drop=True))


def _ending_name(folder: RunFolder, ending: str, language: str) -> str:
    terms = wording(language)
    if ending.startswith("settled:"):
        tier = folder.baseline.name_of("tiers", ending.removeprefix("settled:"), language)
        return terms.say("figure_settled_at", tier=tier)
    if ending == "settled_by_parties":
        return terms.say("figure_settled_by_parties")
    return terms.terms.states[ending]


@report_style()
def draw_where_disputes_end(drawn: FigureTable, words: Wording) -> Figure:
    """Draw one stacked bar per scenario, the baseline at the top; shares wide enough carry their number."""
    scenarios = names_in_order(drawn.table, "scenario", words)
    endings = names_in_order(drawn.table, "ending", words)
    shares = drawn.table.pivot(index="scenario", columns="ending", values="share").reindex(list(scenarios)).fillna(0.0)
    tiers = [ending for ending in endings if ending.startswith("settled:")]
    figure = new_figure(1.9 + 0.46 * len(scenarios))
    axes = figure.add_subplot()
    left = pd.Series(0.0, index=shares.index)
    for ending in endings:
        colour = TIER_COLOURS[tiers.index(ending)] if ending in tiers else STATE_COLOURS[ending]
        bars = axes.barh(
            range(len(scenarios)),
            shares[ending],
            left=left,
            height=0.66,
            color=colour,
            hatch=_HATCHED.get(ending),
            edgecolor=MUTED,
            linewidth=0.6,
            label=endings[ending],
        )
        labels = [_bar_label(share) for share in shares[ending]]
        for text in axes.bar_label(bars, labels, label_type="center", fontsize=9, color=_label_colour(colour)):
            if ending in _HATCHED:
                text.set_bbox({"facecolor": PAPER, "edgecolor": "none", "pad": 1.0})
        left = left + shares[ending]
    set_row_names(axes, scenarios.values(), 11)
    axes.invert_yaxis()
    axes.set_xlim(0, 1)
    axes.xaxis.set_major_formatter(lambda value, _: quantity(value, Kind.SHARE, 0))
    axes.set_xlabel(words.say("figure_share_of_cohort"))
    axes.spines["bottom"].set_color(FAINT)
    legend_below(figure, *axes.get_legend_handles_labels())
    return figure


def _bar_label(share: float) -> str:
    return quantity(share, Kind.SHARE, 1) if share >= _NARROWEST_LABELLED_SHARE else ""


def _label_colour(background: str) -> str:
    red, green, blue = (int(background[i : i + 2], 16) for i in (1, 3, 5))
    return PAPER if 0.299 * red + 0.587 * green + 0.114 * blue < 130 else "#1b1b1b"
