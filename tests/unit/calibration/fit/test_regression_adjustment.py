import numpy as np
import numpy.typing as npt
import pytest

from calibration.fit.local_regression import neighbourhood, robust_scales, weighted_coefficients
from calibration.fit.priors import TriangularPrior, UniformPrior
from calibration.fit.regression_adjustment import AdjustedRows, adjust, expected_given
from tests.unit.calibration.fit.linear_gaussian import TOY

Array = npt.NDArray[np.float64]
OBSERVED = np.array([0.9, -0.5])


def sd(posterior: AdjustedRows) -> Array:
    return np.sqrt(posterior.weights @ (posterior.parameters - posterior.mean()) ** 2)


def test_means_and_spreads_are_those_of_the_exact_posterior_where_all_is_linear_and_normal() -> None:
    parameters, statistics = TOY.table(20_000, seed=1)
    posterior = adjust(parameters, statistics, OBSERVED, 0.2)
    exact_sd = np.sqrt(np.diag(TOY.covariance))
    # 4,000 rows accepted, weighted: standard errors of 0.017 sd for a mean, 0.012 for a spread.
    assert (posterior.mean() - TOY.mean(OBSERVED)) / exact_sd == pytest.approx(np.zeros(4), abs=0.06)
    assert sd(posterior) / exact_sd == pytest.approx(np.ones(4), abs=0.045)
    sample = posterior.resampled(2_000)
    correlation = np.corrcoef(sample[:, 0], sample[:, 1])[0, 1]
    exact = TOY.covariance[0, 1] / (exact_sd[0] * exact_sd[1])
    assert correlation == pytest.approx(exact, abs=0.06)


def test_a_curved_posterior_is_met_in_mean_and_spread() -> None:
    """The square of one parameter enters the second statistic; the exact posterior is taken from a fine grid."""
    rng = np.random.default_rng(2)
    theta, z = rng.standard_normal((2, 40_000))
    noise = 0.3 * rng.standard_normal((2, 40_000))
    statistics = np.column_stack([theta + noise[0], z + theta**2 + noise[1]])
    observed = np.array([1.2, 2.0])
    posterior = adjust(np.column_stack([theta, z]), statistics, observed, 0.05)
    grid = np.linspace(-5.0, 5.0, 801)
    t, g = np.meshgrid(grid, grid, indexing="ij")
    log_density = -0.5 * (t**2 + g**2 + ((observed[0] - t) / 0.3) ** 2 + ((observed[1] - g - t**2) / 0.3) ** 2)
    density = np.exp(log_density - log_density.max())
    density /= density.sum()
    exact_mean = np.array([(density * t).sum(), (density * g).sum()])
    exact_sd = np.sqrt([(density * t**2).sum(), (density * g**2).sum()] - exact_mean**2)
    assert (posterior.mean() - exact_mean) / exact_sd == pytest.approx([0.0, 0.0], abs=0.12)
    assert sd(posterior) / exact_sd == pytest.approx([1.0, 1.0], abs=0.1)


def test_spread_that_changes_with_the_statistics_is_taken_at_the_observed_ones() -> None:
    """The parameter given s is normal with mean s and sd exp(s / 2): rows around 0 must not lend theirs to s = 1."""
    rng = np.random.default_rng(3)
    s = rng.standard_normal(20_000)
    theta = s + np.exp(s / 2) * rng.standard_normal(20_000)
    for observed in (-1.0, 0.0, 1.0):
        posterior = adjust(theta[:, None], s[:, None], np.array([observed]), 0.8)
        assert float(sd(posterior)[0]) == pytest.approx(np.exp(observed / 2), rel=0.06)
        assert float(posterior.mean()[0]) == pytest.approx(observed, abs=0.08)


@pytest.mark.parametrize("prior", [TriangularPrior(0.25, 0.45, 0.7), UniformPrior(0.0, 1.0)])
def test_draws_stay_inside_the_priors_support(prior: TriangularPrior | UniformPrior) -> None:
    rng = np.random.default_rng(4)
    values = prior.quantile(rng.random(3_000))
    statistics = (values + 0.05 * rng.standard_normal(3_000))[:, None]
    for observed in (prior.low - 0.1, prior.low, prior.high, prior.high + 0.1):
        posterior = adjust(prior.to_scale(values)[:, None], statistics, np.array([observed]), 0.2)
        draws = prior.from_scale(posterior.resampled(500))
        assert np.all((prior.low <= draws) & (draws <= prior.high))


def test_the_sample_is_the_same_every_time_and_in_the_order_of_the_table() -> None:
    parameters, statistics = TOY.table(2_000, seed=5)
    first, second = (adjust(parameters, statistics, OBSERVED, 0.2) for _ in range(2))
    assert first.resampled(300).tobytes() == second.resampled(300).tobytes()
    assert np.all(np.diff(first.rows[first.chosen_rows(300)]) >= 0)


