"""What befalls a case outside its sessions: registration, judgements of difficulty, patience and handovers."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.jurisdiction.contract import Jurisdiction
from sim.protocol.contract import Protocol
from sim.protocol.made_once import made_once
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
from sim.specification.schema.disputes import Patience
from sim.specification.schema.distributions import DurationDays
from sim.vocabulary import NOWHERE, SECONDS_PER_DAY, PatienceChoice, Surfacing

Float64 = NDArray[np.float64]


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
    if scenario.channels is None:
        nowhere, lowest = np.full(draws.count, NOWHERE, dtype=np.int32), np.zeros(draws.count, dtype=np.int32)
        return Registrations(nowhere, lowest, latent.surfaced_s)
    channels = _channels(scenario, jurisdiction)
    channel = np.zeros(draws.count, dtype=np.int32)
    if len(channels.delay_days) > 1:
        channel = channels.shares.kind_at(draws.uniforms("channel")).astype(np.int32)
    np.putmask(channel, latent.surfacing != Surfacing.SELF_REPORT, NOWHERE)
    delay_days = draws.quantities_by(channels.delay_days, channel, "channel_delay")
    registered_s = after(latent.surfaced_s, to_whole_seconds(delay_days * SECONDS_PER_DAY))
    if scenario.handover is not None and channels.wrong_door_prob.any():
        lost_s = _wrong_door_s(channels.wrong_door_prob, scenario.handover.delay_days, channel, draws)
        registered_s = after(registered_s, lost_s)
    # NOWHERE is −1, which is the last.
    return Registrations(channel, channels.entry_tier.take(channel, mode="wrap"), registered_s)


@dataclass(frozen=True, slots=True, eq=False)
class _Channels:
    """Where disputes report themselves: C channels.

    entry_tier: int32 (C + 1,), the lowest for those without a channel, which stands last; wrong_door_prob: float64
    (C,).
    """

    shares: Shares
    delay_days: tuple[DurationDays, ...]
    entry_tier: Int32
    wrong_door_prob: Float64


@made_once
def _channels(scenario: Scenario, jurisdiction: Jurisdiction) -> _Channels:
    channels = list((scenario.channels or {}).values())
    entry_tiers = [jurisdiction.tier_ids.index(channel.entry_tier) for channel in channels]
    return _Channels(
        shares=Shares.of(np.array([channel.share for channel in channels])),
        delay_days=tuple(channel.delay_days for channel in channels),
        entry_tier=np.array([*entry_tiers, 0], dtype=np.int32),
        wrong_door_prob=np.array([channel.misroute_prob or 0.0 for channel in channels]),
    )


def _wrong_door_s(prob: Float64, delay_days: DurationDays, channel: Int32, draws: Draws) -> Int64:
    """Time lost at a wrong door, at most once: the delay of a handover, drawn at an address of its own; int64 (N,)."""
    misrouted = (channel != NOWHERE) & (draws.uniforms("misroute") < prob[channel])
    lost_s = to_whole_seconds(draws.quantities(delay_days, "misroute_delay") * SECONDS_PER_DAY)
    lost_s *= misrouted
    return lost_s


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
        choice = _choices(patience).kind_at(draws.uniforms("patience_choice"))
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


@made_once
def _choices(patience: Patience) -> Shares:
    return Shares.of(np.array([patience.withdraw_share, patience.litigate_share, patience.bypass_share]))


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
        margins_logit = np.array(kind.thresholds_logit)[:, np.newaxis] - perceived_logit
        for column, age_s in zip(until_age_s[:, tier], critical_ages_s(margins_logit, scenario.hardening), strict=True):
            put(column, cases.rows, age_s)
