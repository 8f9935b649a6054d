"""What every point of a sweep must share with the baseline: posts in all, payroll."""

from collections.abc import Iterator

from sim.errors import Problem
from sim.jurisdiction import build_jurisdiction
from sim.specification.schema import Scenario
from sim.specification.studies import StudyFile, StudyScenarios
from sim.specification.studies.points import point_text
from sim.vocabulary import DAYS_PER_YEAR


def headcount(scenario: Scenario) -> int:
    """Return the posts of all staff groups."""
    return sum(group.posts for group in scenario.staff_groups.values())


def payroll_yuan_per_year(scenario: Scenario) -> float:
    """Return the wages of all posts for all their open hours, as if none were ever vacant."""
    staff = build_jurisdiction(scenario).staff
    total = 0.0
    for group, group_id in enumerate(staff.group_ids):
        hours = float(staff.open_hours_per_day[group]) * DAYS_PER_YEAR
        total += scenario.staff_groups[group_id].posts * hours * float(staff.wage_yuan_per_hour[group])
    return total


def broken_constraints(file: StudyFile, scenarios: StudyScenarios) -> Iterator[Problem]:
    """List every point that breaks a constraint of the study, with what was found there."""
    constraints = file.study.constraints
    if constraints is None:
        return
    if constraints.equal_headcount:
        expected = headcount(scenarios.baseline.scenario)
        for point in scenarios.points:
            found = headcount(point.resolved.scenario)
            if found != expected:
                fields = {"point": point_text(file, point.levels), "found": str(found), "expected": str(expected)}
                yield _problem("sweep_headcount_differs", file, "equal_headcount", fields)
    allowed = constraints.equal_payroll_share
    if allowed is not None:
        expected_yuan = payroll_yuan_per_year(scenarios.baseline.scenario)
        for point in scenarios.points:
            found_yuan = payroll_yuan_per_year(point.resolved.scenario)
            if abs(found_yuan - expected_yuan) > allowed * expected_yuan:
                fields = {
                    "point": point_text(file, point.levels),
                    "found": f"{found_yuan:,.0f}",
                    "expected": f"{expected_yuan:,.0f}",
                    "difference": f"{100 * (found_yuan / expected_yuan - 1):+.2f}%" if expected_yuan else "",
                    "allowed": f"{100 * allowed:g}%",
                }
                yield _problem("sweep_payroll_differs", file, "equal_payroll_share", fields)


def _problem(code: str, file: StudyFile, key: str, fields: dict[str, str]) -> Problem:
    place = file.place("constraints", key)
    return Problem(code, place.file, place.line, place.column, f"constraints.{key}", fields)
