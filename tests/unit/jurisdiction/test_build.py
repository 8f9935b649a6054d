"""A whole place from a scenario."""

from sim.jurisdiction.build import build_jurisdiction
from tests.unit.scenario_factory import MakeScenario

HORIZON = {"start_date": "2023-03-01", "warmup_years": 2, "cohort_years": 3, "follow_days": 200, "latent_days": 60}
DAY = 86_400


def test_the_span_is_warmup_then_cohort_then_follow_up(make_scenario: MakeScenario) -> None:
    place = build_jurisdiction(make_scenario(horizon=HORIZON))
    assert place.warmup_s == 730 * DAY
    assert place.cohort_end_s == 1825 * DAY
    assert place.horizon_s == 2025 * DAY
    assert place.latent_s == 60 * DAY


def test_months_start_with_the_latent_days_and_end_with_the_horizon(make_scenario: MakeScenario) -> None:
    place = build_jurisdiction(make_scenario(horizon=HORIZON))
    assert len(place.month_of_day) == 60 + 2025
    assert place.month_of_day[[0, 59, 60]].tolist() == [11, 1, 2]


def test_working_days_reach_a_year_past_the_horizon_and_the_longest_deadline(make_scenario: MakeScenario) -> None:
    long_limit = {"days": 900, "clock": "working"}
    place = build_jurisdiction(make_scenario(horizon=HORIZON, overall_deadline=long_limit))
    assert len(place.working_day) >= 2025 + 365 + 900 * 7 / 5
    assert len(build_jurisdiction(make_scenario(horizon=HORIZON)).working_day) >= 2025 + 365


def test_clocks_reach_a_year_and_400_days_past_the_horizon(make_scenario: MakeScenario) -> None:
    windows = [{"days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "opens": "09:00", "closes": "10:00"}]
    weekly = {"kind": "weekly", "windows": windows, "statutory": False, "make_up_as": "mon"}
    place = build_jurisdiction(
        make_scenario(horizon=HORIZON, calendars={"office": weekly, "always": {"kind": "always"}})
    )
    assert place.calendar_ids == ("office", "always")
    assert place.clocks[0].close_s[-1] == (2025 + 365 + 400 - 1) * DAY + 36_000
    assert place.clocks[1].close_s[-1] > 2025 * DAY


def test_tiers_keep_their_order_and_kinds(make_scenario: MakeScenario) -> None:
    place = build_jurisdiction(make_scenario())
    assert place.tier_ids == ("village", "town", "county")
    assert place.tier_kinds == ("village", "town", "county")
