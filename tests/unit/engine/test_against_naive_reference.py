"""The engine and the naive model, written apart from the same text, tell the same story of every generated run."""

from collections import Counter
from enum import IntEnum

import pytest
from hypothesis import given

from sim.engine.contract import Trajectory
from sim.engine.simpy_engine import simulate
from sim.jurisdiction import build_jurisdiction
from sim.protocol import compile_protocol
from sim.sampling import sample_disputes
from sim.vocabulary import Departure, Fate, Purpose, RequestOutcome
from tests.unit.engine.generated_runs import GeneratedRun, chances, examples, generated_run
from tests.unit.engine.naive_comparison import differing_fields, simulate_naively, told_differences
from tests.unit.engine.what_happened import named, what_happened
from tests.unit.sampling.rich_place import rich_groups, rich_scenario, rich_tiers

EXAMPLES = 700


def assert_same(run: GeneratedRun) -> Trajectory:
    engine = run.by(simulate)
    naive = simulate_naively(run.jurisdiction, run.protocol, run.batch)
    if differing := differing_fields(engine, naive):
        told = told_differences(run.jurisdiction, run.protocol, engine, naive)
        pytest.fail(f"{differing} differ: the engine's story first, the naive model's second\n{told}")
    return engine


def vacancies_met(run: GeneratedRun, trajectory: Trajectory) -> list[str]:
    """What vacancies met with: sessions that they fell into or outlasted, and requests that waited for their end."""
    found: list[str] = []
    requests, vacancies = trajectory.requests, run.batch.vacancies
    columns = (vacancies.pool, vacancies.post, vacancies.from_s, vacancies.until_s)
    for pool, post, from_s, until_s in zip(*columns, strict=True):
        here = (requests.pool == pool) & (requests.post == post)
        in_session = here & (requests.started_s < from_s) & (requests.ended_s > from_s)
        outlasted = in_session & (requests.ended_s > until_s)
        found += ["left in a session"] * int(in_session.any()) + ["replaced in a session"] * int(outlasted.any())
        found += ["left free"] * int(not in_session.any())
        found += ["served by who came"] * int((here & (requests.started_s == until_s)).any())
    return found


def first_handlers_met(run: GeneratedRun, trajectory: Trajectory) -> list[str]:
    """Seats of groups that their panel does not list."""
    seats, sessions = trajectory.seats, run.protocol.sessions
    listed = set(zip(sessions.option_slot.tolist(), sessions.option_group.tolist(), strict=True))
    group = run.jurisdiction.staff.pool_group[seats.pool] if len(seats.pool) else seats.pool
    sat = zip(trajectory.requests.slot[seats.request].tolist(), group.tolist(), strict=True)
    return ["first handler sat" for seat in sat if seat not in listed]


def test_the_engine_equals_the_naive_model_and_everything_happens_in_what_was_compared() -> None:
    happened: Counter[str] = Counter()

    @given(chance=chances)
    @examples(EXAMPLES)
    def compare(chance: bytes) -> None:
        run = generated_run(chance)
        trajectory = assert_same(run)
        happened.update(what_happened(trajectory))
        happened.update(vacancies_met(run, trajectory))
        happened.update(first_handlers_met(run, trajectory))

    compare()
    kinds: tuple[type[IntEnum], ...] = (Departure, Fate, RequestOutcome, Purpose)
    everything = [name for kind in kinds for name in named(kind, kind)]
    everything += ["waited", "flagged", "episode 0 broke", "episode 1 broke"]
    everything += [
        "first handler sat",
        "was heard",
        "was heard after others",
        "sat together",
        "was held",
        "was held in vain",
    ]
    rare = ["episode 2 broke", "flagged, settled and broken", "broken though settled by the parties"]
    assert happened["is held at the end"] > 0
    everything += ["left in a session", "replaced in a session", "served by who came", "left free"]
    assert [what for what in everything if happened[what] < 10] == []
    assert [what for what in rare if happened[what] < 3] == []


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_sampled_place_with_too_few_staff_is_told_alike(seed: int) -> None:
    two_mornings = {"days": ["mon", "tue"], "opens": "09:00", "closes": "12:00"}
    weekly = {"kind": "weekly", "windows": [two_mornings], "statutory": True, "make_up_as": "mon"}
    scenario = rich_scenario(
        calendars={"always": {"kind": "always"}, "mornings": weekly},
        emergence={"rate_per_1000_per_year": 30.0},
        overall_deadline={"days": 60, "clock": "calendar"},
        staff_groups={name: group | {"calendar": "mornings"} for name, group in rich_groups().items()},
        tiers={name: tier | {"deadline": {"days": 20, "clock": "working"}} for name, tier in rich_tiers().items()},
    )
    jurisdiction = build_jurisdiction(scenario)
    protocol = compile_protocol(scenario, jurisdiction)
    run = GeneratedRun(jurisdiction, protocol, sample_disputes(scenario, jurisdiction, protocol, seed, replication=0))
    happened = Counter(what_happened(assert_same(run)))
    assert happened["waited"] > 100
    assert happened["RequestOutcome LEFT_QUEUE"] > 5
