"""Random quantities side by side: what can be known of their distributions before anything is drawn."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from sim.protocol.made_once import made_once
from sim.sampling.distributions import exponential_in_place, log_variance_of, lognormal_in_place, quantiles
from sim.specification.schema.distributions import AnyDistribution, Deterministic, Exponential, Lognormal

Float64 = NDArray[np.float64]

_InPlace = Callable[[Float64], object]
"""Puts values in the place of probabilities, (rows, N)."""


@dataclass(frozen=True, slots=True, eq=False)
class Quantities:
    """Quantities that are drawn together, a row each.

    names: of their streams, None for a fixed value, which draws nothing; runs: neighbouring rows of one kind and what
    turns their probabilities into values.
    """

    names: tuple[str | None, ...]
    runs: tuple[tuple[slice, _InPlace], ...]

    @classmethod
    def of(cls, named: Sequence[tuple[AnyDistribution, str]]) -> "Quantities":
        """Return the quantities of the given distributions, each drawn at its name."""
        runs, first = [], 0
        for kind, neighbours in groupby((distribution for distribution, _ in named), key=_kind):
            alike = list(neighbours)
            runs.append((slice(first, first + len(alike)), _IN_PLACE[kind](alike)))
            first += len(alike)
        names = tuple(None if isinstance(distribution, Deterministic) else name for distribution, name in named)
        return cls(names, tuple(runs))

    def at(self, probabilities: Float64) -> Float64:
        """Return the values at the given probabilities in [0, 1), (rows, N), in place of these."""
        for rows, put_values in self.runs:
            put_values(probabilities[rows])
        return probabilities


@made_once
def values_of(distribution: AnyDistribution) -> _InPlace:
    """Return what puts the values of a distribution in the place of probabilities, (1, N)."""
    return _IN_PLACE[_kind(distribution)]([distribution])


def _kind(distribution: AnyDistribution) -> type[AnyDistribution] | None:
    return next((kind for kind in (Deterministic, Exponential, Lognormal) if isinstance(distribution, kind)), None)


def _fixed(alike: Sequence[Deterministic]) -> _InPlace:
    means = _column([distribution.mean for distribution in alike])
    return lambda rows: np.copyto(rows, means)


def _exponential(alike: Sequence[Exponential]) -> _InPlace:
    means = _column([distribution.mean for distribution in alike])
    return lambda rows: exponential_in_place(rows, means)


def _lognormal(alike: Sequence[Lognormal]) -> _InPlace:
    log_variances = _column([log_variance_of(distribution) for distribution in alike])
    means = _column([distribution.mean for distribution in alike])
    return lambda rows: lognormal_in_place(rows, log_variances, means)


def _any_kind(alike: Sequence[AnyDistribution]) -> _InPlace:
    def put_values(rows: Float64) -> None:
        for distribution, row in zip(alike, rows, strict=True):
            row[:] = quantiles(distribution, row)

    return put_values


_IN_PLACE: dict[type[AnyDistribution] | None, Callable[..., _InPlace]] = {
    Deterministic: _fixed,
    Exponential: _exponential,
    Lognormal: _lognormal,
    None: _any_kind,
}


def _column(values: Sequence[float]) -> Float64:
    return np.array(values, dtype=np.float64)[:, np.newaxis]
