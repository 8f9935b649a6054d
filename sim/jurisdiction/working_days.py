"""The days of the run: their weekdays and months, and which of them are statutory working days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from sim.jurisdiction.contract import Int64
from sim.specification.schema.place import ChinaCalendar, EveryDayCalendar, ListedCalendar, StatutoryCalendar

_WEEKDAY_OF_1970_01_01 = 3
_SATURDAY = 5

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class StatutoryDays:
    """What the law says of each day from the start date on.

    weekday: int64 (D,), Monday 0; day_of_month: int64 (D,), 1 to 31; is_holiday, is_make_up, is_working: bool (D,). A
    day on which nobody is free by law for another reason than the weekend is a holiday; a make-up day is a weekend day
    worked in exchange.
    """

    weekday: Int64
    day_of_month: Int64
    is_holiday: Flags
    is_make_up: Flags
    is_working: Flags


def statutory_days(statutory: StatutoryCalendar, start_date: date, day_count: int) -> StatutoryDays:
    """Look up `day_count` days from the start date.

    Raises ValueError for the rule `china`, which loading turns into a list.
    """
    none = np.zeros(day_count, dtype=np.bool_)
    days = _days_from(start_date, day_count)
    weekday = (days.astype(np.int64) + _WEEKDAY_OF_1970_01_01) % 7
    day_of_month = (days - days.astype("datetime64[M]")).astype(np.int64) + 1
    match statutory:
        case EveryDayCalendar():
            return StatutoryDays(weekday, day_of_month, none, none, ~none)
        case ListedCalendar(closed_days=closed, make_up_days=made_up):
            is_make_up = _flags(made_up, start_date, day_count)
            is_holiday = _flags(closed, start_date, day_count) & ~is_make_up
            is_working = (weekday < _SATURDAY) & ~is_holiday | is_make_up
            return StatutoryDays(weekday, day_of_month, is_holiday, is_make_up, is_working)
        case ChinaCalendar():
            raise ValueError("the statutory calendar must be listed before a jurisdiction is built")


def month_of_days(start_date: date, days_before: int, day_count: int) -> NDArray[np.int8]:
    """Return the month, 0 to 11, of each day from `days_before` before the start date; int8 (days_before + day_count,).

    `day_count` counts the days from the start date on.
    """
    first = np.datetime64(start_date, "D") - days_before
    days = first + np.arange(days_before + day_count)
    return (days.astype("datetime64[M]").astype(np.int64) % 12).astype(np.int8)


def _days_from(start_date: date, day_count: int) -> NDArray[np.datetime64]:
    return np.datetime64(start_date, "D") + np.arange(day_count)


def _flags(dates: Iterable[date], start_date: date, day_count: int) -> Flags:
    flags = np.zeros(day_count, dtype=np.bool_)
    for listed in dates:
        day = (listed - start_date).days
        if 0 <= day < day_count:
            flags[day] = True
    return flags
