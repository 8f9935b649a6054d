"""Means of the distributions that scenario files name."""

import numpy as np

from sim.specification.schema.distributions import AnyDistribution, Empirical, Triangular, Uniform


def mean_of(distribution: AnyDistribution) -> float:
    """Return the mean, in the unit of the distribution's key."""
    match distribution:
        case Uniform():
            return (distribution.low + distribution.high) / 2
        case Triangular():
            return (distribution.low + distribution.mode + distribution.high) / 3
        case Empirical():
            return float(np.average(distribution.values, weights=distribution.weights))
        case _:
            return distribution.mean
