"""Finished replications are found again by what determines them, and by nothing else."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim.engine.choose import DEFAULT_ENGINE, choose_engine
from sim.experiment.pieces import Piece, PieceStore, Work, do_work, hash_of_scenario
from sim.experiment.question import Question
from sim.experiment.replicate import prepared, replicate

ENGINE = choose_engine(DEFAULT_ENGINE)


@pytest.fixture
def store(question: Question, tmp_path: Path) -> PieceStore:
    whole = frozenset({hash_of_scenario(question.baseline.scenario)})
    return PieceStore(tmp_path / "partial", seed=7, code="some code", whole_scenarios=whole, with_records=True)


@pytest.fixture
def piece(store: PieceStore, question: Question) -> Piece:
    return Piece(store.add_scenario(question.baseline.scenario), replication=0)


def test_what_was_written_is_read_back_exactly(store: PieceStore, piece: Piece) -> None:
    do_work(Work(store, piece))
    outcome, records = replicate(prepared(store.scenario_file(piece.scenario_hash)), 7, 0, ENGINE, with_records=True)
    kept, sums = store.measures(piece), store.sums(piece)
    assert [tuple(key) for key in kept.keys] == list(
        outcome.measures[["measure", "tier", "category"]].itertuples(index=False, name=None)
    )
    np.testing.assert_array_equal(kept.observed, outcome.measures["value"].to_numpy())
    assert (kept.audits, kept.emergence_hash) == (outcome.audits, outcome.emergence_hash)
    assert outcome.sums is not None
    np.testing.assert_array_equal(sums.series.present_s, outcome.sums.series.present_s)
    np.testing.assert_array_equal(sums.units.settled_180d_count, outcome.sums.units.settled_180d_count)
    for read, written in zip(sums.distributions, outcome.sums.distributions, strict=True):
        assert (read.quantity, read.bin_s, read.of) == (written.quantity, written.bin_s, written.of)
        np.testing.assert_array_equal(read.count, written.count)
    assert records is not None
    assert store.records(piece, "disputes").num_rows == len(records.disputes)
    assert store.records(piece, "sessions")["waited_s"].to_pylist() == records.sessions["waited_s"].tolist()


def test_a_piece_is_missing_until_it_is_whole(store: PieceStore, piece: Piece) -> None:
    assert store.missing([piece]) == [piece]
    do_work(Work(store, piece))
    assert store.missing([piece]) == []
    assert store.count() == 1
    whole = store.file(piece).read_bytes()
    for broken in (b"", whole[: len(whole) // 2], b"not a piece"):
        store.file(piece).write_bytes(broken)
        assert store.missing([piece]) == [piece]


def test_a_piece_goes_by_scenario_seed_replication_and_code(store: PieceStore, piece: Piece) -> None:
    others = [
        store.file(Piece("another", 0)),
        store.file(replace(piece, replication=1)),
        replace(store, seed=8).file(piece),
        replace(store, code="other code").file(piece),
    ]
    assert len({store.file(piece), *others}) == 5


def test_a_changed_value_makes_another_scenario(store: PieceStore, question: Question) -> None:
    hashes = {store.add_scenario(named.scenario) for named in question.scenarios}
    assert len(hashes) == len(question.scenarios)


def test_a_scenario_that_was_left_in_part_is_written_again(store: PieceStore, question: Question) -> None:
    scenario = question.baseline.scenario
    file = store.scenario_file(store.add_scenario(scenario))
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    assert store.scenario_file(store.add_scenario(scenario)) == file
    assert file.read_bytes() == whole


def test_of_other_scenarios_only_the_measures_are_kept(store: PieceStore, question: Question) -> None:
    piece = Piece(store.add_scenario(question.policies[0].scenario), 0)
    do_work(Work(store, piece))
    assert store.measures(piece).keys
    with pytest.raises(KeyError):
        store.sums(piece)
    assert not store.records_file(piece, "disputes").exists()
