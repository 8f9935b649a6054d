"""Which way load referral, required sessions and pressure on records move a stretched place, with the same luck."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import numpy as np

from sim.vocabulary import Departure
from tests.equivalence.same_bytes import run_once
from tests.unit.outcomes.busy_place import busy_scenario, busy_tiers
from tests.unit.scenario_factory import days

SEEDS = (1, 2, 3)

Values = Mapping[tuple[str, str], float]


def measured(**blocks: Any) -> tuple[Values, Mapping[Departure, int]]:
    """Means of measures by (measure, tier) and counts of departures, over a few replications of the busy place."""
    values: dict[tuple[str, str], float] = defaultdict(float)
    departures: dict[Departure, int] = defaultdict(int)
    for seed in SEEDS:
        trajectory, outcome = run_once(busy_scenario(**blocks), seed)
        rows = outcome.measures[outcome.measures["category"] == ""]
        for measure, tier, value in zip(rows["measure"], rows["tier"], rows["value"], strict=True):
            values[measure, tier] += value / len(SEEDS)
        for way, count in zip(*np.unique(trajectory.visits.departure, return_counts=True), strict=True):
            departures[Departure(way)] += int(count)
    return values, departures


def referral(prob: float) -> dict[str, Any]:
    return {"load_referral": {"refer_when_waiting_per_post_at_least": 1.0, "refer_prob": prob}}


def test_the_readier_a_busy_village_is_to_refer_the_less_is_waited_there_and_the_more_comes_to_the_town() -> None:
    triage = "lowest_first"
    found = [measured(triage=triage, tiers=busy_tiers(village=referral(prob)))[0] for prob in (0.0, 0.4, 1.0)]
    waits = [values["waiting_hours_mean", "village"] for values in found]
    at_town = [values["entered_per_1000_per_year", "town"] for values in found]
    referred = [values["load_referrals_per_1000_per_year", "village"] for values in found]
    assert waits[0] > waits[1] > waits[2]
    assert at_town[0] < at_town[1] < at_town[2]
    assert 0 == referred[0] < referred[1] < referred[2]


def test_the_more_must_be_tried_first_the_fewer_leave_by_a_deadline_and_the_later() -> None:
    required: tuple[list[str], ...] = ([], ["desk"], ["desk", "visit"])
    found = [measured(triage="lowest_first", tiers=busy_tiers(village={"must_have_tried": r})) for r in required]
    by_deadline = [departures[Departure.ESCALATED_DEADLINE] for _, departures in found]
    on_time = [values["on_time_share", "village"] for values, _ in found]
    assert by_deadline[0] > by_deadline[1] > by_deadline[2]
    assert on_time[0] > on_time[1] > on_time[2]


def test_the_more_is_settled_on_paper_the_less_is_settled_in_truth() -> None:
    def pressed(prob: float) -> Values:
        pressure = {"paper_settlement_prob": prob, "return_delay_days": days(60), "tiers": ["village", "town"]}
        return measured(triage="lowest_first", reporting_pressure=pressure)[0]

    found = [pressed(prob) for prob in (0.0, 0.5, 1.0)]
    in_truth = [values["settled_share_180d", ""] for values in found]
    unresolved = [values["days_unresolved_180d", ""] for values in found]
    handed_up = [values["recorded_handed_up_per_1000_per_year", ""] for values in found]
    recorded = [values["recorded_settled_share_180d", ""] for values in found]
    untrue = [values["untrue_record_share", ""] for values in found]
    assert in_truth[0] > in_truth[1] > in_truth[2]
    assert unresolved[0] < unresolved[1] < unresolved[2]
    assert handed_up[0] > handed_up[1] > handed_up[2] == 0
    assert in_truth[0] == recorded[0] < recorded[1] < recorded[2]
    assert 0 == untrue[0] < untrue[1] < untrue[2]
