import numpy as np
import pytest
from scipy.stats import binom

from calibration.fit.priors import LognormalPrior, Prior, UniformPrior
from calibration.fit.regression_adjustment import AdjustedRows
from calibration.fit.synthetic import SyntheticCheck, contraction, coverage_bounds, evenly_spaced, leave_one_out
from tests.unit.calibration.fit.linear_gaussian import TOY

NORMAL_ON_OWN_SCALE = [LognormalPrior(1.0, sigma) for sigma in (0.2, 0.5, 1.0, 2.0)]


@pytest.fixture(scope="module")
def check() -> SyntheticCheck:
    parameters, statistics = TOY.table(3_000, seed=21)
    return leave_one_out(parameters, statistics, NORMAL_ON_OWN_SCALE, 0.2, 1_500)


def test_intervals_cover_as_often_as_they_say(check: SyntheticCheck) -> None:
    assert np.all(check.coverage_ok())
    for level in (0.5, 0.9):
        assert check.coverage(level) == pytest.approx(np.full(4, level), abs=0.035)


def test_contraction_is_the_analytic_one_where_all_is_linear_and_normal(check: SyntheticCheck) -> None:
    exact = 1.0 - np.diag(TOY.covariance)
    assert check.median_contraction == pytest.approx(exact, abs=0.06)
    assert check.informed.tolist() == (exact >= 0.5).tolist() == [True, True, False, False]


def test_overconfident_intervals_are_found(check: SyntheticCheck) -> None:
    narrowed = SyntheticCheck(check.contractions, np.clip(0.5 + 1.3 * (check.ranks - 0.5), 0.0, 1.0))
    assert not np.any(narrowed.coverage_ok())


def test_a_row_does_not_help_to_fit_itself() -> None:
    rng = np.random.default_rng(22)
    parameters, statistics = rng.standard_normal((200, 1)), rng.standard_normal((200, 1))
    parameters[50] = -20.0
    assert leave_one_out(parameters, statistics, [LognormalPrior(1.0, 1.0)], 0.1, 200).ranks[50] == 0.0


def test_the_check_is_the_same_every_time() -> None:
    parameters, statistics = TOY.table(400, seed=23)
    first, second = (leave_one_out(parameters, statistics, NORMAL_ON_OWN_SCALE, 0.3, 100) for _ in range(2))
    assert first.contractions.tobytes() == second.contractions.tobytes()
    assert first.ranks.tobytes() == second.ranks.tobytes()


def test_contraction_is_measured_on_the_parameters_own_scale() -> None:
    prior: Prior = UniformPrior(0.0, 1.0)
    values = np.array([0.4, 0.6])
    posterior = AdjustedRows(np.arange(2), np.array([0.5, 0.5]), prior.to_scale(values)[:, None])
    assert contraction(posterior, [prior]) == pytest.approx([1.0 - 0.01 * 12.0])


def test_bounds_hold_ninety_nine_percent_of_honest_coverage_shares() -> None:
    for level in (0.5, 0.9):
        low, high = coverage_bounds(level, 1_000)
        inside = binom.cdf(round(1_000 * high), 1_000, level) - binom.cdf(round(1_000 * low) - 1, 1_000, level)
        assert 0.99 <= inside < 0.993
    assert coverage_bounds(0.9, 1_000) == pytest.approx((0.875, 0.923), abs=0.0011)


def test_rows_are_chosen_evenly_and_never_twice() -> None:
    assert evenly_spaced(10, 4).tolist() == [0, 2, 5, 7]
    assert evenly_spaced(5, 5).tolist() == [0, 1, 2, 3, 4]
    with pytest.raises(ValueError, match="6 of 5"):
        evenly_spaced(5, 6)
