"""The core network as a plain SimPy program, written as SimPy's own documentation would write it."""

import random
from dataclasses import dataclass

import simpy

TIER_UNITS = (1772, 72, 1)
TIER_POSTS = (1, 1, 4)
MEAN_HOURS = (8.0, 12.0, 24.0)
MEAN_GAP_HOURS = 72.0
SESSIONS = 3
SETTLED_PROB = 0.31002551887238755
"""The logistic function of the benchmark scenario's ability, −0.8."""


@dataclass(frozen=True)
class Clocks:
    """What ends a case early, in hours."""

    patience_mean: float
    incident_mean: float
    deadline: float


def dispute(
    env: simpy.Environment, pools: list[list[simpy.Resource]], path: list[int]
) -> simpy.events.ProcessGenerator:
    """Lead a dispute through three tiers of three sessions."""
    for tier, unit in enumerate(path):
        for session in range(SESSIONS):
            if session:
                yield env.timeout(random.expovariate(1 / MEAN_GAP_HOURS))
            with pools[tier][unit].request() as request:
                yield request
                yield env.timeout(random.expovariate(1 / MEAN_HOURS[tier]))
            if random.random() < SETTLED_PROB:
                return


def dispute_with_clocks(
    env: simpy.Environment, pools: list[list[simpy.Resource]], path: list[int], clocks: Clocks
) -> simpy.events.ProcessGenerator:
    """Lead a dispute through the tiers; it can leave a queue or a gap, and a tier has a deadline."""
    patience_ends = env.now + random.expovariate(1 / clocks.patience_mean)
    incident_at = env.now + random.expovariate(1 / clocks.incident_mean)
    for tier, unit in enumerate(path):
        due = env.now + clocks.deadline
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
                            return
            if env.now >= min(patience_ends, incident_at):
                return
            if env.now >= due:
                break


def source(
    env: simpy.Environment, pools: list[list[simpy.Resource]], disputes: int, hours: float, clocks: Clocks | None
) -> simpy.events.ProcessGenerator:
    """Let disputes arrive as a Poisson process."""
    for _ in range(disputes):
        yield env.timeout(random.expovariate(disputes / hours))
        group = random.randrange(TIER_UNITS[0])
        path = [group, group * TIER_UNITS[1] // TIER_UNITS[0], 0]
        if clocks is None:
            env.process(dispute(env, pools, path))
        else:
            env.process(dispute_with_clocks(env, pools, path, clocks))


def run(disputes: int, hours: float, clocks: Clocks | None = None, seed: int = 1) -> float:
    """Run the network until every dispute has left; return the last second in hours."""
    random.seed(seed)
    env = simpy.Environment()
    pools = [
        [simpy.Resource(env, capacity=posts) for _ in range(units)]
        for units, posts in zip(TIER_UNITS, TIER_POSTS, strict=True)
    ]
    env.process(source(env, pools, disputes, hours, clocks))
    env.run()
    return float(env.now)
