"""A Poisson stream of disputes by year and home unit: numbers, instants, homes and kinds."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.jurisdiction.contract import Jurisdiction
from sim.sampling.contract import Int64
from sim.sampling.distributions import category_at
from sim.sampling.streams import Streams
from sim.specification.schema import Scenario
from sim.vocabulary import DAYS_PER_YEAR, SECONDS_PER_DAY

Float64 = NDArray[np.float64]


class Arrivals(NamedTuple):
    """Disputes of one source: emerged_s, home_unit, category: int64 (N,)."""

    emerged_s: Int64
    home_unit: Int64
    category: Int64


@dataclass(frozen=True, slots=True)
class ArrivalStream:
    """Disputes that emerge on days [from_day, to_day), counted from the start.

    prefix: before the names of its draws; yearly: float64 (H,), disputes of a home unit in a year of mean season and
    year effect; weight_of_category: float64 (K,), relative.
    """

    prefix: str
    yearly: Float64
    weight_of_category: Float64
    from_day: int
    to_day: int


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


def drawn_arrivals(scenario: Scenario, jurisdiction: Jurisdiction, streams: Streams, stream: ArrivalStream) -> Arrivals:
    """Draw a stream, year by year from the start (negative before it); all streams share the year effect."""
    weights = season_weights(scenario, jurisdiction)
    first_day = -(jurisdiction.latent_s // SECONDS_PER_DAY)
    homes = np.arange(len(stream.yearly))
    columns: tuple[list[Int64], list[Int64], list[Int64]] = ([], [], [])
    years = range(stream.from_day // DAYS_PER_YEAR, -(-stream.to_day // DAYS_PER_YEAR))
    kinds_of_draw = ("emergence_count", "emergence_time", "emergence_category")
    names = [f"{stream.prefix}{kind}/{year}" for year in years for kind in kinds_of_draw]
    streams.prepare([*names, *(f"year_effect/{year}" for year in years)])
    generators = map(streams.generator, names)
    for year in years:
        from_day = max(year * DAYS_PER_YEAR, stream.from_day)
        to_day = min((year + 1) * DAYS_PER_YEAR, stream.to_day)
        of_day = weights[from_day - first_day : to_day - first_day]
        counts = next(generators).poisson(stream.yearly * (_year_effect(scenario, year, streams) * of_day.sum()))
        total = int(counts.sum())
        instants = next(generators).random(total)
        kinds = next(generators).random(total)
        columns[0].append(_seconds_in(of_day, from_day, instants))
        columns[1].append(np.repeat(homes, counts))
        columns[2].append(category_at(stream.weight_of_category, kinds))
    return Arrivals(*(np.concatenate(column) for column in columns))


def _year_effect(scenario: Scenario, year: int, streams: Streams) -> float:
    if scenario.year_effect is None:
        return 1.0
    shape = scenario.year_effect.shape
    return float(streams.generator(f"year_effect/{year}").standard_gamma(shape)) / shape


def _seconds_in(weights: Float64, from_day: int, uniforms: Float64) -> Int64:
    """Instants by inversion of the days' weights; the second is the one in which the instant falls."""
    day = category_at(weights, uniforms)
    upper = np.cumsum(weights)
    into_day = uniforms * upper[-1]
    into_day -= (upper - weights).take(day)
    into_day /= weights.take(day)
    into_day *= SECONDS_PER_DAY
    second = np.clip(np.floor(into_day, out=into_day), 0, SECONDS_PER_DAY - 1, out=into_day).astype(np.int64)
    return np.asarray((from_day + day) * SECONDS_PER_DAY + second)
