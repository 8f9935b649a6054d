"""Policies with references of their own: the same arithmetic as with one baseline, adjusted over all pairs."""

import numpy as np
import pandas as pd
import pytest

from sim.stats import (
    MEASURES_COLUMNS,
    MeasureKey,
    compare_pairs,
    compare_with_baseline,
    decide,
    decide_pairs,
    holm_adjusted,
)

DAYS = MeasureKey("days")
DIRECTIONS = {"days": "lower"}


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    rng = np.random.default_rng(3)
    shared = rng.normal(scale=5.0, size=10)
    means = {"a": 40.0, "b": 38.0, "c": 60.0, "d": 61.0}
    rows = [
        (scenario, replication, *DAYS, mean + common + rng.normal(scale=0.5))
        for scenario, mean in means.items()
        for replication, common in enumerate(shared)
    ]
    return pd.DataFrame(rows, columns=list(MEASURES_COLUMNS))


def test_with_one_reference_it_is_the_comparison_with_a_baseline(frame: pd.DataFrame) -> None:
    for unpaired in ([], ["c"]):
        one = compare_with_baseline(
            frame,
            baseline="a",
            policies=["b", "c"],
            family=[DAYS],
            directions=DIRECTIONS,
            unpaired_policies=unpaired,
        )
        other = compare_pairs(
            frame,
            references={"b": "a", "c": "a"},
            family=[DAYS],
            directions=DIRECTIONS,
            unpaired_policies=unpaired,
        )
        assert one == other


def test_each_policy_is_compared_with_its_own_reference(frame: pd.DataFrame) -> None:
    b, d = compare_pairs(frame, references={"b": "a", "d": "c"}, family=[DAYS], directions=DIRECTIONS)
    assert (b.baseline, d.baseline) == ("a", "c")
    assert (str(b.verdict), str(d.verdict)) == ("better", "worse")
    assert d.estimate.difference == pytest.approx(1.0, abs=0.6)
    assert (b.p_holm, d.p_holm) == holm_adjusted([b.estimate.p_value, d.estimate.p_value])


def test_the_rule_for_one_reference_is_the_rule_for_a_baseline(frame: pd.DataFrame) -> None:
    one = decide(frame, baseline="a", policies=["b", "c"], headline_measures=[DAYS], look=10, cap=10)
    other = decide_pairs(frame, references={"b": "a", "c": "a"}, measures=[DAYS], look=10, cap=10)
    assert one == other


def test_a_rule_without_measures_or_at_no_look_is_refused(frame: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="no headline measure"):
        decide_pairs(frame, references={"b": "a"}, measures=[], look=10, cap=10)
    with pytest.raises(ValueError, match="none of the looks"):
        decide_pairs(frame, references={"b": "a"}, measures=[DAYS], look=9, cap=10)
