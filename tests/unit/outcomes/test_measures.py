"""Every measure of a run worked by hand (see hand_made.py), and the registry that defines them."""

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from sim.outcomes.definition import GROUP_PREFIX, Direction, Rows
from sim.outcomes.measures import HEADLINE_MEASURES, MEASURE_COLUMNS, MEASURES, measures_frame
from sim.outcomes.observed import observe
from sim.sampling.contract import PreventedDisputes
from tests.unit.outcomes import hand_made
from tests.unit.outcomes.hand_made import at

YEARS = 545 / 365
RATE = 1_000 / (4_000 * YEARS)
"""One event per 1,000 of the 4,000 residents and year of the 545 days after the warm-up."""
WINDOW_HOURS = 545 * 24
PAY = 545 * (2 * 24 * 10 + 2 * 8 * 20 + 24 * 40) - 80 * 20
"""Of all posts, less ten days of eight hours for which one of the town's stands vacant."""

BY_HAND = {
    ("settled_share_30d", "", ""): 2 / 5,
    ("settled_share_180d", "", ""): 2 / 5,
    ("settled_share_180d", "", "neighbours"): 1 / 3,
    ("settled_share_180d", "", "land"): 1 / 2,
    ("withdrawn_share_30d", "", ""): 1 / 5,
    ("withdrawn_share_180d", "", ""): 1 / 5,
    ("incident_share_30d", "", ""): 1 / 5,
    ("incident_share_180d", "", "land"): 1 / 2,
    ("incident_share_180d", "", "neighbours"): 0,
    ("litigated_share_180d", "", ""): 0,
    ("faded_share_30d", "", ""): 0,
    ("faded_share_90d", "", ""): 1 / 5,
    ("open_share_30d", "", ""): 1 / 5,
    ("open_share_90d", "", ""): 0,
    ("days_unresolved_180d", "", ""): (2 + 4 / 24 + 4 + 16 / 24 + 31 + 180 + 60) / 5,
    ("days_unresolved_180d", "", "land"): (4 + 16 / 24 + 180) / 2,
    ("settled_at_tier_share_180d", "village", ""): 1 / 5,
    ("settled_at_tier_share_180d", "town", ""): 0,
    ("settled_at_tier_share_180d", "county", ""): 1 / 5,
    ("settled_by_parties_share_180d", "", ""): 0,
    ("settled_at_or_below_village_share", "", ""): 1 / 4,
    ("reached_top_tier_share", "", ""): 1 / 5,
    ("surfaced_share", "", ""): 4 / 5,
    ("found_by_patrol_share", "", ""): 1 / 5,
    ("days_known_to_registration_mean", "", ""): 0,
    ("on_time_overall_share", "", ""): 1 / 2,
    ("days_registration_to_settlement_mean", "", ""): (4 / 24 + 3 + 15 / 24) / 2,
    ("days_registration_to_settlement_p90", "", ""): 0.1 * 4 / 24 + 0.9 * (3 + 15 / 24),
    ("working_days_registration_to_settlement_mean", "", ""): (0 + 2) / 2,
    ("working_days_registration_to_settlement_p90", "", ""): 0.9 * 2,
    ("emerged_per_1000_per_year", "", ""): 5 / 4,
    ("prevented_share", "", ""): 0,
    ("prevented_per_1000_per_year", "", ""): 0,
    ("registered_per_1000_per_year", "", ""): 5 * RATE,
    ("entered_per_1000_per_year", "village", ""): 5 * RATE,
    ("entered_per_1000_per_year", "county", ""): RATE,
    ("escalations_per_1000_per_year", "", ""): 2 * RATE,
    ("escalations_per_1000_per_year", "town", ""): RATE,
    ("referrals_up_per_1000_per_year", "", ""): 0,
    ("load_referrals_per_1000_per_year", "", ""): 0,
    ("returns_down_per_1000_per_year", "county", ""): 0,
    ("bypasses_per_1000_per_year", "", ""): 0,
    ("litigations_per_1000_per_year", "", ""): 0,
    ("incidents_per_1000_per_year", "", ""): RATE,
    ("on_time_share", "village", ""): math.nan,
    ("on_time_share", "town", ""): 1,
    ("waiting_hours_mean", "village", ""): (3 + 24) / 5,
    ("waiting_hours_p90", "village", ""): 3 + 0.6 * 21,
    ("waiting_hours_mean", "town", ""): 1,
    ("waiting_working_hours_mean", "village", ""): (3 + 24) / 5,
    ("waiting_working_hours_p90", "village", ""): 3 + 0.6 * 21,
    ("waiting_working_hours_mean", "town", ""): 0,
    ("left_queue_share", "village", ""): 1 / 5,
    ("left_queue_share", "county", ""): 0,
    ("queue_mean_count", "village", ""): (3 + 24) / WINDOW_HOURS,
    ("backlog_mean_count", "village", ""): (4 + 7 + 24 + 49 + 1) / WINDOW_HOURS,
    ("backlog_mean_count", "town", ""): 3 / WINDOW_HOURS,
    ("utilisation", "village", ""): (4 + 4 + 1 + 100 + 1) / (2 * WINDOW_HOURS),
    ("utilisation", "group:town_cadres", ""): (2 + 1) / (2 * 545 * 8 - 80),
    ("utilisation", "county", ""): 5 / WINDOW_HOURS,
    ("staff_hours_per_settled", "", ""): (82 + 2 + 5) / 2,
    ("cost_yuan_per_settled", "", ""): (82 * 10 + 2 * 20 + 5 * 40) / 2,
    ("staff_hours_per_year", "", ""): (91 + 2 + 5) / YEARS,
    ("staff_hours_per_year", "village", ""): 91 / YEARS,
    ("cost_yuan_per_year", "group:county_centre", ""): 5 * 40 / YEARS,
    ("payroll_yuan_per_year", "", ""): PAY / YEARS,
    ("payroll_yuan_per_year", "town", ""): (2 * 8 * 545 - 80) * 20 / YEARS,
    ("payroll_yuan_per_settled", "", ""): PAY / 2,
    ("patrol_hours_per_year", "", ""): 0.25 * 2 * 24 * 365,
    ("patrol_hours_per_year", "group:town_cadres", ""): 0,
    ("vacancy_share", "", ""): 80 / (545 * (2 * 24 + 2 * 8 + 24)),
    ("vacancy_share", "town", ""): 80 / (2 * 545 * 8),
    ("vacancy_share", "village", ""): 0,
    ("hiring_yuan_per_year", "", ""): 2 * 900 / YEARS,
    ("hiring_yuan_per_year", "group:county_centre", ""): 0,
    ("admin_hours_per_year", "", ""): 0.5 * (2 * 8 * 545 - 80) / YEARS,
    ("admin_hours_per_year", "village", ""): 0,
    ("programme_yuan_per_year", "", ""): 5_000,
    ("programme_start_up_yuan", "", ""): 30_000,
    ("total_cost_yuan_per_year", "", ""): (PAY + 2 * 900) / YEARS + 5_000,
    ("total_cost_yuan_per_settled", "", ""): (PAY + 2 * 900 + 5_000 * YEARS) / 2,
    ("units_no_case_above_village_share", "", ""): 1 / 2,
    ("units_no_case_at_top_share", "", ""): 1 / 2,
    ("recorded_settled_share_180d", "", ""): 2 / 5,
    ("recorded_settled_at_tier_share_180d", "county", ""): 1 / 5,
    ("untrue_record_share", "", ""): 0,
    ("untrue_record_share", "town", ""): math.nan,
    ("handed_up_per_1000_per_year", "", ""): 2 * RATE,
    ("recorded_handed_up_per_1000_per_year", "town", ""): RATE,
    ("units_none_handed_up_share", "", ""): 1 / 2,
    ("recorded_units_none_handed_up_share", "", ""): 1 / 2,
    ("recorded_units_no_case_above_village_share", "", ""): 1 / 2,
    ("recorded_units_no_case_at_top_share", "", ""): 1 / 2,
}


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    return measures_frame(hand_made.observed(), np.random.default_rng(1))


