import numpy as np
import pytest
from scipy.special import expit, log_ndtr, ndtr

from calibration.settlement_integral import Array, CategoryDifficulty, DifficultyGrid, FailedSessions, noise_threshold


def all_fail_prob(thresholds: Array, noise_correlation: float, refinement: int) -> Array:
    return FailedSessions.none(thresholds.shape[1:], noise_correlation, refinement).and_then(thresholds).prob()


@pytest.mark.parametrize("correlation", [0.0, 0.1, 0.4999, 0.5, 0.7, 0.99, 0.999999, 1.0])
def test_two_sessions_at_even_odds_fail_together_as_the_normal_orthant_says(correlation: float) -> None:
    prob = all_fail_prob(np.zeros((2, 1)), correlation, refinement=1)
    assert prob[0] == pytest.approx(0.25 + np.arcsin(correlation) / (2 * np.pi), abs=1e-12)


@pytest.mark.parametrize("correlation", [0.0, 0.3, 0.6, 1.0])
def test_one_session_fails_with_the_normal_probability_whatever_the_correlation(correlation: float) -> None:
    thresholds = np.array([[-8.0, -2.0, 0.0, 1.5, 6.0]])
    assert all_fail_prob(thresholds, correlation, 1) == pytest.approx(ndtr(thresholds[0]), rel=1e-10)


def test_fully_correlated_sessions_fail_as_often_as_the_easiest_of_them_alone() -> None:
    thresholds = np.array([[0.3], [-1.2], [2.0], [-1.2]])
    assert all_fail_prob(thresholds, 1.0, 1)[0] == pytest.approx(ndtr(-1.2), abs=1e-13)


def test_uncorrelated_sessions_fail_as_independent_events() -> None:
    thresholds = np.array([[0.3], [-1.2], [2.0]])
    assert all_fail_prob(thresholds, 0.0, 1)[0] == pytest.approx(float(ndtr(thresholds).prod()), abs=1e-13)


def test_no_sessions_settle_nothing() -> None:
    assert all_fail_prob(np.empty((0, 2, 3)), 0.4, 1).tolist() == [[1.0] * 3] * 2


def test_noise_threshold_is_the_normal_score_of_the_logistic_and_holds_in_both_tails() -> None:
    shortfall = np.array([-3.0, -0.5, 0.0, 2.0])
    assert ndtr(noise_threshold(shortfall)) == pytest.approx(expit(shortfall), abs=1e-14)
    assert log_ndtr(noise_threshold(np.array([-800.0])))[0] == pytest.approx(-800.0)
    assert log_ndtr(-noise_threshold(np.array([800.0])))[0] == pytest.approx(-800.0)


def test_difficulty_grid_is_centred_and_has_the_mixtures_variance() -> None:
    categories = [CategoryDifficulty(0.25, 3.0, 0.5), CategoryDifficulty(0.75, 1.0, 2.0)]
    grid = DifficultyGrid.of(categories, refinement=1)
    assert grid.mean(grid.theta) == pytest.approx(0.0, abs=1e-13)
    assert grid.mean(grid.theta**2) == pytest.approx(0.25 * (1.5**2 + 0.5**2) + 0.75 * (0.5**2 + 2.0**2), rel=1e-12)
