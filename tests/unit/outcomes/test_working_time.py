"""Working time of a calendar and time in stretches, against counting second by second."""

from itertools import pairwise

import numpy as np

from sim.jurisdiction.contract import WorkClock
from sim.jurisdiction.work_clock import ClockReader
from sim.outcomes.occupancy import seconds_in_stretches
from sim.outcomes.working_time import is_open, work_end_s, worked_until_s, working_days_between
from sim.vocabulary import NEVER_S
from tests.unit.outcomes.hand_made import DAY, HOUR, at, office_clock

TWO_WINDOWS = WorkClock(
    open_s=np.array([10, 30], dtype=np.int64),
    close_s=np.array([20, 35], dtype=np.int64),
    worked_before_s=np.array([0, 10], dtype=np.int64),
)
SECONDS = np.arange(45, dtype=np.int64)


def test_worked_time_counts_open_seconds() -> None:
    open_seconds = np.isin(SECONDS, [*range(10, 20), *range(30, 35)])
    assert np.array_equal(is_open(TWO_WINDOWS, SECONDS), open_seconds)
    assert np.array_equal(worked_until_s(TWO_WINDOWS, SECONDS), np.concatenate(([0], np.cumsum(open_seconds)[:-1])))


def test_work_ends_at_closing_time_and_not_next_morning() -> None:
    started, work = np.array([12, 12, 12, 30], dtype=np.int64), np.array([8, 9, 13, 6], dtype=np.int64)
    assert work_end_s(TWO_WINDOWS, started, work).tolist() == [20, 31, 35, NEVER_S]


def test_no_work_ends_as_it_starts() -> None:
    assert work_end_s(TWO_WINDOWS, np.array([25], dtype=np.int64), np.zeros(1, dtype=np.int64)).tolist() == [25]


def test_agrees_with_the_clock_that_engines_read() -> None:
    clock, rng = office_clock(9, 17, 60), np.random.default_rng(1)
    reader = ClockReader(clock)
    started = rng.integers(0, 30 * DAY, size=300)
    work = rng.integers(0, 100 * HOUR, size=300)
    assert worked_until_s(clock, started).tolist() == [reader.worked_s(s) for s in started.tolist()]
    expected = [reader.finish_s(s, w) for s, w in zip(started.tolist(), work.tolist(), strict=True)]
    assert work_end_s(clock, started, work).tolist() == expected


def test_working_days_leave_the_first_day_out_and_take_the_last_in() -> None:
    working = np.array([True, False, True, True, False])
    first = np.array([at(0, 8), at(0, 8), at(0, 8), at(2, 9)], dtype=np.int64)
    last = np.array([at(0, 20), at(1, 1), at(3, 1), at(4, 23)], dtype=np.int64)
    assert working_days_between(working, first, last).tolist() == [0, 0, 2, 1]


def test_time_in_stretches_is_what_counting_seconds_gives() -> None:
    rng = np.random.default_rng(3)
    start = rng.integers(-20, 100, size=200)
    end = start + rng.integers(0, 60, size=200)
    end[:20] = NEVER_S
    row = rng.integers(3, size=200)
    boundaries = np.array([0, 7, 7, 30, 90, 130], dtype=np.int64)
    second = np.arange(130)[np.newaxis, :]
    present = (start[:, np.newaxis] <= second) & (second < end[:, np.newaxis])
    expected = np.array(
        [[present[row == r][:, low:high].sum() for low, high in pairwise(boundaries)] for r in range(4)]
    )
    assert np.array_equal(seconds_in_stretches(start, end, row, 4, boundaries), expected)
