"""Working time of a calendar over whole arrays: W(t), its inverse, open windows and statutory working days.

Kept apart from the clock that the engines read, so that the audits check one against the other.
"""

import numpy as np
from numpy.typing import NDArray

from sim.jurisdiction.contract import Int64, WorkClock
from sim.vocabulary import NEVER_S, SECONDS_PER_DAY


def worked_until_s(clock: WorkClock, instant_s: Int64) -> Int64:
    """Return W(t), the working seconds of a calendar from 0 to each instant; int64, shape of `instant_s`."""
    window = np.searchsorted(clock.open_s, instant_s, side="right") - 1
    begun = np.maximum(window, 0)
    in_window = np.minimum(instant_s, clock.close_s[begun]) - clock.open_s[begun]
    return np.where(window < 0, 0, clock.worked_before_s[begun] + in_window)


def work_end_s(clock: WorkClock, started_s: Int64, occupation_s: Int64) -> Int64:
    """Return the smallest t with W(t) >= W(started) + occupation, NEVER_S where the windows hold less work than that.

    All int64 (n,); `started_s` itself where there is no occupation.
    """
    target = worked_until_s(clock, started_s) + occupation_s
    window = np.maximum(np.searchsorted(clock.worked_before_s, target, side="left") - 1, 0)
    end = clock.open_s[window] + target - clock.worked_before_s[window]
    end = np.where(end > clock.close_s[window], NEVER_S, end)
    return np.where(occupation_s == 0, started_s, end)


def is_open(clock: WorkClock, instant_s: Int64) -> NDArray[np.bool_]:
    """Say of each instant whether it lies in a window [open, close)."""
    window = np.searchsorted(clock.open_s, instant_s, side="right") - 1
    return (window >= 0) & (instant_s < clock.close_s[np.maximum(window, 0)])


def working_days_between(working_day: NDArray[np.bool_], from_s: Int64, to_s: Int64) -> Int64:
    """Count the statutory working days after the day of `from_s`, up to and including the day of `to_s`."""
    days_until = np.concatenate(([0], np.cumsum(working_day, dtype=np.int64)))
    return days_until[to_s // SECONDS_PER_DAY + 1] - days_until[from_s // SECONDS_PER_DAY + 1]
