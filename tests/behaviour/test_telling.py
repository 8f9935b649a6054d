"""The stories' own language: times, comments, and sessions that must exist."""

import pytest

from tests.behaviour.story import ALWAYS, HOUR, Life, at, lines, place, tell
from tests.behaviour.telling import clock


@pytest.mark.parametrize("time", ["0d 00:00", "0d 09:30", "12d 23:59:59", "365d 00:00:01"])
def test_a_time_is_read_as_it_is_told(time: str) -> None:
    assert clock(at(time)) == time


def test_a_time_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="no time"):
        at("9:30")


def test_comments_blank_lines_and_indentation_are_left_out() -> None:
    assert lines("""
        0d 08:00 #0 arrives  -- at last

          0d 09:00 #0 leaves
    """) == ["0d 08:00 #0 arrives", "0d 09:00 #0 leaves"]


def test_a_session_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match=r"no session \['vilage.desk'\]"):
        tell(place(), [Life(at("0d 08:00"), settles={"vilage.desk": ALWAYS})])


def test_the_most_telling_name_of_a_session_counts() -> None:
    settles = {"village.desk": ALWAYS, "village.desk@village_mediators": HOUR}
    told = tell(place(), [Life(at("0d 08:00"), settles=settles, effort_s={"village.desk#1": 2 * HOUR})])
    assert told.batch.settle_until_age_s[0, 0] == HOUR
    assert told.batch.effort_s[0].tolist() == [2 * HOUR, HOUR, HOUR]
