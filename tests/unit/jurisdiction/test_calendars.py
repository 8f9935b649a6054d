"""From windows by weekday or day of the month, and statutory days, to working clocks."""

from datetime import date
from typing import Any

import numpy as np
from pydantic import TypeAdapter

from sim.jurisdiction.calendars import build_clock, seconds_of_day
from sim.jurisdiction.contract import WorkClock
from sim.jurisdiction.working_days import StatutoryDays, statutory_days
from sim.specification.schema.place import AlwaysCalendar, Calendar, EveryDayCalendar, ListedCalendar
from sim.vocabulary import NEVER_S

MONDAY = date(2024, 2, 5)
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri"]
OFFICE = [
    {"days": WEEKDAYS, "opens": "09:00", "closes": "12:00"},
    {"days": WEEKDAYS, "opens": "13:30", "closes": "17:00"},
]


def weekly(windows: list[dict[str, Any]], *, statutory: bool = False, make_up_as: str = "mon") -> Calendar:
    block = {"kind": "weekly", "windows": windows, "statutory": statutory, "make_up_as": make_up_as}
    calendar: Calendar = TypeAdapter(Calendar).validate_python(block)
    return calendar


def ordinary(day_count: int) -> StatutoryDays:
    return statutory_days(EveryDayCalendar(rule="every_day"), MONDAY, day_count)


def spring_festival(day_count: int) -> StatutoryDays:
    """From Monday 5 February 2024: free from the 10th to the 17th, Sunday the 18th is worked."""
    free = tuple(date(2024, 2, day) for day in range(12, 17))
    listed = ListedCalendar(
        rule="listed", closed_days=free, make_up_days=(date(2024, 2, 4), date(2024, 2, 18)), assumed_years=()
    )
    return statutory_days(listed, MONDAY, day_count)


def windows_in_hours(clock: WorkClock) -> list[tuple[float, float]]:
    return list(zip(clock.open_s / 3600, clock.close_s / 3600, strict=True))


