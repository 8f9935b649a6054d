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
    MUTED,
    VERDICT_MARKERS,
    FigureTable,
    legend_below,
    names_in_order,
    new_figure,
    report_style,
    wrapped,
)
from sim.report.folder import RunFolder
from sim.report.headline import kind_of
from sim.report.numbers import Kind, plain
from sim.report.paths import path_label, shown_value
from sim.report.turning_points import stressed_differences
from sim.report.wording import LANGUAGES, Wording, wording

NAME: Final = "robustness_of_verdicts"
_PANEL_COLUMNS: Final = 2


def robustness_of_verdicts(folder: RunFolder) -> FigureTable | None:
    """Return differences by policy, assumed value and end for the first headline measure; None without a stress test."""
    stressed = stressed_differences(folder)
    if not stressed:
        return None
    measure = stressed[0].measure
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
    figure = new_figure(1.3 + panel_rows * (0.7 + 0.52 * len(paths)))
    panels = figure.subplots(panel_rows, _PANEL_COLUMNS, sharey=True, sharex=True, squeeze=False)
    for axes, (policy, name) in zip(panels.flat, policies.items(), strict=False):
        rows = drawn.table[drawn.table["scenario"] == policy].set_index("path").reindex(list(paths))
        axes.set_title(wrapped(name, 24))
        _draw_bars(axes, rows, scale)
    panels[0][0].set_yticks(range(len(paths)), [wrapped(name, 15) for name in paths.values()])
    panels[0][0].set_ylim(len(paths) - 0.4, -0.6)
    for axes in panels.flat[len(policies) :]:
        axes.set_visible(False)
    measure = str(drawn.table[f"measure_{words.language}"].iloc[0])
    unit = words.say("figure_points") if scale > 1.0 else words.say("figure_own_unit")
    figure.supxlabel(words.say("figure_difference_of", measure=measure, unit=unit), fontsize=10)
    verdicts = set(drawn.table["low_verdict"]) | set(drawn.table["high_verdict"])
    present = [verdict for verdict in VERDICT_MARKERS if verdict in verdicts]
    legend_below(figure, [verdict_mark(v) for v in present], [words.terms.verdicts[v] for v in present])
    return figure


def _draw_bars(axes: Axes, rows: pd.DataFrame, scale: float) -> None:
    axes.axvline(0.0, color=INK, linewidth=1.0)
    ends = rows[["low_difference", "base_difference", "high_difference"]].to_numpy(dtype=float) * scale
    span = max(abs(float(ends.max())), abs(float(ends.min())), 1e-9)
    for position, row in enumerate(rows.itertuples()):
        low, base, high = (float(value) for value in ends[position])
        axes.plot([low, high], [position, position], color=FAINT, linewidth=9, solid_capstyle="butt", zorder=1)
        axes.plot([base, base], [position - 0.22, position + 0.22], color=MUTED, linewidth=2, zorder=2)
        for at, verdict, text in ((low, row.low_verdict, row.low_value), (high, row.high_verdict, row.high_value)):
            mark = verdict_mark(str(verdict))
            mark.set_data([at], [position])
            axes.add_line(mark)
            offset = (0, 7) if (at, text) == (low, row.low_value) else (0, -16)
            axes.annotate(
                str(text), (at, position), xytext=offset, textcoords="offset points", ha="center", fontsize=8.5
            )
    axes.margins(x=0.14)
    axes.grid(axis="x", color=FAINT, linewidth=0.7)
    axes.locator_params(axis="x", nbins=5)
    axes.xaxis.set_major_formatter(lambda value, _: plain(value, 0 if span > 4 else 1 if span > 0.4 else 2, signed=True))
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
