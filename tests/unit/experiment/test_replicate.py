"""A replication is measured, audited, and gone when it is over."""

import gc
from pathlib import Path

import pytest

from sim.engine.choose import DEFAULT_ENGINE, choose_engine
from sim.errors import AuditError
from sim.experiment import replicate as replicate_module
from sim.experiment.pieces import PieceStore
from sim.experiment.question import Question
from sim.experiment.replicate import Prepared, prepared, replicate
from sim.outcomes.measures import MEASURES

ENGINE = choose_engine(DEFAULT_ENGINE)


@pytest.fixture
def place(question: Question, tmp_path: Path) -> Prepared:
    store = PieceStore(tmp_path, 0, "")
    return prepared(store.scenario_file(store.add_scenario(question.baseline.scenario)))


def test_the_same_seed_and_replication_give_the_same_outcome(place: Prepared) -> None:
    one, _ = replicate(place, 7, 1, ENGINE, with_records=False)
    same, _ = replicate(place, 7, 1, ENGINE, with_records=True)
    other, _ = replicate(place, 7, 2, ENGINE, with_records=False)
    assert one.measures.equals(same.measures)
    assert set(one.measures["measure"]) == set(MEASURES)
    assert one.emergence_hash == same.emergence_hash != other.emergence_hash


def test_records_are_made_only_where_they_are_wanted(place: Prepared) -> None:
    assert replicate(place, 7, 1, ENGINE, with_records=False)[1] is None
    _, records = replicate(place, 7, 1, ENGINE, with_records=True)
    assert records is not None
    assert len(records.disputes) > 20
    assert set(records.sessions["dispute_id"]) <= set(records.disputes["dispute_id"])


def test_a_failed_audit_says_which_replication_of_which_scenario(
    place: Prepared, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise AuditError(["3 disputes are missing"])

    monkeypatch.setattr(replicate_module, "summarise", fails)
    with pytest.raises(AuditError) as caught:
        replicate(place, 7, 4, ENGINE, with_records=False)
    assert caught.value.failures == ("Baseline, replication 4: 3 disputes are missing",)


def test_a_finished_replication_leaves_nothing_behind(place: Prepared) -> None:
    replicate(place, 7, 1, ENGINE, with_records=False)
    gc.collect()
    gc.disable()
    try:
        replicate(place, 7, 2, ENGINE, with_records=False)
        left = gc.collect()
    finally:
        gc.enable()
    assert left < 1_000, "memory would grow from one replication to the next"
