"""The small place, opened once for all tests that change nothing of it."""

import pytest

from calibration.fit.place import PlaceToFit
from tests.unit.calibration.fit.small_place import open_small


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> PlaceToFit:
    """Return the small place."""
    return open_small(tmp_path_factory.mktemp("small"))
