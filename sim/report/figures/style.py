"""How every figure looks: one font, colours that the colour-blind can tell apart, no state of the machine."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import matplotlib.style
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.ticker import MaxNLocator

from sim.report.fonts import FONT_FAMILY, register_with_matplotlib
from sim.report.wording import Wording
from sim.report.wording.catalogue import width_em

WIDTH_IN: Final = 8.0
LINE_SPACING: Final = 1.45
"""Chinese lines touch at matplotlib's own 1.2."""
INK: Final = "#1b1b1b"
MUTED: Final = "#5f6368"
FAINT: Final = "#d5d8dc"
SHADE: Final = "#eef0f2"
PAPER: Final = "#ffffff"

BASELINE_COLOUR: Final = INK
POLICY_COLOURS: Final = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
"""Okabe and Ito's palette without its yellow, which is too pale for a line on white."""
LINE_STYLES: Final = ("-", (0, (6, 2)), (0, (2, 1.4)), (0, (8, 2, 2, 2)), (0, (4, 1.5, 1, 1.5, 1, 1.5)), (0, (1, 1)))

TIER_COLOURS: Final = ("#9ecae1", "#6baed6", "#4292c6", "#2171b5", "#08519c", "#08306b")
STATE_COLOURS: Final[Mapping[str, str]] = {
    "settled_by_parties": "#c7e9b4",
    "adjudicated": "#cc79a7",
    "litigated": "#e69f00",
    "withdrawn": "#b8bcc2",
    "faded": "#e3e5e8",
    "incident": "#d55e00",
    "open": "#ffffff",
}

VERDICT_COLOURS: Final[Mapping[str, str]] = {
    "better": "#0072b2",
    "worse": "#d55e00",
    "unclear": MUTED,
    "within_noise": MUTED,
    "differs": INK,
    "": MUTED,
}
VERDICT_MARKERS: Final[Mapping[str, str]] = {
    "better": "o",
    "worse": "s",
    "unclear": "D",
    "within_noise": "|",
    "differs": "^",
    "": ".",
}
HOLLOW_VERDICTS: Final = ("unclear",)

_RC: Final[Mapping[str, Any]] = {
    "axes.axisbelow": True,
    "axes.edgecolor": MUTED,
    "axes.labelcolor": INK,
    "axes.labelsize": 10,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 10.5,
    "figure.facecolor": PAPER,
    "font.family": [FONT_FAMILY],
    "font.size": 10,
    "hatch.color": MUTED,
    "hatch.linewidth": 0.6,
    "legend.fontsize": 9.5,
    "legend.frameon": False,
    "savefig.dpi": 160,
    "svg.fonttype": "path",
    "svg.hashsalt": "tiered-mediation",
    "text.color": INK,
    "xtick.color": MUTED,
    "xtick.labelcolor": INK,
    "xtick.labelsize": 9.5,
    "ytick.color": MUTED,
    "ytick.labelcolor": INK,
    "ytick.labelsize": 9.5,
}


@dataclass(frozen=True)
class FigureTable:
    """What one figure draws, and nothing else: `table` is also the CSV beside it, with names in both languages."""

    name: str
    table: pd.DataFrame


@contextmanager
def report_style() -> Iterator[None]:
    """Draw and save under matplotlib's own defaults and this style, whatever the user's settings are."""
    register_with_matplotlib()
    with matplotlib.style.context(["default", dict(_RC)]):
        yield


def new_figure(height_in: float) -> Figure:
    """Return an empty figure of the report's width whose parts make room for each other."""
    return Figure(figsize=(WIDTH_IN, height_in), layout=ConstrainedLayoutEngine(w_pad=0.1, h_pad=0.06))


def wrapped(text: str, longest_em: float) -> str:
    """Return a text broken into lines of at most `longest_em`: between words, and anywhere in Chinese."""
    if "\n" in text:
        return "\n".join(wrapped(line, longest_em) for line in text.split("\n"))
    lines, line = [], ""
    for piece in _pieces(text):
        if line.strip() and width_em(line + piece.rstrip()) > longest_em:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return "\n".join([*lines, line.rstrip()])


