"""The engine and the naive model, written apart from the same text, tell the same story of every generated run."""

from collections import Counter

from hypothesis import given, note

from sim.engine.contract import Trajectory
from sim.engine.simpy_engine import simulate
from sim.vocabulary import Departure, Fate, Purpose, RequestOutcome
from tests.unit.engine.generated_runs import GeneratedRun, chances, examples, generated_run
from tests.unit.engine.naive_comparison import differing_fields, simulate_naively, told_differences

EXAMPLES = 400


def assert_same(run: GeneratedRun) -> Trajectory:
    engine = run.by(simulate)
    naive = simulate_naively(run.jurisdiction, run.protocol, run.batch)
    if differing := differing_fields(engine, naive):
        note(told_differences(run.jurisdiction, run.protocol, engine, naive))
    assert differing == [], "the engine's first story differs from the naive model's second"
    return engine


def what_happened(trajectory: Trajectory) -> list[object]:
    """Every way of leaving, fate and outcome in a run, as often as it occurred."""
    requests = trajectory.requests
    has_waited = (requests.started_s > requests.joined_s) & (requests.post >= 0)
    return [
        *map(Departure, trajectory.visits.departure.tolist()),
        *map(Fate, trajectory.disputes.fate.tolist()),
        *map(RequestOutcome, requests.outcome.tolist()),
        *(purpose.name for purpose in map(Purpose, requests.purpose.tolist())),
        *["waited"] * int(has_waited.sum()),
        *["flagged"] * int(trajectory.disputes.bypassed.sum()),
    ]


def test_the_engine_equals_the_naive_model_and_everything_happens_in_what_was_compared() -> None:
    happened: Counter[object] = Counter()

    @given(chance=chances)
    @examples(EXAMPLES)
    def compare(chance: bytes) -> None:
        happened.update(what_happened(assert_same(generated_run(chance))))

    compare()
    everything = [*Departure, *Fate, *RequestOutcome, "CASEWORK", "HANDOVER", "waited", "flagged"]
    assert [what for what in everything if happened[what] < 10] == []
