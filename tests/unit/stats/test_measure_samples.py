import math

import numpy as np
import pandas as pd
import pytest

from sim.stats import MEASURES_COLUMNS, MeasureKey, samples_from_frame

ROWS = [
    ("baseline", 2, "wait_days", "town", "", 3.0),
    ("baseline", 0, "wait_days", "town", "", 1.0),
    ("baseline", 1, "wait_days", "town", "", math.nan),
    ("baseline", 0, "wait_days", "village", "", 9.0),
    ("baseline", 0, "settled_share", "", "marriage", 0.5),
]


def frame_of(rows: list[tuple[str, int, str, str, str, float]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(MEASURES_COLUMNS))


def test_a_sample_is_in_order_of_replication_and_keeps_its_gaps() -> None:
    sample = samples_from_frame(frame_of(ROWS)).sample("baseline", MeasureKey("wait_days", "town"))
    assert sample.replications.tolist() == [0, 1, 2]
    np.testing.assert_array_equal(sample.observed, [1.0, math.nan, 3.0])


def test_measures_can_be_kept_by_name_and_extra_columns_are_ignored() -> None:
    samples = samples_from_frame(frame_of(ROWS).assign(unit="days"), measures=["settled_share"])
    assert samples.in_order() == [("baseline", MeasureKey("settled_share", "", "marriage"))]


def test_an_index_that_is_not_a_count_does_no_harm() -> None:
    shuffled = frame_of(ROWS).sort_values("value")
    sample = samples_from_frame(shuffled).sample("baseline", MeasureKey("wait_days", "town"))
    assert sample.replications.tolist() == [0, 1, 2]


def test_categorical_key_columns_read_the_same() -> None:
    plain, categorical = frame_of(ROWS), frame_of(ROWS).astype({"measure": "category", "tier": "category"})
    assert samples_from_frame(plain).in_order() == samples_from_frame(categorical).in_order()


def test_first_takes_the_lowest_numbers_and_refuses_a_short_sample() -> None:
    sample = samples_from_frame(frame_of(ROWS)).sample("baseline", MeasureKey("wait_days", "town"))
    assert sample.first(2).replications.tolist() == [0, 1]
    with pytest.raises(ValueError, match="4 replications are needed, the table holds 3"):
        sample.first(4)


def test_an_unknown_scenario_or_measure_is_named() -> None:
    samples = samples_from_frame(frame_of(ROWS))
    with pytest.raises(ValueError, match="sink"):
        samples.sample("sink", MeasureKey("wait_days", "town"))
    with pytest.raises(ValueError, match="county"):
        samples.sample("baseline", MeasureKey("wait_days", "county"))


def test_a_broken_table_is_refused() -> None:
    with pytest.raises(ValueError, match="category"):
        samples_from_frame(frame_of(ROWS).drop(columns="category"))
    with pytest.raises(ValueError, match="twice"):
        samples_from_frame(frame_of([*ROWS, ROWS[0]]))
    nulls = frame_of(ROWS)
    nulls["tier"] = nulls["tier"].where(nulls["tier"] != "", None)
    with pytest.raises(ValueError, match="null"):
        samples_from_frame(nulls)


def test_an_empty_table_has_no_samples() -> None:
    assert samples_from_frame(frame_of([])).in_order() == []
