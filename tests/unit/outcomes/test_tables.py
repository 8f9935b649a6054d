"""The tables that people read: declared columns, names for codes, missing for what did not happen."""

import pandas as pd
import pytest

from sim.outcomes.observed import ObservedRun, observe
from sim.outcomes.tables import (
    DISPUTE_COLUMNS,
    SEAT_COLUMNS,
    SESSION_COLUMNS,
    VISIT_COLUMNS,
    Column,
    dispute_table,
    seat_table,
    session_table,
    visit_table,
)
from tests.unit.outcomes import hand_made
from tests.unit.outcomes.hand_made import HOUR, at
from tests.unit.outcomes.test_audits_of_seats import sat


def observed_panels() -> ObservedRun:
    """Two panels one after the other, and one whose case leaves before all have come."""
    told = sat()
    return observe(told.jurisdiction, told.protocol, told.batch, told.trajectory, hand_made.CHOICES)


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        (dispute_table(hand_made.observed()), DISPUTE_COLUMNS),
        (visit_table(hand_made.observed()), VISIT_COLUMNS),
        (session_table(hand_made.observed()), SESSION_COLUMNS),
        (seat_table(hand_made.observed()), SEAT_COLUMNS),
        (seat_table(observed_panels()), SEAT_COLUMNS),
    ],
    ids=["disputes", "visits", "sessions", "nobody together", "seats"],
)
def test_table_has_the_columns_and_types_it_declares(table: pd.DataFrame, columns: tuple[Column, ...]) -> None:
    assert list(table.columns) == [column.name for column in columns]
    assert [str(dtype) for dtype in table.dtypes] == [column.dtype for column in columns]
    assert all(column.meaning for column in columns)


def test_dispute_table_tells_each_story() -> None:
    table = dispute_table(hand_made.observed()).set_index("dispute_id")
    assert table["fate"].tolist() == [
        "settled",
        "settled",
        "withdrawn_faded",
        "incident",
        "faded",
        "litigated",
        "open",
        "latent",
    ]
    assert list(table.loc[1, ["home_unit", "category", "highest_tier"]]) == ["v1", "land", "county"]
    assert list(table.loc[1, ["visit_count", "session_count", "effort_hours", "cost_yuan"]]) == [3, 3, 11, 280]
    assert table.loc[0, "travel_hours"] == 1
    assert table["cohort"].tolist() == [True] * 5 + [False] * 3
    assert table["surfacing"].tolist()[4:] == ["not", "self_report", "self_report", "not"]


def test_what_did_not_happen_is_missing() -> None:
    table = dispute_table(hand_made.observed()).set_index("dispute_id")
    # Known only after the end, taken to court before the desk, nobody's case: no code may show.
    missing = pd.isna(table.loc[[7, 5], ["surfaced_s", "registered_s", "fate_s", "fate_tier", "highest_tier"]])
    assert missing.to_numpy().tolist() == [[True] * 5, [False, True, False, True, True]]


def test_session_table_names_the_pool_and_post_that_served() -> None:
    table = session_table(hand_made.observed())
    town = table.iloc[3]
    assert town[["group", "pool_unit", "mode", "outcome"]].tolist() == ["town_cadres", "town", "desk", "not_settled"]
    assert town[["pool", "post", "waited_s"]].tolist() == [2, 0, HOUR]
    assert table["purpose"].tolist().count("handover") == 2
    left = table.iloc[6]
    assert left["left_s"] == at(396)
    assert left[["group", "pool", "post", "started_s", "ended_s"]].isna().all()


def test_visit_table_follows_the_path() -> None:
    table = visit_table(hand_made.observed())
    path = table[table["dispute_id"] == 1]
    assert path["tier"].tolist() == ["village", "town", "county"]
    assert path["unit"].tolist() == ["v1", "town", "county"]
    assert path["departure"].tolist() == ["escalated_exhausted", "escalated_exhausted", "settled"]
    assert pd.isna(table["left_s"].iloc[6])


def test_seat_table_names_every_member_and_how_long_it_was_held() -> None:
    table = seat_table(observed_panels())
    first = table[table["dispute_id"] == 2]
    assert first["group"].tolist() == ["county_centre", "town_cadres", "village_mediators"]
    assert (first["started_s"] - first["taken_s"]).tolist() == [4 * HOUR, 2 * HOUR, 0]
    assert first[["mode", "session", "tier"]].drop_duplicates().to_numpy().tolist() == [["panel", "panel", "county"]]
    in_vain = table[table["dispute_id"] == 4]
    assert in_vain[["started_s"]].isna().all().all()
    assert in_vain["released_s"].tolist() == [20 * HOUR]
    sessions = session_table(observed_panels()).set_index("dispute_id")
    by_dispute = table.groupby("dispute_id")[["effort_s", "cost_yuan"]].sum()
    assert by_dispute["effort_s"].tolist() == sessions.loc[by_dispute.index, "effort_s"].tolist()
    assert by_dispute["cost_yuan"].tolist() == sessions.loc[by_dispute.index, "cost_yuan"].tolist()
