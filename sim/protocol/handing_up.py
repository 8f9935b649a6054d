"""When a tier hands a case up for load, which sessions must come first, and whose records are under pressure."""

from fractions import Fraction
from math import ceil

import numpy as np

from sim.jurisdiction.contract import Staff
from sim.protocol.contract import HandingUp, Int64, Sessions
from sim.specification.schema import Scenario
from sim.vocabulary import NEVER_S, NOWHERE


def compile_handing_up(scenario: Scenario, sessions: Sessions, staff: Staff) -> HandingUp:
    """Compile load referral, required sessions and reporting pressure of a validated scenario."""
    pressure = scenario.reporting_pressure
    pressed = () if pressure is None or pressure.paper_settlement_prob == 0 else pressure.tiers
    required = [
        session_id in (tier.must_have_tried or ()) for tier in scenario.tiers.values() for session_id in tier.sessions
    ]
    return HandingUp(
        refer_at_waiting=_refer_at_waiting(scenario, sessions, staff),
        must_have_tried=np.array(required, dtype=np.bool_),
        is_pressed=np.array([tier_id in pressed for tier_id in scenario.tiers], dtype=np.bool_),
    )


def _refer_at_waiting(scenario: Scenario, sessions: Sessions, staff: Staff) -> Int64:
    """Requests waiting from which a session's staff count as busy: threshold × their posts, rounded up, exactly."""
    referrals = [tier.load_referral for tier in scenario.tiers.values() for _ in tier.sessions]
    if all(referral is None or referral.refer_prob == 0 for referral in referrals):
        return np.zeros((0, 0), dtype=np.int64)
    pool_of_home = staff.pool_of_home
    posts_of_pool = np.append(staff.pool_posts, 0)
    at_waiting = np.full((len(referrals), pool_of_home.shape[1]), NEVER_S, dtype=np.int64)
    for slot, referral in enumerate(referrals):
        if referral is None or referral.refer_prob == 0:
            continue
        pools = pool_of_home[sessions.option_group[(sessions.option_slot == slot) & ~sessions.is_member]]
        posts = np.where(pools == NOWHERE, 0, posts_of_pool[pools]).sum(axis=0)
        # A decimal as written, so that 0.1 × 30 is 3.
        per_post = Fraction(repr(referral.refer_when_waiting_per_post_at_least))
        counts, at_count = np.unique(posts, return_inverse=True)
        at_waiting[slot] = np.array([ceil(per_post * count) for count in counts.tolist()])[at_count]
    return at_waiting
