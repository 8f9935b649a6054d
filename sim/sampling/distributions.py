"""Inverse distribution functions of every kind of distribution that a scenario file can name.

Transcendental functions come from scipy.special: NumPy's own differ in the last bit between processors.
"""

from math import gamma, log1p

import numpy as np
from numpy.typing import NDArray
from scipy import special

from sim.sampling.shares import Shares
from sim.specification.schema.distributions import (
    AnyDistribution,
    Deterministic,
    Empirical,
    Exponential,
    Gamma,
    Lognormal,
    Triangular,
    Uniform,
    Weibull,
)

Float64 = NDArray[np.float64]


def is_random(distribution: AnyDistribution) -> bool:
    """Say whether a value of it needs a draw."""
    return not isinstance(distribution, Deterministic)


def quantiles(distribution: AnyDistribution, uniforms: Float64) -> Float64:
    """Return the values at the given probabilities in [0, 1), any shape, in the unit of the distribution's key.

    Every kind keeps its stated mean, and a larger mean never gives a smaller value at the same probability.
    """
    match distribution:
        case Deterministic():
            return np.full(uniforms.shape, distribution.mean)
        case Exponential():
            return exponential_in_place(uniforms.copy(), distribution.mean)
        case Lognormal():
            return lognormal_in_place(uniforms.copy(), log_variance_of(distribution), distribution.mean)
        case Gamma():
            squared_cv = distribution.cv**2
            unit_scale = np.asarray(special.gammaincinv(1 / squared_cv, uniforms), dtype=np.float64)
            return distribution.mean * (squared_cv * unit_scale)
        case Weibull():
            logs = np.asarray(special.xlogy(1.0, unit_exponential(uniforms)), dtype=np.float64)
            return distribution.mean * (exponential_of(logs / distribution.shape) / gamma(1 + 1 / distribution.shape))
        case Uniform():
            return distribution.low + (distribution.high - distribution.low) * uniforms
        case Triangular():
            return _triangular(distribution, uniforms)
        case Empirical():
            return _empirical(distribution, uniforms)


def exponential_in_place(uniforms: Float64, mean: float | Float64) -> Float64:
    """Turn probabilities into values of exponential distributions, of one mean or of one for each row."""
    # The sign of the logarithm goes with the mean: one pass less.
    np.negative(uniforms, out=uniforms)
    special.log1p(uniforms, out=uniforms)
    return np.multiply(uniforms, np.negative(mean), out=uniforms)


def log_variance_of(distribution: Lognormal) -> float:
    """Return the variance of the logarithm of a value."""
    return log1p(distribution.cv**2)


def lognormal_in_place(uniforms: Float64, log_variance: float | Float64, mean: float | Float64) -> Float64:
    """Turn probabilities into values of lognormal distributions, one or one for each row."""
    special.ndtri(uniforms, out=uniforms)
    uniforms *= np.sqrt(log_variance)
    uniforms -= log_variance / 2
    special.expm1(uniforms, out=uniforms)
    uniforms += 1.0
    return np.multiply(uniforms, mean, out=uniforms)


def exponential_of(exponent: Float64) -> Float64:
    """Return e to the given exponents with an absolute error near one rounding of 1, the same on every processor."""
    values = np.asarray(special.expm1(exponent), dtype=np.float64)
    values += 1.0
    return values


def unit_exponential(uniforms: Float64) -> Float64:
    """Return values of an exponential distribution of mean 1 at the given probabilities."""
    values = np.negative(uniforms)
    special.log1p(values, out=values)
    return np.negative(values, out=values)


def _triangular(distribution: Triangular, uniforms: Float64) -> Float64:
    low, mode, high = distribution.low, distribution.mode, distribution.high
    if low == high:
        return np.full(uniforms.shape, low)
    rising = low + np.sqrt(uniforms * ((high - low) * (mode - low)))
    falling = high - np.sqrt((1 - uniforms) * ((high - low) * (high - mode)))
    return np.where(uniforms * (high - low) < mode - low, rising, falling)


def _empirical(distribution: Empirical, uniforms: Float64) -> Float64:
    """Values in rising order, so that equal probabilities give comparable values under two scenarios."""
    pairs = sorted(zip(distribution.values, distribution.weights, strict=True))
    values, weights = np.array(pairs).T
    return np.asarray(values[Shares.of(weights, uniforms.size).kind_at(uniforms)])