@pytest.fixture(scope="module")
def values(frame: pd.DataFrame) -> "pd.Series[float]":
    return frame.set_index(["measure", "tier", "category"])["value"]


@pytest.mark.parametrize("key", BY_HAND, ids="/".join)
def test_measure_is_what_the_pencil_says(values: "pd.Series[float]", key: tuple[str, str, str]) -> None:
    assert values.loc[key] == pytest.approx(BY_HAND[key], nan_ok=True)


@pytest.mark.parametrize("age", [30, 90, 180])
def test_shares_at_an_age_sum_to_one(values: "pd.Series[float]", age: int) -> None:
    states = ("settled", "adjudicated", "litigated", "withdrawn", "faded", "incident", "open")
    assert sum(values.loc[f"{state}_share_{age}d", "", ""] for state in states) == pytest.approx(1)


def test_tiers_and_parties_sum_to_the_settled_share(frame: pd.DataFrame, values: "pd.Series[float]") -> None:
    by_tier = frame.loc[frame.measure == "settled_at_tier_share_180d", "value"].sum()
    by_parties = values.loc["settled_by_parties_share_180d", "", ""]
    assert by_tier + by_parties == pytest.approx(values.loc["settled_share_180d", "", ""])


def test_each_measure_has_exactly_the_rows_its_definition_says(frame: pd.DataFrame) -> None:
    place, protocol = hand_made.jurisdiction(), hand_made.protocol()
    keys = {
        Rows.WHOLE: [("", "")],
        Rows.CATEGORY: [("", category) for category in protocol.category_ids],
        Rows.TIER: [(tier, "") for tier in place.tier_ids],
        Rows.GROUP: [(GROUP_PREFIX + group, "") for group in place.staff.group_ids],
    }
    expected = {(m.id, *key) for m in MEASURES.values() for rows in m.rows for key in keys[rows]}
    found = list(frame[["measure", "tier", "category"]].itertuples(index=False, name=None))
    assert len(found) == len(set(found))
    assert set(found) == expected
    assert tuple(frame.columns) == MEASURE_COLUMNS


