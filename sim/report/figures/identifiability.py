"""Pairs of parameters that the figures cannot tell apart: their draws one against the other."""

from typing import Any, Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sim.report.calibration_numbers import kind_of_unit, name_in_unit, name_of_column, pairs_together, shown_correlation
from sim.report.calibration_tables import EMERGENCE_COLUMN, SURFACED_COLUMN, CalibrationTables, PairRow
from sim.report.figures.densities import ends_of, log_ticks, panels
from sim.report.figures.style import (
    LINE_SPACING,
    MUTED,
    POLICY_COLOURS,
    FigureTable,
    legend_below,
    report_style,
    set_round_ticks,
    set_title,
    wrapped,
)
from sim.report.numbers import Kind, quantity, significant
from sim.report.wording import LANGUAGES, Wording, wording

NAME: Final = "identifiability"
_COLUMNS: Final = 2
_PANEL_IN: Final = 3.0
_MOST_PANELS: Final = 4
_UNITS_OF_COLUMNS: Final = {EMERGENCE_COLUMN: "per_1000_per_year", SURFACED_COLUMN: "share"}
_SCALES_OF_COLUMNS: Final = {EMERGENCE_COLUMN: "log"}


def identifiability(tables: CalibrationTables) -> FigureTable | None:
    """Return the draws of the pairs that move together most, the ridge of emergence always among them; None without."""
    rows = []
    for number, pair in enumerate(worst_pairs(tables)):
        told: dict[str, Any] = {"pair": number, "correlation": pair.correlation}
        for side, column in (("first", pair.first), ("second", pair.second)):
            told[side] = column
            told[f"{side}_unit"] = unit_of(tables, column)
            told[f"{side}_scale"] = _scale_of(tables, column)
            for language in LANGUAGES:
                words = wording(language)
                name = name_of_column(tables, column, words)
                told[f"{side}_{language}"] = name_in_unit(name, str(told[f"{side}_unit"]), words)
        for kind, draws in (("prior", tables.prior), ("posterior", tables.posterior)):
            if {pair.first, pair.second} <= set(draws.columns):
                values = draws[["draw", pair.first, pair.second]]
                values = values.set_axis(["draw", "first_value", "second_value"], axis=1)
                rows.append(values.assign(kind=kind, **told))
    return FigureTable(NAME, pd.concat(rows, ignore_index=True)) if rows else None


def worst_pairs(tables: CalibrationTables) -> list[PairRow]:
    """Return the pairs that are drawn."""
    pairs = pairs_together(tables)
    ridge = [pair for pair in pairs if EMERGENCE_COLUMN in (pair.first, pair.second)][:1]
    others = [pair for pair in pairs if pair not in ridge]
    return [*ridge, *others[: _MOST_PANELS - len(ridge)]]


def unit_of(tables: CalibrationTables, column: str) -> str:
    """Return the unit of one of a pair; `none` where it is unknown."""
    units = {row.parameter: row.unit for row in tables.parameters}
    return units.get(column, _UNITS_OF_COLUMNS.get(column, "none"))


def _scale_of(tables: CalibrationTables, column: str) -> str:
    return {row.parameter: row.scale for row in tables.parameters}.get(
        column, _SCALES_OF_COLUMNS.get(column, "natural")
    )


@report_style()
def draw_identifiability(drawn: FigureTable, words: Wording) -> Figure:
    """Draw a panel per pair: a grey dot for each prior draw, a blue one for each posterior draw."""
    pairs = list(dict.fromkeys(drawn.table["pair"]))
    figure, grid = panels(len(pairs), min(_COLUMNS, len(pairs)), _PANEL_IN)
    for axes, pair in zip(grid, pairs, strict=True):
        _draw_panel(axes, drawn.table[drawn.table["pair"] == pair], words)
    marks = {"prior": _dots("prior"), "draws": _dots("posterior")}
    shown = [part for part in marks if part != "prior" or (drawn.table["kind"] == "prior").any()]
    legend_below(figure, [marks[part] for part in shown], [words.say(f"figure_calibration_{part}") for part in shown])
    return figure


def _dots(kind: str) -> Line2D:
    is_prior = kind == "prior"
    return Line2D(
        [],
        [],
        linestyle="none",
        marker="." if is_prior else "o",
        color=MUTED if is_prior else POLICY_COLOURS[0],
        alpha=0.35 if is_prior else 0.6,
        markersize=4 if is_prior else 3.5,
        markeredgewidth=0,
    )


def _draw_panel(axes: Axes, rows: pd.DataFrame, words: Wording) -> None:
    first = rows.iloc[0]
    for kind in ("prior", "posterior"):
        of_kind = rows[rows["kind"] == kind]
        dots = _dots(kind)
        dots.set_data(of_kind["first_value"], of_kind["second_value"])
        axes.add_line(dots)
    for side in ("first", "second"):
        values = [rows[f"{side}_value"][rows["kind"] == kind].to_numpy(dtype=float) for kind in set(rows["kind"])]
        is_log = first[f"{side}_scale"] == "log" and min(float(value.min()) for value in values) > 0.0
        _set_axis(axes, side, ends_of(values, left_out=0.0), kind_of_unit(str(first[f"{side}_unit"])), is_log=is_log)
    axes.set_xlabel(wrapped(str(first[f"first_{words.language}"]), 26), linespacing=LINE_SPACING, fontsize=9)
    axes.set_ylabel(wrapped(str(first[f"second_{words.language}"]), 20), linespacing=LINE_SPACING, fontsize=9)
    set_title(axes, words.say("figure_calibration_correlation", correlation=shown_correlation(first["correlation"])))


def _set_axis(axes: Axes, side: str, ends: tuple[float, float], kind: Kind, *, is_log: bool) -> None:
    axis = axes.xaxis if side == "first" else axes.yaxis
    set_limits = axes.set_xlim if side == "first" else axes.set_ylim
    if is_log:
        (axes.set_xscale if side == "first" else axes.set_yscale)("log")
        ticks = log_ticks(*ends)
        axis.set_ticks(ticks, [significant(tick) for tick in ticks])
        axes.minorticks_off()
    set_limits(*ends)
    if not is_log:
        scale = 100.0 if kind is Kind.SHARE else 1.0
        set_round_ticks(axis, lambda value, decimals: quantity(value, kind, decimals), most=5, scale=scale)
        set_limits(*ends)
