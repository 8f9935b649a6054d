"""The core network on Ciw: a node a pool, one more with endless servers for the gaps, process-based routing.

Ciw looks through all its nodes for each next event, which 1,846 nodes make slow. It has no end of a stream of arrivals:
it stops when so many have left, and counts those alone.
"""

import random
from typing import Any

import ciw

from tests.benchmarks.network import (
    DISPUTES_PER_YEAR,
    HOURS_PER_YEAR,
    MEAN_GAP_HOURS,
    MEAN_HOURS,
    SESSIONS,
    SETTLED_PROB,
    TIER_POSTS,
    TIER_UNITS,
    path_of,
)
from tests.benchmarks.peers.answering import Account, Work, nothing_prepared, serve

FIRST_NODE = (1, 1 + TIER_UNITS[0], 1 + TIER_UNITS[0] + TIER_UNITS[1])
GAP_NODE = 1 + sum(TIER_UNITS)


def route(individual: Any, _: Any) -> list[int]:
    """Draw where a dispute goes, when it arrives at the node of its group."""
    nodes: list[int] = []
    individual.settled_at = None
    for tier, unit in enumerate(path_of(individual.starting_node - 1)):
        for session in range(SESSIONS):
            if session:
                nodes.append(GAP_NODE)
            nodes.append(FIRST_NODE[tier] + unit)
            if random.random() < SETTLED_PROB:
                individual.settled_at = tier
                return nodes
    return nodes


def network() -> Any:
    """Describe the network."""
    pools = [tier for tier, units in enumerate(TIER_UNITS) for _ in range(units)]
    per_group = DISPUTES_PER_YEAR / HOURS_PER_YEAR / TIER_UNITS[0]
    return ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(rate=per_group) if tier == 0 else None for tier in pools] + [None],
        service_distributions=[
            *(ciw.dists.Exponential(rate=1 / MEAN_HOURS[tier]) for tier in pools),
            ciw.dists.Exponential(rate=1 / MEAN_GAP_HOURS),
        ],
        number_of_servers=[TIER_POSTS[tier] for tier in pools] + [float("inf")],
        routing=ciw.routing.ProcessBased(route),
    )


def run(work: Work) -> Any:
    """Run the network until so many disputes have left."""
    ciw.seed(work.seed)
    simulation = ciw.Simulation(NETWORK)
    simulation.simulate_until_max_customers(work.disputes, method="Finish")
    return simulation


def account(_: Work, simulation: Any) -> Account:
    """Count those that left, and read their records."""
    left = simulation.nodes[-1].all_individuals
    settled = [sum(individual.settled_at == tier for individual in left) for tier in range(len(TIER_UNITS))]
    hours = sum(individual.data_records[-1].exit_date - individual.data_records[0].arrival_date for individual in left)
    return Account(len(left), settled, hours / len(left))


if __name__ == "__main__":
    NETWORK = network()
    serve(f"Ciw {ciw.__version__}", run, account, nothing_prepared)
