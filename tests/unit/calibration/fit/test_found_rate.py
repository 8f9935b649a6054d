import numpy as np
import pytest

from calibration.fit.found_rate import (
    CountError,
    check_rate,
    contraction_of_rate,
    posterior_of_rate,
    prior_tail_probability,
)
from calibration.fit.priors import LognormalPrior, lognormal_within

PRIOR = lognormal_within(6.0, 2.0, 18.0)
XICHOU = CountError(discrepancy_sd=0.05, count=25_000.0, years=10, year_shape=100.0, units=1_772, unit_shape=0.6)


def test_the_error_of_a_count_adds_up_by_hand() -> None:
    assert XICHOU.chance_variance == pytest.approx(1 / 1_000 + 1 / (0.6 * 1_772) + 1 / 25_000)
    assert XICHOU.log_variance == pytest.approx(0.0025 + XICHOU.chance_variance)
    assert CountError(0.0, 400.0, 10, None, 1, None).log_variance == pytest.approx(1 / 400)


def test_chance_is_that_of_counts_drawn_with_the_effects_of_years_and_units() -> None:
    rng = np.random.default_rng(31)
    runs, units, years = 4_000, 60, 10
    unit = rng.gamma(2.0, 0.5, (runs, units)).sum(axis=1)
    year = rng.gamma(20.0, 1 / 20.0, (runs, years)).sum(axis=1)
    counts = rng.poisson(0.5 * unit * year)
    error = CountError(0.0, 0.5 * units * years, years, 20.0, units, 2.0)
    assert np.var(np.log(counts)) == pytest.approx(error.log_variance, rel=0.1)


def test_the_posterior_lies_between_prior_and_count_as_their_precisions_say() -> None:
    prior = LognormalPrior(4.0, 0.3)
    posterior = posterior_of_rate(prior, count=900.0, count_per_rate=100.0, log_variance=0.09)
    assert posterior.median == pytest.approx(6.0)  # equal precisions: the geometric mean of 4 and 9
    assert posterior.sigma == pytest.approx(0.3 / np.sqrt(2.0))
    assert contraction_of_rate(prior, 0.09) == pytest.approx(0.5)


def test_the_posterior_is_that_of_bayes_formula_on_a_grid() -> None:
    log_rates = np.linspace(np.log(0.1), np.log(100.0), 200_001)
    density = np.exp(
        -0.5 * ((log_rates - np.log(6.0)) / PRIOR.sigma) ** 2 - 0.5 * (np.log(9.714) - log_rates) ** 2 / 0.01
    )
    density /= density.sum()
    mean = (density * log_rates).sum()
    posterior = posterior_of_rate(PRIOR, 9.714 * 2_566.0, 2_566.0, 0.01)
    assert np.log(posterior.median) == pytest.approx(mean)
    assert posterior.sigma == pytest.approx(np.sqrt((density * (log_rates - mean) ** 2).sum()))


def test_a_count_that_the_prior_hardly_gives_has_a_small_tail() -> None:
    # sd of the count's logarithm: sqrt(0.09 + 0.16) = 0.5, so exp(0.5 x 1.96) times the median leaves 5 % outside.
    prior = LognormalPrior(6.0, 0.3)
    for factor in (np.exp(0.98), np.exp(-0.98)):
        assert prior_tail_probability(prior, 600.0 * factor, 100.0, 0.16) == pytest.approx(0.05, abs=1e-4)
    assert prior_tail_probability(prior, 600.0, 100.0, 0.16) == pytest.approx(1.0)
    assert prior_tail_probability(PRIOR, 24_926.0, 2_566.0, XICHOU.log_variance) > 0.4


def test_intervals_cover_as_often_as_they_say_and_the_rate_is_informed() -> None:
    rng = np.random.default_rng(32)
    ratios = np.exp(np.sqrt(XICHOU.chance_variance) * rng.standard_normal(1_500))
    check = check_rate(PRIOR, XICHOU, ratios, rng.random((1_500, 2)))
    assert np.all(check.coverage_ok())
    assert check.median_contraction == pytest.approx([contraction_of_rate(PRIOR, XICHOU.log_variance)])
    assert np.all(check.informed)


def test_simulated_counts_that_miss_what_is_expected_spoil_the_coverage() -> None:
    rng = np.random.default_rng(33)
    ratios = 1.15 * np.exp(np.sqrt(XICHOU.chance_variance) * rng.standard_normal(1_500))
    assert not np.any(check_rate(PRIOR, XICHOU, ratios, rng.random((1_500, 2))).coverage_ok())


def test_a_pair_of_uniforms_is_needed_for_every_ratio() -> None:
    with pytest.raises(ValueError, match="3 ratios"):
        check_rate(PRIOR, XICHOU, np.ones(3), np.full((2, 2), 0.5))
