"""Checks across keys: whether values that are allowed one by one fit together."""

from sim.errors import Problem
from sim.specification.checks.after_settlement import check_after_settlement
from sim.specification.checks.arrivals import check_arrivals
from sim.specification.checks.casework import check_casework
from sim.specification.checks.context import Check
from sim.specification.checks.disputes import check_disputes
from sim.specification.checks.staffing import check_staffing
from sim.specification.checks.units import check_units
from sim.specification.checks.unused import warnings_about
from sim.specification.places import Places
from sim.specification.schema import Scenario

__all__ = ["cross_faults", "warnings_about"]


def cross_faults(scenario: Scenario, places: Places) -> list[Problem]:
    """List everything that does not fit together in a scenario whose single values are valid."""
    check = Check(scenario, places)
    check_units(check)
    check_staffing(check)
    check_casework(check)
    check_disputes(check)
    check_arrivals(check)
    check_after_settlement(check)
    return check.problems
