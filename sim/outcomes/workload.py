"""Measures of staff: utilisation of posts, hours and cost of casework, payroll and patrol."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.jurisdiction.contract import Float64, Int64
from sim.outcomes.definition import (
    Direction,
    Measure,
    MeasureRow,
    Rows,
    Scope,
    of_group,
    of_tier,
    ratio,
    whole,
)
from sim.outcomes.empty_posts import empty_working_s
from sim.outcomes.observed import ObservedRun
from sim.outcomes.post_uses import working_s_of_uses
from sim.outcomes.working_time import worked_until_s
from sim.vocabulary import SECONDS_PER_HOUR, Fate

_EVERYWHERE: Final = (Rows.WHOLE, Rows.TIER, Rows.GROUP)

WORKLOAD_MEASURES: Final = (
    Measure(
        "utilisation",
        "share",
        Direction.NEUTRAL,
        Scope.ALL,
        "Working time of posts occupied by sessions, handovers and follow-up visits over the working time of all "
        "filled posts; a tier's posts are those of its own groups; occupation is effort and travel over the share of "
        "hours left for casework, and the time for which a panel's posts are held until its last member comes.",
        rows=(Rows.TIER, Rows.GROUP),
    ),
    Measure(
        "held_hours_per_year",
        "hours per year",
        Direction.LOWER,
        Scope.ALL,
        "Working hours of posts held by panels until their last member came or the case left; occupied, but no effort.",
        rows=_EVERYWHERE,
    ),
    Measure(
        "staff_hours_per_settled",
        "hours",
        Direction.LOWER,
        Scope.COHORT,
        "Effort and travel of all sessions, handovers and follow-up visits for cohort disputes, settled or not, per "
        "cohort dispute truly settled before the horizon (and not broken again by then).",
    ),
    Measure(
        "cost_yuan_per_settled",
        "yuan",
        Direction.LOWER,
        Scope.COHORT,
        "Wages of the hours in staff_hours_per_settled; time used for casework only, no patrol, administration or idle "
        "time.",
        is_headline=True,
    ),
    Measure(
        "staff_hours_per_year",
        "hours per year",
        Direction.NEUTRAL,
        Scope.ALL,
        "Effort and travel of sessions, handovers and follow-up visits started after the warm-up; by the tier and "
        "group that served.",
        rows=_EVERYWHERE,
    ),
    Measure(
        "cost_yuan_per_year",
        "yuan per year",
        Direction.NEUTRAL,
        Scope.ALL,
        "Wages of the hours in staff_hours_per_year.",
        rows=_EVERYWHERE,
    ),
    Measure(
        "payroll_yuan_per_year",
        "yuan per year",
        Direction.NEUTRAL,
        Scope.ALL,
        "Wages of all filled posts for all their working hours, whatever they do in them.",
        rows=_EVERYWHERE,
    ),
    Measure(
        "payroll_yuan_per_settled",
        "yuan",
        Direction.LOWER,
        Scope.ALL,
        "The whole payroll from the warm-up to the horizon per dispute truly settled in that time.",
    ),
    Measure(
        "patrol_hours_per_year",
        "hours per year",
        Direction.NEUTRAL,
        Scope.ALL,
        "Working hours of filled posts set aside for household visits, travel included.",
        rows=_EVERYWHERE,
    ),
)


def workload_rows(run: ObservedRun) -> list[MeasureRow]:
    """Return every row of `WORKLOAD_MEASURES`."""
    staff, years = run.jurisdiction.staff, run.observed_years
    post_hours = post_working_hours(run)
    started = run.is_in_window(run.trajectory.requests.started_s)
    hours = _hours_by_group(run, started)
    held_hours = held_working_s(run, observed_window_s(run))[:, 0] / SECONDS_PER_HOUR
    pay_yuan = payroll_yuan(run)
    return [
        *_utilisation_rows(run),
        *everywhere(run, "held_hours_per_year", held_hours / years),
        *_per_settled_cohort_rows(run),
        *everywhere(run, "staff_hours_per_year", hours / years),
        *everywhere(run, "cost_yuan_per_year", hours * staff.wage_yuan_per_hour / years),
        *everywhere(run, "payroll_yuan_per_year", pay_yuan / years),
        whole("payroll_yuan_per_settled", ratio(float(pay_yuan.sum()), settled_count(run))),
        *everywhere(run, "patrol_hours_per_year", post_hours * staff.patrol_share / years),
    ]


def post_working_hours(run: ObservedRun) -> Float64:
    """Return the working hours of all filled posts from the warm-up to the horizon, by group: float64 (G,)."""
    return np.asarray(_post_working_s(run) / SECONDS_PER_HOUR)


def payroll_yuan(run: ObservedRun) -> Float64:
    """Return the wages of all filled posts for all hours from the warm-up to the horizon, by group: float64 (G,)."""
    return np.asarray(post_working_hours(run) * run.jurisdiction.staff.wage_yuan_per_hour)


def settled_count(run: ObservedRun) -> int:
    """Return how many disputes were truly settled from the warm-up to the horizon."""
    return int((run.is_in_window(run.trajectory.disputes.fate_s) & _is_settled(run)).sum())


def busy_working_s(run: ObservedRun, boundary_s: Int64) -> Int64:
    """Return the working seconds for which posts are occupied, by group and stretch between two boundaries.

    boundary_s: (B + 1,) rising; result: int64 (G, B), on the calendar of the group that serves.
    """
    return working_s_of_uses(run.jurisdiction, run.uses, run.uses.from_s, run.uses.until_s, boundary_s)


def held_working_s(run: ObservedRun, boundary_s: Int64) -> Int64:
    """Return the working seconds for which posts await the others of their panel: int64 (G, B), as `busy_working_s`."""
    until_s = np.minimum(run.uses.started_s, run.uses.until_s)
    return working_s_of_uses(run.jurisdiction, run.uses, run.uses.from_s, until_s, boundary_s)


def post_count(run: ObservedRun) -> Int64:
    """Return the posts of each group; int64 (G,)."""
    staff = run.jurisdiction.staff
    posts = np.zeros(len(staff.group_ids), dtype=np.int64)
    np.add.at(posts, staff.pool_group, staff.pool_posts)
    return posts


def available_working_s(run: ObservedRun, boundary_s: Int64) -> Int64:
    """Return the working seconds of all posts that are not empty, by group and stretch: int64 (G, B)."""
    available: Int64 = all_working_s(run, boundary_s) - empty_working_s(run.jurisdiction, run.empty, boundary_s)
    return available


def all_working_s(run: ObservedRun, boundary_s: Int64) -> Int64:
    """Return the working seconds of all posts, filled or not, by group and stretch: int64 (G, B)."""
    worked_s = np.array([np.diff(worked_until_s(clock, boundary_s)) for clock in run.jurisdiction.clocks])
    worked: Int64 = post_count(run)[:, np.newaxis] * worked_s[run.jurisdiction.staff.group_calendar]
    return worked


def cost_of_requests_yuan(run: ObservedRun) -> Float64:
    """Return the wages of the effort and travel of each request: float64 (R,), 0 if not served."""
    uses, request_count = run.uses, len(run.trajectory.requests.dispute)
    if not len(uses.request):
        return np.zeros(request_count)
    hours = (uses.effort_s + uses.travel_s) / SECONDS_PER_HOUR
    cost = hours * run.jurisdiction.staff.wage_yuan_per_hour[uses.group]
    return np.bincount(uses.request, weights=cost, minlength=request_count).astype(np.float64)


def observed_window_s(run: ObservedRun) -> Int64:
    """Return the seconds between which measures of staff count: end of the warm-up and horizon, int64 (2,)."""
    return np.array([run.jurisdiction.warmup_s, run.jurisdiction.horizon_s], dtype=np.int64)


def _post_working_s(run: ObservedRun) -> Int64:
    return available_working_s(run, observed_window_s(run))[:, 0]


def _is_settled(run: ObservedRun) -> NDArray[np.bool_]:
    settled: NDArray[np.bool_] = run.trajectory.disputes.fate == Fate.SETTLED
    return settled


def _utilisation_rows(run: ObservedRun) -> list[MeasureRow]:
    staff, tier_ids = run.jurisdiction.staff, run.jurisdiction.tier_ids
    busy_s, available_s = busy_working_s(run, observed_window_s(run))[:, 0], _post_working_s(run)
    rows = []
    for tier, tier_id in enumerate(tier_ids):
        own = staff.group_tier == tier
        rows.append(of_tier("utilisation", tier_id, ratio(int(busy_s[own].sum()), int(available_s[own].sum()))))
    for group, group_id in enumerate(staff.group_ids):
        rows.append(of_group("utilisation", group_id, ratio(int(busy_s[group]), int(available_s[group]))))
    return rows


def _hours_by_group(run: ObservedRun, counted: NDArray[np.bool_]) -> Float64:
    """Hours of effort and travel of the counted requests (R,), by the group that spent them: (G,)."""
    uses = run.uses
    here = counted[uses.request]
    seconds = (uses.effort_s + uses.travel_s)[here]
    group_count = len(run.jurisdiction.staff.group_ids)
    return np.bincount(uses.group[here], weights=seconds, minlength=group_count) / SECONDS_PER_HOUR


def _per_settled_cohort_rows(run: ObservedRun) -> list[MeasureRow]:
    hours = _hours_by_group(run, run.cohort[run.trajectory.requests.dispute])
    cost_yuan = hours * run.jurisdiction.staff.wage_yuan_per_hour
    settled_count = int((run.cohort & _is_settled(run)).sum())
    return [
        whole("staff_hours_per_settled", ratio(float(hours.sum()), settled_count)),
        whole("cost_yuan_per_settled", ratio(float(cost_yuan.sum()), settled_count)),
    ]


def everywhere(run: ObservedRun, measure: str, by_group: Float64) -> list[MeasureRow]:
    """Return the rows of an amount that groups add up to: whole, by tier of the group, by group."""
    staff, tier_ids = run.jurisdiction.staff, run.jurisdiction.tier_ids
    by_tier = np.bincount(staff.group_tier, weights=by_group, minlength=len(tier_ids))
    return [
        whole(measure, by_group.sum()),
        *(of_tier(measure, tier_id, by_tier[tier]) for tier, tier_id in enumerate(tier_ids)),
        *(of_group(measure, group_id, by_group[g]) for g, group_id in enumerate(staff.group_ids)),
    ]
