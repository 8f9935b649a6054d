"""Heat map over two factors: the difference at each point, with a mark that says whether its sign is clear."""

import math
from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from sim.report.figures.paired_differences import verdict_mark
from sim.report.figures.style import (
    FAINT,
    INK,
    LINE_SPACING,
    PAPER,
    SHADE,
    VERDICT_COLOURS,
    FigureTable,
    names_in_order,
    new_figure,
    report_style,
    set_title,
    wrapped,
)
from sim.report.figures.sweep_lines import inked, same_mark, short_number, sweep_levels, verdicts_legend
from sim.report.figures.sweep_points import sweep_points, unit_on_axis
from sim.report.headline import kind_of
from sim.report.sweep_folder import SweepFolder
from sim.report.wording import Wording

NAME: Final = "sweep_map"
_STRONGEST: Final = 0.7
"""The largest difference of a panel is tinted so far from white: ink and marks stay legible on it."""
_FADED: Final = 0.3
"""How much of its tint is left to a difference whose sign is not clear."""
_NEITHER_COLOURS: Final = ("#56b4e9", "#e69f00")
"""Higher and lower of a measure that is neither good nor bad."""
_MOST_COLUMNS_WITH_NUMBERS: Final = 12
_MOST_COLUMNS_OF_HALF_A_PAGE: Final = 6


def sweep_map(folder: SweepFolder) -> FigureTable | None:
    """Return every point's difference and verdict; None for one factor, which has lines."""
    if folder.rows_factor is None:
        return None
    names = sweep_levels(folder).table
    table = sweep_points(folder)
    for column in ("column_factor_zh", "column_factor_en", "row_factor_zh", "row_factor_en"):
        table[column] = names[column]
    return FigureTable(NAME, table)


@report_style()
def draw_sweep_map(drawn: FigureTable, words: Wording) -> Figure:
    """Draw a panel per measure: blue is better and orange worse, the deeper the larger; the mark is the verdict."""
    names = names_in_order(drawn.table, "panel", words)
    column_count = drawn.table["column"].nunique()
    row_count = drawn.table["row"].nunique()
    across = 2 if column_count <= _MOST_COLUMNS_OF_HALF_A_PAGE and len(names) > 1 else 1
    down = math.ceil(len(names) / across)
    figure = new_figure(0.7 + down * (1.5 + 0.5 * row_count))
    panels = figure.subplots(down, across, squeeze=False)
    for axes, (panel, name) in zip(panels.flat, names.items(), strict=False):
        rows = drawn.table[drawn.table["panel"] == panel]
        measure = str(rows["measure"].iloc[0])
        unit = unit_on_axis(measure, words, of_difference=True)
        shown = words.say("figure_sweep_difference_in", unit=unit) if unit else words.say("figure_sweep_difference")
        set_title(axes, f"{wrapped(name, 24 if across == 2 else 50)}\n{shown}")
        _draw_cells(axes, rows, has_numbers=column_count <= _MOST_COLUMNS_WITH_NUMBERS)
        _label_cells(axes, rows, words)
    for axes in panels.flat[len(names) :]:
        axes.set_visible(False)
    verdicts_legend(figure, drawn.table, words, in_ink=True)
    return figure


def tint(value: float, largest: float, better_when: str, *, is_clear: bool) -> str:
    """Return the colour of a cell: white at no difference, the deeper the larger, pale where the sign is not clear."""
    if not math.isfinite(value) or largest == 0.0 or value == 0.0:
        return PAPER
    if better_when:
        is_better = (value > 0.0) == (better_when == "higher")
        colour = VERDICT_COLOURS["better" if is_better else "worse"]
    else:
        colour = _NEITHER_COLOURS[0 if value > 0.0 else 1]
    scale = LinearSegmentedColormap.from_list("tint", [PAPER, colour])
    strength = _STRONGEST * (1.0 if is_clear else _FADED)
    return to_hex(scale(strength * min(1.0, abs(value) / largest)))


def _draw_cells(axes: Axes, rows: pd.DataFrame, *, has_numbers: bool) -> None:
    columns, levels = list(dict.fromkeys(rows["column"])), list(dict.fromkeys(rows["row"]))
    kind, better_when = kind_of(str(rows["measure"].iloc[0])), str(rows["better_when"].iloc[0])
    largest = float(rows["difference"].abs().max())
    for row in rows.to_dict("records"):
        x, y = columns.index(row["column"]), levels.index(row["row"])
        is_same, value = row["method"] == "same", float(row["difference"])
        is_clear = row["verdict"] in ("better", "worse", "differs")
        colour = SHADE if is_same else tint(value, largest, better_when, is_clear=is_clear)
        axes.add_patch(Rectangle((x - 0.5, y - 0.5), 1.0, 1.0, facecolor=colour, edgecolor=FAINT, linewidth=0.8))
        if is_same or math.isfinite(value):
            mark = same_mark() if is_same else inked(verdict_mark(str(row["verdict"])))
            mark.set_markersize(0.62 * mark.get_markersize())
            mark.set_markeredgewidth(1.1)
            mark.set_data([x], [y + 0.24 if has_numbers and not is_same else y])
            axes.add_line(mark)
        if has_numbers and not is_same:
            text = short_number(value, kind, largest)
            axes.text(x, y - 0.16, text, ha="center", va="center", fontsize=8, color=INK)
    axes.set_xlim(-0.5, len(columns) - 0.5)
    axes.set_ylim(-0.5, len(levels) - 0.5)
    axes.tick_params(length=0)
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)


def _label_cells(axes: Axes, rows: pd.DataFrame, words: Wording) -> None:
    language = words.language
    columns = rows.drop_duplicates("column")[f"column_{language}"].tolist()
    levels = rows.drop_duplicates("row")[f"row_{language}"].tolist()
    axes.set_xticks(range(len(columns)), [wrapped(str(label), 6) for label in columns])
    axes.set_yticks(range(len(levels)), [wrapped(str(label), 7) for label in levels])
    for factor, put in ((f"column_factor_{language}", axes.set_xlabel), (f"row_factor_{language}", axes.set_ylabel)):
        put(wrapped(str(rows[factor].iloc[0]), 24 if put == axes.set_xlabel else 12), linespacing=LINE_SPACING)
