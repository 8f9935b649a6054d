"""Queues without a closed formula, as Markov chains solved to the last digit; nothing here knows of the simulator.

Times are in any one unit; service is exponential.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from scipy.sparse import csc_matrix
from scipy.sparse.linalg import spsolve

State = TypeVar("State", bound=Hashable)

_LONGEST_QUEUE = 400
_LONGEST_QUEUE_OF_TWO = 70
"""Queues so long have a probability far below one rounding at the loads of these tests."""


def stationary(start: State, moves: Callable[[State], Iterable[tuple[State, float]]]) -> Mapping[State, float]:
    """Return the probabilities of the states of a finite irreducible chain; `moves` gives next states and rates."""
    found, reached = {start: 0}, [start]
    entries: list[tuple[int, int, float]] = []
    for state in reached:
        for after, rate in moves(state):
            if after not in found:
                found[after] = len(reached)
                reached.append(after)
            here, there = found[state], found[after]
            entries += [(there, here, rate), (here, here, -rate)]
    rows, columns, rates = zip(*entries, strict=True)
    balance = csc_matrix((rates, (rows, columns)), shape=(len(reached), len(reached))).tolil()
    # The balance equations follow from each other: one makes way for the sum of all probabilities.
    balance[0, :] = 1.0
    total = np.zeros(len(reached))
    total[0] = 1.0
    return dict(zip(reached, spsolve(balance.tocsc(), total).tolist(), strict=True))


@dataclass(frozen=True, slots=True)
class ReferralQueue:
    """M/M/c that turns arrivals away with some probability while so many wait."""

    mean_queue: float
    mean_wait: float
    """Of those who join, those who need not wait included."""
    referred_share: float
    busy_servers: float


def mmc_with_referral(
    arrival_rate: float, mean_service: float, servers: int, refer_at_waiting: int, refer_prob: float
) -> ReferralQueue:
    """Return the queue of a tier that refers by load, from its birth and death chain (Kleinrock 1975, section 3.1)."""

    def joining_rate(present: int) -> float:
        return arrival_rate * (1.0 - refer_prob * (present - servers >= refer_at_waiting))

    def moves(present: int) -> Iterable[tuple[int, float]]:
        if present < servers + _LONGEST_QUEUE and joining_rate(present) > 0:
            yield present + 1, joining_rate(present)
        if present > 0:
            yield present - 1, min(present, servers) / mean_service

    prob = stationary(0, moves)
    joining = sum(p * joining_rate(present) for present, p in prob.items())
    queue = sum(p * max(present - servers, 0) for present, p in prob.items())
    busy = sum(p * min(present, servers) for present, p in prob.items())
    return ReferralQueue(queue, queue / joining, 1.0 - joining / arrival_rate, busy)


@dataclass(frozen=True, slots=True)
class _Desk:
    """Specialists of the first and of the second kind at work, those who can do both, and who waits for what."""

    first: int = 0
    second: int = 0
    both: int = 0
    first_waiting: int = 0
    second_waiting: int = 0


def two_skills_mean_waits(
    arrival_rates: tuple[float, float], mean_service: float, specialists: tuple[int, int], of_both: int
) -> tuple[float, float]:
    """Return the mean waits of two kinds of case served by specialists first, and by staff with both skills else.

    Who has both skills takes the first kind first. One mean of service, so that it does not matter whom they serve.
    """

    def moves(desk: _Desk) -> Iterable[tuple[_Desk, float]]:
        yield from _arrivals(desk, arrival_rates, specialists, of_both)
        yield from ((after, at_work / mean_service) for after, at_work in _ends(desk) if at_work)

    prob = stationary(_Desk(), moves)
    first = sum(p * desk.first_waiting for desk, p in prob.items())
    second = sum(p * desk.second_waiting for desk, p in prob.items())
    return first / arrival_rates[0], second / arrival_rates[1]


def _arrivals(
    desk: _Desk, rates: tuple[float, float], specialists: tuple[int, int], of_both: int
) -> Iterable[tuple[_Desk, float]]:
    f, s, b, fw, sw = desk.first, desk.second, desk.both, desk.first_waiting, desk.second_waiting
    if f < specialists[0]:
        yield _Desk(f + 1, s, b, fw, sw), rates[0]
    elif b < of_both:
        yield _Desk(f, s, b + 1, fw, sw), rates[0]
    elif fw < _LONGEST_QUEUE_OF_TWO:
        yield _Desk(f, s, b, fw + 1, sw), rates[0]
    if s < specialists[1]:
        yield _Desk(f, s + 1, b, fw, sw), rates[1]
    elif b < of_both:
        yield _Desk(f, s, b + 1, fw, sw), rates[1]
    elif sw < _LONGEST_QUEUE_OF_TWO:
        yield _Desk(f, s, b, fw, sw + 1), rates[1]


def _ends(desk: _Desk) -> Iterable[tuple[_Desk, int]]:
    """What a session's end leads to, and at how many posts it can be."""
    f, s, b, fw, sw = desk.first, desk.second, desk.both, desk.first_waiting, desk.second_waiting
    yield (_Desk(f, s, b, fw - 1, sw) if fw else _Desk(f - 1, s, b, fw, sw)), f
    yield (_Desk(f, s, b, fw, sw - 1) if sw else _Desk(f, s - 1, b, fw, sw)), s
    if fw:
        yield _Desk(f, s, b, fw - 1, sw), b
    elif sw:
        yield _Desk(f, s, b, fw, sw - 1), b
    else:
        yield _Desk(f, s, b - 1, fw, sw), b
