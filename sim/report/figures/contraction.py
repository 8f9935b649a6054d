"""How much the figures tell of each parameter: its contraction beside the limit that was fixed beforehand."""

from typing import Final

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sim.report.calibration_numbers import name_of
from sim.report.calibration_tables import CalibrationTables
from sim.report.figures.style import (
    FAINT,
    INK,
    MUTED,
    PAPER,
    POLICY_COLOURS,
    FigureTable,
    legend_below,
    new_figure,
    report_style,
    set_round_ticks,
    set_row_names,
    wrapped,
)
from sim.report.numbers import plain
from sim.report.wording import LANGUAGES, Wording, wording

NAME: Final = "contraction"
_MOST_ROWS: Final = 30
_ROW_IN: Final = 0.3
_NAME_EM: Final = 28


def contraction(tables: CalibrationTables) -> FigureTable | None:
    """Return parameters by contraction, the largest first, as many as fit; None where none was computed."""
    rows = [
        {"parameter": row.parameter, "informed": row.informed, "contraction": row.contraction}
        | {"contraction_here": row.contraction_here, "informed_from": tables.manifest.informed_from}
        | {f"name_{language}": name_of(row, wording(language)) for language in LANGUAGES}
        for row in tables.parameters
        if np.isfinite(row.contraction)
    ]
    rows.sort(key=lambda row: (not row["informed"], -float(str(row["contraction"]))))
    return FigureTable(NAME, pd.DataFrame(rows[:_MOST_ROWS])) if rows else None


@report_style()
def draw_contraction(drawn: FigureTable, words: Wording) -> Figure:
    """Draw a row per parameter: a dot for the median over synthetic data, a cross for the figures as reported."""
    table = drawn.table.reset_index(drop=True)
    names = [wrapped(str(name), _NAME_EM) for name in table[f"name_{words.language}"]]
    lines = max(name.count("\n") for name in names) + 1
    figure = new_figure(1.0 + _ROW_IN * (1.0 + 0.6 * (lines - 1)) * len(table))
    axes = figure.subplots()
    informed = table["informed"].astype(bool)
    axes.axvline(float(table["informed_from"].iloc[0]), color=INK, linestyle="--", linewidth=1.2)
    axes.axvline(0.0, color=MUTED, linewidth=0.8)
    axes.hlines(table.index, 0.0, table["contraction"], color=FAINT, linewidth=1.5)
    for rows, face in ((table[informed], POLICY_COLOURS[0]), (table[~informed], PAPER)):
        edge = POLICY_COLOURS[0] if face != PAPER else INK
        axes.plot(rows["contraction"], rows.index, "o", markersize=7, markerfacecolor=face, markeredgecolor=edge)
    axes.plot(table["contraction_here"], table.index, "x", color=MUTED, markersize=6, markeredgewidth=1.4)
    set_row_names(axes, names, _NAME_EM)
    axes.set_ylim(len(table) - 0.5, -0.5)
    axes.set_xlim(min(-0.1, 1.1 * float(table[["contraction", "contraction_here"]].min().min())), 1.05)
    set_round_ticks(axes.xaxis, plain)
    axes.set_xlabel(words.say("figure_calibration_contraction"))
    axes.grid(axis="x", color=FAINT, linewidth=0.7)
    handles = {
        "informed": _dot(POLICY_COLOURS[0], POLICY_COLOURS[0]),
        "assumed": _dot(PAPER, INK),
        "here": Line2D([], [], linestyle="none", marker="x", color=MUTED, markersize=6, markeredgewidth=1.4),
        "threshold": Line2D([], [], color=INK, linestyle="--", linewidth=1.2),
    }
    shown = [part for part in handles if part != "informed" or informed.any()]
    legend_below(figure, [handles[part] for part in shown], [words.say(f"figure_contraction_{part}") for part in shown])
    return figure


def _dot(face: str, edge: str) -> Line2D:
    return Line2D([], [], linestyle="none", marker="o", markersize=7, markerfacecolor=face, markeredgecolor=edge)
