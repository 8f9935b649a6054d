"""Working time and its inverse, against counting seconds one by one."""

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from sim.jurisdiction.contract import WorkClock
from sim.jurisdiction.work_clock import ClockReader
from sim.vocabulary import NEVER_S

END_S = 60


def clock(*windows: tuple[int, int]) -> WorkClock:
    open_s = np.array([opens for opens, _ in windows], dtype=np.int64)
    close_s = np.array([closes for _, closes in windows], dtype=np.int64)
    worked_before_s = np.concatenate(([0], np.cumsum(close_s - open_s)[:-1])).astype(np.int64)[: len(windows)]
    return WorkClock(open_s, close_s, worked_before_s)


ALWAYS = ClockReader(clock((0, NEVER_S)))


@st.composite
def window_lists(draw: st.DrawFn) -> list[tuple[int, int]]:
    edges = sorted(draw(st.sets(st.integers(0, END_S), min_size=2, max_size=10)))
    return list(zip(edges[::2], edges[1::2], strict=False))


def open_seconds(windows: list[tuple[int, int]]) -> set[int]:
    return {second for opens, closes in windows for second in range(opens, closes)}


@given(window_lists(), st.integers(0, END_S + 10))
def test_worked_seconds_are_the_open_seconds_before_the_instant(windows: list[tuple[int, int]], instant_s: int) -> None:
    counted = sum(second < instant_s for second in open_seconds(windows))
    assert ClockReader(clock(*windows)).worked_s(instant_s) == counted


@given(window_lists(), st.integers(0, END_S))
def test_work_is_reached_at_the_smallest_instant_that_holds_it(windows: list[tuple[int, int]], worked_s: int) -> None:
    reader = ClockReader(clock(*windows))
    reached_s = reader.reached_s(worked_s)
    holding = [instant for instant in range(END_S + 1) if reader.worked_s(instant) >= worked_s]
    assert reached_s == (holding[0] if holding else NEVER_S)


@given(window_lists(), st.integers(0, END_S), st.integers(0, END_S), st.integers(0, 30), st.integers(0, 30))
def test_starting_later_or_working_longer_never_ends_earlier(
    windows: list[tuple[int, int]], start_s: int, later_s: int, work_s: int, more_s: int
) -> None:
    assume(work_s > 0)
    reader = ClockReader(clock(*windows))
    ended_s = reader.finish_s(start_s, work_s)
    assert reader.finish_s(start_s + later_s, work_s) >= ended_s
    assert reader.finish_s(start_s, work_s + more_s) >= ended_s
    assert ended_s > start_s


@given(window_lists(), st.integers(0, END_S))
def test_open_and_next_opening_agree_with_the_windows(windows: list[tuple[int, int]], instant_s: int) -> None:
    reader, seconds = ClockReader(clock(*windows)), open_seconds(windows)
    assert reader.is_open(instant_s) == (instant_s in seconds)
    assert reader.next_open_s(instant_s) == min((s for s in seconds if s >= instant_s), default=NEVER_S)


def test_work_finished_at_closing_time_ends_then_and_not_next_morning() -> None:
    reader = ClockReader(clock((9, 17), (33, 41)))
    assert reader.finish_s(9, 8) == 17
    assert reader.finish_s(9, 9) == 34
    assert reader.finish_s(17, 1) == 34


def test_a_window_is_closed_at_its_closing_second() -> None:
    reader = ClockReader(clock((9, 17), (33, 41)))
    assert reader.is_open(9)
    assert not reader.is_open(17)
    assert reader.next_open_s(17) == 33


def test_no_work_ends_as_it_starts_even_when_closed() -> None:
    assert ClockReader(clock((9, 17))).finish_s(3, 0) == 3
    assert ALWAYS.finish_s(3, 0) == 3


def test_work_beyond_the_last_window_never_ends() -> None:
    reader = ClockReader(clock((9, 17)))
    assert reader.finish_s(9, 8) == 17
    assert reader.finish_s(9, 9) == NEVER_S
    assert reader.next_open_s(17) == NEVER_S
    assert ClockReader(clock()).finish_s(0, 1) == NEVER_S
    assert ClockReader(clock()).worked_s(5) == 0


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_the_always_calendar_counts_every_second(start_s: int, work_s: int) -> None:
    assert ALWAYS.worked_s(start_s) == start_s
    assert ALWAYS.finish_s(start_s, work_s) == start_s + work_s
    assert ALWAYS.is_open(start_s)
    assert ALWAYS.next_open_s(start_s) == start_s


def test_endless_work_never_ends_on_the_always_calendar() -> None:
    assert ALWAYS.finish_s(1, NEVER_S) == NEVER_S


def test_the_next_window_is_the_first_that_opens_from_now_on() -> None:
    reader = ClockReader(clock((9, 17), (33, 41)))
    assert reader.next_window(0) == reader.next_window(9) == (9, 17)
    assert reader.next_window(10) == reader.next_window(33) == (33, 41)
    assert reader.next_window(34) == ClockReader(clock()).next_window(0) == (NEVER_S, NEVER_S)
