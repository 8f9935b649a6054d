"""What befalls a case outside its sessions: registration, judgements of difficulty, patience and handovers."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.jurisdiction.contract import Jurisdiction
from sim.protocol.contract import Protocol
from sim.sampling.contract import Int8, Int32, Int64
from sim.sampling.critical_ages import critical_ages_s
from sim.sampling.distributions import category_at
from sim.sampling.draws import Draws
from sim.sampling.latent import LatentFates
from sim.sampling.settlement_luck import SettlementLuck
from sim.sampling.whole_seconds import after, to_whole_seconds
from sim.specification.schema import Scenario
from sim.specification.schema.casework import Graded, PriorityByDifficulty
from sim.vocabulary import NEVER_S, NOWHERE, SECONDS_PER_DAY, Surfacing

Float64 = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Registrations:
    """Where and when a surfaced dispute is registered.

    channel, entry_tier: int32 (N,), channel NOWHERE unless it reported itself through one; registered_s: int64 (N,).
    """

    channel: Int32
    entry_tier: Int32
    registered_s: Int64


@dataclass(frozen=True, slots=True)
class PartyFates:
    """What the parties do by themselves.

    patience_s, withdrawn_fade_s, petition_delay_s: int64 (N,), durations, patience from surfacing or reopening;
    patience_choice: int8 (N,) of PatienceChoice; self_settle_until_age_s: int64 (N,), −1 without micro matters.
    """

    patience_s: Int64
    patience_choice: Int8
    withdrawn_fade_s: Int64
    petition_delay_s: Int64
    self_settle_until_age_s: Int64


def draw_registrations(
    scenario: Scenario, jurisdiction: Jurisdiction, latent: LatentFates, draws: Draws
) -> Registrations:
    """Draw the channel and its delay of disputes that report themselves; all others are registered below at once.

    A wrong door adds the delay of a handover.
    """
    lowest = np.zeros(draws.count, dtype=np.int32)
    if scenario.channels is None:
        return Registrations(np.full(draws.count, NOWHERE, dtype=np.int32), lowest, latent.surfaced_s)
    channels = list(scenario.channels.values())
    shares = np.array([channel.share for channel in channels])
    uniforms = draws.uniforms("channel") if len(channels) > 1 else np.zeros(draws.count)
    reports_itself = latent.surfacing == Surfacing.SELF_REPORT
    channel = np.where(reports_itself, category_at(shares, uniforms), NOWHERE).astype(np.int32)
    entry_tiers = np.array([jurisdiction.tier_ids.index(c.entry_tier) for c in channels], dtype=np.int32)
    delay_days = draws.quantities_by([c.delay_days for c in channels], channel, "channel_delay")
    registered_s = after(latent.surfaced_s, to_whole_seconds(delay_days * SECONDS_PER_DAY))
    return Registrations(
        channel=channel,
        entry_tier=np.where(reports_itself, entry_tiers[channel], lowest).astype(np.int32),
        registered_s=after(registered_s, _wrong_door_s(scenario, channel, draws)),
    )


def _wrong_door_s(scenario: Scenario, channel: Int32, draws: Draws) -> Int64:
    """Time lost at a wrong door, at most once: the delay of a handover, drawn at an address of its own; int64 (N,)."""
    wrong_door_prob = np.array([c.misroute_prob or 0.0 for c in (scenario.channels or {}).values()])
    if scenario.handover is None or not wrong_door_prob.any():
        return np.zeros(draws.count, dtype=np.int64)
    misrouted = (channel != NOWHERE) & (draws.uniforms("misroute") < wrong_door_prob[channel])
    delay_days = draws.quantities(scenario.handover.delay_days, "misroute_delay")
    return np.where(misrouted, to_whole_seconds(delay_days * SECONDS_PER_DAY), 0)


def draw_party_fates(scenario: Scenario, theta0_logit: Float64, luck: SettlementLuck) -> PartyFates:
    """Draw the end of the parties' patience and what they do then, and whether a micro matter is settled by them."""
    draws = luck.draws
    petitions = [c for c in (scenario.channels or {}).values() if c.kind == "petition"]
    petition_delay_s = np.zeros(draws.count, dtype=np.int64)
    patience_s, withdrawn_fade_s = np.full((2, draws.count), NEVER_S, dtype=np.int64)
    choice = np.zeros(draws.count, dtype=np.int8)
    if scenario.patience is not None:
        patience = scenario.patience
        patience_days = draws.quantities(patience.days, "patience")
        patience_s = to_whole_seconds(patience_days * SECONDS_PER_DAY)
        shares = np.array([patience.withdraw_share, patience.litigate_share, patience.bypass_share])
        choice = category_at(shares, draws.uniforms("patience_choice")).astype(np.int8)
        fade_days = draws.quantities(patience.withdrawn_fade_days, "withdrawn_fade")
        withdrawn_fade_s = to_whole_seconds(fade_days * SECONDS_PER_DAY)
        if petitions:
            delay_days = draws.quantities(petitions[0].delay_days, "petition_delay")
            petition_delay_s = to_whole_seconds(delay_days * SECONDS_PER_DAY)
    return PartyFates(
        patience_s=patience_s,
        patience_choice=choice,
        withdrawn_fade_s=withdrawn_fade_s,
        petition_delay_s=petition_delay_s,
        self_settle_until_age_s=_self_settle_until_age_s(scenario, theta0_logit, luck),
    )


