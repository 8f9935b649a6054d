"""The core network on simulsi: a generator a dispute, resources, named streams.

It keeps no single values, no series and no histories, as its own benchmarks do; with them it takes a third longer.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any

from simulsi import Simulation
from simulsi.randomness import Exponential

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


@dataclass
class Seen:
    """What happened."""

    settled: list[int] = field(default_factory=lambda: [0] * len(TIER_UNITS))
    hours: float = 0.0


def run(work: Work) -> Seen:
    """Run the network until every dispute has left."""
    sim = Simulation(seed=work.seed, keep_values=False, record_series=False, keep_entity_history=False)
    pools = [
        [sim.resource(f"tier_{tier}_unit_{unit}", capacity=TIER_POSTS[tier]) for unit in range(units)]
        for tier, units in enumerate(TIER_UNITS)
    ]
    arrivals, efforts, gaps, luck = (sim.stream(name) for name in ("arrivals", "efforts", "gaps", "luck"))
    between_arrivals, gap = Exponential(mean=work.hours / work.disputes), Exponential(mean=MEAN_GAP_HOURS)
    effort = [Exponential(mean=mean) for mean in MEAN_HOURS]
    seen = Seen()

    def dispute(sim: Any, path: tuple[int, ...]) -> Iterator[Any]:
        arrived = sim.now
        for tier, unit in enumerate(path):
            pool = pools[tier][unit]
            for session in range(SESSIONS):
                if session:
                    yield gap.sample(gaps)
                yield sim.request(pool)
                yield effort[tier].sample(efforts)
                sim.release(pool)
                if luck.random() < SETTLED_PROB:
                    seen.settled[tier] += 1
                    seen.hours += sim.now - arrived
                    return
        seen.hours += sim.now - arrived

    def source(sim: Any) -> Iterator[Any]:
        for _ in range(work.disputes):
            yield between_arrivals.sample(arrivals)
            sim.process(dispute(sim, path_of(int(luck.integers(0, TIER_UNITS[0])))))

    sim.process(source(sim))
    sim.run()
    return seen


def account(work: Work, seen: Seen) -> Account:
    """Return what was counted."""
    return Account(work.disputes, seen.settled, seen.hours / work.disputes)


if __name__ == "__main__":
    serve(f"simulsi {version('simulsi')}", run, account, nothing_prepared)
