from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter
from scipy import stats

from sim.sampling.distributions import exponential_of, is_random, quantiles
from sim.sampling.shares import Shares
from sim.specification.schema.distributions import AnyDistribution, DurationDays

# Each with its mean and standard deviation, worked out by hand.
KINDS: list[tuple[dict[str, Any], float, float]] = [
    ({"distribution": "deterministic", "mean_days": 3.0}, 3.0, 0.0),
    ({"distribution": "exponential", "mean_days": 3.0}, 3.0, 3.0),
    ({"distribution": "lognormal", "mean_days": 3.0, "cv": 0.8}, 3.0, 2.4),
    ({"distribution": "gamma", "mean_days": 3.0, "cv": 0.5}, 3.0, 1.5),
    ({"distribution": "gamma", "mean_days": 3.0, "cv": 2.0}, 3.0, 6.0),
    ({"distribution": "weibull", "mean_days": 3.0, "shape": 1.0}, 3.0, 3.0),
    ({"distribution": "weibull", "mean_days": 3.0, "shape": 2.0}, 3.0, 3 * (4 / np.pi - 1) ** 0.5),
    ({"distribution": "uniform", "low_days": 1.0, "high_days": 4.0}, 2.5, 3 / 12**0.5),
    ({"distribution": "triangular", "low_days": 1.0, "mode_days": 2.0, "high_days": 6.0}, 3.0, (21 / 18) ** 0.5),
    ({"distribution": "empirical", "values_days": [5, 1, 2], "weights": [1, 2, 1]}, 2.25, 2.6875**0.5),
]


def distribution(fields: dict[str, Any]) -> AnyDistribution:
    adapter: TypeAdapter[AnyDistribution] = TypeAdapter(DurationDays)
    numbers = {k: [float(x) for x in v] if isinstance(v, list) else v for k, v in fields.items()}
    return adapter.validate_python(numbers)


@pytest.mark.parametrize(("fields", "mean", "sd"), KINDS)
def test_every_kind_has_its_mean_and_spread(fields: dict[str, Any], mean: float, sd: float) -> None:
    count = 100_000
    values = quantiles(distribution(fields), np.random.default_rng(20240101).random(count))
    kurtosis_room = float(np.sqrt(((values - mean) ** 4).mean() / count))
    assert values.mean() == pytest.approx(mean, abs=4 * sd / np.sqrt(count) + 1e-12)
    assert values.var() == pytest.approx(sd**2, abs=4 * kurtosis_room + 1e-12)


@pytest.mark.parametrize(("fields", "mean", "sd"), KINDS)
def test_quantiles_rise_with_the_probability(fields: dict[str, Any], mean: float, sd: float) -> None:
    values = quantiles(distribution(fields), np.linspace(0, 1, 2_000, endpoint=False))
    assert np.isfinite(values).all()
    assert (values >= 0).all()
    assert (np.diff(values) >= 0).all()
    assert values[0] <= mean
    assert (values[-1] > mean) == (sd > 0)


@pytest.mark.parametrize(
    ("fields", "reference"),
    [
        ({"distribution": "exponential", "mean_days": 3.0}, stats.expon(scale=3)),
        ({"distribution": "gamma", "mean_days": 3.0, "cv": 0.5}, stats.gamma(4, scale=0.75)),
        ({"distribution": "weibull", "mean_days": 1.0, "shape": 1.0}, stats.expon(scale=1)),
        ({"distribution": "uniform", "low_days": 1.0, "high_days": 4.0}, stats.uniform(1, 3)),
        ({"distribution": "triangular", "low_days": 1.0, "mode_days": 2.0, "high_days": 6.0}, stats.triang(0.2, 1, 5)),
        ({"distribution": "triangular", "low_days": 1.0, "mode_days": 1.0, "high_days": 6.0}, stats.triang(0, 1, 5)),
        ({"distribution": "triangular", "low_days": 1.0, "mode_days": 6.0, "high_days": 6.0}, stats.triang(1, 1, 5)),
    ],
)
def test_quantiles_agree_with_the_textbook(fields: dict[str, Any], reference: Any) -> None:
    probabilities = np.linspace(0.001, 0.999, 500)
    assert quantiles(distribution(fields), probabilities) == pytest.approx(reference.ppf(probabilities), rel=1e-9)


