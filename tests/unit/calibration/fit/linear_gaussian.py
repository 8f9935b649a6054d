"""A toy whose posterior is known: standard normal parameters, statistics linear in them with normal noise."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class LinearGaussian:
    """Statistics = effects' parameters + noise; a table of prior draws, and the exact posterior of any data."""

    effects: Array
    noise_sd: Array

    def table(self, rows: int, seed: int) -> tuple[Array, Array]:
        rng = np.random.default_rng(seed)
        parameters = rng.standard_normal((rows, len(self.effects)))
        noise = self.noise_sd * rng.standard_normal((rows, len(self.noise_sd)))
        return parameters, parameters @ self.effects + noise

    @property
    def covariance(self) -> Array:
        precision = np.eye(len(self.effects)) + self.effects @ np.diag(self.noise_sd**-2) @ self.effects.T
        return np.asarray(np.linalg.inv(precision))

    def mean(self, observed: Array) -> Array:
        return np.asarray(self.covariance @ self.effects @ (observed / self.noise_sd**2))


TOY = LinearGaussian(np.array([[1.0, 0.2], [0.3, -0.8], [0.1, 0.0], [0.0, 0.0]]), np.array([0.25, 0.4]))
"""The first two parameters are informed, the third hardly and the fourth not at all."""
