"""Draws from the priors: each parameter of each row from a stream of its own, so that none moves another."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from calibration.fit.place import FitParameter
from sim.sampling.streams import Streams

_DIGITS = 10
"""Significant digits of a draw: logarithms differ in the last bit between processors."""


def prior_draws(parameters: Sequence[FitParameter], seed: int, rows: int) -> NDArray[np.float64]:
    """Return independent draws of all parameters, float64 (rows, p), in their units."""
    names = [f"calibration/prior/{parameter.id}" for parameter in parameters]
    uniforms = np.empty((rows, len(names)))
    for row in range(rows):
        streams = Streams(seed, row)
        streams.prepare(names)
        uniforms[row] = [streams.generator(name).random() for name in names]
    drawn = [parameter.prior.quantile(column) for parameter, column in zip(parameters, uniforms.T, strict=True)]
    return rounded(np.column_stack(drawn))


def rounded(numbers: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return numbers with as many digits as every processor agrees on."""
    flat = [float(f"{number:.{_DIGITS}g}") for number in numbers.ravel().tolist()]
    return np.array(flat).reshape(numbers.shape)
