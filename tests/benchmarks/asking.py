"""Programs that run as processes of their own and answer questions about the core network, one after the other."""

import json
import os
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.benchmarks.network import hours_of

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a program says of one run: processor seconds of all of it (of the engine alone), and what happened."""

    seconds: float
    disputes: int
    settled: Sequence[int]
    mean_hours: float
    engine_seconds: float = 0.0
    peak_mib: float = 0.0

    @property
    def per_dispute_s(self) -> float:
        """Seconds for each dispute."""
        return self.seconds / self.disputes

    @property
    def engine_per_dispute_s(self) -> float:
        """Seconds of the engine for each dispute; all of them where a program does not tell them apart."""
        return (self.engine_seconds or self.seconds) / self.disputes


class ProgramFailedError(Exception):
    """A program ended before it answered; says the last line of what it complained about."""


class Program:
    """A process that answers lines on its input, from the first line of its output, which names its version."""

    def __init__(self, command: Sequence[str | Path]) -> None:
        self._complaints = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 -- closed on leaving
        self._process = subprocess.Popen(
            [str(part) for part in command],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            text=True,
            encoding="utf-8",
        )
        self.version = ""

    def __enter__(self) -> Self:
        self.version = str(self._next_line()["version"])
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.communicate()
        self._complaints.close()

    def ask(self, disputes: int, seed: int) -> Answer:
        """Run the core network once."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(f"{disputes} {hours_of(disputes)} {seed}\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            pass  # what it said last tells why
        return Answer(**self._next_line())

    def _next_line(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            self._complaints.seek(0)
            complaint = self._complaints.read().strip().splitlines() or ["it ended without a word"]
            raise ProgramFailedError(complaint[-1])
        said: dict[str, Any] = json.loads(line)
        return said
