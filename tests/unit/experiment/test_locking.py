"""One process at a time works on a run folder."""

from pathlib import Path

import pytest

from sim.experiment.locking import FolderInUseError, locked


def test_a_second_holder_is_refused_and_told_where_the_results_will_be(tmp_path: Path) -> None:
    partial = tmp_path / "partial"
    with locked(partial, tmp_path), pytest.raises(FolderInUseError) as caught, locked(partial, tmp_path):
        pytest.fail("two processes hold the lock")
    assert caught.value.folder == tmp_path


def test_the_lock_ends_with_the_block_whatever_happens_in_it(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), locked(tmp_path, tmp_path):
        raise RuntimeError
    with locked(tmp_path, tmp_path):
        pass
