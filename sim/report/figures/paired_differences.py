"""Differences from the baseline with their intervals: one panel per headline measure, one row per policy."""

import math
from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sim.report.figures.style import (
    FAINT,
    HOLLOW_VERDICTS,
    INK,
    MUTED,
    PAPER,
    VERDICT_COLOURS,
    VERDICT_MARKERS,
    FigureTable,
    legend_below,
    names_in_order,
    new_figure,
    report_style,
    set_round_ticks,
    set_row_names,
    set_title,
    wrapped,
)
from sim.report.folder import RunFolder
from sim.report.headline import better_when, headline_comparison
from sim.report.numbers import plain
from sim.report.wording import LANGUAGES, Wording, wording

NAME: Final = "paired_differences"
_PANEL_COLUMNS: Final = 2
_LONGEST_NAME_EM: Final = 15


def paired_differences(folder: RunFolder) -> FigureTable | None:
    """Return each headline difference and its interval in per cent of the baseline's mean; None without a comparison.

    A measure whose baseline mean is 0 has no such percentage and is left out.
    """
    judged = headline_comparison(folder)
    judged = judged[judged["baseline_mean"] != 0.0]
    if judged.empty:
        return None
    per_cent = 100.0 / judged["baseline_mean"].abs()
    names = {scenario.id: scenario for scenario in folder.scenarios}
    table = pd.DataFrame(
        {
            "measure": judged["measure"],
            "scenario": judged["policy"],
            "difference_percent": judged["difference"] * per_cent,
            "low_percent": judged["low"] * per_cent,
            "high_percent": judged["high"] * per_cent,
            "better_when": [better_when(measure) for measure in judged["measure"]],
            "verdict": judged["verdict"],
            **{f"measure_{lang}": judged["measure"].map(wording(lang).measure) for lang in LANGUAGES},
            **{f"scenario_{lang}": [names[p].text("name", lang) for p in judged["policy"]] for lang in LANGUAGES},
        }
    )
    return FigureTable(NAME, table.reset_index(drop=True))


@report_style()
def draw_paired_differences(drawn: FigureTable, words: Wording) -> Figure:
    """Draw each difference with its interval; the verdict shows by colour and by shape."""
    measures = names_in_order(drawn.table, "measure", words)
    policies = names_in_order(drawn.table, "scenario", words)
    panel_rows = math.ceil(len(measures) / _PANEL_COLUMNS)
    longest = max(wrapped(name, _LONGEST_NAME_EM).count("\n") + 1 for name in policies.values())
    figure = new_figure(0.8 + panel_rows * (0.95 + max(0.34, 0.23 * longest) * len(policies)))
    panels = figure.subplots(panel_rows, _PANEL_COLUMNS, sharey=True, squeeze=False)
    for axes, (measure, name) in zip(panels.flat, measures.items(), strict=False):
        rows = drawn.table[drawn.table["measure"] == measure].set_index("scenario").reindex(list(policies))
        direction = rows["better_when"].iloc[0]
        title = wrapped(name, 25)
        if direction:
            title += "\n" + words.say(f"figure_better_when_{direction}")
        set_title(axes, title)
        draw_differences(axes, rows, list(policies.values()))
        axes.set_xlabel(words.say("figure_percent_of_baseline"))
    for axes in panels.flat[len(measures) :]:
        axes.set_visible(False)
    present = [verdict for verdict in VERDICT_MARKERS if verdict in set(drawn.table["verdict"])]
    legend_below(
        figure, [verdict_mark(verdict) for verdict in present], [words.terms.verdicts[verdict] for verdict in present]
    )
    return figure


def draw_differences(axes: Axes, rows: pd.DataFrame, names: list[str]) -> None:
    """Draw rows (difference_percent, low_percent, high_percent, verdict) from the top down around a line at zero."""
    axes.axvline(0.0, color=INK, linewidth=1.0)
    for position, row in enumerate(rows.to_dict("records")):
        colour = VERDICT_COLOURS[str(row["verdict"])]
        axes.plot([row["low_percent"], row["high_percent"]], [position, position], color=colour, linewidth=2.0)
        mark = verdict_mark(str(row["verdict"]))
        mark.set_data([row["difference_percent"]], [position])
        axes.add_line(mark)
    set_row_names(axes, names, _LONGEST_NAME_EM)
    axes.set_ylim(len(names) - 0.5, -0.5)
    low, high = min(0.0, rows["low_percent"].min()), max(0.0, rows["high_percent"].max())
    room = 0.1 * (high - low) or 1.0
    axes.set_xlim(low - room, high + room)
    set_round_ticks(axes.xaxis, lambda value, decimals: plain(value, decimals, signed=True) + "%", most=5)
    axes.grid(axis="x", color=FAINT, linewidth=0.7)


def verdict_mark(verdict: str) -> Line2D:
    """Return the mark of a verdict, in its colour and shape."""
    colour = VERDICT_COLOURS[verdict]
    return Line2D(
        [],
        [],
        linestyle="none",
        marker=VERDICT_MARKERS[verdict],
        markersize=12 if VERDICT_MARKERS[verdict] == "|" else 8,
        markeredgewidth=2.2 if VERDICT_MARKERS[verdict] == "|" else 1.6,
        markeredgecolor=colour if verdict else MUTED,
        markerfacecolor=PAPER if verdict in HOLLOW_VERDICTS else colour,
        zorder=3,
    )
