"""Time that intervals spend in stretches of the time axis, by counting and cumulative sums, exact in whole seconds."""

from dataclasses import dataclass

import numpy as np

from sim.jurisdiction.contract import Int64
from sim.vocabulary import SECONDS_PER_DAY


@dataclass(frozen=True, slots=True)
class Spans:
    """Intervals [start_s, end_s) of some rows: all int64 (n,)."""

    start_s: Int64
    end_s: Int64
    row: Int64


@dataclass(frozen=True, slots=True)
class DayPoints:
    """Instants by day.

    day: int64 (n,), 0 to D, where D stands for all that comes after the last day; since_s: int64 (n,), seconds (by
    whatever clock) since that day began.
    """

    day: Int64
    since_s: Int64


def seconds_by_day(start: DayPoints, end: DayPoints, row: Int64, length_s: Int64) -> Int64:
    """Return for each row and day the summed overlap of its intervals, from a start to an end each.

    Divided by the length of a day it is the time-average number of intervals in it.
    row: int64 (n,); length_s: int64 (rows, D), of each day by the clock of the row; result: int64 (rows, D).
    """
    row_count, day_count = length_s.shape
    width = day_count + 1
    first = row * width
    starts, ends = first + start.day, first + end.day
    size = row_count * width
    # Under way at the end of a day: the whole day counts; then what is missing before a start and what comes to an end.
    change = np.bincount(starts, minlength=size) - np.bincount(ends, minlength=size)
    under_way = np.cumsum(change.reshape(row_count, width), axis=1)[:, :day_count]
    partly_s = np.bincount(ends, weights=end.since_s, minlength=size)
    partly_s -= np.bincount(starts, weights=start.since_s, minlength=size)
    found: Int64 = under_way * length_s
    found += partly_s.reshape(row_count, width)[:, :day_count].astype(np.int64)
    return found


def seconds_of_days(spans: Spans, length_s: Int64) -> Int64:
    """Return for each row and day the summed overlap of its intervals by the clock on the wall.

    No instant is negative; length_s: int64 (rows, D), what `seconds_by_day` counts a whole day for.
    """
    day_count = length_s.shape[1]
    start, end = (_on_the_wall(instant_s, day_count) for instant_s in (spans.start_s, spans.end_s))
    return seconds_by_day(start, end, spans.row, length_s)


def day_of(instant_s: Int64, day_count: int) -> Int64:
    """Return the day in which each instant falls, day_count for all that comes later: int64 (n,)."""
    return np.minimum(instant_s // SECONDS_PER_DAY, day_count)


def _on_the_wall(instant_s: Int64, day_count: int) -> DayPoints:
    day = day_of(instant_s, day_count)
    return DayPoints(day, instant_s - day * SECONDS_PER_DAY)
