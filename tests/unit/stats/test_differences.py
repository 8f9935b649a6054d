import math

import numpy as np
import pytest
from scipy import stats

from sim.stats import DifferenceEstimate, DifferenceMethod, ReplicationSample, paired_difference, welch_difference


def sample(values: list[float] | np.ndarray[tuple[int], np.dtype[np.float64]], first: int = 0) -> ReplicationSample:
    observed = np.asarray(values, dtype=np.float64)
    return ReplicationSample(np.arange(first, first + observed.size, dtype=np.int64), observed)


def test_paired_difference_of_a_hand_worked_sample() -> None:
    estimate = paired_difference(sample([5.0, 7.0, 6.0, 10.0]), sample([4.0, 4.0, 5.0, 7.0]))
    # Differences 1, 3, 1, 3: mean 2, sd 2 / sqrt(3), standard error 1 / sqrt(3), t = 2 sqrt(3), 3 degrees of freedom.
    assert estimate.method is DifferenceMethod.PAIRED
    assert (estimate.n_policy, estimate.n_baseline, estimate.n_dropped) == (4, 4, 0)
    assert (estimate.policy_mean, estimate.baseline_mean, estimate.difference) == (7.0, 5.0, 2.0)
    assert estimate.standard_error == pytest.approx(1 / math.sqrt(3))
    assert estimate.half_width == pytest.approx(3.182446 / math.sqrt(3), rel=1e-6)
    assert estimate.p_value == pytest.approx(0.040519, abs=1e-6)
    # Deviations -2, 0, -1, 3 and -1, -1, 0, 2: covariance 8 / 3, variances 14 / 3 and 2, of the difference 4 / 3.
    assert estimate.correlation == pytest.approx(8 / math.sqrt(14 * 6))
    assert estimate.variance_reduction == pytest.approx((14 / 3 + 2) / (4 / 3))


def test_paired_and_welch_agree_with_scipy() -> None:
    rng = np.random.default_rng(3)
    policy, baseline = rng.normal(1.0, 2.0, size=15), rng.normal(0.0, 5.0, size=15)
    paired = paired_difference(sample(policy), sample(baseline))
    expected = stats.ttest_rel(policy, baseline)
    assert paired.p_value == pytest.approx(expected.pvalue)
    assert (paired.low, paired.high) == pytest.approx(tuple(expected.confidence_interval(0.95)))
    welch = welch_difference(policy[:9], baseline)
    expected = stats.ttest_ind(policy[:9], baseline, equal_var=False)
    assert welch.method is DifferenceMethod.WELCH
    assert (welch.n_policy, welch.n_baseline) == (9, 15)
    assert welch.degrees_of_freedom == pytest.approx(expected.df)
    assert welch.p_value == pytest.approx(expected.pvalue)
    assert (welch.low, welch.high) == pytest.approx(tuple(expected.confidence_interval(0.95)))
    assert math.isnan(welch.correlation)
    assert math.isnan(welch.variance_reduction)


def test_common_random_numbers_show_as_correlation_and_variance_reduction() -> None:
    rng = np.random.default_rng(4)
    shared = rng.normal(scale=3.0, size=5_000)
    policy, baseline = shared + rng.normal(size=5_000), shared + rng.normal(size=5_000)
    estimate = paired_difference(sample(policy), sample(baseline))
    # True correlation 9 / 10; variance 20 of independent runs against 2 achieved.
    assert estimate.correlation == pytest.approx(0.9, abs=0.02)
    assert estimate.variance_reduction == pytest.approx(10.0, rel=0.1)


@pytest.mark.parametrize("looks", [1, 6])
def test_intervals_of_differences_cover_at_the_level_of_a_look(looks: int) -> None:
    trials = 3_000
    look_level = 1 - 0.1 / looks
    draws = np.random.default_rng(5).normal(size=(trials, 2, 12))
    paired_hits = welch_hits = 0
    for policy, baseline in draws:
        paired = paired_difference(sample(policy), sample(baseline), level=0.9, looks=looks)
        welch = welch_difference(policy, 3.0 * baseline[:7], level=0.9, looks=looks)
        paired_hits += paired.low <= 0.0 <= paired.high
        welch_hits += welch.low <= 0.0 <= welch.high
    four_standard_errors = 4 * math.sqrt(look_level * (1 - look_level) / trials)
    assert paired_hits / trials == pytest.approx(look_level, abs=four_standard_errors)
    assert welch_hits / trials == pytest.approx(look_level, abs=four_standard_errors + 0.01)


def test_looks_share_the_level_between_interval_and_p_value_alike() -> None:
    policy, baseline = sample([5.0, 7.0, 6.0, 10.0]), sample([4.0, 4.0, 5.0, 7.0])
    once, six = paired_difference(policy, baseline), paired_difference(policy, baseline, looks=6)
    assert six.half_width > once.half_width
    assert six.p_value == pytest.approx(6 * once.p_value)
    assert paired_difference(policy, baseline, looks=100).p_value == 1.0
    assert (six.level, six.looks) == (0.95, 6)


