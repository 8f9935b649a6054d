"""Xichou as a planner meets it: a year, a hundred of them, and where the time of a run from file to files goes."""

import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console

from sim.engine.choose import EngineName, choose_engine
from sim.experiment.asking import Wanted, ask_run
from sim.experiment.executor import open_workers
from sim.experiment.replicate import Prepared, replicate
from sim.experiment.run import run_question
from tests.benchmarks.our_engine import TITLES, built, is_there, prepare_process, timed
from tests.benchmarks.rows import Ratio, Row, Target
from tests.benchmarks.steps import A_YEAR, XICHOU, steps_of

WITH_LATENT_STOCK = (*A_YEAR[:-1], "horizon.latent_days=365")
ROUNDS = 5
WORKERS = 2


def rows_of_years(console: Console, *, quick: bool) -> Iterator[Row]:
    """Run one year and a hundred."""
    rounds = 2 if quick else ROUNDS
    for settings, what in (
        (A_YEAR, "a year's disputes from empty, 180 days of follow-up"),
        (WITH_LATENT_STOCK, "the same, with the disputes of the year before that are still latent"),
    ):
        place = built(XICHOU, *settings)
        yield from _one_year(place, what, rounds, console, with_target=settings is A_YEAR)
        if is_there(EngineName.COMPILED):
            yield _many_years(place, what, 10 if quick else 100, rounds, with_target=settings is A_YEAR)


def _one_year(place: Prepared, what: str, rounds: int, console: Console, *, with_target: bool) -> Iterator[Row]:
    engines = [name for name in TITLES if is_there(name)]
    seconds: dict[EngineName, list[float]] = {name: [] for name in engines}
    for name in engines:
        prepare_process(name)
    for number in range(rounds):
        console.print(f"Xichou's year: round {number + 1} of {rounds}")
        for name in engines:
            seconds[name].append(_replication_s(place, name, number))
    for name in engines:
        target = Target(20, at_least=False, unit="ms") if with_target and name is EngineName.COMPILED else None
        ratio = Ratio.of_rounds(seconds[EngineName.SIMPY], seconds[name])
        figure = statistics.median(seconds[name]) * 1000
        to = TITLES[EngineName.SIMPY]
        yield Row("Xichou's year", TITLES[name], "a replication", figure, "ms", rounds, ratio, to, target, what)


def _replication_s(place: Prepared, name: EngineName, number: int) -> float:
    simulate = choose_engine(name)
    return timed(lambda: replicate(place, 1, number, simulate, with_records=False))[0]


def _many_years(place: Prepared, what: str, replications: int, rounds: int, *, with_target: bool) -> Row:
    """Run replications on two threads, by the clock on the wall."""
    simulate = choose_engine(EngineName.COMPILED)
    on_two: list[float] = []
    on_one: list[float] = []
    for number in range(rounds):
        for workers, spent in ((WORKERS, on_two), (1, on_one)):
            with open_workers(workers, EngineName.COMPILED) as pool:
                start = time.perf_counter()
                numbers = range(number * replications, (number + 1) * replications)
                for _ in pool.do(lambda one: replicate(place, 1, one, simulate, with_records=False), numbers):
                    pass
                spent.append(time.perf_counter() - start)
    return Row(
        "Xichou's year",
        f"{TITLES[EngineName.COMPILED]}, {WORKERS} threads",
        f"{replications} replications",
        statistics.median(on_two),
        "s by the clock",
        rounds,
        Ratio.of_rounds(on_one, on_two),
        "one thread",
        Target(0.5, at_least=False, unit="s") if with_target else None,
        what,
    )


def rows_end_to_end(console: Console, *, quick: bool) -> Iterator[Row]:
    """Run Xichou's baseline from file to files and say what part of the time each step takes."""
    replications = 3 if quick else 10
    engine = EngineName.COMPILED if is_there(EngineName.COMPILED) else EngineName.SIMPY
    prepare_process(engine)
    rounds = 2 if quick else ROUNDS
    if engine is EngineName.SIMPY:
        replications, rounds = 1, 1
    shares: dict[str, list[float]] = {}
    totals = []
    for number in range(rounds):
        console.print(f"end to end: round {number + 1} of {rounds}")
        total = _from_file_to_files(engine, replications, seed=number)
        totals.append(total)
        steps = steps_of(built(XICHOU), engine, range(replications), seed=number)
        steps["scenario, interval and result files"] = total - sum(steps.values())
        for step, spent in steps.items():
            shares.setdefault(step, []).append(spent)
    size = "a replication" if replications == 1 else f"{replications} replications"
    note = f"Xichou's baseline, {TITLES[engine]}, one worker"
    yield Row("end to end", "all", size, statistics.median(totals), "s", rounds, note=note)
    for step, each in shares.items():
        ratio = Ratio.of_rounds(each, totals)
        yield Row("end to end", step, size, statistics.median(each), "s", rounds, ratio, "all")


def _from_file_to_files(engine: EngineName, replications: int, seed: int) -> float:
    """Time what `run` does but for its report."""
    with tempfile.TemporaryDirectory() as folder:

        def run() -> None:
            question = ask_run(XICHOU, [], [], Wanted(replications=replications, seed=seed))
            run_question(question, Path(folder), workers=1, engine=engine)

        return timed(run)[0]
