"""Can the figures be met together? Where they lie is compared with where the prior simulations lie."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.spatial import KDTree

from calibration.fit.local_regression import robust_scales

Array = npt.NDArray[np.float64]

CONFLICT_BELOW: Final = 0.005
"""Figures conflict if so small a part of the prior simulations, or less, is as lonely as they are."""
NEIGHBOUR: Final = 10
"""Loneliness is the distance to the neighbour of this rank: one stray simulation is no company."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Targets, by position and name, that cannot be met together by what the priors allow.

    One target alone: its figure lies outside what the priors can give. `tail_prob` is the part of the prior simulations
    that is at least as far from its neighbours.
    """

    positions: tuple[int, ...]
    names: tuple[str, ...]
    tail_prob: float


def tail_probability(statistics: Array, observed: Array) -> float:
    """Part of the rows of statistics (n, s), and the observed (s,), that is at least as lonely as the observed.

    Uniform if the observed were one row more: so small a value comes by chance as often as it says. The distances are
    Euclidean, in units of each statistic's robust spread, so the shape of the cloud may be any. ValueError if there are
    too few rows or a statistic is constant.
    """
    rows = len(statistics)
    if rows <= NEIGHBOUR:
        raise ValueError(f"{rows} rows cannot tell how far their neighbours are: more than {NEIGHBOUR} are needed")
    scales = robust_scales(statistics)
    tree = KDTree(statistics / scales)
    # A row is its own nearest neighbour, which the observed is not.
    among_rows = np.asarray(tree.query(tree.data, k=NEIGHBOUR + 1)[0])[:, -1]
    of_observed = float(np.asarray(tree.query(observed / scales, k=NEIGHBOUR)[0])[-1])
    return float((1 + np.sum(among_rows >= of_observed)) / (rows + 1))


def find_conflicts(statistics: Array, observed: Array, names: Sequence[str]) -> tuple[Conflict, ...]:
    """Return the smallest sets of targets that cannot be met together, none if all can be.

    `statistics` (n, s) are those of the prior simulations with the error of the targets added; `observed` (s,) and
    `names` (s,) belong to their columns. Sets are taken in increasing size; one that holds a conflict already found is
    passed over. Every set tested may be found at fault by chance, with a probability of CONFLICT_BELOW. Where one is
    found no regression may be trusted, since it would carry on beyond the simulations.
    """
    if statistics.shape[1:] != observed.shape or len(names) != len(observed):
        raise ValueError(f"{statistics.shape[1:]} statistics, {observed.shape} observed, {len(names)} names")
    found: list[Conflict] = []
    for positions in _sets(len(names)):
        if any(set(conflict.positions) <= set(positions) for conflict in found):
            continue
        columns = list(positions)
        tail = tail_probability(statistics[:, columns], observed[columns])
        if tail <= CONFLICT_BELOW:
            found.append(Conflict(positions, tuple(names[column] for column in columns), tail))
    return tuple(found)


def _sets(count: int) -> Iterator[tuple[int, ...]]:
    for size in range(1, count + 1):
        yield from combinations(range(count), size)
