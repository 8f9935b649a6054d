"""Measures of several scenarios side by side: what is paired, and what can be compared."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from sim.experiment.pieces import KeptMeasures
from sim.experiment.replications import Replicated, pieces_of
from sim.stats import MEASURES_COLUMNS, MeasureKey, samples_from_frame

A, B, C = MeasureKey("a"), MeasureKey("b", "village"), MeasureKey("c", "", "land")


def kept(keys: Sequence[MeasureKey], start: float, emergence: str) -> KeptMeasures:
    return KeptMeasures(tuple(keys), np.arange(len(keys), dtype=np.float64) + start, ("all balanced",), emergence)


def replicated(policy_emergence: tuple[str, str] = ("x", "y")) -> Replicated:
    return Replicated(
        {
            "baseline": [kept([A, B, C], 0.0, "x"), kept([A, B, C], 10.0, "y")],
            "policy": [kept([A, C], 20.0, emergence) for emergence in policy_emergence],
        }
    )


def test_pieces_of_one_replication_stand_together() -> None:
    listed = [(piece.replication, piece.scenario_hash) for piece in pieces_of(["p", "q"], range(1, 3))]
    assert listed == [(1, "p"), (1, "q"), (2, "p"), (2, "q")]


def test_a_frame_is_a_measures_table_by_replication_and_key() -> None:
    frame = replicated().frame("baseline")
    assert tuple(frame.columns) == MEASURES_COLUMNS
    assert frame.to_numpy().tolist() == [
        ["baseline", 0, "a", "", "", 0.0],
        ["baseline", 0, "b", "village", "", 1.0],
        ["baseline", 0, "c", "", "land", 2.0],
        ["baseline", 1, "a", "", "", 10.0],
        ["baseline", 1, "b", "village", "", 11.0],
        ["baseline", 1, "c", "", "land", 12.0],
    ]
    samples_from_frame(frame)


def test_samples_are_those_of_the_frame() -> None:
    samples, of_frame = replicated().samples("baseline"), samples_from_frame(replicated().frame("baseline"))
    assert samples.in_order() == of_frame.in_order()
    for name in samples.in_order():
        np.testing.assert_array_equal(samples.sample(*name).observed, of_frame.sample(*name).observed)
        np.testing.assert_array_equal(samples.sample(*name).replications, of_frame.sample(*name).replications)


def test_chosen_keys_come_in_the_order_chosen() -> None:
    frame = replicated().frames([C, A])
    assert frame["value"].tolist() == [2.0, 0.0, 12.0, 10.0, 21.0, 20.0, 21.0, 20.0]
    assert isinstance(frame, pd.DataFrame)


def test_only_keys_that_all_scenarios_have_are_shared() -> None:
    assert replicated().shared_keys() == (A, C)


def test_scenarios_are_paired_only_if_they_see_the_same_disputes_in_every_replication() -> None:
    assert replicated(("x", "y")).unpaired() == ()
    assert replicated(("x", "z")).unpaired() == ("policy",)
    assert replicated(("y", "x")).unpaired() == ("policy",)
