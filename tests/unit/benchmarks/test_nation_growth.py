"""What a nation takes is counted in the processes that do it too."""

import multiprocessing
import sys
import time

import pytest

from tests.benchmarks import nation_growth


def work_for_a_while() -> None:
    """Keep a core busy and 64 MiB in memory for at least half a second."""
    held, start = bytearray(b"1" * (64 << 20)), time.process_time()
    while time.process_time() - start < 0.5:
        held[0] ^= 1


@pytest.mark.skipif(sys.platform != "linux", reason="only there the system says what another process holds")
def test_time_and_memory_of_worker_processes_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nation_growth, "WATCHED_EVERY_S", 0.05)
    before = nation_growth.spent_processor_s()
    with nation_growth.peaks_of_workers() as peaks:
        worker = multiprocessing.get_context("spawn").Process(target=work_for_a_while)
        worker.start()
        worker.join()
    assert nation_growth.spent_processor_s() - before >= 0.5
    assert peaks.keys() == {worker.pid}
    assert peaks[worker.pid or 0] > 64
