"""Keeps the memory that one replication gives back for the next, instead of fetching it from the system each time."""

import ctypes
import sys
from typing import Final

_MEBIBYTE: Final = 1 << 20

_OPTIONS: Final = (
    (-3, 32 * _MEBIBYTE),  # M_MMAP_THRESHOLD: smaller arrays come from the heap; glibc allows no more
    (-1, 256 * _MEBIBYTE),  # M_TRIM_THRESHOLD: so much stays in the heap when it is free
    (-2, 16 * _MEBIBYTE),  # M_TOP_PAD: the heap grows by so much at once
)
"""Options of `mallopt` (see its manual page) and their values."""


def keep_freed_memory() -> bool:
    """Tell the C library to keep freed memory, where it can be told (glibc, in all threads); return whether it was.

    Else a replication's arrays are handed back to the system at its end and fetched again page by page, which takes a
    fifth of the time of audits and measures. The process keeps what it once held at most, and 256 MiB at most of that.
    """
    if sys.platform != "linux":
        return False
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    return mallopt is not None and all(mallopt(option, value) == 1 for option, value in _OPTIONS)
