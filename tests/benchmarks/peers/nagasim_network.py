"""The core network on nagasim: a model of blocks, built once; a station and a process block for each pool.

A dispute follows the routing of its group, as in nagasim's own model of a job shop. The run ends at a given hour, not
after a given number of disputes; those under way then are left out of the account. Logs are off, and of its series of
1,845 queues it takes one point.
"""

from importlib.metadata import version
from typing import Any

from nagasim import api
from nagasim import build as nb

from tests.benchmarks.network import MEAN_GAP_HOURS, MEAN_HOURS, SESSIONS, SETTLED_PROB, TIER_POSTS, TIER_UNITS, path_of
from tests.benchmarks.peers.answering import Account, Work, serve

TIERS = ("group", "village", "county")


def document(work: Work) -> dict[str, Any]:
    """Describe the network; a gap lies between two visits to one station."""
    model = nb.Model(time_limit=work.hours, replications=1, record_logs=False, timeseries_points=1)
    model.add_schedule(name="emergence", kind="arrival", points=[[1e9, work.disputes / work.hours / TIER_UNITS[0]]])
    gap = f"EXPO({MEAN_GAP_HOURS}) if from_station == to_station else 0"
    route = model.route("route", dist_params={"value": gap})
    for tier, name in enumerate(TIERS):
        test = model.decide(f"test_{name}", mode="Chance", probs=[SETTLED_PROB])
        test >> model.dispose(f"settled_{name}")
        test >> route
        for unit in range(TIER_UNITS[tier]):
            pool = f"{name}_{unit}"
            model.add_resource(name=pool, capacity=TIER_POSTS[tier])
            effort = nb.Exponential(rate=1 / MEAN_HOURS[tier])
            session = model.process(f"session_{pool}", resource_name=pool, distribution=effort)
            model.station(pool) >> session
            session >> test
    for group in range(TIER_UNITS[0]):
        steps = [{"station": f"{TIERS[tier]}_{unit}"} for tier, unit in enumerate(path_of(group))]
        model.add_sequence(name=f"path_{group}", steps=[step for step in steps for _ in range(SESSIONS)])
        source = model.create(
            f"emerge_{group}", arrival_mode="Schedule", schedule_name="emergence", sequence=f"path_{group}"
        )
        source >> route
    route >> model.dispose("handed_out")
    described: dict[str, Any] = model.to_dict()
    return described


def described_for(work: Work) -> tuple[dict[str, Any], int]:
    """Describe the network of a run, and note its seed."""
    return document(work), work.seed


def run(described: tuple[dict[str, Any], int]) -> Any:
    """Run the model once."""
    model, seed = described
    return api.run_model(model, seed=seed, record_logs=False)


def account(_: Work, results: Any) -> Account:
    """Read the frames of results."""
    flow = results["material_flow_summary"].set_index("To")["Entities"]
    system = results["system"].set_index("Metric")["Value"]
    settled = [int(flow.get(f"settled_{name}", 0)) for name in TIERS]
    return Account(int(system["Total Entities Created"]), settled, float(system["Avg Throughput Time"]))


if __name__ == "__main__":
    serve(f"nagasim {version('nagasim')}", run, account, described_for)
