"""Which of several kinds a uniform falls to, each having a share of the total."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Float64 = NDArray[np.float64]
Int64 = NDArray[np.int64]

_FEW_BOUNDS: Final = 24
"""So many are compared one by one faster than they are searched."""
_MANY_DRAWS: Final = 1 << 30


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """Equal cells between 0 and the total, from which a search starts: much faster than a binary one.

    passed: int64 (cells + 1,), the bounds passed where a cell begins; most: bounds in one cell at most.
    """

    cells: int
    passed: Int64
    most: int

    @classmethod
    def of(cls, bounds: Float64, total: float, draws: int) -> "Grid | None":
        """Return the grid of some bounds; None where it would not pay for so many draws."""
        # A power of two, so that a uniform's cell is exact, and many more cells than bounds.
        cells = 1 << (4 * len(bounds)).bit_length()
        if len(bounds) <= _FEW_BOUNDS or cells > draws:
            return None
        passed = np.searchsorted(bounds, np.arange(cells + 1) / cells * total, side="right")
        most = int(np.diff(passed).max())
        return cls(cells, passed, most) if most <= _FEW_BOUNDS else None


@dataclass(frozen=True, slots=True, eq=False)
class Shares:
    """Kinds in order, each with a share of the total.

    bounds: float64, rising, where the share of each kind ends but for the last that has one.
    """

    total: float
    bounds: Float64
    grid: Grid | None

    @classmethod
    def of(cls, weights: Float64, draws: int = _MANY_DRAWS) -> "Shares":
        """Return the shares of kinds by their weights (W,), for about so many draws."""
        upper = np.cumsum(weights)
        total = float(upper[-1])
        last = int(np.flatnonzero(weights)[-1]) if total > 0 else 0
        bounds = upper[:last]
        return cls(total, bounds, Grid.of(bounds, total, draws))

    def kind_at(self, uniforms: Float64) -> Int64:
        """Return the kind in whose share each uniform falls, int64 (N,)."""
        places = uniforms * self.total
        if len(self.bounds) <= _FEW_BOUNDS:
            few = np.zeros(uniforms.shape, dtype=np.int8)
            for bound in self.bounds.tolist():
                few += (places >= bound).view(np.int8)
            return few.astype(np.int64)
        if self.grid is None:
            return np.searchsorted(self.bounds, places, side="right")
        passed: Int64 = self.grid.passed[(uniforms * self.grid.cells).astype(np.int64)]
        and_none = np.append(self.bounds, np.inf)
        for _ in range(self.grid.most):
            passed += places >= and_none[passed]
        return passed