def draw_handover_delays_s(scenario: Scenario, jurisdiction: Jurisdiction, protocol: Protocol, draws: Draws) -> Int64:
    """Draw the delay on leaving each tier at each visit, int64 (N, V·T), zeros without a handover block."""
    visits, tiers = protocol.sessions.visits, len(jurisdiction.tier_ids)
    delay_s = np.zeros((visits * tiers, draws.count), dtype=np.int64)
    if scenario.handover is not None:
        addresses = [f"handover/{tier_id}/{visit}" for visit in range(visits) for tier_id in jurisdiction.tier_ids]
        for column, address in enumerate(addresses):
            delay_days = draws.quantities(scenario.handover.delay_days, address)
            delay_s[column] = to_whole_seconds(delay_days * SECONDS_PER_DAY)
    return delay_s.T


def draw_grade_ages_s(scenario: Scenario, jurisdiction: Jurisdiction, theta0_logit: Float64, draws: Draws) -> Int64:
    """Draw the critical ages of the three grade thresholds as each tier judges them, int64 (N, T, 3 or 0)."""
    triage = scenario.triage
    if not isinstance(triage, Graded):
        return np.zeros((draws.count, len(jurisdiction.tier_ids), 0), dtype=np.int64)
    micro_below = -np.inf if triage.micro is None else triage.micro.below_logit
    thresholds = (micro_below, triage.small.below_logit, triage.large.below_logit)
    return _threshold_ages_s(scenario, jurisdiction, theta0_logit, thresholds, triage.noise_sd_logit, "triage", draws)


def draw_class_ages_s(scenario: Scenario, jurisdiction: Jurisdiction, theta0_logit: Float64, draws: Draws) -> Int64:
    """Draw the critical ages of the class thresholds as each tier judges them, int64 (N, T, thresholds or 0)."""
    priority = scenario.queue.priority
    if not isinstance(priority, PriorityByDifficulty):
        return np.zeros((draws.count, len(jurisdiction.tier_ids), 0), dtype=np.int64)
    thresholds, noise_sd = priority.thresholds_logit, priority.noise_sd_logit
    return _threshold_ages_s(scenario, jurisdiction, theta0_logit, thresholds, noise_sd, "priority", draws)


def _self_settle_until_age_s(scenario: Scenario, theta0_logit: Float64, luck: SettlementLuck) -> Int64:
    triage = scenario.triage
    if not isinstance(triage, Graded) or triage.micro is None:
        return np.full(len(theta0_logit), -1, dtype=np.int64)
    margin_logit = triage.micro.self_ability_logit + luck.of_test("micro") - theta0_logit
    return critical_ages_s(margin_logit, scenario.hardening)


def _threshold_ages_s(
    scenario: Scenario,
    jurisdiction: Jurisdiction,
    theta0_logit: Float64,
    thresholds_logit: tuple[float, ...],
    noise_sd_logit: float,
    kind: str,
    draws: Draws,
) -> Int64:
    """Last ages at which a tier still perceives a dispute below each threshold."""
    ages_s = np.empty((draws.count, len(jurisdiction.tier_ids), len(thresholds_logit)), dtype=np.int64, order="F")
    for tier, tier_id in enumerate(jurisdiction.tier_ids):
        perceived_logit = theta0_logit
        if noise_sd_logit > 0:
            perceived_logit = theta0_logit + noise_sd_logit * draws.normals(f"{kind}/{tier_id}")
        for column, threshold_logit in enumerate(thresholds_logit):
            ages_s[:, tier, column] = critical_ages_s(threshold_logit - perceived_logit, scenario.hardening)
    return ages_s
