"""What our engines are measured in is a process such as runs have."""

import pytest

from sim.engine.choose import EngineName
from tests.benchmarks import our_engine


def test_a_measured_process_keeps_freed_memory_and_has_its_engine_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[object] = []
    monkeypatch.setattr(our_engine, "keep_freed_memory", lambda: done.append("memory kept"))
    monkeypatch.setattr(our_engine, "make_ready", done.append)
    our_engine.prepare_process(EngineName.COMPILED)
    assert done == ["memory kept", EngineName.COMPILED]
