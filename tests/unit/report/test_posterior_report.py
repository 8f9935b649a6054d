"""The report of a run over a posterior: words, tables, the figure and the page, from a finished folder alone."""

import re
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from sim.errors import InputError
from sim.report import rebuild
from sim.report.figures.posterior_intervals import draw_posterior_intervals, posterior_intervals
from sim.report.fonts import missing_glyphs
from sim.report.posterior_answer import posterior_answer
from sim.report.posterior_folder import PosteriorFolder, read_posterior_folder
from sim.report.posterior_page import posterior_page
from sim.report.posterior_tables import (
    differences_table,
    levels_table,
    ranking_table,
    standing_table,
    turning_table,
)
from sim.report.posterior_words import parameter_name, parameter_value, percent, standing_text
from sim.report.tables import Table
from sim.report.wording import LANGUAGES, wording
from tests.unit.report.synthetic_posterior_folder import write_posterior_folder

EN = wording("en")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a comparison with its reports; not to be changed."""
    written = write_posterior_folder(tmp_path_factory.mktemp("posterior"))
    rebuild(written)
    return written


@pytest.fixture(scope="module")
def folder(path: Path) -> PosteriorFolder:
    return read_posterior_folder(path)


@pytest.fixture(scope="module")
def single(tmp_path_factory: pytest.TempPathFactory) -> PosteriorFolder:
    written = write_posterior_folder(tmp_path_factory.mktemp("single"), is_comparison=False)
    rebuild(written)
    return read_posterior_folder(written)


def texts(table: Table | None) -> dict[str, list[str]]:
    assert table is not None
    return {row.cells[0].text: [cell.text for cell in row.cells[1:]] for row in table.rows}


def test_verdicts_say_what_stands_what_depends_and_what_turns(folder: PosteriorFolder) -> None:
    table = standing_table(folder, EN)
    by_policy = {name: dict(zip(folder.measures, cells, strict=True)) for name, cells in texts(table).items()}
    busier, more_town = by_policy["More disputes"], by_policy["Strengthen county"]
    assert busier["settled_share_180d"] == "better (100%)"
    assert busier["litigated_share_180d"] == "no real difference (100%)"
    assert busier["cost_yuan_per_settled"].startswith("depends (same ")
    assert more_town["days_unresolved_180d"].startswith("turns (better ")
    assert more_town["incident_share_180d"] == "no verdict"
    classes = {cell.css for row in table.rows for cell in row.cells[1:]}
    assert classes == {
        "verdict across better",
        "verdict across within_noise",
        "verdict across unclear",
        "verdict across",
    }


def test_a_neutral_measure_is_higher_or_lower() -> None:
    row = {"standing": "holds", "prob_above": 0.97, "prob_within": 0.02, "prob_below": 0.01}
    assert standing_text(row, "emerged_per_1000_per_year", EN) == "higher (97%)"


@pytest.mark.parametrize(
    ("share", "shown"), [(0.0, "0%"), (0.001, "<1%"), (0.5, "50%"), (0.999, ">99%"), (1.0, "100%"), (float("nan"), "–")]
)
def test_what_is_not_quite_sure_is_not_called_sure(share: float, shown: str) -> None:
    assert percent(share) == shown


def test_differences_show_both_intervals_and_their_share(folder: PosteriorFolder) -> None:
    table = differences_table(folder, EN)
    heads = [row.cells[0].text for row in table.rows if row.is_group]
    assert heads[0] == "Settlement rate within 180 days (percentage points)"
    first = [cell.text for cell in table.rows[1].cells]
    assert first == [
        "More disputes",
        "+10.00 ± 0.00",
        "+10.00 to +10.00",
        "+10.00 to +10.00",
        "–",
        "100%",
        "better (100%)",
    ]
    levels = levels_table(folder, EN)
    assert sum(not row.is_group for row in levels.rows) == 3 * len(folder.measures)


def test_the_ranking_says_how_sure_each_order_is(folder: PosteriorFolder) -> None:
    rows = texts(ranking_table(folder, EN))
    assert len(rows) == 3
    assert all(cells[2 + place] == "–" for place, cells in enumerate(rows.values()))
    answer = posterior_answer(folder, EN)
    assert "who is best depends on the parameters" in answer.ranking[0]
    assert "does not hold throughout" in answer.ranking[1]


def test_a_ranking_that_holds_is_said_to(folder: PosteriorFolder) -> None:
    sure = folder.ranking.copy()
    sure["prob_best"] = [1.0, 0.0, 0.0]
    for column in [name for name in sure.columns if name.startswith("better_than:")]:
        sure[column] = 1.0
    held = replace(folder, ranking=sure)
    first, second = posterior_answer(held, EN).ranking
    assert first.endswith("in 100% of the posterior: that holds.")
    assert second.startswith("The whole order below holds")
    none = replace(folder, ranking=sure.iloc[:0])
    assert ranking_table(none, EN) is None
    assert posterior_answer(none, EN).ranking == (EN.say("posterior_no_ranking"),)


def test_the_turning_assumption_is_named_with_its_value(folder: PosteriorFolder) -> None:
    rows = texts(turning_table(folder, EN))
    found = rows["Disputes found per 1,000 people a year"]
    assert found[1] == "raises it"
    assert 21 < float(found[-1]) < 23
    sentences = dict(zip(("busier", "more_town"), posterior_answer(folder, EN).turning, strict=True))
    assert "Disputes found per 1,000 people a year at 2" in sentences["more_town"]
    assert "cannot be traced" in sentences["busier"]


def test_what_does_not_turn_within_the_range_is_told(folder: PosteriorFolder) -> None:
    nowhere = folder.turning.assign(turning_value=float("nan"))
    changed = replace(folder, turning=nowhere)
    assert "no single assumption turns" in posterior_answer(changed, EN).turning[1]
    assert "none in its range" in {cells[-1] for cells in texts(turning_table(changed, EN)).values() if cells}


@pytest.mark.parametrize(
    ("parameter", "value", "shown"),
    [
        ("success_lost_per_10_days", 0.02, "2%"),
        ("administrative_share", 0.45, "45%"),
        ("weight_of_town_ability", 0.5, "0.5"),
        ("staff_groups.centre.ability_logit", 0.3, "0.3 logit"),
    ],
)
def test_assumptions_have_their_units(parameter: str, value: float, shown: str) -> None:
    assert parameter_value(parameter, value, EN) == shown


def test_assumptions_have_names(folder: PosteriorFolder) -> None:
    baseline = folder.run.baseline
    assert parameter_name(baseline, "staff_groups.centre.ability_logit", EN).startswith("County centre")
    assert parameter_name(baseline, "recorded_share", EN) == "Share of what surfaces that is recorded"
    assert parameter_name(baseline, "somebodys_own", EN) == "somebodys_own"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_figure_has_a_panel_for_each_measure_and_no_missing_letter(folder: PosteriorFolder, language: str) -> None:
    drawn = posterior_intervals(folder)
    assert drawn is not None
    figure = draw_posterior_intervals(drawn, wording(language))
    assert sum(axes.get_visible() for axes in figure.axes) == len(folder.measures)
    shown = "".join(text.get_text() for axes in figure.axes for text in axes.get_yticklabels())
    assert missing_glyphs(shown) == ""
    assert len(drawn.table) == 2 * len(folder.measures) - 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_has_everything(path: Path, folder: PosteriorFolder, language: str) -> None:
    html = (path / f"report.{language}.html").read_text(encoding="utf-8")
    words = wording(language)
    for heading in ("answer", "two_uncertainties", "ranking", "turning", "assumptions", "method", "reproduce"):
        assert f'id="{heading}">{words.say(f"heading_{heading}")}' in html
    assert 'id="figure-posterior_intervals"' in html
    assert re.search(r'role="img" tabindex="0" aria-label="[^"]{80,}"', html)
    assert "figures/posterior_intervals.csv" in html
    assert (path / "figures" / "posterior_intervals.csv").is_file()
    page = posterior_page(folder, {}, words)
    assert len(page.warnings) >= 2
    assert missing_glyphs("".join([page.carried, *page.answer.lead, *page.method, page.answer.legend])) == ""


def test_a_single_scenario_has_levels_and_nothing_to_compare(single: PosteriorFolder) -> None:
    page = posterior_page(single, {}, EN)
    assert (page.standings, page.differences, page.ranking, page.turning, page.changes) == (None,) * 5
    assert page.answer.lead[0].startswith("Settlement rate within 180 days: 80.00%")
    drawn = posterior_intervals(single)
    assert drawn is not None
    assert len(draw_posterior_intervals(drawn, EN).legends) == 1
    html = (single.run.path / "report.en.html").read_text(encoding="utf-8")
    assert 'id="ranking"' not in html
    assert 'id="figure-posterior_intervals"' in html


def test_a_broken_folder_is_told_by_file(path: Path, tmp_path: Path) -> None:
    for file in path.iterdir():
        if file.is_file():
            (tmp_path / file.name).write_bytes(file.read_bytes())
    summary = pd.read_csv(tmp_path / "posterior_summary.csv", encoding="utf-8-sig")
    summary.iloc[1:].to_csv(tmp_path / "posterior_summary.csv", index=False, encoding="utf-8-sig")
    (tmp_path / "ranking.csv").unlink()
    with pytest.raises(InputError) as caught:
        read_posterior_folder(tmp_path)
    assert [(p.code, Path(p.file).name) for p in caught.value.problems] == [("run_folder_missing_file", "ranking.csv")]
    (tmp_path / "ranking.csv").write_bytes((path / "ranking.csv").read_bytes())
    with pytest.raises(InputError) as caught:
        read_posterior_folder(tmp_path)
    assert [(p.code, Path(p.file).name) for p in caught.value.problems] == [
        ("run_folder_invalid", "posterior_summary.csv")
    ]
