"""Our two engines on a place with every mechanism switched on, sampling, audits and measures included."""

import statistics
from collections.abc import Iterator

from rich.console import Console

from sim.engine.choose import EngineName, choose_engine
from sim.experiment.replicate import replicate
from tests.benchmarks.our_engine import FOLDER, TITLES, built, is_there, prepare_process, timed
from tests.benchmarks.rows import Ratio, Row, Target

BLOCK = "every mechanism"
ROUNDS = 5
NOTE = "all_mechanisms.yaml: Xichou for two and a half years; sampling, engine, audits and measures"


def rows(console: Console, *, quick: bool) -> Iterator[Row]:
    """Run replications by both engines in turn."""
    settings = ("units.population_persons=20000", "opening_backlog.disputes=20") if quick else ()
    place = built(FOLDER / "all_mechanisms.yaml", *settings)
    engines = [name for name in TITLES if is_there(name)]
    rounds = 2 if quick else ROUNDS
    seconds: dict[EngineName, list[float]] = {name: [] for name in engines}
    for name in engines:
        prepare_process(name)
    for number in range(rounds):
        console.print(f"{BLOCK}: round {number + 1} of {rounds}")
        for name in engines:
            simulate = choose_engine(name)
            spent, _ = timed(lambda: replicate(place, 1, number, simulate, with_records=False))  # noqa: B023 -- called at once
            seconds[name].append(spent)
    for name in engines:
        ratio = Ratio.of_rounds(seconds[EngineName.SIMPY], seconds[name])
        target = Target(25, at_least=True) if name is EngineName.COMPILED else None
        figure = statistics.median(seconds[name])
        to = TITLES[EngineName.SIMPY]
        yield Row(BLOCK, TITLES[name], "a replication", figure, "s", rounds, ratio, to, target, NOTE)
