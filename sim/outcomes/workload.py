"""Measures of staff: utilisation of posts, hours and cost of casework, payroll and patrol."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.jurisdiction.contract import Float64, Int64
from sim.outcomes.columns import among
from sim.outcomes.definition import (
    Direction,
    Measure,
    MeasureRow,
    Rows,
    Scope,
    count,
    of_groups,
    of_tiers,
    ratio,
    ratios,
    whole,
)
from sim.outcomes.observed import ObservedRun
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
    hours, cohort_hours = _hours_by_group(run)
    held_hours = run.staff_time.held_s / SECONDS_PER_HOUR
    pay_yuan = payroll_yuan(run)
    return [
        *_utilisation_rows(run),
        *everywhere(run, "held_hours_per_year", held_hours / years),
        *_per_settled_cohort_rows(run, cohort_hours),
        *everywhere(run, "staff_hours_per_year", hours / years),
        *everywhere(run, "cost_yuan_per_year", hours * staff.wage_yuan_per_hour / years),
        *everywhere(run, "payroll_yuan_per_year", pay_yuan / years),
        whole("payroll_yuan_per_settled", ratio(float(pay_yuan.sum()), settled_count(run))),
        *everywhere(run, "patrol_hours_per_year", post_hours * staff.patrol_share / years),
    ]


def post_working_hours(run: ObservedRun) -> Float64:
    """Return the working hours of all filled posts from the warm-up to the horizon, by group: float64 (G,)."""
    return np.asarray(run.staff_time.available_s / SECONDS_PER_HOUR)


def payroll_yuan(run: ObservedRun) -> Float64:
    """Return the wages of all filled posts for all hours from the warm-up to the horizon, by group: float64 (G,)."""
    return np.asarray(post_working_hours(run) * run.jurisdiction.staff.wage_yuan_per_hour)


def settled_count(run: ObservedRun) -> int:
    """Return how many disputes were truly settled from the warm-up to the horizon."""
    return count(run.is_in_window(run.trajectory.disputes.fate_s) & _is_settled(run))


def cost_of_uses_yuan(run: ObservedRun) -> Float64:
    """Return the wages of the effort and travel of each use of a post: float64 (U,)."""
    hours = (run.uses.effort_s + run.uses.travel_s) / SECONDS_PER_HOUR
    return np.asarray(hours * run.jurisdiction.staff.wage_yuan_per_hour.take(run.uses.group))


def cost_of_requests_yuan(run: ObservedRun) -> Float64:
    """Return the wages of the effort and travel of each request: float64 (R,), 0 if not served."""
    uses, request_count = run.uses, len(run.trajectory.requests.dispute)
    if not len(uses.request):
        return np.zeros(request_count)
    return np.bincount(uses.request, weights=cost_of_uses_yuan(run), minlength=request_count).astype(np.float64)


def _is_settled(run: ObservedRun) -> NDArray[np.bool_]:
    return among(run.trajectory.disputes.fate, Fate.SETTLED)


def _utilisation_rows(run: ObservedRun) -> list[MeasureRow]:
    return shares_of_staff_time(run, "utilisation", run.staff_time.busy_s, run.staff_time.available_s)


def shares_of_staff_time(run: ObservedRun, measure: str, part_s: Int64, whole_s: Int64) -> list[MeasureRow]:
    """Return the share of some seconds by group, int64 (G,), in others: rows by tier of the group, then by group."""
    group_tier, tier_ids = run.jurisdiction.staff.group_tier, run.jurisdiction.tier_ids
    # Whole seconds below 2**53: float weights are exact.
    part, all_of_it = (
        np.bincount(group_tier, weights=seconds, minlength=len(tier_ids)) for seconds in (part_s, whole_s)
    )
    return [
        *of_tiers(measure, tier_ids, ratios(part, all_of_it)),
        *of_groups(measure, run.jurisdiction.staff.group_ids, ratios(part_s, whole_s)),
    ]


def _hours_by_group(run: ObservedRun) -> tuple[Float64, Float64]:
    """Hours of effort and travel by the group that spent them, (G,): in the window, and for disputes of the cohort."""
    uses, group_count = run.uses, len(run.jurisdiction.staff.group_ids)
    of_cohort = run.cohort.take(run.trajectory.requests.dispute).take(uses.request)
    kind = run.is_in_window(uses.started_s) + 2 * of_cohort.astype(np.int64)
    cell = kind * group_count + uses.group
    # Whole seconds below 2**53: float weights are exact.
    seconds = np.bincount(cell, weights=uses.effort_s + uses.travel_s, minlength=4 * group_count)
    _, window, cohort, both = seconds.reshape(4, group_count)
    return (window + both) / SECONDS_PER_HOUR, (cohort + both) / SECONDS_PER_HOUR


def _per_settled_cohort_rows(run: ObservedRun, hours: Float64) -> list[MeasureRow]:
    cost_yuan = hours * run.jurisdiction.staff.wage_yuan_per_hour
    settled = count(run.cohort & _is_settled(run))
    return [
        whole("staff_hours_per_settled", ratio(float(hours.sum()), settled)),
        whole("cost_yuan_per_settled", ratio(float(cost_yuan.sum()), settled)),
    ]


def everywhere(run: ObservedRun, measure: str, by_group: Float64) -> list[MeasureRow]:
    """Return the rows of an amount that groups add up to: whole, by tier of the group, by group."""
    staff, tier_ids = run.jurisdiction.staff, run.jurisdiction.tier_ids
    by_tier = np.bincount(staff.group_tier, weights=by_group, minlength=len(tier_ids))
    return [
        whole(measure, by_group.sum()),
        *of_tiers(measure, tier_ids, by_tier.tolist()),
        *of_groups(measure, staff.group_ids, by_group.tolist()),
    ]
