"""Measures of what everything costs: vacancies and hiring, administration's hours, programmes, and all together."""

from typing import Final

import numpy as np

from sim.jurisdiction.contract import Int64
from sim.outcomes.columns import rows_of
from sim.outcomes.definition import Direction, Measure, MeasureRow, Rows, Scope, ratio, whole
from sim.outcomes.observed import ObservedRun
from sim.outcomes.workload import (
    everywhere,
    payroll_yuan,
    post_working_hours,
    settled_count,
    shares_of_staff_time,
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
        whole("vacancy_share", ratio(int(run.staff_time.empty_s.sum()), int(run.place.posts_worked_s.sum()))),
        *shares_of_staff_time(run, "vacancy_share", run.staff_time.empty_s, run.place.posts_worked_s),
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
    group = staff.pool_group.take(pool) if len(pool) else pool
    return np.bincount(group, minlength=len(staff.group_ids)).astype(np.int64)


def _meetings_after_hours_yuan(run: ObservedRun) -> float:
    """Wages of what meetings take outside the working hours of each group, for which it is paid anyway."""
    uses, place = run.uses, run.place
    seats = rows_of(uses.post == NOWHERE)
    seats = seats.take(rows_of(run.is_in_window(uses.started_s.take(seats))))
    if not len(seats):
        return 0.0
    group, opens_s = uses.group.take(seats), uses.started_s.take(seats)
    slot = run.trajectory.requests.slot.take(uses.request.take(seats))
    closes_s = place.times.close_after_s(run.protocol.sessions.meeting_calendar.take(slot).astype(np.int64), opens_s)
    calendar = place.calendar_of_group.take(group)
    paid_s = place.times.worked_until_s(calendar, closes_s) - place.times.worked_until_s(calendar, opens_s)
    # A seat is charged a part of its meeting: the part of the whole that lies after hours is taken of each.
    after_hours_s = uses.effort_s.take(seats) * (1 - paid_s / (closes_s - opens_s))
    return float((after_hours_s * run.jurisdiction.staff.wage_yuan_per_hour[group]).sum() / SECONDS_PER_HOUR)
