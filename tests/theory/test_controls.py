"""The worlds that controls come from: worked out by hand, and against the engine where the two must agree."""

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.vocabulary import Fate
from tests.theory.first_come import waits_first_come_hours
from tests.theory.no_waiting import SessionsWithoutWaiting, sessions_without_waiting
from tests.theory.replications import replications, theory_scenario, waits_hours
from tests.theory.stated import Stream, stream, together


def test_time_beyond_the_posts_is_counted_between_two_instants() -> None:
    # Under way: 1 from 0, 2 from 10, 3 from 20, 2 from 30, 1 from 40, 0 from 50.
    sessions = sessions_of(start_s=[0, 10, 20], end_s=[30, 40, 50])
    assert sessions.seconds_times_excess(posts=1, from_s=0, to_s=100) == 10 + 2 * 10 + 10
    assert sessions.seconds_times_excess(posts=2, from_s=0, to_s=100) == 10
    assert sessions.seconds_times_excess(posts=1, from_s=25, to_s=32) == 2 * 5 + 2
    assert sessions.seconds_times_excess(posts=3, from_s=0, to_s=100) == 0


def test_a_session_meets_those_begun_before_it_and_not_over() -> None:
    sessions = sessions_of(start_s=[0, 10, 20, 30], end_s=[20, 40, 25, 31])
    assert sessions.others_under_way().tolist() == [0, 1, 1, 1]


@pytest.mark.parametrize(("name", "posts"), [("mm1", 1), ("mmc", 2)])
def test_first_come_first_served_is_what_the_engine_does_without_priorities(name: str, posts: int) -> None:
    run = next(replications(theory_scenario(name)))
    by_recursion, _ = waits_first_come_hours(run, [0], posts)
    until_horizon = (
        run.jurisdiction.horizon_s - run.batch.registered_s[run.is_in_window(run.batch.registered_s)]
    ) / 3600
    assert np.array_equal(waits_hours(run, "town"), np.minimum(by_recursion, until_horizon))


def test_priorities_change_who_waits_but_the_recursion_knows_none() -> None:
    run = next(replications(theory_scenario("priority_one_post")))
    urgent, ordinary = (waits_hours(run, "town", name).mean() for name in ("urgent", "ordinary"))
    first_come, category = waits_first_come_hours(run, [0, 1], 1)
    assert urgent < first_come[category == 0].mean()
    assert ordinary > first_come[category == 1].mean()
    alone, category = waits_first_come_hours(run, [0], 1)
    assert set(category.tolist()) == {0}
    assert alone.mean() < urgent


def test_without_waiting_a_case_has_the_sessions_that_it_has_with_it() -> None:
    run = next(replications(theory_scenario("tandem")))
    ended = run.trajectory.disputes.fate != Fate.OPEN
    held = np.bincount(run.trajectory.requests.dispute, minlength=len(ended))
    without = sessions_without_waiting(run)
    assert int(held[ended].sum()) <= len(without.start_s) <= int(held[ended].sum()) + 5 * int((~ended).sum())
    assert set(without.tier.tolist()) == {0, 1}


def test_streams_together_have_the_mean_and_spread_of_the_mixture() -> None:
    short, long = Stream("town", "short", 0.3, 1.0, 0.0), Stream("town", "long", 0.1, 5.0, 0.0)
    mixture = together([short, long])
    values = np.array([1.0, 1.0, 1.0, 5.0])
    assert (mixture.per_hour, mixture.mean_hours) == pytest.approx((0.4, values.mean()))
    assert mixture.cv == pytest.approx(values.std() / values.mean())


def test_a_stream_is_what_the_file_states() -> None:
    urgent = stream(theory_scenario("priority_one_post"), "town", "talks", "urgent")
    assert urgent.per_hour == pytest.approx(219 / 8_760 / 2)
    assert (urgent.mean_hours, urgent.cv) == (18.0, 1.0)


def sessions_of(start_s: list[int], end_s: list[int]) -> SessionsWithoutWaiting:
    nothing: NDArray[np.int64] = np.zeros(len(start_s), dtype=np.int64)
    return SessionsWithoutWaiting(np.array(start_s), np.array(end_s), nothing, nothing)
