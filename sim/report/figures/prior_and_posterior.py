"""Prior and posterior of each parameter side by side: the informed ones first and in colour."""

from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sim.report.calibration_answer import is_informed
from sim.report.calibration_numbers import kind_of_unit, name_in_unit, name_of
from sim.report.calibration_tables import POSTERIOR, PRIOR, CalibrationTables, ParameterRow
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

NAME: Final = "prior_and_posterior"
_COLUMNS: Final = 3
_PANEL_IN: Final = 1.6
_MOST_PANELS: Final = 18
_ASSUMED_DASH: Final = (0, (4, 1.5))


def drawn_parameters(tables: CalibrationTables) -> list[ParameterRow]:
    """Return the parameters that are drawn: all informed ones, then those that moved most, as many as fit."""
    informed = [row for row in tables.parameters if is_informed(row)]
    others = [row for row in tables.parameters if not is_informed(row)]
    others.sort(key=lambda row: -row.contraction_here if np.isfinite(row.contraction_here) else 0.0)
    return [*informed, *others][: max(_MOST_PANELS, len(informed))]


def prior_and_posterior(tables: CalibrationTables) -> FigureTable | None:
    """Return the draws of every parameter that is shown; None without any parameter."""
    rows = []
    for row in drawn_parameters(tables):
        told: dict[str, Any] = {"parameter": row.parameter, "informed": is_informed(row), "basis": row.basis}
        told |= {"unit": row.unit, "scale": row.scale, "point": row.point}
        for language in LANGUAGES:
            words = wording(language)
            told[f"name_{language}"] = name_in_unit(name_of(row, words), row.unit, words)
        for kind, draws in ((PRIOR, tables.prior), (POSTERIOR, tables.posterior)):
            values = draws[["draw", row.parameter]].rename(columns={row.parameter: "value"})
            rows.append(values.assign(kind=kind, **told))
    return FigureTable(NAME, pd.concat(rows, ignore_index=True)) if rows else None


@report_style()
def draw_prior_and_posterior(drawn: FigureTable, words: Wording) -> Figure:
    """Draw a panel per parameter: the prior in grey, the posterior as a line, the value used as a triangle."""
    parameters = list(dict.fromkeys(drawn.table["parameter"]))
    figure, grid = panels(len(parameters), _COLUMNS, _PANEL_IN)
    for axes, parameter in zip(grid, parameters, strict=True):
        _draw_panel(axes, drawn.table[drawn.table["parameter"] == parameter], words)
    bases = set(drawn.table["basis"])
    informed = "transferred" if "transferred" in bases else "informed"
    handles = {
        "prior": Patch(**PRIOR_STYLE),
        informed: Line2D([], [], color=POLICY_COLOURS[0], linewidth=2.0),
        "assumed": Line2D([], [], color=INK, linewidth=1.3, linestyle=_ASSUMED_DASH),
        "point": Line2D([], [], color=INK, linewidth=0.0, marker="^", markersize=6),
    }
    is_informed = drawn.table["informed"].astype(bool)
    absent = {informed: not is_informed.any(), "assumed": is_informed.all()}
    shown = [part for part in handles if not absent.get(part)]
    legend_below(figure, [handles[part] for part in shown], [words.say(f"figure_calibration_{part}") for part in shown])
    return figure


def _draw_panel(axes: Axes, rows: pd.DataFrame, words: Wording) -> None:
    first = rows.iloc[0]
    prior, posterior = (rows["value"][rows["kind"] == kind].to_numpy(dtype=float) for kind in (PRIOR, POSTERIOR))
    is_log = first["scale"] == "log" and min(prior.min(), posterior.min()) > 0.0
    ends = ends_of([prior, posterior], [] if is_log else [first["point"]])
    bounds = bounds_of([prior, posterior])
    axes.fill_between(*density_curve(prior, ends, bounds, is_log=is_log), **PRIOR_STYLE)
    at, density = density_curve(posterior, ends, bounds, is_log=is_log)
    if first["informed"]:
        axes.fill_between(at, density, facecolor=POLICY_COLOURS[0], alpha=0.25)
        axes.plot(at, density, color=POLICY_COLOURS[0], linewidth=2.0)
    else:
        axes.plot(at, density, color=INK, linewidth=1.3, linestyle=_ASSUMED_DASH)
    if np.isfinite(first["point"]):
        axes.plot([first["point"]], [0.05], marker="^", color=INK, markersize=6, linestyle="none")
    set_panel(axes, wrapped(str(first[f"name_{words.language}"]), 17))
    set_value_ticks(axes, ends, kind_of_unit(str(first["unit"])), is_log=is_log)
