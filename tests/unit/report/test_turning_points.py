from dataclasses import replace

import pandas as pd
import pytest

from sim.report import RunFolder
from sim.report.turning_points import (
    StressedDifference,
    StressEnd,
    Turn,
    gravest_turn,
    stressed_differences,
    turn_between,
)


@pytest.mark.parametrize(
    ("base", "end", "turn"),
    [
        ("better", "worse", Turn.REVERSED),
        ("worse", "better", Turn.REVERSED),
        ("better", "unclear", Turn.LOST),
        ("worse", "within_noise", Turn.LOST),
        ("unclear", "better", Turn.GAINED),
        ("within_noise", "worse", Turn.GAINED),
        ("unclear", "within_noise", Turn.SHADE),
        ("better", "better", None),
        ("unclear", "", None),
    ],
)
def test_a_turn_is_as_grave_as_what_is_lost(base: str, end: str, turn: Turn | None) -> None:
    assert turn_between(base, end) is turn


def stressed(path: str, low: str, base: str, high: str) -> StressedDifference:
    low_end, middle, high_end = (
        StressEnd(name, value, 0.0, -1.0, 1.0, verdict)
        for name, value, verdict in (("low", 1.0, low), ("base", 2.0, base), ("high", 3.0, high))
    )
    return StressedDifference(path, "policy", "settled_share_180d", 0.0, low_end, middle, high_end)


@pytest.mark.parametrize(
    ("low", "base", "high", "turn"),
    [
        ("unclear", "better", "worse", Turn.REVERSED),
        ("worse", "unclear", "better", Turn.OPPOSED),
        ("better", "within_noise", "worse", Turn.OPPOSED),
        ("unclear", "better", "better", Turn.LOST),
        ("unclear", "unclear", "worse", Turn.GAINED),
        ("unclear", "unclear", "within_noise", Turn.SHADE),
        ("worse", "worse", "worse", None),
    ],
)
def test_the_gravest_turn_of_a_value_looks_at_both_ends(low: str, base: str, high: str, turn: Turn | None) -> None:
    assert gravest_turn(stressed("patrol.find_prob", low, base, high)) is turn


def with_robustness(folder: RunFolder, rows: list[tuple[object, ...]]) -> RunFolder:
    return replace(folder, robustness=pd.DataFrame(rows, columns=list(folder.robustness.columns)))


def rows_of(path: str, differences: tuple[float, float, float]) -> list[tuple[object, ...]]:
    named = zip(("low", "base", "high"), (1.0, 2.0, 3.0), differences, strict=True)
    return [
        (path, end, value, "relieve_admin", "settled_share_180d", difference, -1.0, 1.0, "unclear", 0.0)
        for end, value, difference in named
    ]


def test_values_come_in_order_of_their_swing(folder: RunFolder) -> None:
    rows = rows_of("patrol.find_prob", (0.0, 0.01, 0.02)) + rows_of("hardening.cap_days", (0.5, 0.01, -0.1))
    found = stressed_differences(with_robustness(folder, rows))
    assert [(item.path, round(item.swing, 9)) for item in found] == [
        ("hardening.cap_days", 0.6),
        ("patrol.find_prob", 0.02),
    ]


def test_a_value_without_both_ends_is_left_out(folder: RunFolder) -> None:
    rows = rows_of("patrol.find_prob", (0.0, 0.01, 0.02))
    assert stressed_differences(with_robustness(folder, rows[:2])) == ()


def test_a_base_row_without_path_stands_for_every_value(folder: RunFolder) -> None:
    rows = rows_of("patrol.find_prob", (0.0, 0.01, 0.02))
    shared = [("", *rows[1][1:])]
    (item,) = stressed_differences(with_robustness(folder, [rows[0], rows[2], *shared]))
    assert item.base.difference == 0.01
