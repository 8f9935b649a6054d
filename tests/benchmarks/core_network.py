"""Our engines and other libraries on the core network: one program each, in processes of their own, asked in turn."""

import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from sim.engine.choose import EngineName
from tests.benchmarks.asking import Answer, Program, ProgramFailedError
from tests.benchmarks.network import SESSIONS, SETTLED_PROB, TIER_UNITS
from tests.benchmarks.our_engine import TITLES, is_there
from tests.benchmarks.peer_environment import PEERS, NotInstalledError, cimba_program, peers_python
from tests.benchmarks.rows import Ratio, Row, Target

BLOCK = "core network"
SIZES = (25_000, 100_000)
ROUNDS = 5
PLAIN = "plain SimPy"
COMPILED, SIMPY = TITLES[EngineName.COMPILED], TITLES[EngineName.SIMPY]
BINDING_WARM, CIMBA_C = "cimba's binding, of 8 replications", "cimba's C library"
WARM_UP_DISPUTES = 1_000

WENT_ON = 1 - SETTLED_PROB
REACHED = [WENT_ON ** (SESSIONS * tier) for tier in range(len(TIER_UNITS))]
"""Share of disputes that reach each tier, by the closed formula."""

SESSIONS_PER_DISPUTE = sum(REACHED) * sum(WENT_ON**session for session in range(SESSIONS))
EVENTS_PER_DISPUTE = 1 + SESSIONS_PER_DISPUTE + (SESSIONS_PER_DISPUTE - sum(REACHED))
"""Its arrival, the end of each session, and the end of each gap before another session at the same tier: 5.79."""


@dataclass(frozen=True)
class Contestant:
    """A program to compare: in every round, or once, of its own size, where it is slow."""

    name: str
    command: Callable[[], Sequence[str | Path]]
    once_with: int | None = None
    note: str = ""


def contestants(console: Console, folder: Path) -> list[Contestant]:
    """Return all that are compared; the first is what the others are measured by."""

    def ours(*arguments: str) -> Callable[[], Sequence[str | Path]]:
        return lambda: [sys.executable, "-m", "tests.benchmarks.our_engine", *arguments]

    def peer(*arguments: str) -> Callable[[], Sequence[str | Path]]:
        return lambda: [peers_python(console), PEERS / "start.py", *arguments]

    many_pools = "seconds go to setting up 1,845 pools"
    return [
        Contestant(PLAIN, peer("simpy_network"), note="as its documentation would write it"),
        *(Contestant(TITLES[name], ours(name, "core_network.yaml")) for name in TITLES if is_there(name)),
        Contestant(CIMBA_C, lambda: [cimba_program(folder)], note="a process a dispute; times are not whole seconds"),
        Contestant("cimba's binding", peer("cimba_binding"), note="one replication, compiled before"),
        Contestant(BINDING_WARM, peer("cimba_binding", "8"), note="run together on one thread, compiled before"),
        Contestant("simulsi", peer("simulsi_network"), note="keeps no values, series or histories"),
        Contestant("nagasim", peer("nagasim_network"), 25_000, f"a station and a block a pool, no logs; {many_pools}"),
        Contestant("salabim", peer("salabim_network"), 25_000, f"with yield, without monitors; {many_pools}"),
        Contestant("Ciw", peer("ciw_network"), 300, "looks through all nodes for each event; its first disputes alone"),
    ]


def with_clocks(console: Console) -> list[Contestant]:
    """Return our engine and plain SimPy on the network with deadlines, patience and incidents."""
    all_of_them = contestants(console, Path())
    plain, simpy = (next(one for one in all_of_them if one.name == name) for name in (PLAIN, SIMPY))
    return [
        Contestant(PLAIN, lambda: [*plain.command(), "clocks"]),
        Contestant(SIMPY, lambda: [*simpy.command()[:-1], "core_network_clocks.yaml"]),
    ]


@dataclass
class Finished:
    """The answers of every program, by round; and what could not be run, with the reason."""

    answers: dict[str, dict[int, Answer]]
    versions: dict[str, str]
    missing: dict[str, str]


def in_turn(compared: Sequence[Contestant], disputes: int, rounds: int, console: Console) -> Finished:
    """Ask every program in every round; one of the slow ones in each of the first rounds."""
    finished = Finished({}, {}, {})
    with ExitStack() as stack:
        programs: dict[str, Program] = {}
        for one in compared:
            try:
                programs[one.name] = stack.enter_context(Program(one.command()))
                finished.versions[one.name] = programs[one.name].version
                if one.once_with is None:
                    programs[one.name].ask(WARM_UP_DISPUTES, seed=0)
            except (NotInstalledError, ProgramFailedError) as reason:
                finished.missing[one.name] = str(reason)
                programs.pop(one.name, None)
        slow = [one.name for one in compared if one.once_with is not None and one.name in programs]
        for number in range(rounds):
            console.print(f"{BLOCK}, {disputes:,} disputes: round {number + 1} of {rounds}")
            for one in compared:
                if one.name not in programs or (one.name in slow and slow.index(one.name) % rounds != number):
                    continue
                size = disputes if one.once_with is None else min(disputes, one.once_with)
                answer = programs[one.name].ask(size, seed=number + 1)
                finished.answers.setdefault(one.name, {})[number] = answer
    return finished


