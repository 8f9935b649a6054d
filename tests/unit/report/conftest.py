"""Run folders made once for the tests of this folder; their reports are built once too."""

from pathlib import Path

import pytest

from sim.report import RunFolder, read_run_folder, rebuild
from tests.unit.report.synthetic_run_folder import write_run_folder


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a comparison's folder with figures and reports in both languages; not to be changed."""
    path = write_run_folder(tmp_path_factory.mktemp("comparison") / "run")
    rebuild(path)
    return path


@pytest.fixture(scope="session")
def folder(built: Path) -> RunFolder:
    return read_run_folder(built)


@pytest.fixture(scope="session")
def single(tmp_path_factory: pytest.TempPathFactory) -> RunFolder:
    """Return the folder of a single scenario; no reports in it."""
    path = write_run_folder(tmp_path_factory.mktemp("single") / "run", scenarios=("baseline",))
    return read_run_folder(path)


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> RunFolder:
    """Return a folder whose names are mark-up; no reports in it."""
    path = tmp_path_factory.mktemp("hostile") / "run"
    return read_run_folder(write_run_folder(path, scenarios=("baseline", "relieve_admin"), hostile=True))
