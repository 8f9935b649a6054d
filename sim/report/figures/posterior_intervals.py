"""Intervals of two parts: what parameters leave open, and what the chance of a single year adds."""

import math
from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sim.report.figures.paired_differences import verdict_mark
from sim.report.figures.style import (
    FAINT,
    INK,
    SHADE,
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
from sim.report.headline import better_when, kind_of, unit_of
from sim.report.numbers import Kind, displayed, plain
from sim.report.posterior_folder import PosteriorFolder
from sim.report.wording import LANGUAGES, Wording, wording

NAME: Final = "posterior_intervals"
_PANEL_COLUMNS: Final = 2
_LONGEST_NAME_EM: Final = 15
_ENDS: Final = ("mean", "parameter_low", "parameter_high", "predictive_low", "predictive_high")


def posterior_intervals(folder: PosteriorFolder) -> FigureTable | None:
    """Return, by headline measure and policy, mean and both intervals of the difference; of one scenario, of the level.

    Shares are in per cent, their differences in percentage points. None where no measure has a value.
    """
    is_comparison = bool(folder.run.policies)
    rows = []
    for measure in folder.measures:
        for scenario in folder.run.policies or folder.run.scenarios:
            found = (folder.difference if is_comparison else folder.level)(scenario.id, measure)
            row: dict[str, object] = {"measure": measure, "scenario": scenario.id}
            row |= {end: displayed(float(found[end]), kind_of(measure)) for end in (*_ENDS, "indifference_half_width")}
            row |= {"verdict": found["verdict"], "standing": found["standing"], "prob_better": found["prob_better"]}
            row |= {f"measure_{lang}": wording(lang).measure(measure) for lang in LANGUAGES}
            row |= {f"scenario_{lang}": scenario.text("name", lang) for lang in LANGUAGES}
            rows.append(row)
    table = pd.DataFrame(rows)
    drawable = table[table["mean"].notna()].reset_index(drop=True) if rows else table
    return None if drawable.empty else FigureTable(NAME, drawable)


@report_style()
def draw_posterior_intervals(drawn: FigureTable, words: Wording) -> Figure:
    """Draw a panel per measure, a row per policy: thick for parameters, thin for a single year, a mark for the mean."""
    measures = names_in_order(drawn.table, "measure", words)
    scenarios = names_in_order(drawn.table, "scenario", words)
    is_comparison = bool(drawn.table["indifference_half_width"].notna().any())
    panel_rows = math.ceil(len(measures) / _PANEL_COLUMNS)
    longest = max(wrapped(name, _LONGEST_NAME_EM).count("\n") + 1 for name in scenarios.values())
    figure = new_figure(0.9 + panel_rows * (1.05 + max(0.36, 0.23 * longest) * len(scenarios)))
    panels = figure.subplots(panel_rows, _PANEL_COLUMNS, sharey=True, squeeze=False)
    for axes, (measure, name) in zip(panels.flat, measures.items(), strict=False):
        rows = drawn.table[drawn.table["measure"] == measure].set_index("scenario").reindex(list(scenarios))
        title = wrapped(name, 25)
        if is_comparison and (direction := better_when(measure)):
            title += "\n" + words.say(f"figure_better_when_{direction}")
        set_title(axes, title)
        _draw_rows(axes, rows, is_difference=is_comparison)
        set_row_names(axes, scenarios.values(), _LONGEST_NAME_EM)
        axes.set_ylim(len(scenarios) - 0.5, -0.5)
        axes.set_xlabel(_unit(measure, words, is_difference=is_comparison))
    for axes in panels.flat[len(measures) :]:
        axes.set_visible(False)
    _add_legend(figure, drawn, words, is_comparison=is_comparison)
    return figure


def _unit(measure: str, words: Wording, *, is_difference: bool) -> str:
    if kind_of(measure) is Kind.SHARE:
        return words.say("figure_points") if is_difference else "%"
    return words.terms.units[unit_of(measure)]


def _draw_rows(axes: Axes, rows: pd.DataFrame, *, is_difference: bool) -> None:
    low, high = float(rows["predictive_low"].min()), float(rows["predictive_high"].max())
    if is_difference:
        zone = float(rows["indifference_half_width"].max())
        axes.axvspan(-zone, zone, color=SHADE, linewidth=0.0, zorder=0)
        axes.axvline(0.0, color=INK, linewidth=1.0, zorder=1)
        low, high = min(low, -zone), max(high, zone)
    for position, row in enumerate(rows.to_dict("records")):
        if not math.isfinite(row["mean"]):
            continue  # one policy has no such outcome
        verdict = str(row["verdict"])
        colour = VERDICT_COLOURS.get(verdict, INK)
        for of, width, alpha in (("predictive", 1.2, 1.0), ("parameter", 7.0, 0.55)):
            ends = [row[f"{of}_low"], row[f"{of}_high"]]
            axes.plot(ends, [position] * 2, color=colour, linewidth=width, alpha=alpha, solid_capstyle="butt", zorder=2)
        mark = verdict_mark(verdict)
        mark.set_data([row["mean"]], [position])
        axes.add_line(mark)
    room = 0.06 * (high - low) or 1.0
    axes.set_xlim(low - room, high + room)
    set_round_ticks(axes.xaxis, lambda value, decimals: plain(value, decimals, signed=is_difference), most=5)
    axes.grid(axis="x", color=FAINT, linewidth=0.7)


def _add_legend(figure: Figure, drawn: FigureTable, words: Wording, *, is_comparison: bool) -> None:
    thick = Line2D([], [], color=INK, linewidth=7.0, alpha=0.55, solid_capstyle="butt")
    thin = Line2D([], [], color=INK, linewidth=1.2)
    handles: list[Line2D | Patch] = [thick, thin]
    labels = [words.say("figure_parameter_interval"), words.say("figure_one_year")]
    if is_comparison:
        handles.append(Patch(color=SHADE))
        labels.append(words.say("figure_indifference"))
        present = [verdict for verdict in VERDICT_MARKERS if verdict in set(drawn.table["verdict"])]
        handles += [verdict_mark(verdict) for verdict in present]
        labels += [words.terms.verdicts[verdict] for verdict in present]
    legend_below(figure, handles, labels)