def test_prevented_disputes_are_counted_apart_and_change_no_other_measure(frame: pd.DataFrame) -> None:
    # Three would have emerged in the cohort's year, one of them neighbours', and one before it.
    prevented = PreventedDisputes(
        dispute_id=np.array([20, 21, 22, 23]),
        home_unit=np.array([0, 1, 1, 0], dtype=np.int32),
        category=np.array([1, 0, 1, 1], dtype=np.int32),
        emerged_s=np.array([at(364, 23), at(365), at(500), at(729, 23)]),
    )
    batch = replace(hand_made.batch(), prevented=prevented)
    trajectory = hand_made.trajectory()
    run = observe(hand_made.jurisdiction(), hand_made.protocol(), batch, trajectory, hand_made.CHOICES)
    found = measures_frame(run, np.random.default_rng(1))
    value = found.set_index(["measure", "tier", "category"])["value"]
    assert value["prevented_share", "", ""] == 3 / 8
    assert value["prevented_share", "", "neighbours"] == 1 / 4
    assert value["prevented_share", "", "land"] == 2 / 4
    assert value["prevented_per_1000_per_year", "", ""] == 3 / 4
    others = ~frame["measure"].isin(["prevented_share", "prevented_per_1000_per_year"])
    pd.testing.assert_frame_equal(found[others], frame[others])


def test_headlines_are_the_six_of_the_design_with_their_directions() -> None:
    lower = {
        "incident_share_180d",
        "litigated_share_180d",
        "days_unresolved_180d",
        "reached_top_tier_share",
        "cost_yuan_per_settled",
    }
    assert set(HEADLINE_MEASURES) == lower | {"settled_share_180d"}
    assert MEASURES["settled_share_180d"].direction is Direction.HIGHER
    assert {MEASURES[measure].direction for measure in lower} == {Direction.LOWER}


def test_definitions_are_one_sentence_and_ids_are_not_repeated() -> None:
    assert all(m.definition.endswith(".") and m.definition.count(". ") == 0 for m in MEASURES.values())
    assert all(measure_id == m.id for measure_id, m in MEASURES.items())


def test_a_run_without_any_dispute_has_the_same_rows(frame: pd.DataFrame) -> None:
    batch, trajectory = hand_made.nothing()
    run = observe(hand_made.jurisdiction(), hand_made.protocol(), batch, trajectory, hand_made.CHOICES)
    empty = measures_frame(run, np.random.default_rng(1))
    keys = ["measure", "tier", "category"]
    pd.testing.assert_frame_equal(empty[keys], frame[keys])
    value = empty.set_index(keys)["value"]
    assert math.isnan(value.loc["settled_share_180d", "", ""])
    assert value.loc["incidents_per_1000_per_year", "", ""] == 0
