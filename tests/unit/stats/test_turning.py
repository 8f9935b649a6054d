"""Which assumption carries a difference and where it turns, on linear toys whose answer is known."""

import math

import numpy as np
import numpy.typing as npt
import pytest

from sim.stats.turning import LEAST_R2, Turning, turning_of
from sim.stats.variance_split import split_variance

DRAWS = 100


def _parameters(seed: int, count: int = 25) -> dict[str, npt.NDArray[np.float64]]:
    generator = np.random.default_rng(seed)
    return {f"p{k}": generator.uniform(0.0, 10.0, DRAWS) for k in range(count)}


def _turning(
    effects: npt.NDArray[np.float64], parameters: dict[str, npt.NDArray[np.float64]], noise: float, seed: int = 0
) -> Turning:
    values = effects[:, None] + np.random.default_rng([7, seed]).normal(0.0, noise, (DRAWS, 2))
    columns = {name: column.tolist() for name, column in parameters.items()}
    return turning_of(split_variance(values), values.mean(axis=1), columns)


def test_without_noise_the_turning_values_are_those_of_the_line() -> None:
    parameters = _parameters(1)
    turning = _turning(3.0 * (parameters["p3"] - 7.0) - 1.0 * (parameters["p9"] - 2.0), parameters, noise=0.0)
    first, second = turning.terms
    assert (first.parameter, second.parameter) == ("p3", "p9")
    assert turning.r2 == pytest.approx(1.0)
    assert (first.slope, second.slope) == pytest.approx((3.0, -1.0))
    assert first.turning_value == pytest.approx(7.0 + (second.median - 2.0) / 3.0)
    assert second.turning_value == pytest.approx(2.0 + 3.0 * (first.median - 7.0))
    assert (first.is_within, second.is_within) == (True, second.low <= second.turning_value <= second.high)
    assert first.variance_share + second.variance_share == pytest.approx(1.0)
    assert first.variance_share == pytest.approx(0.9, abs=0.06)


def test_with_noise_the_carrying_assumption_is_found_with_an_interval_that_holds_its_turning_value() -> None:
    held = 0
    for seed in range(40):
        parameters = _parameters(seed)
        turning = _turning(parameters["p3"] - 7.0, parameters, noise=4.0, seed=seed)
        assert turning.terms[0].parameter == "p3"
        assert abs(turning.terms[0].standardised) > 0.4
        held += abs(turning.terms[0].turning_value - 7.0) <= turning.terms[0].half_width
    assert held >= 34


def test_from_noise_nothing_is_claimed() -> None:
    claimed = 0
    for seed in range(100):
        turning = _turning(np.zeros(DRAWS), _parameters(seed), noise=1.0, seed=seed)
        assert bool(turning.terms) == (min(turning.r2, turning.attainable_r2) >= LEAST_R2)
        claimed += bool(turning.terms)
    assert claimed <= 5


def test_a_difference_that_never_turns_has_no_turning_value_within_the_range() -> None:
    parameters = _parameters(2)
    turning = _turning(50.0 + parameters["p3"], parameters, noise=0.1)
    (term,) = turning.terms
    assert not term.is_within
    assert term.turning_value == pytest.approx(-50.0, abs=1.0)


def test_what_two_correlated_assumptions_explain_together_is_shared() -> None:
    parameters = _parameters(3, 2)
    parameters["twin"] = parameters["p0"] + np.random.default_rng(5).normal(0.0, 2.0, DRAWS)
    turning = _turning(parameters["p0"] + parameters["twin"], parameters, noise=0.0)
    shares = {term.parameter: term.variance_share for term in turning.terms}
    assert sum(shares.values()) == pytest.approx(1.0)
    assert shares["p0"] == pytest.approx(0.5, abs=0.15)


@pytest.mark.parametrize("effects", [np.zeros(DRAWS), np.full(DRAWS, math.nan)])
def test_what_does_not_vary_or_is_not_there_turns_on_nothing(effects: npt.NDArray[np.float64]) -> None:
    turning = _turning(effects, _parameters(1), noise=0.0)
    assert math.isnan(turning.r2)
    assert turning.terms == ()


def test_assumptions_that_do_not_vary_are_no_candidates() -> None:
    parameters = {"fixed": np.full(DRAWS, 3.0), **_parameters(1, 2)}
    turning = _turning(parameters["p1"], parameters, noise=0.0)
    assert [term.parameter for term in turning.terms] == ["p1"]
