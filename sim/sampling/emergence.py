"""Which disputes emerge: how many, when, where and of what kind; nothing here depends on a policy."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.jurisdiction.contract import Jurisdiction
from sim.protocol.made_once import made_once
from sim.sampling.arrival_streams import (
    Arrivals,
    ArrivalStream,
    category_shares,
    drawn_arrivals,
    drawn_year_effects,
    usual_stream,
)
from sim.sampling.contract import Int32, Int64
from sim.sampling.distributions import quantiles
from sim.sampling.shares import Shares
from sim.sampling.shocks import Thinning, additional_streams, spared_by_shocks, thinnings
from sim.sampling.streams import Streams
from sim.sampling.whole_seconds import LONGEST_S, to_whole_seconds
from sim.specification.schema import Scenario
from sim.vocabulary import SECONDS_PER_DAY

Float64 = NDArray[np.float64]

_LARGEST_KEY: Final = 2**62


@dataclass(frozen=True, slots=True)
class EmergedDisputes:
    """All disputes of a replication, in order of id, before any is dropped: as usual, of shocks, then the backlog.

    home_unit, category: int32 (N,); emerged_s: int64 (N,), negative before the start; emerging_count: how many are not
    of the opening backlog; shock_counts: how many of those belong to each shock, by id in order; spared: bool (N,),
    those that a shock with a multiplier below 1 keeps from emerging; emergence_hash: equal for two scenarios exactly
    when all of this is.
    """

    home_unit: Int32
    category: Int32
    emerged_s: Int64
    emerging_count: int
    shock_counts: tuple[tuple[str, int], ...]
    spared: NDArray[np.bool_]
    emergence_hash: str

    @property
    def backlog_count(self) -> int:
        """How many disputes the opening backlog has."""
        return len(self.emerged_s) - self.emerging_count

    @property
    def usual_count(self) -> int:
        """How many disputes emerge as usual, spared ones included: they have the first ids."""
        return self.emerging_count - sum(count for _, count in self.shock_counts)


@dataclass(frozen=True, slots=True, eq=False)
class EmergencePlan:
    """The streams of disputes of a place, and the shocks that thin the usual one."""

    usual: ArrivalStream
    shocks: dict[str, ArrivalStream]
    thinnings: tuple[Thinning, ...]


@made_once
def plan_emergence(scenario: Scenario, jurisdiction: Jurisdiction) -> EmergencePlan:
    """Return what is known of the disputes of a place before any is drawn."""
    return EmergencePlan(
        usual_stream(scenario, jurisdiction),
        additional_streams(scenario, jurisdiction),
        thinnings(scenario, jurisdiction),
    )


def draw_emergence(scenario: Scenario, jurisdiction: Jurisdiction, streams: Streams) -> EmergedDisputes:
    """Draw the disputes that emerge from −latent_days to the horizon, and the opening backlog.

    A Poisson process by year and home unit, given population × rate × frailty × year effect × season; a shock with a
    multiplier above 1 is another such process, one below 1 thins the usual one. Within a source, ids rank by (second,
    home unit, category).
    """
    plan = plan_emergence(scenario, jurisdiction)
    persons_at_risk = jurisdiction.units.population_persons * _frailty(scenario, jurisdiction, streams)
    usual_yearly = persons_at_risk / 1_000 * scenario.emergence.rate_per_1000_per_year
    effects = drawn_year_effects(scenario, plan.usual, streams)
    emerging, *struck = (
        _sorted(drawn_arrivals(stream, usual_yearly, effects, streams))
        for stream in (plan.usual, *plan.shocks.values())
    )
    backlog = _sorted(_backlog(scenario, streams, persons_at_risk))
    sources = [emerging, *struck, *([backlog] if len(backlog.emerged_s) else [])]
    emerged_s, home_unit, category = (
        columns[0] if len(columns) == 1 else np.concatenate(columns) for columns in zip(*sources, strict=True)
    )
    spared = np.zeros(len(emerged_s), dtype=np.bool_)
    spared[: len(emerging.emerged_s)] = spared_by_shocks(plan.thinnings, streams, emerging)
    shock_counts = tuple((shock_id, len(each.emerged_s)) for shock_id, each in zip(plan.shocks, struck, strict=True))
    emerging_count = len(emerged_s) - len(backlog.emerged_s)
    return EmergedDisputes(
        home_unit=home_unit.astype(np.int32),
        category=category.astype(np.int32),
        emerged_s=emerged_s,
        emerging_count=emerging_count,
        shock_counts=shock_counts,
        spared=spared,
        emergence_hash=_hash(emerging_count, shock_counts, np.flatnonzero(spared), emerged_s, home_unit, category),
    )


def _frailty(scenario: Scenario, jurisdiction: Jurisdiction, streams: Streams) -> Float64:
    home_units = len(jurisdiction.units.population_persons)
    if scenario.frailty is None:
        return np.ones(home_units)
    shape = scenario.frailty.shape
    generator = streams.study_generator("frailty") if scenario.frailty.fixed else streams.generator("frailty")
    return np.asarray(generator.standard_gamma(shape, home_units) / shape)


def _backlog(scenario: Scenario, streams: Streams, persons_at_risk: Float64) -> Arrivals:
    opening = scenario.opening_backlog
    if opening is None or opening.disputes == 0:
        empty = np.zeros(0, dtype=np.int64)
        return Arrivals(empty, empty, empty)
    age_days = quantiles(opening.age_days, streams.generator("backlog_age").random(opening.disputes))
    age_s = np.minimum(to_whole_seconds(age_days * SECONDS_PER_DAY), LONGEST_S)
    homes, categories = Shares.of(persons_at_risk, opening.disputes), Shares.of(category_shares(scenario))
    home_unit = homes.kind_at(streams.generator("backlog_unit").random(opening.disputes))
    category = categories.kind_at(streams.generator("backlog_category").random(opening.disputes))
    return Arrivals(-age_s, home_unit, category)


def _sorted(arrivals: Arrivals) -> Arrivals:
    if not len(arrivals.emerged_s):
        return arrivals
    homes, kinds = int(arrivals.home_unit.max()) + 1, int(arrivals.category.max()) + 1
    longest_s = max(-int(arrivals.emerged_s.min()), int(arrivals.emerged_s.max()))
    if longest_s < _LARGEST_KEY // (homes * kinds):
        # One number for all three sorts much faster.
        key = np.sort((arrivals.emerged_s * homes + arrivals.home_unit) * kinds + arrivals.category)
        place, second = key // kinds, key // (homes * kinds)
        return Arrivals(second, place - second * homes, key - place * kinds)
    order = np.lexsort((arrivals.category, arrivals.home_unit, arrivals.emerged_s))
    return Arrivals(arrivals.emerged_s[order], arrivals.home_unit[order], arrivals.category[order])


def _hash(
    emerging_count: int, shock_counts: tuple[tuple[str, int], ...], spared: NDArray[np.integer], *columns: Int64
) -> str:
    struck = "".join(f"/{shock_id}={count}" for shock_id, count in shock_counts if count)
    digest = sha256(f"{emerging_count}/{len(columns[0])}{struck}".encode())
    for column in (*columns, spared):
        digest.update(column.astype("<i8").tobytes())
    return digest.hexdigest()
