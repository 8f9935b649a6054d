"""China's statutory calendar, frozen into the resolved scenario."""

from datetime import date
from pathlib import Path

import pytest

from sim.specification import load_scenario
from sim.specification.china_calendar import listed_china_calendar, needed_years
from sim.specification.schema.place import ListedCalendar


def test_the_spring_festival_of_2024_with_its_exchanged_days() -> None:
    calendar = listed_china_calendar(2024, 2024)
    closed = [day for day in calendar.closed_days if day.month == 2]
    assert closed == [date(2024, 2, day) for day in (12, 13, 14, 15, 16)]
    assert [day for day in calendar.make_up_days if day.month == 2] == [date(2024, 2, 4), date(2024, 2, 18)]
    assert calendar.assumed_years == ()


def test_a_day_worked_in_exchange_across_the_new_year_is_listed() -> None:
    assert date(2011, 12, 31) in listed_china_calendar(2011, 2011).make_up_days


def test_closed_days_are_weekdays_and_make_up_days_weekend_days() -> None:
    calendar = listed_china_calendar(2001, 2040)
    assert all(day.weekday() < 5 for day in calendar.closed_days)
    assert all(day.weekday() >= 5 for day in calendar.make_up_days)
    assert list(calendar.closed_days) == sorted(set(calendar.closed_days))


def test_years_not_announced_have_the_fixed_holidays_and_are_listed() -> None:
    calendar = listed_china_calendar(2039, 2041)
    assert calendar.assumed_years == (2039, 2040, 2041)
    assert calendar.make_up_days == ()
    assert date(2040, 10, 1) in calendar.closed_days


def test_years_reach_from_the_latent_history_past_the_horizon_and_the_longest_deadline(complete: Path) -> None:
    resolved = load_scenario(complete)
    calendar = resolved.scenario.statutory_calendar
    assert isinstance(calendar, ListedCalendar)
    assert needed_years(resolved.scenario) == (2023, 2028)
    assert {day.year for day in calendar.closed_days} == set(range(2023, 2029))
    assert resolved.warnings[0].code == "calendar_years_assumed"


@pytest.mark.parametrize("name", ["two_tiers.yaml", "units_in_a_file.yaml"])
def test_other_calendars_are_left_as_they_are(name: str) -> None:
    assert load_scenario(Path(__file__).parent / name).scenario.statutory_calendar.rule != "china"
