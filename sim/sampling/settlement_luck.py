"""The luck of settlement tests: logistic in margin, correlated within a dispute."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray
from scipy import special

from sim.sampling.draws import Draws

Float64 = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SettlementLuck:
    """Luck ε = logit(Φ(√ρ·A + √(1 − ρ)·B)), A common to all tests of a dispute, B drawn for each; standard logistic.

    common_normal: float64 (N,), A, or zeros where ρ = 0.
    """

    correlation: float
    common_normal: Float64
    draws: Draws

    def of_test(self, name: str) -> Float64:
        """Return ε of the named test, float64 (N,), in logits."""
        normal = sqrt(self.correlation) * self.common_normal
        if self.correlation < 1:
            normal = normal + sqrt(1 - self.correlation) * self.draws.normals(name)
        # From the lower tail, where Φ keeps its digits, and mirrored.
        return np.copysign(special.logit(special.ndtr(-np.abs(normal))), normal)


def draw_settlement_luck(correlation: float, draws: Draws) -> SettlementLuck:
    """Draw what all tests of a dispute have in common."""
    common_normal = draws.normals("luck") if correlation > 0 else np.zeros(draws.count)
    return SettlementLuck(correlation, common_normal, draws)
