"""Markers by folder, and Hypothesis drawing the same examples every time."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

MARKED_FOLDERS = ("unit", "behaviour", "equivalence", "theory", "golden", "end_to_end", "architecture")
TESTS = Path(__file__).parent

# Explore beyond the fixed examples with `pytest --hypothesis-profile=explore`.
settings.register_profile("fixed", derandomize=True, deadline=None, database=None)
settings.register_profile("explore", deadline=None, max_examples=2000)
settings.load_profile("fixed")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        folder = item.path.relative_to(TESTS).parts[0]
        if folder in MARKED_FOLDERS:
            item.add_marker(folder)


@pytest.fixture(scope="session", autouse=True)
def _child_processes_warn_as_usual() -> None:
    """Encoding warnings are errors in these tests; in a command they start they would only be noise on its stderr."""
    os.environ.pop("PYTHONWARNDEFAULTENCODING", None)
