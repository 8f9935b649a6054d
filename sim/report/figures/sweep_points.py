"""What the figures of a sweep draw: a row for each point and measure, with names in both languages."""

from typing import Any

import pandas as pd

from sim.report.headline import better_when, kind_of, unit_of
from sim.report.numbers import Kind
from sim.report.sweep_folder import SweepFolder, axis_positions, level_label
from sim.report.wording import LANGUAGES, Wording, wording


def sweep_points(folder: SweepFolder) -> pd.DataFrame:
    """Return the points of a sweep, measure by measure, row by row (`column` is the first factor, `row` the second).

    `at` is where the first factor's level stands on an axis; `row` is '' in a sweep of one factor.
    """
    column_factor, row_factor = folder.columns_factor, folder.rows_factor
    positions = axis_positions(column_factor)
    rows = []
    for number, key in enumerate(folder.design.keys):
        for row_level in folder.row_levels():
            for column_level, at in zip(column_factor.levels, positions, strict=True):
                point = folder.point_at(column_level, row_level)
                found = folder.row_of(point, key)
                row: dict[str, Any] = {
                    "panel": f"{number + 1}",
                    "measure": key.measure,
                    "tier": key.tier,
                    "category": key.category,
                }
                row |= {"point": point.scenario, "column": column_level.id, "at": at}
                row |= {"row": "" if row_level is None else row_level.id}
                row |= {name: found[name] for name in ("mean", "low", "high", "reference_mean", "difference")}
                row |= {name: found[name] for name in ("difference_low", "difference_high", "method", "verdict")}
                row |= {"baseline_mean": folder.baseline_means.get(key, float("nan"))}
                row |= {"better_when": better_when(key.measure)}
                for language in LANGUAGES:
                    words = wording(language)
                    row[f"panel_{language}"] = folder.measure_name(key, words)
                    row[f"column_{language}"] = level_label(column_factor, column_level, words)
                    row[f"row_{language}"] = ""
                    if row_factor is not None and row_level is not None:
                        row[f"row_{language}"] = level_label(row_factor, row_level, words)
                rows.append(row)
    return pd.DataFrame(rows)


def unit_on_axis(measure: str, words: Wording, *, of_difference: bool) -> str:
    """Return the unit to be written at an axis: shares carry a per cent sign, their differences are in points."""
    if kind_of(measure) is Kind.SHARE:
        return words.say("figure_points") if of_difference else ""
    return words.terms.units[unit_of(measure)]
