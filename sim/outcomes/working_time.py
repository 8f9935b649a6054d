"""Working time of all calendars over whole arrays: W(t), its inverse, open windows and statutory working days.

Kept apart from the clock that the engines read, so that the audits check one against the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.jurisdiction.contract import Int64, WorkClock
from sim.vocabulary import NEVER_S, SECONDS_PER_DAY

_MOST_CELLS: Final = 200_000
"""Cells per calendar up to which windows are looked up in a table; finer ones are searched for."""


@dataclass(frozen=True, slots=True)
class WindowIndex:
    """Which window of each calendar is the last that begins at or before a point.

    Windows are numbered over all calendars, those of one in a row. begin: int64 (W,), rising within a calendar; first:
    int64 (C + 1,). Where all beginnings are multiples of `cell`, window: int64 (C · cells,) holds the answer for each
    cell of each calendar, the last cell standing for all that follows; else it is empty.
    """

    begin: Int64
    first: Int64
    cell: int
    cells: int
    window: Int64

    def at(self, calendar: Int64 | int, point: Int64) -> Int64:
        """Return the number of the window at each point, none below the calendar's first beginning: int64 (n,)."""
        if len(self.window):
            found: Int64 = self.window.take(calendar * self.cells + np.minimum(point // self.cell, self.cells - 1))
            return found
        span = int(self.begin.max()) + 2
        calendar_of_window = np.repeat(np.arange(len(self.first) - 1), np.diff(self.first))
        line = calendar_of_window * span + self.begin
        return np.searchsorted(line, calendar * span + np.minimum(point, span - 2), side="right") - 1


@dataclass(frozen=True, slots=True)
class WorkingTimes:
    """Windows of all calendars, each calendar's after one of no length at 0.

    close_s: int64 (W,); worked_after_s: int64 (W,), working seconds until then; idle_s: int64 (W,), seconds before the
    opening in which nobody worked. by_second and by_work find a window by second and by seconds worked. Calendars are
    int64 (n,) or one for all; instants are not negative.
    """

    close_s: Int64
    worked_after_s: Int64
    idle_s: Int64
    by_second: WindowIndex
    by_work: WindowIndex

    def worked_until_s(self, calendar: Int64 | int, instant_s: Int64) -> Int64:
        """Return W(t), the working seconds of a calendar from 0 to each instant: int64 (n,)."""
        return self.worked_in_s(self.by_second.at(calendar, instant_s), instant_s)

    def worked_in_s(self, window: Int64, instant_s: Int64) -> Int64:
        """Return W(t) of instants in windows, or after them and before the next: int64 (n,)."""
        # Before a window closes, then after it.
        worked_s: Int64 = np.minimum(instant_s - self.idle_s.take(window), self.worked_after_s.take(window))
        return worked_s

    def end_s(self, calendar: Int64, started_s: Int64, occupation_s: Int64) -> Int64:
        """Return the smallest t with W(t) >= W(started) + occupation, NEVER_S where the windows hold less than that.

        All int64 (n,); `started_s` itself where there is no occupation.
        """
        return self.end_after_s(calendar, started_s, self.worked_until_s(calendar, started_s), occupation_s)

    def end_after_s(self, calendar: Int64, started_s: Int64, worked_s: Int64, occupation_s: Int64) -> Int64:
        """Return the same where W(started) is known."""
        target = worked_s + occupation_s
        window = self.by_work.at(calendar, np.maximum(target - 1, 0))
        end_s = target + self.idle_s.take(window)
        np.putmask(end_s, end_s > self.close_s.take(window), NEVER_S)
        np.putmask(end_s, occupation_s == 0, started_s)
        return end_s

    def close_after_s(self, calendar: Int64 | int, instant_s: Int64) -> Int64:
        """Return when the window closes that is the last to open at or before each instant: int64 (n,)."""
        return self.close_s.take(self.by_second.at(calendar, instant_s))


def working_times(clocks: Sequence[WorkClock]) -> WorkingTimes:
    """Lay the windows of all calendars side by side."""
    nothing = np.zeros(1, dtype=np.int64)
    open_s = np.concatenate([part for clock in clocks for part in (nothing, clock.open_s)])
    close_s = np.concatenate([part for clock in clocks for part in (nothing, clock.close_s)])
    worked_before_s = np.concatenate([part for clock in clocks for part in (nothing, clock.worked_before_s)])
    return WorkingTimes(
        close_s=close_s,
        worked_after_s=worked_before_s + (close_s - open_s),
        idle_s=open_s - worked_before_s,
        by_second=_window_index([clock.open_s for clock in clocks]),
        by_work=_window_index([clock.worked_before_s for clock in clocks]),
    )


def _window_index(begins: Sequence[Int64]) -> WindowIndex:
    """Index windows by their beginnings, one array a calendar, each after a window that begins at 0."""
    begins = [np.concatenate((np.zeros(1, dtype=np.int64), begin)) for begin in begins]
    begin, first = np.concatenate(begins), np.cumsum([0, *(len(one) for one in begins)])
    cell = int(np.gcd.reduce(begin)) or SECONDS_PER_DAY
    cells = int(begin.max()) // cell + 1
    window = np.zeros(0, dtype=np.int64)
    if cells <= _MOST_CELLS:
        # Each window is the last to begin from its own cell to that of the next.
        ends = np.concatenate([np.append(one[1:] // cell, cells) for one in begins])
        window = np.repeat(np.arange(len(begin)), ends - begin // cell)
    return WindowIndex(begin=begin, first=first, cell=cell, cells=cells, window=window)


def working_days_between(working_day: NDArray[np.bool_], from_s: Int64, to_s: Int64) -> Int64:
    """Count the statutory working days after the day of `from_s`, up to and including the day of `to_s`."""
    days_until = np.concatenate(([0], np.cumsum(working_day, dtype=np.int64)))
    return days_until.take(to_s // SECONDS_PER_DAY + 1) - days_until.take(from_s // SECONDS_PER_DAY + 1)
