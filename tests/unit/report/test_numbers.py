import math

import pytest

from sim.report.numbers import Kind, clipped, decimals_for, plain, quantity, signed_quantity, significant


@pytest.mark.parametrize(
    ("value", "decimals", "signed", "text"),
    [
        (1234.5, 1, False, "1,234.5"),
        (-0.04, 1, False, "0.0"),
        (-0.04, 1, True, "0.0"),
        (-2.25, 2, True, "−2.25"),
        (2.25, 2, True, "+2.25"),
        (math.nan, 2, True, "–"),
        (math.inf, 0, False, "–"),
    ],
)
def test_numbers_have_thousands_real_minus_signs_and_no_negative_zero(
    value: float, decimals: int, signed: bool, text: str
) -> None:
    assert plain(value, decimals, signed=signed) == text


def test_shares_are_shown_in_per_cent_and_their_differences_in_points() -> None:
    assert quantity(0.8321, Kind.SHARE, 1) == "83.2%"
    assert signed_quantity(-0.0123, Kind.SHARE, 1) == "−1.2"
    assert quantity(math.nan, Kind.SHARE, 1) == "–"


@pytest.mark.parametrize(
    ("kind", "means", "half_widths", "decimals"),
    [
        (Kind.SHARE, [0.832], [0.004], 1),
        (Kind.SHARE, [0.832], [0.0004], 2),
        (Kind.SHARE, [0.0041], [0.00005], 3),
        (Kind.PLAIN, [830.0], [8.0], 0),
        (Kind.PLAIN, [830.0], [0.001], 1),
        (Kind.PLAIN, [62.3], [], 1),
        (Kind.PLAIN, [8_400_000.0], [], 0),
        (Kind.PLAIN, [0.0, math.nan], [math.nan], 0),
    ],
)
def test_decimals_follow_the_half_width_up_to_four_significant_digits(
    kind: Kind, means: list[float], half_widths: list[float], decimals: int
) -> None:
    assert decimals_for(kind, means, half_widths) == decimals


@pytest.mark.parametrize(
    ("value", "text"),
    [(3.0, "3"), (0.4500, "0.45"), (1234.0, "1,234"), (0.00123, "0.00123"), (-0.2, "−0.2"), (0.0, "0")],
)
def test_given_values_keep_three_digits_and_lose_trailing_zeros(value: float, text: str) -> None:
    assert significant(value) == text


def test_intervals_are_cut_to_what_a_measure_can_be() -> None:
    assert clipped(-0.1, Kind.SHARE) == 0.0
    assert clipped(1.2, Kind.SHARE) == 1.0
    assert clipped(-5.0, Kind.PLAIN) == 0.0
    assert clipped(180.0, Kind.PLAIN) == 180.0
    assert math.isnan(clipped(math.nan, Kind.SHARE))
