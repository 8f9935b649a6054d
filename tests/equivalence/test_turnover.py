"""Turnover that leaves no post vacant changes nothing, and hours are hours, whoever gives them."""

from typing import Any

import pytest

from tests.equivalence.sampled_runs import SampledRun, differences, sampled_run
from tests.unit.outcomes.busy_place import busy_scenario

NEVER = {"filled_days": 1e20, "vacant_days": 30.0, "hire_cost_yuan": 500.0}
AT_ONCE = {"filled_days": 100.0, "vacant_days": 0.0, "hire_cost_yuan": 500.0}
OFTEN = {"filled_days": 100.0, "vacant_days": 30.0, "hire_cost_yuan": 500.0}


def groups() -> dict[str, Any]:
    """The staff groups of the busy place, as a file has them."""
    return {group_id: group.model_dump(mode="json") for group_id, group in busy_scenario().staff_groups.items()}


def with_turnover(turnover: dict[str, float], *which: str) -> SampledRun:
    """A run in which some groups, or all, have a turnover."""
    staff = groups()
    changed = {group_id: staff[group_id] | {"turnover": turnover} for group_id in which or staff}
    return sampled_run(busy_scenario(staff_groups=staff | changed))


@pytest.fixture(scope="module")
def plain() -> SampledRun:
    return sampled_run(busy_scenario())


@pytest.mark.parametrize("turnover", [NEVER, AT_ONCE])
def test_turnover_that_leaves_no_post_vacant_changes_no_bit(plain: SampledRun, turnover: dict[str, float]) -> None:
    assert differences(plain, with_turnover(turnover)) == []


def test_turnover_of_a_group_that_does_nothing_changes_costs_only(plain: SampledRun) -> None:
    staff = groups() | {"idle": groups()["centre"] | {"turnover": OFTEN}}
    without = sampled_run(busy_scenario(staff_groups=groups() | {"idle": groups()["centre"]}))
    with_idle = sampled_run(busy_scenario(staff_groups=staff))
    costs = (
        *("vacancy_share", "hiring_yuan_per_year", "payroll_yuan_per_year", "payroll_yuan_per_settled"),
        *("admin_hours_per_year", "total_cost_yuan_per_year", "total_cost_yuan_per_settled", "utilisation"),
    )
    assert differences(without, with_idle, but_for=costs) == []
    assert with_idle.measures.loc["hiring_yuan_per_year", "group:idle", ""] >= 0
    assert len(with_idle.batch.vacancies.pool) > 0
    assert differences(plain, with_turnover(OFTEN)) != []


def test_a_volunteer_group_with_all_the_hours_of_staff_is_staff(plain: SampledRun) -> None:
    """Windows that make up the office day, no public holiday missed, no pay: nothing that happens is different."""
    staff = groups()
    calendars = {
        calendar_id: calendar.model_dump(mode="json") for calendar_id, calendar in busy_scenario().calendars.items()
    }
    shifts = [{"days": ["mon", "tue", "wed", "thu", "fri"], "opens": "09:00", "closes": "13:30"}]
    shifts += [{"days": ["mon", "tue", "wed", "thu", "fri"], "opens": "13:30", "closes": "17:00"}]
    calendars["volunteer_hours"] = calendars["office"] | {"windows": shifts}
    staff["mediators"] |= {"calendar": "volunteer_hours", "wage_yuan_per_hour": 0.0}
    volunteers = sampled_run(busy_scenario(calendars=calendars, staff_groups=staff))
    paid = (
        *("cost_yuan_per_settled", "cost_yuan_per_year", "payroll_yuan_per_year", "payroll_yuan_per_settled"),
        *("total_cost_yuan_per_year", "total_cost_yuan_per_settled"),
    )
    assert differences(plain, volunteers, but_for=paid) == []
