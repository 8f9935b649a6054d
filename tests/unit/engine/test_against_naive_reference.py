"""The engine and the naive model, written apart from the same text, tell the same story of every generated run."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings

from sim.engine.contract import Trajectory
from sim.engine.simpy_engine import simulate
from sim.vocabulary import Departure, Fate, Purpose, RequestOutcome
from tests.unit.engine.generated_runs import GeneratedRun, chances, generated_run
from tests.unit.engine.naive_comparison import differing_fields, simulate_naively, told_differences
from tests.unit.engine.naive_reference import Reading

AS_BUILT = Reading(
    paperwork_is_graded_anew=True,
    paperwork_is_for_the_session_to_come=True,
    petition_counts_before_the_session_ends=True,
    last_intake_refers_nobody=True,
    first_intake_diagnoses_wherever_it_is=True,
    passing_the_first_tier_is_arrival_from_below=True,
)
"""What the engine makes of the text today; where the text stands, its story is an xfail in tests/behaviour."""

EXAMPLES = 400
SLOW = [HealthCheck.too_slow, HealthCheck.large_base_example, HealthCheck.data_too_large]


def assert_same(run: GeneratedRun, reading: Reading) -> Trajectory:
    engine = run.by(simulate)
    naive = simulate_naively(run.jurisdiction, run.protocol, run.batch, reading)
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
    @settings(max_examples=EXAMPLES, suppress_health_check=SLOW)
    def compare(chance: bytes) -> None:
        happened.update(what_happened(assert_same(generated_run(chance, sessions_may_take_no_time=False), AS_BUILT)))

    compare()
    everything = [*Departure, *Fate, *RequestOutcome, "CASEWORK", "HANDOVER", "waited", "flagged"]
    assert [what for what in everything if happened[what] < 10] == []


@pytest.mark.xfail(
    reason="the engine differs from the text in what AS_BUILT lists, each with its own story", strict=True
)
def test_the_engine_equals_the_naive_model_by_the_text() -> None:
    @given(chance=chances)
    @settings(max_examples=EXAMPLES, phases=[Phase.generate], suppress_health_check=SLOW)
    def compare(chance: bytes) -> None:
        assert_same(generated_run(chance), Reading())

    compare()
