from typing import Any

import numpy as np
import pytest

from sim.jurisdiction.build import build_jurisdiction
from sim.sampling.emergence import EmergedDisputes, draw_emergence
from sim.sampling.streams import Streams
from sim.specification.schema import Scenario
from sim.vocabulary import SECONDS_PER_DAY
from tests.unit.sampling.rich_place import rich_scenario, sampled
from tests.unit.sampling.test_sample import arrays, digest
from tests.unit.scenario_factory import name

FLOOD = {"name": name("flood"), "from_day": 100, "days": 40, "multiplier": {"land": 6.0}}
LOCKDOWN = {"name": name("lockdown"), "from_day": 90, "days": 100, "multiplier": {"neighbours": 0.3, "land": 0.5}}


def emerged(scenario: Scenario, replication: int = 0) -> EmergedDisputes:
    return draw_emergence(scenario, build_jurisdiction(scenario), Streams(11, replication))


def struck(**shocks: dict[str, Any]) -> EmergedDisputes:
    return emerged(rich_scenario(emergence={"rate_per_1000_per_year": 500.0}, shocks=shocks))


def of_shock(disputes: EmergedDisputes, number: int = 0) -> slice:
    start = disputes.usual_count + sum(count for _, count in disputes.shock_counts[:number])
    return slice(start, start + disputes.shock_counts[number][1])


@pytest.mark.parametrize(
    "shocks",
    [
        {},
        {"flood": FLOOD | {"multiplier": {}}},
        {"flood": FLOOD | {"multiplier": {"land": 1.0, "neighbours": 1}}},
        {"flood": FLOOD | {"from_day": 50_000}},
        {"flood": FLOOD | {"from_day": -3_000}},
    ],
)
def test_a_shock_that_changes_nothing_gives_the_same_bytes(shocks: dict[str, Any]) -> None:
    assert digest(sampled(rich_scenario(shocks=shocks))) == digest(sampled(rich_scenario()))


def test_more_disputes_emerge_in_the_window_and_the_units_that_are_struck_only() -> None:
    disputes = struck(flood=FLOOD | {"units": ["town_2"]})
    rows = of_shock(disputes)
    day = disputes.emerged_s[rows] // SECONDS_PER_DAY
    assert len(day) > 50
    assert (day.min(), day.max()) == (100, 139)
    assert set(disputes.home_unit[rows].tolist()) == {2, 3}
    assert set(disputes.category[rows].tolist()) == {1}
    assert (np.diff(disputes.emerged_s[rows]) >= 0).all()


def test_units_of_any_tier_can_be_named_and_those_below_are_struck() -> None:
    for units, homes in (
        (["village_1", "village_4"], {0, 3}),
        (["county_1"], {0, 1, 2, 3}),
        (["town_1", "village_1"], {0, 1}),
    ):
        disputes = struck(flood=FLOOD | {"units": units})
        assert set(disputes.home_unit[of_shock(disputes)].tolist()) == homes


def test_a_shock_is_clipped_to_the_simulated_time() -> None:
    disputes = struck(flood=FLOOD | {"from_day": -300, "days": 2_000})
    day = disputes.emerged_s[of_shock(disputes)] // SECONDS_PER_DAY
    assert (day.min(), day.max()) == (-200, 544)


def test_additional_disputes_move_nothing_of_the_others_and_come_before_the_backlog() -> None:
    before, after = sampled(rich_scenario()), sampled(rich_scenario(shocks={"flood": FLOOD}))
    disputes = emerged(rich_scenario(shocks={"flood": FLOOD}))
    assert disputes.shock_counts[0][0] == "flood"
    assert before.emergence_hash != after.emergence_hash
    backlog = 40
    usual = len(before.dispute_id) - backlog
    for column, array in arrays(before).items():
        found = arrays(after)[column]
        assert np.array_equal(array[:usual], found[:usual]), column
        if column != "dispute_id":
            assert np.array_equal(array[usual:], found[-backlog:]), column
    assert not after.opening[usual:-backlog].any()


def test_a_second_shock_moves_nothing_of_the_first() -> None:
    one, two = struck(flood=FLOOD), struck(flood=FLOOD, strike=FLOOD | {"multiplier": {"neighbours": 3.0}})
    assert np.array_equal(one.emerged_s[of_shock(one)], two.emerged_s[of_shock(two)])
    first = sampled(rich_scenario(shocks={"flood": FLOOD}))
    both = sampled(rich_scenario(shocks={"flood": FLOOD, "strike": FLOOD | {"multiplier": {"neighbours": 3.0}}}))
    common = len(first.dispute_id) - 40
    assert np.array_equal(first.theta0_logit[:common], both.theta0_logit[:common])
    assert len(both.dispute_id) > len(first.dispute_id)


def test_fewer_disputes_are_the_same_disputes_less_some() -> None:
    before, after = sampled(rich_scenario()), sampled(rich_scenario(shocks={"lockdown": LOCKDOWN}))
    common, rows, others = np.intersect1d(before.dispute_id, after.dispute_id, return_indices=True)
    assert len(common) == len(after.dispute_id) < len(before.dispute_id)
    for column, array in arrays(before).items():
        assert np.array_equal(array[rows], arrays(after)[column][others]), column
    gone = np.setdiff1d(np.arange(len(before.dispute_id)), rows)
    day = before.emerged_s[gone] // SECONDS_PER_DAY
    assert day.min() >= 90
    assert day.max() < 190
    assert before.emergence_hash != after.emergence_hash


def test_a_deeper_lull_spares_the_same_and_more() -> None:
    shallow, deep = (
        struck(lull=LOCKDOWN | {"multiplier": {"neighbours": multiplier}}).spared for multiplier in (0.6, 0.2)
    )
    assert 0 < shallow.sum() < deep.sum()
    assert not (shallow & ~deep).any()


def test_nothing_emerges_where_the_multiplier_is_zero() -> None:
    disputes = struck(lull=LOCKDOWN | {"multiplier": {"neighbours": 0.0, "land": 0.0}})
    day = disputes.emerged_s // SECONDS_PER_DAY
    inside = (day >= 90) & (day < 190) & (np.arange(len(day)) < disputes.usual_count)
    assert np.array_equal(disputes.spared, inside)


def test_lulls_multiply_and_a_surge_adds_to_what_they_leave() -> None:
    both = struck(flood=FLOOD, lull=LOCKDOWN, quiet=LOCKDOWN | {"multiplier": {"land": 0.4}})
    assert both.shock_counts[0][1] == struck(flood=FLOOD).shock_counts[0][1]
    assert [shock_id for shock_id, _ in both.shock_counts] == ["flood"]
    of_lull, of_quiet = struck(lull=LOCKDOWN), struck(quiet=LOCKDOWN | {"multiplier": {"land": 0.4}})
    usual = slice(both.usual_count)
    assert np.array_equal(both.spared[usual], of_lull.spared[usual] | of_quiet.spared[usual])
    assert not both.spared[both.usual_count :].any()


def test_shocks_are_the_same_under_every_policy() -> None:
    shocks = {"flood": FLOOD, "lockdown": LOCKDOWN}
    before = sampled(rich_scenario(shocks=shocks))
    after = sampled(rich_scenario(shocks=shocks, patience=None, handover=None, triage={"rule": "lowest_first"}))
    assert before.emergence_hash == after.emergence_hash
    assert np.array_equal(before.emerged_s, after.emerged_s)
