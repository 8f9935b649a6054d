"""A run folder: what is in it, and that nothing is computed twice."""

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.errors import AuditError, InputError
from sim.experiment import replications
from sim.experiment import run as run_module
from sim.experiment.asking import Wanted, ask_run
from sim.experiment.environment import read_environment
from sim.experiment.locking import locked
from sim.experiment.pieces import Work, do_work
from sim.experiment.question import NamedScenario, Question
from sim.experiment.run import FinishedRun, kept_replications, run_question
from sim.outcomes.measures import HEADLINE_MEASURES, MEASURES
from sim.report.folder import read_run_folder
from sim.specification.loading import load_scenario
from sim.stats import MEASURES_COLUMNS

RESULTS = (
    *("scenario.baseline.resolved.yaml", "scenario.busier.resolved.yaml", "scenario.more_town.resolved.yaml"),
    *("sources.csv", "measures.parquet", "summary.csv", "comparison.csv", "units.parquet", "series.parquet"),
    *("distributions.parquet", "screening.csv", "robustness.parquet", "disputes.parquet", "sessions.parquet"),
    "seats.parquet",
)


def read(finished: FinishedRun, name: str) -> pd.DataFrame:
    path = finished.folder / name
    return pd.read_csv(path, keep_default_na=False) if path.suffix == ".csv" else pd.read_parquet(path)


def small(question: Question) -> Question:
    """The baseline alone: no comparison, no stress test, no records."""
    return replace(question, scenarios=question.scenarios[:1], with_records=False)


def test_a_finished_folder_has_every_result_and_nothing_partial(finished: FinishedRun, question: Question) -> None:
    names = {path.name for path in finished.folder.iterdir()}
    assert names == {*RESULTS, "manifest.json", "environment.json"}
    assert tuple(finished.manifest.files) == RESULTS
    assert finished.folder.name == finished.manifest.run_id == question.run_id()
    assert finished.folder.parent.name == "tiny_county"
    assert not finished.was_already_there


def test_the_report_can_read_it(finished: FinishedRun) -> None:
    folder = read_run_folder(finished.folder)
    assert [scenario.id for scenario in folder.scenarios] == ["baseline", "busier", "more_town"]
    assert folder.manifest.unpaired == ("busier",)
    assert folder.manifest.replications.count == 2
    assert folder.manifest.audits == finished.manifest.audits > 5


def test_resolved_scenarios_load_as_the_same_scenarios(finished: FinishedRun, question: Question) -> None:
    for named in question.scenarios:
        again = load_scenario(finished.folder / f"scenario.{named.id}.resolved.yaml")
        assert again.scenario == named.scenario


def test_measures_hold_every_measure_of_every_replication(finished: FinishedRun) -> None:
    table = read(finished, "measures.parquet")
    assert tuple(table.columns) == MEASURES_COLUMNS
    assert set(table["measure"]) == set(MEASURES)
    assert len(set(table.groupby(["scenario", "replication"]).size())) == 1
    assert table["replication"].unique().tolist() == [0, 1]


def test_the_comparison_pairs_what_sees_the_same_disputes_and_judges_headline_measures(finished: FinishedRun) -> None:
    table = read(finished, "comparison.csv")
    assert dict(table.groupby("policy")["method"].first()) == {"busier": "welch", "more_town": "paired"}
    judged = table[table["verdict"] != ""]
    assert set(judged["measure"]) == set(HEADLINE_MEASURES)
    assert len(judged) == 2 * len(HEADLINE_MEASURES)
    assert len(table) > len(judged)


def test_the_summary_has_intervals_of_the_mean_and_of_one_more_replication(finished: FinishedRun) -> None:
    table = pd.read_csv(finished.folder / "summary.csv")
    rows = table[(table["measure"] == "days_unresolved_180d") & table["category"].isna()]
    assert rows["scenario"].tolist() == ["baseline", "busier", "more_town"]
    assert (rows["one_more_high"] - rows["one_more_low"] > rows["high"] - rows["low"]).all()


def test_sums_over_replications_are_those_of_the_records(finished: FinishedRun) -> None:
    disputes, units = read(finished, "disputes.parquet"), read(finished, "units.parquet")
    assert disputes.columns[:2].tolist() == ["scenario", "replication"]
    cohort = disputes[disputes["cohort"]].groupby(["scenario", "home_unit"], sort=False).size()
    emerged = units.set_index(["scenario", "unit_id"])["emerged_count"]
    pd.testing.assert_series_equal(cohort.sort_index(), emerged.sort_index(), check_names=False, check_index_type=False)
    assert set(read(finished, "sessions.parquet")["scenario"]) == {"baseline", "busier", "more_town"}


