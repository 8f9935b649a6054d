"""Tests of which only the outcome is wanted: roughly at first, and exactly where it is a close call.

Without hardening a test is passed at every age or at none, so that a margin counts by its sign alone. Luck grows with
its normal variate, hence lies between its values at the ends of a narrow cell of these: the few margins that are nearer
to 0 than a cell is high are worked out again from exact luck.
"""

from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.sampling.settlement_luck import logistic_of

Float64 = NDArray[np.float64]

_CELLS_PER_SD: Final = 256
_TABLED_SDS: Final = 8
_ROUNDING_LOGIT: Final = 1e-6
"""Far more than rounding can make of margins whose parts are below the largest."""
LARGEST_PART_LOGIT: Final = 1e4
"""Up to here, parts of a margin may be added roughly."""


class _Cells(NamedTuple):
    """Luck in the middle of each cell of normal variates, not a number in those beyond the table; half its height."""

    middle_logit: Float64
    half_height_logit: float


@lru_cache(maxsize=1)
def _cells() -> _Cells:
    cells = 2 * _TABLED_SDS * _CELLS_PER_SD
    at_ends = logistic_of(np.arange(cells + 1) / _CELLS_PER_SD - _TABLED_SDS)
    middle = np.full(cells + 2, np.nan)
    middle[1:-1] = (at_ends[:-1] + at_ends[1:]) / 2
    return _Cells(middle, float(np.diff(at_ends).max()) / 2)


def rough_luck(normals: Float64) -> Float64:
    """Return luck in logits at normal variates, any shape, but for an error that `is_close` knows of."""
    cell = normals * _CELLS_PER_SD
    cell += _TABLED_SDS * _CELLS_PER_SD + 1
    return _cells().middle_logit.take(cell.astype(np.intp), mode="clip")


def is_close(margin_logit: Float64) -> NDArray[np.bool_]:
    """Say where a margin with rough luck, whose parts are not too large, may have the wrong sign."""
    # What is not a number is close too.
    return ~(np.abs(margin_logit) > _cells().half_height_logit + _ROUNDING_LOGIT)
