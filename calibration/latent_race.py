"""Who is ever heard of, and how old a dispute is then, in closed form: the latent race with constant hazards."""

from dataclasses import dataclass
from math import exp

import numpy as np
from numpy.typing import NDArray

from sim.jurisdiction.contract import Jurisdiction
from sim.sampling.latent import patrol_finds_per_household_per_day
from sim.specification.schema import Scenario
from sim.specification.schema.distributions import AnyDistribution, Exponential
from sim.vocabulary import DAYS_PER_YEAR


@dataclass(frozen=True, slots=True)
class Surfaced:
    """The disputes of a category that surface: their share of those that emerge, and their mean age then in days."""

    share: float
    age_days: float


def surfaced_by_category(scenario: Scenario, jurisdiction: Jurisdiction) -> tuple[Surfaced, ...]:
    """Return what surfaces of each category, by self-report or patrol, before it fades or turns violent.

    In a home unit the share (r + p) / (r + p + f + i) surfaces, at a mean age of 1 / (r + p + f + i): r and f the rates
    of self-report and fading, p the rate of patrol, i the rate of incidents at the category's mean of exp(κ(θ − mean)).
    The growth of i with hardening is left out. Raises ValueError for a latent phase that is not exponential.
    """
    if scenario.latent is None:
        return tuple(Surfaced(1.0, 0.0) for _ in scenario.categories)
    fade_per_day = _rate_per_day(scenario.latent.fade_days, "latent.fade_days")
    delay_factor = scenario.latent.self_report_delay_factor or 1.0
    persons = jurisdiction.units.population_persons
    per_household: NDArray[np.float64] = np.zeros(len(persons))
    if scenario.patrol is not None:
        per_household = patrol_finds_per_household_per_day(scenario.patrol, jurisdiction)
    surfaced = []
    for category_id, category in scenario.categories.items():
        path = f"latent.self_report_days.{category_id}"
        report_per_day = _rate_per_day(scenario.latent.self_report_days[category_id], path) / delay_factor
        heard_per_day = report_per_day + per_household * category.households_involved
        all_per_day = heard_per_day + fade_per_day + _incident_per_day(scenario, category.difficulty_sd_logit)
        heard = persons * heard_per_day / all_per_day
        age_days = float((heard / all_per_day).sum() / heard.sum())
        surfaced.append(Surfaced(float(heard.sum() / persons.sum()), age_days))
    return tuple(surfaced)


def _incident_per_day(scenario: Scenario, difficulty_sd_logit: float) -> float:
    if scenario.incident is None:
        return 0.0
    spread = scenario.incident.difficulty_exponent * difficulty_sd_logit
    return scenario.incident.hazard_per_dispute_per_year / DAYS_PER_YEAR * exp(spread**2 / 2)


def _rate_per_day(duration: AnyDistribution, path: str) -> float:
    if not isinstance(duration, Exponential) or duration.mean <= 0:
        raise ValueError(f"{path}: the closed form needs an exponential distribution with a positive mean")
    return 1.0 / duration.mean