def test_a_row_is_drawn_as_often_as_its_weight_says_to_within_one() -> None:
    parameters, statistics = TOY.table(2_000, seed=6)
    posterior = adjust(parameters, statistics, OBSERVED, 0.2)
    for draws in (1, 300, 5_000):
        chosen = posterior.chosen_rows(draws)
        times = np.bincount(chosen, minlength=len(posterior.weights))
        assert len(chosen) == draws
        assert np.all(np.abs(times - draws * posterior.weights) < 1.0 + 1e-9)


def test_weights_fall_to_zero_at_the_first_row_not_accepted() -> None:
    scaled = np.array([[0.0], [1.0], [-2.0], [3.0], [4.0]])
    near = neighbourhood(scaled, np.array([0.0]), 0.6)
    assert near.rows.tolist() == [0, 1, 2]
    expected = np.array([1.0, 1.0 - 1 / 9, 1.0 - 4 / 9])
    assert near.weights == pytest.approx(expected / expected.sum())
    assert neighbourhood(scaled, np.array([0.0]), 0.6, leave_out=0).rows.tolist() == [1, 2, 3]


def test_weighted_coefficients_are_those_of_least_squares() -> None:
    rng = np.random.default_rng(7)
    columns = np.column_stack([np.ones(50), rng.standard_normal((50, 2)) + 100.0])
    responses, weights = rng.standard_normal((50, 3)), rng.random(50)
    weights /= weights.sum()
    root = np.sqrt(weights)[:, None]
    expected = np.linalg.lstsq(root * columns, root * responses)[0]
    assert weighted_coefficients(columns, responses, weights) == pytest.approx(expected, rel=1e-6)


def test_a_statistic_is_scaled_by_its_spread_whatever_its_unit() -> None:
    parameters, statistics = TOY.table(2_000, seed=8)
    factor = np.array([1.0, 1e4])
    one = adjust(parameters, statistics, OBSERVED, 0.2)
    other = adjust(parameters, statistics * factor, OBSERVED * factor, 0.2)
    assert other.rows.tolist() == one.rows.tolist()
    assert other.parameters == pytest.approx(one.parameters, rel=1e-9)
    rare = np.zeros((100, 1))
    rare[:10] = 1.0
    assert robust_scales(rare) == pytest.approx([0.3])


def test_a_parameter_that_never_changes_stays_what_it_is() -> None:
    parameters, statistics = TOY.table(2_000, seed=9)
    posterior = adjust(np.column_stack([parameters, np.full(2_000, 3.0)]), statistics, OBSERVED, 0.2)
    assert posterior.parameters[:, 4] == pytest.approx(3.0)


def test_what_is_expected_given_figures_and_stated_values_is_the_conditional_mean() -> None:
    parameters, statistics = TOY.table(20_000, seed=10)
    stated = np.array([-0.4, 1.0])
    expected = expected_given(parameters, statistics, OBSERVED, (1, 3), stated, 0.2)
    covariance, mean = TOY.covariance, TOY.mean(OBSERVED)
    rest, given = [0, 2], [1, 3]
    gain = covariance[np.ix_(rest, given)] @ np.linalg.inv(covariance[np.ix_(given, given)])
    assert expected == pytest.approx(mean[rest] + gain @ (stated - mean[given]), abs=0.06)


def test_a_stated_value_beyond_all_rows_is_taken_at_the_farthest_of_them() -> None:
    parameters, statistics = TOY.table(2_000, seed=11)
    far, farther = (expected_given(parameters, statistics, OBSERVED, (1,), np.array([x]), 0.2) for x in (8.0, 80.0))
    assert far.tolist() == farther.tolist()


def test_a_statistic_that_tells_nothing_is_refused_by_its_position() -> None:
    parameters, statistics = TOY.table(500, seed=12)
    with pytest.raises(ValueError, match=r"same in every row.*\[1\]"):
        adjust(parameters, np.column_stack([statistics[:, 0], np.ones(500)]), np.array([0.0, 1.0]), 0.2)
    with pytest.raises(ValueError, match="not independent"):
        adjust(parameters, statistics[:, [0, 0]], np.array([0.0, 0.0]), 0.2)
    two = np.where(np.arange(500) < 250, 0.0, 1.0)
    with pytest.raises(ValueError, match="does not change among the accepted"):
        adjust(parameters, np.column_stack([statistics[:, 0], two]), np.array([0.0, 0.0]), 0.1)
    statistics[7, 0] = np.nan
    with pytest.raises(ValueError, match="not finite in 1 rows"):
        adjust(parameters, statistics, OBSERVED, 0.2)


def test_what_does_not_fit_together_is_refused() -> None:
    parameters, statistics = TOY.table(20, seed=13)
    with pytest.raises(ValueError, match="rows of parameters"):
        adjust(parameters[1:], statistics, OBSERVED, 0.5)
    with pytest.raises(ValueError, match="accepted_share"):
        adjust(parameters, statistics, OBSERVED, 0.0)
    with pytest.raises(ValueError, match="accept a larger share"):
        adjust(parameters, statistics, OBSERVED, 0.1)
