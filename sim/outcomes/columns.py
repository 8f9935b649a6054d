"""Reading columns of whole tables: codes, cells of a wide table, the order of intervals, quantiles; in few passes."""

from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.jurisdiction.contract import Int32, Int64
from sim.vocabulary import NEVER_S

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


def in_turn(from_s: Int64, until_s: Int64) -> Int64:
    """Return the order of intervals by their start, not negative, then by their end: int64 (n,)."""
    count = len(from_s)
    if int(from_s.max(initial=0)) < NEVER_S // max(count, 1):
        # The row rides along: sorting numbers is much faster than sorting rows by them.
        ranked = np.sort(from_s * count + np.arange(count))
        starts = ranked // max(count, 1)
        if not bool((starts[1:] == starts[:-1]).any()):
            return np.asarray(ranked - starts * count)
    return np.lexsort((until_s, from_s))


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
