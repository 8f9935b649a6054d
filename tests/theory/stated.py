"""What a scenario file states, in the terms of the formulas: rates per hour, mean hours and spread of service."""

from dataclasses import dataclass
from math import sqrt

from sim.specification.schema import Scenario
from sim.specification.schema.distributions import Deterministic, Exponential, Gamma, Lognormal
from sim.specification.schema.place import UnitsByCount
from sim.vocabulary import DAYS_PER_YEAR

HOURS_PER_YEAR = 24 * DAYS_PER_YEAR


@dataclass(frozen=True, slots=True)
class Stream:
    """Sessions of one category at one tier: how many an hour, mean effort in hours, and its sd over its mean."""

    tier: str
    category: str
    per_hour: float
    mean_hours: float
    cv: float

    @property
    def load(self) -> float:
        """Posts kept busy."""
        return self.per_hour * self.mean_hours


def arrivals_per_hour(scenario: Scenario, category: str | None = None) -> float:
    """Return the rate at which disputes emerge in the whole place, of one category or of all."""
    assert isinstance(scenario.units, UnitsByCount)
    per_year = scenario.emergence.rate_per_1000_per_year * scenario.units.population_persons / 1_000
    share = 1.0 if category is None else scenario.categories[category].share
    return per_year / HOURS_PER_YEAR * share


def stream(scenario: Scenario, tier: str, session: str, category: str, sessions_per_dispute: float = 1.0) -> Stream:
    """Return the stream of a category's sessions, given how many of them a dispute brings on average."""
    held = scenario.tiers[tier].sessions[session]
    assert held.mode != "meeting", "a meeting's effort is no draw"
    effort = held.effort_hours
    per_hour = arrivals_per_hour(scenario, category) * sessions_per_dispute
    match effort:
        case Deterministic():
            cv = 0.0
        case Exponential():
            cv = 1.0
        case Lognormal() | Gamma():
            cv = effort.cv
        case _:
            raise AssertionError(f"no theory for {effort.distribution}")
    return Stream(tier, category, per_hour, effort.mean * scenario.categories[category].effort_factor, cv)


def together(streams: list[Stream]) -> Stream:
    """Return streams at one tier as one, with the mean and spread of the mixture."""
    per_hour = sum(one.per_hour for one in streams)
    mean_hours = sum(one.load for one in streams) / per_hour
    square = sum(one.load * one.mean_hours * (1 + one.cv**2) for one in streams) / per_hour
    return Stream(streams[0].tier, "all", per_hour, mean_hours, sqrt(square / mean_hours**2 - 1))