def wrapped_parts(text: str, separator: str, longest_em: float) -> str:
    """Return a text of several parts with its first part on a line of its own and, if it can be, no part torn apart."""
    first, *others = text.split(separator)
    lines: list[str] = []
    for part in others:
        joined = separator.join([lines[-1], part]) if lines else part
        if lines and width_em(joined) <= longest_em:
            lines[-1] = joined
        else:
            lines.append(part)
    return "\n".join(wrapped(line, longest_em) for line in [first, *lines])


def _pieces(text: str) -> list[str]:
    """Cut where a line may break; punctuation stays with what it opens or closes."""
    pieces: list[str] = []
    for char in text:
        is_word = char != " " and width_em(char) < 1.0
        joins = pieces and (
            char in " ·，。、；：）》”"
            or pieces[-1][-1] in "（《“"
            or (is_word and pieces[-1][-1] != " " and width_em(pieces[-1][-1]) < 1.0)
        )
        if joins:
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces


def scenario_line(position: int) -> dict[str, Any]:
    """Return colour, dash and width of the n-th scenario's line; 0 is the baseline."""
    if position == 0:
        return {"color": BASELINE_COLOUR, "linestyle": "-", "linewidth": 2.2}
    index = position - 1
    return {
        "color": POLICY_COLOURS[index % len(POLICY_COLOURS)],
        "linestyle": LINE_STYLES[(index + index // len(POLICY_COLOURS)) % len(LINE_STYLES)],
        "linewidth": 1.8,
    }


def names_in_order(table: pd.DataFrame, id_column: str, wording: Wording) -> dict[str, str]:
    """Return names by id in the order of first appearance, from the columns `<id>` and `<id>_<language>`."""
    firsts = table.drop_duplicates(id_column)
    return dict(zip(firsts[id_column], firsts[f"{id_column}_{wording.language}"], strict=True))


def legend_below(figure: Figure, handles: Sequence[Any], labels: Sequence[str]) -> None:
    """Put one legend under all panels, read row by row, in as many columns as fit."""
    widest = max((width_em(label) for label in labels), default=1.0) + 4.5
    columns = max(1, min(len(labels), int(WIDTH_IN * 72 / 9.5 / widest)))
    full, rest = divmod(len(labels), columns)
    # matplotlib fills column by column; the longer columns come first.
    order = [row * columns + column for column in range(columns) for row in range(full + (column < rest))]
    figure.legend(
        [handles[k] for k in order],
        [labels[k] for k in order],
        loc="outside lower left",
        ncols=columns,
        handlelength=2.6,
        columnspacing=1.4,
    )


def set_title(axes: Axes, text: str) -> None:
    """Set a panel's title, with room between its lines."""
    axes.set_title(text, linespacing=LINE_SPACING)


def set_row_names(axes: Axes, names: Iterable[str], longest_em: float) -> None:
    """Name the rows of a panel from the top down, wrapped, with room between lines and no tick marks."""
    wrapped_names = [wrapped(name, longest_em) for name in names]
    axes.set_yticks(range(len(wrapped_names)), wrapped_names)
    for label in axes.get_yticklabels():
        if "\n" in label.get_text():
            label.set_linespacing(LINE_SPACING)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)


def set_round_ticks(axis: Axis, shown: Callable[[float, int], str], *, most: int = 6, scale: float = 1.0) -> None:
    """Put ticks at round values and write each with the decimals that the step between them needs.

    `shown` takes a value and a number of decimals; `scale` is the factor by which it multiplies before writing.
    """
    axis.set_major_locator(MaxNLocator(nbins=most, steps=[1, 2, 5, 10]))
    ticks = axis.get_majorticklocs()
    step = (ticks[1] - ticks[0]) * scale if len(ticks) > 1 else 1.0
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    axis.set_major_formatter(lambda value, _: shown(value, decimals))
