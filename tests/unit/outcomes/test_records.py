"""What the records say of a few disputes, and what is true of them."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from sim.outcomes.measures import measures_frame
from sim.outcomes.observed import ObservedRun, observe
from sim.outcomes.records import recorded_settlements
from sim.outcomes.tables import dispute_table
from sim.specification.schema.scenario import Measures
from sim.vocabulary import NEVER_S, NOWHERE, PatienceChoice
from tests.behaviour.story import ALWAYS, DAY, Life, at, calendar_days, place, tell, tiers
from tests.unit.scenario_factory import days, desk, tier

PRESSURE: dict[str, Any] = {"paper_settlement_prob": 0.5, "return_delay_days": days(0), "tiers": ["village", "town"]}
RATE = 1_000 / (1_000 * 600 / 365)
"""One event among 1,000 residents in 600 days, per year."""


def observed() -> ObservedRun:
    """Five disputes of one village, one town and one county, each alone in its week.

    0: settled in the village. 1: settled on paper in the village, truly in the town ten days later. 2: settled on paper
    in the village and again in the town, adjudicated by the county. 3: handed up honestly and settled in the town.
    4: settled on paper in the village; its parties petition the county before it comes back.
    """
    lives = [
        Life(at("0d 08:00"), settles={"village.desk": ALWAYS}),
        Life(at("10d 08:00"), settles={"town.desk": ALWAYS}, on_paper={"village": 10 * DAY}),
        Life(at("30d 08:00"), on_paper={"village": 10 * DAY, "town": 10 * DAY}),
        Life(at("60d 08:00"), settles={"town.desk": ALWAYS}),
        Life(
            at("80d 08:00"),
            on_paper={"village": 10 * DAY},
            patience_s=at("85d 00:00"),
            choice=PatienceChoice.BYPASS,
            settles={"county.desk": ALWAYS},
        ),
    ]
    told = tell(place(reporting_pressure=PRESSURE, overall_deadline=calendar_days(300)), lives, horizon_days=600)
    choices = Measures(equity_tier="village", village_tier="village", indifference_share=0.05)
    return observe(told.jurisdiction, told.protocol, told.batch, told.trajectory, choices)


@pytest.fixture(scope="module")
def values() -> "pd.Series[float]":
    frame = measures_frame(observed(), np.random.default_rng(1))
    return frame.set_index(["measure", "tier", "category"])["value"]


def test_the_first_record_of_a_settlement_counts_true_or_not() -> None:
    recorded_s, tier = recorded_settlements(observed())
    instants = ["0d 09:00", "10d 09:00", "30d 09:00", "60d 10:00", "80d 09:00"]
    assert recorded_s.tolist() == [at(instant) for instant in instants]
    assert tier.tolist() == [0, 0, 0, 1, 0]
    table = dispute_table(observed())
    assert table["recorded_settled_s"].tolist() == recorded_s.tolist()
    assert table["recorded_tier"].tolist() == ["village", "village", "village", "town", "village"]
    assert table["fate"].tolist() == ["settled", "settled", "adjudicated", "settled", "settled"]


@pytest.mark.parametrize(
    ("measure", "tier", "expected"),
    [
        ("settled_share_180d", "", 4 / 5),
        ("recorded_settled_share_180d", "", 1),
        ("recorded_settled_at_tier_share_180d", "village", 4 / 5),
        ("recorded_settled_at_tier_share_180d", "town", 1 / 5),
        ("settled_at_tier_share_180d", "village", 1 / 5),
        ("untrue_record_share", "", 4 / 8),
        ("untrue_record_share", "village", 3 / 4),
        ("untrue_record_share", "town", 1 / 3),
        ("untrue_record_share", "county", 0),
        ("handed_up_per_1000_per_year", "", 5 * RATE),
        ("handed_up_per_1000_per_year", "village", 4 * RATE),
        ("recorded_handed_up_per_1000_per_year", "", RATE),
        ("recorded_handed_up_per_1000_per_year", "town", 0),
        ("units_none_handed_up_share", "", 0),
        ("recorded_units_none_handed_up_share", "", 0),
    ],
)
def test_records_and_truth_are_measured_side_by_side(
    values: "pd.Series[float]", measure: str, tier: str, expected: float
) -> None:
    assert values.loc[measure, tier, ""] == pytest.approx(expected)


def test_a_unit_that_settles_all_on_paper_hands_nothing_up_in_the_records() -> None:
    lives = [Life(at("0d 08:00"), settles={"county.desk": ALWAYS}, on_paper={"village": DAY, "town": DAY})]
    told = tell(place(reporting_pressure=PRESSURE), lives, horizon_days=600)
    choices = Measures(equity_tier="village", village_tier="village", indifference_share=0.05)
    run = observe(told.jurisdiction, told.protocol, told.batch, told.trajectory, choices)
    frame = measures_frame(run, np.random.default_rng(1)).set_index(["measure", "tier", "category"])["value"]
    for measure in ("units_none_handed_up_share", "units_no_case_above_village_share", "units_no_case_at_top_share"):
        assert frame.loc[measure, "", ""] == 0
        assert frame.loc[f"recorded_{measure}", "", ""] == 1


def test_a_return_that_a_tier_passes_on_is_no_arrival_in_the_records_either() -> None:
    for_land = tier("town", {"desk": desk("town_cadres") | {"categories": ["land"]}})
    lives = [Life(at("0d 08:00"), settles={"county.desk": ALWAYS}, on_paper={"village": DAY})]
    told = tell(place(reporting_pressure=PRESSURE, tiers=tiers(town=for_land)), lives, horizon_days=600)
    choices = Measures(equity_tier="village", village_tier="village", indifference_share=0.05)
    run = observe(told.jurisdiction, told.protocol, told.batch, told.trajectory, choices)
    frame = measures_frame(run, np.random.default_rng(1)).set_index(["measure", "tier", "category"])["value"]
    assert frame.loc["units_no_case_at_top_share", "", ""] == 0
    assert frame.loc["recorded_units_no_case_at_top_share", "", ""] == 1


def test_a_petition_made_behind_a_record_of_settlement_is_seen() -> None:
    paper = {"village": 10 * DAY}
    lives = [Life(at("0d 08:00"), on_paper=paper, patience_s=at("5d 00:00"), choice=PatienceChoice.BYPASS)]
    told = tell(place(reporting_pressure=PRESSURE), lives, horizon_days=600)
    choices = Measures(equity_tier="village", village_tier="village", indifference_share=0.05)
    run = observe(told.jurisdiction, told.protocol, told.batch, told.trajectory, choices)
    frame = measures_frame(run, np.random.default_rng(1)).set_index(["measure", "tier", "category"])["value"]
    assert frame.loc["recorded_units_none_handed_up_share", "", ""] == 1
    assert frame.loc["recorded_units_no_case_at_top_share", "", ""] == 0


def test_nothing_is_recorded_where_nothing_is_settled() -> None:
    told = tell(place(), [Life(NEVER_S, emerged_s=0, faded_s=DAY)], horizon_days=600)
    choices = Measures(equity_tier="village", village_tier="village", indifference_share=0.05)
    run = observe(told.jurisdiction, told.protocol, told.batch, told.trajectory, choices)
    recorded_s, tier = recorded_settlements(run)
    assert (recorded_s.tolist(), tier.tolist()) == ([NEVER_S], [NOWHERE])
