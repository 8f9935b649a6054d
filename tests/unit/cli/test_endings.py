"""Exit codes, and what is said at the end, in place of a traceback."""

import os
import signal
import time
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from sim.cli.endings import exit_code_of
from sim.cli.language import words_in
from sim.cli.wording import CommandWords
from sim.errors import (
    AuditError,
    EngineDifference,
    EnginesDifferError,
    FiguresConflictError,
    Happening,
    InputError,
    Problem,
    VerificationError,
)
from sim.experiment.locking import FolderInUseError

EN, ZH = words_in("en"), words_in("zh")


GIVES_UP = Happening(93_784, "gives_up")
DIFFERENCE = EngineDifference(("simpy", "compiled"), 17, (GIVES_UP, None), (), ((GIVES_UP, None),))


def raises(error: BaseException) -> Callable[[], int]:
    def action() -> int:
        raise error

    return action


def test_an_action_gives_its_own_exit_code() -> None:
    assert exit_code_of(EN, lambda: 0) == 0


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (InputError([Problem("file_empty", "a.yaml", 1, 1)]), 2, "a.yaml:1:1: the file is empty"),
        (AuditError(["3 disputes are missing"]), 1, "3 disputes are missing"),
        (VerificationError(["measures.parquet"]), 1, "measures.parquet"),
        (EnginesDifferError(DIFFERENCE, "A, replication 2"), 1, "simpy: day 1 02:03:04 the parties give up"),
        (FolderInUseError(Path("a/b")), 1, "a/b"),
        (BrokenProcessPool(), 1, "--workers 1"),
        (PermissionError(13, "Permission denied", "a/b"), 1, "Permission denied: a/b"),
        (OSError("no space"), 1, "no space"),
        (KeyboardInterrupt(), 130, "Interrupted."),
    ],
)
def test_every_failure_has_an_exit_code_and_a_line(
    error: BaseException, code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert exit_code_of(EN, raises(error)) == code
    captured = capsys.readouterr()
    assert said in captured.err
    assert captured.out == ""


def test_an_unforeseen_error_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError):
        exit_code_of(EN, raises(ZeroDivisionError()))


def test_problems_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    problem = Problem("file_empty", "a.yaml", 1, 1)
    exit_code_of(ZH, raises(InputError([problem, problem])))
    assert capsys.readouterr().err.splitlines()[-1] == "共 2 处问题；没有写出任何文件。"


def test_an_interruption_says_what_is_kept_and_how_to_go_on(capsys: pytest.CaptureFixture[str]) -> None:
    exit_code_of(EN, raises(KeyboardInterrupt()), lambda: (Path("outputs/a"), 37))
    expected = "Interrupted: 37 finished replications are kept in outputs/a; the same command continues from there."
    assert capsys.readouterr().err.splitlines() == [expected]


@pytest.mark.skipif(os.name == "nt", reason="Windows ends a process without asking it")
def test_a_request_to_terminate_ends_like_ctrl_c(capsys: pytest.CaptureFixture[str]) -> None:
    def is_terminated() -> int:
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(5)
        return 0

    before = signal.getsignal(signal.SIGTERM)
    assert exit_code_of(EN, is_terminated) == 130
    assert signal.getsignal(signal.SIGTERM) is before
    assert "Interrupted." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "first", "second", "joined"),
    [
        (EN, "disputes found by screening (", "recorded share settled in the village (", " with "),
        (ZH, "排查发现的矛盾纠纷（", "村内化解占比（记录）（", " 与 "),
    ],
)
def test_figures_in_conflict_are_named_with_what_they_are(
    words: CommandWords, first: str, second: str, joined: str, capsys: pytest.CaptureFixture[str]
) -> None:
    pair = ("xichou_disputes_found_10y", "xichou_settled_in_village_share")
    assert exit_code_of(words, raises(FiguresConflictError([(pair, 0.0012)]))) == 1
    said = capsys.readouterr()
    assert said.out == ""
    (line,) = (line for line in said.err.splitlines() if "0.12%" in line)
    assert f"[{pair[0]}]{joined}{second}" in line
    assert line.strip().startswith(first)
    assert f"[{pair[1]}]" in line
