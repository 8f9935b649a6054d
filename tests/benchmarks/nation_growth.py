"""How the time of a dispute grows from ten thousand to ten million of them, and what the whole nation takes.

Counties of scenarios/nation, audited and streamed to files as `nation` does it but for its report, by two workers.
`python -m tests.benchmarks.nation_growth 13` runs 13 of them in a process of its own and says what that took.
"""

import json
import math
import multiprocessing
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq
from rich.console import Console

from sim.engine.choose import EngineName, make_ready
from sim.experiment.nation import COUNTIES_FILE, ask_nation, run_nation
from sim.experiment.nation_county import SIMULATED
from sim.specification.nations import read_nation
from tests.benchmarks.asking import ROOT
from tests.benchmarks.our_engine import TITLES, is_there
from tests.benchmarks.peers.answering import peak_mib
from tests.benchmarks.rows import Ratio, Row, Target

BLOCK = "nation"
NATION = ROOT / "scenarios/nation/nation.yaml"
COUNTIES = {2: "10 thousand", 13: "100 thousand", 131: "a million", 1_309: "10 million"}
"""Counties with about so many disputes: those of the year, those there before it, and those of the follow-up."""

WHOLE = 2_840
ROUNDS = 5
ENOUGH_S = 60.0
"""A size that has taken so long takes no part in further rounds."""

WORKERS = 2
WATCHED_EVERY_S = 0.2
MOST_GROWTH = Target(1.3, at_least=False)


@dataclass(frozen=True, slots=True)
class Took:
    """What a run took: by the clock, of processor time, and memory at most, workers that are processes included."""

    clock_s: float
    processor_s: float
    disputes: int
    peak_mib: float


def rows(console: Console, *, quick: bool) -> Iterator[Row]:
    """Run all sizes in turn; nothing without the compiled engine, which alone can run so many."""
    if not is_there(EngineName.COMPILED):
        return
    sizes = list(COUNTIES)[:2] if quick else list(COUNTIES)
    took = _in_turn(sizes, 2 if quick else ROUNDS, console)
    times = {counties: [each.processor_s / each.disputes for each in runs] for counties, runs in took.items()}
    cheapest = min(times, key=lambda counties: statistics.median(times[counties]))
    largest = sizes[-1]
    for counties in sizes:
        target = MOST_GROWTH if counties == largest else None
        yield _growth(
            counties, took[counties][0].disputes, times[counties], times[sizes[0]], COUNTIES[sizes[0]], target
        )
    note = "stricter than asked: reading the nation and building its counties weigh on the smaller sizes"
    row = _growth(largest, took[largest][0].disputes, times[largest], times[cheapest], COUNTIES[cheapest], MOST_GROWTH)
    yield replace(row, note=note)


def _growth(
    counties: int, disputes: int, here: list[float], there: list[float], named: str, target: Target | None
) -> Row:
    rounds = min(len(here), len(there))
    return Row(
        BLOCK,
        f"{TITLES[EngineName.COMPILED]}, {WORKERS} workers",
        f"{disputes:,} disputes",
        statistics.median(here) * 1e6,
        "µs a dispute",
        len(here),
        Ratio.of_rounds(here[:rounds], there[:rounds]),
        f"that of {named}",
        target,
        f"{counties:,} counties; sampling, engine, audits, sums and files",
    )


def rows_of_whole(console: Console, *, quick: bool) -> Iterator[Row]:
    """Run the whole nation; nothing without the compiled engine."""
    if quick or not is_there(EngineName.COMPILED):
        return
    took = _in_turn([WHOLE], ROUNDS, console)[WHOLE]
    what, size = f"{TITLES[EngineName.COMPILED]}, {WORKERS} workers", f"{WHOLE:,} counties"
    clock_s = statistics.median(each.clock_s for each in took)
    peak = max(each.peak_mib for each in took)
    note = f"{took[0].disputes:,} disputes; sampling, engine, audits, sums and files"
    limit, most = Target(20, at_least=False, unit="s"), Target(4096, at_least=False, unit="MiB")
    yield Row(BLOCK, what, size, clock_s, "s by the clock", len(took), target=limit, note=note)
    yield Row(BLOCK, what, size, peak, "MiB", len(took), target=most, note=note)


def _in_turn(sizes: list[int], rounds: int, console: Console) -> dict[int, list[Took]]:
    make_ready(EngineName.COMPILED)
    took: dict[int, list[Took]] = {counties: [] for counties in sizes}
    for number in range(rounds):
        for counties in sizes:
            if sum(each.clock_s for each in took[counties]) < ENOUGH_S:
                console.print(f"{BLOCK}, {counties:,} counties: round {number + 1}")
                took[counties].append(_in_a_process(counties))
    return took


def _in_a_process(counties: int) -> Took:
    command = [sys.executable, "-m", "tests.benchmarks.nation_growth", str(counties)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise SystemExit(f"{counties} counties: {done.stderr.strip().splitlines()[-1]}")
    return Took(**json.loads(done.stdout))


def run(counties: int) -> Took:
    """Run so many counties; reading the nation's file is counted, loading the compiled engine is not."""
    make_ready(EngineName.COMPILED)
    with tempfile.TemporaryDirectory() as folder:
        clock, processor = time.perf_counter(), spent_processor_s()
        file = read_nation(NATION)
        question = ask_nation(file, "nation", counties=counties)
        with peaks_of_workers() as peaks:
            finished = run_nation(question, Path(folder), WORKERS, engine=EngineName.COMPILED)
        clock_s, processor_s = time.perf_counter() - clock, spent_processor_s() - processor
        simulated = pq.read_table(finished.folder / COUNTIES_FILE, columns=[SIMULATED]).column(SIMULATED)
        return Took(clock_s, processor_s, int(pc.sum(simulated).as_py()), peak_mib() + sum(peaks.values()))


def spent_processor_s() -> float:
    """Return the processor seconds of this process and of the workers that it has had as processes."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


@contextmanager
def peaks_of_workers() -> Iterator[dict[int, float]]:
    """Watch the workers that are processes: MiB that each held at most, by its id, complete when the block is left.

    Asked of the system while they run; what it counts of ended ones is in part what this process held at their start.
    """
    peaks: dict[int, float] = {}
    is_over = threading.Event()

    def watch() -> None:
        while not is_over.wait(WATCHED_EVERY_S):
            held = {child.pid: peak_mib(child.pid) for child in multiprocessing.active_children() if child.pid}
            peaks.update({process: mib for process, mib in held.items() if not math.isnan(mib)})  # NaN as it ends

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield peaks
    finally:
        is_over.set()
        watcher.join()


if __name__ == "__main__":
    one = run(int(sys.argv[1]))
    sys.stdout.write(json.dumps({name: getattr(one, name) for name in Took.__slots__}))