@pytest.mark.parametrize("kind", ["exponential", "lognormal", "gamma", "weibull", "deterministic"])
@given(mean=st.floats(0, 1e6), more=st.floats(0, 1e6), spread=st.floats(0.2, 10))
def test_a_larger_mean_never_shortens_a_duration(kind: str, mean: float, more: float, spread: float) -> None:
    spreads = {"lognormal": {"cv": spread}, "gamma": {"cv": spread}, "weibull": {"shape": spread}}
    fields = {"distribution": kind, **spreads.get(kind, {})}
    probabilities = np.linspace(0, 1, 20, endpoint=False)
    shorter = quantiles(distribution(fields | {"mean_days": mean}), probabilities)
    longer = quantiles(distribution(fields | {"mean_days": mean + more}), probabilities)
    assert (shorter <= longer).all()


def test_only_fixed_values_need_no_draw() -> None:
    assert [is_random(distribution(fields)) for fields, _, _ in KINDS] == [False] + [True] * (len(KINDS) - 1)


def test_a_triangle_or_uniform_without_width_is_its_value() -> None:
    probabilities = np.array([0.0, 0.3, 0.99])
    triangle = distribution({"distribution": "triangular", "low_days": 2.0, "mode_days": 2.0, "high_days": 2.0})
    uniform = distribution({"distribution": "uniform", "low_days": 2.0, "high_days": 2.0})
    assert quantiles(triangle, probabilities).tolist() == [2, 2, 2]
    assert quantiles(uniform, probabilities).tolist() == [2, 2, 2]


def test_values_and_categories_of_weight_zero_are_never_drawn() -> None:
    probabilities = np.array([0.0, 0.4999, 0.5, 1 - 2**-53])
    assert Shares.of(np.array([0.0, 2.0, 0.0, 2.0, 0.0])).kind_at(probabilities).tolist() == [1, 1, 3, 3]
    weights = {"values_days": [9, 1, 5], "weights": [0, 1, 1]}
    assert quantiles(distribution({"distribution": "empirical", **weights}), probabilities).tolist() == [1, 1, 5, 5]


def test_category_shares_that_sum_to_one_only_nearly_reach_every_probability() -> None:
    assert Shares.of(np.full(3, 1 / 3)).kind_at(np.array([1 - 2**-53])).tolist() == [2]


def test_powers_of_e_have_their_limits() -> None:
    exponents = np.array([-np.inf, -50.0, 0.0, 1.0, 300.0])
    assert exponential_of(exponents) == pytest.approx(np.exp(exponents), rel=1e-13, abs=1e-15)


@given(
    weights=st.lists(st.sampled_from([0.0, 1e-9, 1.0, 2.5]), min_size=1, max_size=120).filter(any),
    spread=st.booleans(),
)
def test_a_category_is_the_first_whose_share_is_not_passed(weights: list[float], spread: bool) -> None:
    upper = np.cumsum(weights)
    on_bounds = np.minimum(upper / upper[-1], 1 - 2**-53)
    uniforms = np.concatenate(
        (on_bounds, np.nextafter(on_bounds, 0), np.linspace(0, 1, 2_000 * spread, endpoint=False))
    )
    expected = np.searchsorted(upper, uniforms * upper[-1], side="right")
    expected = np.minimum(expected, np.flatnonzero(weights)[-1])
    for draws in (1, 1_000_000):
        found = Shares.of(np.array(weights), draws).kind_at(uniforms)
        assert found.dtype == np.int64
        assert np.array_equal(found, expected)
