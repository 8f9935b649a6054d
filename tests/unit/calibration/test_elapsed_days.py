import pytest

from calibration.elapsed_days import days_before_sessions, mean_wait_until_open_days
from sim.jurisdiction import build_jurisdiction
from tests.unit.scenario_factory import MakeScenario, days, desk, intake, outreach, staff_group, tier

DAY_S = 86_400
MORNINGS = {
    "kind": "weekly",
    "statutory": False,
    "make_up_as": "mon",
    "windows": [
        {"days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "opens": "06:00", "closes": "12:00"},
    ],
}


def test_who_comes_at_a_random_moment_waits_for_half_the_closed_stretch(make_scenario: MakeScenario) -> None:
    scenario = make_scenario(calendars={"always": MORNINGS})
    (clock,) = build_jurisdiction(scenario).clocks
    # Closed for 18 of 24 hours: 3/4 of arrivals wait 9 hours on average.
    assert mean_wait_until_open_days(clock, 300 * DAY_S) == pytest.approx(0.75 * 9 / 24, abs=0.002)


def test_nobody_waits_for_a_calendar_that_is_always_open(make_scenario: MakeScenario) -> None:
    (clock,) = build_jurisdiction(make_scenario()).clocks
    assert mean_wait_until_open_days(clock, 300 * DAY_S) == 0.0


def test_sessions_gaps_handovers_and_travel_add_up(make_scenario: MakeScenario) -> None:
    village = {"reception": intake("village_mediators", effort_hours=12), "visit": outreach("village_mediators")}
    scenario = make_scenario(
        tiers={
            "village": tier("village", village, gap_days=days(3)),
            "town": tier("town", {"desk": desk("town_cadres"), "again": desk("town_cadres")}, gap_days=days(5)),
            "county": tier("county", {"desk": desk("county_centre")}),
        },
        staff_groups={
            "village_mediators": staff_group("village", 4, admin_share=0.5),
            "town_cadres": staff_group("town", 2),
            "county_centre": staff_group("county", 1),
        },
        travel={"round_trip_hours": {"village": 2.0, "town": 9.0, "county": 9.0}},
        handover={"delay_days": days(2), "hours": 0.0},
    )
    found = days_before_sessions(scenario, build_jurisdiction(scenario))
    visit = 1 + 3  # twelve hours at half a working day's pace, then the gap
    at_town = visit + 3 * 2 / 24 + 2
    second = at_town + 1 / 24 + 5
    assert found["village"] == pytest.approx((visit,))
    assert found["town"] == pytest.approx((at_town, second))
    assert found["county"] == pytest.approx((second + 1 / 24 + 2,))


def test_a_tier_that_nobody_staffs_takes_no_time(make_scenario: MakeScenario) -> None:
    groups = {
        "village_mediators": staff_group("village", 0),
        "town_cadres": staff_group("town", 2),
        "county_centre": staff_group("county", 1),
    }
    scenario = make_scenario(staff_groups=groups, handover={"delay_days": days(2), "hours": 0.0})
    found = days_before_sessions(scenario, build_jurisdiction(scenario))
    assert list(found) == ["town", "county"]
    assert found["town"] == (0.0,)
