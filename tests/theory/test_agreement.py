"""What passes and what fails a comparison with a formula."""

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from tests.theory.agreement import LEVEL, disagreements, estimate

REPLICATIONS = 60


@pytest.fixture
def generator() -> np.random.Generator:
    return np.random.default_rng(20250101)


def around(mean: float, sd: float, generator: np.random.Generator) -> NDArray[np.float64]:
    """Values whose own mean is exactly `mean` and whose own standard deviation is exactly `sd`."""
    noise = generator.standard_normal(REPLICATIONS)
    return np.asarray(mean + sd * (noise - noise.mean()) / noise.std(ddof=1))


def test_a_narrow_interval_that_holds_the_formula_agrees(generator: np.random.Generator) -> None:
    assert disagreements({"wait": 10.0}, {"wait": around(10.05, 0.4, generator)}) == []


def test_a_narrow_interval_beside_the_formula_disagrees(generator: np.random.Generator) -> None:
    (found,) = disagreements({"wait": 10.0}, {"wait": around(10.25, 0.4, generator)})
    assert found.startswith("wait: 10.25 ±")


def test_an_interval_wider_than_two_percent_has_no_power_although_it_holds_the_formula(
    generator: np.random.Generator,
) -> None:
    (found,) = disagreements({"wait": 10.0}, {"wait": around(10.0, 0.6, generator)})
    assert "no power" in found


def test_without_controls_the_interval_is_student_s(generator: np.random.Generator) -> None:
    values = generator.standard_exponential(REPLICATIONS)
    plain = estimate(values, {})
    low, high = stats.ttest_1samp(values, 0.0).confidence_interval(LEVEL)
    assert (plain.mean - plain.half_width, plain.mean + plain.half_width) == pytest.approx((low, high))


def test_a_control_takes_out_what_it_explains(generator: np.random.Generator) -> None:
    control, rest = generator.standard_normal(REPLICATIONS), around(0.0, 0.1, generator)
    plain = estimate(10.0 + 3.0 * control + rest, {})
    adjusted = estimate(10.0 + 3.0 * control + rest, {"luck": control})
    assert adjusted.half_width < plain.half_width / 20
    assert adjusted.holds(10.0)


def test_intervals_with_controls_hold_the_mean_as_often_as_they_claim(generator: np.random.Generator) -> None:
    held = 0
    for _ in range(4_000):
        controls = {str(index): generator.standard_normal(12) for index in range(4)}
        held += estimate(sum(controls.values()) + generator.standard_normal(12), controls).holds(0.0)
    assert abs(held / 4_000 - LEVEL) < 4 * (LEVEL * (1 - LEVEL) / 4_000) ** 0.5


def test_a_control_that_misses_its_known_mean_disagrees(generator: np.random.Generator) -> None:
    control = around(0.7, 1.0, generator)
    (found,) = disagreements({"wait": 10.0}, {"wait": around(10.0, 0.1, generator)}, {"arrivals": control})
    assert found.startswith("control arrivals")


def test_a_control_cannot_adjust_a_wrong_mean_into_the_formula(generator: np.random.Generator) -> None:
    control = around(0.7, 1.0, generator)
    values = 10.0 + control + around(0.0, 0.01, generator)
    assert estimate(values, {"arrivals": control}).holds(10.0)
    of_control, without = disagreements({"wait": 10.0}, {"wait": values}, {"arrivals": control})
    assert of_control.startswith("control arrivals")
    assert "without controls" in without


def test_controls_that_say_the_same_are_refused(generator: np.random.Generator) -> None:
    control = generator.standard_normal(REPLICATIONS)
    with pytest.raises(AssertionError, match="follows from the others"):
        estimate(control, {"arrivals": control, "twice the arrivals": 2 * control})
