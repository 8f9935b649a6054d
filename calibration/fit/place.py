"""A place to be fitted: what is varied, from which priors, and what a draw makes of its scenario."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from calibration.derived_values import derive_of_disputes
from calibration.fit.priors import Prior
from calibration.scenario_ladder import staffed_tiers
from calibration.starting_points import StartingPoints
from sim.specification import ResolvedScenario
from sim.specification.schema import Scenario
from sim.specification.schema.targets import Targets
from sim.specification.targets import TargetsFile
from sim.specification.targets.vocabulary import LOWEST_TIER_PART, RECORDED_SHARE
from sim.specification.varying import with_values

FOUND_RATE: Final = "found_per_1000_per_year"
VILLAGE_SHARE: Final = "settled_in_village_share"
EMERGENCE_RATE: Final = "emergence.rate_per_1000_per_year"
WEIGHT_OF_TOWN_ABILITY: Final = "weight_of_town_ability"

STARTING_POINTS: Final = {
    FOUND_RATE: (FOUND_RATE, ""),
    "settled_at_town_share": ("settled_share", "town"),
    "settled_at_county_share": ("settled_share", "county"),
    "success_lost_per_10_days": ("success_lost_per_10_days", ""),
    "recurred_share_365d": ("recurred_share_365d", ""),
    WEIGHT_OF_TOWN_ABILITY: (WEIGHT_OF_TOWN_ABILITY, "sunk_cadres"),
}
_DIGITS: Final = 10
"""Significant digits of what is drawn: logarithms differ in the last bit between processors."""


@dataclass(frozen=True, slots=True)
class FitParameter:
    """One quantity that is varied; `id` is that of the targets file, or the path of a ranged assumption.

    `sets`: the paths that it is written to, nothing for a starting point of the closed forms; `stated`: what is taken
    of it where the figures tell nothing; `is_count`: whether it is a whole number.
    """

    id: str
    name_zh: str
    name_en: str
    prior: Prior
    sets: tuple[str, ...]
    stated: float
    is_count: bool
    source: str


@dataclass(frozen=True, slots=True)
class PlaceToFit:
    """A targets file with its baseline, the starting points of the closed forms, and all that is varied."""

    file: TargetsFile
    points: StartingPoints
    parameters: tuple[FitParameter, ...]

    @property
    def targets(self) -> Targets:
        """What the file says."""
        return self.file.targets

    @property
    def baseline(self) -> ResolvedScenario:
        """The baseline as it stands; a draw replaces whatever the fit determines."""
        return self.file.resolved

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of the parameters, in order."""
        return tuple(parameter.id for parameter in self.parameters)

    def by_id(self, numbers: NDArray[np.float64]) -> dict[str, NDArray[np.float64]]:
        """Return draws of all parameters (n, p) as one array (n,) for each, by id."""
        return dict(zip(self.ids, numbers.T, strict=True))

    def values_at(self, numbers: Mapping[str, float]) -> dict[str, float]:
        """Return every value of the scenario that a draw of all parameters sets, by path.

        Abilities, hardening, durability and the rate of emergence follow by the closed forms. ValueError where they
        have no solution.
        """
        values: dict[str, float] = {}
        for parameter in self.parameters:
            number = numbers[parameter.id]
            values |= dict.fromkeys(parameter.sets, round(number) if parameter.is_count else rounded(number))
        scenario = with_values(self.baseline, values).scenario
        points = self.points.at(self._starting_points_at(scenario, numbers))
        derived, surfaced_share = derive_of_disputes(scenario, points)
        values |= {value.path: value.value for value in derived}
        values[EMERGENCE_RATE] = rounded(numbers[FOUND_RATE] / surfaced_share / numbers.get(RECORDED_SHARE, 1.0))
        return values

    def scenario_at(self, values: Mapping[str, float]) -> Scenario:
        """Return the baseline with a draw's values, over the window of the targets and with its holidays."""
        over = self.file.over_window.scenario
        span = {"horizon": over.horizon, "statutory_calendar": over.statutory_calendar}
        return with_values(self.baseline, values).scenario.model_copy(update=span)

    def _starting_points_at(self, scenario: Scenario, numbers: Mapping[str, float]) -> dict[tuple[str, str], float]:
        points = {key: numbers[name] for name, key in STARTING_POINTS.items() if name in numbers}
        shares = village_shares(numbers[VILLAGE_SHARE], numbers.get(LOWEST_TIER_PART))
        kinds = kinds_up_to_village(scenario)
        if len(kinds) != len(shares):
            raise ValueError(f"{len(shares)} shares settled for the tiers {', '.join(kinds)}")
        return points | {("settled_share", kind): share for kind, share in zip(kinds, shares, strict=True)}


def village_shares(settled: float, lowest_part: float | None) -> tuple[float, ...]:
    """Return the shares that the tiers up to the village settle of the cases that reach them, lowest first.

    `settled`: what they settle together of the disputes found; `lowest_part`: of that, the part of the lowest tier;
    None where the village is the lowest that hears disputes.
    """
    if lowest_part is None:
        return (settled,)
    lowest = lowest_part * settled
    return lowest, settled * (1.0 - lowest_part) / (1.0 - lowest)


def kinds_up_to_village(scenario: Scenario) -> list[str]:
    """Return the kinds of the staffed tiers up to the village, lowest first."""
    tier_ids = list(scenario.tiers)
    last = tier_ids.index(scenario.measures.village_tier)
    return [scenario.tiers[tier].kind for tier in staffed_tiers(scenario) if tier_ids.index(tier) <= last]


def rounded(number: float) -> float:
    """Return a number with as many digits as every processor agrees on."""
    return float(f"{number:.{_DIGITS}g}")
