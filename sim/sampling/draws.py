"""Random variates of disputes, one vector per named stream, the same for all scenarios of a comparison."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from sim.sampling.contract import Int64
from sim.sampling.distributions import is_random, quantiles, unit_exponential
from sim.sampling.quantities import Quantities, values_of
from sim.sampling.streams import Streams
from sim.specification.schema.distributions import AnyDistribution, Exponential

Float64 = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Draws:
    """Variates of every dispute, by name of the chance they decide; nothing in them depends on a policy.

    A vector is drawn over all disputes that emerge as usual, then over those of each shock (its id and their number),
    then over the opening backlog, each under an address of its own, so that none moves a draw of the others; `rows`
    (rising, or None for all) picks those still of interest afterwards.
    """

    streams: Streams
    emerging_count: int
    backlog_count: int
    rows: Int64 | None = None
    shock_counts: tuple[tuple[str, int], ...] = ()
    episode: int = 0
    _sources: tuple[tuple[str, slice], ...] = field(init=False, repr=False, compare=False)
    _drawn_count: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Work out, once for all names, what stands before a name and what is drawn where."""
        sources, first = [], 0
        for source, count in self._needed_counts():
            sources.append((f"{source}/{marked('', self.episode)}", slice(first, first + count)))
            first += count
        object.__setattr__(self, "_sources", tuple(sources))
        object.__setattr__(self, "_drawn_count", first)

    def of_episode(self, episode: int) -> "Draws":
        """Return the draws of a further episode; those of episode 0 bear no mark, so that episodes move no draw."""
        return Draws(self.streams, self.emerging_count, self.backlog_count, self.rows, self.shock_counts, episode)

    def of_rows(self, rows: Int64) -> "Draws":
        """Return the same draws for the given rows of the undiminished disputes only."""
        return Draws(self.streams, self.emerging_count, self.backlog_count, rows, self.shock_counts, self.episode)

    def of_places(self, places: Int64) -> "Draws":
        """Return the same draws for some of the rows only, by their places (rising) among them."""
        return self.of_rows(places if self.rows is None else self.rows.take(places))

    def uniforms(self, name: str) -> Float64:
        """Return uniforms on [0, 1) of the named stream."""
        return np.asarray(self.uniforms_of([name])[0])

    def normals(self, name: str) -> Float64:
        """Return standard normals of the named stream."""
        return np.asarray(self.normals_of([name])[0])

    def exponentials(self, name: str) -> Float64:
        """Return exponentials of mean 1 of the named stream."""
        return np.asarray(self._vectors([name], Generator.standard_exponential)[0])

    def uniforms_of(self, names: Sequence[str]) -> Float64:
        """Return uniforms on [0, 1) of each named stream, (names, N)."""
        return self._vectors(names, Generator.random)

    def normals_of(self, names: Sequence[str]) -> Float64:
        """Return standard normals of each named stream, (names, N)."""
        return self._vectors(names, Generator.standard_normal)

    def quantities(self, distribution: AnyDistribution, name: str) -> Float64:
        """Return values of a distribution in its own unit, by inversion; a fixed value draws nothing."""
        row = self._vectors([name if is_random(distribution) else None], Generator.random)
        values_of(distribution)(row)
        return np.asarray(row[0])

    def quantities_of(self, quantities: Quantities) -> Float64:
        """Return values of each quantity, drawn at its name, (names, N)."""
        return quantities.at(self._vectors(quantities.names, Generator.random))

    def quantities_by(self, distributions: Sequence[AnyDistribution], which: NDArray[np.integer], name: str) -> Float64:
        """Return values where row i follows distributions[which[i]]; 0 where `which` names none of them."""
        values = np.zeros(self.count)
        uniforms = self.uniforms(name) if any(is_random(d) for d in distributions) else values
        exponential = [d for d in distributions if isinstance(d, Exponential)]
        if len(exponential) == len(distributions):
            means = np.array([*(d.mean for d in exponential), 0.0])
            return means.take(which, mode="wrap") * unit_exponential(uniforms)
        for index, distribution in enumerate(distributions):
            chosen = np.flatnonzero(which == index)
            values[chosen] = quantiles(distribution, uniforms[chosen])
        return values

    @property
    def count(self) -> int:
        """Length of every vector."""
        return self._undiminished if self.rows is None else len(self.rows)

    @property
    def _undiminished(self) -> int:
        return self.emerging_count + sum(count for _, count in self.shock_counts) + self.backlog_count

    def _vectors(self, names: Sequence[str | None], draw: Callable[..., object]) -> Float64:
        """Draw a vector for each name; zeros for none."""
        vectors, picks = np.empty((len(names), self.count)), self.count < self._drawn_count
        drawn = np.empty(self._drawn_count) if picks else None
        for vector, name in zip(vectors, names, strict=True):
            if name is None:
                vector.fill(0.0)
                continue
            into = vector if drawn is None else drawn
            for source, part in self._sources:
                draw(self.streams.generator(source + name), out=into[part])
            if drawn is not None and self.rows is not None:
                # Unlike the usual way, "clip" writes without a copy in between; no row is out of bounds.
                drawn.take(self.rows, out=vector, mode="clip")
        return vectors

    def _needed_counts(self) -> list[tuple[str, int]]:
        """Sources of disputes and how many of each to draw: up to the last that is of interest."""
        counts = [("emerging", self.emerging_count)]
        counts += [(f"shock/{shock_id}", count) for shock_id, count in self.shock_counts if count]
        counts += [("backlog", self.backlog_count)] if self.backlog_count else []
        if len(counts) == 1 and self.rows is not None:
            return [("emerging", int(self.rows[-1]) + 1 if len(self.rows) else 0)]
        return counts


def marked(name: str, episode: int) -> str:
    """Return the name of a draw of an episode; the first bears no mark."""
    return f"episode_{episode}/{name}" if episode else name
