"""Memory that a replication gives back is kept for the next, and nothing else changes."""

import sys

import numpy as np
import pytest

from sim.experiment.freed_memory import keep_freed_memory


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc can be told to keep memory")
def test_arrays_made_again_fetch_no_new_pages() -> None:
    import resource

    if not keep_freed_memory():
        pytest.skip("this C library cannot be told to keep memory")

    def pages_fetched() -> int:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
        for _ in range(20):
            [np.ones(100_000) for _ in range(10)]
        return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before

    pages_fetched()
    assert pages_fetched() < 200


def test_where_it_cannot_be_told_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert keep_freed_memory() is False
