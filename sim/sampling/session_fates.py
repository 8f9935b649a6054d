"""What each session would take and settle: effort, travel, occupation, critical ages and gaps, by visit and slot."""

import numpy as np
from numpy.typing import NDArray

from sim.jurisdiction.contract import Jurisdiction
from sim.protocol.contract import Protocol
from sim.protocol.made_once import made_once
from sim.sampling.attendance import draw_attendance
from sim.sampling.case_tables import CaseTables, block_size, put
from sim.sampling.cases import Cases
from sim.sampling.contract import Int64
from sim.sampling.critical_ages import critical_ages_s, hardens
from sim.sampling.difficulty import Difficulty
from sim.sampling.distributions import exponential_of
from sim.sampling.session_plan import Durations, SessionPlan, SettlementTests, session_blocks
from sim.sampling.settlement_margins import exact_margins, signed_margins
from sim.sampling.slots import groups_with_pools
from sim.sampling.whole_seconds import to_whole_seconds
from sim.specification.schema import Scenario
from sim.specification.schema.disputes import Hardening
from sim.vocabulary import SECONDS_PER_DAY, SECONDS_PER_HOUR

Float64 = NDArray[np.float64]


def draw_session_fates(plan: SessionPlan, cases: Cases, tables: CaseTables) -> None:
    """Draw the fates of every session that cases may be given in one visit of each tier."""
    blocks = session_blocks(plan, min(block_size(len(cases.rows)), max(1, len(plan.slots))))
    factor = _effort_factor(plan.scenario, cases.category, cases.difficulty)
    for durations in blocks.durations:
        _draw_durations(durations, cases, factor, tables)
    for gaps in blocks.gaps:
        gap_days = cases.draws.quantities_of(gaps.days)
        for column, gap_s in zip(gaps.columns, to_whole_seconds(gap_days * SECONDS_PER_DAY), strict=True):
            put(tables.gap_s[column], cases.rows, gap_s)
    for tests in blocks.tests:
        _draw_tests(tests, plan.scenario.hardening, plan.protocol.first_handler_bonus_logit, cases, tables)


def travel_seconds(jurisdiction: Jurisdiction, protocol: Protocol, home_unit: Int64, rows: Int64, count: int) -> Int64:
    """Return the round trip of every option to the given rows' home units, int64 (O, count); 0 elsewhere.

    And 0 where the parties come in, and for options that have no pool in any home unit.
    """
    travel_s = np.zeros((len(protocol.sessions.option_group), count), dtype=np.int64)
    for option, of_home_s in _travel_of_homes_s(jurisdiction, protocol):
        put(travel_s[option], rows, of_home_s.take(home_unit))
    return travel_s


@made_once
def _travel_of_homes_s(jurisdiction: Jurisdiction, protocol: Protocol) -> tuple[tuple[int, Int64], ...]:
    """Options to which staff travel, and their round trips to each home unit, int64 (H,)."""
    sessions, staff, has_pool = protocol.sessions, jurisdiction.staff, groups_with_pools(jurisdiction)
    listed = enumerate(zip(sessions.option_group.tolist(), sessions.option_slot.tolist(), strict=True))
    return tuple(
        (option, to_whole_seconds(staff.travel_hours[group] * SECONDS_PER_HOUR))
        for option, (group, slot) in listed
        if sessions.travels[slot] and has_pool[group] and staff.travel_hours[group].any()
    )


def _draw_durations(durations: Durations, cases: Cases, factor: Float64, tables: CaseTables) -> None:
    """Effort and occupation of slots."""
    hours = cases.draws.quantities_of(durations.effort_hours)
    hours *= factor
    efforts_s = to_whole_seconds(hours * SECONDS_PER_HOUR)
    for column, effort_s in zip(durations.effort_columns, efforts_s, strict=True):
        put(tables.effort_s[column], cases.rows, effort_s)
    lasting = hours if durations.slot_of_option is None else hours.take(durations.slot_of_option, axis=0)
    for place, travel_hours in enumerate(durations.travel_hours):
        if travel_hours is not None:
            lasting[place] += travel_hours.take(cases.home_unit)
    lasting *= SECONDS_PER_HOUR
    lasting /= durations.casework_share
    for column, occupation_s in zip(durations.occupation_columns, to_whole_seconds(lasting), strict=True):
        put(tables.occupation_s[column], cases.rows, occupation_s)


def _draw_tests(
    tests: SettlementTests,
    hardening: Hardening | None,
    first_handler_bonus_logit: float | None,
    cases: Cases,
    tables: CaseTables,
) -> None:
    """Who comes to panels, and critical ages of settlement tests."""
    comes = tuple(tuple(draw_attendance(member, cases) for member in members) for members in tests.attendances)
    for members, come in zip(tests.attendances, comes, strict=True):
        for member, comes_to in zip(members, come, strict=True):
            put(tables.attends[member.column], cases.rows, comes_to)
    helps = first_handler_bonus_logit is not None and any(tests.is_panel)
    only_sign = not hardens(hardening) and not helps
    margins_logit = (signed_margins if only_sign else exact_margins)(tests, cases, comes)
    ages_s = critical_ages_s(margins_logit, hardening)
    for column, is_panel, margin_logit, until_age_s in zip(
        tests.columns, tests.is_panel, margins_logit, ages_s, strict=True
    ):
        put(tables.settle_until_age_s[column], cases.rows, until_age_s)
        if is_panel and first_handler_bonus_logit is not None:
            helped_s = critical_ages_s(margin_logit + first_handler_bonus_logit, hardening)
            put(tables.settle_with_handler_until_age_s[column], cases.rows, helped_s)


def _effort_factor(scenario: Scenario, category: Int64, difficulty: Difficulty) -> Float64:
    """Effort relative to a session's own mean: by category, and by difficulty where the scenario says so."""
    by_category = _effort_factors(scenario).take(category)
    if scenario.effort_growth is None:
        return np.asarray(by_category)
    slope = scenario.effort_growth.log_slope_per_logit
    return np.asarray(by_category * exponential_of(slope * difficulty.above_category_logit))


@made_once
def _effort_factors(scenario: Scenario) -> Float64:
    return np.array([category.effort_factor for category in scenario.categories.values()])
