"""What came of a calibration, fitted or transferred, before it is written down."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import nan

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from calibration.fit.observation import Observation
from calibration.fit.place import PlaceToFit

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Finding:
    """What the figures tell of one parameter.

    method: closed_form, abc, or prior where no figure bears on it; basis: fitted, transferred or assumed; contraction:
    median over synthetic data sets; contraction_here: with the reported figures; coverage_50, coverage_90: share of
    `coverage_rows` data sets whose interval holds the truth. NaN where nothing was tested.
    """

    method: str
    basis: str
    informed: bool
    contraction: float = nan
    contraction_here: float = nan
    coverage_50: float = nan
    coverage_90: float = nan
    coverage_rows: int = 0
    coverage_ok: bool | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """A calibration; p parameters in the order of the place, d draws of the posterior, n of the prior.

    prior_numbers (n, p) of the priors as stated; table_numbers (n, p) of the reference table, whose found rates are
    drawn from their posterior, and its answers, None where nothing was fitted; posterior_numbers (d, p) and
    posterior, a row each, its first draws simulated; point_numbers (p,) and point: what the overlay takes, simulated
    again and again. findings: one for each parameter; value_basis: by path of a derived value. rows: of the reference
    table; accepted: those that the posterior rests on; synthetic: data sets of the check.
    """

    place: PlaceToFit
    observations: tuple[Observation, ...]
    prior_numbers: Array
    table_numbers: Array
    prior_answers: pd.DataFrame | None
    posterior_numbers: Array
    posterior: pd.DataFrame
    posterior_replications: NDArray[np.int64]
    point_numbers: Array
    point: pd.DataFrame
    findings: tuple[Finding, ...]
    value_basis: Mapping[str, str]
    rows: int
    accepted: int
    synthetic: int
