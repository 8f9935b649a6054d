"""Tornado: each policy's difference from the baseline with an assumed value at either end of its range."""

import math
from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.figures.paired_differences import verdict_mark
from sim.report.figures.style import (
    FAINT,
    INK,
    LINE_SPACING,
    MUTED,
    PAPER,
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
    wrapped_parts,
)
from sim.report.folder import RunFolder
from sim.report.headline import better_when, kind_of, unit_of
from sim.report.numbers import Kind, plain
from sim.report.paths import path_label, shown_value
from sim.report.turning_points import stressed_differences
from sim.report.wording import LANGUAGES, Wording, wording

NAME: Final = "robustness_of_verdicts"
_PANEL_COLUMNS: Final = 2
_LONGEST_NAME_EM: Final = 17


def robustness_of_verdicts(folder: RunFolder) -> FigureTable | None:
    """Return differences by policy, assumed value and end for the measure in focus; None without a stress test."""
    stressed = stressed_differences(folder)
    if not stressed:
        return None
    focus = folder.manifest.robustness.focus_measure if folder.manifest.robustness else ""
    measure = focus if any(item.measure == focus for item in stressed) else stressed[0].measure
    rows = []
    for item in stressed:
        if item.measure != measure:
            continue
        policy = next(scenario for scenario in folder.scenarios if scenario.id == item.policy)
        row = {"measure": measure, "scenario": item.policy, "path": item.path, "swing": item.swing}
        row |= {f"measure_{lang}": wording(lang).measure(measure) for lang in LANGUAGES}
        row |= {f"scenario_{lang}": policy.text("name", lang) for lang in LANGUAGES}
        row |= {f"path_{lang}": path_label(folder.baseline, item.path, wording(lang)) for lang in LANGUAGES}
        for end in (item.low_end, item.base, item.high_end):
            row |= {f"{end.end}_value": shown_value(item.path, end.value), f"{end.end}_difference": end.difference}
            row |= {f"{end.end}_verdict": end.verdict}
        rows.append(row)
    return FigureTable(NAME, pd.DataFrame(rows))


@report_style()
def draw_robustness_of_verdicts(drawn: FigureTable, words: Wording) -> Figure:
    """Draw a panel per policy, a bar per assumed value from its low to its high end; marks show the verdict there."""
    policies = names_in_order(drawn.table, "scenario", words)
    paths = names_in_order(drawn.table, "path", words)
    scale = 100.0 if kind_of(str(drawn.table["measure"].iloc[0])) is Kind.SHARE else 1.0
    panel_rows = math.ceil(len(policies) / _PANEL_COLUMNS)
    separator = words.sentences["path_separator"]
    labels = [wrapped_parts(name, separator, _LONGEST_NAME_EM) for name in paths.values()]
    row_in = max(0.54, 0.21 * max(label.count("\n") + 1 for label in labels))
    figure = new_figure(1.3 + panel_rows * (0.9 + row_in * len(paths)))
    panels = figure.subplots(panel_rows, _PANEL_COLUMNS, sharey=True, sharex=True, squeeze=False)
    for axes, (policy, name) in zip(panels.flat, policies.items(), strict=False):
        rows = drawn.table[drawn.table["scenario"] == policy].set_index("path").reindex(list(paths))
        set_title(axes, wrapped(name, 24))
        _draw_bars(axes, rows, scale)
        set_row_names(axes, labels, _LONGEST_NAME_EM)
    panels[0][0].set_ylim(len(paths) - 0.4, -0.6)
    panels[0][0].margins(x=0.14)
    set_round_ticks(panels[0][0].xaxis, lambda value, decimals: plain(value, decimals, signed=True), most=5)
    for axes in panels.flat[len(policies) :]:
        axes.set_visible(False)
    measure = str(drawn.table[f"measure_{words.language}"].iloc[0])
    unit_id = unit_of(str(drawn.table["measure"].iloc[0]))
    unit = words.say("figure_points") if scale > 1.0 else words.terms.units[unit_id]
    label = wrapped(words.say("figure_difference_of", measure=measure, unit=unit), 19)
    if direction := better_when(str(drawn.table["measure"].iloc[0])):
        label += "\n" + words.say(f"figure_better_when_{direction}")
    for axes in panels.flat[max(0, len(policies) - _PANEL_COLUMNS) : len(policies)]:
        axes.tick_params(labelbottom=True)
        axes.set_xlabel(label, linespacing=LINE_SPACING)
    verdicts = set(drawn.table["low_verdict"]) | set(drawn.table["high_verdict"])
    present = [verdict for verdict in VERDICT_MARKERS if verdict in verdicts]
    legend_below(figure, [verdict_mark(v) for v in present], [words.terms.verdicts[v] for v in present])
    return figure


def _draw_bars(axes: Axes, rows: pd.DataFrame, scale: float) -> None:
    axes.axvline(0.0, color=INK, linewidth=1.0, zorder=1)
    for position, row in enumerate(rows.to_dict("records")):
        low, base, high = (float(row[f"{end}_difference"]) for end in ("low", "base", "high"))
        axes.plot(
            [low * scale, high * scale], [position] * 2, color=FAINT, linewidth=9, solid_capstyle="butt", zorder=2
        )
        axes.plot([base * scale] * 2, [position - 0.22, position + 0.22], color=MUTED, linewidth=2, zorder=2)
        ends = ((low, row["low_verdict"], row["low_value"], 7), (high, row["high_verdict"], row["high_value"], -16))
        for at, verdict, text, offset_points in ends:
            mark = verdict_mark(str(verdict))
            mark.set_data([at * scale], [position])
            axes.add_line(mark)
            axes.annotate(
                str(text),
                (at * scale, position),
                xytext=(0, offset_points),
                textcoords="offset points",
                ha="center",
                fontsize=8.5,
                bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 0.3},
            )
    axes.grid(axis="x", color=FAINT, linewidth=0.7)
