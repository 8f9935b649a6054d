"""Chances of a case that is due to leave a tier: referred when the tier is busy, recorded as settled on paper."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.jurisdiction.contract import Jurisdiction
from sim.protocol.contract import Protocol
from sim.sampling.contract import Int64
from sim.sampling.draws import Draws
from sim.sampling.whole_seconds import to_whole_seconds
from sim.specification.schema import Scenario
from sim.vocabulary import SECONDS_PER_DAY


@dataclass(frozen=True, slots=True)
class HandingUpFates:
    """Chances by visit (V) and slot (S) or tier (T), zero width where the mechanism is off.

    referred_if_busy: bool (N, V·S); settled_on_paper: bool (N, V·T), false at tiers without pressure; paper_return_s:
    int64 (N, V·T).
    """

    referred_if_busy: NDArray[np.bool_]
    settled_on_paper: NDArray[np.bool_]
    paper_return_s: Int64


def draw_handing_up(scenario: Scenario, jurisdiction: Jurisdiction, protocol: Protocol, draws: Draws) -> HandingUpFates:
    """Draw, for every visit, what becomes of a case at a busy session and when it is due to be handed up."""
    settled_on_paper, paper_return_s = _draw_paper(scenario, jurisdiction, protocol, draws)
    return HandingUpFates(_draw_referrals(scenario, jurisdiction, protocol, draws), settled_on_paper, paper_return_s)


def _draw_referrals(
    scenario: Scenario, jurisdiction: Jurisdiction, protocol: Protocol, draws: Draws
) -> NDArray[np.bool_]:
    sessions = protocol.sessions
    slots = len(sessions.slot_ids)
    if not protocol.handing_up.refer_at_waiting.size:
        return np.zeros((draws.count, 0), dtype=np.bool_)
    referred = np.zeros((sessions.visits * slots, draws.count), dtype=np.bool_)
    for visit in range(sessions.visits):
        for tier, tier_id in enumerate(jurisdiction.tier_ids):
            referral = scenario.tiers[tier_id].load_referral
            for ordinal in range(len(scenario.tiers[tier_id].sessions) if referral is not None else 0):
                assert referral is not None
                column = visit * slots + int(sessions.tier_offset[tier]) + ordinal
                referred[column] = draws.uniforms(f"load_referral/{tier_id}/{visit}/{ordinal}") < referral.refer_prob
    return referred.T


def _draw_paper(
    scenario: Scenario, jurisdiction: Jurisdiction, protocol: Protocol, draws: Draws
) -> tuple[NDArray[np.bool_], Int64]:
    pressure, is_pressed = scenario.reporting_pressure, protocol.handing_up.is_pressed
    if pressure is None or not is_pressed.any():
        return np.zeros((draws.count, 0), dtype=np.bool_), np.zeros((draws.count, 0), dtype=np.int64)
    tiers = len(jurisdiction.tier_ids)
    width = protocol.sessions.visits * tiers
    on_paper = np.zeros((width, draws.count), dtype=np.bool_)
    return_s = np.zeros((width, draws.count), dtype=np.int64)
    for visit in range(protocol.sessions.visits):
        for tier in np.flatnonzero(is_pressed).tolist():
            address, column = f"{jurisdiction.tier_ids[tier]}/{visit}", visit * tiers + tier
            on_paper[column] = draws.uniforms(f"paper/{address}") < pressure.paper_settlement_prob
            delay_days = draws.quantities(pressure.return_delay_days, f"paper_return/{address}")
            return_s[column] = to_whole_seconds(delay_days * SECONDS_PER_DAY)
    return on_paper.T, return_s.T