def test_series_are_means_over_replications(finished: FinishedRun) -> None:
    series, sessions = read(finished, "series.parquet"), read(finished, "sessions.parquet")
    assert series.groupby(["scenario", "tier"]).size().unique().tolist() == [365 + 180]
    queued_days = series[series["scenario"] == "baseline"]["queue"].sum()
    waited = sessions[(sessions["scenario"] == "baseline") & (sessions["purpose"] == "casework")]["waited_s"]
    assert np.isclose(queued_days, waited.sum() / 86_400 / 2)


def test_sources_are_named_in_both_languages(finished: FinishedRun) -> None:
    assert read(finished, "sources.csv").to_dict("records") == [
        {
            "id": "citation: made up for tests",
            "citation": "为测试而编 / made up for tests",
            "citation_zh": "为测试而编",
            "citation_en": "made up for tests",
        }
    ]


def test_the_environment_is_told_beside_the_results(finished: FinishedRun) -> None:
    environment = read_environment(finished.folder)
    assert (environment["engine"], environment["workers"]) == ("compiled", 1)
    assert "environment.json" not in finished.manifest.files


def test_the_same_question_finds_its_answer(
    finished: FinishedRun, question: Question, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_module, "_compute", lambda *_: pytest.fail("computed again"))
    again = run_question(replace(question, command="asked in other words"), finished.folder.parents[1], workers=1)
    assert again == replace(finished, was_already_there=True)


def test_what_was_changed_since_is_told_and_left_alone(
    finished: FinishedRun, question: Question, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(finished.folder, tmp_path / "tiny_county" / finished.folder.name))
    (folder / "comparison.csv").write_bytes(b"edited")
    (folder / "units.parquet").unlink()
    again = run_question(question, tmp_path, workers=1)
    assert again.changed_files == ("comparison.csv", "units.parquet")
    assert (folder / "comparison.csv").read_bytes() == b"edited"


def test_a_run_that_stopped_continues_and_repeats_nothing(
    question: Question, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = small(question)
    whole = run_question(asked, tmp_path / "whole", workers=1)
    done: list[Work] = []

    def stops_after_one(work: Work) -> None:
        if done:
            raise KeyboardInterrupt
        do_work(work)
        done.append(work)

    monkeypatch.setattr(replications, "do_work", stops_after_one)
    with pytest.raises(KeyboardInterrupt):
        run_question(asked, tmp_path / "stopped", workers=1)
    folder, count = kept_replications(asked, tmp_path / "stopped")
    assert count == 1
    assert not (folder / "manifest.json").exists()

    def goes_on(work: Work) -> None:
        do_work(work)
        done.append(work)

    monkeypatch.setattr(replications, "do_work", goes_on)
    finished = run_question(asked, tmp_path / "stopped", workers=1)
    assert [work.piece.replication for work in done] == [0, 1]
    assert finished.manifest == whole.manifest
    assert not (folder / "partial").exists()


def test_a_void_replication_leaves_no_finished_folder(
    question: Question, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def is_void(work: Work) -> None:
        raise AuditError([f"replication {work.piece.replication}"])

    monkeypatch.setattr(replications, "do_work", is_void)
    with pytest.raises(AuditError):
        run_question(small(question), tmp_path, workers=1)
    assert list(tmp_path.glob("*/*/manifest.json")) == []


def test_a_folder_that_was_stopped_between_manifest_and_clearing_up_is_finished(
    question: Question, tmp_path: Path
) -> None:
    asked = small(question)
    finished = run_question(asked, tmp_path, workers=1)
    (finished.folder / "partial").mkdir()
    assert run_question(asked, tmp_path, workers=1).was_already_there
    assert not (finished.folder / "partial").exists()


def test_a_question_that_another_process_works_on_is_left_to_it(question: Question, tmp_path: Path) -> None:
    asked = small(question)
    folder = tmp_path / "tiny_county" / asked.run_id()
    with locked(folder / "partial", folder), pytest.raises(Exception, match=asked.run_id()):
        run_question(asked, tmp_path, workers=1)


def test_a_place_that_cannot_be_written_is_an_input_error(question: Question, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        run_question(small(question), tmp_path / "file", workers=1)
    assert caught.value.problems[0].code == "out_not_writable"


def test_the_stress_test_wants_a_headline_measure(tiny_county: Path, question: Question, tmp_path: Path) -> None:
    path = tiny_county / "baseline.yaml"
    text = path.read_text(encoding="utf-8").replace(
        "focus_measure: days_unresolved_180d", "focus_measure: days_unresolved"
    )
    path.write_text(text, encoding="utf-8")
    baseline = ask_run(path, [], [], Wanted()).baseline
    asked = replace(question, scenarios=(NamedScenario("baseline", baseline.resolved, ""), *question.policies))
    with pytest.raises(InputError) as caught:
        run_question(asked, tmp_path, workers=1)
    (problem,) = caught.value.problems
    assert (problem.code, problem.line, problem.path) == ("not_one_of", 10, "experiment.robustness.focus_measure")
    assert problem.fields["suggestion"] == "days_unresolved_180d"
    assert list(tmp_path.iterdir()) == [tiny_county]
