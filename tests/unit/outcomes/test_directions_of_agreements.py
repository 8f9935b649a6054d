"""What follows a settlement, under common random numbers: off changes nothing, and levers move what they should."""

import json
from functools import cache
from typing import Any

import numpy as np
import pytest

from sim.engine.contract import Trajectory
from sim.engine.simpy_engine import simulate
from sim.jurisdiction import build_jurisdiction
from sim.outcomes.audits import audit
from sim.outcomes.measures import measures_frame
from sim.outcomes.observed import observe
from sim.protocol import compile_protocol
from sim.sampling import sample_disputes
from tests.unit.engine.naive_comparison import differing_fields
from tests.unit.outcomes.busy_place import busy_scenario, exponential_days

BREACH: dict[str, Any] = {
    "breach_days": exponential_days(60.0),
    "durability_logit": 0.5,
    "max_episodes": 3,
    "theta_shift_logit": 0.3,
    "reopen_at": "settling",
}
FOLLOW_UP: dict[str, Any] = {
    "due_days": [5.0, 15.0],
    "effort_hours": 1.0,
    "gain_logit": 1.0,
    "skip_after_working_hours": 60.0,
}
Run = tuple[Trajectory, dict[tuple[str, ...], float]]


def _with(breach: dict[str, Any] | None = None, follow_up: dict[str, Any] | None = None) -> Run:
    """Run the busy place; BREACH and FOLLOW_UP with changes, off where None."""
    blocks = {
        "breach": None if breach is None else BREACH | breach,
        "follow_up": None if follow_up is None else FOLLOW_UP | follow_up,
    }
    return _run(json.dumps(blocks))


@cache
def _run(blocks: str) -> Run:
    """The audited trajectory and the measures of one replication of the busy place with these blocks."""
    scenario = busy_scenario("lowest_first", **json.loads(blocks))
    jurisdiction = build_jurisdiction(scenario)
    protocol = compile_protocol(scenario, jurisdiction)
    batch = sample_disputes(scenario, jurisdiction, protocol, seed=5, replication=0)
    trajectory = simulate(jurisdiction, protocol, batch)
    audit(jurisdiction, protocol, batch, trajectory)
    run = observe(jurisdiction, protocol, batch, trajectory, scenario.measures)
    frame = measures_frame(run, np.random.default_rng(1))
    keys = zip(frame["measure"], frame["tier"], frame["category"], strict=True)
    return trajectory, dict(zip(keys, frame["value"], strict=True))


def _value(run: Run, measure: str, tier: str = "") -> float:
    return float(run[1][measure, tier, ""])


@pytest.mark.parametrize(
    ("breach", "follow_up"),
    [({"max_episodes": 1}, {"due_days": []}), ({"durability_logit": 60.0}, None), (None, {"due_days": []})],
)
def test_switched_off_in_any_way_it_changes_nothing_at_all(
    breach: dict[str, Any] | None, follow_up: dict[str, Any] | None
) -> None:
    off, without = _with(breach, follow_up), _with()
    assert differing_fields(off[0], without[0]) == []
    np.testing.assert_equal(off[1], without[1])


def test_weaker_agreements_bring_more_disputes_back_and_leave_more_unresolved() -> None:
    runs = [_with({"durability_logit": durability}) for durability in (3.0, 1.0, -1.0)]
    recurrences = [_value(run, "recurrences_per_1000_per_year") for run in runs]
    unresolved = [_value(run, "days_unresolved_180d") for run in runs]
    share = [_value(run, "recurrence_share_365d") for run in runs]
    assert recurrences == sorted(recurrences)
    assert recurrences[0] < recurrences[-1] / 2
    assert share == sorted(share)
    assert unresolved[0] < unresolved[-1]


def test_visits_save_agreements_and_cost_hours() -> None:
    without, visited = _with({}), _with({}, {})
    assert _value(visited, "recurrence_share_365d") < _value(without, "recurrence_share_365d")
    assert _value(visited, "follow_ups_per_1000_per_year") > 1
    assert _value(without, "follow_up_cost_yuan_per_settled") == 0
    assert 0 < _value(visited, "follow_up_cost_yuan_per_settled") < _value(visited, "cost_yuan_per_settled")


def test_visits_that_gain_nothing_save_nothing() -> None:
    """With posts as busy as here, cases even lose: visits take hours though not precedence."""
    without, visited = _with({}), _with({}, {"gain_logit": 0.0})
    assert _value(visited, "recurrence_share_365d") >= _value(without, "recurrence_share_365d") - 0.05


def test_the_sooner_a_visit_is_given_up_the_more_are_skipped() -> None:
    skipped = [
        _value(_with({}, {"skip_after_working_hours": hours}), "follow_ups_skipped_share") for hours in (60.0, 8.0, 1.0)
    ]
    assert skipped == sorted(skipped)
    assert skipped[0] < skipped[-1]


def test_taking_broken_agreements_up_one_tier_higher_sends_more_to_the_top() -> None:
    settling, parent = _with({"durability_logit": -1.0}), _with({"durability_logit": -1.0, "reopen_at": "parent"})
    assert _value(parent, "reached_top_tier_share") > _value(settling, "reached_top_tier_share")


def test_harder_further_episodes_settle_less() -> None:
    same, harder = (_with({"durability_logit": -1.0, "theta_shift_logit": shift}) for shift in (0.0, 2.0))
    assert _value(harder, "settled_share_180d") < _value(same, "settled_share_180d")
