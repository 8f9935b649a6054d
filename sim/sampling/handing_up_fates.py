"""Chances of a case that is due to leave a tier: referred when the tier is busy, recorded as settled on paper."""

import numpy as np

from sim.jurisdiction.contract import Jurisdiction
from sim.protocol.contract import Protocol
from sim.sampling.case_tables import CaseTables, put
from sim.sampling.cases import Cases
from sim.sampling.whole_seconds import to_whole_seconds
from sim.specification.schema import Scenario
from sim.vocabulary import SECONDS_PER_DAY


def draw_handing_up(
    scenario: Scenario, jurisdiction: Jurisdiction, protocol: Protocol, cases: Cases, visit: int, tables: CaseTables
) -> None:
    """Draw what becomes of cases at a busy session and when they are due to be handed up, in one visit of each tier."""
    if tables.referred_if_busy.size:
        _draw_referrals(scenario, jurisdiction, protocol, cases, visit, tables)
    if tables.settled_on_paper.size:
        _draw_paper(scenario, jurisdiction, protocol, cases, visit, tables)


def _draw_referrals(
    scenario: Scenario, jurisdiction: Jurisdiction, protocol: Protocol, cases: Cases, visit: int, tables: CaseTables
) -> None:
    sessions = protocol.sessions
    before = visit * len(sessions.slot_ids)
    for tier, tier_id in enumerate(jurisdiction.tier_ids):
        referral = scenario.tiers[tier_id].load_referral
        if referral is None:
            continue
        slots = range(int(sessions.tier_offset[tier]), int(sessions.tier_offset[tier + 1]))
        names = [f"load_referral/{tier_id}/{visit}/{ordinal}" for ordinal in range(len(slots))]
        for slot, uniforms in zip(slots, cases.draws.uniforms_of(names), strict=True):
            put(tables.referred_if_busy[before + slot], cases.rows, uniforms < referral.refer_prob)


def _draw_paper(
    scenario: Scenario, jurisdiction: Jurisdiction, protocol: Protocol, cases: Cases, visit: int, tables: CaseTables
) -> None:
    pressure = scenario.reporting_pressure
    assert pressure is not None
    pressed = np.flatnonzero(protocol.handing_up.is_pressed).tolist()
    addresses = [f"{jurisdiction.tier_ids[tier]}/{visit}" for tier in pressed]
    luck = cases.draws.uniforms_of([f"paper/{address}" for address in addresses])
    delay_days = cases.draws.quantities_of([(pressure.return_delay_days, f"paper_return/{a}") for a in addresses])
    returns_s = to_whole_seconds(delay_days * SECONDS_PER_DAY)
    for tier, uniforms, return_s in zip(pressed, luck, returns_s, strict=True):
        column = visit * len(jurisdiction.tier_ids) + tier
        put(tables.settled_on_paper[column], cases.rows, uniforms < pressure.paper_settlement_prob)
        put(tables.paper_return_s[column], cases.rows, return_s)
