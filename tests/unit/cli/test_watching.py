"""Progress in a file or a pipe: plain lines, none at once, with the time left."""

import pytest

from sim.cli import watching as watching_module
from sim.cli.language import words_in
from sim.cli.watching import duration_text, watching
from sim.experiment.progress import Stage
from sim.stats import StopCause, StoppingDecision

EN = words_in("en")


class Clock:
    """A clock that a test moves on."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    moved = Clock()
    monkeypatch.setattr(watching_module, "time", moved)
    return moved


def test_work_of_less_than_two_seconds_is_silent(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    with watching(EN) as watcher:
        watcher.begin(Stage.REPLICATIONS, 4)
        for _ in range(4):
            clock.now += 0.4
            watcher.advance()
    assert capsys.readouterr().err == ""


def test_longer_work_tells_how_far_it_is_now_and_then(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    with watching(EN) as watcher:
        watcher.begin(Stage.SCREENING, 100)
        for _ in range(100):
            clock.now += 1.0
            watcher.advance()
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "Screening assumed values: 4 of 100 done, about 96 s left"
    assert len(lines) == 10


def test_the_time_until_workers_have_started_is_not_counted(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    with watching(EN) as watcher:
        watcher.begin(Stage.REPLICATIONS, 100)
        clock.now += 60.0
        watcher.advance()
        for _ in range(3):
            clock.now += 1.0
            watcher.advance()
    assert capsys.readouterr().err == "Replications: 4 of 100 done, about 96 s left\n"


def test_what_an_interrupted_run_has_left_is_told_once(capsys: pytest.CaptureFixture[str]) -> None:
    with watching(EN) as watcher:
        watcher.begin(Stage.REPLICATIONS, 10, already_done=4)
        watcher.begin(Stage.REPLICATIONS, 20, already_done=10)
    assert capsys.readouterr().err == "4 of 10 were finished before and are kept.\n"


def test_compilation_is_told_before_it_begins_and_hides_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with watching(EN) as watcher:
        watcher.begin(Stage.COMPILING, 1)
        watcher.advance()
        watcher.begin(Stage.REPLICATIONS, 10, already_done=4)
    assert capsys.readouterr().err.splitlines() == [
        "The engine is compiled first, once for this version of it: up to a minute.",
        "4 of 10 were finished before and are kept.",
    ]


def test_each_look_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with watching(EN) as watcher:
        watcher.looked(StoppingDecision(False, StopCause.CONTINUE, 10, 40, 0.99, ()))
    assert capsys.readouterr().err.startswith("After 10 replications 0 of 0 comparisons")


@pytest.mark.parametrize(("seconds", "text"), [(0.2, "0 s"), (119, "119 s"), (150, "2 min"), (9_000, "2 h")])
def test_durations_are_told_in_a_fitting_unit(seconds: float, text: str) -> None:
    assert duration_text(seconds, EN) == text
