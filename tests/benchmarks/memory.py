"""How much memory a process holds at most: after one run of the core network, and after many."""

import sys
from collections.abc import Iterator

from rich.console import Console

from sim.engine.choose import EngineName
from tests.benchmarks.asking import Program
from tests.benchmarks.our_engine import TITLES, is_there
from tests.benchmarks.peer_environment import PEERS, NotInstalledError, peers_python
from tests.benchmarks.rows import Ratio, Row

BLOCK = "memory"
SIZES = (25_000, 100_000)
MORE_RUNS = {EngineName.SIMPY: 2, EngineName.COMPILED: 20}


def rows(console: Console, *, quick: bool) -> Iterator[Row]:
    """Ask each engine for one run, then for more, in a process of its own."""
    for disputes in (2_500,) if quick else SIZES:
        console.print(f"{BLOCK}: {disputes:,} disputes")
        size = f"{disputes:,} disputes"
        try:
            with Program([peers_python(console), PEERS / "start.py", "simpy_network"]) as program:
                plain = program.ask(disputes, seed=1).peak_mib
        except NotInstalledError:
            plain = float("nan")
        for name in TITLES:
            if not is_there(name):
                continue
            command = [sys.executable, "-m", "tests.benchmarks.our_engine", name.value, "core_network.yaml"]
            with Program(command) as program:
                first = program.ask(disputes, seed=1).peak_mib
                last = max(program.ask(disputes, seed).peak_mib for seed in range(2, 2 + MORE_RUNS[name]))
            ratio, growth = Ratio.of_rounds([first], [plain]), Ratio.of_rounds([last], [first])
            note = "the most a process ever held, with NumPy, pandas and SciPy imported: about 150 MiB"
            yield Row(BLOCK, TITLES[name], size, first, "MiB", 1, ratio, "plain SimPy's", note=note)
            after = f"after {MORE_RUNS[name]} more runs"
            yield Row(BLOCK, f"{TITLES[name]}, {after}", size, last, "MiB", 1, growth, "after the first")
