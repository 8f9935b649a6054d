"""Times the SimPy engine against a plain SimPy program of the same network: `make bench`.

Prints ratios of processor time, medians over pairs that alternate in one run: the engine alone, and with the sampling
of all draws counted, as the plain program draws too.
"""

import gc
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from sim.engine.simpy_engine import simulate
from sim.jurisdiction import build_jurisdiction
from sim.protocol import compile_protocol
from sim.sampling import sample_disputes
from sim.specification import load_scenario
from tests.benchmarks import plain_simpy

FOLDER = Path(__file__).parent
PAIRS = 9
HOURS = 10 * 8_760.0


def cpu_seconds(work: Callable[[], object]) -> float:
    """Processor seconds of a piece of work, started from a swept heap."""
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start


def compare(name: str, clocks: plain_simpy.Clocks | None) -> tuple[int, list[float], list[float], list[float]]:
    """Return the number of disputes and, pair by pair, seconds of plain SimPy, of the engine and of sampling."""
    scenario = load_scenario(FOLDER / name).scenario
    jurisdiction = build_jurisdiction(scenario)
    protocol = compile_protocol(scenario, jurisdiction)
    batch = sample_disputes(scenario, jurisdiction, protocol, seed=1, replication=0)
    disputes = len(batch.dispute_id)
    plain, engine, sampling = [], [], []
    for _ in range(PAIRS):
        plain.append(cpu_seconds(lambda: plain_simpy.run(disputes, HOURS, clocks)))
        engine.append(cpu_seconds(lambda: simulate(jurisdiction, protocol, batch)))
        sampling.append(cpu_seconds(lambda: sample_disputes(scenario, jurisdiction, protocol, 1, 0)))
    return disputes, plain, engine, sampling


def main() -> None:
    """Print the table."""
    clocks = plain_simpy.Clocks(patience_mean=200 * 24.0, incident_mean=5 * 8_760.0, deadline=20.5 * 24.0)
    table = Table(title=f"SimPy engine over plain SimPy, processor time, medians of {PAIRS} alternating pairs")
    for column in ("network", "disputes", "plain SimPy, s", "engine / plain", "engine + sampling / plain", "at most"):
        table.add_column(column, justify="left" if column == "network" else "right")
    for title, name, plain_clocks, limit in (
        ("no deadlines, patience or incidents", "core_network.yaml", None, "2"),
        ("with deadlines, patience and incidents", "core_network_clocks.yaml", clocks, "3"),
    ):
        disputes, plain, engine, sampling = compare(name, plain_clocks)
        alone = statistics.median(e / p for e, p in zip(engine, plain, strict=True))
        whole = statistics.median((e + s) / p for e, s, p in zip(engine, sampling, plain, strict=True))
        table.add_row(title, f"{disputes:,}", f"{statistics.median(plain):.2f}", f"{alone:.2f}", f"{whole:.2f}", limit)
    Console().print(table)


if __name__ == "__main__":
    main()
