"""Working time of calendars and time by day, against counting second by second."""

from itertools import pairwise

import numpy as np
import pytest

from sim.jurisdiction.contract import WorkClock
from sim.jurisdiction.work_clock import ClockReader
from sim.outcomes import working_time
from sim.outcomes.occupancy import Spans, seconds_of_days
from sim.outcomes.working_time import working_days_between, working_times
from sim.vocabulary import NEVER_S
from tests.unit.outcomes.hand_made import DAY, HOUR, at, office_clock

TWO_WINDOWS = WorkClock(
    open_s=np.array([10, 30], dtype=np.int64),
    close_s=np.array([20, 35], dtype=np.int64),
    worked_before_s=np.array([0, 10], dtype=np.int64),
)
ALWAYS = WorkClock(
    open_s=np.zeros(1, dtype=np.int64),
    close_s=np.full(1, NEVER_S, dtype=np.int64),
    worked_before_s=np.zeros(1, dtype=np.int64),
)
SECONDS = np.arange(45, dtype=np.int64)


@pytest.fixture(params=["looked up", "searched for"], autouse=True)
def how_windows_are_found(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "searched for":
        monkeypatch.setattr(working_time, "_MOST_CELLS", 0)


def test_worked_time_counts_open_seconds() -> None:
    open_seconds = np.isin(SECONDS, [*range(10, 20), *range(30, 35)])
    times = working_times([ALWAYS, TWO_WINDOWS])
    window = times.by_second.at(1, SECONDS)
    assert np.array_equal(times.close_s[window] > SECONDS, open_seconds)
    assert np.array_equal(times.worked_until_s(1, SECONDS), np.concatenate(([0], np.cumsum(open_seconds)[:-1])))
    assert np.array_equal(times.worked_until_s(0, SECONDS), SECONDS)


def test_work_ends_at_closing_time_and_not_next_morning() -> None:
    started, work = np.array([12, 12, 12, 30], dtype=np.int64), np.array([8, 9, 13, 6], dtype=np.int64)
    calendar = np.zeros(4, dtype=np.int64)
    assert working_times([TWO_WINDOWS]).end_s(calendar, started, work).tolist() == [20, 31, 35, NEVER_S]


def test_no_work_ends_as_it_starts() -> None:
    nothing = np.zeros(1, dtype=np.int64)
    assert working_times([TWO_WINDOWS]).end_s(nothing, np.array([25], dtype=np.int64), nothing).tolist() == [25]


def test_agrees_with_the_clock_that_engines_read() -> None:
    clocks, rng = [office_clock(9, 17, 60), ALWAYS, TWO_WINDOWS, office_clock(0, 24, 60)], np.random.default_rng(1)
    readers, times = [ClockReader(clock) for clock in clocks], working_times(clocks)
    calendar = rng.integers(len(clocks), size=300)
    started, work = rng.integers(0, 30 * DAY, size=300), rng.integers(0, 100 * HOUR, size=300)
    started[:20], work[:10], work[10:15] = rng.integers(0, 45, size=20), rng.integers(0, 20, size=10), 0
    started[20:40] -= started[20:40] % HOUR
    rows = list(zip(calendar.tolist(), started.tolist(), work.tolist(), strict=True))
    assert times.worked_until_s(calendar, started).tolist() == [readers[c].worked_s(s) for c, s, _ in rows]
    assert times.end_s(calendar, started, work).tolist() == [readers[c].finish_s(s, w) for c, s, w in rows]


def test_working_days_leave_the_first_day_out_and_take_the_last_in() -> None:
    working = np.array([True, False, True, True, False])
    first = np.array([at(0, 8), at(0, 8), at(0, 8), at(2, 9)], dtype=np.int64)
    last = np.array([at(0, 20), at(1, 1), at(3, 1), at(4, 23)], dtype=np.int64)
    assert working_days_between(working, first, last).tolist() == [0, 0, 2, 1]


def test_time_by_day_is_what_counting_seconds_gives() -> None:
    rng, hours = np.random.default_rng(3), 96
    start = rng.integers(0, 100, size=200) * HOUR
    end = start + rng.integers(0, 60, size=200) * HOUR
    end[:20] = NEVER_S
    row = rng.integers(3, size=200)
    instant = np.arange(hours)[np.newaxis, :] * HOUR
    present = (start[:, np.newaxis] <= instant) & (instant < end[:, np.newaxis])
    spans = Spans(start, end, row)

    def counted(low: int, high: int) -> list[int]:
        return [int(present[row == r][:, low:high].sum()) * HOUR for r in range(4)]

    by_day = seconds_of_days(spans, np.full((4, 4), DAY, dtype=np.int64))
    assert by_day.T.tolist() == [counted(low, high) for low, high in pairwise(range(0, hours + 1, 24))]
