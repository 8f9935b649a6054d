"""Draws from the priors: each parameter of each row from a stream of its own, so that none moves another."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from calibration.fit.place import FitParameter, rounded
from sim.sampling.streams import Streams


def prior_draws(parameters: Sequence[FitParameter], seed: int, rows: int) -> NDArray[np.float64]:
    """Return independent draws of all parameters, float64 (rows, p), in their units."""
    names = [f"calibration/prior/{parameter.id}" for parameter in parameters]
    uniforms = np.empty((rows, len(names)))
    for row in range(rows):
        streams = Streams(seed, row)
        streams.prepare(names)
        uniforms[row] = [streams.generator(name).random() for name in names]
    drawn = [parameter.prior.quantile(column) for parameter, column in zip(parameters, uniforms.T, strict=True)]
    return all_rounded(np.column_stack(drawn))


def all_rounded(numbers: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return an array of any shape with every number rounded."""
    return np.array([rounded(number) for number in numbers.ravel().tolist()]).reshape(numbers.shape)