def check_same_network(finished: Finished, disputes: int) -> None:
    """Stop if a program settles another share at a tier than the closed formula, or takes another time to the end."""
    plain = statistics.mean(answer.mean_hours for answer in finished.answers[PLAIN].values())
    for name, answers in finished.answers.items():
        total = sum(answer.disputes for answer in answers.values())
        if total < disputes:
            continue  # too few to tell, and the first ones
        for tier in range(len(TIER_UNITS)):
            expected = REACHED[tier] * (1 - WENT_ON**SESSIONS)
            share = sum(answer.settled[tier] for answer in answers.values()) / total
            error = (expected * (1 - expected) / total) ** 0.5
            if abs(share - expected) > 5 * error + 0.003:
                raise SystemExit(f"{name} settles {share:.4f} at tier {tier}, not {expected:.4f}: another network")
        hours = statistics.mean(answer.mean_hours for answer in answers.values())
        if abs(hours / plain - 1) > 0.05:
            raise SystemExit(f"{name} takes {hours:.1f} hours to an end, plain SimPy {plain:.1f}: another network")


def per_event(answers: Sequence[float]) -> float:
    """Return nanoseconds an event, of the median of seconds a dispute."""
    return statistics.median(answers) / EVENTS_PER_DISPUTE * 1e9


def rows_of(compared: Sequence[Contestant], finished: Finished, disputes: int) -> Iterator[Row]:
    """Give each program its row."""
    plain = finished.answers[PLAIN]
    size = f"{disputes:,} disputes"
    for one in compared:
        if one.name in finished.missing:
            yield Row(BLOCK, one.name, size, float("nan"), "", 0, note=finished.missing[one.name])
            continue
        answers = finished.answers[one.name]
        times = [answer.per_dispute_s for answer in answers.values()]
        base = [plain[number].per_dispute_s for number in answers]
        is_ours = one.name in TITLES.values()
        target = {COMPILED: Target(50, at_least=True)}.get(one.name)
        note = f"{finished.versions[one.name]}: {one.note}" if not is_ours else ""
        counted = f"{one.name}, sampling counted" if is_ours else one.name
        of_size = size if one.once_with is None else f"{min(one.once_with, disputes):,} disputes"
        ratio = Ratio.of_rounds(base, times)
        yield Row(BLOCK, counted, of_size, per_event(times), "ns an event", len(times), ratio, PLAIN, target, note)
        if is_ours:
            alone = [answer.engine_per_dispute_s for answer in answers.values()]
            target = {COMPILED: Target(90, at_least=True), SIMPY: Target(0.5, at_least=True)}[one.name]
            ratio = Ratio.of_rounds(base, alone)
            engine = f"{one.name} alone"
            yield Row(BLOCK, engine, of_size, per_event(alone), "ns an event", len(alone), ratio, PLAIN, target)


def rows_against_cimba(finished: Finished, disputes: int) -> Iterator[Row]:
    """Put our compiled engine, sampling counted, beside cimba."""
    for name, limit in ((CIMBA_C, 3.0), (BINDING_WARM, 6.0)):
        if COMPILED in finished.answers and name in finished.answers:
            ours, theirs = (
                [answer.per_dispute_s for answer in finished.answers[one].values()] for one in (COMPILED, name)
            )
            yield Row(
                BLOCK,
                f"{COMPILED}, sampling counted",
                f"{disputes:,} disputes",
                per_event(ours),
                "ns an event",
                len(ours),
                Ratio.of_rounds(theirs, ours),
                name,
                Target(limit, at_least=True),
            )


def rows(console: Console, *, quick: bool) -> Iterator[Row]:
    """Measure all sizes, then our SimPy engine with clocks."""
    rounds = 2 if quick else ROUNDS
    with tempfile.TemporaryDirectory() as folder:
        for disputes in (2_500,) if quick else SIZES:
            compared = [
                one
                for one in contestants(console, Path(folder))
                if one.once_with is None or (disputes == SIZES[0] and not quick)
            ]
            finished = in_turn(compared, disputes, rounds, console)
            if not quick:
                check_same_network(finished, disputes)
            yield from rows_of(compared, finished, disputes)
            yield from rows_against_cimba(finished, disputes)
    compared = with_clocks(console)
    disputes = 2_500 if quick else SIZES[0]
    finished = in_turn(compared, disputes, rounds, console)
    answers = finished.answers[SIMPY]
    alone = [answer.engine_per_dispute_s for answer in answers.values()]
    plain = [answer.per_dispute_s for answer in finished.answers[PLAIN].values()]
    yield Row(
        f"{BLOCK}, with clocks",
        f"{SIMPY} alone",
        f"{disputes:,} disputes",
        statistics.median(alone) * 1e6,
        "µs a dispute",
        len(alone),
        Ratio.of_rounds(plain, alone),
        PLAIN,
        Target(1 / 3, at_least=True),
        "with deadlines, patience and incidents",
    )
