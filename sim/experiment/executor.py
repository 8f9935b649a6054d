"""Does pieces of work on all cores, in any order, and hands them back as they finish."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Final, TypeVar

from sim.engine.choose import DEFAULT_ENGINE, EngineName, is_ready, make_ready
from sim.experiment.freed_memory import keep_freed_memory
from sim.experiment.progress import Progress, Stage, Unwatched

Piece = TypeVar("Piece")
Result = TypeVar("Result")

_SUBMITTED_PER_WORKER: Final = 4
"""Enough to keep workers busy; more would only delay the end of an interrupted run."""

_MOST_WORKERS_ON_WINDOWS: Final = 61
"""It waits for no more processes than this."""


def usable_cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class Workers:
    """Workers (processes or threads), or none where one is enough: then the work is done here."""

    count: int
    pool: Executor | None = None

    def do(self, work: Callable[[Piece], Result], pieces: Iterable[Piece]) -> Iterator[tuple[Piece, Result]]:
        """Yield each piece with its result, as they finish; the first error ends it, `open_workers` stops the rest."""
        if self.pool is None:
            for piece in pieces:
                yield piece, work(piece)
            return
        waiting = iter(pieces)
        running: dict[Future[Result], Piece] = {}
        while True:
            for piece in islice(waiting, self.count * _SUBMITTED_PER_WORKER - len(running)):
                running[self.pool.submit(work, piece)] = piece
            if not running:
                return
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                yield running.pop(future), future.result()


@contextmanager
def open_workers(
    count: int, engine: EngineName = DEFAULT_ENGINE, progress: Progress | None = None, *, is_long: bool = False
) -> Iterator[Workers]:
    """Make an engine ready, here and once, and start workers for it.

    The compiled engine runs beside Python, so its workers are threads; any other engine needs processes. So does work
    that is long: only in processes do draws and audits run side by side too, and they take seconds to start.
    """
    keep_freed_memory()
    _make_ready(engine, progress or Unwatched())
    if count <= 1:
        yield Workers(1)
        return
    open_ones = _threads if engine is EngineName.COMPILED and not is_long else _processes
    with open_ones(count) as workers:
        yield workers


def _make_ready(engine: EngineName, progress: Progress) -> None:
    """Compile an engine that is not compiled yet, and say so."""
    is_new = not is_ready(engine)
    if is_new:
        progress.begin(Stage.COMPILING, 1)
    make_ready(engine)
    if is_new:
        progress.advance()


@contextmanager
def _threads(count: int) -> Iterator[Workers]:
    """Start threads; on an error or an interruption they finish the pieces at hand, which are kept, and no more."""
    pool = ThreadPoolExecutor(count, thread_name_prefix="replications")
    try:
        yield Workers(count, pool)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _processes(count: int) -> Iterator[Workers]:
    """Start processes by spawn; at the end they are stopped, after an error or an interruption amid their pieces.

    Left to end by themselves they would take down all that they have loaded, which takes most of a second.
    """
    others = set(multiprocessing.active_children())
    count = min(count, _MOST_WORKERS_ON_WINDOWS) if os.name == "nt" else count
    pool = ProcessPoolExecutor(count, mp_context=multiprocessing.get_context("spawn"), initializer=_prepare_worker)
    try:
        yield Workers(count, pool)
    finally:
        for process in multiprocessing.active_children():
            if process not in others:
                process.terminate()
        pool.shutdown(wait=True, cancel_futures=True)


def _prepare_worker() -> None:
    """Leave interruptions to the parent, and end with it even if it is killed."""
    keep_freed_memory()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
