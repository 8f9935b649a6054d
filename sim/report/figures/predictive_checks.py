"""Predictive checks: each reported figure over what the model gives before the fit and after it."""

from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sim.report.calibration_answer import fitted_figures, held_out_figures, model_value, reported, verdict_text
from sim.report.calibration_numbers import kind_of_unit, name_in_unit, name_of
from sim.report.calibration_tables import DRAW, KIND, POSTERIOR, PRIOR, CalibrationTables
from sim.report.figures.densities import (
    PRIOR_STYLE,
    bounds_of,
    density_curve,
    ends_of,
    panels,
    set_panel,
    set_value_ticks,
)
from sim.report.figures.style import INK, POLICY_COLOURS, FigureTable, legend_below, report_style, wrapped
from sim.report.wording import LANGUAGES, Wording, wording

NAME: Final = "predictive_checks"
_COLUMNS: Final = 2
_PANEL_IN: Final = 1.95
_FITTED_COLOUR, _HELD_OUT_COLOUR = POLICY_COLOURS[0], POLICY_COLOURS[2]
_ARROWS: Final = {"at_least": 1.0, "at_most": -1.0}
_ARROW_LENGTH: Final = 0.09
"""Of a panel's width."""


def predictive_checks(tables: CalibrationTables) -> FigureTable | None:
    """Return every predicted value by figure, those fitted to first; None without any figure."""
    rows = []
    for row in [*fitted_figures(tables), *held_out_figures(tables)]:
        told: dict[str, Any] = {"target": row.target, "held_out": row.held_out, "bound": row.bound}
        told |= {"unit": row.unit, "reported": row.reported, "fitted": row.fitted}
        for language in LANGUAGES:
            words = wording(language)
            told[f"title_{language}"] = words.say(
                f"figure_calibration_of_{'held_out' if row.held_out else 'fitted'}",
                name=name_in_unit(name_of(row, words), row.unit, words),
                reported=reported(row, words),
                fitted=model_value(row),
                verdict=verdict_text(row, words),
            )
        predicted = tables.predictive[[KIND, DRAW, row.target]].rename(columns={row.target: "value"})
        rows.append(predicted.assign(**told))
    return FigureTable(NAME, pd.concat(rows, ignore_index=True)) if rows else None


@report_style()
def draw_predictive_checks(drawn: FigureTable, words: Wording) -> Figure:
    """Draw a panel per figure: prior predictive in grey, posterior predictive in colour, the figure as a line."""
    targets = list(dict.fromkeys(drawn.table["target"]))
    figure, grid = panels(len(targets), _COLUMNS, _PANEL_IN)
    for axes, target in zip(grid, targets, strict=True):
        _draw_panel(axes, drawn.table[drawn.table["target"] == target], words)
    parts = {
        "prior_predictive": Patch(**PRIOR_STYLE),
        "posterior_fitted": Patch(facecolor=_FITTED_COLOUR, alpha=0.55),
        "posterior_held_out": Patch(facecolor=_HELD_OUT_COLOUR, alpha=0.55),
        "reported": Line2D([], [], color=INK, linewidth=2.0),
        "bound": Line2D([], [], color=INK, linewidth=0.0, marker=r"$\rightarrow$", markersize=11),
    }
    held_out, bounds = drawn.table["held_out"].astype(bool), drawn.table["bound"]
    absent = {"posterior_fitted": held_out.all(), "posterior_held_out": not held_out.any()}
    absent["prior_predictive"] = not (drawn.table[KIND] == PRIOR).any()
    absent["bound"] = not bounds.isin(list(_ARROWS)).any()
    shown = [part for part in parts if not absent.get(part)]
    legend_below(figure, [parts[part] for part in shown], [words.say(f"figure_calibration_{part}") for part in shown])
    return figure


def _draw_panel(axes: Axes, rows: pd.DataFrame, words: Wording) -> None:
    first = rows.iloc[0]
    samples = {
        kind: values[np.isfinite(values)]
        for kind in (PRIOR, POSTERIOR)
        if len(values := rows["value"][rows[KIND] == kind].to_numpy(dtype=float))
    }
    ends = ends_of(list(samples.values()), [first["reported"]])
    direction = _ARROWS.get(str(first["bound"]), 0.0)
    tip = first["reported"] + direction * _ARROW_LENGTH * (ends[1] - ends[0])
    ends = min(ends[0], tip), max(ends[1], tip)
    kind = kind_of_unit(str(first["unit"]))
    colour = _HELD_OUT_COLOUR if first["held_out"] else _FITTED_COLOUR
    bounds = bounds_of(list(samples.values()))
    for name, sample in samples.items():
        style = PRIOR_STYLE if name == PRIOR else {"facecolor": colour, "edgecolor": colour, "alpha": 0.55}
        axes.fill_between(*density_curve(sample, ends, bounds), label=name, **style)
    axes.axvline(first["reported"], color=INK, linewidth=2.0)
    if direction:
        axes.annotate(
            "",
            xy=(tip, 1.08),
            xytext=(first["reported"], 1.08),
            annotation_clip=False,
            arrowprops={"arrowstyle": "->", "color": INK, "linewidth": 1.4, "shrinkA": 0, "shrinkB": 0},
        )
    set_panel(axes, wrapped(str(first[f"title_{words.language}"]), 30))
    set_value_ticks(axes, ends, kind)
