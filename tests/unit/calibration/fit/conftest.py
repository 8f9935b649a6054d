"""The small place, opened and fitted once for all tests that change nothing of it."""

from pathlib import Path

import pytest

from calibration.fit.calibrating import FinishedCalibration, calibrate
from calibration.fit.place import PlaceToFit
from tests.unit.calibration.fit.small_place import open_small, write_place


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> PlaceToFit:
    """Return the small place."""
    return open_small(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="session")
def calibrated(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, FinishedCalibration]:
    """Return the targets file of the small place and its fit, made by one worker."""
    targets_file = write_place(tmp_path_factory.mktemp("fitted"))
    return targets_file, calibrate(targets_file, targets_file.parents[2] / "outputs", workers=1, command="typed")
