"""Working hours: from weekly windows and statutory days to the working clock of one calendar."""

from typing import get_args

import numpy as np

from sim.jurisdiction.contract import Int64, WorkClock
from sim.jurisdiction.working_days import StatutoryDays
from sim.specification.schema.place import AlwaysCalendar, Calendar, Weekday, WeeklyCalendar
from sim.vocabulary import NEVER_S, SECONDS_PER_DAY

_WEEKDAYS: tuple[str, ...] = get_args(Weekday)
_CLOSED = len(_WEEKDAYS)
"""Stands for the weekday of a day on which nobody works."""


def build_clock(calendar: Calendar, days: StatutoryDays) -> WorkClock:
    """Lay a calendar's windows on the given days; windows that touch become one.

    `always` is a single window from 0 to NEVER_S, whatever the days.
    """
    match calendar:
        case AlwaysCalendar():
            return _clock(np.array([0]), np.array([NEVER_S]))
        case WeeklyCalendar():
            return _clock(*_joined_windows(calendar, _weekday_worked(calendar, days)))


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


def _joined_windows(calendar: WeeklyCalendar, weekday_worked: Int64) -> tuple[Int64, Int64]:
    opens, closes = [], []
    for window in calendar.windows:
        weekdays = [_WEEKDAYS.index(day) for day in window.days]
        midnight_s = np.flatnonzero(np.isin(weekday_worked, weekdays)) * SECONDS_PER_DAY
        opens.append(midnight_s + seconds_of_day(window.opens))
        closes.append(midnight_s + seconds_of_day(window.closes))
    open_s, close_s = np.sort(np.concatenate(opens)), np.sort(np.concatenate(closes))
    apart = open_s[1:] != close_s[:-1]
    begins, ends = np.ones(len(open_s), dtype=np.bool_), np.ones(len(open_s), dtype=np.bool_)
    begins[1:], ends[:-1] = apart, apart
    return open_s[begins], close_s[ends]


def _clock(open_s: Int64, close_s: Int64) -> WorkClock:
    worked_s = np.cumsum(close_s - open_s)
    return WorkClock(open_s, close_s, np.concatenate(([0], worked_s[:-1])).astype(np.int64)[: len(open_s)])
