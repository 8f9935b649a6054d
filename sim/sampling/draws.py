"""Random variates of disputes, one vector per named stream, the same for all scenarios of a comparison."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from sim.sampling.contract import Int64
from sim.sampling.distributions import is_random, quantiles
from sim.sampling.streams import Streams
from sim.specification.schema.distributions import AnyDistribution

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

    def of_episode(self, episode: int) -> Self:
        """Return the draws of a further episode; those of episode 0 bear no mark, so that episodes move no draw."""
        return replace(self, episode=episode)

    def of_rows(self, rows: Int64) -> Self:
        """Return the same draws for the given rows of the undiminished disputes only."""
        return replace(self, rows=rows)

    def uniforms(self, name: str) -> Float64:
        """Return uniforms on [0, 1) of the named stream."""
        return self._picked([generator.random(count) for generator, count in self._sources(name)])

    def normals(self, name: str) -> Float64:
        """Return standard normals of the named stream."""
        return self._picked([generator.standard_normal(count) for generator, count in self._sources(name)])

    def exponentials(self, name: str) -> Float64:
        """Return exponentials of mean 1 of the named stream."""
        return self._picked([generator.standard_exponential(count) for generator, count in self._sources(name)])

    def quantities(self, distribution: AnyDistribution, name: str) -> Float64:
        """Return values of a distribution in its own unit, by inversion; a fixed value draws nothing."""
        if not is_random(distribution):
            return quantiles(distribution, np.zeros(self.count))
        return quantiles(distribution, self.uniforms(name))

    def quantities_by(self, distributions: Sequence[AnyDistribution], which: NDArray[np.integer], name: str) -> Float64:
        """Return values where row i follows distributions[which[i]]; 0 where `which` names none of them."""
        values = np.zeros(self.count)
        uniforms = self.uniforms(name) if any(is_random(d) for d in distributions) else values
        for index, distribution in enumerate(distributions):
            chosen = which == index
            values[chosen] = quantiles(distribution, uniforms[chosen])
        return values

    @property
    def count(self) -> int:
        """Length of every vector."""
        if self.rows is not None:
            return len(self.rows)
        return self.emerging_count + sum(count for _, count in self.shock_counts) + self.backlog_count

    def _sources(self, name: str) -> list[tuple[np.random.Generator, int]]:
        name = f"episode_{self.episode}/{name}" if self.episode else name
        shocks = [(f"shock/{shock_id}", count) for shock_id, count in self.shock_counts if count]
        backlog = [("backlog", self.backlog_count)] if self.backlog_count else []
        sources = [("emerging", self.emerging_count), *shocks, *backlog]
        return [(self.streams.generator(f"{source}/{name}"), count) for source, count in sources]

    def _picked(self, vectors: list[Float64]) -> Float64:
        vector = vectors[0] if len(vectors) == 1 else np.concatenate(vectors)
        return vector if self.rows is None else vector[self.rows]
