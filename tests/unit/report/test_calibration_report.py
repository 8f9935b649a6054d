"""The report of a calibration: what it says, the same numbers in both languages, its figures, its empty states."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from matplotlib.figure import Figure

from sim.report import rebuild
from sim.report.calibration_answer import calibration_lead
from sim.report.calibration_folder import read_calibration
from sim.report.calibration_numbers import shown_alone, shown_period, shown_together, weight_on_figures
from sim.report.calibration_page import calibration_page
from sim.report.calibration_report import CALIBRATION_FIGURES, calibration_lines
from sim.report.calibration_tables import CalibrationTables, ConflictRow
from sim.report.figures.contraction import contraction, draw_contraction
from sim.report.figures.densities import density_curve, log_ticks
from sim.report.figures.identifiability import draw_identifiability, identifiability
from sim.report.figures.predictive_checks import draw_predictive_checks, predictive_checks
from sim.report.figures.prior_and_posterior import draw_prior_and_posterior, prior_and_posterior
from sim.report.fonts import missing_glyphs
from sim.report.page import render_page
from sim.report.wording import LANGUAGES, wording
from tests.unit.report.synthetic_calibration import INFORMED, PARAMETERS, TARGETS, WEIGHTY, write_calibration

FIGURES = ["contraction", "identifiability", "predictive_checks", "prior_and_posterior"]
CONFLICT = ConflictRow("found_10y; settled_in_village", "one; other", 0.0004)
EN = wording("en")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fitted place's folder with its report; not to be changed."""
    path = write_calibration(tmp_path_factory.mktemp("fitted") / "run")
    rebuild(path)
    return path


@pytest.fixture(scope="module")
def fitted(built: Path) -> CalibrationTables:
    return read_calibration(built)


@pytest.fixture(scope="module")
def transferred(tmp_path_factory: pytest.TempPathFactory) -> CalibrationTables:
    return read_calibration(write_calibration(tmp_path_factory.mktemp("transferred") / "run", transferred=True))


@pytest.fixture(scope="module")
def uninformed(tmp_path_factory: pytest.TempPathFactory) -> CalibrationTables:
    """Nothing is informed, and two figures conflict."""
    path = write_calibration(tmp_path_factory.mktemp("none") / "run", informed=(), conflicts=(CONFLICT,))
    return read_calibration(path)


def undrawn(tables: CalibrationTables, language: str) -> str:
    """The page without its drawings, which take most of the time."""
    words = wording(language)
    return render_page(calibration_page(tables, {}, words), words, "calibration.html")


def text_of(html: str) -> str:
    text = re.sub(r"<style>.*?</style>|<svg.*?</svg>|<[^>]+>", " ", html, flags=re.DOTALL)
    return re.sub(r"\s+", " ", text.replace("&#39;", "'").replace("&#34;", '"'))


def text_of_page(folder: Path, language: str) -> str:
    return text_of((folder / f"report.{language}.html").read_text(encoding="utf-8"))


def numbers_in(text: str) -> list[str]:
    return re.findall(r"[−+]?\d[\d,]*\.?\d*%?", text)


def axes_shown(figure: Figure) -> int:
    return sum(axes.get_visible() for axes in figure.axes)


