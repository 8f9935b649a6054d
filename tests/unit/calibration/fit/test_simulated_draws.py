"""Draws are simulated part by part; what is finished is never done again."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from calibration.fit import simulated_draws
from calibration.fit.opening import OpenPlace, open_place
from calibration.fit.prior_draws import prior_draws
from calibration.fit.simulated_draws import DRAWS_PER_PART, Draws, DrawSimulator, Part, answers_of, do_part, values_of
from calibration.fit.simulation import simulated_answers
from sim.engine.choose import EngineName
from sim.errors import AuditError
from sim.experiment.executor import Workers
from sim.experiment.progress import Unwatched
from tests.unit.calibration.fit.small_place import write_place


@pytest.fixture(scope="module")
def targets_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_place(tmp_path_factory.mktemp("place"))


@pytest.fixture(scope="module")
def opened(targets_file: Path) -> OpenPlace:
    return open_place(targets_file)


@pytest.fixture
def simulator(targets_file: Path, opened: OpenPlace, tmp_path: Path) -> DrawSimulator:
    return DrawSimulator(targets_file, opened.digest, tmp_path, Workers(1), EngineName.COMPILED, Unwatched())


def draws_of(opened: OpenPlace, count: int, simulated: int) -> Draws:
    return Draws("some", prior_draws(opened.place.parameters, 7, count), np.arange(count), simulated)


def note_parts(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    done: list[int] = []

    def do_and_note(part: Part) -> None:
        done.append(part.first)
        do_part(part)

    monkeypatch.setattr(simulated_draws, "do_part", do_and_note)
    return done


def test_each_draw_has_its_values_and_those_simulated_their_answers(
    opened: OpenPlace, simulator: DrawSimulator
) -> None:
    draws = draws_of(opened, 13, 11)
    table = simulator.simulate(draws)
    assert len(values_of(table)) == 13
    assert not values_of(table).isna().to_numpy().any()
    assert len(answers_of(table)) == 11
    place = opened.place
    values = place.values_at(dict(zip(place.ids, draws.numbers[10].tolist(), strict=True)))
    assert values_of(table).iloc[10].to_dict() == values
    assert answers_of(table).iloc[10].to_dict() == simulated_answers(place, values, 10, EngineName.COMPILED)
    assert set(answers_of(table)) > set(place.targets.targets)


def test_a_finished_part_is_never_done_again(
    opened: OpenPlace, simulator: DrawSimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    done, draws = note_parts(monkeypatch), draws_of(opened, 23, 23)
    first = simulator.simulate(draws)
    assert done == [0, DRAWS_PER_PART, 2 * DRAWS_PER_PART]
    (middle,) = simulator.folder.glob("some-*.0000010-0000020.parquet")
    middle.unlink()
    done.clear()
    pd.testing.assert_frame_equal(simulator.simulate(draws), first, check_exact=True)
    assert done == [DRAWS_PER_PART]
    done.clear()
    simulator.simulate(draws)
    assert done == []


def test_other_draws_are_no_part_of_these(
    opened: OpenPlace, simulator: DrawSimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    done, draws = note_parts(monkeypatch), draws_of(opened, 3, 3)
    simulator.simulate(draws)
    for other in (
        replace(draws, numbers=draws.numbers[::-1].copy()),
        replace(draws, replications=draws.replications + 1),
        replace(draws, simulated=2),
        replace(draws, name="others"),
    ):
        done.clear()
        simulator.simulate(other)
        assert done == [0]


def test_a_worker_that_finds_another_question_stops(opened: OpenPlace, simulator: DrawSimulator) -> None:
    draws = draws_of(opened, 1, 1)
    with pytest.raises(ValueError, match="has changed since the fit began"):
        replace(simulator, digest="0" * 64).simulate(draws)
    assert list(simulator.folder.glob("*.parquet")) == []


def test_a_simulation_whose_accounts_do_not_balance_is_void(opened: OpenPlace, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise AuditError(["one more than came"])

    monkeypatch.setattr("calibration.fit.simulation.audited", fails)
    place = opened.place
    values = place.values_at({parameter.id: parameter.stated for parameter in place.parameters})
    with pytest.raises(AuditError) as raised:
        simulated_answers(place, values, 3, EngineName.COMPILED)
    assert raised.value.failures == ("replication 3: one more than came",)


def test_both_engines_answer_the_same(opened: OpenPlace) -> None:
    place = opened.place
    values = place.values_at({parameter.id: parameter.stated for parameter in place.parameters})
    answers = [simulated_answers(place, values, 5, engine) for engine in EngineName]
    assert answers[0] == answers[1] == answers[2]
