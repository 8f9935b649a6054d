"""How a program of a benchmark is asked: it answers each line "disputes hours seed" of its input with a line of JSON.

Its first line says which version of its library runs, once everything is imported; so no import is ever timed.
"""

import gc
import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

Prepared = TypeVar("Prepared")
Run = TypeVar("Run")


class Work(NamedTuple):
    """So many disputes, which emerge within so many hours."""

    disputes: int
    hours: float
    seed: int


class Account(NamedTuple):
    """What a run did, by which it can be told whether it ran the same network as the others."""

    disputes: int
    settled: Sequence[int]
    """By tier, lowest first."""
    mean_hours: float
    """From the emergence of a dispute to its end."""


def serve(
    version: str,
    run: Callable[[Prepared], Run],
    account: Callable[[Work, Run], Account],
    prepare: Callable[[Work], Prepared],
    *,
    runs_at_once: int = 1,
) -> None:
    """Answer until the input ends: processor seconds of `run`, of each run where it makes several at once.

    What `prepare` does, a user does once for any number of runs: describe the network. It is not timed.
    """
    say({"version": version})
    for line in sys.stdin:
        work = work_in(line)
        prepared = prepare(work)
        gc.collect()
        start = time.process_time()
        finished = run(prepared)
        seconds = time.process_time() - start
        say({"seconds": seconds / runs_at_once, **account(work, finished)._asdict(), "peak_mib": peak_mib()})
        del finished


def work_in(line: str) -> Work:
    """Read what is asked for."""
    disputes, hours, seed = line.split()
    return Work(int(disputes), float(hours), int(seed))


def nothing_prepared(work: Work) -> Work:
    """Leave everything to the run."""
    return work


def say(answer: dict[str, object]) -> None:
    """Print one line of JSON, at once."""
    print(json.dumps(answer), flush=True)


def peak_mib(process: int | str = "self") -> float:
    """Return the most memory that this process, or another by its id, ever held; not a number if the system says none.

    Not from getrusage, which also counts what the process that started this one held then.
    """
    status = Path(f"/proc/{process}/status")
    lines = status.read_text(encoding="ascii").splitlines() if status.is_file() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), float("nan"))
