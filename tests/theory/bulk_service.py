"""Bailey's bulk-service queue (1954) at a fixed interval: Poisson arrivals, up to so many served at set instants."""

import numpy as np
from numpy.typing import NDArray

Complex = NDArray[np.complex128]

_ITERATIONS = 10_000


def mean_number_before_service(mean_arrivals: float, places: int) -> float:
    """Return the mean number waiting just before service, by mean arrivals between two services and places at each.

    With z₁ … z₍s₋₁₎ the roots of zˢ = exp(m(z − 1)) inside the unit circle it is
    m + Σ 1/(1 − zᵢ) − (s(s − 1) − m²) / (2(s − m)).
    """
    assert 0 < mean_arrivals < places, "no steady state"
    roots = roots_inside(mean_arrivals, places)
    slope, bend = places - mean_arrivals, places * (places - 1) - mean_arrivals**2
    return float(mean_arrivals + (1 / (1 - roots)).sum().real - bend / (2 * slope))


def mean_wait(mean_arrivals: float, places: int, interval_hours: float) -> float:
    """Return the mean time from arrival to the start of service, in hours, by Little's law.

    A service leaves behind what it finds less the arrivals of an interval, on average; half of those come on average
    until any moment of the next interval.
    """
    mean_number = mean_number_before_service(mean_arrivals, places) - mean_arrivals / 2
    return mean_number * interval_hours / mean_arrivals


def roots_inside(mean_arrivals: float, places: int) -> Complex:
    """Return the s − 1 roots of zˢ = exp(m(z − 1)) inside the unit circle other than 1, by fixed-point iteration.

    Each is the fixed point of z = ω exp(m(z − 1)/s) for one of the s-th roots ω of 1, a contraction where m < s.
    """
    turns = np.exp(2j * np.pi * np.arange(1, places) / places)
    roots = np.zeros_like(turns)
    for _ in range(_ITERATIONS):
        roots = turns * np.exp(mean_arrivals * (roots - 1) / places)
    assert np.allclose(roots**places, np.exp(mean_arrivals * (roots - 1)), atol=1e-12), "a root was not found"
    return np.asarray(roots)
