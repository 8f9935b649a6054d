"""Verdicts and orders across a posterior."""

import math

import numpy as np
import numpy.typing as npt
import pytest

from sim.stats.standings import Standing, difference_across, judge_across, rank_across
from sim.stats.variance_split import split_variance
from sim.stats.verdicts import Direction, Verdict

HIGHER, LOWER, NEUTRAL = Direction.HIGHER_IS_BETTER, Direction.LOWER_IS_BETTER, Direction.NEUTRAL


def _without_noise(effects: npt.ArrayLike) -> npt.NDArray[np.float64]:
    return np.repeat(np.asarray(effects, dtype=np.float64)[:, None], 2, axis=1)


def _with_shares(above: int, within: int, below: int) -> npt.NDArray[np.float64]:
    return _without_noise([2.0] * above + [0.0] * within + [-2.0] * below)


@pytest.mark.parametrize(
    ("shares", "verdict", "standing"),
    [
        ((95, 5, 0), Verdict.BETTER, Standing.HOLDS),
        ((94, 6, 0), Verdict.UNCLEAR, Standing.LEANS),
        ((90, 5, 5), Verdict.UNCLEAR, Standing.LEANS),
        ((90, 4, 6), Verdict.UNCLEAR, Standing.TURNS),
        ((50, 0, 50), Verdict.UNCLEAR, Standing.TURNS),
        ((2, 95, 3), Verdict.WITHIN_NOISE, Standing.HOLDS),
        ((0, 50, 50), Verdict.UNCLEAR, Standing.LEANS),
        ((0, 1, 99), Verdict.WORSE, Standing.HOLDS),
    ],
)
def test_a_verdict_holds_turns_or_leans(shares: tuple[int, int, int], verdict: Verdict, standing: Standing) -> None:
    judged = judge_across(split_variance(_with_shares(*shares)), direction=HIGHER, indifference_half_width=1.0)
    assert (judged.prob_above, judged.prob_within, judged.prob_below) == pytest.approx([n / 100 for n in shares])
    assert (judged.verdict, judged.standing) == (verdict, standing)


@pytest.mark.parametrize(
    ("direction", "verdict", "better"), [(LOWER, Verdict.WORSE, 0.02), (NEUTRAL, Verdict.DIFFERS, math.nan)]
)
def test_the_direction_of_the_measure_decides_what_is_better(
    direction: Direction, verdict: Verdict, better: float
) -> None:
    judged = judge_across(split_variance(_with_shares(96, 4, 0)), direction=direction, indifference_half_width=1.0)
    assert judged.verdict is verdict
    assert judged.prob_better == pytest.approx(better, nan_ok=True)


def test_a_policy_that_changes_nothing_is_within_noise_even_where_every_difference_matters() -> None:
    judged = judge_across(split_variance(np.zeros((20, 2))), direction=HIGHER, indifference_half_width=0.0)
    assert (judged.verdict, judged.standing, judged.prob_better) == (Verdict.WITHIN_NOISE, Standing.HOLDS, 0.5)


def test_without_values_there_is_no_verdict() -> None:
    judged = judge_across(split_variance(np.full((20, 2), np.nan)), direction=HIGHER, indifference_half_width=1.0)
    assert (judged.verdict, judged.standing) == (Verdict.UNCLEAR, None)


def test_the_zone_is_a_share_of_the_baselines_mean() -> None:
    baseline = _without_noise(np.linspace(80.0, 120.0, 21))
    judged = difference_across(baseline + 4.0, baseline, direction=HIGHER, relative_indifference=0.05)
    assert judged.indifference_half_width == pytest.approx(5.0)
    assert (judged.verdict, judged.standing) == (Verdict.WITHIN_NOISE, Standing.HOLDS)
    assert judged.prob_better == 1.0


def test_policies_are_ranked_by_their_means_with_the_probability_of_each_order() -> None:
    effects = np.linspace(-1.0, 1.0, 41)
    values = {
        "worst": _without_noise(effects),
        "sure": _without_noise(effects + 5.0),
        "close": _without_noise(effects * 3),
    }
    ranking = rank_across(values, LOWER)
    assert ranking is not None
    assert [ranked.scenario for ranked in ranking.ranked] == ["worst", "close", "sure"]
    first, second, last = ranking.ranked
    assert first.prob_better_than == pytest.approx({"close": 0.5, "sure": 1.0})
    assert second.prob_better_than["sure"] == 1.0
    assert (last.prob_best, first.prob_best + second.prob_best) == pytest.approx((0.0, 1.0))
    assert (ranking.best_holds, ranking.order_holds) == (False, False)
    clear = rank_across({name: values[name] for name in ("worst", "sure")}, HIGHER)
    assert clear is not None
    assert [ranked.scenario for ranked in clear.ranked] == ["sure", "worst"]
    assert (clear.best_holds, clear.order_holds) == (True, True)


def test_draws_in_which_a_policy_has_no_value_are_left_out_of_the_ranking() -> None:
    values = _without_noise([1.0, 2.0, 3.0])
    holed = values.copy()
    holed[0, 1] = np.nan
    ranking = rank_across({"a": values, "b": holed + 1.0}, HIGHER)
    assert ranking is not None
    assert ranking.dropped == 1


def test_there_is_no_ranking_of_one_scenario_or_by_a_neutral_measure() -> None:
    values = _without_noise([1.0, 2.0])
    assert rank_across({"a": values}, HIGHER) is None
    assert rank_across({"a": values, "b": values}, NEUTRAL) is None
