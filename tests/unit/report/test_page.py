import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest

from sim.report import RunFolder
from sim.report.evidence import basis_counts_table, basis_tables, changes_table, turns_table
from sim.report.fonts import missing_glyphs
from sim.report.headline import name_with_unit
from sim.report.method import method_sentences, warning_sentences
from sim.report.page import page_of, render_page
from sim.report.tables import further_table, headline_table, prevented_table, records_table, tier_table, verdict_table
from sim.report.wording import LANGUAGES, wording
from tests.unit.report.synthetic_run_folder import QUESTION

VOID = {"meta", "path", "use", "br", "img", "link"}


class Reader(HTMLParser):
    """Gathers a page's visible text outside drawings, its attributes, and whether every element is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.ids: list[str] = []
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.open: list[str] = []
        self.labels: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name in ("href", "src", "xlink:href", "action", "data"):
                self.addresses.append(value or "")
            if name == "aria-label":
                self.labels.append(value or "")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not {"style", "svg"} & set(self.open):
            self.text.append(data)


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    return reader


@pytest.fixture(scope="module")
def pages(built: Path) -> dict[str, str]:
    return {language: (built / f"report.{language}.html").read_text(encoding="utf-8") for language in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_asks_for_nothing_from_outside(pages: dict[str, str], language: str) -> None:
    html, reader = pages[language], read(pages[language])
    assert [address for address in reader.addresses if not address.startswith("#")] == []
    assert re.findall(r"(?:https?:)?//[a-z]", re.sub(r"base64,[A-Za-z0-9+/=]+", "", html)) == []
    assert re.findall(r"url\((?!#|data:)", html) == []
    assert "@import" not in html
    assert not {"script", "link", "iframe", "img"} & set(reader.tags)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_character_on_the_page_has_a_glyph_in_the_embedded_font(pages: dict[str, str], language: str) -> None:
    assert missing_glyphs("".join(read(pages[language]).text)) == ""
    assert pages[language].count("data:font/woff;base64,") == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_well_formed_with_unique_ids_and_every_drawing_described(
    pages: dict[str, str], language: str
) -> None:
    reader = read(pages[language])
    assert reader.open == []
    assert len(reader.ids) == len(set(reader.ids))
    assert reader.tags.count("svg") == 6
    words = wording(language)
    for name in ("where_disputes_end", "load_over_time"):
        assert any(words.sentences[f"reading_{name}"] in label for label in reader.labels)
    assert f'<html lang="{words.say("html_language")}">' in pages[language]


def test_both_languages_show_the_same_numbers(pages: dict[str, str]) -> None:
    numbers = {}
    for language, html in pages.items():
        text = " ".join(read(html).text)
        numbers[language] = sorted(re.findall(r"[+−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?", text))
    assert numbers["zh"] == numbers["en"]
    assert len(numbers["zh"]) > 500


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_answer_comes_before_the_evidence_and_leads_with_what_changes_it(
    pages: dict[str, str], language: str
) -> None:
    words, text = wording(language), "".join(read(pages[language]).text)
    order = [
        "question",
        "answer",
        "turns",
        "policies",
        "warnings",
        "headline",
        "robustness",
        "assumptions",
        "reproduce",
    ]
    headings = [re.search(rf"^{re.escape(words.say(f'heading_{key}'))}$", text, re.MULTILINE) for key in order]
    places = [heading.start() for heading in headings if heading is not None]
    assert len(places) == len(order)
    assert places == sorted(places)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_study_s_own_question_comes_first_under_the_question(pages: dict[str, str], language: str) -> None:
    text = "".join(read(pages[language]).text)
    after_heading = text.partition(wording(language).say("heading_question") + "\n")[2]
    assert after_heading.strip().startswith(QUESTION[language])


def test_names_are_escaped(hostile: RunFolder) -> None:
    for language in LANGUAGES:
        html = render_page(page_of(hostile, {}, wording(language)), wording(language))
        assert "<script" not in html
        assert "&lt;script&gt;alert(" in html
        assert read(html).open == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_single_scenario_has_a_page_without_verdicts(single: RunFolder, language: str) -> None:
    words = wording(language)
    html = render_page(page_of(single, {}, words), words)
    text = "".join(read(html).text)
    for verdict in ("worse", "unclear"):
        assert 'class="verdict' not in html, verdict
    for absent in ("heading_turns", "heading_robustness", "heading_changes", "head_verdict"):
        assert f"\n{words.say(absent)}\n" not in text
    assert words.say("heading_headline") in text


def test_the_headline_table_has_level_difference_one_year_and_verdict(folder: RunFolder) -> None:
    table = headline_table(folder, wording("en"))
    assert table.heads == (
        *("Scenario", "Level", "Difference from baseline", "Of baseline", "One single year may lie between", "Verdict"),
    )
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["Settlement rate within 180 days"]
    assert rows[1][:1] + rows[1][2:4] == ["Baseline", "–", "–"]
    assert re.fullmatch(r"\d\d\.\d% \(\d\d\.\d% to \d\d\.\d%\)", rows[1][1])
    assert re.fullmatch(r"\+2\.\d+ \(\+2\.\d+ to \+[23]\.\d+\)", rows[2][2])
    assert len(table.rows) == 6 * (1 + 6)
    assert all(len(row.cells) == len(table.heads) for row in table.rows if not row.is_group)


@pytest.mark.parametrize("language", LANGUAGES)
def test_prevented_disputes_stand_apart_below_the_headlines(folder: RunFolder, language: str) -> None:
    words = wording(language)
    table = prevented_table(folder, words)
    assert table is not None
    assert [row.cells[0].text for row in table.rows] == [
        name_with_unit(measure, words)
        for measure in ("prevented_per_1000_per_year", "prevented_share", "emerged_per_1000_per_year")
    ]
    assert len(table.heads) == 1 + len(folder.scenarios)
    html = render_page(page_of(folder, {}, words), words)
    assert words.say("table_headline") in html
    assert html.index(words.say("table_headline")) < html.index(words.say("table_prevented"))


def test_without_prevention_nothing_is_said_of_it(folder: RunFolder) -> None:
    measures = folder.measures.copy()
    measures.loc[measures["measure"].str.startswith("prevented_"), "value"] = 0.0
    assert prevented_table(replace(folder, measures=measures), wording("en")) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_truth_and_the_record_of_it_stand_together_where_records_are_untrue(folder: RunFolder, language: str) -> None:
    words = wording(language)
    table = records_table(folder, words)
    assert table is not None
    shown = [row.cells[0].text for row in table.rows]
    pair = [name_with_unit(m, words) for m in ("settled_share_180d", "recorded_settled_share_180d")]
    assert shown.index(pair[1]) == shown.index(pair[0]) + 1
    assert words.say("table_records") in render_page(page_of(folder, {}, words), words)


def test_without_settlements_on_paper_nothing_is_said_of_records(folder: RunFolder) -> None:
    measures = folder.measures.copy()
    measures.loc[measures["measure"] == "untrue_record_share", "value"] = 0.0
    assert records_table(replace(folder, measures=measures), wording("en")) is None


def test_a_longer_cohort_is_not_called_one_year(folder: RunFolder) -> None:
    content = folder.baseline.content | {"horizon": folder.baseline.content["horizon"] | {"cohort_years": 3}}
    scenarios = (replace(folder.baseline, content=content), *folder.policies)
    table = headline_table(replace(folder, scenarios=scenarios), wording("en"))
    assert table.heads[4] == "Another 3 years may lie between"


def test_verdicts_stand_by_policy_and_measure(folder: RunFolder) -> None:
    table = verdict_table(folder, wording("zh"))
    assert len(table.rows) == 5
    assert {cell.css for row in table.rows for cell in row.cells[1:]} <= {
        f"verdict {verdict}" for verdict in ("better", "worse", "unclear", "within_noise")
    }


def test_tiers_come_in_order_and_means_are_those_of_the_measures(folder: RunFolder) -> None:
    table = tier_table(folder, wording("en"))
    assert table is not None
    start = next(i for i, row in enumerate(table.rows) if row.cells[0].text == "Utilisation")
    rows = table.rows[start + 1 : start + 5]
    assert [row.cells[0].text for row in rows] == ["Grid", "Village", "Town", "County"]
    measures = folder.measures
    mean = measures[
        (measures["measure"] == "utilisation") & (measures["tier"] == "town") & (measures["scenario"] == "baseline")
    ]
    assert rows[2].cells[1].text == f"{100 * mean['value'].mean():.1f}%"


def test_a_measure_that_nobody_knows_is_listed_by_its_id(folder: RunFolder) -> None:
    extra = folder.measures[folder.measures["measure"] == "open_share_30d"].assign(measure="later_measure_count")
    measures = pd.concat([folder.measures, extra], ignore_index=True)
    table = further_table(replace(folder, measures=measures), wording("zh"))
    assert table.rows[-1].cells[0].text == "later_measure_count"


def test_values_are_counted_and_listed_by_basis_with_range_and_source(folder: RunFolder) -> None:
    words = wording("en")
    counts = {row.cells[0].text: row.cells[1].text for row in basis_counts_table(folder, words).rows}
    assert counts == {
        "reported": "2",
        "fitted": "4",
        "transferred from elsewhere": "4",
        "literature": "4",
        "assumed": "29",
        "unstated": "2",
    }
    assumed, *others = basis_tables(folder, words)
    assert len(assumed.rows) == 29
    assert assumed.heads == ("Item", "Value", "Unit", "Range", "Effect", "Source")
    posts = next(row for row in assumed.rows if row.cells[0].text == "Town cadres / posts")
    assert [cell.text for cell in posts.cells[1:]] == ["90", "posts", "30 to 140", "12 points", "made up for this test"]
    reported = next(table for table in others if "reported" in table.caption)
    assert "Sample statistics, table one" in {row.cells[-1].text for row in reported.rows}, (
        "ledger ids become citations"
    )


def test_each_policy_says_what_it_changes(folder: RunFolder) -> None:
    table = changes_table(folder, wording("en"))
    texts = [[cell.text for cell in row.cells] for row in table.rows]
    assert ["Sink staff into grids"] in texts
    assert ["Town cadres / posts (posts)", "90", "60", "assumed", "30 to 140", "made up for this test"] in texts
    assert ["Triage / rule", "always the lowest tier first", "graded by difficulty", "", "", ""] in texts
    assert texts[-1][0] == wording("en").say("table_changes_none")


def test_verdicts_that_turn_at_an_end_of_a_range_are_framed(folder: RunFolder) -> None:
    table = turns_table(folder, wording("en"))
    assert table is not None
    base, low, high = table.rows[1:4]
    assert base.cells[0].text == "As used"
    assert (low.cells[0].text, high.cells[0].text) == (
        "Town cadres / posts: 60 posts",
        "Town cadres / posts: 140 posts",
    )
    assert base.cells[2].css == "verdict better"
    assert low.cells[2].css == "verdict worse framed"
    assert high.cells[2].css == "verdict better"


def test_warnings_name_what_weakens_the_run(folder: RunFolder) -> None:
    sentences = warning_sentences(folder, wording("en"))
    assert len(sentences) == len(set(sentences)) == 4
    assert sentences[0].startswith('"All-round desk" and the baseline do not see the same disputes')
    assert sentences[1].startswith('"Baseline", County: the first 410 days look like start-up')
    assert "2027" in sentences[2]


@pytest.mark.parametrize(
    ("cause", "expected"),
    [
        ("criteria_met", "at most 5% of"),
        ("cap_reached", "limit of 40"),
        ("fixed", "beforehand"),
        ("of_its_own", "20 times."),
    ],
)
def test_the_method_says_how_many_replications_and_why_no_more(folder: RunFolder, cause: str, expected: str) -> None:
    replications = folder.manifest.replications.model_copy(update={"cause": cause})
    manifest = folder.manifest.model_copy(update={"replications": replications})
    sentences = method_sentences(replace(folder, manifest=manifest), wording("en"))
    assert any("20 times" in sentence and expected in sentence for sentence in sentences)


def test_the_page_says_how_to_reproduce_the_run(pages: dict[str, str]) -> None:
    for html in pages.values():
        assert "<pre>python run_sim.py compare scenarios/sample</pre>" in html
        assert "<pre>python run_sim.py verify outputs/sample/0123456789abcdef</pre>" in html
        assert "packages.simpy" in html


def test_rows_of_means_show_three_digits_and_small_shares_two(folder: RunFolder) -> None:
    table = tier_table(folder, wording("en"))
    assert table is not None
    texts = [[cell.text for cell in row.cells] for row in table.rows]
    start = texts.index(["Working time waited: mean (working hours)"])
    assert all(re.fullmatch(r"\d\.\d\d|1\d\.\d", text) for text in texts[start + 1][1:])
    incidents = next(row for row in further_table(folder, wording("en")).rows if "30 days" in row.cells[0].text)
    assert all(re.fullmatch(r"\d\.\d%", cell.text) for cell in incidents.cells[1:])
