"""Quantities side by side have, to the last bit, the values that each has alone."""

import numpy as np
from pydantic import TypeAdapter

from sim.sampling.distributions import quantiles
from sim.sampling.quantities import Quantities
from sim.specification.schema.distributions import AnyDistribution, DurationDays

days: TypeAdapter[AnyDistribution] = TypeAdapter(DurationDays)

FIXED = {"distribution": "deterministic", "mean_days": 2.0}
EXPONENTIAL = {"distribution": "exponential", "mean_days": 3.0}
AT_ONCE = {"distribution": "exponential", "mean_days": 0.0}
NARROW = {"distribution": "lognormal", "mean_days": 2.0, "cv": 0.3}
WIDE = {"distribution": "lognormal", "mean_days": 20.0, "cv": 2.5}
WEIBULL = {"distribution": "weibull", "mean_days": 20.0, "shape": 1.5}
GAMMA = {"distribution": "gamma", "mean_days": 20.0, "cv": 0.7}

MIXED = [NARROW, WIDE, EXPONENTIAL, AT_ONCE, FIXED, WEIBULL, GAMMA, NARROW, FIXED, FIXED, EXPONENTIAL]


def named() -> list[tuple[AnyDistribution, str]]:
    return [(days.validate_python(each), f"draw/{number}") for number, each in enumerate(MIXED)]


def test_each_row_has_the_values_of_its_own_distribution_whatever_its_neighbours() -> None:
    probabilities = np.random.Generator(np.random.PCG64DXSM(1)).random((len(MIXED), 1_000))
    probabilities[:, :3] = [0.0, 2**-53, 1 - 2**-53]
    expected = [
        quantiles(distribution, row.copy()) for (distribution, _), row in zip(named(), probabilities, strict=True)
    ]
    values = Quantities.of(named()).at(probabilities)
    assert values is probabilities, "in place"
    for own, found in zip(expected, values, strict=True):
        assert own.tobytes() == found.tobytes()


def test_a_fixed_value_has_no_stream() -> None:
    names = Quantities.of(named()).names
    assert [name is None for name in names] == [each is FIXED for each in MIXED]


def test_no_quantity_at_all_is_no_special_case() -> None:
    assert Quantities.of([]).at(np.zeros((0, 5))).shape == (0, 5)
