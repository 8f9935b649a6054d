"""A question has one answer: the same name and bytes by either engine, by both, and by any number of workers."""

from dataclasses import replace
from pathlib import Path

import pytest

from sim.engine import choose
from sim.engine.choose import EngineName
from sim.engine.contract import Trajectory
from sim.errors import EnginesDifferError
from sim.experiment.asking import Wanted, ask_compare, files_to_compare
from sim.experiment.environment import ENVIRONMENT_FILE, read_environment
from sim.experiment.progress import Stage, Unwatched
from sim.experiment.question import Question
from sim.experiment.run import FinishedRun, kept_replications, run_question
from sim.experiment.verify import verify
from sim.jurisdiction.contract import Jurisdiction
from sim.protocol.contract import Protocol
from sim.sampling.contract import DisputeBatch
from tests.end_to_end.command_line import TINY_COUNTY, contents

BY_TWO_ENGINES = (
    (EngineName.COMPILED, 1),
    (EngineName.COMPILED, 2),
    (EngineName.SIMPY, 2),
    (EngineName.BOTH, 2),
)


@pytest.fixture(scope="module")
def question() -> Question:
    return ask_compare(files_to_compare(TINY_COUNTY), Wanted(replications=3, with_records=True))


@pytest.fixture(scope="module")
def by_the_reference(question: Question, tmp_path_factory: pytest.TempPathFactory) -> FinishedRun:
    return run_question(question, tmp_path_factory.mktemp("reference"), 1, engine=EngineName.SIMPY)


@pytest.mark.parametrize(("engine", "workers"), BY_TWO_ENGINES)
def test_the_answer_is_the_same(
    engine: EngineName, workers: int, question: Question, by_the_reference: FinishedRun, tmp_path: Path
) -> None:
    finished = run_question(question, tmp_path, workers, engine=engine)
    assert finished.folder.relative_to(tmp_path) == by_the_reference.folder.relative_to(
        by_the_reference.folder.parents[1]
    )
    one, other = contents(by_the_reference.folder), contents(finished.folder)
    assert list(one) == list(other)
    assert [name for name in one if one[name] != other[name]] == [ENVIRONMENT_FILE]
    described = read_environment(finished.folder)
    assert (described["engine"], described["workers"]) == (engine.value, workers)


@pytest.mark.parametrize("engine", EngineName)
def test_a_folder_is_verified_by_any_engine(engine: EngineName, by_the_reference: FinishedRun, tmp_path: Path) -> None:
    verified = verify(by_the_reference.folder, tmp_path, 1, Unwatched(), lambda _: None, engine)
    assert set(verified.files) == {*contents(by_the_reference.folder)} - {ENVIRONMENT_FILE}


@pytest.fixture
def a_wrong_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """The compiled engine forgets from the second replication on that the last dispute has an end."""
    right, calls = choose.choose_engine(EngineName.COMPILED), []

    def wrong(jurisdiction: Jurisdiction, protocol: Protocol, batch: DisputeBatch) -> Trajectory:
        calls.append(1)
        trajectory = right(jurisdiction, protocol, batch)
        fate = trajectory.disputes.fate.copy()
        fate[-1] += len(calls) > 3
        return replace(trajectory, disputes=replace(trajectory.disputes, fate=fate))

    chosen = choose._engine
    monkeypatch.setattr(choose, "_engine", lambda name: wrong if name is EngineName.COMPILED else chosen(name))


@pytest.mark.usefixtures("a_wrong_engine")
def test_engines_that_do_not_agree_stop_the_run_and_name_the_replication(question: Question, tmp_path: Path) -> None:
    with pytest.raises(EnginesDifferError) as caught:
        run_question(question, tmp_path, 1, engine=EngineName.BOTH)
    assert caught.value.run == "Baseline, replication 1"
    assert caught.value.difference.engines == ("simpy", "compiled")
    assert kept_replications(question, tmp_path)[1] == 3


def test_replications_by_one_engine_alone_are_not_taken_for_compared_ones(question: Question, tmp_path: Path) -> None:
    class Stopping(Unwatched):
        """Interrupts after four replications."""

        def __init__(self) -> None:
            self.begun: list[tuple[Stage, int, int]] = []
            self.steps = 0

        def begin(self, stage: Stage, total: int, already_done: int = 0) -> None:
            self.begun.append((stage, total, already_done))

        def advance(self, steps: int = 1) -> None:
            self.steps += steps
            if self.steps == 4:
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_question(question, tmp_path, 1, Stopping(), EngineName.SIMPY)
    for engine, kept in ((EngineName.BOTH, 0), (EngineName.COMPILED, 4)):
        stopping = Stopping()
        with pytest.raises(KeyboardInterrupt):
            run_question(question, tmp_path, 1, stopping, engine)
        assert stopping.begun == [(Stage.REPLICATIONS, 9, kept)]
