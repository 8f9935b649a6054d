"""Time that intervals spend in stretches of the time axis, by counting and cumulative sums, exact in whole seconds."""

import numpy as np
from numpy.typing import NDArray

from sim.jurisdiction.contract import Int64


def seconds_in_stretches(
    start_s: Int64, end_s: Int64, row: NDArray[np.integer], row_count: int, boundary_s: Int64
) -> Int64:
    """Return, for each row and each stretch between two boundaries, the summed overlap of the row's intervals.

    start_s, end_s, row: (n,), intervals [start, end); boundary_s: (B + 1,) not falling; result: int64 (row_count, B).
    Divided by a stretch's length it is the time-average number of intervals there.
    """
    before = _seconds_since(start_s, row, row_count, boundary_s) - _seconds_since(end_s, row, row_count, boundary_s)
    return np.diff(before, axis=1)


def _seconds_since(instant_s: Int64, row: NDArray[np.integer], row_count: int, boundary_s: Int64) -> Int64:
    """Sum of max(0, boundary - instant) over the instants of each row: int64 (row_count, B + 1)."""
    stretch_count = len(boundary_s)
    first_after = np.searchsorted(boundary_s, instant_s, side="left")
    reached = first_after < stretch_count
    cell = row[reached] * np.int64(stretch_count) + first_after[reached]
    size = row_count * stretch_count
    # Sums of whole seconds stay far below 2**53, so float weights are exact.
    count = np.bincount(cell, minlength=size).reshape(row_count, stretch_count)
    total = np.bincount(cell, weights=instant_s[reached], minlength=size).astype(np.int64)
    count, total = np.cumsum(count, axis=1), np.cumsum(total.reshape(row_count, stretch_count), axis=1)
    return boundary_s[np.newaxis, :] * count - total
