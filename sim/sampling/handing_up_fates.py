"""Chances of a case that is due to leave a tier: referred when the tier is busy, recorded as settled on paper."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from sim.jurisdiction.contract import Jurisdiction
from sim.protocol.contract import Protocol
from sim.sampling.case_tables import CaseTables, put
from sim.sampling.cases import Cases
from sim.sampling.quantities import Quantities
from sim.sampling.whole_seconds import to_whole_seconds
from sim.specification.schema import Scenario
from sim.vocabulary import SECONDS_PER_DAY


class Chance(NamedTuple):
    """Something that happens to a case with a probability: the name of its stream and its column in the tables."""

    name: str
    prob: float
    column: int


@dataclass(frozen=True, slots=True, eq=False)
class HandingUpPlan:
    """What can become of cases at a busy session and when they are due to be handed up, in one visit of each tier.

    referrals: by slot; paper, with return_days, of which there are as many: by tier under pressure.
    """

    referrals: tuple[Chance, ...]
    paper: tuple[Chance, ...]
    return_days: Quantities


def plan_handing_up(scenario: Scenario, jurisdiction: Jurisdiction, protocol: Protocol, visit: int) -> HandingUpPlan:
    """Return the chances of one visit of each tier."""
    sessions, tier_ids, pressure = protocol.sessions, jurisdiction.tier_ids, scenario.reporting_pressure
    referrals = []
    for tier, tier_id in enumerate(tier_ids) if protocol.handing_up.refer_at_waiting.size else ():
        referral = scenario.tiers[tier_id].load_referral
        if referral is None:
            continue
        first, end = int(sessions.tier_offset[tier]), int(sessions.tier_offset[tier + 1])
        for slot in range(first, end):
            name, column = f"load_referral/{tier_id}/{visit}/{slot - first}", visit * len(sessions.slot_ids) + slot
            referrals.append(Chance(name, referral.refer_prob, column))
    if pressure is None:
        return HandingUpPlan(tuple(referrals), (), Quantities.of([]))
    pressed = np.flatnonzero(protocol.handing_up.is_pressed).tolist()
    return HandingUpPlan(
        tuple(referrals),
        tuple(
            Chance(f"paper/{tier_ids[tier]}/{visit}", pressure.paper_settlement_prob, visit * len(tier_ids) + tier)
            for tier in pressed
        ),
        Quantities.of([(pressure.return_delay_days, f"paper_return/{tier_ids[tier]}/{visit}") for tier in pressed]),
    )


def draw_handing_up(plan: HandingUpPlan, cases: Cases, tables: CaseTables) -> None:
    """Draw what becomes of cases at a busy session and when they are due to be handed up."""
    for referral in plan.referrals:
        referred = cases.draws.uniforms(referral.name) < referral.prob
        put(tables.referred_if_busy[referral.column], cases.rows, referred)
    if not plan.paper:
        return
    returns_s = to_whole_seconds(cases.draws.quantities_of(plan.return_days) * SECONDS_PER_DAY)
    for paper, return_s in zip(plan.paper, returns_s, strict=True):
        put(tables.settled_on_paper[paper.column], cases.rows, cases.draws.uniforms(paper.name) < paper.prob)
        put(tables.paper_return_s[paper.column], cases.rows, return_s)
