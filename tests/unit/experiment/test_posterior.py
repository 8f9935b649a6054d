"""A question carried through the draws of a posterior: what each draw makes of each scenario, and what comes of it."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.engine.choose import EngineName
from sim.errors import InputError, VerificationError
from sim.experiment import replications
from sim.experiment.asking import Wanted
from sim.experiment.manifest import PosteriorDone, read_manifest
from sim.experiment.pieces import Work, do_work
from sim.experiment.posterior_draws import PosteriorDraws
from sim.experiment.posterior_table import BETTER_THAN, POSTERIOR_FILES, SUMMARY_COLUMNS, TURNING_COLUMNS
from sim.experiment.progress import Unwatched
from sim.experiment.question import Question
from sim.experiment.run import FinishedRun, kept_replications, run_question
from sim.experiment.verify import question_of, verify
from sim.outcomes.measures import HEADLINE_MEASURES
from sim.specification.varying import with_base_values
from tests.unit.experiment.tiny_posterior import DRAWS, comparison, county_with_posterior, posterior_text, single


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return county_with_posterior(tmp_path_factory.mktemp("county"))


@pytest.fixture(scope="module")
def asked(county: Path) -> Question:
    return comparison(county, Wanted(posterior=DRAWS))


@pytest.fixture(scope="module")
def answered(asked: Question, tmp_path_factory: pytest.TempPathFactory) -> FinishedRun:
    return run_question(asked, tmp_path_factory.mktemp("answered"), workers=1)


def read(finished: FinishedRun, name: str) -> pd.DataFrame:
    path = finished.folder / name
    if path.suffix == ".parquet":
        return pd.read_parquet(path)
    return pd.read_csv(path, encoding="utf-8-sig", keep_default_na=False, na_values=[""])


def contents(finished: FinishedRun) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in finished.folder.iterdir() if path.name != "environment.json"}


def draws_of(question: Question) -> PosteriorDraws:
    assert question.posterior is not None
    return question.posterior


def refused(county: Path, wanted: Wanted) -> list[str]:
    with pytest.raises(InputError) as caught:
        comparison(county, wanted)
    return [problem.code for problem in caught.value.problems]


def test_the_folder_has_the_draws_and_every_table(answered: FinishedRun) -> None:
    names = {path.name for path in answered.folder.iterdir()}
    scenarios = {f"scenario.{name}.resolved.yaml" for name in ("baseline", "busier", "more_town")}
    assert names == {*POSTERIOR_FILES, *scenarios, "manifest.json", "environment.json"}
    assert set(answered.manifest.files) == {*POSTERIOR_FILES, *scenarios}
    assert answered.manifest.robustness is None
    assert (answered.folder / "posterior.csv").read_text(encoding="utf-8-sig") == posterior_text()
    assert answered.manifest.posterior == PosteriorDone(
        file="tiny.posterior.csv",
        draws=DRAWS,
        replications=2,
        parameters=4,
        values=4,
        focus_measure="days_unresolved_180d",
    )


def test_measures_are_tidy_by_draw_and_replication(answered: FinishedRun) -> None:
    table = read(answered, "posterior_measures.parquet")
    assert list(table.columns) == ["scenario", "draw", "replication", "measure", "value"]
    assert set(table.groupby(["scenario", "measure"]).size()) == {DRAWS * 2}
    assert table["draw"].unique().tolist() == [str(draw) for draw in range(DRAWS)]
    assert table["replication"].unique().tolist() == [0, 1]


def test_scenarios_of_a_draw_see_the_same_disputes_and_draws_share_no_luck(answered: FinishedRun) -> None:
    assert answered.manifest.unpaired == ("busier",)
    table = read(answered, "posterior_measures.parquet")
    emerged = table[table["measure"] == "emerged_per_1000_per_year"]
    by_scenario = {str(scenario): rows["value"].tolist() for scenario, rows in emerged.groupby("scenario")}
    assert by_scenario["baseline"] == by_scenario["more_town"] != by_scenario["busier"]
    # The policy states its rate: without luck of its own, every draw would have the same disputes.
    assert len(set(by_scenario["busier"])) > DRAWS / 2


def test_a_policy_moves_its_share_of_what_the_draw_gives_the_baseline(asked: Question) -> None:
    more_town = next(named for named in asked.policies if named.id == "more_town")
    for draw in range(4):
        values = draws_of(asked).sample.values_of(draw)
        groups = with_base_values(more_town.resolved, values).scenario.staff_groups
        posts, moved = int(values["staff_groups.mediators.posts"]), groups["centre"].posts - 1
        assert groups["mediators"].posts == posts - moved
        assert abs(moved - posts / 2) <= 0.5
        assert groups["centre"].ability_logit == values["staff_groups.centre.ability_logit"]


def test_what_an_overlay_states_stays_whatever_is_drawn(asked: Question) -> None:
    busier = next(named for named in asked.policies if named.id == "busier")
    drawn = with_base_values(busier.resolved, draws_of(asked).sample.values_of(3)).scenario
    assert drawn.emergence.rate_per_1000_per_year == 25


def test_values_that_the_baseline_lacks_are_told(answered: FinishedRun) -> None:
    (warning,) = answered.manifest.warnings
    assert (warning.code, warning.fields) == ("posterior_values_lacking", {"paths": "queue.quantum_hours"})


def test_the_summary_has_levels_and_differences_with_verdicts(answered: FinishedRun) -> None:
    table = read(answered, "posterior_summary.csv")
    assert tuple(table.columns) == SUMMARY_COLUMNS
    assert table.groupby("kind").size().to_dict() == {
        "level": 3 * len(HEADLINE_MEASURES),
        "difference": 2 * len(HEADLINE_MEASURES),
    }
    levels, differences = table[table["kind"] == "level"], table[table["kind"] == "difference"]
    assert levels["verdict"].isna().all()
    assert differences["standing"].isin(["holds", "leans", "turns"]).all()
    assert (table["predictive_low"] <= table["parameter_low"]).all()
    assert (table["parameter_high"] <= table["predictive_high"]).all()
    assert np.isclose(differences[["prob_above", "prob_within", "prob_below"]].sum(axis=1), 1.0).all()
    days = levels[levels["measure"] == "days_unresolved_180d"].set_index("scenario")["mean"].to_dict()
    found = differences[differences["measure"] == "days_unresolved_180d"].set_index("scenario")["mean"].to_dict()
    assert found == pytest.approx({policy: days[policy] - days["baseline"] for policy in ("busier", "more_town")})


def test_policies_are_ranked_on_the_focus_measure(answered: FinishedRun) -> None:
    table = read(answered, "ranking.csv")
    assert set(table["measure"]) == {"days_unresolved_180d"}
    assert table["mean"].is_monotonic_increasing
    assert table["prob_best"].sum() == pytest.approx(1.0)
    scenarios = table["scenario"].tolist()
    pairs = table[[BETTER_THAN + scenario for scenario in scenarios]].to_numpy(dtype=np.float64)
    off_diagonal = ~np.eye(len(scenarios), dtype=bool)
    assert (pairs + pairs.T)[off_diagonal] == pytest.approx(1.0)
    summary = read(answered, "posterior_summary.csv")
    judged = summary[(summary["kind"] == "difference") & (summary["measure"] == "days_unresolved_180d")]
    against_baseline = pairs[[scenarios.index(policy) for policy in judged["scenario"]], scenarios.index("baseline")]
    assert judged["prob_better"].tolist() == pytest.approx(against_baseline.tolist())


def test_what_turns_a_verdict_is_named_or_nothing_is(answered: FinishedRun) -> None:
    table = read(answered, "turning.csv")
    assert tuple(table.columns) == TURNING_COLUMNS
    assert set(zip(table["scenario"], table["measure"], strict=True)) == {
        (scenario, measure) for scenario in ("busier", "more_town") for measure in HEADLINE_MEASURES
    }
    claimed = table[table["parameter"].notna()]
    assert len(claimed)
    assert (claimed["r2"] >= 0.1).all()
    carried = (
        claimed[claimed["parameter"] == "found_per_1000_per_year"].set_index("scenario")["turning_value"].to_dict()
    )
    assert 20 < carried["busier"] < 27, "the policy states a rate of 25"
    assert "nothing" not in set(claimed["parameter"])


def test_a_single_scenario_has_levels_only(county: Path, tmp_path: Path) -> None:
    finished = run_question(single(county, Wanted(posterior=20, replications=3)), tmp_path, workers=1)
    assert set(read(finished, "posterior_summary.csv")["kind"]) == {"level"}
    assert not (finished.folder / "ranking.csv").exists()
    assert not (finished.folder / "turning.csv").exists()
    assert finished.manifest.replications.count == 3


def test_any_number_of_workers_and_both_engines_give_the_same_bytes(
    asked: Question, answered: FinishedRun, tmp_path: Path
) -> None:
    assert contents(run_question(asked, tmp_path / "two", 2)) == contents(answered)
    both = run_question(asked, tmp_path / "both", 1, engine=EngineName.BOTH)
    assert contents(both) == contents(answered)


def test_an_interrupted_question_goes_on_where_it_stopped(
    asked: Question, answered: FinishedRun, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[Work] = []

    def stop_after_30(work: Work) -> None:
        if len(done) == 30:
            raise KeyboardInterrupt
        do_work(work)
        done.append(work)

    monkeypatch.setattr(replications, "do_work", stop_after_30)
    with pytest.raises(KeyboardInterrupt):
        run_question(asked, tmp_path, workers=1)
    assert kept_replications(asked, tmp_path)[1] == 30
    again: list[Work] = []

    def note(work: Work) -> None:
        do_work(work)
        again.append(work)

    monkeypatch.setattr(replications, "do_work", note)
    assert contents(run_question(asked, tmp_path, workers=1)) == contents(answered)
    assert not {work.piece for work in done} & {work.piece for work in again}
    assert run_question(asked, tmp_path, workers=1).was_already_there


def test_the_question_is_read_back_and_verified(asked: Question, answered: FinishedRun, tmp_path: Path) -> None:
    assert question_of(answered.folder, read_manifest(answered.folder)).run_id() == asked.run_id()
    verified = verify(answered.folder, tmp_path, 1, Unwatched(), lambda _: None)
    assert set(POSTERIOR_FILES) <= set(verified.files)


def test_changed_draws_are_found(answered: FinishedRun, tmp_path: Path) -> None:
    draws = answered.folder / "posterior.csv"
    before = draws.read_bytes()
    draws.write_bytes(before.replace(b"\n3,", b"\n33,"))
    try:
        with pytest.raises(VerificationError) as caught:
            verify(answered.folder, tmp_path, 1, Unwatched(), lambda _: None)
    finally:
        draws.write_bytes(before)
    assert "posterior.csv" in caught.value.differences


def test_the_run_id_depends_on_draws_replications_and_numbers(county: Path, asked: Question, tmp_path: Path) -> None:
    other_numbers = county_with_posterior(tmp_path / "other", posterior_text().replace("0,12,", "0,12.5,"))
    same_numbers = county_with_posterior(tmp_path / "same", posterior_text().replace("0,12,", "0,12.0,"))
    ids = [
        comparison(county, Wanted()).run_id(),
        comparison(county, Wanted(posterior=DRAWS - 1)).run_id(),
        comparison(county, Wanted(posterior=DRAWS, replications=3)).run_id(),
        comparison(other_numbers, Wanted(posterior=DRAWS)).run_id(),
        asked.run_id(),
    ]
    assert len(set(ids)) == len(ids)
    assert comparison(county_with_posterior(tmp_path / "again"), Wanted(posterior=DRAWS)).run_id() == asked.run_id()
    assert draws_of(comparison(same_numbers, Wanted(posterior=DRAWS))).sample.parameters == (
        draws_of(asked).sample.parameters
    )
    moved = replace(draws_of(asked), file="elsewhere.csv")
    assert replace(asked, posterior=moved).run_id() == asked.run_id()


@pytest.mark.parametrize(
    ("wanted", "codes"),
    [
        (Wanted(posterior=DRAWS + 1), ["posterior_too_short"]),
        (Wanted(posterior=19), ["posterior_too_few"]),
        (Wanted(posterior=DRAWS, replications=1), ["posterior_replications"]),
        (Wanted(posterior=DRAWS, replications="auto"), ["posterior_replications"]),
        (Wanted(posterior=DRAWS, with_records=True), ["posterior_without_records"]),
    ],
)
def test_what_cannot_be_asked_is_refused(county: Path, wanted: Wanted, codes: list[str]) -> None:
    assert refused(county, wanted) == codes


def test_a_baseline_without_a_posterior_says_what_to_do(tiny_county: Path) -> None:
    assert refused(tiny_county, Wanted(posterior=DRAWS)) == ["posterior_not_named"]


def test_a_draw_that_makes_no_valid_scenario_is_named(tmp_path: Path) -> None:
    lines = posterior_text().splitlines()
    cells = lines[6].split(",")
    lines[6] = ",".join([*cells[:5], "-1", *cells[6:]])
    county = county_with_posterior(tmp_path, "\n".join(lines) + "\n")
    with pytest.raises(InputError) as caught:
        run_question(comparison(county, Wanted(posterior=DRAWS)), tmp_path / "out", workers=1)
    first, second = caught.value.problems
    assert (first.code, first.fields) == (
        "posterior_draw_invalid",
        {"draw": "5", "scenario": "baseline", "count": "1"},
    )
    assert second.path == "emergence.rate_per_1000_per_year"
