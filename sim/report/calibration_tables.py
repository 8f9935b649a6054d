"""The result folder of a calibration: what each table holds, column by column.

Every table is a CSV (UTF-8 with a byte order mark). A row is one of the records below; its fields are the columns, in
this order. Empty cells are missing numbers (NaN) or a missing yes or no (None).
"""

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Final

import pandas as pd
from pydantic import BaseModel, ConfigDict

FIGURES_FILE: Final = "figures.csv"
PARAMETERS_FILE: Final = "parameters.csv"
PAIRS_FILE: Final = "pairs.csv"
PRIOR_FILE: Final = "prior.csv"
POSTERIOR_FILE: Final = "posterior.csv"
PREDICTIVE_FILE: Final = "predictive.csv"
IMPLICATIONS_FILE: Final = "implications.csv"
CONFLICTS_FILE: Final = "conflicts.csv"

PARAMETER_PREFIX: Final = "parameter:"
VALUE_PREFIX: Final = "value:"
EMERGENCE_COLUMN: Final = "value:emergence.rate_per_1000_per_year"
SURFACED_COLUMN: Final = "implied:surfaced_of_emerged_share"
"""Columns of posterior.csv for the ridge: of what emerges, the share that surfaces is no value of the scenario."""
SEPARATOR: Final = "; "
"""Stands between paths, targets and figures that share a cell."""


@dataclass(frozen=True)
class FigureRow:
    """One target: a reported figure beside what the fit gives for it, both in the figure's own unit.

    `within`: of the error model, or on the allowed side of the bound. `fitted_half_width` is the simulation's own noise
    (95 %); the predictive interval is the middle 90 %, error model included.
    """

    target: str
    figure: str
    """Id in the ledger."""
    quantity: str
    unit: str
    period: str
    definition: str
    held_out: bool
    bound: str
    """How the source words it: exact, about, at_least, at_most."""
    reported: float
    fitted: float
    fitted_half_width: float
    residual: float
    """Fitted less reported."""
    predictive_low: float
    predictive_median: float
    predictive_high: float
    error_scale: str
    """natural, log or logit; empty where there is no error model."""
    discrepancy_sd: float
    """On the error scale."""
    within: bool
    name_zh: str
    name_en: str
    reason_zh: str
    """Why the error model is what it is; of a figure held out, what to know of the comparison; else empty."""
    reason_en: str
    source_zh: str
    """Citation of the figure."""
    source_en: str


@dataclass(frozen=True)
class ParameterRow:
    """One parameter: prior and posterior (5, 50, 95 %), what the figures told about it, and whether the fit covers.

    Contraction is 1 - posterior variance / prior variance on the parameter's scale; coverage is the share of held-out
    rows of the reference table whose true value lies in the 50 or 90 % interval, with the 99 % binomial bounds that
    this share has for that many rows. Empty where nothing was tested.
    """

    parameter: str
    name_zh: str
    name_en: str
    unit: str
    scale: str
    """log or natural: the scale of contraction and of widening."""
    method: str
    """closed_form, abc or prior (no figure bears on it)."""
    basis: str
    """fitted, transferred or assumed."""
    informed: bool
    prior_low: float
    prior_median: float
    prior_high: float
    posterior_low: float
    posterior_median: float
    posterior_high: float
    point: float
    """What the fitted overlay takes."""
    contraction: float
    """Median over synthetic data sets."""
    contraction_here: float
    """With the reported figures."""
    coverage_50: float
    coverage_50_low: float
    coverage_50_high: float
    coverage_90: float
    coverage_90_low: float
    coverage_90_high: float
    coverage_rows: int
    coverage_ok: bool | None
    sets: str
    """Key paths that it sets, joined by SEPARATOR; empty for the starting points of the closed forms."""
    source: str


@dataclass(frozen=True)
class PairRow:
    """Two parameters, or other columns of posterior.csv, whose posterior draws move together."""

    first: str
    """Id of a parameter, or the whole name of another column, such as `value:emergence.rate_per_1000_per_year`."""
    second: str
    correlation: float


@dataclass(frozen=True)
class ImplicationRow:
    """What the fit implies for a quantity that nobody reported (5, 50, 95 %)."""

    quantity: str
    unit: str
    low: float
    median: float
    high: float
    name_zh: str
    name_en: str


@dataclass(frozen=True)
class ConflictRow:
    """Figures that cannot be met together; `tail_prob` is how likely the model is to be that far from them."""

    targets: str
    """Ids, joined by SEPARATOR."""
    figures: str
    tail_prob: float


def columns_of(record: type) -> tuple[str, ...]:
    """Return the columns of the table whose rows are such records."""
    return tuple(field.name for field in fields(record))


FIGURE_COLUMNS: Final = columns_of(FigureRow)
PARAMETER_COLUMNS: Final = columns_of(ParameterRow)
PAIR_COLUMNS: Final = columns_of(PairRow)
IMPLICATION_COLUMNS: Final = columns_of(ImplicationRow)
CONFLICT_COLUMNS: Final = columns_of(ConflictRow)
DRAW: Final = "draw"
"""Numbers the rows of prior.csv and posterior.csv (then `parameter:<id>` of each parameter), and those of
predictive.csv by the draw that each was simulated from."""
KIND: Final = "kind"
"""First column of predictive.csv: prior or posterior; then DRAW and one column per target."""
PRIOR: Final = "prior"
POSTERIOR: Final = "posterior"


class LocalText(BaseModel):
    """A text in both languages."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    zh: str
    en: str


class CalibrationManifest(BaseModel):
    """What a finished folder says about itself; written last, so a folder is finished if and only if it has one."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    calibration_version: int = 1
    place: str
    place_name: LocalText
    name: LocalText
    """Title of the targets file."""
    description: LocalText | None = None
    """What it says of itself, the reading of doubtful figures included."""
    command: str
    targets_file: str
    """The targets file, from the project's folder on."""
    seed: int
    rows: int
    """Rows of the reference table; 0 where nothing was fitted."""
    draws: int
    accepted: int
    """Rows of the reference table from which the posterior is drawn."""
    predictive_draws: int
    warmup_years: int
    record_years: int
    follow_days: int
    informed_from: float
    """Median contraction from which a parameter is called informed."""
    synthetic_data_sets: int
    """Over which the median is taken."""
    transferred_from: str = ""
    """Id of the place whose posterior this is, widened; empty where the place was fitted."""
    transferred_name: LocalText | None = None
    widened_by: float = 1.0
    """Factor on the spread of the transferred posterior, on each parameter's scale."""
    code_digest: str
    targets_digest: str
    files: dict[str, str]
    """SHA-256 of every result file by its name."""


@dataclass(frozen=True)
class CalibrationTables:
    """A finished calibration in memory; draws have DRAW and one column per parameter id."""

    path: Path
    manifest: CalibrationManifest
    figures: tuple[FigureRow, ...]
    parameters: tuple[ParameterRow, ...]
    pairs: tuple[PairRow, ...]
    implications: tuple[ImplicationRow, ...]
    conflicts: tuple[ConflictRow, ...]
    prior: pd.DataFrame
    posterior: pd.DataFrame
    """Also the columns that pairs name, as they are written."""
    predictive: pd.DataFrame
    """Columns KIND, DRAW, then the targets."""
