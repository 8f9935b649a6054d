"""Reading columns of whole tables: codes among several, cells of a wide table, quantiles; each in few passes."""

from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.jurisdiction.contract import Int32, Int64

Mask = NDArray[np.bool_]
Number = TypeVar("Number", bound=np.generic)


def among(codes: NDArray[np.integer], *members: int) -> Mask:
    """Say of each code whether it is one of some members of its enumeration: bool, shape of `codes`."""
    # As plain int: beside a member of an IntEnum, NumPy would widen the whole column first.
    found: Mask = codes == int(members[0])
    for member in members[1:]:
        found |= codes == int(member)
    return found


def rows_of(mask: NDArray[Any]) -> Int64:
    """Return the rows at which a mask is true, or a number not 0, in order: int64 (n,)."""
    return mask.nonzero()[0]


def cells(table: NDArray[Number], row: Int32 | Int64, column: Int64) -> NDArray[Number]:
    """Return the cells (row, column) of a table (N, C) in either order of memory: (n,)."""
    count, width = table.shape
    if table.flags.f_contiguous:
        found: NDArray[Number] = table.T.reshape(-1).take(column * count + row)
    else:
        found = table.reshape(-1).take(row * width + column)
    return found


def percentile_90(amount: Int64) -> float:
    """Return what `np.quantile(amount, 0.9)` does, to the last bit; NaN of nothing."""
    if not len(amount):
        return float("nan")
    place = (len(amount) - 1) * 0.9
    below = int(place)
    above = min(below + 1, len(amount) - 1)
    ranked = np.partition(amount, (below, above))
    low, high, share = int(ranked[below]), int(ranked[above]), place - below
    return high - (high - low) * (1 - share) if share >= 0.5 else low + (high - low) * share
