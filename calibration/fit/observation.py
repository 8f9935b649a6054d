"""From what a simulation answers to what the record would say, and both to the scale on which a figure is met."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

from calibration.ledger import Ledger
from sim.jurisdiction import build_jurisdiction
from sim.sampling.streams import Streams
from sim.specification.schema import Scenario
from sim.specification.schema.targets import ErrorModel, Target
from sim.specification.targets.vocabulary import OVER_REPORTING, RECORDED_SHARE

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Observation:
    """One figure: its target and value; `of` is how many units it counts a part of, 1 where it is a share itself."""

    id: str
    target: Target
    reported: float
    of: float

    @property
    def error(self) -> ErrorModel:
        """The error model; ValueError for a figure that is held out."""
        if self.target.error is None:
            raise ValueError(f"{self.id} is held out")
        return self.target.error

    @property
    def observed(self) -> float:
        """The reported value on the error scale."""
        return float(self.on_error_scale(np.array([self.reported]))[0])

    def recorded(self, answers: Array, numbers: Mapping[str, Array]) -> Array:
        """Return what the record says of answers (n,) under what is drawn for the record itself, arrays (n,) by id."""
        match self.target.quantity:
            case "recorded_settled_in_village_share" if OVER_REPORTING in numbers:
                return np.asarray(answers + numbers[OVER_REPORTING] * (1.0 - answers))
            case "disputes_found_count" if RECORDED_SHARE in numbers:
                return np.asarray(answers * numbers[RECORDED_SHARE])
            case _:
                return answers

    def on_error_scale(self, values: Array) -> Array:
        """Return values (n,) on the error scale; a count of none or of all is taken half a unit off."""
        if self.error.scale == "log":
            return np.asarray(np.log(np.maximum(values, 0.5)))
        if self.of == 1.0:
            return np.asarray(logit(np.clip(values, 1e-6, 1.0 - 1e-6)))
        return np.asarray(logit(np.clip(values, 0.5, self.of - 0.5) / self.of))

    def from_error_scale(self, values: Array) -> Array:
        """Return values (n,) of the error scale in the figure's unit."""
        return np.asarray(np.exp(values) if self.error.scale == "log" else expit(values) * self.of)

    def with_error(self, on_scale: Array, seed: int, replications: NDArray[np.int64]) -> Array:
        """Return what is on record (n,), on the error scale, off by the discrepancy of the error model.

        Each replication draws its own, whatever else is drawn.
        """
        name = f"calibration/discrepancy/{self.id}"
        scores = [Streams(seed, replication).generator(name).standard_normal() for replication in replications.tolist()]
        return on_scale + self.error.discrepancy_sd * np.array(scores)


def observations(targets: Mapping[str, Target], scenario: Scenario, ledger: Ledger) -> tuple[Observation, ...]:
    """Return the figures of targets by their ledger ids, in order."""
    return tuple(
        Observation(id_, target, ledger.figure(target.figure).number, _whole(target, scenario))
        for id_, target in targets.items()
    )


def _whole(target: Target, scenario: Scenario) -> float:
    if target.tier is None:
        return 1.0
    jurisdiction = build_jurisdiction(scenario)
    tier = jurisdiction.tier_ids.index(target.tier)
    return float((jurisdiction.units.tier == tier).sum())
