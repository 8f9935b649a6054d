import math

import numpy as np
import pandas as pd
import pytest

from sim.stats import IntervalKind, MeasureKey, mean_interval, prediction_interval, summarise_measures


def test_mean_interval_of_a_hand_worked_sample() -> None:
    interval = mean_interval([2.0, 4.0, 6.0, 8.0])
    assert interval.kind is IntervalKind.MEAN
    assert interval.n == 4
    assert interval.mean == 5.0
    assert interval.sd == pytest.approx(math.sqrt(20 / 3))
    # t(0.975, 3 degrees of freedom) = 3.182446 in the printed tables.
    assert interval.half_width == pytest.approx(3.182446 * math.sqrt(20 / 3) / 2, rel=1e-6)
    assert (interval.low, interval.high) == (5.0 - interval.half_width, 5.0 + interval.half_width)


def test_prediction_interval_of_a_hand_worked_sample() -> None:
    interval = prediction_interval([2.0, 4.0, 6.0, 8.0])
    assert interval.kind is IntervalKind.PREDICTION
    assert interval.half_width == pytest.approx(3.182446 * math.sqrt(20 / 3) * math.sqrt(1.25), rel=1e-6)


def test_level_is_the_callers() -> None:
    # t(0.95, 3) = 2.353363.
    interval = mean_interval([2.0, 4.0, 6.0, 8.0], level=0.90)
    assert interval.level == 0.90
    assert interval.half_width == pytest.approx(2.353363 * math.sqrt(20 / 3) / 2, rel=1e-6)


@pytest.mark.parametrize("n", [3, 10, 40])
def test_intervals_cover_as_often_as_they_say(n: int) -> None:
    trials = 4_000
    draws = np.random.default_rng(20_240_607).normal(3.0, 2.0, size=(trials, n + 1))
    mean_hits = prediction_hits = 0
    for row in draws:
        mean, prediction = mean_interval(row[:n], level=0.9), prediction_interval(row[:n], level=0.9)
        mean_hits += mean.low <= 3.0 <= mean.high
        prediction_hits += prediction.low <= row[n] <= prediction.high
    four_standard_errors = 4 * math.sqrt(0.9 * 0.1 / trials)
    assert mean_hits / trials == pytest.approx(0.9, abs=four_standard_errors)
    assert prediction_hits / trials == pytest.approx(0.9, abs=four_standard_errors)


def test_more_replications_narrow_the_mean_but_not_one_further_year() -> None:
    draws = np.random.default_rng(1).normal(size=200)
    assert mean_interval(draws).half_width < 0.3 * mean_interval(draws[:10]).half_width
    assert prediction_interval(draws).half_width > 1.9 * np.std(draws)


def test_nan_is_dropped_and_counted() -> None:
    with_gaps = mean_interval([2.0, math.nan, 4.0, 6.0, math.nan, 8.0])
    without = mean_interval([2.0, 4.0, 6.0, 8.0])
    assert (with_gaps.n, with_gaps.n_dropped) == (4, 2)
    assert (with_gaps.mean, with_gaps.half_width) == (without.mean, without.half_width)


@pytest.mark.parametrize("values", [[], [math.nan, math.nan]])
def test_no_value_leaves_everything_undefined(values: list[float]) -> None:
    for interval in (mean_interval(values), prediction_interval(values)):
        assert (interval.n, interval.n_dropped) == (0, len(values))
        assert all(
            math.isnan(x) for x in (interval.mean, interval.sd, interval.half_width, interval.low, interval.high)
        )


def test_a_single_replication_has_a_mean_and_no_interval() -> None:
    for interval in (mean_interval([7.5]), prediction_interval([7.5])):
        assert (interval.n, interval.mean) == (1, 7.5)
        assert all(math.isnan(x) for x in (interval.sd, interval.half_width, interval.low, interval.high))
        assert not interval.reaches_outside(0.0, 1.0)


@pytest.mark.parametrize("value", [0.0, 0.1, 1 / 3, 0.2997118905373848, 1e9])
def test_equal_values_have_no_width_at_all(value: float) -> None:
    for interval in (mean_interval([value] * 7), prediction_interval([value] * 7)):
        assert (interval.mean, interval.sd, interval.half_width) == (value, 0.0, 0.0)
        assert interval.low == interval.high == value


def test_shares_are_not_clipped_but_say_that_they_reach_outside() -> None:
    shares = [0.99, 1.0, 1.0, 0.97]
    prediction = prediction_interval(shares)
    assert prediction.high > 1.0
    assert prediction.reaches_outside(0.0, 1.0)
    assert not prediction.reaches_outside(0.0, 2.0)


def test_the_order_of_replications_does_not_show_in_the_last_bit() -> None:
    draws = np.random.default_rng(2).lognormal(sigma=3.0, size=200)
    assert mean_interval(draws) == mean_interval(draws[::-1]) == mean_interval(np.sort(draws))


def test_infinite_values_and_impossible_levels_are_refused() -> None:
    with pytest.raises(ValueError, match="finite"):
        mean_interval([1.0, math.inf])
    with pytest.raises(ValueError, match="one dimension"):
        mean_interval([[1.0, 2.0]])
    for level in (0.0, 1.0, 95.0, math.nan):
        with pytest.raises(ValueError, match="level"):
            mean_interval([1.0, 2.0, 3.0], level=level)


def test_summary_holds_every_scenario_and_measure_in_one_order() -> None:
    frame = pd.DataFrame(
        [
            ("sink", 0, "backlog", "town", "", 4.0),
            ("sink", 1, "backlog", "town", "", 6.0),
            ("baseline", 1, "backlog", "town", "", 3.0),
            ("baseline", 0, "backlog", "town", "", 1.0),
            ("baseline", 0, "settled_share", "", "", math.nan),
            ("baseline", 1, "settled_share", "", "", 0.5),
        ],
        columns=["scenario", "replication", "measure", "tier", "category", "value"],
    )
    summaries = summarise_measures(frame)
    assert repr(summaries) == repr(summarise_measures(frame.iloc[::-1]))
    assert [(s.scenario, s.key, s.mean.n, s.mean.mean) for s in summaries] == [
        ("baseline", MeasureKey("backlog", "town"), 2, 2.0),
        ("baseline", MeasureKey("settled_share"), 1, 0.5),
        ("sink", MeasureKey("backlog", "town"), 2, 5.0),
    ]
    assert summaries[1].mean.n_dropped == summaries[1].prediction.n_dropped == 1
