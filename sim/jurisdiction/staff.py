"""Staff groups: their shares of time, their pools of posts, their travel and their hours."""

import numpy as np

from sim.jurisdiction.contract import Float64, Int32, Staff, Units, WorkClock
from sim.jurisdiction.posts import blocks_of_tier, place_posts
from sim.jurisdiction.units import rows_of_tier
from sim.jurisdiction.work_clock import ClockReader
from sim.specification.administration import effective_admin_share
from sim.specification.schema import Scenario
from sim.specification.schema.place import StaffGroup
from sim.vocabulary import NOWHERE, SECONDS_PER_DAY, SECONDS_PER_HOUR

_SHARE_DECIMALS = 12
"""Shares are decimal figures: what is left of them after subtraction is rounded back to one."""


def build_staff(scenario: Scenario, units: Units, clocks: tuple[WorkClock, ...], horizon_s: int) -> Staff:
    """Build the groups in file order, with the pools of the first group first."""
    tier_ids, calendar_ids = list(scenario.tiers), list(scenario.calendars)
    groups = list(scenario.staff_groups.values())
    pool_of_home = np.full((len(groups), len(units.population_persons)), NOWHERE, dtype=np.int32)
    pool_posts: list[int] = []
    pool_unit: list[int] = []
    pool_group: list[int] = []
    for number, (group_id, group) in enumerate(scenario.staff_groups.items()):
        blocks = blocks_of_tier(units, tier_ids.index(group.tier), group.posts_serve)
        pools = place_posts(group_id, group.posts, blocks, rows_of_tier(scenario.units, group.tier))
        served = pools.pool_of_home != NOWHERE
        pool_of_home[number, served] = pools.pool_of_home[served] + len(pool_posts)
        pool_posts.extend(pools.posts.tolist())
        pool_unit.extend(pools.first_unit.tolist())
        pool_group.extend([number] * len(pools.posts))
    admin_share = _column([effective_admin_share(scenario, group_id) for group_id in scenario.staff_groups])
    hours_per_day = [_open_hours_per_day(clock, horizon_s) for clock in clocks]
    calendar = np.array([calendar_ids.index(group.calendar) for group in groups], dtype=np.int32)
    return Staff(
        group_ids=tuple(scenario.staff_groups),
        group_tier=np.array([tier_ids.index(group.tier) for group in groups], dtype=np.int32),
        group_calendar=calendar,
        group_base_tier=np.array([tier_ids.index(group.based_at) for group in groups], dtype=np.int32),
        admin_share=admin_share,
        patrol_share=_column([group.patrol_share for group in groups]),
        casework_share=_column([_casework_share(*pair) for pair in zip(admin_share.tolist(), groups, strict=True)]),
        wage_yuan_per_hour=_column([group.wage_yuan_per_hour for group in groups]),
        pool_group=np.array(pool_group, dtype=np.int32),
        pool_posts=np.array(pool_posts, dtype=np.int32),
        pool_unit=np.array(pool_unit, dtype=np.int32),
        pool_of_home=pool_of_home,
        travel_hours=_travel_hours(scenario, groups, len(units.population_persons)),
        open_hours_per_day=_column(hours_per_day)[calendar],
        filled_days=_column([np.inf if group.turnover is None else group.turnover.filled_days for group in groups]),
        vacant_days=_column([0.0 if group.turnover is None else group.turnover.vacant_days for group in groups]),
        hire_cost_yuan=_column([0.0 if group.turnover is None else group.turnover.hire_cost_yuan for group in groups]),
    )


def option_pools(staff: Staff, option_group: Int32) -> Int32:
    """Return the pool that would serve each home unit under each option, NOWHERE where it has none; int32 (O, H).

    option_group: int32 (O,), as in the protocol's sessions.
    """
    return staff.pool_of_home[option_group]


def _column(values: list[float]) -> Float64:
    return np.array(values, dtype=np.float64)


def _casework_share(admin_share: float, group: StaffGroup) -> float:
    return max(0.0, round(1.0 - admin_share - group.patrol_share, _SHARE_DECIMALS))


def _open_hours_per_day(clock: WorkClock, horizon_s: int) -> float:
    worked_hours = ClockReader(clock).worked_s(horizon_s) / SECONDS_PER_HOUR
    return worked_hours / (horizon_s / SECONDS_PER_DAY)


def _travel_hours(scenario: Scenario, groups: list[StaffGroup], home_count: int) -> Float64:
    """Round trips of every group to every home unit; a home unit's own figure replaces the place's."""
    hours = np.zeros((len(groups), home_count))
    if scenario.travel is None:
        return hours
    rows = rows_of_tier(scenario.units, next(iter(scenario.tiers)))
    for number, group in enumerate(groups):
        usual = scenario.travel.round_trip_hours.get(group.based_at, 0.0)
        hours[number] = [row.round_trip_hours.get(group.based_at, usual) for row in rows] or usual
    return hours
