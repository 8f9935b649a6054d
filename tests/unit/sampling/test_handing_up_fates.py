"""Chances of being referred by load and of being settled on paper: by visit, common to all policies."""

from typing import Any

import numpy as np
import pytest

from sim.sampling.contract import DisputeBatch
from tests.unit.sampling.rich_place import exponential_days, rich_scenario, rich_tiers, sampled
from tests.unit.scenario_factory import days

TIERS, SLOTS = 3, 6


def with_referral(prob: float, per_post: float = 1.0) -> dict[str, Any]:
    tiers = rich_tiers()
    for tier_id in ("village", "town"):
        tiers[tier_id]["load_referral"] = {"refer_when_waiting_per_post_at_least": per_post, "refer_prob": prob}
    return tiers


def pressed(prob: float, tiers: list[str], **rest: Any) -> DisputeBatch:
    pressure = {"paper_settlement_prob": prob, "return_delay_days": exponential_days(30.0), "tiers": tiers} | rest
    return sampled(rich_scenario(reporting_pressure=pressure))


def others(batch: DisputeBatch) -> dict[str, Any]:
    ours = ("referred_if_busy", "settled_on_paper", "paper_return_s")
    values = {name: getattr(batch, name) for name in DisputeBatch.__slots__ if name not in ours}
    return {name: value for name, value in values.items() if isinstance(value, np.ndarray)}


def test_nothing_is_drawn_where_all_is_off() -> None:
    batch = sampled(rich_scenario())
    assert [c.shape[1] for c in (batch.referred_if_busy, batch.settled_on_paper, batch.paper_return_s)] == [0, 0, 0]


def test_referrals_come_with_their_probability_at_each_session_of_the_tiers_that_refer() -> None:
    batch = sampled(rich_scenario(tiers=with_referral(0.3)))
    by_column = batch.referred_if_busy.mean(axis=0)
    assert by_column.shape == (2 * SLOTS,)
    assert by_column.reshape(2, SLOTS)[:, 5].tolist() == [0.0, 0.0]
    assert by_column.reshape(2, SLOTS)[:, :5] == pytest.approx(0.3, abs=0.1)
    assert len(np.unique(batch.referred_if_busy[:, :5], axis=0)) > 5, "sessions have chances of their own"


def test_papers_come_with_their_probability_at_the_tiers_under_pressure() -> None:
    batch = pressed(0.4, ["town"])
    by_column = batch.settled_on_paper.mean(axis=0).reshape(2, TIERS)
    assert by_column[:, [0, 2]].tolist() == [[0.0, 0.0], [0.0, 0.0]]
    assert by_column[:, 1] == pytest.approx(0.4, abs=0.1)
    returns_days = batch.paper_return_s.reshape(-1, 2, TIERS)[:, :, 1] / 86_400
    assert returns_days.mean() == pytest.approx(30, rel=0.2)


def test_a_higher_probability_only_adds_and_moves_no_other_draw() -> None:
    low, high, off = pressed(0.2, ["village"]), pressed(0.6, ["village", "town"]), sampled(rich_scenario())
    assert (high.settled_on_paper[:, [0, 3]] >= low.settled_on_paper[:, [0, 3]]).all()
    assert np.array_equal(high.paper_return_s[:, [0, 3]], low.paper_return_s[:, [0, 3]])
    few, many = (sampled(rich_scenario(tiers=with_referral(prob))) for prob in (0.2, 0.7))
    assert (many.referred_if_busy >= few.referred_if_busy).all()
    for batch in (low, high, few, many):
        for name, column in others(batch).items():
            assert np.array_equal(column, others(off)[name]), name


def test_a_fixed_delay_is_the_same_for_all() -> None:
    batch = pressed(0.5, ["village"], return_delay_days=days(2.5))
    assert set(batch.paper_return_s[:, 0].tolist()) == {216_000}


def test_tiers_and_visits_have_chances_of_their_own() -> None:
    papers = pressed(0.5, ["village", "town"]).settled_on_paper[:, [0, 1, 3, 4]]
    assert len(np.unique(papers, axis=0)) == 16, "every mixture occurs"
