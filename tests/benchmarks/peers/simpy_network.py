"""The core network as a plain SimPy program, written as SimPy's own documentation would write it.

`simpy_network clocks` lets a dispute leave a queue or a gap, and gives each tier a deadline.
"""

import random
import sys
from dataclasses import dataclass, field

import simpy

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


@dataclass(frozen=True)
class Clocks:
    """What ends a case early, in hours."""

    patience_mean: float
    incident_mean: float
    deadline: float


CLOCKS = Clocks(patience_mean=200 * 24.0, incident_mean=5 * 8_760.0, deadline=20.5 * 24.0)
"""As in core_network_clocks.yaml; a deadline ends at midnight, half a day later on average."""


@dataclass
class Seen:
    """What happened."""

    settled: list[int] = field(default_factory=lambda: [0] * len(TIER_UNITS))
    hours: float = 0.0


def dispute(
    env: simpy.Environment, pools: list[list[simpy.Resource]], path: tuple[int, ...], seen: Seen
) -> simpy.events.ProcessGenerator:
    """Lead a dispute through three tiers of three sessions."""
    arrived = env.now
    for tier, unit in enumerate(path):
        for session in range(SESSIONS):
            if session:
                yield env.timeout(random.expovariate(1 / MEAN_GAP_HOURS))
            with pools[tier][unit].request() as request:
                yield request
                yield env.timeout(random.expovariate(1 / MEAN_HOURS[tier]))
            if random.random() < SETTLED_PROB:
                seen.settled[tier] += 1
                seen.hours += env.now - arrived
                return
    seen.hours += env.now - arrived


def dispute_with_clocks(
    env: simpy.Environment, pools: list[list[simpy.Resource]], path: tuple[int, ...], seen: Seen
) -> simpy.events.ProcessGenerator:
    """Lead a dispute through the tiers; it can leave a queue or a gap, and a tier has a deadline."""
    arrived = env.now
    patience_ends = env.now + random.expovariate(1 / CLOCKS.patience_mean)
    incident_at = env.now + random.expovariate(1 / CLOCKS.incident_mean)
    for tier, unit in enumerate(path):
        due = env.now + CLOCKS.deadline
        for session in range(SESSIONS):
            leaves_at = min(patience_ends, incident_at, due)
            if session:
                gap = random.expovariate(1 / MEAN_GAP_HOURS)
                yield env.timeout(max(0.0, min(gap, leaves_at - env.now)))
            if env.now < leaves_at:
                with pools[tier][unit].request() as request:
                    result = yield request | env.timeout(leaves_at - env.now)
                    if request in result:
                        yield env.timeout(random.expovariate(1 / MEAN_HOURS[tier]))
                        if random.random() < SETTLED_PROB:
                            seen.settled[tier] += 1
                            seen.hours += env.now - arrived
                            return
            if env.now >= min(patience_ends, incident_at):
                seen.hours += env.now - arrived
                return
            if env.now >= due:
                break
    seen.hours += env.now - arrived


def source(
    env: simpy.Environment, pools: list[list[simpy.Resource]], work: Work, seen: Seen, *, clocks: bool
) -> simpy.events.ProcessGenerator:
    """Let disputes arrive as a Poisson process."""
    life = dispute_with_clocks if clocks else dispute
    for _ in range(work.disputes):
        yield env.timeout(random.expovariate(work.disputes / work.hours))
        env.process(life(env, pools, path_of(random.randrange(TIER_UNITS[0])), seen))


def run(work: Work, *, clocks: bool) -> Seen:
    """Run the network until every dispute has left."""
    random.seed(work.seed)
    env = simpy.Environment()
    pools = [
        [simpy.Resource(env, capacity=posts) for _ in range(units)]
        for units, posts in zip(TIER_UNITS, TIER_POSTS, strict=True)
    ]
    seen = Seen()
    env.process(source(env, pools, work, seen, clocks=clocks))
    env.run()
    return seen


def account(work: Work, seen: Seen) -> Account:
    """Return what was counted."""
    return Account(work.disputes, seen.settled, seen.hours / work.disputes)


if __name__ == "__main__":
    with_clocks = "clocks" in sys.argv
    serve(f"SimPy {simpy.__version__}", lambda work: run(work, clocks=with_clocks), account, nothing_prepared)
