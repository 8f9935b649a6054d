"""Measures of what everything costs: vacancies and hiring, administration's hours, programmes, and all together."""

from typing import Final

import numpy as np

from sim.jurisdiction.contract import Int64
from sim.outcomes.definition import Direction, Measure, MeasureRow, Rows, Scope, of_group, of_tier, ratio, whole
from sim.outcomes.empty_posts import empty_working_s
from sim.outcomes.observed import ObservedRun
from sim.outcomes.workload import (
    all_working_s,
    everywhere,
    observed_window_s,
    payroll_yuan,
    post_working_hours,
    settled_count,
)

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
        "The whole payroll, hiring and the running costs of programmes.",
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
    total_yuan = float(payroll_yuan(run).sum()) + float(hiring_yuan.sum()) + running_yuan * years
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
