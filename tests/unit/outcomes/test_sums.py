"""Series, histograms and unit sums: by hand, against the measures, and added over replications."""

import numpy as np
import pandas as pd
import pytest

from sim.outcomes.distributions import distributions, distributions_frame, sum_distributions
from sim.outcomes.measures import measures_frame
from sim.outcomes.series import daily_series, series_frame, sum_series
from sim.outcomes.units import sum_units, unit_sums, units_frame
from tests.unit.outcomes import hand_made
from tests.unit.outcomes.hand_made import DAY, HOUR


@pytest.fixture(scope="module")
def values() -> "pd.Series[float]":
    frame = measures_frame(hand_made.observed(), np.random.default_rng(1))
    return frame.set_index(["measure", "tier", "category"])["value"]


def test_series_of_a_day_by_hand() -> None:
    series = daily_series(hand_made.observed())
    village, town = 0, 1
    assert series.present_s.shape == (3, 910)
    assert series.present_s[village, 377] == (4 + 7) * HOUR
    assert series.waiting_s[village, 377] == 3 * HOUR
    assert series.busy_s[village, 377] == (4 + 4 + 1) * HOUR
    assert series.available_s[village, 377] == 2 * 24 * HOUR
    assert series.busy_s[town, 379] == 3 * HOUR
    assert series.available_s[town, 379] == 2 * 8 * HOUR
    assert series.busy_s[village, 909] == 1 * HOUR


def test_series_add_up_to_the_measures(values: "pd.Series[float]") -> None:
    series = daily_series(hand_made.observed())
    after_warmup = slice(365, None)
    for tier, tier_id in enumerate(("village", "town", "county")):
        backlog = series.present_s[tier, after_warmup].sum() / (545 * DAY)
        queue = series.waiting_s[tier, after_warmup].sum() / (545 * DAY)
        busy = series.busy_s[tier, after_warmup].sum() / series.available_s[tier, after_warmup].sum()
        assert values.loc["backlog_mean_count", tier_id, ""] == pytest.approx(backlog)
        assert values.loc["queue_mean_count", tier_id, ""] == pytest.approx(queue)
        assert values.loc["utilisation", tier_id, ""] == pytest.approx(busy)


def test_series_frame_is_the_mean_over_replications() -> None:
    once = daily_series(hand_made.observed())
    tiers = ("village", "town", "county")
    frame = series_frame(sum_series([once, once]), tiers, 2)
    pd.testing.assert_frame_equal(frame, series_frame(once, tiers, 1))
    row = frame[(frame.tier == "village") & (frame.day == 377)].iloc[0]
    assert row["backlog"] == pytest.approx(11 / 24)
    assert row["utilisation"] == pytest.approx(9 / 48)


def test_histograms_by_hand() -> None:
    settlement, resolution, village, town, county = distributions(hand_made.observed())
    assert np.flatnonzero(settlement.count).tolist() == [2, 4]
    # The 31st day ends the 31st bin: what takes exactly 31 days is over by then.
    assert np.flatnonzero(resolution.count).tolist() == [2, 4, 30, 59]
    assert (settlement.of, resolution.of) == (5, 5)
    assert (village.count[0], village.count[2], village.count[23], village.of) == (3, 1, 1, 5)
    assert (town.quantity, town.of, county.of) == ("waiting:town", 1, 1)


@pytest.mark.parametrize("age", [30, 90, 180])
def test_histogram_up_to_an_age_is_the_share_settled_by_then(values: "pd.Series[float]", age: int) -> None:
    settlement = distributions(hand_made.observed())[0]
    assert settlement.count[:age].sum() / settlement.of == values.loc[f"settled_share_{age}d", "", ""]


def test_histograms_add_over_replications() -> None:
    once = distributions(hand_made.observed())
    twice = distributions_frame(sum_distributions([once, once]))
    frame = distributions_frame(once)
    assert list(frame.columns) == ["quantity", "bin_low_days", "count", "of"]
    assert twice["count"].tolist() == (2 * frame["count"]).tolist()
    assert twice["of"].tolist() == (2 * frame["of"]).tolist()
    wait = frame[frame["quantity"] == "waiting:village"]
    assert wait["bin_low_days"].iloc[24] == pytest.approx(1)


def test_unit_sums_by_hand() -> None:
    frame = units_frame(unit_sums(hand_made.observed()), hand_made.jurisdiction())
    assert frame["unit_id"].tolist() == ["v1", "v2"]
    assert frame["persons"].tolist() == [1_000, 3_000]
    assert frame["emerged_count"].tolist() == [2, 3]
    assert frame["surfaced_count"].tolist() == [2, 2]
    assert frame["settled_180d_count"].tolist() == [2, 0]
    assert frame["incident_180d_count"].tolist() == [0, 1]
    assert frame["reached_top_count"].tolist() == [1, 0]
    assert frame["days_unresolved_180d"].tolist() == pytest.approx([2 + 4 / 24 + 4 + 16 / 24, 31 + 180 + 60])


def test_units_of_another_equity_tier_follow_the_home_units() -> None:
    choices = hand_made.CHOICES.model_copy(update={"equity_tier": "county"})
    frame = units_frame(unit_sums(hand_made.observed(choices)), hand_made.jurisdiction())
    assert frame["unit_id"].tolist() == ["v1", "v2", "county"]
    assert frame["emerged_count"].tolist() == [2, 3, 5]
    assert frame["persons"].tolist() == [1_000, 3_000, 4_000]


def test_unit_sums_add_over_replications() -> None:
    once = unit_sums(hand_made.observed())
    twice = sum_units([once, once])
    assert twice.emerged_count.tolist() == [4, 6]
    assert twice.persons.tolist() == [1_000, 3_000]
