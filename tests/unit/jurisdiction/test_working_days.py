"""Weekdays, months and statutory working days."""

from datetime import date, timedelta

import numpy as np
import pytest

from sim.jurisdiction.working_days import month_of_days, statutory_days
from sim.specification.schema.place import ChinaCalendar, EveryDayCalendar, ListedCalendar

START = date(2024, 2, 1)


def listed(closed: list[date], made_up: list[date]) -> ListedCalendar:
    return ListedCalendar(rule="listed", closed_days=tuple(closed), make_up_days=tuple(made_up), assumed_years=())


def test_weekdays_and_months_are_those_of_the_real_calendar() -> None:
    days = statutory_days(EveryDayCalendar(rule="every_day"), START, 500)
    dates = [START + timedelta(days=day) for day in range(-40, 500)]
    assert days.weekday.tolist() == [day.weekday() for day in dates[40:]]
    months = month_of_days(START, 40, 500)
    assert months.dtype == np.int8
    assert months.tolist() == [day.month - 1 for day in dates]


def test_months_before_1970_are_right() -> None:
    assert month_of_days(date(1970, 1, 2), 3, 2).tolist() == [11, 11, 0, 0, 0]


def test_working_days_around_the_spring_festival_of_2024() -> None:
    closed = [date(2024, 2, day) for day in range(12, 17)]
    days = statutory_days(listed(closed, [date(2024, 2, 4), date(2024, 2, 18)]), START, 29)
    working = [day + 1 for day in np.flatnonzero(days.is_working).tolist()]
    assert working == [1, 2, 4, 5, 6, 7, 8, 9, 18, 19, 20, 21, 22, 23, 26, 27, 28, 29]


def test_weekends_listed_as_closed_do_not_change_the_working_days() -> None:
    weekdays = [date(2024, 2, day) for day in range(12, 17)]
    whole = [date(2024, 2, day) for day in range(10, 18)]
    made_up = [date(2024, 2, 18)]
    assert np.array_equal(
        statutory_days(listed(weekdays, made_up), START, 29).is_working,
        statutory_days(listed(whole, made_up), START, 29).is_working,
    )


def test_dates_outside_the_span_are_ignored() -> None:
    days = statutory_days(listed([date(2024, 1, 31), date(2030, 1, 1)], [date(2023, 1, 1)]), START, 2)
    assert days.is_working.tolist() == [True, True]


def test_every_day_works_every_day_and_knows_no_holiday() -> None:
    days = statutory_days(EveryDayCalendar(rule="every_day"), START, 30)
    assert days.is_working.all()
    assert not days.is_holiday.any()
    assert not days.is_make_up.any()


def test_a_calendar_that_is_still_a_rule_is_refused() -> None:
    with pytest.raises(ValueError, match="must be listed"):
        statutory_days(ChinaCalendar(rule="china"), START, 30)