def contents(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_every_figure_and_both_pages_are_written_the_same_again(built: Path, tmp_path: Path) -> None:
    wanted = {f"figures/{name}.{end}" for name in FIGURES for end in ("csv", "zh.svg", "zh.png", "en.svg", "en.png")}
    written = contents(built)
    assert {name for name in written if name.startswith("figures/")} == wanted
    copy = shutil.copytree(built, tmp_path / "copy", ignore=shutil.ignore_patterns("figures", "report.*"))
    again = {path.relative_to(copy).as_posix() for path in rebuild(copy, ["zh"])}
    assert again == {"report.zh.html", *(name for name in wanted if ".en." not in name)}
    assert contents(copy) == {name: content for name, content in written.items() if ".en." not in name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_what_is_informed_what_is_assumed_and_what_is_missed(built: Path, language: str) -> None:
    text, words = text_of_page(built, language), wording(language)
    for id_ in PARAMETERS.index:
        assert PARAMETERS.loc[id_, f"name_{language}"] in text
    for row in TARGETS.to_dict("records"):
        assert row[f"name_{language}"] in text
    for key in ("calibration_lead_delays", "calibration_coverage", "calibration_ridge", "calibration_conflicts_none"):
        assert words.say(key) in text
    for key in ("calibration_within_fitted", "calibration_outside_at_least", "calibration_within_at_most"):
        assert words.say(key) in text
    assert "python run_sim.py calibrate calibration/targets/xichou.yaml" in text
    assert "0c" * 32 in text
    assert ("先验" if language == "zh" else "prior") in text
    assert "{" not in text
    assert "nan" not in text.lower().split()


def test_the_answer_names_values_with_intervals_and_the_figures_that_are_missed(fitted: CalibrationTables) -> None:
    informed, assumed, met, delays = calibration_lead(fitted, EN)
    first = fitted.parameters[0]
    low, median, high = shown_together([first.posterior_low, first.posterior_median, first.posterior_high], first.unit)
    assert f"Disputes found: {median} (90% interval {low} to {high})" in informed
    assert informed.count("90% interval") == len(INFORMED)
    assert f"The other {len(PARAMETERS) - len(INFORMED)} remain assumptions" in assumed
    assert str(PARAMETERS.loc[WEIGHTY, "name_en"]) in assumed
    assert "All 3 figures that were fitted to lie within" in met
    assert 'Those that do not (2): "Disputes settled' in met
    assert "(reported at least 2,300; model 2,046, 90% predictive interval 1,845 to 2,247)" in met
    assert "No figures were found to conflict." in met
    assert "No reported figure is a delay" in delays


def test_an_interval_that_fails_the_check_of_coverage_is_not_to_be_quoted(fitted: CalibrationTables) -> None:
    first, *others = fitted.parameters
    failed = replace(fitted, parameters=(replace(first, coverage_ok=False), *others))
    told = 'The intervals of "Disputes found" fail the check of coverage'
    assert told in next(calibration_lead(failed, EN))
    assert told not in next(calibration_lead(fitted, EN))


def test_the_console_is_told_what_the_page_begins_with(built: Path, fitted: CalibrationTables) -> None:
    assert calibration_lines(built, "zh") == list(calibration_lead(fitted, wording("zh")))


def test_both_languages_show_the_same_numbers(built: Path) -> None:
    def cells(language: str) -> list[list[str]]:
        html = (built / f"report.{language}.html").read_text(encoding="utf-8")
        return [numbers_in(cell) for cell in re.findall(r'<td class="number">(.*?)</td>', html)]

    assert len(cells("zh")) > 100
    assert cells("zh") == cells("en")


def test_a_page_needs_nothing_from_elsewhere(built: Path) -> None:
    for language in LANGUAGES:
        html = (built / f"report.{language}.html").read_text(encoding="utf-8")
        assert re.findall(r'(?:src|href)="(?!#|data:)[^"]*"', html) == []
        assert html.count('role="img"') == len(FIGURES)
        assert missing_glyphs(re.sub(r"<style>.*?</style>|<svg.*?</svg>", "", html, flags=re.DOTALL)) == ""


def test_a_place_that_was_not_fitted_says_so(transferred: CalibrationTables) -> None:
    text = text_of(undrawn(transferred, "en"))
    assert "nothing was fitted" in text
    assert "the spread of each times 1.5 on its own scale" in text
    assert EN.say("calibration_none_fitted") in text
    assert EN.say("calibration_conflicts_unfitted") in text
    assert "Taken over: " not in text
    assert "contraction" not in text.lower()
    assert contraction(transferred) is None
    assert EN.say("calibration_ridge") not in text
    assert "借用他地" in text_of(undrawn(transferred, "zh"))


def test_where_nothing_is_informed_the_page_says_so_and_names_the_conflict(uninformed: CalibrationTables) -> None:
    text = text_of(undrawn(uninformed, "en"))
    assert EN.say("calibration_lead_none_informed") in text
    assert EN.say("calibration_lead_assumed_all", count=len(PARAMETERS)) in text
    assert EN.say("calibration_coverage_none") in text
    assert EN.say("table_calibration_informed") not in text
    assert EN.say("calibration_conflicts_none") not in text
    assert "Disputes found in ten years; Recorded share settled in the village" in text
    assert "0.0004" in text


def test_without_figures_pairs_and_implications_there_still_is_a_page(fitted: CalibrationTables) -> None:
    bare = replace(fitted, figures=(), pairs=(), implications=())
    assert predictive_checks(bare) is None
    assert identifiability(bare) is None
    assert weight_on_figures(bare) == {}
    assert list(calibration_lead(bare, EN))[2] == EN.say("calibration_lead_no_figures")
    assert EN.say("calibration_pairs_none") in text_of(undrawn(bare, "en"))


def test_names_are_text_and_no_mark_up(tmp_path: Path) -> None:
    name = {"name_zh": "<b>甲</b>", "name_en": "<script>x</script>"}
    html = undrawn(read_calibration(write_calibration(tmp_path / "run", names=name)), "en")
    assert "<script>" not in html
    assert "&lt;script&gt;x&lt;/script&gt;" in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_predictive_checks_draw_a_line_for_each_reported_figure(fitted: CalibrationTables, language: str) -> None:
    drawn = predictive_checks(fitted)
    assert drawn is not None
    figure = draw_predictive_checks(drawn, wording(language))
    assert axes_shown(figure) == len(TARGETS)
    shown = [axes for axes in figure.axes if axes.get_visible()]
    lines = [line.get_xdata()[0] for axes in shown for line in axes.lines]  # type: ignore[index]
    assert lines == TARGETS["reported"].tolist()
    assert [len(axes.collections) for axes in shown] == [2] * len(TARGETS)
    arrows = [len(axes.texts) for axes in shown]
    assert arrows == [int(bound in ("at_least", "at_most")) for bound in TARGETS["bound"]]


def test_a_place_that_was_not_fitted_has_no_grey(transferred: CalibrationTables) -> None:
    drawn = predictive_checks(transferred)
    assert drawn is not None
    figure = draw_predictive_checks(drawn, EN)
    assert {len(axes.collections) for axes in figure.axes if axes.get_visible()} == {1}
    assert figure.legends[0].get_texts()[0].get_text() == EN.say("figure_calibration_posterior_held_out")


def test_priors_and_posteriors_put_the_informed_first_and_in_colour(fitted: CalibrationTables) -> None:
    drawn = prior_and_posterior(fitted)
    assert drawn is not None
    shown = list(dict.fromkeys(drawn.table["parameter"]))
    assert tuple(shown[: len(INFORMED)]) == INFORMED
    figure = draw_prior_and_posterior(drawn, EN)
    assert axes_shown(figure) == len(shown) == len(PARAMETERS)
    assert [len(axes.collections) for axes in figure.axes] == [2] * len(INFORMED) + [1] * (len(shown) - len(INFORMED))
    colours = [axes.lines[0].get_color() for axes in figure.axes]
    assert len(set(colours[: len(INFORMED)])) == len(set(colours[len(INFORMED) :])) == 1
    assert colours[0] != colours[-1]
    assert figure.axes[0].get_xscale() == "log"


def test_of_many_parameters_those_are_drawn_that_moved_most(fitted: CalibrationTables) -> None:
    many = tuple(
        replace(row, parameter=f"{row.parameter}_{copy}", contraction_here=row.contraction_here - 0.01 * copy)
        for copy in range(3)
        for row in fitted.parameters
    )
    columns = {row.parameter: fitted.prior[row.parameter.rsplit("_", 1)[0]] for row in many}
    draws = fitted.prior[["draw"]].assign(**columns)
    drawn = prior_and_posterior(replace(fitted, parameters=many, prior=draws, posterior=draws))
    assert drawn is not None
    shown = list(dict.fromkeys(drawn.table["parameter"]))
    assert len(shown) == 18
    assert {id_.rsplit("_", 1)[0] for id_ in shown[: 3 * len(INFORMED)]} == set(INFORMED)
    assert len(draw_contraction(contraction(replace(fitted, parameters=many)), EN).axes[0].get_yticks()) == 30  # type: ignore[arg-type]


def test_contraction_shows_the_limit_and_a_dot_for_each_parameter(fitted: CalibrationTables) -> None:
    drawn = contraction(fitted)
    assert drawn is not None
    axes = draw_contraction(drawn, EN).axes[0]
    limit, _, informed, assumed, here = axes.lines
    assert set(np.asarray(limit.get_xdata())) == {fitted.manifest.informed_from}
    assert len(np.asarray(informed.get_xdata())) == len(INFORMED)
    assert len(np.asarray(assumed.get_xdata())) == len(PARAMETERS) - len(INFORMED)
    assert len(np.asarray(here.get_xdata())) == len(PARAMETERS)
    assert drawn.table["informed"].tolist() == sorted(drawn.table["informed"], reverse=True)


def test_identifiability_draws_every_pair_with_the_ridge_first(fitted: CalibrationTables) -> None:
    drawn = identifiability(fitted)
    assert drawn is not None
    figure = draw_identifiability(drawn, wording("zh"))
    ridge, other = (axes for axes in figure.axes if axes.get_visible())
    assert "发生" in ridge.get_xlabel()
    assert ridge.get_xscale() == "log"
    assert [len(line.get_xdata()) for line in ridge.lines] == [0, len(fitted.posterior)]  # type: ignore[arg-type]
    assert [len(line.get_xdata()) for line in other.lines] == [len(fitted.prior), len(fitted.posterior)]  # type: ignore[arg-type]


def test_a_pair_that_does_not_move_together_is_not_shown(fitted: CalibrationTables) -> None:
    apart = replace(fitted, pairs=tuple(replace(pair, correlation=0.1) for pair in fitted.pairs))
    assert identifiability(apart) is None
    text = text_of(undrawn(apart, "en"))
    assert EN.say("calibration_pairs_none") in text
    assert EN.say("calibration_ridge") in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_character_of_a_figure_has_a_glyph(fitted: CalibrationTables, language: str) -> None:
    for take, _ in CALIBRATION_FIGURES:
        drawn = take(fitted)
        assert drawn is not None
        texts = [column for column in drawn.table.columns if column.endswith(f"_{language}")]
        assert missing_glyphs("".join(drawn.table[texts].astype(str).sum())) == ""


def test_a_density_ends_where_its_sample_does_and_never_vanishes() -> None:
    at, density = density_curve(np.linspace(0.0, 1.0, 500), (-0.5, 1.5), (0.0, 1.0))
    assert density[(at < 0.0) | (at > 1.0)].max() == 0.0
    assert density[(at > 0.0) & (at < 1.0)].min() > 0.9
    _, alone = density_curve(np.full(20, 3.0), (2.0, 4.0), (3.0, 3.0))
    assert alone.max() == 1.0
    assert log_ticks(2.1, 17.0) == [5.0, 10.0]
    assert log_ticks(9.7, 13.2) == [10.0, 11.0, 12.0, 13.0]


def test_numbers_are_shown_with_the_digits_that_they_have() -> None:
    assert shown_alone(0.83, "share") == "83%"
    assert shown_alone(24926.0, "disputes") == "24,926"
    assert shown_together([0.006, 0.011, 0.019], "share") == ["0.60%", "1.10%", "1.90%"]
    assert shown_together([float("nan")], "days") == ["–"]


@pytest.mark.parametrize(
    ("period", "zh"),
    [
        ("10 years to about 2018", "至约2018年的10年"),
        ("about 2012-2018", "约2012-2018年"),
        ("2020", "2020年"),
        ("not stated", "时期未说明"),
        ("since 2013", "since 2013"),
    ],
)
def test_periods_are_told_in_chinese_where_their_pattern_is_known(period: str, zh: str) -> None:
    assert shown_period(period, wording("zh")) == zh


def test_only_what_clearly_moves_the_figures_has_weight(fitted: CalibrationTables) -> None:
    weights = weight_on_figures(fitted)
    assert next(iter(weights)) == WEIGHTY
    assert weights[WEIGHTY] > 0.5
    shuffled = fitted.predictive.copy()
    shuffled["draw"] = shuffled["draw"].to_numpy()[::-1]
    assert WEIGHTY not in weight_on_figures(replace(fitted, predictive=shuffled))
