"""Measures of what everything costs: vacancies and hiring, administration's hours, programmes, and all together."""

from typing import Final

import numpy as np

from sim.jurisdiction.contract import Int64
from sim.outcomes.definition import Direction, Measure, MeasureRow, Rows, Scope, of_group, of_tier, ratio, whole
from sim.outcomes.empty_posts import empty_working_s
from sim.outcomes.observed import ObservedRun
from sim.outcomes.working_time import worked_until_s
from sim.outcomes.workload import (
    all_working_s,
    everywhere,
    observed_window_s,
    payroll_yuan,
    post_working_hours,
    settled_count,
)
from sim.vocabulary import NOWHERE, SECONDS_PER_HOUR

_EVERYWHERE: Final = (Rows.WHOLE, Rows.TIER, Rows.GROUP)

COST_MEASURES: Final = (
    Measure(
        "vacancy_share",
        "share",
        Direction.LOWER,
        Scope.ALL,
        "Working time in which posts stand empty over the working time of all posts; a post whose holder finishes a "
        "session is not empty.",
        rows=_EVERYWHERE,
    ),
    Measure(
        "hiring_yuan_per_year",
        "yuan per year",
        Direction.NEUTRAL,
        Scope.ALL,
        "Cost of the posts filled anew.",
        rows=_EVERYWHERE,
    ),
    Measure(
        "admin_hours_per_year",
        "hours per year",
        Direction.NEUTRAL,
        Scope.ALL,
        "Working hours of filled posts set aside for administration.",
        rows=_EVERYWHERE,
    ),
    Measure(
        "programme_yuan_per_year",
        "yuan per year",
        Direction.NEUTRAL,
        Scope.ALL,
        "Running costs of all programmes.",
    ),
    Measure(
        "programme_start_up_yuan",
        "yuan",
        Direction.NEUTRAL,
        Scope.ALL,
        "What setting up all programmes costs once; in no yearly cost.",
    ),
    Measure(
        "total_cost_yuan_per_year",
        "yuan per year",
        Direction.NEUTRAL,
        Scope.ALL,
        "The whole payroll, meetings outside the working hours of those who hold them, hiring and the running costs of "
        "programmes.",
    ),
    Measure(
        "total_cost_yuan_per_settled",
        "yuan",
        Direction.LOWER,
        Scope.ALL,
        "The total cost from the warm-up to the horizon per dispute truly settled in that time.",
    ),
)


def cost_rows(run: ObservedRun) -> list[MeasureRow]:
    """Return every row of `COST_MEASURES`."""
    staff, programmes, years = run.jurisdiction.staff, run.jurisdiction.programmes, run.observed_years
    running_yuan = float(programmes.yuan_per_year.sum())
    hiring_yuan = _hires(run) * staff.hire_cost_yuan
    staff_yuan = float(payroll_yuan(run).sum()) + _meetings_after_hours_yuan(run)
    total_yuan = staff_yuan + float(hiring_yuan.sum()) + running_yuan * years
    return [
        *_vacancy_rows(run),
        *everywhere(run, "hiring_yuan_per_year", hiring_yuan / years),
        *everywhere(run, "admin_hours_per_year", post_working_hours(run) * staff.admin_share / years),
        whole("programme_yuan_per_year", running_yuan),
        whole("programme_start_up_yuan", float(programmes.start_up_yuan.sum())),
        whole("total_cost_yuan_per_year", total_yuan / years),
        whole("total_cost_yuan_per_settled", ratio(total_yuan, settled_count(run))),
    ]


def _hires(run: ObservedRun) -> Int64:
    """How many posts of each group are filled anew from the warm-up to the horizon: int64 (G,)."""
    staff, vacancies = run.jurisdiction.staff, run.batch.vacancies
    pool = vacancies.pool[run.is_in_window(vacancies.until_s)]
    by_pool = np.bincount(pool, minlength=len(staff.pool_group))
    hires = np.zeros(len(staff.group_ids), dtype=np.int64)
    np.add.at(hires, staff.pool_group, by_pool)
    return hires


def _meetings_after_hours_yuan(run: ObservedRun) -> float:
    """Wages of what meetings take outside the working hours of each group, for which it is paid anyway."""
    uses, staff, clocks = run.uses, run.jurisdiction.staff, run.jurisdiction.clocks
    seats = np.flatnonzero((uses.post == NOWHERE) & run.is_in_window(uses.started_s))
    group, opens_s = uses.group[seats], uses.started_s[seats]
    meeting_calendar = run.protocol.sessions.meeting_calendar[run.trajectory.requests.slot[uses.request[seats]]]
    closes_s, paid_s = opens_s.copy(), np.zeros(len(seats), dtype=np.int64)
    for index, clock in enumerate(clocks):
        here = meeting_calendar == index
        closes_s[here] = clock.close_s[np.searchsorted(clock.open_s, opens_s[here])]
    for index, clock in enumerate(clocks):
        here = staff.group_calendar[group] == index
        paid_s[here] = worked_until_s(clock, closes_s[here]) - worked_until_s(clock, opens_s[here])
    # A seat is charged a part of its meeting: the part of the whole that lies after hours is taken of each.
    after_hours_s = uses.effort_s[seats] * (1 - paid_s / (closes_s - opens_s))
    return float((after_hours_s * staff.wage_yuan_per_hour[group]).sum() / SECONDS_PER_HOUR)


def _vacancy_rows(run: ObservedRun) -> list[MeasureRow]:
    staff, window_s = run.jurisdiction.staff, observed_window_s(run)
    worked_s = all_working_s(run, window_s)[:, 0]
    empty_s = empty_working_s(run.jurisdiction, run.empty, window_s)[:, 0]
    rows = [whole("vacancy_share", ratio(int(empty_s.sum()), int(worked_s.sum())))]
    for tier, tier_id in enumerate(run.jurisdiction.tier_ids):
        own = staff.group_tier == tier
        rows.append(of_tier("vacancy_share", tier_id, ratio(int(empty_s[own].sum()), int(worked_s[own].sum()))))
    for group, group_id in enumerate(staff.group_ids):
        rows.append(of_group("vacancy_share", group_id, ratio(int(empty_s[group]), int(worked_s[group]))))
    return rows
