"""A Poisson stream of disputes by year and home unit: numbers, instants, homes and kinds."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.jurisdiction.contract import Jurisdiction
from sim.sampling.contract import Int64
from sim.sampling.shares import Shares
from sim.sampling.streams import Streams
from sim.specification.schema import Scenario
from sim.vocabulary import DAYS_PER_YEAR, SECONDS_PER_DAY

Float64 = NDArray[np.float64]


class Arrivals(NamedTuple):
    """Disputes of one source: emerged_s, home_unit, category: int64 (N,)."""

    emerged_s: Int64
    home_unit: Int64
    category: Int64


@dataclass(frozen=True, slots=True, eq=False)
class DaysOfYear:
    """The days of one year, counted from the start, on which disputes of a stream emerge.

    shares: of each day; weights: float64 (days,), each day's share of a whole year's disputes; sum_of_weights; before:
    float64 (days,), the sum of those of earlier days.
    """

    year: int
    from_day: int
    shares: Shares
    weights: Float64
    sum_of_weights: float
    before: Float64

    @classmethod
    def of(cls, year: int, from_day: int, weights: Float64) -> "DaysOfYear":
        """Return the days from one on, with their weights."""
        return cls(year, from_day, Shares.of(weights), weights, float(weights.sum()), np.cumsum(weights) - weights)


@dataclass(frozen=True, slots=True, eq=False)
class ArrivalStream:
    """Disputes that emerge on days [from_day, to_day), counted from the start.

    prefix: before the names of its draws; share_of_home: float64 (H,), by which the usual number of disputes of each
    home unit is multiplied; categories: their shares; years: those with a day of the stream.
    """

    prefix: str
    share_of_home: Float64
    categories: Shares
    years: tuple[DaysOfYear, ...]

    def names(self) -> Iterator[str]:
        """Give the names of the draws."""
        for days in self.years:
            for kind in ("count", "time", "category"):
                yield f"{self.prefix}emergence_{kind}/{days.year}"


def season_weights(scenario: Scenario, jurisdiction: Jurisdiction) -> Float64:
    """Return each day's share of a year's disputes, float64 (latent days + horizon days,), first day −latent_days.

    The monthly index is scaled to a mean of 1 over the 365 days from the start date; without a season all days are
    equal.
    """
    days = len(jurisdiction.month_of_day)
    if scenario.season is None:
        return np.full(days, 1 / DAYS_PER_YEAR)
    index = np.array(scenario.season.monthly_index)[jurisdiction.month_of_day]
    start = jurisdiction.latent_s // SECONDS_PER_DAY
    return np.asarray(index / index[start : start + DAYS_PER_YEAR].sum())


def usual_stream(scenario: Scenario, jurisdiction: Jurisdiction) -> ArrivalStream:
    """Return the disputes that emerge as usual from −latent_days to the horizon."""
    return ArrivalStream(
        prefix="",
        share_of_home=np.ones(jurisdiction.units.ancestor.shape[1]),
        categories=Shares.of(category_shares(scenario)),
        years=days_of_years(scenario, jurisdiction, *simulated_days(jurisdiction)),
    )


def category_shares(scenario: Scenario) -> Float64:
    """Return the share of each category as it is stated, float64 (K,)."""
    return np.array([category.share for category in scenario.categories.values()])


def simulated_days(jurisdiction: Jurisdiction) -> tuple[int, int]:
    """Return the first day on which disputes emerge, counted from the start, and the day after the last."""
    first_day = -(jurisdiction.latent_s // SECONDS_PER_DAY)
    return first_day, first_day + len(jurisdiction.month_of_day)


def days_of_years(scenario: Scenario, jurisdiction: Jurisdiction, from_day: int, to_day: int) -> tuple[DaysOfYear, ...]:
    """Return the days [from_day, to_day), year by year from the start."""
    weights, (first_day, _) = season_weights(scenario, jurisdiction), simulated_days(jurisdiction)
    years = []
    for year in range(from_day // DAYS_PER_YEAR, -(-to_day // DAYS_PER_YEAR)):
        first, end = max(year * DAYS_PER_YEAR, from_day), min((year + 1) * DAYS_PER_YEAR, to_day)
        years.append(DaysOfYear.of(year, first, weights[first - first_day : end - first_day]))
    return tuple(years)


def drawn_arrivals(
    stream: ArrivalStream, usual_yearly: Float64, year_effects: dict[int, float], streams: Streams
) -> Arrivals:
    """Draw a stream, year by year from the start (negative before it).

    usual_yearly: float64 (H,), usual disputes of a home unit in a year of mean season and year effect; all streams
    share the year effects.
    """
    yearly, homes = usual_yearly * stream.share_of_home, np.arange(len(usual_yearly))
    columns: tuple[list[Int64], list[Int64], list[Int64]] = ([], [], [])
    generators = map(streams.generator, stream.names())
    for days in stream.years:
        counts = next(generators).poisson(yearly * (year_effects[days.year] * days.sum_of_weights))
        total = int(counts.sum())
        columns[0].append(_seconds_in(days, next(generators).random(total)))
        columns[1].append(np.repeat(homes, counts))
        columns[2].append(stream.categories.kind_at(next(generators).random(total)))
    return Arrivals(*(np.concatenate(column) for column in columns))


def drawn_year_effects(scenario: Scenario, stream: ArrivalStream, streams: Streams) -> dict[int, float]:
    """Draw by how much each year of a stream exceeds the usual."""
    effect = scenario.year_effect
    if effect is None:
        return {days.year: 1.0 for days in stream.years}
    generators = {days.year: streams.generator(f"year_effect/{days.year}") for days in stream.years}
    return {year: float(own.standard_gamma(effect.shape)) / effect.shape for year, own in generators.items()}


def _seconds_in(days: DaysOfYear, uniforms: Float64) -> Int64:
    """Instants by inversion of the days' weights; the second is the one in which the instant falls."""
    day = days.shares.kind_at(uniforms)
    into_day = uniforms * days.shares.total
    into_day -= days.before.take(day)
    into_day /= days.weights.take(day)
    into_day *= SECONDS_PER_DAY
    np.floor(into_day, out=into_day)
    np.maximum(into_day, 0, out=into_day)
    np.minimum(into_day, SECONDS_PER_DAY - 1, out=into_day)
    day += days.from_day
    day *= SECONDS_PER_DAY
    day += into_day.astype(np.int64)
    return day
