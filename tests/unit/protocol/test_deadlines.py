"""Deadlines on hand-worked dates around the Spring Festival of 2024.

In February 2024 nobody worked on the 3rd (Saturday) and from the 10th to the 17th; the Sundays 4 and 18 were worked.
"""

from datetime import date
from typing import Literal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from sim.jurisdiction.working_days import statutory_days
from sim.protocol.deadlines import due_seconds
from sim.specification.schema.casework import Deadline
from sim.specification.schema.place import ListedCalendar
from sim.vocabulary import NEVER_S

Clock = Literal["working", "calendar"]
START = date(2024, 1, 1)
FESTIVAL = ListedCalendar(
    rule="listed",
    closed_days=(date(2024, 1, 1), *(date(2024, 2, day) for day in range(12, 17))),
    make_up_days=(date(2024, 2, 4), date(2024, 2, 18)),
    assumed_years=(),
)
WORKING_DAY = statutory_days(FESTIVAL, START, 366).is_working


def last_day(arrival: date, days: int, clock: Clock) -> date:
    due_s = due_seconds(Deadline(days=days, clock=clock), WORKING_DAY, 180)[(arrival - START).days]
    assert due_s % 86_400 == 0
    return date.fromordinal(START.toordinal() + int(due_s) // 86_400 - 1)


@pytest.mark.parametrize(
    ("arrival", "days", "clock", "last"),
    [
        # Thursday the 8th: working days are Friday the 9th, Sunday the 18th, Monday the 19th.
        (date(2024, 2, 8), 1, "working", date(2024, 2, 9)),
        (date(2024, 2, 8), 2, "working", date(2024, 2, 18)),
        (date(2024, 2, 8), 3, "working", date(2024, 2, 19)),
        # Calendar days count through the festival; a last day within it moves to Sunday the 18th.
        (date(2024, 2, 8), 1, "calendar", date(2024, 2, 9)),
        (date(2024, 2, 8), 3, "calendar", date(2024, 2, 18)),
        (date(2024, 2, 8), 11, "calendar", date(2024, 2, 19)),
        (date(2024, 2, 8), 15, "calendar", date(2024, 2, 23)),
        # Saturday the 24th moves to Monday the 26th.
        (date(2024, 2, 8), 16, "calendar", date(2024, 2, 26)),
        # Arriving on a day off: the first working day after it is the first day.
        (date(2024, 2, 3), 1, "working", date(2024, 2, 4)),
        (date(2024, 2, 14), 1, "working", date(2024, 2, 18)),
        (date(2024, 2, 14), 7, "working", date(2024, 2, 26)),
        # Twenty working days after Monday the 5th: four, the 18th, and three whole weeks up to Friday 8 March.
        (date(2024, 2, 5), 20, "working", date(2024, 3, 8)),
        (date(2024, 2, 5), 30, "calendar", date(2024, 3, 6)),
        # No days: the end of the day itself, moved on where nobody works.
        (date(2024, 2, 8), 0, "working", date(2024, 2, 8)),
        (date(2024, 2, 8), 0, "calendar", date(2024, 2, 8)),
        (date(2024, 2, 10), 0, "working", date(2024, 2, 18)),
        (date(2024, 2, 10), 0, "calendar", date(2024, 2, 18)),
    ],
)
def test_deadline_ends_on_the_day_worked_out_by_hand(arrival: date, days: int, clock: Clock, last: date) -> None:
    assert last_day(arrival, days, clock) == last


def test_a_deadline_passes_at_midnight_after_its_last_day() -> None:
    due_s = due_seconds(Deadline(days=1, clock="calendar"), WORKING_DAY, 10)
    assert due_s[2] == 4 * 86_400  # Wednesday 3 January is day 2; Thursday, day 3, ends at 24:00.


def test_without_a_deadline_nothing_is_ever_due() -> None:
    assert due_seconds(None, WORKING_DAY, 3).tolist() == [NEVER_S] * 3


def test_where_no_working_day_is_left_the_deadline_never_passes() -> None:
    working_day = np.array([True, True, False, False])
    assert due_seconds(Deadline(days=1, clock="working"), working_day, 3).tolist() == [2 * 86_400, NEVER_S, NEVER_S]
    assert due_seconds(Deadline(days=2, clock="calendar"), working_day, 1).tolist() == [NEVER_S]


def counted_by_hand(day: int, deadline: Deadline, working_day: NDArray[np.bool_]) -> int:
    left = deadline.days
    while left > 0:
        day += 1
        if deadline.clock == "calendar" or working_day[day]:
            left -= 1
    while not working_day[day]:
        day += 1
    return 86_400 * (day + 1)


@given(
    st.lists(st.booleans(), min_size=40, max_size=40),
    st.integers(0, 9),
    st.sampled_from(["working", "calendar"]),
)
def test_deadlines_agree_with_counting_day_by_day(flags: list[bool], days: int, clock: Clock) -> None:
    working_day = np.array(flags + [True] * 60)
    deadline = Deadline(days=days, clock=clock)
    due_s = due_seconds(deadline, working_day, 40)
    assert due_s.tolist() == [counted_by_hand(day, deadline, working_day) for day in range(40)]
    assert due_s.dtype == np.int64
    assert (np.diff(due_s) >= 0).all()
