"""Measures of what everything costs: programmes, administration's hours, and all costs together."""

from typing import Final

from sim.outcomes.definition import Direction, Measure, MeasureRow, Rows, Scope, ratio, whole
from sim.outcomes.observed import ObservedRun
from sim.outcomes.workload import everywhere, payroll_yuan, post_working_hours, settled_count

COST_MEASURES: Final = (
    Measure(
        "admin_hours_per_year",
        "hours per year",
        Direction.NEUTRAL,
        Scope.ALL,
        "Working hours of posts set aside for administration.",
        rows=(Rows.WHOLE, Rows.TIER, Rows.GROUP),
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
        "The whole payroll and the running costs of programmes.",
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
    total_yuan = float(payroll_yuan(run).sum()) + running_yuan * years
    return [
        *everywhere(run, "admin_hours_per_year", post_working_hours(run) * staff.admin_share / years),
        whole("programme_yuan_per_year", running_yuan),
        whole("programme_start_up_yuan", float(programmes.start_up_yuan.sum())),
        whole("total_cost_yuan_per_year", total_yuan / years),
        whole("total_cost_yuan_per_settled", ratio(total_yuan, settled_count(run))),
    ]
