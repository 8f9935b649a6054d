"""Lines over the first factor with their intervals: the level of each measure, and its difference."""

import math
from collections.abc import Callable, Sequence
from typing import Any, Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

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
    scenario_line,
    set_round_ticks,
    set_title,
    wrapped,
)
from sim.report.figures.sweep_points import sweep_points, unit_on_axis
from sim.report.headline import kind_of
from sim.report.numbers import Kind, clipped, plain, quantity, signed_quantity
from sim.report.sweep_folder import SweepFolder, factor_name
from sim.report.wording import LANGUAGES, Wording, wording

LEVELS: Final = "sweep_levels"
DIFFERENCES: Final = "sweep_differences"
_PANEL_COLUMNS: Final = 2
_PANEL_IN: Final = 2.7
_MOST_TICKS: Final = 11


def sweep_levels(folder: SweepFolder) -> FigureTable:
    """Return every point's level with its interval."""
    table = _with_factor_names(sweep_points(folder), folder)
    return FigureTable(LEVELS, table.drop(columns=[name for name in table.columns if name.startswith("difference")]))


def sweep_differences(folder: SweepFolder) -> FigureTable | None:
    """Return every point's difference with its interval and verdict; None for two factors, which have a map."""
    if folder.rows_factor is not None:
        return None
    return FigureTable(DIFFERENCES, _with_factor_names(sweep_points(folder), folder))


def _with_factor_names(table: pd.DataFrame, folder: SweepFolder) -> pd.DataFrame:
    for language in LANGUAGES:
        words = wording(language)
        table[f"column_factor_{language}"] = factor_name(folder.columns_factor, words)
        table[f"row_factor_{language}"] = "" if folder.rows_factor is None else factor_name(folder.rows_factor, words)
    return table


@report_style()
def draw_sweep_levels(drawn: FigureTable, words: Wording) -> Figure:
    """Draw a panel per measure and a line per level of the second factor; the dotted line is the baseline."""
    figure, panels = _panels(drawn, words, has_directions=True)
    names = names_in_order(drawn.table, "row", words)
    has_rows = list(names) != [""]
    for axes, rows in panels:
        measure = str(rows["measure"].iloc[0])
        kind = kind_of(measure)
        axes.axhline(float(rows["baseline_mean"].iloc[0]), color=MUTED, linewidth=1.2, linestyle=(0, (1, 2)), zorder=1)
        for position, row_id in enumerate(names):
            line = scenario_line(position + 1 if has_rows else 0)
            of_row = rows[rows["row"] == row_id]
            of_row = of_row.assign(
                at=of_row["at"] + _aside(rows, position, len(names)),
                low=[clipped(end, kind) for end in of_row["low"]],
                high=[clipped(end, kind) for end in of_row["high"]],
            )
            _draw_line(axes, of_row, ("mean", "low", "high"), line, marker="o")
        _set_value_axis(axes, kind, quantity)
        axes.set_ylabel(unit_on_axis(measure, words, of_difference=False))
    handles: list[Any] = [Line2D([], [], **scenario_line(position + 1)) for position in range(len(names))]
    labels = [_row_label(drawn, name, words) for name in names.values()]
    reference = Line2D([], [], color=MUTED, linewidth=1.2, linestyle=(0, (1, 2)))
    shown = (handles, labels) if has_rows else ([], [])
    legend_below(figure, [*shown[0], reference], [*shown[1], words.say("figure_sweep_baseline")])
    return figure


@report_style()
def draw_sweep_differences(drawn: FigureTable, words: Wording) -> Figure:
    """Draw a panel per measure: the difference over the factor, its interval, and the verdict by colour and shape."""
    figure, panels = _panels(drawn, words, has_directions=True)
    for axes, rows in panels:
        measure = str(rows["measure"].iloc[0])
        kind = kind_of(measure)
        axes.axhline(0.0, color=INK, linewidth=1.0, zorder=1)
        line = {"color": MUTED, "linestyle": "-", "linewidth": 1.2}
        _draw_line(axes, rows, ("difference", "difference_low", "difference_high"), line)
        for row in rows[rows["difference"].notna()].to_dict("records"):
            axes.add_line(_mark(str(row["verdict"]), str(row["method"]), float(row["at"]), float(row["difference"])))
        _set_value_axis(axes, kind, signed_quantity)
        axes.set_ylabel(unit_on_axis(measure, words, of_difference=True))
    verdicts_legend(figure, drawn.table, words)
    return figure


def _mark(verdict: str, method: str, x: float, y: float) -> Line2D:
    mark = same_mark() if method == "same" else verdict_mark(verdict)
    mark.set_data([x], [y])
    return mark


