"""What each session would take and settle: effort, travel, occupation, critical ages and gaps, by visit and slot."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.jurisdiction.contract import Jurisdiction
from sim.protocol.contract import Protocol
from sim.sampling.attendance import draw_attendance
from sim.sampling.case_tables import CaseTables, blocks, put
from sim.sampling.cases import Cases
from sim.sampling.contract import Int32, Int64
from sim.sampling.critical_ages import critical_ages_s
from sim.sampling.difficulty import Difficulty
from sim.sampling.distributions import exponential_of
from sim.sampling.whole_seconds import to_whole_seconds
from sim.specification.schema import Scenario
from sim.specification.schema.casework import MeetingSession, Session
from sim.specification.schema.distributions import DurationDays, DurationHours
from sim.vocabulary import NOWHERE, SECONDS_PER_DAY, SECONDS_PER_HOUR, SessionMode

Float64 = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Slot:
    """A slot that can be held in some home unit, at one visit.

    Its column in the tables; the columns of those of its options that have a pool anywhere; its address in the names of
    streams; its session and the gap before it.
    """

    slot: int
    column: int
    option_columns: dict[int, int]
    address: str
    session: Session
    gap_days: DurationDays | None


def draw_session_fates(
    scenario: Scenario, jurisdiction: Jurisdiction, protocol: Protocol, cases: Cases, visit: int, tables: CaseTables
) -> None:
    """Draw the fates of every session that cases may be given in one visit of each tier, first (0) or second (1)."""
    slots = list(held_slots(scenario, jurisdiction, protocol, visit))
    timed = [(at, at.session.effort_hours) for at in slots if not isinstance(at.session, MeetingSession)]
    later = [(at, at.gap_days) for at in slots if at.gap_days is not None]
    tested = [at for at in slots if protocol.sessions.mode[at.slot] != SessionMode.INTAKE]
    factor, count = _effort_factor(scenario, cases.category, cases.difficulty), len(cases.rows)
    for timed_block in blocks(timed, count):
        _draw_durations(jurisdiction, protocol, cases, timed_block, factor, tables)
    for gap_block in blocks(later, count):
        gap_days = cases.draws.quantities_of([(days, f"gap/{at.address}") for at, days in gap_block])
        for (at, _), gap_s in zip(gap_block, to_whole_seconds(gap_days * SECONDS_PER_DAY), strict=True):
            put(tables.gap_s[at.column], cases.rows, gap_s)
    for tested_block in blocks(tested, count):
        _draw_tests(scenario, jurisdiction, protocol, cases, tested_block, tables)


def travel_seconds(jurisdiction: Jurisdiction, protocol: Protocol, home_unit: Int32, rows: Int64, count: int) -> Int64:
    """Return the round trip of every option to the given rows' home units, int64 (O, count); 0 elsewhere.

    And 0 where the parties come in, and for options that have no pool in any home unit.
    """
    sessions, staff = protocol.sessions, jurisdiction.staff
    travel_s = np.zeros((len(sessions.option_group), count), dtype=np.int64)
    has_pool = _groups_with_pools(jurisdiction)
    for option, (group, slot) in enumerate(zip(sessions.option_group, sessions.option_slot, strict=True)):
        if sessions.travels[slot] and has_pool[group] and staff.travel_hours[group].any():
            of_home = to_whole_seconds(staff.travel_hours[group] * SECONDS_PER_HOUR)
            put(travel_s[option], rows, of_home.take(home_unit))
    return travel_s


def _draw_durations(
    jurisdiction: Jurisdiction,
    protocol: Protocol,
    cases: Cases,
    timed: Sequence[tuple[Slot, DurationHours]],
    factor: Float64,
    tables: CaseTables,
) -> None:
    """Effort and occupation of slots; a meeting's effort is shared out when it is held, so it is not drawn here."""
    sessions, staff = protocol.sessions, jurisdiction.staff
    hours = cases.draws.quantities_of([(usual, f"effort/{at.address}") for at, usual in timed])
    hours *= factor
    for (at, _), effort_s in zip(timed, to_whole_seconds(hours * SECONDS_PER_HOUR), strict=True):
        put(tables.effort_s[at.column], cases.rows, effort_s)
    listed = [(row, at, option) for row, (at, _) in enumerate(timed) for option in at.option_columns]
    lasting = hours.take([row for row, _, _ in listed], axis=0)
    for place, (_, at, option) in enumerate(listed):
        if sessions.travels[at.slot]:
            lasting[place] += staff.travel_hours[sessions.option_group[option]].take(cases.home_unit)
    lasting *= SECONDS_PER_HOUR
    lasting /= np.array([[staff.casework_share[sessions.option_group[option]]] for _, _, option in listed])
    for (_, at, option), occupation_s in zip(listed, to_whole_seconds(lasting), strict=True):
        put(tables.occupation_s[at.option_columns[option]], cases.rows, occupation_s)


