"""Where the time of a replication goes: sampling, engine, audits, measures, by our compiled engine."""

import statistics
from collections.abc import Iterator

from rich.console import Console

from sim.engine.choose import EngineName, choose_engine
from sim.experiment.replicate import Prepared
from sim.outcomes.audits import audit
from sim.outcomes.replication import summarise
from sim.sampling import sample_disputes
from sim.sampling.streams import Streams
from tests.benchmarks.asking import ROOT
from tests.benchmarks.network import HOURS_PER_YEAR
from tests.benchmarks.our_engine import FOLDER, TITLES, built, core_network, is_there, prepare_process, timed
from tests.benchmarks.rows import Ratio, Row

XICHOU = ROOT / "scenarios/xichou/baseline.yaml"
A_YEAR = ("horizon.warmup_years=0", "horizon.cohort_years=1", "horizon.follow_days=180", "horizon.latent_days=0")
"""A year in which disputes emerge, from empty, and the 180 days for which the schema has them followed."""

BLOCK = "where the time goes"
ROUNDS = 7
ALL = "all"
SIZE = "a replication"


def rows(console: Console, *, quick: bool) -> Iterator[Row]:
    """Time the steps of a replication of each place that a target is about."""
    if not is_there(EngineName.COMPILED):
        return
    prepare_process(EngineName.COMPILED)
    rounds = 2 if quick else ROUNDS
    for what, place in _places(quick=quick):
        console.print(f"{BLOCK}: {what}")
        yield from _rows_of(what, place, rounds)


def _places(*, quick: bool) -> Iterator[tuple[str, Prepared]]:
    yield "core network, 25,000 disputes", core_network(FOLDER / "core_network.yaml", 10 * HOURS_PER_YEAR)
    yield "Xichou's year", built(XICHOU, *A_YEAR)
    small = ("units.population_persons=20000", "opening_backlog.disputes=20") if quick else ()
    yield "every mechanism", built(FOLDER / "all_mechanisms.yaml", *small)


def _rows_of(what: str, place: Prepared, rounds: int) -> Iterator[Row]:
    took = [steps_of(place, EngineName.COMPILED, range(number, number + 1), seed=1) for number in range(rounds)]
    totals = [sum(steps.values()) for steps in took]
    title = TITLES[EngineName.COMPILED]
    yield Row(BLOCK, f"{what}: {ALL}", SIZE, statistics.median(totals) * 1000, "ms", rounds, note=title)
    for step in took[0]:
        each = [steps[step] for steps in took]
        ratio = Ratio.of_rounds(each, totals)
        yield Row(BLOCK, f"{what}: {step}", SIZE, statistics.median(each) * 1000, "ms", rounds, ratio, ALL)


def steps_of(place: Prepared, engine: EngineName, replications: range, seed: int) -> dict[str, float]:
    """Return the processor seconds that each step of some replications takes."""
    simulate = choose_engine(engine)
    scenario, jurisdiction, protocol = place.scenario, place.jurisdiction, place.protocol
    steps = {"sampling": 0.0, "engine": 0.0, "audits": 0.0, "measures, series and distributions": 0.0}
    for number in replications:
        spent, batch = timed(lambda: sample_disputes(scenario, jurisdiction, protocol, seed, number))  # noqa: B023 -- called at once
        steps["sampling"] += spent
        spent, trajectory = timed(lambda: simulate(jurisdiction, protocol, batch))  # noqa: B023
        steps["engine"] += spent
        audits, _ = timed(lambda: audit(jurisdiction, protocol, batch, trajectory))  # noqa: B023
        steps["audits"] += audits
        luck = Streams(seed, number).generator("equal_risk")
        spent, _ = timed(lambda: summarise(scenario, jurisdiction, protocol, batch, trajectory, luck))  # noqa: B023
        steps["measures, series and distributions"] += spent - audits
    return steps