def test_a_pair_with_a_gap_on_either_side_is_dropped_whole() -> None:
    gaps = paired_difference(
        sample([5.0, math.nan, 7.0, 6.0, 99.0, 10.0]), sample([4.0, 99.0, 4.0, 5.0, math.nan, 7.0])
    )
    whole = paired_difference(sample([5.0, 7.0, 6.0, 10.0]), sample([4.0, 4.0, 5.0, 7.0]))
    assert gaps.n_dropped == 2
    assert (gaps.policy_mean, gaps.baseline_mean, gaps.p_value) == (
        whole.policy_mean,
        whole.baseline_mean,
        whole.p_value,
    )


def test_welch_drops_gaps_on_each_side_alone() -> None:
    estimate = welch_difference([1.0, math.nan, 2.0], [3.0, 4.0, 6.0, math.nan, math.nan])
    assert (estimate.n_policy, estimate.n_baseline, estimate.n_dropped) == (2, 3, 3)


@pytest.mark.parametrize(
    ("policy", "baseline"),
    [
        (sample([1.0, 2.0, 3.0]), sample([1.0, 2.0])),
        (sample([1.0, 2.0]), sample([1.0, 2.0], first=1)),
    ],
)
def test_pairs_of_unequal_replications_are_refused(policy: ReplicationSample, baseline: ReplicationSample) -> None:
    with pytest.raises(ValueError, match="same replications"):
        paired_difference(policy, baseline)


def test_identical_replications_give_no_difference_and_p_of_one() -> None:
    estimate = paired_difference(sample([0.3, 0.1, 0.7]), sample([0.3, 0.1, 0.7]))
    assert (estimate.difference, estimate.half_width, estimate.p_value) == (0.0, 0.0, 1.0)
    assert (estimate.low, estimate.high) == (0.0, 0.0)
    assert estimate.correlation == pytest.approx(1.0)
    assert estimate.variance_reduction == math.inf


def test_a_constant_difference_is_certain() -> None:
    estimate = paired_difference(sample([3.0, 4.0, 9.0]), sample([1.0, 2.0, 7.0]))
    assert (estimate.difference, estimate.half_width, estimate.p_value) == (2.0, 0.0, 0.0)
    assert (estimate.low, estimate.high) == (2.0, 2.0)


def test_differences_that_only_rounding_makes_are_no_differences() -> None:
    estimate = paired_difference(sample([0.1 + 0.2] * 5), sample([0.3] * 5))
    assert 0.1 + 0.2 != 0.3
    assert (estimate.difference, estimate.p_value) == (0.0, 1.0)
    assert welch_difference([0.1 + 0.2] * 5, [0.3] * 4).p_value == 1.0


def test_two_constants_have_neither_correlation_nor_variance_to_reduce() -> None:
    estimate = paired_difference(sample([2.0, 2.0]), sample([1.0, 1.0]))
    assert math.isnan(estimate.correlation)
    assert math.isnan(estimate.variance_reduction)


def test_a_baseline_that_does_not_vary_gains_nothing_from_pairing() -> None:
    estimate = paired_difference(sample([2.0, 3.0, 7.0]), sample([1.0, 1.0, 1.0]))
    assert math.isnan(estimate.correlation)
    assert estimate.variance_reduction == pytest.approx(1.0)


def test_welch_without_spread_on_one_or_both_sides() -> None:
    one = welch_difference([2.0, 3.0, 7.0], [1.0, 1.0])
    assert one.degrees_of_freedom == pytest.approx(2.0)
    assert welch_difference([2.0, 2.0], [1.0, 1.0, 1.0]).p_value == 0.0
    assert welch_difference([1.0, 1.0], [1.0, 1.0, 1.0]).p_value == 1.0


@pytest.mark.parametrize(
    "estimate",
    [
        paired_difference(sample([3.0]), sample([1.0])),
        paired_difference(sample([3.0, math.nan]), sample([1.0, 4.0])),
        welch_difference([3.0], [1.0]),
        welch_difference([3.0], [1.0, 1.0, 1.0]),
    ],
)
def test_a_single_replication_has_a_difference_and_no_interval(estimate: DifferenceEstimate) -> None:
    assert estimate.difference == 2.0
    undefined = (estimate.standard_error, estimate.half_width, estimate.low, estimate.p_value, estimate.correlation)
    assert all(math.isnan(x) for x in undefined)
    assert not estimate.lies_within(1e9)


def test_nothing_defined_leaves_everything_undefined() -> None:
    estimate = paired_difference(sample([math.nan, 1.0]), sample([1.0, math.nan]))
    assert (estimate.n_policy, estimate.n_dropped) == (0, 2)
    assert math.isnan(estimate.difference)
    assert math.isnan(estimate.p_value)
    assert math.isnan(welch_difference([], [1.0, 2.0]).difference)


def test_fewer_than_one_look_is_refused() -> None:
    with pytest.raises(ValueError, match="looks"):
        paired_difference(sample([1.0, 2.0]), sample([1.0, 3.0]), looks=0)