def days_open(clock: WorkClock) -> list[int]:
    return sorted(set((clock.open_s // 86_400).tolist()))


def test_weekly_windows_fall_on_their_weekdays() -> None:
    clock = build_clock(weekly(OFFICE), ordinary(8))
    expected = [
        w for day in [0, 1, 2, 3, 4, 7] for w in [(24 * day + 9, 24 * day + 12), (24 * day + 13.5, 24 * day + 17)]
    ]
    assert windows_in_hours(clock) == expected
    assert clock.worked_before_s[:3].tolist() == [0, 3 * 3600, int(6.5 * 3600)]


def test_windows_are_in_time_order_whatever_their_order_in_the_file() -> None:
    forth, back = build_clock(weekly(OFFICE), ordinary(30)), build_clock(weekly(OFFICE[::-1]), ordinary(30))
    assert np.array_equal(forth.open_s, back.open_s)
    assert np.array_equal(forth.close_s, back.close_s)


def test_windows_that_touch_become_one_also_across_midnight() -> None:
    windows = [
        {"days": ["mon"], "opens": "08:00", "closes": "12:00"},
        {"days": ["mon"], "opens": "12:00", "closes": "24:00"},
        {"days": ["tue"], "opens": "00:00", "closes": "02:00"},
        {"days": ["tue"], "opens": "03:00", "closes": "04:00"},
    ]
    assert windows_in_hours(build_clock(weekly(windows), ordinary(7))) == [(8, 26), (27, 28)]


def test_a_statutory_calendar_is_closed_on_holidays_and_open_on_make_up_days() -> None:
    clock = build_clock(weekly(OFFICE, statutory=True), spring_festival(15))
    assert days_open(clock) == [0, 1, 2, 3, 4, 13, 14]


def test_a_make_up_day_takes_the_windows_of_its_weekday() -> None:
    windows = [
        {"days": ["mon"], "opens": "08:00", "closes": "10:00"},
        {"days": ["fri"], "opens": "14:00", "closes": "15:00"},
        {"days": ["sun"], "opens": "20:00", "closes": "21:00"},
    ]
    sunday = 13 * 24
    as_friday = windows_in_hours(build_clock(weekly(windows, statutory=True, make_up_as="fri"), spring_festival(14)))
    assert [w for w in as_friday if w[0] >= sunday] == [(sunday + 14, sunday + 15)]


def test_a_calendar_that_is_not_statutory_ignores_holidays_and_make_up_days() -> None:
    clock = build_clock(weekly(OFFICE), spring_festival(15))
    assert days_open(clock) == [0, 1, 2, 3, 4, 7, 8, 9, 10, 11, 14]


def test_weekend_windows_of_a_statutory_calendar_close_on_listed_weekend_holidays_only() -> None:
    listed = ListedCalendar(rule="listed", closed_days=(date(2024, 2, 10),), make_up_days=(), assumed_years=())
    saturdays = [{"days": ["sat"], "opens": "09:00", "closes": "12:00"}]
    clock = build_clock(weekly(saturdays, statutory=True), statutory_days(listed, MONDAY, 21))
    assert days_open(clock) == [12, 19]


def test_always_is_one_window_without_end() -> None:
    clock = build_clock(AlwaysCalendar(kind="always"), ordinary(3))
    assert (clock.open_s.tolist(), clock.close_s.tolist(), clock.worked_before_s.tolist()) == ([0], [NEVER_S], [0])


def test_a_calendar_that_never_opens_has_no_window() -> None:
    sundays = [{"days": ["sun"], "opens": "09:00", "closes": "12:00"}]
    clock = build_clock(weekly(sundays), ordinary(3))
    assert clock.open_s.size == clock.close_s.size == clock.worked_before_s.size == 0


def test_seconds_of_day_reach_midnight() -> None:
    assert (seconds_of_day("00:00"), seconds_of_day("13:30"), seconds_of_day("24:00")) == (0, 48_600, 86_400)


def test_clocks_are_whole_seconds_of_64_bits() -> None:
    for calendar in (weekly(OFFICE), AlwaysCalendar(kind="always")):
        clock = build_clock(calendar, ordinary(9))
        assert clock.open_s.dtype == clock.close_s.dtype == clock.worked_before_s.dtype == np.int64


def monthly(*windows: dict[str, Any]) -> Calendar:
    calendar: Calendar = TypeAdapter(Calendar).validate_python({"kind": "monthly", "windows": list(windows)})
    return calendar


def test_days_by_last_digit_fall_on_every_such_day_of_the_month_whatever_the_weekday_and_holidays_too() -> None:
    """From 5 February 2024, a leap year: the 7th, 17th (of the Spring Festival) and 27th, and so in March."""
    sevens = {"by": "last_digit", "days": [7], "opens": "19:30", "closes": "21:30"}
    clock = build_clock(monthly(sevens), spring_festival(60))
    assert days_open(clock) == [2, 12, 22, 31, 41, 51]
    assert windows_in_hours(clock)[0] == (2 * 24 + 19.5, 2 * 24 + 21.5)


def test_days_by_number_are_left_out_in_months_without_them() -> None:
    ends = {"by": "number", "days": [29, 31], "opens": "08:00", "closes": "09:00"}
    clock = build_clock(monthly(ends), ordinary(100))
    # 29 February, 29 and 31 March, 29 April; day 24 is the 29th of February.
    assert days_open(clock) == [24, 53, 55, 84]


def test_a_tenth_day_ends_in_nought() -> None:
    tens = {"by": "last_digit", "days": [0], "opens": "08:00", "closes": "09:00"}
    assert days_open(build_clock(monthly(tens), ordinary(40))) == [5, 15, 34]


def test_monthly_windows_are_in_time_order_and_join_where_they_touch() -> None:
    late = {"by": "last_digit", "days": [7], "opens": "21:00", "closes": "24:00"}
    early = {"by": "number", "days": [8, 7], "opens": "00:00", "closes": "01:00"}
    clock = build_clock(monthly(late, early), ordinary(10))
    assert windows_in_hours(clock) == [(48, 49), (69, 73)]
