"""Ratios are medians of rounds, and a target is put to the ratio or to the figure."""

from pathlib import Path

import pytest

from tests.benchmarks.rows import Ratio, Row, Target
from tests.benchmarks.table import as_csv, as_markdown, cells, three_digits, write


def row(target: Target | None, ratio: Ratio | None = None, figure: float = 12.0) -> Row:
    return Row("block", "engine", "all", figure, "ms", 5, ratio, "SimPy", target)


def test_a_ratio_divides_round_by_round() -> None:
    assert Ratio.of_rounds([10, 40, 30], [1, 2, 1]) == Ratio(20, 10, 30)


@pytest.mark.parametrize(
    ("target", "is_met"),
    [
        (Target(50, at_least=True), True),
        (Target(60, at_least=True), False),
        (Target(20, at_least=False, unit="ms"), True),
        (Target(10, at_least=False, unit="ms"), False),
        (None, None),
    ],
)
def test_a_target_is_put_to_what_it_is_about(target: Target | None, is_met: bool | None) -> None:
    assert row(target, Ratio(55, 50, 60)).is_met is is_met


@pytest.mark.parametrize(("value", "text"), [(12_345, "12,345"), (98.76, "98.8"), (1.234, "1.23"), (0.01234, "0.0123")])
def test_figures_have_three_digits(value: float, text: str) -> None:
    assert three_digits(value) == text


def test_what_was_not_measured_says_so() -> None:
    assert "not measured" in cells(Row("block", "a peer", "all", float("nan"), "", 0, note="not installed"))


def test_a_page_keeps_what_stands_around_its_table(tmp_path: Path) -> None:
    rows = [row(Target(50, at_least=True), Ratio(55, 50, 60))]
    write(rows, tmp_path)
    page = tmp_path / "benchmarks.md"
    page.write_text("# Before\n" + page.read_text(encoding="utf-8") + "after\n", encoding="utf-8")
    write([*rows, row(None)], tmp_path)
    text = page.read_text(encoding="utf-8")
    assert text.startswith("# Before\n")
    assert text.endswith("after\n")
    assert as_markdown([*rows, row(None)]) in text
    assert text.count("| block |") == 3
    assert (tmp_path / "benchmarks.csv").read_text(encoding="utf-8-sig") == as_csv([*rows, row(None)])
