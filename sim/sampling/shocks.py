"""Shocks in time and place: more disputes are streams of their own, fewer are a thinning of the usual one."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sim.jurisdiction.contract import Jurisdiction
from sim.sampling.arrival_streams import Arrivals, ArrivalStream
from sim.sampling.streams import Streams
from sim.specification.schema import Scenario
from sim.specification.schema.arrivals import Shock
from sim.vocabulary import SECONDS_PER_DAY

Float64 = NDArray[np.float64]
Mask = NDArray[np.bool_]


def additional_streams(
    scenario: Scenario, jurisdiction: Jurisdiction, usual: ArrivalStream
) -> dict[str, ArrivalStream]:
    """Return the streams of the shocks that bring more disputes, by id: rate (multiplier − 1) × the usual one."""
    found = {}
    for shock_id, shock in (scenario.shocks or {}).items():
        excess = np.maximum(_multipliers(scenario, shock) - 1, 0.0) * usual.weight_of_category
        stream = replace(
            usual,
            prefix=f"shock/{shock_id}/",
            yearly=usual.yearly * _struck_homes(jurisdiction, shock) * excess.sum(),
            weight_of_category=excess,
            from_day=max(shock.from_day, usual.from_day),
            to_day=min(shock.from_day + shock.days, usual.to_day),
        )
        if stream.from_day < stream.to_day and stream.yearly.any():
            found[shock_id] = stream
    return found


def spared_by_shocks(scenario: Scenario, jurisdiction: Jurisdiction, streams: Streams, usual: Arrivals) -> Mask:
    """Say which of the usual disputes do not emerge because of a shock with a multiplier below 1; bool (N,).

    Each shock decides by a uniform of its own, so that their multipliers multiply.
    """
    spared = np.zeros(len(usual.emerged_s), dtype=np.bool_)
    for shock_id, shock in (scenario.shocks or {}).items():
        multipliers = _multipliers(scenario, shock)
        if not (multipliers < 1).any():
            continue
        day = usual.emerged_s // SECONDS_PER_DAY
        struck = (day >= shock.from_day) & (day < shock.from_day + shock.days)
        struck &= _struck_homes(jurisdiction, shock)[usual.home_unit]
        uniforms = streams.generator(f"shock/{shock_id}/spared").random(len(spared))
        spared |= struck & (uniforms >= multipliers[usual.category])
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
