"""The core network on Cimba's Python binding: a model of pools, and a spawned model a dispute.

`cimba_binding 8` runs eight replications at once on one thread and reports the time of each: what a run costs beside
its replications is shared among them. The first run of a process compiles the model.
"""

import sys
from typing import Any

import cimba as cb
from cimba import random

from tests.benchmarks.network import MEAN_GAP_HOURS, MEAN_HOURS, SESSIONS, SETTLED_PROB, TIER_POSTS, TIER_UNITS
from tests.benchmarks.peers.answering import Account, Work, serve

GROUPS, VILLAGES = TIER_UNITS[0], TIER_UNITS[1]
TIERS = len(TIER_UNITS)


class Pool(cb.Model):
    """The staff of one unit."""

    posts: cb.Resource
    mean_hours: cb.Param[float]


class Network(cb.Model):
    """The pools of all tiers, and what happened."""

    disputes: cb.Param[int]
    hours_between: cb.Param[float]
    groups: list[Pool]
    villages: list[Pool]
    counties: list[Pool]
    settled_at_group: cb.Output[int]
    settled_at_village: cb.Output[int]
    settled_at_county: cb.Output[int]
    total_hours: float = 0.0
    hours: cb.Output[float]

    @cb.process
    def arrivals(self) -> None:
        """Let disputes arrive as a Poisson process."""
        for _ in range(self.disputes):
            cb.hold(random.exponential(self.hours_between))
            cb.spawn(Dispute, network=self, group=random.dice(0, GROUPS - 1))

    @cb.on_end
    def measure(self) -> None:
        """Keep the sum."""
        self.hours = self.total_hours


class Dispute(cb.Model):
    """Goes through three tiers of three sessions."""

    network: cb.Ref[Network]
    group: int

    @cb.process
    def life(self) -> None:
        """Wait, meet, wait again, until it is settled or no tier is left."""
        arrived = cb.now()
        network = self.network
        for tier in range(TIERS):
            if tier == 0:
                pool = network.groups[self.group]
            elif tier == 1:
                pool = network.villages[self.group * VILLAGES // GROUPS]
            else:
                pool = network.counties[0]
            for session in range(SESSIONS):
                if session > 0:
                    cb.hold(random.exponential(MEAN_GAP_HOURS))
                pool.posts.acquire()
                cb.hold(random.exponential(pool.mean_hours))
                pool.posts.release()
                if random.bernoulli(SETTLED_PROB):
                    if tier == 0:
                        network.settled_at_group += 1
                    elif tier == 1:
                        network.settled_at_village += 1
                    else:
                        network.settled_at_county += 1
                    network.total_hours += cb.now() - arrived
                    return
        network.total_hours += cb.now() - arrived


def pools(tier: int) -> list[Pool]:
    """Return the pools of a tier."""
    made = []
    for _ in range(TIER_UNITS[tier]):
        pool = Pool()
        pool.posts = cb.Resource(capacity=TIER_POSTS[tier])
        pool.mean_hours = MEAN_HOURS[tier]
        made.append(pool)
    return made


def experiment(work: Work) -> tuple[Any, Network]:
    """Describe the network and its replications."""
    network = Network()
    network.disputes = work.disputes
    network.hours_between = work.hours / work.disputes
    network.groups, network.villages, network.counties = pools(0), pools(1), pools(2)
    window = cb.Window.until_idle()
    return cb.Experiment(network, replications=REPLICATIONS, window=window, seed=work.seed), network


def run(described: tuple[Any, Network]) -> Any:
    """Run all replications on one thread."""
    return described[0].run(workers=1)[described[1]]


def account(work: Work, results: Any) -> Account:
    """Read the first replication's results."""
    settled = [results.settled_at_group, results.settled_at_village, results.settled_at_county]
    return Account(work.disputes, [int(count[0, 0]) for count in settled], float(results.hours[0, 0]) / work.disputes)


if __name__ == "__main__":
    REPLICATIONS = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    serve(f"cimba {cb.__version__}, engine {cb.engine_version()}", run, account, experiment, runs_at_once=REPLICATIONS)
