import numpy as np
import pytest
from scipy import stats
from scipy.special import ndtri
from scipy.stats._distn_infrastructure import rv_continuous_frozen

from calibration.fit.priors import LognormalPrior, Prior, TriangularPrior, UniformPrior, lognormal_within, prior_of
from sim.specification.schema import targets as stated

PRIORS: dict[str, tuple[Prior, rv_continuous_frozen]] = {
    "uniform": (UniformPrior(-2.0, 3.0), stats.uniform(-2.0, 5.0)),
    "triangular": (TriangularPrior(0.25, 0.45, 0.7), stats.triang(0.2 / 0.45, 0.25, 0.45)),
    "mode at the low end": (TriangularPrior(1.0, 1.0, 3.0), stats.triang(0.0, 1.0, 2.0)),
    "mode at the high end": (TriangularPrior(1.0, 3.0, 3.0), stats.triang(1.0, 1.0, 2.0)),
    "lognormal": (LognormalPrior(0.6, 0.7), stats.lognorm(0.7, scale=0.6)),
}
U = np.linspace(0.001, 0.999, 199)


@pytest.mark.parametrize("name", PRIORS)
def test_quantiles_and_probabilities_are_those_of_the_distribution(name: str) -> None:
    prior, distribution = PRIORS[name]
    assert prior.quantile(U) == pytest.approx(distribution.ppf(U), rel=1e-12)
    assert prior.cdf(distribution.ppf(U)) == pytest.approx(U, rel=1e-9)


@pytest.mark.parametrize("name", PRIORS)
def test_the_variance_is_that_of_the_prior_on_its_own_scale(name: str) -> None:
    prior, distribution = PRIORS[name]
    expected = 0.7**2 if isinstance(prior, LognormalPrior) else distribution.var()
    assert prior.own_scale_variance == pytest.approx(float(expected), rel=1e-12)
    middles = (np.arange(200_000) + 0.5) / 200_000
    assert np.var(prior.to_own_scale(prior.quantile(middles))) == pytest.approx(prior.own_scale_variance, rel=1e-3)


@pytest.mark.parametrize("name", PRIORS)
def test_a_prior_draw_is_standard_normal_on_the_unbounded_scale_and_comes_back(name: str) -> None:
    prior, _ = PRIORS[name]
    assert prior.to_scale(prior.quantile(U)) == pytest.approx(ndtri(U), abs=1e-8)
    assert prior.from_scale(prior.to_scale(prior.quantile(U))) == pytest.approx(prior.quantile(U), rel=1e-12)


@pytest.mark.parametrize("name", PRIORS)
def test_whatever_score_a_regression_yields_is_inside_the_support(name: str) -> None:
    prior, distribution = PRIORS[name]
    low, high = distribution.support()
    values = prior.from_scale(np.array([-1e6, -40.0, -9.0, 0.0, 9.0, 40.0]))
    assert np.all(np.isfinite(values))
    assert np.all((low <= values) & (values <= high))
    assert np.all(np.diff(values) >= 0)


def test_ends_of_the_support_have_finite_scores() -> None:
    assert np.all(np.isfinite(TriangularPrior(1.0, 1.0, 3.0).to_scale([1.0, 3.0])))
    assert np.all(np.isfinite(UniformPrior(0.0, 1.0).to_scale([0.0, 1.0])))


@pytest.mark.parametrize(("median", "low", "high"), [(6.0, 2.0, 18.0), (0.6, 0.2, 2.0), (1.0, 0.9, 5.0)])
def test_ninety_percent_of_a_lognormal_lie_within_the_range_stated(median: float, low: float, high: float) -> None:
    prior = lognormal_within(median, low, high)
    assert float(prior.quantile(0.5)) == pytest.approx(median)
    assert float(prior.cdf(high) - prior.cdf(low)) == pytest.approx(0.9, abs=1e-9)


def test_a_symmetric_range_gives_sigma_by_hand() -> None:
    assert lognormal_within(6.0, 2.0, 18.0).sigma == pytest.approx(np.log(3.0) / 1.6448536269514722)


def test_contraction_is_measured_on_the_logarithm_of_a_lognormal_and_on_the_value_of_the_others() -> None:
    assert LognormalPrior(1.0, 1.0).to_own_scale([1.0, np.e]) == pytest.approx([0.0, 1.0])
    assert UniformPrior(0.0, 9.0).to_own_scale([1.0, 8.0]) == pytest.approx([1.0, 8.0])


def test_a_prior_out_of_order_is_refused() -> None:
    for low, mode, high in ((1.0, 0.5, 2.0), (1.0, 3.0, 2.0), (1.0, 1.0, 1.0)):
        with pytest.raises(ValueError, match="order"):
            TriangularPrior(low, mode, high)
    with pytest.raises(ValueError, match="order"):
        UniformPrior(1.0, 1.0)
    with pytest.raises(ValueError, match="positive"):
        LognormalPrior(0.0, 1.0)
    with pytest.raises(ValueError, match="median"):
        lognormal_within(1.0, 2.0, 3.0)


def test_a_prior_of_a_targets_file_becomes_its_distribution() -> None:
    uniform = stated.UniformPrior.model_validate({"distribution": "uniform", "low": 1, "high": 2})
    triangular = stated.TriangularPrior.model_validate({"distribution": "triangular", "low": 1, "mode": 2, "high": 4})
    lognormal = stated.LognormalPrior.model_validate(
        {"distribution": "lognormal", "median": 0.6, "within_90": [0.2, 2]}
    )
    assert prior_of(uniform) == UniformPrior(1.0, 2.0)
    assert prior_of(triangular) == TriangularPrior(1.0, 2.0, 4.0)
    assert prior_of(lognormal) == lognormal_within(0.6, 0.2, 2.0)


@pytest.mark.parametrize(("median", "low", "high"), [(20.0, 16.0, 25.0), (40.0, 32.0, 50.0), (6.0, 2.0, 18.0)])
def test_a_range_that_is_symmetric_but_for_rounding_is_symmetric(median: float, low: float, high: float) -> None:
    prior = lognormal_within(median, low, high)
    assert prior.cdf([low, high]) == pytest.approx([0.05, 0.95])
