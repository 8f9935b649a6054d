"""The rate of disputes found at a place: its prior, its count, and what follows from both in closed form."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from calibration.fit.conflicts import CONFLICT_BELOW
from calibration.fit.found_rate import (
    CountError,
    check_rate,
    contraction_of_rate,
    posterior_of_rate,
    prior_tail_probability,
)
from calibration.fit.observation import Observation
from calibration.fit.place import FOUND_RATE, PlaceToFit
from calibration.fit.priors import LognormalPrior
from calibration.fit.synthetic import INFORMED_FROM, SyntheticCheck
from sim.jurisdiction import build_jurisdiction
from sim.sampling.streams import Streams

_PERSONS_OF_RATE = 1_000
_STREAM = "calibration/found_rate"


@dataclass(frozen=True, slots=True)
class FoundRate:
    """Prior and posterior of the rate; `target`: whose figure tells it; `count_per_rate`: expected at a rate of 1."""

    target: str
    prior: LognormalPrior
    posterior: LognormalPrior
    error: CountError
    count_per_rate: float

    @property
    def tail_prob(self) -> float:
        """How likely the prior is to give a count at least as far from its middle."""
        return prior_tail_probability(self.prior, self.error.count, self.count_per_rate, self.error.log_variance)

    @property
    def is_in_conflict(self) -> bool:
        """Whether the figure lies outside what the prior can give, by the rule for every figure."""
        return self.tail_prob <= CONFLICT_BELOW

    @property
    def contraction(self) -> float:
        """1 - posterior variance / prior variance of the logarithm, the same for every count."""
        return contraction_of_rate(self.prior, self.error.log_variance)

    @property
    def is_informed(self) -> bool:
        """Whether the figure informs the rate, by the rule for every parameter."""
        return self.contraction >= INFORMED_FROM

    def check(self, rates: NDArray[np.float64], counts: NDArray[np.float64], seed: int) -> SyntheticCheck:
        """Recover the rates behind synthetic counts that scatter as simulated ones (n,) do about their rates (n,)."""
        streams = [Streams(seed, row).generator(_STREAM) for row in range(len(rates))]
        uniforms = np.array([stream.random(2) for stream in streams])
        return check_rate(self.prior, self.error, counts / (rates * self.count_per_rate), uniforms)


def found_rate(place: PlaceToFit, fitted: Sequence[Observation]) -> FoundRate:
    """Return the rate behind the count of disputes found; ValueError without a lognormal prior or one such figure."""
    (parameter,) = (parameter for parameter in place.parameters if parameter.id == FOUND_RATE)
    counts = [seen for seen in fitted if seen.target.quantity == "disputes_found_count"]
    if len(counts) != 1 or not isinstance(parameter.prior, LognormalPrior):
        raise ValueError(f"{FOUND_RATE} needs a lognormal prior and one count of disputes found")
    (seen,) = counts
    scenario = place.baseline.scenario
    units = build_jurisdiction(scenario).units
    years = place.targets.window.record_years
    count_per_rate = float(units.population_persons.sum()) / _PERSONS_OF_RATE * years
    frailty, year_effect = scenario.frailty, scenario.year_effect
    error = CountError(
        discrepancy_sd=seen.error.discrepancy_sd,
        count=seen.reported,
        years=years,
        year_shape=None if year_effect is None else _stated(place, "year_effect.shape", year_effect.shape),
        units=len(units.population_persons),
        unit_shape=None if frailty is None else _stated(place, "frailty.shape", frailty.shape),
    )
    posterior = posterior_of_rate(parameter.prior, seen.reported, count_per_rate, error.log_variance)
    return FoundRate(seen.id, parameter.prior, posterior, error, count_per_rate)


def _stated(place: PlaceToFit, path: str, of_baseline: float) -> float:
    """What is stated of a value that is varied: the baseline's own may be that of an earlier fit."""
    return next((parameter.stated for parameter in place.parameters if path in parameter.sets), of_baseline)
