"""From a difference and its p-value to a verdict, and the correction for making many comparisons at once."""

import math
from collections.abc import Sequence
from enum import StrEnum

from sim.stats.differences import DifferenceEstimate


class Direction(StrEnum):
    """Which way a measure is good; same values as the directions of `sim.outcomes`, which pass as they are."""

    HIGHER_IS_BETTER = "higher"
    LOWER_IS_BETTER = "lower"
    NEUTRAL = "neutral"


class Verdict(StrEnum):
    """What may be said of a policy against the baseline on one measure."""

    BETTER = "better"
    WORSE = "worse"
    DIFFERS = "differs"
    """The sign is clear, but the measure is neither good nor bad; the difference says which way."""
    WITHIN_NOISE = "within_noise"
    """The sign is not clear, and any difference that remains possible is too small to matter."""
    UNCLEAR = "unclear"
    """The sign is not clear, and a difference that matters remains possible."""


def holm_adjusted(p_values: Sequence[float]) -> tuple[float, ...]:
    """Return Holm's step-down adjusted p-values, in the order given (Holm 1979).

    The i-th smallest of m becomes the largest of min(1, (m - j + 1) p_j) over j <= i. A NaN stays NaN and counts as 1
    for the others, so that a comparison nobody could make never makes the rest look surer. ValueError outside [0, 1].
    """
    if any(not math.isnan(p) and not 0.0 <= p <= 1.0 for p in p_values):
        raise ValueError("p-values must lie in [0, 1]")
    size = len(p_values)
    counted = [1.0 if math.isnan(p) else p for p in p_values]
    adjusted = [math.nan] * size
    largest = 0.0
    for rank, position in enumerate(sorted(range(size), key=lambda i: counted[i])):
        largest = max(largest, min(1.0, (size - rank) * counted[position]))
        if not math.isnan(p_values[position]):
            adjusted[position] = largest
    return tuple(adjusted)


def sign_is_clear(p_adjusted: float, level: float) -> bool:
    """Say whether an adjusted p-value is below 1 - level; a NaN is not."""
    # Not `p_adjusted < 1.0 - level`: 1.0 - 0.95 is a little more than 0.05, and p = 0.05 is not below it.
    return 1.0 - p_adjusted > level


def judge(
    estimate: DifferenceEstimate, *, p_adjusted: float, direction: Direction, indifference_half_width: float
) -> Verdict:
    """Return the verdict on one difference.

    A clear sign decides, however small the difference. Otherwise it is within noise if the whole interval lies inside
    plus or minus `indifference_half_width` (the measure's unit), else unclear. ValueError if that is negative.
    """
    if indifference_half_width < 0.0:
        raise ValueError(f"an indifference half-width is not negative, got {indifference_half_width!r}")
    if sign_is_clear(p_adjusted, estimate.level):
        if direction is Direction.NEUTRAL:
            return Verdict.DIFFERS
        is_higher = estimate.difference > 0.0
        return Verdict.BETTER if is_higher == (direction is Direction.HIGHER_IS_BETTER) else Verdict.WORSE
    return Verdict.WITHIN_NOISE if estimate.lies_within(indifference_half_width) else Verdict.UNCLEAR
