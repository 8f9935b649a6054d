"""One finished comparison of the tiny county, made by one worker."""

from pathlib import Path

import pytest

from tests.end_to_end.command_line import TINY_COUNTY, Finished, type_in


@pytest.fixture(scope="session")
def compared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Finished]:
    """Where the comparison was typed (its results are in `outputs`), and how it ended."""
    folder = tmp_path_factory.mktemp("typed_here")
    return folder, type_in(folder, "compare", TINY_COUNTY, "--workers", "1", "--records", PYTHONHASHSEED="0")
