"""The core network on salabim: a component a dispute, resources, its own distributions.

With `yield` and without monitors on the resources, the faster of the ways its manual describes: without `yield` it
takes twice as long.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import salabim

from tests.benchmarks.network import (
    MEAN_GAP_HOURS,
    MEAN_HOURS,
    SESSIONS,
    SETTLED_PROB,
    TIER_POSTS,
    TIER_UNITS,
    path_of,
)
from tests.benchmarks.peers.answering import Account, Work, nothing_prepared, serve

salabim.yieldless(False)


@dataclass
class World:
    """The pools, the distributions, and what happened."""

    pools: list[list[salabim.Resource]]
    settled: list[int] = field(default_factory=lambda: [0] * len(TIER_UNITS))
    hours: float = 0.0

    def __post_init__(self) -> None:
        self.effort = [salabim.Exponential(mean) for mean in MEAN_HOURS]
        self.gap = salabim.Exponential(MEAN_GAP_HOURS)
        self.luck = salabim.Uniform(0, 1)
        self.home = salabim.IntUniform(0, TIER_UNITS[0] - 1)


class Dispute(salabim.Component):
    """Goes through three tiers of three sessions."""

    def setup(self, world: World) -> None:
        """Take note of where it lives."""
        self.world = world
        self.path = path_of(int(world.home.sample()))

    def process(self) -> Iterator[Any]:
        """Wait, meet, wait again, until it is settled or no tier is left."""
        world, arrived = self.world, self.env.now()
        for tier, unit in enumerate(self.path):
            pool = world.pools[tier][unit]
            for session in range(SESSIONS):
                if session:
                    yield self.hold(world.gap.sample())
                yield self.request(pool)
                yield self.hold(world.effort[tier].sample())
                self.release(pool)
                if world.luck.sample() < SETTLED_PROB:
                    world.settled[tier] += 1
                    world.hours += self.env.now() - arrived
                    return
        world.hours += self.env.now() - arrived


class Source(salabim.Component):
    """Lets disputes arrive as a Poisson process."""

    def setup(self, world: World, work: Work) -> None:
        """Take note of how many, and how often."""
        self.world, self.work = world, work

    def process(self) -> Iterator[Any]:
        """Let one after the other arrive."""
        between_arrivals = salabim.Exponential(self.work.hours / self.work.disputes)
        for _ in range(self.work.disputes):
            yield self.hold(between_arrivals.sample())
            Dispute(world=self.world)


def run(work: Work) -> World:
    """Run the network until every dispute has left."""
    env = salabim.Environment(trace=False, random_seed=work.seed)
    world = World(
        [
            [salabim.Resource(f"tier {tier}.", capacity=TIER_POSTS[tier], monitor=False) for _ in range(units)]
            for tier, units in enumerate(TIER_UNITS)
        ]
    )
    Source(world=world, work=work)
    env.run()
    return world


def account(work: Work, world: World) -> Account:
    """Return what was counted."""
    return Account(work.disputes, world.settled, world.hours / work.disputes)


if __name__ == "__main__":
    serve(f"salabim {salabim.__version__}", run, account, nothing_prepared)
