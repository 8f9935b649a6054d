"""A run that is stopped, however it is stopped, loses nothing finished and repeats nothing."""

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from sim.experiment import replications
from sim.experiment.asking import Wanted, ask_run
from sim.experiment.pieces import Work, do_work
from sim.experiment.question import Question
from sim.experiment.run import kept_replications, run_question
from tests.end_to_end.command_line import TINY_COUNTY, command, contents, environment

COUNT = 60
BASELINE = TINY_COUNTY / "baseline.yaml"


@pytest.fixture(scope="module")
def question() -> Question:
    return ask_run(BASELINE, [], [], Wanted(replications=COUNT, with_records=True))


@pytest.fixture(scope="module")
def never_stopped(question: Question, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The result files of a run that nobody stopped."""
    return contents(run_question(question, tmp_path_factory.mktemp("never_stopped"), workers=1).folder)


def workers_of(process: int) -> list[Path]:
    children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    return [Path(f"/proc/{child}") for child in children]


def wait_for(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + 120.0
    while not condition():
        assert time.monotonic() < until, "it did not happen"
        time.sleep(0.01)


@pytest.mark.skipif(sys.platform != "linux", reason="looks for worker processes in /proc")
@pytest.mark.parametrize(
    ("engine", "stop", "after", "exit_code"),
    [
        ("simpy", signal.SIGINT, 2, 130),
        ("simpy", signal.SIGTERM, 7, 130),
        ("simpy", signal.SIGKILL, 19, -9),
        ("compiled", signal.SIGINT, 2, 130),
        ("compiled", signal.SIGKILL, 3, -9),
    ],
)
def test_a_stopped_run_continues_where_it_was(
    engine: str,
    stop: signal.Signals,
    after: int,
    exit_code: int,
    question: Question,
    never_stopped: dict[str, bytes],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out = tmp_path / "outputs"
    asked = command("run", BASELINE, "--replications", str(COUNT), "--workers", "2", "--records", "--engine", engine)
    said, ended, workers = "", 0, list[Path]()
    for _ in range(5):
        with subprocess.Popen(asked, cwd=tmp_path, env=environment(), stderr=subprocess.PIPE) as process:
            wait_for(lambda: kept_replications(question, out)[1] >= after)
            workers = workers_of(process.pid)
            process.send_signal(stop)
            assert process.stderr is not None
            said = process.stderr.read().decode("utf-8")
            ended = process.wait()
        if ended != 0:
            break
        # On a busy machine all replications may be done before this process gets its turn to stop them.
        shutil.rmtree(out)
    assert ended == exit_code
    wait_for(lambda: not any(worker.exists() for worker in workers))
    folder, kept = kept_replications(question, out)
    assert after <= kept < COUNT
    if stop is not signal.SIGKILL:
        last_line = said.splitlines()[-1]
        told = f"Interrupted: {kept} finished replications are kept in {folder.relative_to(tmp_path)}; "
        assert last_line == told + "the same command continues from there."
        assert "Traceback" not in said
    assert not (folder / "manifest.json").exists()

    repeated: list[int] = []

    def run_and_note(work: Work) -> None:
        repeated.append(work.piece.replication)
        do_work(work)

    monkeypatch.setattr(replications, "do_work", run_and_note)
    finished = run_question(question, out, workers=1)
    assert finished.folder == folder
    assert len(repeated) == len(set(repeated)) == COUNT - kept
    results = contents(folder)
    assert sorted(results) == sorted(never_stopped)
    differing = [name for name in results if results[name] != never_stopped[name]]
    assert set(differing) <= {"environment.json"}
