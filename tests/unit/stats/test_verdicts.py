import math

import numpy as np
import pytest

from sim.stats import (
    DifferenceEstimate,
    Direction,
    ReplicationSample,
    Verdict,
    holm_adjusted,
    judge,
    paired_difference,
    sign_is_clear,
)


def estimate_of(differences: list[float]) -> DifferenceEstimate:
    replications = np.arange(len(differences), dtype=np.int64)
    baseline = ReplicationSample(replications, np.full(len(differences), 10.0))
    return paired_difference(ReplicationSample(replications, baseline.observed + differences), baseline)


def verdict_of(
    differences: list[float],
    direction: Direction = Direction.HIGHER_IS_BETTER,
    indifference_half_width: float = 0.5,
    p_adjusted: float | None = None,
) -> Verdict:
    estimate = estimate_of(differences)
    return judge(
        estimate,
        p_adjusted=estimate.p_value if p_adjusted is None else p_adjusted,
        direction=direction,
        indifference_half_width=indifference_half_width,
    )


def test_holm_by_hand() -> None:
    # Sorted 0.005, 0.01, 0.03, 0.04 times 4, 3, 2, 1 gives 0.02, 0.03, 0.06, 0.04; none may fall.
    assert holm_adjusted([0.01, 0.04, 0.03, 0.005]) == pytest.approx((0.03, 0.06, 0.06, 0.02))


def test_holm_never_exceeds_one_and_keeps_ties_equal() -> None:
    assert holm_adjusted([0.9, 0.9, 0.9]) == (1.0, 1.0, 1.0)
    assert holm_adjusted([0.02, 0.02]) == pytest.approx((0.04, 0.04))


def test_holm_of_one_or_none_changes_nothing() -> None:
    assert holm_adjusted([0.03]) == (0.03,)
    assert holm_adjusted([]) == ()


def test_holm_counts_an_undefined_comparison_and_leaves_it_undefined() -> None:
    first, undefined, last = holm_adjusted([0.01, math.nan, 0.02])
    assert (first, last) == pytest.approx((0.03, 0.04))
    assert math.isnan(undefined)


def test_holm_keeps_the_chance_of_any_false_alarm_at_the_level() -> None:
    rng = np.random.default_rng(6)
    alarms = sum(min(holm_adjusted(rng.uniform(size=12).tolist())) < 0.05 for _ in range(4_000))
    assert alarms / 4_000 == pytest.approx(0.05, abs=0.014)


def test_holm_refuses_what_is_no_probability() -> None:
    for p in (-0.1, 1.1):
        with pytest.raises(ValueError, match=r"\[0, 1\]"):
            holm_adjusted([0.5, p])


def test_a_sign_is_clear_strictly_below_one_minus_the_level() -> None:
    assert sign_is_clear(0.0499, 0.95)
    assert not sign_is_clear(0.05, 0.95)
    assert not sign_is_clear(math.nan, 0.95)


@pytest.mark.parametrize(
    ("differences", "direction", "expected"),
    [
        ([1.0, 1.1, 0.9, 1.0, 1.2], Direction.HIGHER_IS_BETTER, Verdict.BETTER),
        ([1.0, 1.1, 0.9, 1.0, 1.2], Direction.LOWER_IS_BETTER, Verdict.WORSE),
        ([1.0, 1.1, 0.9, 1.0, 1.2], Direction.NEUTRAL, Verdict.DIFFERS),
        ([-1.0, -1.1, -0.9, -1.0, -1.2], Direction.HIGHER_IS_BETTER, Verdict.WORSE),
        ([-1.0, -1.1, -0.9, -1.0, -1.2], Direction.LOWER_IS_BETTER, Verdict.BETTER),
        ([-1.0, -1.1, -0.9, -1.0, -1.2], Direction.NEUTRAL, Verdict.DIFFERS),
        ([0.1, -0.1, 0.05, -0.1, 0.1], Direction.HIGHER_IS_BETTER, Verdict.WITHIN_NOISE),
        ([3.0, -2.0, 1.0, -3.0, 2.0], Direction.HIGHER_IS_BETTER, Verdict.UNCLEAR),
    ],
)
def test_verdict_follows_sign_direction_and_indifference(
    differences: list[float], direction: Direction, expected: Verdict
) -> None:
    assert verdict_of(differences, direction) is expected


def test_a_clear_sign_decides_however_small_the_difference() -> None:
    assert verdict_of([0.10, 0.11, 0.09, 0.10, 0.12], indifference_half_width=5.0) is Verdict.BETTER


def test_the_adjusted_p_decides_and_not_the_interval() -> None:
    differences = [1.0, 1.1, 0.9, 1.0, 1.2]
    assert verdict_of(differences, p_adjusted=0.06) is Verdict.UNCLEAR
    assert verdict_of(differences, p_adjusted=0.06, indifference_half_width=2.0) is Verdict.WITHIN_NOISE


def test_an_interval_half_outside_indifference_is_unclear() -> None:
    estimate = estimate_of([0.3, 0.1, 0.5, -0.1, 0.4])
    assert estimate.low > -0.5
    assert estimate.high > 0.5
    assert verdict_of([0.3, 0.1, 0.5, -0.1, 0.4]) is Verdict.UNCLEAR


def test_no_difference_at_all_is_within_noise_even_with_no_indifference() -> None:
    assert verdict_of([0.0, 0.0, 0.0], indifference_half_width=0.0) is Verdict.WITHIN_NOISE


def test_a_constant_difference_is_clear() -> None:
    assert verdict_of([0.25, 0.25, 0.25], indifference_half_width=5.0) is Verdict.BETTER


def test_a_single_replication_or_an_undefined_scale_is_unclear() -> None:
    assert verdict_of([0.0]) is Verdict.UNCLEAR
    assert verdict_of([4.0]) is Verdict.UNCLEAR
    assert verdict_of([0.1, -0.1], indifference_half_width=math.nan) is Verdict.UNCLEAR


def test_a_negative_indifference_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        verdict_of([1.0, 2.0], indifference_half_width=-0.1)