def same_mark() -> Line2D:
    """Return the mark of a point that is what it would be compared with."""
    return Line2D(
        [], [], linestyle="none", marker="P", markersize=7, markerfacecolor=PAPER, markeredgecolor=INK, zorder=3
    )


def inked(mark: Line2D) -> Line2D:
    """Return a verdict's mark in black, to be told by its shape where colour says how large a difference is."""
    if mark.get_markerfacecolor() != PAPER:
        mark.set_markerfacecolor(INK)
    mark.set_markeredgecolor(INK)
    return mark


def verdicts_legend(figure: Figure, table: pd.DataFrame, words: Wording, *, in_ink: bool = False) -> None:
    """Put the marks that occur, and what they mean, under all panels."""
    judged = table[(table["method"] != "same") & table["difference"].notna()]
    present = [verdict for verdict in VERDICT_MARKERS if verdict in set(judged["verdict"])]
    handles, labels = [verdict_mark(v) for v in present], [words.terms.verdicts[v] for v in present]
    handles = [inked(mark) for mark in handles] if in_ink else handles
    if (table["method"] == "same").any():
        handles, labels = [*handles, same_mark()], [*labels, words.say("figure_sweep_same")]
    legend_below(figure, handles, labels)


def _panels(
    drawn: FigureTable, words: Wording, *, has_directions: bool
) -> tuple[Figure, Sequence[tuple[Axes, pd.DataFrame]]]:
    names = names_in_order(drawn.table, "panel", words)
    panel_rows = math.ceil(len(names) / _PANEL_COLUMNS)
    figure = new_figure(0.7 + panel_rows * _PANEL_IN)
    axes_grid = figure.subplots(panel_rows, _PANEL_COLUMNS, squeeze=False)
    panels = []
    for axes, (panel, name) in zip(axes_grid.flat, names.items(), strict=False):
        rows = drawn.table[drawn.table["panel"] == panel]
        direction = str(rows["better_when"].iloc[0])
        title = wrapped(name, 25)
        if direction and has_directions:
            title += "\n" + words.say(f"figure_sweep_better_when_{direction}")
        set_title(axes, title)
        _set_factor_axis(axes, rows, words)
        axes.grid(axis="y", color=FAINT, linewidth=0.7)
        panels.append((axes, rows))
    for axes in axes_grid.flat[len(names) :]:
        axes.set_visible(False)
    return figure, panels


def _set_factor_axis(axes: Axes, rows: pd.DataFrame, words: Wording) -> None:
    """Label the levels where they stand; where there are many, every second or third."""
    levels = rows.drop_duplicates("column")
    step = math.ceil(len(levels) / _MOST_TICKS)
    shown = levels.iloc[::step]
    axes.set_xticks(shown["at"].tolist(), [wrapped(str(label), 7) for label in shown[f"column_{words.language}"]])
    low, high = float(levels["at"].min()), float(levels["at"].max())
    room = 0.06 * (high - low) or 0.5
    axes.set_xlim(low - room, high + room)
    axes.set_xlabel(wrapped(str(rows[f"column_factor_{words.language}"].iloc[0]), 26), linespacing=LINE_SPACING)


def _aside(rows: pd.DataFrame, position: int, count: int) -> float:
    """How far a line is moved aside, so that intervals do not hide each other."""
    return (position - (count - 1) / 2.0) * 0.012 * float(rows["at"].max() - rows["at"].min())


def _set_value_axis(axes: Axes, kind: Kind, shown: Callable[[float, Kind, int], str]) -> None:
    scale = 100.0 if kind is Kind.SHARE else 1.0
    set_round_ticks(axes.yaxis, lambda value, decimals: shown(value, kind, decimals), most=5, scale=scale)


def _draw_line(
    axes: Axes, rows: pd.DataFrame, columns: tuple[str, str, str], line: dict[str, Any], marker: str = ""
) -> None:
    middle, low, high = columns
    rows = rows.sort_values("at", kind="stable")
    axes.plot(rows["at"], rows[middle], marker=marker or "None", markersize=4, zorder=2, **line)
    axes.vlines(rows["at"], rows[low], rows[high], color=line["color"], linewidth=1.6, alpha=0.75, zorder=2)


def _row_label(drawn: FigureTable, level: str, words: Wording) -> str:
    factor = str(drawn.table[f"row_factor_{words.language}"].iloc[0])
    return words.say("sweep_factor_at", factor=factor, level=level)


def short_number(value: float, kind: Kind, largest: float) -> str:
    """Return a difference with as many decimals as the largest of its panel needs for two digits."""
    shown = abs(largest) * (100.0 if kind is Kind.SHARE else 1.0)
    decimals = 0 if shown == 0.0 or not math.isfinite(shown) else max(0, 1 - math.floor(math.log10(shown)))
    return signed_quantity(value, kind, min(decimals, 4)) if math.isfinite(value) else plain(value, 0)
