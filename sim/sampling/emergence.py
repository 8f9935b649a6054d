"""Which disputes emerge: how many, when, where and of what kind; nothing here depends on a policy."""

from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from sim.jurisdiction.contract import Jurisdiction
from sim.sampling.contract import Int32, Int64
from sim.sampling.distributions import category_at, quantiles
from sim.sampling.streams import Streams
from sim.sampling.whole_seconds import LONGEST_S, to_whole_seconds
from sim.specification.schema import Scenario
from sim.vocabulary import DAYS_PER_YEAR, SECONDS_PER_DAY

Float64 = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class EmergedDisputes:
    """All disputes of a replication, in order of id, before any is dropped: those that emerge, then the backlog.

    home_unit, category: int32 (N,); emerged_s: int64 (N,), negative before the start; emerging_count: how many are not
    of the opening backlog; emergence_hash: equal for two scenarios exactly when all of this is.
    """

    home_unit: Int32
    category: Int32
    emerged_s: Int64
    emerging_count: int
    emergence_hash: str

    @property
    def backlog_count(self) -> int:
        """How many disputes the opening backlog has."""
        return len(self.emerged_s) - self.emerging_count


def draw_emergence(scenario: Scenario, jurisdiction: Jurisdiction, streams: Streams) -> EmergedDisputes:
    """Draw the disputes that emerge from −latent_days to the horizon, and the opening backlog.

    A Poisson process by year and home unit, given population × rate × frailty × year effect × season; within a source,
    ids rank by (second, home unit, category).
    """
    persons_at_risk = jurisdiction.units.population_persons * _frailty(scenario, jurisdiction, streams)
    emerging = _sorted(*_emerging(scenario, jurisdiction, streams, persons_at_risk))
    backlog = _sorted(*_backlog(scenario, streams, persons_at_risk))
    emerged_s, home_unit, category = (
        np.concatenate(columns) if len(backlog[0]) else columns[0] for columns in zip(emerging, backlog, strict=True)
    )
    return EmergedDisputes(
        home_unit=home_unit.astype(np.int32),
        category=category.astype(np.int32),
        emerged_s=emerged_s,
        emerging_count=len(emerging[0]),
        emergence_hash=_hash(len(emerging[0]), emerged_s, home_unit, category),
    )


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


def _frailty(scenario: Scenario, jurisdiction: Jurisdiction, streams: Streams) -> Float64:
    home_units = len(jurisdiction.units.population_persons)
    if scenario.frailty is None:
        return np.ones(home_units)
    shape = scenario.frailty.shape
    generator = streams.study_generator("frailty") if scenario.frailty.fixed else streams.generator("frailty")
    return np.asarray(generator.standard_gamma(shape, home_units) / shape)


def _year_effect(scenario: Scenario, year: int, streams: Streams) -> float:
    if scenario.year_effect is None:
        return 1.0
    shape = scenario.year_effect.shape
    return float(streams.generator(f"year_effect/{year}").standard_gamma(shape)) / shape


def _emerging(
    scenario: Scenario, jurisdiction: Jurisdiction, streams: Streams, persons_at_risk: Float64
) -> tuple[Int64, Int64, Int64]:
    """Seconds, home units and categories, year by year; years are counted from the start, negative before it."""
    weights = season_weights(scenario, jurisdiction)
    first_day = -(jurisdiction.latent_s // SECONDS_PER_DAY)
    end_day = first_day + len(weights)
    shares = np.array([category.share for category in scenario.categories.values()])
    yearly = persons_at_risk / 1_000 * scenario.emergence.rate_per_1000_per_year
    homes = np.arange(len(persons_at_risk))
    columns: tuple[list[Int64], list[Int64], list[Int64]] = ([], [], [])
    for year in range(first_day // DAYS_PER_YEAR, -(-end_day // DAYS_PER_YEAR)):
        from_day = max(year * DAYS_PER_YEAR, first_day)
        to_day = min((year + 1) * DAYS_PER_YEAR, end_day)
        of_day = weights[from_day - first_day : to_day - first_day]
        mean = yearly * (_year_effect(scenario, year, streams) * of_day.sum())
        counts = streams.generator(f"emergence_count/{year}").poisson(mean)
        total = int(counts.sum())
        columns[0].append(_seconds_in(of_day, from_day, streams.generator(f"emergence_time/{year}").random(total)))
        columns[1].append(np.repeat(homes, counts))
        columns[2].append(category_at(shares, streams.generator(f"emergence_category/{year}").random(total)))
    return np.concatenate(columns[0]), np.concatenate(columns[1]), np.concatenate(columns[2])


def _seconds_in(weights: Float64, from_day: int, uniforms: Float64) -> Int64:
    """Instants by inversion of the days' weights; the second is the one in which the instant falls."""
    day = category_at(weights, uniforms)
    upper = np.cumsum(weights)
    into_day = (uniforms * upper[-1] - (upper[day] - weights[day])) / weights[day]
    second = np.clip(np.floor(into_day * SECONDS_PER_DAY).astype(np.int64), 0, SECONDS_PER_DAY - 1)
    return np.asarray((from_day + day) * SECONDS_PER_DAY + second)


def _backlog(scenario: Scenario, streams: Streams, persons_at_risk: Float64) -> tuple[Int64, Int64, Int64]:
    opening = scenario.opening_backlog
    if opening is None or opening.disputes == 0:
        empty = np.zeros(0, dtype=np.int64)
        return empty, empty, empty
    shares = np.array([category.share for category in scenario.categories.values()])
    age_days = quantiles(opening.age_days, streams.generator("backlog_age").random(opening.disputes))
    age_s = np.minimum(to_whole_seconds(age_days * SECONDS_PER_DAY), LONGEST_S)
    home_unit = category_at(persons_at_risk, streams.generator("backlog_unit").random(opening.disputes))
    category = category_at(shares, streams.generator("backlog_category").random(opening.disputes))
    return -age_s, home_unit, category


def _sorted(emerged_s: Int64, home_unit: Int64, category: Int64) -> tuple[Int64, Int64, Int64]:
    order = np.lexsort((category, home_unit, emerged_s))
    return emerged_s[order], home_unit[order], category[order]


def _hash(emerging_count: int, *columns: Int64) -> str:
    digest = sha256(f"{emerging_count}/{len(columns[0])}".encode())
    for column in columns:
        digest.update(column.astype("<i8").tobytes())
    return digest.hexdigest()
