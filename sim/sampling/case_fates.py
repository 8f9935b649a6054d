"""What befalls a case outside its sessions: registration, judgements of difficulty, patience and handovers."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from sim.jurisdiction.contract import Jurisdiction
from sim.protocol.contract import Protocol
from sim.sampling.case_tables import CaseTables, put
from sim.sampling.cases import Cases
from sim.sampling.contract import Int32, Int64
from sim.sampling.critical_ages import critical_ages_s
from sim.sampling.draws import Draws
from sim.sampling.latent import LatentFates
from sim.sampling.quantities import Quantities
from sim.sampling.shares import Shares
from sim.sampling.whole_seconds import after, to_whole_seconds
from sim.specification.schema import Scenario
from sim.specification.schema.casework import Graded, PriorityByDifficulty
from sim.vocabulary import NOWHERE, SECONDS_PER_DAY, PatienceChoice, Surfacing


@dataclass(frozen=True, slots=True)
class Registrations:
    """Where and when a surfaced dispute is registered.

    channel, entry_tier: int32 (N,), channel NOWHERE unless it reported itself through one; registered_s: int64 (N,).
    """

    channel: Int32
    entry_tier: Int32
    registered_s: Int64


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
    channel = np.where(reports_itself, Shares.of(shares).kind_at(uniforms), NOWHERE).astype(np.int32)
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


def draw_party_fates(scenario: Scenario, cases: Cases, tables: CaseTables) -> None:
    """Draw the end of the parties' patience and what they do then, and whether a micro matter is settled by them.

    Patience is a duration, from surfacing or reopening. How long a quarrel lasts after the parties withdraw, or a
    petition takes, is drawn for those whose choice it is.
    """
    draws, rows = cases.draws, cases.rows
    if scenario.patience is not None:
        patience = scenario.patience
        patience_days = draws.quantities(patience.days, "patience")
        put(tables.patience_s[0], rows, to_whole_seconds(patience_days * SECONDS_PER_DAY))
        shares = np.array([patience.withdraw_share, patience.litigate_share, patience.bypass_share])
        choice = Shares.of(shares).kind_at(draws.uniforms("patience_choice"))
        put(tables.patience_choice[0], rows, choice.astype(np.int8))
        withdraw = np.flatnonzero(choice == PatienceChoice.WITHDRAW)
        fade_days = draws.of_places(withdraw).quantities(patience.withdrawn_fade_days, "withdrawn_fade")
        put(tables.withdrawn_fade_s[0], rows[withdraw], to_whole_seconds(fade_days * SECONDS_PER_DAY))
        petitions = [c for c in (scenario.channels or {}).values() if c.kind == "petition"]
        bypass = np.flatnonzero(choice == PatienceChoice.BYPASS)
        if petitions and len(bypass):
            delay_days = draws.of_places(bypass).quantities(petitions[0].delay_days, "petition_delay")
            put(tables.petition_delay_s[0], rows[bypass], to_whole_seconds(delay_days * SECONDS_PER_DAY))
    triage = scenario.triage
    if isinstance(triage, Graded) and triage.micro is not None:
        margin_logit = triage.micro.self_ability_logit + cases.luck.of_test("micro") - cases.difficulty.theta0_logit
        put(tables.self_settle_until_age_s[0], rows, critical_ages_s(margin_logit, scenario.hardening))


@dataclass(frozen=True, slots=True, eq=False)
class Handovers:
    """Delays on leaving tiers in one of their visits, and their columns in the tables."""

    delay_days: Quantities
    columns: tuple[int, ...]


def plan_handovers(scenario: Scenario, jurisdiction: Jurisdiction, protocol: Protocol, visit: int) -> Handovers:
    """Return the delays of tiers that hand cases on; nobody is handed on from the top but down."""
    if scenario.handover is None:
        return Handovers(Quantities.of([]), ())
    tier_ids, delay_days = jurisdiction.tier_ids, scenario.handover.delay_days
    leaving = [tier for tier in range(len(tier_ids)) if tier < len(tier_ids) - 1 or protocol.triage.may_return[tier]]
    return Handovers(
        Quantities.of([(delay_days, f"handover/{tier_ids[tier]}/{visit}") for tier in leaving]),
        tuple(visit * len(tier_ids) + tier for tier in leaving),
    )


def draw_handover_delays(handovers: Handovers, cases: Cases, tables: CaseTables) -> None:
    """Draw the delay on leaving each tier."""
    delay_days = cases.draws.quantities_of(handovers.delay_days)
    for column, delay_s in zip(handovers.columns, to_whole_seconds(delay_days * SECONDS_PER_DAY), strict=True):
        put(tables.handover_delay_s[column], cases.rows, delay_s)


def draw_judgements(scenario: Scenario, jurisdiction: Jurisdiction, cases: Cases, tables: CaseTables) -> None:
    """Draw the critical ages of the thresholds of grades and of classes as each tier judges them."""
    triage, priority = scenario.triage, scenario.queue.priority
    if isinstance(triage, Graded):
        micro_below = -np.inf if triage.micro is None else triage.micro.below_logit
        thresholds = (micro_below, triage.small.below_logit, triage.large.below_logit)
        kind = _Kind("triage", thresholds, triage.noise_sd_logit)
        _draw_threshold_ages(scenario, jurisdiction, cases, kind, tables.grade_until_age_s)
    if isinstance(priority, PriorityByDifficulty):
        kind = _Kind("priority", priority.thresholds_logit, priority.noise_sd_logit)
        _draw_threshold_ages(scenario, jurisdiction, cases, kind, tables.class_until_age_s)


class _Kind(NamedTuple):
    """A kind of judgement: what its streams are called, its thresholds and how far off a tier's eye is."""

    name: str
    thresholds_logit: tuple[float, ...]
    noise_sd_logit: float


def _draw_threshold_ages(
    scenario: Scenario, jurisdiction: Jurisdiction, cases: Cases, kind: _Kind, until_age_s: Int64
) -> None:
    """Last ages at which a tier still perceives a dispute below each threshold, into (thresholds, T, N)."""
    for tier, tier_id in enumerate(jurisdiction.tier_ids):
        perceived_logit = cases.difficulty.theta0_logit
        if kind.noise_sd_logit > 0:
            perceived_logit = perceived_logit + kind.noise_sd_logit * cases.draws.normals(f"{kind.name}/{tier_id}")
        for threshold, threshold_logit in enumerate(kind.thresholds_logit):
            ages_s = critical_ages_s(threshold_logit - perceived_logit, scenario.hardening)
            put(until_age_s[threshold, tier], cases.rows, ages_s)
