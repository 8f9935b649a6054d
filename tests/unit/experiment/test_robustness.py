"""The stress test: every assumed value at both ends, then the verdicts for those that matter."""

from pathlib import Path

import pandas as pd
import pytest

from sim.experiment.asking import Wanted, ask_compare, files_to_compare
from sim.experiment.executor import Workers
from sim.experiment.pieces import PieceStore, hash_of_scenario
from sim.experiment.progress import Unwatched
from sim.experiment.question import Question
from sim.experiment.robustness import ROBUSTNESS_COLUMNS, Stress, StressResult
from sim.outcomes.measures import HEADLINE_MEASURES
from sim.specification.schema import Scenario


def stressed(question: Question, folder: Path) -> tuple[StressResult, PieceStore]:
    assert question.robustness is not None
    store = PieceStore(folder, question.seed, "code")
    hashes = {named.id: store.add_scenario(named.scenario) for named in question.scenarios}
    stress = Stress(question, question.robustness, store, hashes, Workers(1), Unwatched())
    return stress.run(), store


@pytest.fixture(scope="session")
def result(question: Question, tmp_path_factory: pytest.TempPathFactory) -> StressResult:
    return stressed(question, tmp_path_factory.mktemp("partial"))[0]


def test_every_assumed_value_with_a_range_is_screened(result: StressResult) -> None:
    assert result.screening["path"].tolist() == [
        "staff_groups.mediators.posts",
        "staff_groups.mediators.ability_logit",
        "staff_groups.centre.ability_logit",
    ]
    assert result.done.screened_count == 3
    assert result.done.without_range == ("staff_groups.mediators.wage_yuan_per_hour",)
    assert result.screening[["low", "value", "high"]].to_numpy()[0].tolist() == [6, 6, 9]


def test_the_values_that_move_the_difference_most_are_stressed(result: StressResult) -> None:
    moved = result.screening.sort_values("swing", ascending=False)["path"].tolist()
    assert list(result.done.values) == moved[:2]
    assert set(result.screening.loc[result.screening["stressed"], "path"]) == set(moved[:2])


def test_verdicts_are_repeated_at_both_ends_and_at_the_value_assumed(result: StressResult) -> None:
    table = result.robustness
    assert tuple(table.columns) == ROBUSTNESS_COLUMNS
    assert len(table) == 2 * 3 * 2 * len(HEADLINE_MEASURES)
    assert set(table["scenario"]) == {"busier", "more_town"}
    for (path, scenario, measure), rows in table.groupby(["path", "scenario", "measure"]):
        differences = dict(zip(rows["end"], rows["difference"], strict=True))
        swing = abs(differences["high"] - differences["low"])
        assert rows["swing"].tolist() == [swing] * 3, (path, scenario, measure)
    assert set(table["verdict"]) <= {"better", "worse", "unclear", "within_noise"}


def test_the_base_is_the_same_for_every_value(result: StressResult) -> None:
    base = result.robustness[result.robustness["end"] == "base"].drop(columns=["path", "value", "swing"])
    first, second = (rows.reset_index(drop=True) for _, rows in base.groupby(result.robustness["path"], sort=False))
    pd.testing.assert_frame_equal(first, second)


def test_a_policy_is_made_again_from_the_changed_baseline(question: Question, tmp_path: Path) -> None:
    _, store = stressed(question, tmp_path)
    scenarios = [Scenario.model_validate_json(file.read_bytes()) for file in tmp_path.glob("*.scenario.json")]
    posts = {(s.staff_groups["mediators"].posts, s.staff_groups["centre"].posts) for s in scenarios}
    assert (9, 1) in posts, "the baseline with the range's high end"
    assert (5, 5) in posts, "half of nine, rounded to even, is moved, not half of six"
    assert {sum(pair) for pair in posts} == {7, 10}, "total headcount is that of the baseline"
    assert all(store.scenario_file(hash_of_scenario(scenario)).is_file() for scenario in scenarios)


def test_what_the_main_comparison_has_run_is_not_run_again(question: Question, tmp_path: Path) -> None:
    _, store = stressed(question, tmp_path)
    done = {file.name: file.stat().st_mtime_ns for file in tmp_path.glob("*.arrays")}
    stressed(question, tmp_path)
    assert {file.name: file.stat().st_mtime_ns for file in tmp_path.glob("*.arrays")} == done
    assert store.count() == len(done)


def test_an_end_that_a_policy_cannot_take_is_told_and_left_out(tiny_county: Path, tmp_path: Path) -> None:
    path = tiny_county / "baseline.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("range: [6, 9]", "range: [3, 9]"), encoding="utf-8")
    question = ask_compare(files_to_compare(tiny_county), Wanted(replications=2))
    result, _ = stressed(question, tmp_path / "partial")
    (refused,) = result.done.not_possible
    assert (refused.path, refused.end, refused.scenario) == ("staff_groups.mediators.posts", "low", "more_town")
    assert refused.problems == ("posts_serve_required",)
    assert "staff_groups.mediators.posts" not in result.screening["path"].tolist()


def test_the_first_policy_is_in_focus_where_the_named_one_is_not_compared(tiny_county: Path, tmp_path: Path) -> None:
    (tiny_county / "more_town.yaml").rename(tiny_county / "renamed.yaml")
    question = ask_compare(files_to_compare(tiny_county), Wanted(replications=2))
    assert stressed(question, tmp_path / "partial")[0].done.focus_policy == "busier"
