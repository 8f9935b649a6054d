from typing import Any

import numpy as np
import pytest

from sim.sampling.contract import DisputeBatch
from sim.sampling.prevention import emerging_share
from sim.vocabulary import SECONDS_PER_DAY
from tests.unit.sampling.rich_place import rich_scenario, sampled
from tests.unit.sampling.test_sample import arrays, digest
from tests.unit.scenario_factory import name


def measure(coverage_share: float, **multiplier: float) -> dict[str, Any]:
    return {"name": name("measure"), "multiplier": multiplier, "coverage_share": coverage_share}


def prevented_by(**measures: dict[str, Any]) -> DisputeBatch:
    return sampled(rich_scenario(prevention=measures))


@pytest.mark.parametrize(
    "prevention",
    [{}, {"law": measure(0.0, land=0.2)}, {"law": measure(1.0)}, {"law": measure(0.7, land=1.0, neighbours=1.0)}],
)
def test_a_measure_that_prevents_nothing_gives_the_same_bytes(prevention: dict[str, Any]) -> None:
    assert digest(sampled(rich_scenario(prevention=prevention))) == digest(sampled(rich_scenario()))


def test_the_share_that_emerges_is_the_product_over_measures() -> None:
    scenario = rich_scenario(
        prevention={"law": measure(0.5, land=0.2), "credit": measure(0.25, land=0.0, neighbours=0.6)}
    )
    assert emerging_share(scenario) == pytest.approx([1 - 0.25 * 0.4, (1 - 0.5 * 0.8) * (1 - 0.25)])


def test_disputes_that_remain_keep_ids_and_luck_and_the_emergence_hash() -> None:
    before, after = sampled(rich_scenario()), prevented_by(law=measure(0.8, land=0.1, neighbours=0.7))
    assert before.emergence_hash == after.emergence_hash
    common, rows, others = np.intersect1d(before.dispute_id, after.dispute_id, return_indices=True)
    assert 0 < len(common) == len(after.dispute_id) < len(before.dispute_id)
    for column, array in arrays(before).items():
        assert np.array_equal(array[rows], arrays(after)[column][others]), column


def test_prevented_and_emerged_make_up_the_undiminished_disputes() -> None:
    before, after = sampled(rich_scenario()), prevented_by(law=measure(0.8, land=0.1, neighbours=0.7))
    prevented = after.prevented
    everybody = np.concatenate([after.dispute_id, prevented.dispute_id])
    assert np.array_equal(np.sort(everybody), before.dispute_id)
    _, rows, others = np.intersect1d(before.dispute_id, prevented.dispute_id, return_indices=True)
    for column in ("home_unit", "category", "emerged_s"):
        assert np.array_equal(arrays(before)[column][rows], getattr(prevented, column)[others]), column


def test_only_the_kinds_named_are_prevented_and_nothing_that_is_open_already() -> None:
    batch = prevented_by(law=measure(1.0, land=0.0))
    assert set(batch.prevented.category.tolist()) == {1}
    latent_before = rich_scenario().horizon.latent_days * SECONDS_PER_DAY
    assert (batch.prevented.emerged_s >= -latent_before).all()
    backlog = batch.dispute_id[-40:]
    assert np.array_equal(backlog, sampled(rich_scenario()).dispute_id[-40:])
    assert (batch.category[:-40] == 0).all()
    assert (batch.category[-40:] == 1).any()


@pytest.mark.parametrize(
    ("weaker", "stronger"),
    [
        ({"law": measure(0.3, land=0.5)}, {"law": measure(0.6, land=0.5)}),
        ({"law": measure(0.6, land=0.5)}, {"law": measure(0.6, land=0.2)}),
        ({"law": measure(0.6, land=0.5)}, {"law": measure(0.6, land=0.5, neighbours=0.9)}),
        ({"law": measure(0.6, land=0.5)}, {"law": measure(0.6, land=0.5), "credit": measure(0.2, land=0.9)}),
    ],
)
def test_a_stronger_measure_prevents_the_same_and_more(weaker: dict[str, Any], stronger: dict[str, Any]) -> None:
    less, more = prevented_by(**weaker).prevented, prevented_by(**stronger).prevented
    assert len(less.dispute_id) < len(more.dispute_id)
    assert np.isin(less.dispute_id, more.dispute_id).all()


def test_what_a_shock_spares_is_not_counted_as_prevented() -> None:
    lull = {"lull": {"name": name("lull"), "from_day": 0, "days": 365, "multiplier": {"land": 0.0}}}
    batch = sampled(rich_scenario(shocks=lull, prevention={"law": measure(1.0, land=0.0)}))
    day = batch.prevented.emerged_s // SECONDS_PER_DAY
    assert ((day < 0) | (day >= 365)).all()
    assert len(day)


def test_disputes_of_a_shock_can_be_prevented_too() -> None:
    flood = {"flood": {"name": name("flood"), "from_day": 0, "days": 365, "multiplier": {"land": 9.0}}}
    some = sampled(rich_scenario(shocks=flood, prevention={"law": measure(1.0, land=0.0)}))
    none = sampled(rich_scenario(shocks=flood))
    assert some.emergence_hash == none.emergence_hash
    assert len(some.prevented.dispute_id) == (none.category[:-40] == 1).sum()
