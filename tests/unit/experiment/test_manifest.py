"""What a finished run says about itself."""

import json
from pathlib import Path

import pytest

from sim.errors import InputError
from sim.experiment.manifest import MANIFEST_FILE, read_manifest, write_manifest
from sim.experiment.run import FinishedRun


def test_a_manifest_is_read_back_as_it_was_written(finished: FinishedRun, tmp_path: Path) -> None:
    write_manifest(tmp_path, finished.manifest)
    assert read_manifest(tmp_path) == finished.manifest
    assert (tmp_path / MANIFEST_FILE).read_bytes() == (finished.folder / MANIFEST_FILE).read_bytes()


def test_a_folder_without_manifest_is_no_finished_run(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_manifest(tmp_path)
    assert caught.value.problems[0].code == "run_folder_missing_file"


@pytest.mark.parametrize(
    ("key", "value", "path"),
    [
        ("seed", "x", "seed"),
        ("study", "../elsewhere", "study"),
        ("scenarios", ["a", "../a"], "scenarios.1"),
        ("more", 1, "more"),
    ],
)
def test_a_manifest_that_is_not_ours_is_refused(
    key: str, value: object, path: str, finished: FinishedRun, tmp_path: Path
) -> None:
    content = json.loads((finished.folder / MANIFEST_FILE).read_text(encoding="utf-8")) | {key: value}
    (tmp_path / MANIFEST_FILE).write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_manifest(tmp_path)
    assert [(problem.code, problem.path) for problem in caught.value.problems] == [("run_folder_invalid", path)]


def test_it_names_no_time_no_path_and_no_machine(finished: FinishedRun) -> None:
    text = (finished.folder / MANIFEST_FILE).read_text(encoding="utf-8")
    assert finished.folder.parent.as_posix() not in text
    assert "tests/" not in text
