"""The split of variance, on data whose variances are known."""

import math

import numpy as np
import numpy.typing as npt
import pytest
from scipy.stats import norm

from sim.stats.variance_split import joint_best_shares, split_variance

Values = npt.NDArray[np.float64]


def _synthetic(seed: int, draws: int, replications: int, between: float, within: float, mean: float = 10.0) -> Values:
    generator = np.random.default_rng(seed)
    of_draws = generator.normal(0.0, math.sqrt(between), (draws, 1))
    return mean + of_draws + generator.normal(0.0, math.sqrt(within), (draws, replications))


@pytest.mark.parametrize(("between", "within"), [(4.0, 1.0), (1.0, 4.0), (0.5, 0.0)])
def test_both_variances_are_found_without_bias(between: float, within: float) -> None:
    splits = [split_variance(_synthetic(seed, 60, 2, between, within)) for seed in range(200)]
    of_draws, of_noise = (np.array([getattr(split, name) for split in splits]) for name in ("between", "within"))
    for found, wanted in ((of_draws, between), (of_noise, within)):
        assert abs(found.mean() - wanted) <= 3.5 * found.std() / math.sqrt(len(splits)) + 1e-12
    share = np.mean([split.parameter_share for split in splits])
    assert share == pytest.approx(between / (between + within), abs=0.02)


def test_freed_means_have_the_variance_of_what_parameters_do() -> None:
    split = split_variance(_synthetic(1, 500, 2, 1.0, 4.0))
    assert split.freed.var(ddof=1) == pytest.approx(split.between)
    assert split.freed.mean() == pytest.approx(split.mean)


@pytest.mark.parametrize("within", [0.25, 1.0, 4.0])
def test_intervals_hold_what_they_are_said_to_hold(within: float) -> None:
    """With standard normal effects the parameter interval is 1.96 wide to each side, whatever the noise."""
    splits = [split_variance(_synthetic(seed, 200, 2, 1.0, within)) for seed in range(60)]
    z = norm.ppf(0.975)
    for ends, wanted in (
        (("parameter_low", "parameter_high"), z),
        (("predictive_low", "predictive_high"), z * math.sqrt(1.0 + within)),
    ):
        low, high = (np.mean([getattr(split, end) for split in splits]) for end in ends)
        assert (high - low) / 2 == pytest.approx(wanted, rel=0.05)


def test_the_mean_has_a_monte_carlo_error_that_covers() -> None:
    splits = [split_variance(_synthetic(seed, 25, 2, 1.0, 2.0)) for seed in range(600)]
    covered = np.mean([abs(split.mean - 10.0) <= split.half_width for split in splits])
    assert covered == pytest.approx(0.95, abs=3 * math.sqrt(0.95 * 0.05 / 600))


def test_probabilities_are_those_of_the_effects_and_not_of_the_noise() -> None:
    found = [split_variance(_synthetic(seed, 100, 2, 1.0, 4.0, mean=1.0)).prob_positive() for seed in range(60)]
    assert np.mean(found) == pytest.approx(norm.cdf(1.0), abs=0.02)


def test_what_parameters_do_not_move_is_as_sure_as_its_mean() -> None:
    """No effect at all: the probability is that of the mean's sign, spread over 0 to 1, and is no 0 or 1 itself."""
    found = np.array(
        [split_variance(_synthetic(seed, 40, 2, 0.0, 1.0, mean=0.0)).prob_positive() for seed in range(99)]
    )
    assert np.mean((found > 0.1) & (found < 0.9)) > 0.6
    assert np.mean(found) == pytest.approx(0.5, abs=0.12)


def test_without_noise_draws_are_counted_and_zeros_are_on_neither_side() -> None:
    split = split_variance(np.repeat([[-1.0], [0.0], [1.0], [2.0]], 2, axis=1))
    assert (split.within, split.mean_noise) == (0.0, 0.0)
    assert (split.prob_above(0.0), split.prob_below(0.0), split.prob_positive()) == (0.5, 0.25, 0.625)
    assert split.reliability == split.parameter_share == 1.0


def test_equal_values_have_no_spread_and_no_share() -> None:
    split = split_variance(np.full((5, 2), 3.0))
    assert (split.mean, split.half_width, split.parameter_low, split.predictive_high) == (3.0, 0.0, 3.0, 3.0)
    assert math.isnan(split.parameter_share)


def test_draws_without_a_value_are_left_out_and_counted() -> None:
    values = np.array([[1.0, 2.0], [np.nan, 1.0], [3.0, 4.0]])
    split = split_variance(values)
    assert (split.draws, split.dropped, split.mean) == (2, 1, 2.5)
    nothing = split_variance(values[:2])
    assert (nothing.draws, nothing.dropped) == (1, 1)
    assert math.isnan(nothing.mean)
    assert math.isnan(nothing.prob_positive())


@pytest.mark.parametrize("shape", [(4,), (4, 1)])
def test_a_single_replication_cannot_be_split(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="at least 2 replications"):
        split_variance(np.zeros(shape))


def test_the_best_of_two_is_the_one_whose_difference_is_positive() -> None:
    values = np.stack([_synthetic(1, 300, 2, 1.0, 3.0), _synthetic(2, 300, 2, 1.0, 3.0, mean=10.8)], axis=2)
    shares = joint_best_shares(values)
    assert shares.sum() == pytest.approx(1.0)
    assert shares[1] == pytest.approx(split_variance(values[:, :, 1] - values[:, :, 0]).prob_positive(), abs=0.01)


def test_what_moves_all_scenarios_alike_decides_nothing() -> None:
    common = _synthetic(3, 200, 2, 100.0, 100.0)
    own = np.stack([_synthetic(seed, 200, 2, 0.2, 0.2, mean) for seed, mean in ((4, 0.0), (5, 0.5), (6, 2.0))], axis=2)
    assert joint_best_shares(common[:, :, None] + own) == pytest.approx(joint_best_shares(own), abs=1e-6)


def test_equal_scenarios_share_being_the_best() -> None:
    one = _synthetic(7, 50, 2, 1.0, 1.0)
    assert joint_best_shares(np.stack([one, one, one - 9.0], axis=2)) == pytest.approx([0.5, 0.5, 0.0])
