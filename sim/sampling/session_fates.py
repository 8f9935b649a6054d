"""What each session would take and settle: effort, travel, occupation, critical ages and gaps, by visit and slot."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.jurisdiction.contract import Jurisdiction
from sim.protocol.contract import Protocol
from sim.sampling.attendance import draw_attendance, has_panels
from sim.sampling.contract import Int32, Int64
from sim.sampling.critical_ages import critical_ages_s
from sim.sampling.difficulty import Difficulty
from sim.sampling.distributions import exponential_of
from sim.sampling.draws import Draws
from sim.sampling.settlement_luck import SettlementLuck
from sim.sampling.whole_seconds import to_whole_seconds
from sim.specification.schema import Scenario
from sim.specification.schema.casework import MeetingSession, Session
from sim.specification.schema.distributions import DurationDays
from sim.vocabulary import SECONDS_PER_DAY, SECONDS_PER_HOUR, SessionMode

Float64 = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SessionFates:
    """Fates of sessions, int64, one column per slot (S) or option (O), those of a second visit (V) after the first's.

    effort_s, gap_s (N, V·S); occupation_s, settle_until_age_s (N, V·O); travel_s (N, O); attends: bool (N, V·O), or of
    zero width without panels; settle_with_handler_until_age_s (N, V·O), or of zero width if first handlers stay away.
    """

    effort_s: Int64
    travel_s: Int64
    occupation_s: Int64
    settle_until_age_s: Int64
    settle_with_handler_until_age_s: Int64
    gap_s: Int64
    attends: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Slot:
    """A slot at one visit: its columns in the tables, its address in the names of streams, its session."""

    slot: int
    column: int
    option_columns: dict[int, int]
    address: str
    session: Session
    gap_days: DurationDays | None


def draw_session_fates(
    scenario: Scenario,
    jurisdiction: Jurisdiction,
    protocol: Protocol,
    home_unit: Int32,
    category: Int32,
    difficulty: Difficulty,
    luck: SettlementLuck,
) -> SessionFates:
    """Draw the fates of every session that a dispute may be given, for disputes by home unit and category (N,)."""
    sessions, draws = protocol.sessions, luck.draws
    slots, options, visits = len(sessions.slot_ids), len(sessions.option_group), sessions.visits
    travel_hours = _travel_hours(jurisdiction, protocol, home_unit)
    travel_s, occupation_s, effort_s, gap_s = (
        np.zeros((columns, draws.count), dtype=np.int64)
        for columns in (options, visits * options, visits * slots, visits * slots)
    )
    settle_until_age_s = np.full_like(occupation_s, -1)
    helped = has_panels(protocol) and protocol.first_handler_bonus_logit is not None
    settle_with_handler_until_age_s = np.full((visits * options if helped else 0, draws.count), -1, dtype=np.int64)
    attends = np.zeros((visits * options if has_panels(protocol) else 0, draws.count), dtype=np.bool_)
    effort_factor = _effort_factor(scenario, category, difficulty)
    for option, hours in enumerate(travel_hours):
        travel_s[option] = to_whole_seconds(hours * SECONDS_PER_HOUR)
    for at in _slots(scenario, jurisdiction, protocol):
        effort_hours = _effort_hours(at, draws) * effort_factor
        effort_s[at.column] = to_whole_seconds(effort_hours * SECONDS_PER_HOUR)
        for option, column in at.option_columns.items():
            share = float(jurisdiction.staff.casework_share[sessions.option_group[option]])
            occupation_s[column] = to_whole_seconds((effort_hours + travel_hours[option]) * SECONDS_PER_HOUR / share)
        if at.gap_days is not None:
            gap_days = draws.quantities(at.gap_days, f"gap/{at.address}")
            gap_s[at.column] = to_whole_seconds(gap_days * SECONDS_PER_DAY)
        if sessions.mode[at.slot] == SessionMode.INTAKE:
            continue
        head_start = luck.of_test(f"settlement/{at.address}") - difficulty.theta0_logit
        head_start += _gained_logit(scenario, protocol, at.slot)
        for option, attending in draw_attendance(protocol, jurisdiction, at.slot, at.address, home_unit, draws).items():
            attends[at.option_columns[option]] = attending
            head_start += sessions.member_bonus_logit[option] * attending
        for option, column in at.option_columns.items():
            if sessions.is_member[option]:
                continue
            margin_logit = sessions.ability_logit[option][category] + head_start
            settle_until_age_s[column] = critical_ages_s(margin_logit, scenario.hardening)
            if helped and sessions.mode[at.slot] == SessionMode.PANEL:
                margin_logit = margin_logit + protocol.first_handler_bonus_logit
                settle_with_handler_until_age_s[column] = critical_ages_s(margin_logit, scenario.hardening)
    return SessionFates(
        effort_s=effort_s.T,
        travel_s=travel_s.T,
        occupation_s=occupation_s.T,
        settle_until_age_s=settle_until_age_s.T,
        settle_with_handler_until_age_s=settle_with_handler_until_age_s.T,
        gap_s=gap_s.T,
        attends=attends.T,
    )


def _slots(scenario: Scenario, jurisdiction: Jurisdiction, protocol: Protocol) -> Iterator[_Slot]:
    """Every slot at every visit; the first slot of a tier has no gap before it."""
    sessions = protocol.sessions
    slots, options = len(sessions.slot_ids), len(sessions.option_group)
    for visit in range(sessions.visits):
        for tier, tier_id in enumerate(jurisdiction.tier_ids):
            for ordinal, session in enumerate(scenario.tiers[tier_id].sessions.values()):
                slot = int(sessions.tier_offset[tier]) + ordinal
                yield _Slot(
                    slot=slot,
                    column=visit * slots + slot,
                    option_columns={
                        option: visit * options + option
                        for option in range(sessions.option_offset[slot], sessions.option_offset[slot + 1])
                    },
                    address=f"{tier_id}/{visit}/{ordinal}",
                    session=session,
                    gap_days=scenario.tiers[tier_id].gap_days if ordinal else None,
                )


def _gained_logit(scenario: Scenario, protocol: Protocol, slot: int) -> float:
    """Margin from the session's bonus and from the settlement sessions of the tier before it."""
    ordinal = float(protocol.sessions.settlement_ordinal[slot])
    return float(protocol.sessions.bonus_logit[slot]) + scenario.settlement.gain_per_session_logit * ordinal


def _effort_hours(at: _Slot, draws: Draws) -> Float64:
    """Effort at a session before the category's factor (N,); a meeting's is shared out when it is held, so 0 here."""
    if isinstance(at.session, MeetingSession):
        return np.zeros(draws.count)
    return draws.quantities(at.session.effort_hours, f"effort/{at.address}")


def _effort_factor(scenario: Scenario, category: Int32, difficulty: Difficulty) -> Float64:
    """Effort relative to a session's own mean: by category, and by difficulty where the scenario says so."""
    by_category = np.array([category.effort_factor for category in scenario.categories.values()])[category]
    if scenario.effort_growth is None:
        return np.asarray(by_category)
    slope = scenario.effort_growth.log_slope_per_logit
    return np.asarray(by_category * exponential_of(slope * difficulty.above_category_logit))


def _travel_hours(jurisdiction: Jurisdiction, protocol: Protocol, home_unit: Int32) -> list[Float64]:
    """Round trip of every option (N,); 0 where the parties come in."""
    sessions = protocol.sessions
    return [
        jurisdiction.staff.travel_hours[group][home_unit] if sessions.travels[slot] else np.zeros(len(home_unit))
        for group, slot in zip(sessions.option_group, sessions.option_slot, strict=True)
    ]