def _draw_tests(
    scenario: Scenario,
    jurisdiction: Jurisdiction,
    protocol: Protocol,
    cases: Cases,
    tested: Sequence[Slot],
    tables: CaseTables,
) -> None:
    """Who comes to panels, and critical ages of settlement tests, of which an intake has none."""
    sessions, bonus_logit = protocol.sessions, protocol.first_handler_bonus_logit
    head_starts = cases.luck.of_tests([f"settlement/{at.address}" for at in tested])
    head_starts -= cases.difficulty.theta0_logit
    for row, at in enumerate(tested):
        head_starts[row] += _gained_logit(scenario, protocol, at.slot)
        attendance = draw_attendance(protocol, jurisdiction, at.slot, at.address, cases.home_unit, cases.draws)
        for option, attending in attendance.items():
            head_starts[row] += sessions.member_bonus_logit[option] * attending
            if option in at.option_columns:
                put(tables.attends[at.option_columns[option]], cases.rows, attending)
    leads = [
        (row, at, option)
        for row, at in enumerate(tested)
        for option in at.option_columns
        if not sessions.is_member[option]
    ]
    margins_logit = head_starts.take([row for row, _, _ in leads], axis=0)
    margins_logit += sessions.ability_logit[[option for _, _, option in leads]].take(cases.category, axis=1)
    ages_s = critical_ages_s(margins_logit, scenario.hardening)
    for (_, at, option), margin_logit, until_age_s in zip(leads, margins_logit, ages_s, strict=True):
        put(tables.settle_until_age_s[at.option_columns[option]], cases.rows, until_age_s)
        if bonus_logit is not None and sessions.mode[at.slot] == SessionMode.PANEL:
            helped_s = critical_ages_s(margin_logit + bonus_logit, scenario.hardening)
            put(tables.settle_with_handler_until_age_s[at.option_columns[option]], cases.rows, helped_s)


def held_slots(scenario: Scenario, jurisdiction: Jurisdiction, protocol: Protocol, visit: int) -> Iterator[Slot]:
    """Give the slots that can be held for some category in some home unit; a tier's first has no gap before it."""
    sessions, has_pool = protocol.sessions, _groups_with_pools(jurisdiction)
    slots, options = len(sessions.slot_ids), len(sessions.option_group)
    for tier, tier_id in enumerate(jurisdiction.tier_ids):
        for ordinal, session in enumerate(scenario.tiers[tier_id].sessions.values()):
            slot = int(sessions.tier_offset[tier]) + ordinal
            listed = range(int(sessions.option_offset[slot]), int(sessions.option_offset[slot + 1]))
            usable = [option for option in listed if has_pool[sessions.option_group[option]]]
            if sessions.held_for[slot].any() and any(not sessions.is_member[option] for option in usable):
                yield Slot(
                    slot=slot,
                    column=visit * slots + slot,
                    option_columns={option: visit * options + option for option in usable},
                    address=f"{tier_id}/{visit}/{ordinal}",
                    session=session,
                    gap_days=scenario.tiers[tier_id].gap_days if ordinal else None,
                )


def _groups_with_pools(jurisdiction: Jurisdiction) -> list[bool]:
    """Whether each staff group has a pool for any home unit."""
    return [bool(np.any(pools != NOWHERE)) for pools in jurisdiction.staff.pool_of_home]


def _gained_logit(scenario: Scenario, protocol: Protocol, slot: int) -> float:
    """Margin from the session's bonus and from the settlement sessions of the tier before it."""
    ordinal = float(protocol.sessions.settlement_ordinal[slot])
    return float(protocol.sessions.bonus_logit[slot]) + scenario.settlement.gain_per_session_logit * ordinal


def _effort_factor(scenario: Scenario, category: Int32, difficulty: Difficulty) -> Float64:
    """Effort relative to a session's own mean: by category, and by difficulty where the scenario says so."""
    by_category = np.array([category.effort_factor for category in scenario.categories.values()]).take(category)
    if scenario.effort_growth is None:
        return np.asarray(by_category)
    slope = scenario.effort_growth.log_slope_per_logit
    return np.asarray(by_category * exponential_of(slope * difficulty.above_category_logit))
