"""The library's page has a row for each of the 92 practices, none empty, and is what `make practices` writes now."""

from pathlib import Path

import pytest

from sim.cli.practices import EFFECTS_FILE, PAGES, PLACES, cases_of, page_text
from sim.experiment.practice_effects import read_effects, staleness
from sim.report.practices_page import has_effect
from sim.specification.practice_library import practice_overlays, read_catalogue

ROOT = Path(__file__).parents[2]
LIBRARY = ROOT / "scenarios" / "practices"
CATALOGUE = read_catalogue(LIBRARY)


def table_rows(language: str) -> list[list[str]]:
    text = (ROOT / PAGES[language]).read_text(encoding="utf-8")
    return [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| P")]


@pytest.mark.parametrize("language", PAGES)
def test_the_page_has_a_row_for_each_practice_with_an_overlay_or_a_reason(language: str) -> None:
    rows = table_rows(language)
    assert [row[0].lower() for row in rows] == [row.id for row in CATALOGUE]
    for row, practice in zip(rows, CATALOGUE, strict=True):
        reason = practice.reason_zh if language == "zh" else practice.reason_en
        assert all(f"[{slug}](#{slug})" in row[2] for slug in practice.overlays)
        assert practice.overlays or reason in row[2]
        assert all(cell.strip() for cell in row)


@pytest.mark.parametrize("language", PAGES)
def test_every_overlay_has_its_section(language: str) -> None:
    text = (ROOT / PAGES[language]).read_text(encoding="utf-8")
    assert [slug for slug in practice_overlays(LIBRARY) if f"\n### {slug}\n" not in text] == []


@pytest.mark.parametrize("language", PAGES)
def test_the_page_is_up_to_date(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert page_text(language) == (ROOT / PAGES[language]).read_text(encoding="utf-8"), "run `make practices`"


@pytest.mark.parametrize("place", PLACES)
def test_stored_effects_are_those_of_the_overlays_and_the_baseline_as_they_are(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Values alone count: a change of code does not make stored effects stale, whoever makes it measures again."""
    monkeypatch.chdir(ROOT)
    effects = read_effects(EFFECTS_FILE)
    found = {case.slug: staleness(case, effects, 2) for case in cases_of((place,), frozenset())}
    assert {slug: why for slug, why in found.items() if why} == {}, "run `make practices`"


@pytest.mark.parametrize("slug", practice_overlays(LIBRARY))
def test_a_practice_without_a_measurable_effect_says_why(slug: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    (case,) = cases_of(("xichou",), frozenset([slug]))
    assert has_effect(read_effects(EFFECTS_FILE), slug) or case.practice.remark is not None
