"""One of our engines on a scenario, asked like the programs of other libraries: `our_engine simpy core_network.yaml`.

The scenario is built once, as a user builds it once for any number of replications. What is timed is one replication:
the sampling of all its draws and the engine, together and apart. The process keeps freed memory, as every run does.
"""

import gc
import sys
import time
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

import numpy as np

from sim.engine.choose import EngineName, choose_engine, make_ready
from sim.engine.contract import Engine, Trajectory
from sim.experiment.freed_memory import keep_freed_memory
from sim.experiment.replicate import Prepared
from sim.jurisdiction import build_jurisdiction
from sim.protocol import compile_protocol
from sim.sampling import sample_disputes
from sim.sampling.contract import DisputeBatch
from sim.specification import load_scenario
from sim.vocabulary import SECONDS_PER_HOUR, Fate
from tests.benchmarks.network import HOURS_PER_YEAR
from tests.benchmarks.peers.answering import Account, Work, peak_mib, say, work_in

Made = TypeVar("Made")

FOLDER = Path(__file__).parent
TITLES = {EngineName.SIMPY: "our SimPy engine", EngineName.COMPILED: "our compiled engine"}


def is_there(engine: EngineName) -> bool:
    """Whether this checkout has the engine."""
    return find_spec(f"sim.engine.{engine.value}_engine") is not None


def prepare_process(engine: EngineName) -> None:
    """Make this process what `open_workers` makes of one that runs replications: engine compiled, freed memory kept."""
    keep_freed_memory()
    make_ready(engine)


def built(scenario_file: Path, *settings: str) -> Prepared:
    """Build a scenario file for running."""
    scenario = load_scenario(scenario_file, settings=settings).scenario
    jurisdiction = build_jurisdiction(scenario)
    return Prepared(scenario, jurisdiction, compile_protocol(scenario, jurisdiction))


@cache
def core_network(scenario_file: Path, hours: float) -> Prepared:
    """Build the core network so long that its disputes emerge within so many hours: cohort years, then one more."""
    years = max(2, round(hours / HOURS_PER_YEAR))
    return built(scenario_file, f"horizon.cohort_years={years - 1}")


def timed(work: Callable[[], Made]) -> tuple[float, Made]:
    """Return the processor seconds of a piece of work, started from a swept heap, and what it made."""
    gc.collect()
    start = time.process_time()
    made = work()
    return time.process_time() - start, made


def account(batch: DisputeBatch, trajectory: Trajectory) -> Account:
    """Count what was settled where, and how long disputes took that came to an end."""
    ends = trajectory.disputes
    settled = [int(np.count_nonzero((ends.fate == Fate.SETTLED) & (ends.fate_tier == tier))) for tier in range(3)]
    ended = ends.fate != Fate.OPEN
    return Account(
        len(batch.dispute_id), settled, float(np.mean((ends.fate_s - batch.emerged_s)[ended])) / SECONDS_PER_HOUR
    )


def answer(place: Prepared, simulate: Engine, work: Work) -> dict[str, object]:
    """Run one replication; the draws are those of its seed."""
    sampling, batch = timed(lambda: sample_disputes(place.scenario, place.jurisdiction, place.protocol, work.seed, 0))
    engine, trajectory = timed(lambda: simulate(place.jurisdiction, place.protocol, batch))
    counted = account(batch, trajectory)
    return {"seconds": sampling + engine, "engine_seconds": engine, **counted._asdict(), "peak_mib": peak_mib()}


def main() -> None:
    """Answer until the input ends."""
    engine, scenario_file = EngineName(sys.argv[1]), FOLDER / sys.argv[2]
    prepare_process(engine)
    simulate = choose_engine(engine)
    say({"version": TITLES[engine]})
    for line in sys.stdin:
        work = work_in(line)
        say(answer(core_network(scenario_file, work.hours), simulate, work))


if __name__ == "__main__":
    main()
