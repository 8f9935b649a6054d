"""A run folder is verified by running it again; a changed byte anywhere is found."""

import shutil
from pathlib import Path

import pytest

from sim.errors import InputError, VerificationError
from sim.experiment import verify as verify_module
from sim.experiment.environment import ENVIRONMENT_FILE
from sim.experiment.manifest import MANIFEST_FILE, read_manifest
from sim.experiment.progress import Unwatched
from sim.experiment.question import Question
from sim.experiment.run import FinishedRun
from sim.experiment.verify import Verified, made_by_other_code, question_of, verify


def draw(folder: Path) -> None:
    """Stands for the report, which shows the environment."""
    (folder / "figures").mkdir()
    (folder / "figures" / "a.svg").write_bytes(b"drawn")
    (folder / "report.zh.html").write_bytes(b"report of " + (folder / ENVIRONMENT_FILE).read_bytes())


def verified(folder: Path, scratch: Path) -> Verified:
    return verify(folder, scratch, 1, Unwatched(), draw)


@pytest.fixture
def folder(finished: FinishedRun, tmp_path: Path) -> Path:
    """A copy that a test may change, with its figures and report."""
    copied = Path(shutil.copytree(finished.folder, tmp_path / "tiny_county" / finished.folder.name))
    draw(copied)
    return copied


@pytest.fixture
def run_again(finished: FinishedRun, monkeypatch: pytest.MonkeyPatch) -> None:
    """Running again gives the finished run without running."""

    def run_question(_: Question, out_root: Path, *__: object) -> FinishedRun:
        fresh = Path(shutil.copytree(finished.folder, out_root / "fresh"))
        return FinishedRun(fresh, finished.manifest, was_already_there=False)

    monkeypatch.setattr(verify_module, "run_question", run_question)


def test_the_question_is_read_back_from_its_answer(finished: FinishedRun, question: Question) -> None:
    again = question_of(finished.folder, finished.manifest)
    assert again.run_id() == question.run_id()
    assert [named.scenario for named in again.scenarios] == [named.scenario for named in question.scenarios]
    assert [named.resolved.derivation for named in again.scenarios] == [
        n.resolved.derivation for n in question.scenarios
    ]
    assert (again.sources, again.command) == (question.sources, question.command)


def test_an_untouched_folder_is_verified(folder: Path, tmp_path: Path) -> None:
    result = verified(folder, tmp_path / "scratch")
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert set(result.files) == files - {ENVIRONMENT_FILE}
    assert result.not_compared == ()


@pytest.mark.usefixtures("run_again")
def test_a_changed_byte_is_found_in_every_file(folder: Path, tmp_path: Path) -> None:
    for number, path in enumerate(sorted(path for path in folder.rglob("*") if path.is_file())):
        if path.name == ENVIRONMENT_FILE:
            continue
        before = path.read_bytes()
        everywhere = (0, len(before) // 2, len(before) - 1)
        for position in everywhere if path.name == MANIFEST_FILE else (everywhere[number % 3],):
            path.write_bytes(before[:position] + bytes([before[position] ^ 1]) + before[position + 1 :])
            with pytest.raises((VerificationError, InputError)) as caught:
                verified(folder, tmp_path / f"scratch{number}.{position}")
            assert path.relative_to(folder).as_posix() in str(caught.value)
        path.write_bytes(before)


@pytest.mark.usefixtures("run_again")
def test_a_missing_file_is_found(folder: Path, tmp_path: Path) -> None:
    (folder / "robustness.parquet").unlink()
    with pytest.raises(VerificationError) as caught:
        verified(folder, tmp_path / "scratch")
    assert caught.value.differences == ("robustness.parquet",)


@pytest.mark.usefixtures("run_again")
def test_a_file_that_no_such_run_has_is_found(folder: Path, finished: FinishedRun, tmp_path: Path) -> None:
    (finished.folder / "robustness.parquet").rename(tmp_path / "aside")
    try:
        with pytest.raises(VerificationError) as caught:
            verified(folder, tmp_path / "scratch")
    finally:
        (tmp_path / "aside").rename(finished.folder / "robustness.parquet")
    assert caught.value.differences == ("robustness.parquet",)


@pytest.mark.usefixtures("run_again")
def test_drawings_of_another_platform_are_not_compared(folder: Path, tmp_path: Path) -> None:
    environment = folder / ENVIRONMENT_FILE
    environment.write_text(
        environment.read_text(encoding="utf-8").replace('"platform": "', '"platform": "Other-'), "utf-8"
    )
    result = verified(folder, tmp_path / "scratch")
    assert result.not_compared == ("figures/a.svg", "report.zh.html")
    assert MANIFEST_FILE in result.files


def test_other_code_is_told_as_the_likely_cause(finished: FinishedRun) -> None:
    manifest = read_manifest(finished.folder)
    assert not made_by_other_code(manifest)
    assert made_by_other_code(manifest.model_copy(update={"code_digest": "0" * 64}))


def test_what_is_no_run_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        verified(tmp_path, tmp_path / "scratch")
    assert caught.value.problems[0].code == "run_folder_missing_file"
