"""The library's page: a row for each practice, effects with intervals, and what has no measurable effect."""

import pandas as pd
import pytest

from sim.experiment.practice_effects import EFFECT_COLUMNS
from sim.report.practice_words import PRACTICE_WORDS
from sim.report.practices_page import Library, ShownPractice, has_effect, practices_page
from sim.specification.practice_library import CatalogueRow
from sim.specification.practice_numbers import StatedNumber
from sim.specification.schema.fields import Name
from sim.specification.schema.practice import Evidence, Practice

NAME = Name(zh="巡访", en="Visits")
PRACTICE = Practice(
    name=NAME,
    place=Name(zh="某县", en="A county"),
    serves=("p01",),
    source="S",
    mechanisms=("DET",),
    levers=("patrol.find_prob",),
    shows_in={"found_by_patrol_share": "higher"},
    evidence=Evidence(kind="assumed", statement=Name(zh="无", en="nothing"), figures=()),
    remark=Name(zh="说明", en="a remark"),
)
ROWS = (
    CatalogueRow("p01", "巡访", "Visits", ("S",), ("visits",), "", ""),
    CatalogueRow("p02", "其他", "Other", ("S",), (), "理由", "a reason"),
)


def effects(*rows: tuple[str, float, float]) -> pd.DataFrame:
    """Rows of (measure, low, high) of the practice in a place; the difference lies between."""
    content = [
        ("visits", "here", "", measure, "", "paired", 4, 0.1, (low + high) / 2, low, high, "hash")
        for measure, low, high in rows
    ]
    return pd.DataFrame(content, columns=list(EFFECT_COLUMNS))


def page(table: pd.DataFrame, language: str) -> str:
    number = StatedNumber("staff_groups.x.posts", "add_per", "2", "assumed", "F1", (1.0, 3.0), "town")
    shown = {"visits": ShownPractice("visits", PRACTICE, [number])}
    places = {"here": Name(zh="此地", en="Here")}
    return practices_page(Library(ROWS, shown, table, {"S": "Somebody (2020), on it"}, places, {"here": 0.2}), language)


def test_every_practice_has_a_row_with_its_effect_or_its_reason() -> None:
    text = page(effects(("found_by_patrol_share", 0.01, 0.03), ("days_unresolved_180d", -1.0, 0.5)), "en")
    first, second = (line for line in text.splitlines() if line.startswith("| P"))
    assert "+2.0 points [+1.0, +3.0]" in first
    assert "Somebody (2020)<br>" not in first
    assert "Somebody (2020)" in first
    assert first.endswith("−0.2 days [−1.0, +0.5] ○ |")
    assert "a reason" in second
    assert "Here (20% of it) 4" in text
    assert "`staff_groups.x.posts` + 2 per town [1, 3] (assumed, `F1`)" in text


def test_an_effect_on_money_alone_is_no_effect_on_disputes() -> None:
    assert not has_effect(effects(("payroll_yuan_per_year", 5.0, 6.0), ("days_unresolved_180d", -1.0, 1.0)), "visits")
    assert has_effect(effects(("days_unresolved_180d", -1.0, -0.1)), "visits")
    assert "对纠纷均无可测的效果" in page(effects(("days_unresolved_180d", -1.0, 1.0)), "zh")
    assert "对纠纷均无可测的效果" not in page(effects(("days_unresolved_180d", -1.0, -0.5)), "zh")


@pytest.mark.parametrize("language", PRACTICE_WORDS)
def test_both_languages_have_the_same_words(language: str) -> None:
    assert PRACTICE_WORDS[language].keys() == PRACTICE_WORDS["en"].keys()
