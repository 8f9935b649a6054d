"""How the values, units and names of a calibration are shown; the same digits in both languages."""

import math
import re
from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from sim.report.calibration_tables import (
    EMERGENCE_COLUMN,
    SURFACED_COLUMN,
    CalibrationTables,
    FigureRow,
    ImplicationRow,
    LocalText,
    PairRow,
    ParameterRow,
)
from sim.report.numbers import Kind, decimals_for, displayed, plain, quantity, signed_quantity, significant
from sim.report.wording import Wording

_NAMES_OF_COLUMNS = {EMERGENCE_COLUMN: "calibration_emergence", SURFACED_COLUMN: "calibration_surfaced"}

_MOVES_TOGETHER: Final = 0.3
"""Below such a correlation a pair can be told apart."""


def kind_of_unit(unit: str) -> Kind:
    """Return how numbers of a unit are shown: shares in per cent, all else as stored."""
    return Kind.SHARE if unit == "share" else Kind.PLAIN


def shown_together(values: Sequence[float], unit: str) -> list[str]:
    """Return values with as many decimals as give the largest of them three digits; a dash for NaN."""
    kind = kind_of_unit(unit)
    decimals = decimals_for(kind, [max((abs(value) for value in values if math.isfinite(value)), default=0.0)])
    return [quantity(value, kind, decimals) for value in values]


def shown_alone(value: float, unit: str) -> str:
    """Return a value as it was reported, with no digits that were not."""
    kind = kind_of_unit(unit)
    return significant(displayed(value, kind), 4) + ("%" if kind is Kind.SHARE else "")


def shown_ends(low: float, median: float, high: float, unit: str, words: Wording) -> str:
    """Return a median with its ends in brackets."""
    ends = shown_together([low, median, high], unit)
    return words.say("calibration_ends", low=ends[0], median=ends[1], high=ends[2])


def shown_residual(row: FigureRow) -> str:
    """Return model less reported with its sign; of shares in percentage points."""
    kind = kind_of_unit(row.unit)
    return signed_quantity(row.residual, kind, decimals_for(kind, [row.fitted]))


def with_unit(text: str, unit: str, words: Wording) -> str:
    """Return a shown value followed by its unit, unless the number carries it."""
    name = unit_name(unit, words)
    return words.say("value_with_unit", value=text, unit=name) if name and unit != "share" else text


def name_in_unit(name: str, unit: str, words: Wording) -> str:
    """Return a name with its unit in brackets, unless the numbers carry it."""
    shown = unit_name(unit, words)
    return words.say("with_unit", name=name, unit=shown) if shown and unit != "share" else name


def unit_name(unit: str, words: Wording) -> str:
    """Return the name of a unit; as it is written where there is none."""
    own = words.sentences.get(f"calibration_unit_{unit}")
    return words.terms.units.get(unit, unit.replace("_", " ")) if own is None else own


def name_of(record: FigureRow | ParameterRow | ImplicationRow, words: Wording) -> str:
    """Return a record's name in a language, as it begins a sentence."""
    name = record.name_zh if words.language == "zh" else record.name_en
    return name[:1].upper() + name[1:]


def text_of(text: LocalText, words: Wording) -> str:
    """Return a text in a language."""
    return text.zh if words.language == "zh" else text.en


def name_of_column(tables: CalibrationTables, column: str, words: Wording) -> str:
    """Return the name of one of a pair: a parameter, or another column of the posterior."""
    for row in tables.parameters:
        if row.parameter == column:
            return name_of(row, words)
    return words.say(_NAMES_OF_COLUMNS[column]) if column in _NAMES_OF_COLUMNS else column


def shown_period(period: str, words: Wording) -> str:
    """Return a period of the ledger in a language; as it is written where it follows no known pattern."""
    patterns = (
        ("years_about", r"(?P<years>\d+) years to about (?P<year>\d{4})"),
        ("years", r"(?P<years>\d+) years to (?P<year>\d{4})"),
        ("about", r"about (?P<period>[\d-]+)"),
        ("year", r"(?P<period>[\d-]+)"),
        ("not_stated", r"not stated"),
    )
    for name, pattern in patterns:
        if found := re.fullmatch(pattern, period):
            return words.say(f"calibration_period_{name}", **found.groupdict())
    return period


def weight_on_figures(tables: CalibrationTables) -> dict[str, float]:
    """Return, by parameter, the largest rank correlation in size of its prior draws with a predicted figure.

    Only those clearly beyond chance (four standard errors) are kept, the largest first.
    """
    predicted = tables.predictive[tables.predictive["kind"] == "prior"].drop(columns="kind")
    joined = tables.prior.merge(predicted, on="draw")
    ids, targets = [row.parameter for row in tables.parameters], [row.target for row in tables.figures]
    if len(joined) < 2 or not targets:
        return {}
    ranks = joined.rank()
    with np.errstate(invalid="ignore", divide="ignore"):
        correlations = [ranks[ids].corrwith(ranks[target]).abs() for target in targets]
    largest = pd.concat(correlations, axis=1).max(axis=1)
    clear = largest[largest > 4.0 / np.sqrt(len(joined))].sort_values(ascending=False, kind="stable")
    return {str(id_): float(weight) for id_, weight in clear.items()}


def pairs_together(tables: CalibrationTables) -> list[PairRow]:
    """Return the pairs whose draws do move together, the closest first: the ridge is in the table in any case."""
    together = [pair for pair in tables.pairs if abs(pair.correlation) >= _MOVES_TOGETHER]
    return sorted(together, key=lambda pair: -abs(pair.correlation))


def shown_correlation(correlation: float) -> str:
    """Return a correlation with its sign."""
    return plain(correlation, 2, signed=True)
