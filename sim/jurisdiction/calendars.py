"""Working hours: from windows by weekday or day of the month, and statutory days, to a calendar's working clock."""

from typing import get_args

import numpy as np
from numpy.typing import NDArray

from sim.jurisdiction.contract import Int64, WorkClock
from sim.jurisdiction.working_days import StatutoryDays
from sim.specification.schema.place import AlwaysCalendar, Calendar, MonthlyCalendar, Weekday, WeeklyCalendar
from sim.vocabulary import NEVER_S, SECONDS_PER_DAY

_WEEKDAYS: tuple[str, ...] = get_args(Weekday)
_CLOSED = len(_WEEKDAYS)
"""Stands for the weekday of a day on which nobody works."""

Span = tuple[NDArray[np.bool_], str, str]
"""The days that have a window, and its times of day."""


def build_clock(calendar: Calendar, days: StatutoryDays) -> WorkClock:
    """Lay a calendar's windows on the given days; windows that touch become one.

    `always` is a single window from 0 to NEVER_S, whatever the days.
    """
    match calendar:
        case AlwaysCalendar():
            return _clock(np.array([0]), np.array([NEVER_S]))
        case WeeklyCalendar():
            return _clock(*_joined(_weekly_windows(calendar, _weekday_worked(calendar, days))))
        case MonthlyCalendar():
            return _clock(*_joined(_monthly_windows(calendar, days)))


def seconds_of_day(time_of_day: str) -> int:
    """Return the seconds from midnight to a time of day, `HH:MM` up to `24:00`."""
    hours, minutes = time_of_day.split(":")
    return 3_600 * int(hours) + 60 * int(minutes)


def _weekday_worked(calendar: WeeklyCalendar, days: StatutoryDays) -> Int64:
    """Return the weekday whose windows each day has, int64 (D,), or `_CLOSED`."""
    if not calendar.statutory:
        return days.weekday
    worked = np.where(days.is_holiday, _CLOSED, days.weekday)
    return np.where(days.is_make_up, _WEEKDAYS.index(calendar.make_up_as), worked)


def _weekly_windows(calendar: WeeklyCalendar, weekday_worked: Int64) -> list[Span]:
    return [
        (np.isin(weekday_worked, [_WEEKDAYS.index(day) for day in window.days]), window.opens, window.closes)
        for window in calendar.windows
    ]


def _monthly_windows(calendar: MonthlyCalendar, days: StatutoryDays) -> list[Span]:
    number = {"number": days.day_of_month, "last_digit": days.day_of_month % 10}
    return [(np.isin(number[window.by], window.days), window.opens, window.closes) for window in calendar.windows]


def _joined(windows: list[Span]) -> tuple[Int64, Int64]:
    opens, closes = [], []
    for has_window, opening, closing in windows:
        midnight_s = np.flatnonzero(has_window) * SECONDS_PER_DAY
        opens.append(midnight_s + seconds_of_day(opening))
        closes.append(midnight_s + seconds_of_day(closing))
    open_s, close_s = np.sort(np.concatenate(opens)), np.sort(np.concatenate(closes))
    apart = open_s[1:] != close_s[:-1]
    begins, ends = np.ones(len(open_s), dtype=np.bool_), np.ones(len(open_s), dtype=np.bool_)
    begins[1:], ends[:-1] = apart, apart
    return open_s[begins], close_s[ends]


def _clock(open_s: Int64, close_s: Int64) -> WorkClock:
    worked_s = np.cumsum(close_s - open_s)
    return WorkClock(open_s, close_s, np.concatenate(([0], worked_s[:-1])).astype(np.int64)[: len(open_s)])
