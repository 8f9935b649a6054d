"""Shocks in time and place: more disputes are streams of their own, fewer are a thinning of the usual one."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.jurisdiction.contract import Jurisdiction
from sim.sampling.arrival_streams import Arrivals, ArrivalStream, category_shares, days_of_years, simulated_days
from sim.sampling.shares import Shares
from sim.sampling.streams import Streams
from sim.specification.schema import Scenario
from sim.specification.schema.arrivals import Shock
from sim.vocabulary import SECONDS_PER_DAY

Float64 = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Thinning:
    """A shock that keeps some of the usual disputes from emerging on days [from_day, to_day).

    name: of its stream; struck: bool (H,), the home units it strikes; multipliers: float64 (K,) by category.
    """

    name: str
    from_day: int
    to_day: int
    struck: Mask
    multipliers: Float64


def additional_streams(scenario: Scenario, jurisdiction: Jurisdiction) -> dict[str, ArrivalStream]:
    """Return the streams of the shocks that bring more disputes, by id: rate (multiplier − 1) × the usual one."""
    found = {}
    first_day, end_day = simulated_days(jurisdiction)
    for shock_id, shock in (scenario.shocks or {}).items():
        excess = np.maximum(_multipliers(scenario, shock) - 1, 0.0) * category_shares(scenario)
        struck = _struck_homes(jurisdiction, shock)
        from_day, to_day = max(shock.from_day, first_day), min(shock.from_day + shock.days, end_day)
        if from_day < to_day and struck.any() and excess.any():
            found[shock_id] = ArrivalStream(
                prefix=f"shock/{shock_id}/",
                share_of_home=struck * excess.sum(),
                categories=Shares.of(excess),
                years=days_of_years(scenario, jurisdiction, from_day, to_day),
            )
    return found


def thinnings(scenario: Scenario, jurisdiction: Jurisdiction) -> tuple[Thinning, ...]:
    """Return the shocks with a multiplier below 1."""
    return tuple(
        Thinning(
            name=f"shock/{shock_id}/spared",
            from_day=shock.from_day,
            to_day=shock.from_day + shock.days,
            struck=_struck_homes(jurisdiction, shock),
            multipliers=_multipliers(scenario, shock),
        )
        for shock_id, shock in (scenario.shocks or {}).items()
        if (_multipliers(scenario, shock) < 1).any()
    )


def spared_by_shocks(shocks: Sequence[Thinning], streams: Streams, usual: Arrivals) -> Mask:
    """Say which of the usual disputes do not emerge because of shocks; bool (N,).

    Each shock decides by a uniform of its own, so that their multipliers multiply.
    """
    spared = np.zeros(len(usual.emerged_s), dtype=np.bool_)
    for shock in shocks:
        day = usual.emerged_s // SECONDS_PER_DAY
        struck = (day >= shock.from_day) & (day < shock.to_day)
        struck &= shock.struck[usual.home_unit]
        uniforms = streams.generator(shock.name).random(len(spared))
        spared |= struck & (uniforms >= shock.multipliers[usual.category])
    return spared


def _multipliers(scenario: Scenario, shock: Shock) -> Float64:
    """Multiplier by category, float64 (K,)."""
    return np.array([shock.multiplier.get(category_id, 1.0) for category_id in scenario.categories])


def _struck_homes(jurisdiction: Jurisdiction, shock: Shock) -> Mask:
    """Which home units a shock strikes: those named, and those below a unit that is named; bool (H,)."""
    units = jurisdiction.units
    if shock.units is None:
        return np.ones(units.ancestor.shape[1], dtype=np.bool_)
    named = [units.ids.index(unit_id) for unit_id in shock.units]
    return np.asarray(np.isin(units.ancestor, named).any(axis=0))
