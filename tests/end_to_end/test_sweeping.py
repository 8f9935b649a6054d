"""A study from the command line: the same bytes for any number of workers, verified, stopped and gone on with."""

import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sim.experiment import replications
from sim.experiment.asking import Wanted
from sim.experiment.pieces import Work, do_work
from sim.experiment.run import kept_replications, run_question
from sim.experiment.sweep_asking import ask_sweep
from tests.end_to_end.command_line import (
    ROOT,
    Finished,
    assert_only_the_environment_differs,
    assert_report_and_verify_need_nothing_else,
    command,
    contents,
    environment,
    run_folder,
    type_in,
)

POSTS_MOVED = ROOT / "tests" / "end_to_end" / "tiny_studies" / "posts_moved.yaml"
COUNT = 12


@pytest.fixture(scope="module")
def swept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Finished]:
    """Where the sweep was typed, and how it ended."""
    folder = tmp_path_factory.mktemp("typed_here")
    return folder, type_in(folder, "sweep", POSTS_MOVED, "--workers", "1", PYTHONHASHSEED="0")


def test_a_sweep_prints_verdicts_and_where_the_reports_are(swept: tuple[Path, Finished]) -> None:
    folder, done = swept
    assert (done.exit_code, done.err.count("Traceback")) == (0, 0), done.err
    assert "Share moved up" in done.out
    assert "3 replications of each scenario, as asked." in done.out
    results = run_folder(folder / "outputs").relative_to(folder)
    assert results.parts[1] == "posts_moved"
    for language in ("zh", "en"):
        assert f"Report: {results / f'report.{language}.html'}" in done.out


def test_two_workers_and_another_hash_seed_give_the_same_bytes(swept: tuple[Path, Finished], tmp_path: Path) -> None:
    again = type_in(tmp_path, "sweep", POSTS_MOVED, "--workers", "2", "--lang", "zh", PYTHONHASHSEED="12345")
    assert again.exit_code == 0, again.err
    assert "上调比例" in again.out
    assert_only_the_environment_differs(run_folder(swept[0] / "outputs"), run_folder(tmp_path / "outputs"))


def test_verify_and_report_work_on_a_sweep(swept: tuple[Path, Finished], tmp_path: Path) -> None:
    results = Path(shutil.copytree(run_folder(swept[0] / "outputs"), tmp_path / "moved"))
    assert_report_and_verify_need_nothing_else(results)


def test_verify_names_what_was_changed(swept: tuple[Path, Finished], tmp_path: Path) -> None:
    results = Path(shutil.copytree(run_folder(swept[0] / "outputs"), tmp_path / "moved"))
    table = (results / "sweep.csv").read_bytes()
    (results / "sweep.csv").write_bytes(table.replace(b"paired", b"Paired", 1))
    done = type_in(tmp_path, "verify", results, "--workers", "1")
    assert (done.exit_code, done.err.splitlines()[-1]) == (1, "sweep.csv")


@pytest.mark.skipif(sys.platform != "linux", reason="as for the interruption of other runs")
def test_a_stopped_sweep_keeps_its_points_and_repeats_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "outputs"
    question = ask_sweep(POSTS_MOVED, Wanted(replications=COUNT))
    asked = command("sweep", POSTS_MOVED, "--replications", str(COUNT), "--workers", "2")
    ended, said = 0, ""
    for _ in range(5):
        with subprocess.Popen(asked, cwd=tmp_path, env=environment(), stderr=subprocess.PIPE) as process:
            until = time.monotonic() + 120.0
            while kept_replications(question, out)[1] < 5:
                assert time.monotonic() < until, "it did not happen"
                time.sleep(0.005)
            process.send_signal(signal.SIGINT)
            assert process.stderr is not None
            said, ended = process.stderr.read().decode("utf-8"), process.wait()
        if ended != 0:
            break
        shutil.rmtree(out)  # on a busy machine it may have been done already
    assert ended == 130
    folder, kept = kept_replications(question, out)
    assert f"{kept} finished replications are kept in" in said
    assert not (folder / "manifest.json").exists()
    repeated: list[Work] = []

    def run_and_note(work: Work) -> None:
        repeated.append(work)
        do_work(work)

    monkeypatch.setattr(replications, "do_work", run_and_note)
    finished = run_question(question, out, workers=1)
    assert len(repeated) == 6 * COUNT - kept
    never_stopped = contents(run_question(question, tmp_path / "whole", workers=1).folder)
    results = contents(finished.folder)
    assert [name for name in results if results[name] != never_stopped[name]] in ([], ["environment.json"])


def test_a_wrong_study_ends_with_2_and_writes_nothing(tmp_path: Path) -> None:
    text = POSTS_MOVED.read_text(encoding="utf-8").replace(
        "../tiny_county", (ROOT / "tests/end_to_end/tiny_county").as_posix()
    )
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(text.replace("equal_headcount", "equal_headcuont"), encoding="utf-8")
    done = type_in(tmp_path, "sweep", wrong)
    assert done.exit_code == 2
    assert done.err.splitlines()[0] == (
        f'{wrong.as_posix()}:20:15 constraints.equal_headcuont: there is no key "equal_headcuont" here; '
        'allowed: equal_headcount, equal_payroll_share; did you mean "equal_headcount"?'
    )
    assert [path.name for path in tmp_path.iterdir()] == ["wrong.yaml"]
    assert type_in(tmp_path, "validate", wrong).exit_code == 2
    assert "应为" not in done.err
    assert "是不是想写" in type_in(tmp_path, "sweep", wrong, "--lang", "zh").err


def test_a_study_is_validated_with_its_points(tmp_path: Path) -> None:
    done = type_in(tmp_path, "validate", POSTS_MOVED)
    assert (done.exit_code, done.out) == (0, f"{POSTS_MOVED.as_posix()}: valid study, all its points checked\n")
