"""What a reference table teaches: the posterior, how well parameters are recovered, and the point for the overlay."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from calibration.fit.empirical_prior import EmpiricalPrior
from calibration.fit.found import FoundRate
from calibration.fit.outcome import Finding
from calibration.fit.place import EMERGENCE_RATE, FOUND_RATE, PlaceToFit
from calibration.fit.prior_draws import all_rounded
from calibration.fit.priors import Prior
from calibration.fit.regression_adjustment import AdjustedRows, adjust, expected_given
from calibration.fit.synthetic import INFORMED_FROM, SyntheticCheck, contraction, leave_one_out

Array = NDArray[np.float64]

SYNTHETIC_DATA_SETS: Final = 1_500
"""Rows of the table that are taken for the data in turn; all of them where there are fewer."""
FIRST_POSTERIOR_REPLICATION: Final = 1_000_000

_BEARS_ON: Final = 0.1
"""With a lower median contraction no figure bears on a parameter: what moved it is noise."""


@dataclass(frozen=True, slots=True)
class Checks:
    """What was found of every parameter, in order, and on what each value that follows from several rests."""

    findings: tuple[Finding, ...]
    value_basis: Mapping[str, str]
    count: int


@dataclass(frozen=True, slots=True)
class Learnt:
    """A reference table with the priors it was drawn from, and what was observed.

    numbers (n, p) in units; on_record (n, s), what the simulations have on record; statistics (n, s), the same with the
    error of the record; observed (s,); all on the error scales.
    """

    place: PlaceToFit
    numbers: Array
    on_record: Array
    statistics: Array
    observed: Array
    accepted_share: float

    def posterior(self, draws: int) -> tuple[Array, NDArray[np.int64], int]:
        """Return draws (d, p) in units, the replication of each, and how many rows of the table they rest on."""
        adjusted = self._adjusted()
        priors = self._priors()
        drawn = [prior.from_scale(c) for prior, c in zip(priors, adjusted.resampled(draws).T, strict=True)]
        replications = np.arange(draws, dtype=np.int64) + FIRST_POSTERIOR_REPLICATION
        return all_rounded(np.column_stack(drawn)), replications, len(adjusted.rows)

    def check(self, values: pd.DataFrame, found: FoundRate, counts: Array) -> Checks:
        """Recover every parameter, and every value that follows from several, from synthetic data sets.

        `counts` (n,): disputes on record as found in each simulation, by which the closed form is checked.
        """
        priors = self._priors()
        varying = [str(path) for path in values.columns if np.ptp(values[path].to_numpy()) > 0.0]
        of_values = [EmpiricalPrior.of(values[path].to_numpy()) for path in varying]
        all_priors = [*priors, *of_values]
        columns = np.column_stack([self._scores(), _scores(of_values, values[varying].to_numpy())])
        count = min(SYNTHETIC_DATA_SETS, len(columns))
        check = leave_one_out(columns, self.statistics, all_priors, self.accepted_share, count)
        here = contraction(adjust(columns, self.statistics, self.observed, self.accepted_share), all_priors)
        findings = [_finding(check, here, column) for column in range(len(priors))]
        of_found = self.place.ids.index(FOUND_RATE)
        findings[of_found] = self._found_finding(found, counts)
        rates = values[EMERGENCE_RATE].to_numpy()
        return Checks(tuple(findings), self._value_bases(varying, check, len(priors), found, rates), count)

    def point(self, asked: Array, checks: Checks, found: FoundRate) -> Array:
        """Return what is expected of all parameters (p,) where the record itself is `asked`, (s,) on the error scales.

        Only parameters of the targets file on which a figure bears are moved; all else is as stated. What is stated
        enters the regression in its own units, where a value at an end of its range lies close.
        """
        point = np.array([parameter.stated for parameter in self.place.parameters], dtype=np.float64)
        of_found = self.place.ids.index(FOUND_RATE)
        point[of_found] = found.posterior.median
        others = np.arange(len(point)) != of_found
        bears = np.array([finding.method == "abc" for finding in checks.findings])
        moved = bears & others & np.array([id_ in self.place.targets.parameters for id_ in self.place.ids])
        wanted, given = np.flatnonzero(moved), np.flatnonzero(~moved & others)
        if len(wanted):
            columns = np.column_stack([self._scores()[:, wanted], self.numbers[:, given]])
            conditions = range(len(wanted), columns.shape[1])
            expected = expected_given(columns, self.on_record, asked, conditions, point[given], self.accepted_share)
            priors = self._priors()
            point[wanted] = [float(priors[i].from_scale(score)) for i, score in zip(wanted, expected, strict=True)]
        only: Array = all_rounded(point[None, :])[0]
        return only

    def _adjusted(self) -> AdjustedRows:
        return adjust(self._scores(), self.statistics, self.observed, self.accepted_share)

    def _priors(self) -> list[Prior]:
        return [parameter.prior for parameter in self.place.parameters]

    def _scores(self) -> Array:
        return _scores(self._priors(), self.numbers)

    def _found_finding(self, found: FoundRate, counts: Array) -> Finding:
        rates = self.numbers[:, self.place.ids.index(FOUND_RATE)]
        check = found.check(rates, counts, self.place.targets.seed)
        informed = "fitted" if found.is_informed else "assumed"
        return Finding(
            method="closed_form",
            basis=informed,
            informed=found.is_informed,
            contraction=found.contraction,
            contraction_here=found.contraction,
            coverage_50=float(check.coverage(0.5)[0]),
            coverage_90=float(check.coverage(0.9)[0]),
            coverage_rows=check.count,
            coverage_ok=bool(check.coverage_ok()[0]),
        )

    def _value_bases(
        self, paths: Sequence[str], check: SyntheticCheck, parameters: int, found: FoundRate, emergence_rates: Array
    ) -> dict[str, str]:
        medians = dict(zip(paths, check.median_contraction[parameters:].tolist(), strict=True))
        medians[EMERGENCE_RATE] = _contraction_of_emergence(found, emergence_rates)
        return {path: "fitted" if median >= INFORMED_FROM else "assumed" for path, median in medians.items()}


def _contraction_of_emergence(found: FoundRate, rates: Array) -> float:
    """1 - variance of the logarithm of the rate of emergence given the count / before it.

    `rates` (n,) of the table are found rates, drawn from their posterior, over shares that surface and are recorded,
    which are independent of them and of which the count tells nothing.
    """
    after = float(np.log(rates).var())
    before = after - found.posterior.own_scale_variance + found.prior.own_scale_variance
    return 1.0 - after / before


def _finding(check: SyntheticCheck, here: Array, column: int) -> Finding:
    median = float(check.median_contraction[column])
    informed = bool(check.informed[column])
    return Finding(
        method="abc" if median >= _BEARS_ON else "prior",
        basis="fitted" if informed else "assumed",
        informed=informed,
        contraction=median,
        contraction_here=float(here[column]),
        coverage_50=float(check.coverage(0.5)[column]),
        coverage_90=float(check.coverage(0.9)[column]),
        coverage_rows=check.count,
        coverage_ok=bool(check.coverage_ok()[column]),
    )


def _scores(priors: Sequence[Prior], numbers: Array) -> Array:
    return np.column_stack([prior.to_scale(column) for prior, column in zip(priors, numbers.T, strict=True)])
