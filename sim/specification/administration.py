"""Administrative load: which share of a group's hours administration takes, given what it consists of."""

from typing import Final

from sim.specification.schema import Scenario

_SHARE_DECIMALS: Final = 12
"""Shares are decimal figures: parts that sum to one must make exactly one."""


def admin_level(scenario: Scenario) -> float:
    """Return how much administration there is relative to what `admin_share` stands for: Σ part · level, or 1."""
    if scenario.admin_load is None:
        return 1.0
    return round(sum(item.share_of_admin * item.level for item in scenario.admin_load.values()), _SHARE_DECIMALS)


def effective_admin_share(scenario: Scenario, group_id: str) -> float:
    """Return the share of a group's hours that administration takes; at level 1 exactly its `admin_share`."""
    return scenario.staff_groups[group_id].admin_share * admin_level(scenario)
