"""How many replications are run, and why no more."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

from sim.experiment import looks as looks_module
from sim.experiment.executor import Workers
from sim.experiment.looks import Looks
from sim.experiment.pieces import KeptMeasures, Piece, PieceStore
from sim.experiment.progress import Unwatched
from sim.experiment.replications import HEADLINE_KEYS, Replicated
from sim.specification.schema.scenario import AutomaticReplications, FixedReplications

HASHES = {"baseline": "b", "policy": "p"}


class Watched(Unwatched):
    """Notes the looks taken."""

    def __init__(self) -> None:
        self.looks: list[int] = []

    def looked(self, decision: object) -> None:
        self.looks.append(decision.n)  # type: ignore[attr-defined]


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Numbers of replications asked for; what they give is set by `spread`."""
    asked: list[int] = []

    def run_missing(_: PieceStore, pieces: Sequence[Piece], *__: object) -> None:
        asked.append(len(pieces) // len(HASHES))

    monkeypatch.setattr(looks_module, "run_missing", run_missing)
    return asked


def answers(monkeypatch: pytest.MonkeyPatch, spread: float) -> None:
    """Every headline measure of replication r is 10 + noise, of the policy less correlated noise more."""

    def read(_: PieceStore, hashes: Mapping[str, str], count: int) -> Replicated:
        noise = np.array([(-1.0) ** r for r in range(count)]) * spread
        values = {"baseline": 10.0 + noise, "policy": 10.0 - noise}
        size = len(HEADLINE_KEYS)
        return Replicated(
            {
                id_: [KeptMeasures(HEADLINE_KEYS, np.full(size, value), (), "same") for value in values[id_]]
                for id_ in hashes
            }
        )

    monkeypatch.setattr(looks_module, "read_replicated", read)


def test_a_fixed_number_is_run_at_once_and_never_looked_at(ran: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, spread=5.0)
    watched = Watched()
    replicated, done = Looks(PieceStore(Path(), 0, ""), HASHES, Workers(1), watched).replicate(
        FixedReplications(rule="fixed", count=7)
    )
    assert (ran, watched.looks) == ([7], [])
    assert len(replicated.kept["policy"]) == 7
    assert (done.count, done.cause, done.cap, done.looks) == (7, "fixed", None, 1)


@pytest.mark.parametrize(
    ("spread", "cap", "expected"),
    [(0.001, 200, [10]), (5.0, 40, [10, 20, 40]), (5.0, 25, [10, 20, 25]), (5.0, 8, [8])],
)
def test_looks_go_on_until_precise_or_at_the_cap(
    spread: float, cap: int, expected: list[int], ran: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    answers(monkeypatch, spread)
    watched = Watched()
    rule = AutomaticReplications(rule="automatic", cap=cap, relative_precision=0.05)
    _, done = Looks(PieceStore(Path(), 0, ""), HASHES, Workers(1), watched).replicate(rule)
    assert ran == watched.looks == expected
    cause = "criteria_met" if expected[-1] < cap else "cap_reached"
    assert (done.count, done.cause, done.cap, done.looks) == (expected[-1], cause, cap, 6)
