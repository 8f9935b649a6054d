"""The report of a sweep: labels, tables, the answer in words, figures and pages, from a finished folder alone."""

import io
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.patches import Rectangle

from sim.errors import InputError
from sim.experiment.asking import Wanted
from sim.experiment.manifest import RunWarning
from sim.experiment.run import run_question
from sim.experiment.sweep_asking import ask_sweep
from sim.experiment.sweep_design import SweepFactor, SweepLevel, Texts
from sim.report import rebuild
from sim.report.figures.sweep_lines import draw_sweep_differences, draw_sweep_levels, sweep_differences, sweep_levels
from sim.report.figures.sweep_map import draw_sweep_map, sweep_map, tint
from sim.report.fonts import missing_glyphs
from sim.report.rebuilding import SWEEP_FIGURES
from sim.report.sweep_answer import sweep_answer
from sim.report.sweep_folder import SweepFolder, axis_positions, level_label, read_sweep_folder
from sim.report.sweep_page import sweep_page
from sim.report.sweep_tables import sweep_grid_table, sweep_points_tables, sweep_verdict_table
from sim.report.wording import LANGUAGES, wording

STUDIES = Path(__file__).parents[2] / "end_to_end" / "tiny_studies"
EN = wording("en")


@pytest.fixture(scope="module")
def grid_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The finished folder of a sweep over two factors, with its reports; not to be changed."""
    question = ask_sweep(STUDIES / "posts_moved.yaml", Wanted(replications=2, command="python run_sim.py sweep it"))
    path = run_question(question, tmp_path_factory.mktemp("grid"), workers=1).folder
    rebuild(path)
    return path


@pytest.fixture(scope="module")
def grid(grid_path: Path) -> SweepFolder:
    return read_sweep_folder(grid_path)


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> SweepFolder:
    """A sweep over one factor, compared with the baseline."""
    folder = tmp_path_factory.mktemp("line")
    shutil.copytree(STUDIES.parent / "tiny_county", folder / "tiny_county")
    text = (
        (STUDIES / "posts_moved.yaml").read_text(encoding="utf-8").replace("paired_with: row", "paired_with: baseline")
    )
    start, end = text.index("  effort:"), text.index("paired_with")
    text = text[:start] + text[end:]
    text = text.replace("[0, 0.5]", "[0, 0.2, 0.4, 0.6, 0.8]")
    county = folder / "tiny_county" / "baseline.yaml"
    many = county.read_text(encoding="utf-8").replace("{value: 6, basis: assumed, range: [6, 9]}", "30")
    county.write_text(many, encoding="utf-8")
    (folder / "studies").mkdir()
    (folder / "studies" / "line.yaml").write_text(text, encoding="utf-8")
    question = ask_sweep(folder / "studies" / "line.yaml", Wanted(replications=2))
    return read_sweep_folder(run_question(question, folder / "out", workers=1).folder)


def judged(folder: SweepFolder, measure: str, verdicts: list[str], differences: list[float]) -> SweepFolder:
    """The folder with other verdicts and differences on a measure, those of its points in order, the first left out."""
    table = folder.table.copy()
    rows = table.index[(table["measure"] == measure) & (table["method"] != "same")]
    table.loc[rows, "verdict"] = verdicts
    table.loc[rows, "difference"] = differences
    return replace(folder, table=table)


def level(value: float | str | bool | None, name: str = "") -> SweepLevel:
    return SweepLevel(id="a", value=value, name=Texts(zh=name, en=name) if name else None)


def factor(operation: str, path: str = "staff_groups.centre.posts", *levels: SweepLevel) -> SweepFactor:
    return SweepFactor(
        id="f", name=Texts(zh="因素", en="factor"), operation=operation, path=path, levels=levels or (level(1),)
    )


@pytest.mark.parametrize(
    ("of", "at", "expected"),
    [
        (factor("move"), level(0.2), "20%"),
        (factor("scale"), level(1.5), "×1.5"),
        (factor("add"), level(2), "+2 posts"),
        (factor("add"), level(-2), "−2 posts"),
        (factor("set"), level(12), "12 posts"),
        (factor("set", "staff_groups.centre.admin_share"), level(0.25), "25%"),
        (factor("set", "triage.rule"), level("lowest_first"), "always from the lowest tier"),
        (factor("set", "frailty.fixed"), level(True), "true"),
        (factor("levels"), level(None, "as now"), "as now"),
        (factor("move"), level(0.5, "half"), "half"),
    ],
)
def test_a_level_is_shown_as_what_it_is(of: SweepFactor, at: SweepLevel, expected: str) -> None:
    shown = level_label(of, at, EN)
    assert shown == expected or (of.path == "triage.rule" and shown == EN.terms.choices["lowest_first"])


def test_numbers_stand_at_their_values_and_names_side_by_side() -> None:
    assert axis_positions(factor("set", "p", level(0), level(0.5), level(2))) == (0.0, 0.5, 2.0)
    assert axis_positions(factor("levels", "", level(None, "a"), level(None, "b"))) == (0.0, 1.0)
    assert axis_positions(factor("set", "p", level(True), level(False))) == (0.0, 1.0)


def test_a_measure_is_named_with_the_tier_it_is_taken_of(grid: SweepFolder) -> None:
    names = [grid.measure_name(key, EN) for key in grid.design.keys]
    assert names == ["Mean days unresolved (at most 180)", "Settlement rate within 180 days", "Utilisation, County"]


def test_the_answer_says_where_it_helps_where_it_harms_and_where_it_turns(line: SweepFolder) -> None:
    folder = judged(line, "days_unresolved_180d", ["better", "better", "unclear", "worse"], [-1.0, -3.0, -0.5, 4.0])
    answer = sweep_answer(folder, EN)
    days = next(measure for measure in answer.measures if "days" in measure.name)
    (sentence,) = days.sentences
    assert sentence.startswith("better at 20%, 40%, most at 40% (−3")
    assert "worse at 80% (+4" in sentence
    assert "unclear at 60%" in sentence
    assert sentence.endswith("from 40% to 80% it turns from better to worse.")
    assert sentence in answer.lead[0], "the study's first measure leads"


def test_gain_and_loss_are_counted_over_all_measures(line: SweepFolder) -> None:
    folder = judged(line, "days_unresolved_180d", ["better", "better", "worse", "unclear"], [-1.0, -1.0, 1.0, 0.0])
    folder = judged(folder, "settled_share_180d", ["unclear", "worse", "worse", "unclear"], [0.0, -0.1, -0.1, 0.0])
    folder = judged(folder, "utilisation", ["differs"] * 4, [0.1] * 4)
    lead = sweep_answer(folder, EN).lead[-1]
    assert "gain without loss (at least one measure better, none worse) at 20%" in lead
    assert "gain and loss (some measures better, some worse) at 40%" in lead
    assert "loss without gain (at least one measure worse, none better) at 60%" in lead
    assert lead.endswith("not to be told apart at 80%.")


def test_each_row_of_two_factors_has_a_sentence(grid: SweepFolder) -> None:
    answer = sweep_answer(grid, EN)
    assert [sentence.split(":")[0] for sentence in answer.lead] == [
        f"Effort of a session at the county ×{effort}" for effort in (1, 2, 3)
    ]
    assert all(len(measure.sentences) == 3 for measure in answer.measures)


def test_a_measure_that_is_not_defined_at_a_point_is_not_judged_there(line: SweepFolder) -> None:
    folder = judged(line, "utilisation", ["differs", "differs", "unclear", "unclear"], [0.1, 0.1, np.nan, np.nan])
    (sentence,) = sweep_answer(folder, EN).measures[-1].sentences
    assert "60%" not in sentence
    assert [row.cells[-1].text for row in sweep_verdict_table(folder, EN).rows][-2:] == ["–", "–"]
    assert [row.cells[2].text for row in sweep_points_tables(folder, EN)[-1].rows][-2:] == ["–", "–"]
    table = sweep_differences(folder)
    assert table is not None
    marks = [mark for mark in draw_sweep_differences(table, EN).axes[2].lines if mark.get_linestyle() == "None"]
    assert len(marks) == 3


def test_tables_have_a_row_for_each_point_and_a_dash_at_the_reference(grid: SweepFolder) -> None:
    verdicts = sweep_verdict_table(grid, EN)
    rows = [row for row in verdicts.rows if not row.is_group]
    assert len(rows) == 6
    assert [cell.text for cell in rows[0].cells] == ["0%", "–", "–", "–"]
    assert rows[1].cells[1].css == "verdict " + str(
        grid.table.loc[
            (grid.table["point"] == "point_2_1") & (grid.table["measure"] == "days_unresolved_180d"), "verdict"
        ].iloc[0]
    )
    across = sweep_grid_table(grid, EN)
    assert across.heads[1:] == tuple(f"Effort of a session at the county: ×{effort}" for effort in (1, 2, 3))
    assert [row.cells[0].text for row in across.rows] == ["0%", "50%"]
    first = sweep_points_tables(grid, EN)[0]
    assert [len(row.cells) for row in first.rows if not row.is_group] == [len(first.heads)] * 6


def test_one_factor_has_lines_and_two_have_a_map(line: SweepFolder, grid: SweepFolder) -> None:
    assert sweep_map(line) is None
    assert sweep_differences(grid) is None
    assert [take(line) is not None for take, _ in SWEEP_FIGURES] == [False, True, True]
    assert [take(grid) is not None for take, _ in SWEEP_FIGURES] == [True, False, True]


def test_lines_stand_where_the_table_says(line: SweepFolder) -> None:
    drawn = sweep_differences(line)
    assert drawn is not None
    axes = draw_sweep_differences(drawn, EN).axes[0]
    curve = axes.lines[1]
    of_days = line.table[line.table["measure"] == "days_unresolved_180d"]
    assert np.asarray(curve.get_xdata()).tolist() == [0.0, 0.2, 0.4, 0.6, 0.8]
    assert np.asarray(curve.get_ydata()).tolist() == of_days["difference"].tolist()
    (intervals,) = axes.collections
    ends = [segment[:, 1].tolist() for segment in intervals.get_segments()]  # type: ignore[attr-defined]
    assert ends == of_days[["difference_low", "difference_high"]].to_numpy().tolist()
    levels = draw_sweep_levels(sweep_levels(line), EN).axes[0]
    assert np.asarray(levels.lines[1].get_ydata()).tolist() == of_days["mean"].tolist()
    baseline = line.baseline_means[line.design.keys[0]]
    assert np.asarray(levels.lines[0].get_ydata()).tolist() == [baseline, baseline]


def test_a_map_has_a_cell_for_each_point_and_a_mark_that_says_whether_it_is_clear(grid: SweepFolder) -> None:
    folder = judged(grid, "days_unresolved_180d", ["better", "unclear", "worse"], [-2.0, 1.0, 4.0])
    drawn = sweep_map(folder)
    assert drawn is not None
    axes = draw_sweep_map(drawn, EN).axes[0]
    cells = [patch for patch in axes.patches if isinstance(patch, Rectangle)]
    assert len(cells) == 6
    texts = [text.get_text() for text in axes.texts]
    assert texts == ["−2.0", "+1.0", "+4.0"]
    markers = [str(mark.get_marker()) for mark in axes.lines]
    assert markers == ["P", "o", "P", "D", "P", "s"], "row by row from below: the reference, then the point"


def test_blue_is_better_orange_worse_deeper_is_more_and_pale_is_unclear() -> None:
    def channels(colour: str) -> tuple[int, int, int]:
        return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)

    better = channels(tint(1.0, 1.0, "higher", is_clear=True))
    worse = channels(tint(-1.0, 1.0, "higher", is_clear=True))
    assert better[2] > better[0]
    assert worse[0] > worse[2]
    assert tint(-1.0, 1.0, "lower", is_clear=True) == tint(1.0, 1.0, "higher", is_clear=True)
    assert channels(tint(0.5, 1.0, "higher", is_clear=True))[0] > better[0]
    assert channels(tint(1.0, 1.0, "higher", is_clear=False))[0] > better[0]
    assert tint(0.0, 1.0, "higher", is_clear=True) == tint(float("nan"), 1.0, "", is_clear=True) == "#ffffff"


@pytest.mark.parametrize("name", ["sweep_map", "sweep_levels"])
def test_the_csv_is_what_was_drawn_and_opens_in_excel(grid_path: Path, grid: SweepFolder, name: str) -> None:
    content = (grid_path / "figures" / f"{name}.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    drawn = sweep_map(grid) if name == "sweep_map" else sweep_levels(grid)
    assert drawn is not None
    read = pd.read_csv(io.BytesIO(content), encoding="utf-8-sig", keep_default_na=False, na_values=["nan"])
    assert list(read.columns) == list(drawn.table.columns)
    assert read["mean"].tolist() == drawn.table["mean"].tolist()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_has_the_question_the_answer_and_how_to_reproduce_it(grid_path: Path, language: str) -> None:
    html = (grid_path / f"report.{language}.html").read_text(encoding="utf-8")
    assert {"zh": "把多少村调解员调到县中心合适？", "en": "What share of the village mediators should move up?"}[
        language
    ] in html
    assert "python run_sim.py sweep it" in html
    assert f"verify outputs/posts_moved/{grid_path.name}" in html
    assert html.count("<svg ") == 2
    assert html.count("<h2 ") == 8
    assert "http" not in html.replace("http://www.w3.org", "")
    assert missing_glyphs(html) == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_unpaired_points_and_a_start_up_are_warned_of(grid: SweepFolder, language: str) -> None:
    warnings = (RunWarning(code="stock_still_changing", scenario="point_2_3", tier="county"),)
    manifest = grid.manifest.model_copy(update={"unpaired": ("point_2_1",), "warnings": warnings})
    folder = replace(grid, run=replace(grid.run, manifest=manifest))
    said = sweep_page(folder, {}, wording(language)).warnings
    assert "50% / ×1" in said[0]
    assert "50% / ×3" in said[1]


def test_the_same_folder_gives_the_same_bytes(grid_path: Path, tmp_path: Path) -> None:
    copied = Path(shutil.copytree(grid_path, tmp_path / "again"))
    for path in rebuild(copied):
        assert path.read_bytes() == (grid_path / path.relative_to(copied)).read_bytes(), path.name


def test_a_folder_without_its_table_is_refused(grid_path: Path, tmp_path: Path) -> None:
    copied = Path(shutil.copytree(grid_path, tmp_path / "again"))
    table = (copied / "sweep.csv").read_text(encoding="utf-8-sig").splitlines()
    (copied / "sweep.csv").write_text("\n".join(table[:-1]), encoding="utf-8-sig")
    with pytest.raises(InputError) as refused:
        rebuild(copied)
    assert refused.value.problems[0].code == "run_folder_invalid"
    (copied / "sweep.csv").unlink()
    with pytest.raises(InputError) as refused:
        rebuild(copied)
    assert refused.value.problems[0].code == "run_folder_missing_file"
