"""A sweep: which scenarios it runs, what each point is compared with, and the table that comes out."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from sim.errors import InputError
from sim.experiment import replications
from sim.experiment.asking import Wanted
from sim.experiment.pieces import Work, do_work, hash_of_scenario
from sim.experiment.question import Question
from sim.experiment.run import FinishedRun, run_question
from sim.experiment.sweep_asking import ask_sweep
from sim.experiment.verify import question_of
from sim.outcomes.measures import HEADLINE_MEASURES
from sim.stats import MeasureKey, compare_with_baseline

STUDIES = Path(__file__).parents[2] / "end_to_end" / "tiny_studies"
POSTS_MOVED = STUDIES / "posts_moved.yaml"


@pytest.fixture(scope="module")
def question() -> Question:
    return ask_sweep(POSTS_MOVED, Wanted(command="sweep posts_moved"))


@pytest.fixture(scope="module")
def finished(question: Question, tmp_path_factory: pytest.TempPathFactory) -> FinishedRun:
    """The finished sweep, not to be changed."""
    return run_question(question, tmp_path_factory.mktemp("results"), workers=1)


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """A copy of the studies and the county that a test may change."""
    shutil.copytree(STUDIES.parent / "tiny_county", tmp_path / "tiny_county")
    return Path(shutil.copytree(STUDIES, tmp_path / "tiny_studies")) / "posts_moved.yaml"


def changed(study: Path, *replacements: tuple[str, str]) -> Question:
    text = study.read_text(encoding="utf-8")
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new)
    study.write_text(text, encoding="utf-8")
    return ask_sweep(study, Wanted())


def table_of(finished: FinishedRun) -> pd.DataFrame:
    return pd.read_csv(finished.folder / "sweep.csv", encoding="utf-8-sig", keep_default_na=False, na_values=[""])


def test_every_point_is_a_scenario_and_the_baseline_comes_first(question: Question) -> None:
    assert [named.id for named in question.scenarios] == [
        "baseline",
        *(f"point_{first}_{second}" for first in (1, 2) for second in (1, 2, 3)),
    ]
    assert (question.study, question.seed, question.robustness) == ("posts_moved", 7, None)


def test_in_a_row_each_point_is_compared_with_the_first_value_at_the_same_second_value(question: Question) -> None:
    assert question.references == {f"point_2_{k}": f"point_1_{k}" for k in (1, 2, 3)}


def test_a_point_that_is_the_baseline_is_compared_with_nothing(study: Path) -> None:
    design = changed(study, ("paired_with: row", "paired_with: baseline")).sweep
    assert design is not None
    assert [point.scenario for point in design.points if point.is_reference] == ["point_1_1"]
    assert set(design.references.values()) == {"baseline"}


def test_the_folder_has_the_table_the_scenarios_and_a_manifest(finished: FinishedRun, question: Question) -> None:
    names = {path.name for path in finished.folder.iterdir()}
    assert {"sweep.csv", "summary.csv", "measures.parquet", "manifest.json", "environment.json"} < names
    assert {f"scenario.{named.id}.resolved.yaml" for named in question.scenarios} < names
    assert "comparison.csv" not in names
    assert finished.manifest.sweep == question.sweep
    assert "sweep.csv" in finished.manifest.files


def test_the_table_has_a_row_for_each_point_and_measure(finished: FinishedRun) -> None:
    table = table_of(finished)
    assert len(table) == 6 * 3
    assert table[["factor.share_moved", "factor.effort"]].drop_duplicates().to_numpy().tolist() == [
        [share, effort] for share in (0, 0.5) for effort in (1, 2, 3)
    ]
    same = table[table["method"] == "same"]
    assert set(same["point"]) == {"point_1_1", "point_1_2", "point_1_3"}
    assert (same["difference"] == 0).all()
    assert same["verdict"].isna().all()
    assert table.loc[table["method"] == "paired", "verdict"].notna().all()


def test_differences_and_verdicts_are_those_of_a_comparison_within_the_row(finished: FinishedRun) -> None:
    measures = pd.read_parquet(finished.folder / "measures.parquet")
    key = MeasureKey("days_unresolved_180d")
    table = table_of(finished)
    for k in (1, 2, 3):
        (comparison,) = compare_with_baseline(
            measures,
            baseline=f"point_1_{k}",
            policies=[f"point_2_{k}"],
            family=[key],
            directions={key.measure: "lower"},
        )
        row = table[(table["point"] == f"point_2_{k}") & (table["measure"] == key.measure)].iloc[0]
        assert row["difference"] == comparison.estimate.difference
        assert row["difference_low"] == comparison.estimate.low
        assert row["p_value"] == comparison.estimate.p_value
        assert row["p_holm"] >= row["p_value"], "adjusted over all nine comparisons"


def test_more_to_do_and_fewer_hands_in_the_county_keep_disputes_open_longer(finished: FinishedRun) -> None:
    """Under common random numbers, replication by replication on average."""
    table = table_of(finished)
    days = table[table["measure"] == "days_unresolved_180d"].set_index("point")["mean"]
    assert days["point_1_1"] < days["point_1_2"] < days["point_1_3"]
    assert days["point_2_3"] < days["point_1_3"], "with four times the posts"


def test_nothing_is_run_twice_where_points_are_one_scenario(
    study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[Work] = []

    def noted(work: Work) -> None:
        done.append(work)
        do_work(work)

    monkeypatch.setattr(replications, "do_work", noted)
    asked = changed(study, ("values: [0, 0.5]", "values: [0, 0.01, 0.5]"), ("count: 3", "count: 2"))
    run_question(asked, tmp_path / "out", workers=1)
    distinct = {hash_of_scenario(named.scenario) for named in asked.scenarios}
    assert len(distinct) == 6, "a hundredth of six posts is none, and the first point is the baseline"
    assert len(done) == len({work.piece for work in done}) == 6 * 2


def test_points_that_see_other_disputes_are_compared_by_welch_and_named(study: Path, tmp_path: Path) -> None:
    asked = changed(
        study,
        ("tiers.county.sessions.talk.effort_hours.mean_hours", "emergence.rate_per_1000_per_year"),
        ("paired_with: row", "paired_with: baseline"),
        ("values: [1, 2, 3]", "values: [1, 1.5]"),
    )
    finished = run_question(asked, tmp_path / "out", workers=1)
    assert finished.manifest.unpaired == ("point_1_2", "point_2_2")
    methods = table_of(finished).groupby("point")["method"].first().to_dict()
    assert methods == {"point_1_1": "same", "point_1_2": "welch", "point_2_1": "paired", "point_2_2": "welch"}


def test_within_a_row_of_more_disputes_points_are_paired(study: Path, tmp_path: Path) -> None:
    replaced = ("tiers.county.sessions.talk.effort_hours.mean_hours", "emergence.rate_per_1000_per_year")
    finished = run_question(changed(study, replaced), tmp_path / "out", workers=1)
    assert finished.manifest.unpaired == ()


def test_automatic_replications_are_decided_over_all_points(study: Path, tmp_path: Path) -> None:
    rule = "{rule: automatic, cap: 12, relative_precision: 0.05}"
    finished = run_question(changed(study, ("{rule: fixed, count: 3}", rule)), tmp_path / "out", workers=1)
    done = finished.manifest.replications
    assert (done.rule, done.count, done.cause, done.looks) == ("automatic", 12, "cap_reached", 6)
    assert set(table_of(finished)["n"]) == {12}


def test_the_command_line_has_the_last_word_on_replications_and_seed(question: Question) -> None:
    asked = ask_sweep(POSTS_MOVED, Wanted(replications=5, seed=11))
    assert (asked.seed, getattr(asked.rule, "count", None)) == (11, 5)
    assert asked.run_id() != question.run_id()


def test_another_question_has_another_id(question: Question, study: Path) -> None:
    assert changed(study, ("# Two factors", "# Still two factors")).run_id() == question.run_id()
    assert changed(study, ("measure: settled_share_180d", "measure: settled_share_90d")).run_id() != question.run_id()


def test_headline_measures_are_taken_where_the_study_names_none(study: Path) -> None:
    text = study.read_text(encoding="utf-8")
    study.write_text("\n".join(line for line in text.splitlines() if not line.startswith("measures")), encoding="utf-8")
    design = ask_sweep(study, Wanted()).sweep
    assert design is not None
    assert [key.measure for key in design.keys] == list(HEADLINE_MEASURES)


def test_the_question_is_read_back_from_its_answer(finished: FinishedRun, question: Question) -> None:
    assert question_of(finished.folder, finished.manifest).run_id() == question.run_id()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "measure: settled_share_180d",
            "measure: setled_share_180d",
            ("not_one_of", 21, "measures.1.measure", "settled_share_180d"),
        ),
        ("tier: county", "tier: conty", ("unknown_id", 21, "measures.2.tier", "county")),
        ("tier: county", "category: all", ("sweep_measure_rows", 21, "measures.2.measure", "")),
        (
            "measure: settled_share_180d",
            "measure: days_unresolved_180d",
            ("duplicate_item", 21, "measures.1.measure", ""),
        ),
        (
            "- scale: {path: tiers.county.sessions.talk.effort_hours.mean_hours}",
            "- scale: {path: staff_groups.centre.posts}",
            ("sweep_headcount_differs", 20, "constraints.equal_headcount", ""),
        ),
        (
            "equal_headcount: true",
            "equal_payroll_share: 0.1",
            ("sweep_payroll_differs", 20, "constraints.equal_payroll_share", ""),
        ),
    ],
)
def test_what_a_study_cannot_ask_is_told_where_it_stands(
    old: str, new: str, expected: tuple[str, int, str, str], study: Path
) -> None:
    with pytest.raises(InputError) as refused:
        changed(study, (old, new))
    problem = refused.value.problems[0]
    assert (problem.code, problem.line, problem.path, problem.fields.get("suggestion", "")) == expected


def test_a_broken_constraint_names_the_point_and_what_was_found(study: Path) -> None:
    with pytest.raises(InputError) as refused:
        changed(study, ("equal_headcount: true", "equal_payroll_share: 0.1"))
    assert [problem.fields["point"] for problem in refused.value.problems] == [
        f"share_moved=0.5, effort={effort}" for effort in (1, 2, 3)
    ]
    # Six at 20 yuan and one at 40 before, three at 20 and four at 40 after, for all hours of a year.
    fields = refused.value.problems[0].fields
    assert (fields["expected"], fields["found"]) == (f"{160 * 8760:,}", f"{220 * 8760:,}")
    assert fields["difference"] == "+37.50%"


def test_a_study_whose_points_are_all_the_baseline_asks_nothing(study: Path) -> None:
    with pytest.raises(InputError) as refused:
        changed(
            study,
            ("values: [0, 0.5]", "values: [0]"),
            ("values: [1, 2, 3]", "values: [1]"),
            ("paired_with: row", "paired_with: baseline"),
        )
    assert [problem.code for problem in refused.value.problems] == ["sweep_changes_nothing"]
