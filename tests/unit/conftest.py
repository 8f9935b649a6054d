"""Fixtures shared by the unit tests."""

import pytest

from tests.unit.scenario_factory import MakeScenario
from tests.unit.scenario_factory import make_scenario as _make_scenario


@pytest.fixture
def make_scenario() -> MakeScenario:
    """Build a small scenario; keyword arguments replace top-level blocks whole, None drops an optional one."""
    return _make_scenario
