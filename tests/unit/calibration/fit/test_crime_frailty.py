import numpy as np
import pytest

from calibration.fit.crime_frailty import (
    CrimeGroups,
    crime_groups,
    log_likelihood,
    shape_given_trend,
    shape_posterior,
    share_of_prior_within,
    shares_without_crime,
)
from calibration.fit.priors import LognormalPrior, lognormal_within
from calibration.ledger import load_ledger
from calibration.starting_points import load_starting_points

LEDGER = load_ledger()
GROUPS = crime_groups(LEDGER)
HARDLY_ANY_TREND = LognormalPrior(1.0, 1e-6)


def stated_trend() -> LognormalPrior:
    point = load_starting_points("xichou").of("crime_of_2017_multiple")
    return lognormal_within(point.number, *point.ends)


def test_the_three_counts_are_all_groups() -> None:
    assert (GROUPS.never, GROUPS.not_in_2017_only, GROUPS.in_2017) == (645, 827, 300)
    assert LEDGER.figure("xichou_groups").number == GROUPS.total


def test_without_a_trend_the_shape_is_that_of_the_ledger() -> None:
    shape, mean = shape_given_trend(GROUPS, 1.0)
    assert shape == pytest.approx(LEDGER.figure("xichou_crime_frailty_shape").number, abs=0.001)
    assert mean == pytest.approx(LEDGER.figure("xichou_crime_per_group_per_year").number, abs=0.001)


def test_shares_without_crime_are_those_of_gamma_mixed_poisson_counts() -> None:
    rng = np.random.default_rng(41)
    effect = rng.gamma(0.6, 1 / 0.6, 200_000)
    in_2017, others = rng.poisson(0.25 * 0.7 * effect), rng.poisson(0.25 * 9 * effect)
    none_2017, never = shares_without_crime(0.6, 0.25, 0.7)
    assert float(none_2017) == pytest.approx(np.mean(in_2017 == 0), abs=0.0037)
    assert float(never) == pytest.approx(np.mean(in_2017 + others == 0), abs=0.0037)


@pytest.mark.parametrize("trend", [0.5, 0.8, 1.25])
def test_every_trend_has_a_shape_that_meets_the_counts_exactly(trend: float) -> None:
    shape, mean = shape_given_trend(GROUPS, trend)
    none_2017, never = shares_without_crime(shape, mean, trend)
    assert GROUPS.total * float(never) == pytest.approx(GROUPS.never)
    assert GROUPS.total * float(1 - none_2017) == pytest.approx(GROUPS.in_2017)
    best = log_likelihood(GROUPS, shape, mean, trend)
    assert best == pytest.approx(log_likelihood(GROUPS, *shape_given_trend(GROUPS, 1.0), 1.0))
    for factor in (0.8, 1.25):
        assert log_likelihood(GROUPS, factor * shape, mean, trend) < best
        assert log_likelihood(GROUPS, shape, factor * mean, trend) < best


def test_less_crime_in_2017_means_more_unevenly_spread() -> None:
    shapes = [shape_given_trend(GROUPS, trend)[0] for trend in (0.5, 0.67, 1.0, 1.5)]
    assert shapes == sorted(shapes)
    assert shapes == pytest.approx([0.41, 0.50, 0.77, 1.74], abs=0.005)
    with pytest.raises(ValueError, match=r"trend of 2\.5"):
        shape_given_trend(GROUPS, 2.5)


def test_without_a_trend_the_range_is_that_of_sampling_alone() -> None:
    """The delta method: the sd of log shape from the multinomial covariance of the two shares."""
    posterior = shape_posterior(GROUPS, HARDLY_ANY_TREND)
    shares = np.array([GROUPS.never, GROUPS.not_in_2017_only, GROUPS.in_2017]) / GROUPS.total
    gradient = np.empty(3)
    for i in range(3):
        shifted = GROUPS.total * (shares + 1e-5 * (np.arange(3) == i))
        gradient[i] = (np.log(shape_given_trend(CrimeGroups(*shifted), 1.0)[0]) - np.log(0.766455)) / 1e-5
    sd = np.sqrt(gradient @ (np.diag(shares) - np.outer(shares, shares)) @ gradient / GROUPS.total)
    assert posterior.quantile(0.5) == pytest.approx(0.77, abs=0.01)
    width = np.log(posterior.quantile(0.95) / posterior.quantile(0.05))
    assert width == pytest.approx(2 * 1.645 * sd, rel=0.06)


def test_a_free_trend_widens_the_range_which_the_prior_for_disputes_goes_below() -> None:
    posterior = shape_posterior(GROUPS, stated_trend())
    low, median, high = (posterior.quantile(share) for share in (0.05, 0.5, 0.95))
    assert (low, median, high) == pytest.approx((0.51, 0.86, 4.8), rel=0.02)
    disputes = lognormal_within(0.6, 0.2, 2.0)
    assert share_of_prior_within(disputes, posterior) == pytest.approx(0.59, abs=0.01)
    assert posterior.share_within(0.2, 2.0) == pytest.approx(0.88, abs=0.01)
    assert disputes.median < median
