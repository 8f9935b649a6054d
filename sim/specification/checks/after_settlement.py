"""Checks of what follows a settlement."""

from itertools import pairwise

from sim.specification.checks.context import Check
from sim.vocabulary import SECONDS_PER_DAY


def check_after_settlement(check: Check) -> None:
    """Check that follow-up visits are due one after the other: at a later second of the clock, not just a later day."""
    follow_up = check.scenario.follow_up
    due_days = () if follow_up is None else follow_up.due_days
    for index, (previous, found) in enumerate(pairwise(due_days)):
        if round(found * SECONDS_PER_DAY) <= round(previous * SECONDS_PER_DAY):
            check.report("days_not_rising", ("follow_up", "due_days", index + 1), found=found, previous=previous)
