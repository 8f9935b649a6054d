"""From real seconds to the whole seconds of the clock, and sums of instants that may never come."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.sampling.contract import Int64
from sim.vocabulary import NEVER_S

LONGEST_S: Final = NEVER_S // 4
"""Durations from here on are NEVER_S, so that a few of them can be added without leaving int64."""


def to_whole_seconds(seconds: NDArray[np.float64]) -> Int64:
    """Round non-negative seconds half to even, any shape; NEVER_S from LONGEST_S on (infinity included).

    They are rounded in their place: what is given is spent.
    """
    rounded = np.rint(seconds, out=seconds)
    if rounded.max(initial=0.0) < LONGEST_S:
        return rounded.astype(np.int64)
    whole: Int64 = np.minimum(rounded, float(LONGEST_S)).astype(np.int64)
    whole[whole >= LONGEST_S] = NEVER_S
    return whole


def after(instant_s: Int64, duration_s: Int64) -> Int64:
    """Return instant + duration, elementwise; NEVER_S where either is."""
    instant = instant_s + duration_s
    never = instant_s >= NEVER_S
    never |= duration_s >= NEVER_S
    np.putmask(instant, never, NEVER_S)
    return instant
