"""Staff groups, their pools, travel and hours."""

from typing import Any

import numpy as np
import pytest

from sim.jurisdiction.build import build_jurisdiction
from sim.jurisdiction.contract import Staff
from sim.jurisdiction.staff import option_pools
from sim.vocabulary import NOWHERE
from tests.unit.scenario_factory import MakeScenario, staff_group, units_by_table

OFFICE_HOURS = {
    "always": {"kind": "always"},
    "office": {
        "kind": "weekly",
        "windows": [{"days": ["mon", "tue", "wed", "thu", "fri"], "opens": "09:00", "closes": "16:00"}],
        "statutory": False,
        "make_up_as": "mon",
    },
}


def staff_of(make_scenario: MakeScenario, **blocks: Any) -> Staff:
    return build_jurisdiction(make_scenario(**blocks)).staff


def test_pools_are_numbered_by_group_then_by_block(make_scenario: MakeScenario) -> None:
    staff = staff_of(make_scenario)
    assert staff.group_ids == ("village_mediators", "town_cadres", "county_centre")
    assert staff.pool_group.tolist() == [0, 0, 0, 0, 1, 1, 2]
    assert staff.pool_unit.tolist() == [0, 1, 2, 3, 4, 5, 6]
    assert staff.pool_posts.tolist() == [1] * 7
    assert staff.pool_of_home.tolist() == [[0, 1, 2, 3], [4, 4, 5, 5], [6, 6, 6, 6]]


def test_a_group_without_a_post_for_a_home_unit_has_no_pool_there(make_scenario: MakeScenario) -> None:
    groups = {
        "village_mediators": staff_group("village", 1, posts_serve=2),
        "town_cadres": staff_group("town", 0),
        "county_centre": staff_group("county", 5),
    }
    staff = staff_of(make_scenario, staff_groups=groups)
    assert staff.pool_of_home.tolist() == [[0, 0, NOWHERE, NOWHERE], [NOWHERE] * 4, [1, 1, 1, 1]]
    assert staff.pool_posts.tolist() == [1, 5]
    assert staff.pool_group.tolist() == [0, 2]


def test_what_administration_and_patrol_leave_is_casework(make_scenario: MakeScenario) -> None:
    groups = {
        "village_mediators": staff_group("village", 4, admin_share=0.3, patrol_share=0.2),
        "town_cadres": staff_group("town", 2, admin_share=0.6, patrol_share=0.3),
        "county_centre": staff_group("county", 1, admin_share=0.9, patrol_share=0.1),
        "patrolmen": staff_group("county", 1, admin_share=0.7, patrol_share=0.3),
    }
    assert staff_of(make_scenario, staff_groups=groups).casework_share.tolist() == [0.5, 0.1, 0.0, 0.0]


def test_travel_depends_on_where_a_group_is_based(make_scenario: MakeScenario) -> None:
    groups = {
        "village_mediators": staff_group("village", 4),
        "town_cadres": staff_group("town", 2),
        "county_centre": staff_group("county", 1, based_at="town"),
    }
    travel = {"round_trip_hours": {"village": 0.2, "town": 1.0, "county": 3.0}}
    staff = staff_of(make_scenario, staff_groups=groups, travel=travel)
    assert staff.travel_hours.tolist() == [[0.2] * 4, [1.0] * 4, [1.0] * 4]
    assert staff.group_base_tier.tolist() == [0, 1, 1]


def test_a_home_units_own_travel_replaces_the_places(make_scenario: MakeScenario) -> None:
    rows: list[dict[str, Any]] = [
        {"unit_id": "v1", "tier": "village", "parent_id": "t", "population_persons": 10},
        {
            "unit_id": "v2",
            "tier": "village",
            "parent_id": "t",
            "population_persons": 10,
            "round_trip_hours": {"county": 8.0},
        },
        {"unit_id": "t", "tier": "town", "parent_id": "c"},
        {"unit_id": "c", "tier": "county"},
    ]
    travel = {"round_trip_hours": {"village": 0.0, "town": 1.0, "county": 3.0}}
    staff = staff_of(make_scenario, units=units_by_table(rows), travel=travel)
    assert staff.travel_hours.tolist() == [[0.0, 0.0], [1.0, 1.0], [3.0, 8.0]]


def test_without_travel_nobody_travels(make_scenario: MakeScenario) -> None:
    assert not staff_of(make_scenario).travel_hours.any()


def test_open_hours_are_the_mean_over_the_horizon(make_scenario: MakeScenario) -> None:
    groups = {
        "village_mediators": staff_group("village", 4, calendar="office"),
        "town_cadres": staff_group("town", 2),
        "county_centre": staff_group("county", 1),
    }
    staff = staff_of(make_scenario, staff_groups=groups, calendars=OFFICE_HOURS)
    # 545 days from Monday 1 January 2024: 77 whole weeks and six days.
    assert staff.open_hours_per_day.tolist() == pytest.approx([7 * (77 * 5 + 5) / 545, 24.0, 24.0])
    assert staff.group_calendar.tolist() == [1, 0, 0]


def test_options_name_the_pool_that_serves_each_home_unit(make_scenario: MakeScenario) -> None:
    staff = staff_of(make_scenario)
    pools = option_pools(staff, np.array([2, 0], dtype=np.int32))
    assert pools.tolist() == [[6, 6, 6, 6], [0, 1, 2, 3]]


def test_arrays_have_the_types_of_the_contract(make_scenario: MakeScenario) -> None:
    staff = staff_of(make_scenario)
    names = ["group_tier", "group_calendar", "group_base_tier", "pool_group", "pool_posts", "pool_unit", "pool_of_home"]
    assert {getattr(staff, name).dtype for name in names} == {np.dtype(np.int32)}
    shares = ["admin_share", "patrol_share", "casework_share", "wage_yuan_per_hour", "open_hours_per_day"]
    assert {getattr(staff, name).dtype for name in [*shares, "travel_hours"]} == {np.dtype(np.float64)}
