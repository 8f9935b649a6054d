"""Answers draws of the small place by formulas instead of by simulation: a table of a thousand rows is nothing."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.special import logit

from calibration.fit.place import EMERGENCE_RATE, PlaceToFit
from calibration.fit.record import IMPLIED
from calibration.fit.simulated_draws import ANSWER, VALUE, Draws, DrawSimulator
from sim.engine.choose import DEFAULT_ENGINE
from sim.experiment.executor import Workers
from sim.experiment.progress import Unwatched

UNITS = 120
PERSON_THOUSANDS_TIMES_YEARS = 10.0
SURFACED = 0.8
STATED_SHAPE = 0.6


@dataclass(frozen=True, slots=True)
class ToySimulator(DrawSimulator):
    """Poisson counts, binomial shares, and units spared as a negative binomial has them; `asked` notes every set."""

    place: PlaceToFit
    asked: list[str]

    @classmethod
    def of(cls, place: PlaceToFit) -> "ToySimulator":
        return cls(Path(), "", Path(), Workers(1), DEFAULT_ENGINE, Unwatched(), place, [])

    def simulate(self, draws: Draws) -> pd.DataFrame:
        """Return the rows of draws; who comes first in `draws` is simulated."""
        self.asked.append(draws.name)
        rows = [
            self._values(numbers) | (self._answers(numbers, int(replication)) if row < draws.simulated else {})
            for row, (numbers, replication) in enumerate(zip(draws.numbers, draws.replications, strict=True))
        ]
        return pd.DataFrame(rows)

    def _by_id(self, numbers: np.ndarray[tuple[int], np.dtype[np.float64]]) -> dict[str, float]:
        return dict(zip(self.place.ids, numbers.tolist(), strict=True))

    def _values(self, numbers: np.ndarray[tuple[int], np.dtype[np.float64]]) -> dict[str, float]:
        drawn = self._by_id(numbers)
        values = {path: drawn[parameter.id] for parameter in self.place.parameters for path in parameter.sets}
        values["staff_groups.neighbours.ability_logit"] = float(logit(drawn["settled_in_village_share"]))
        values["hardening.logit_per_30_days"] = 0.3
        values[EMERGENCE_RATE] = drawn["found_per_1000_per_year"] / SURFACED / drawn["recorded_share"]
        return {f"{VALUE}:{path}": value for path, value in values.items()}

    def _answers(self, numbers: np.ndarray[tuple[int], np.dtype[np.float64]], replication: int) -> dict[str, float]:
        rng, drawn = np.random.default_rng(replication), self._by_id(numbers)
        expected = drawn["found_per_1000_per_year"] * PERSON_THOUSANDS_TIMES_YEARS / drawn["recorded_share"]
        found = max(int(rng.poisson(expected * rng.gamma(UNITS * STATED_SHAPE) / (UNITS * STATED_SHAPE))), 1)
        settled = int(rng.binomial(found, drawn["settled_in_village_share"]))
        shape, left = drawn["frailty_shape"], (found - settled) / UNITS
        answers = {
            "found": float(found),
            "in_village": settled / found,
            "spared": float(rng.binomial(UNITS, (1 + left / shape) ** -shape)),
            "handled": settled / 2,
            "social": 0.7,
        }
        return {f"{ANSWER}:{name}": value for name, value in (answers | dict.fromkeys(IMPLIED, 0.5)).items()}
