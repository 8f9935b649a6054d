"""The luck of settlement tests: logistic in margin, correlated within a dispute."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray
from scipy import special

from sim.sampling.contract import Int64
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

    def of_rows(self, places: Int64) -> "SettlementLuck":
        """Return the luck of some of the disputes, by their places among them."""
        return SettlementLuck(self.correlation, self.common_normal.take(places), self.draws.of_places(places))

    def of_test(self, name: str) -> Float64:
        """Return ε of the named test, float64 (N,), in logits."""
        return np.asarray(self.of_tests([name])[0])

    def of_tests(self, names: Sequence[str]) -> Float64:
        """Return ε of each named test, float64 (names, N), in logits."""
        return logistic_of(self.normals_of(names))

    def normals_of(self, names: Sequence[str]) -> Float64:
        """Return √ρ·A + √(1 − ρ)·B of each named test, float64 (names, N)."""
        if self.correlation == 0:
            return self.draws.normals_of(names)
        common = sqrt(self.correlation) * self.common_normal
        if self.correlation == 1:
            return np.tile(common, (len(names), 1))
        normals = self.draws.normals_of(names)
        normals *= sqrt(1 - self.correlation)
        normals += common
        return normals


def draw_settlement_luck(correlation: float, draws: Draws) -> SettlementLuck:
    """Draw what all tests of a dispute have in common."""
    common_normal = draws.normals("luck") if correlation > 0 else np.zeros(draws.count)
    return SettlementLuck(correlation, common_normal, draws)


def logistic_of(normal: Float64) -> Float64:
    """Return logit(Φ(z)), any shape: from the lower tail, where Φ keeps its digits, and mirrored."""
    tail = np.abs(normal)
    np.negative(tail, out=tail)
    special.ndtr(tail, out=tail)
    special.logit(tail, out=tail)
    return np.copysign(tail, normal, out=tail)
