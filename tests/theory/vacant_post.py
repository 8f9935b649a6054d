"""M/M/1 whose post is given up and filled again, and never left in the middle of a session, as a Markov chain.

States are (post, cases): filled; finishing (given up during the session under way); empty. The post is given up at one
rate whatever it does; filled again while finishing, it simply stays. Compare White and Christie (1958), where a
breakdown interrupts.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Float64 = NDArray[np.float64]

_FILLED, _FINISHING, _EMPTY = range(3)
_MOST_CASES: Final = 300


@dataclass(frozen=True, slots=True)
class VacantPostQueue:
    """Stationary values: hours and shares of time."""

    mean_queue: float
    mean_wait: float
    wait_prob: float
    empty_share: float
    utilisation: float


def vacant_post_queue(per_hour: float, mean_hours: float, filled_hours: float, vacant_hours: float) -> VacantPostQueue:
    """Solve the chain, cut off at a number of cases that it practically never reaches."""
    share = _stationary(per_hour, 1 / mean_hours, 1 / filled_hours, 1 / vacant_hours)
    cases = np.arange(_MOST_CASES + 1)
    served = share[_FILLED, 1:].sum() + share[_FINISHING].sum()
    mean_queue = float((share * cases).sum() - served)
    empty = float(share[_EMPTY].sum())
    return VacantPostQueue(
        mean_queue=mean_queue,
        mean_wait=mean_queue / per_hour,
        wait_prob=float(1 - share[_FILLED, 0]),
        empty_share=empty,
        utilisation=float(served) / (1 - empty),
    )


def _stationary(arrive: float, serve: float, leave: float, find: float) -> Float64:
    """Stationary distribution over (post, cases)."""
    size = _MOST_CASES + 1

    def at(post: int, cases: int) -> int:
        return post * size + cases

    rate = np.zeros((3 * size, 3 * size))
    for n in range(size):
        if n < _MOST_CASES:
            for post in (_FILLED, _FINISHING, _EMPTY):
                rate[at(post, n), at(post, n + 1)] += arrive
        if n > 0:
            rate[at(_FILLED, n), at(_FILLED, n - 1)] += serve
            rate[at(_FINISHING, n), at(_EMPTY, n - 1)] += serve
            rate[at(_FINISHING, n), at(_FILLED, n)] += find
        rate[at(_FILLED, n), at(_FINISHING if n else _EMPTY, n)] += leave
        rate[at(_EMPTY, n), at(_FILLED, n)] += find
    # Nobody finishes without a case: that state is never entered and left at once.
    rate[at(_FINISHING, 0), at(_EMPTY, 0)] = 1.0
    balance = (rate - np.diag(rate.sum(axis=1))).T
    balance[-1] = 1.0
    total = np.zeros(3 * size)
    total[-1] = 1.0
    return np.asarray(np.linalg.solve(balance, total)).reshape(3, size)
