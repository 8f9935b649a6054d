"""A finished calibration: its files, their tables, and the overlay once it is adopted."""

import json
from pathlib import Path

import pandas as pd
import pytest

from calibration.fit import simulated_draws
from calibration.fit.calibrating import FinishedCalibration, adopt, calibrate, kept_simulations
from calibration.fit.place import PlaceToFit
from sim.cli.sources import known_sources
from sim.experiment.whole_files import sha256_of
from sim.report.calibration_folder import read_calibration
from sim.specification import ResolvedScenario, load_scenario
from tests.unit.calibration.fit.small_place import LEDGER

Calibrated = tuple[Path, FinishedCalibration]


def table(finished: FinishedCalibration, name: str) -> pd.DataFrame:
    return pd.read_csv(finished.folder / f"{name}.csv", encoding="utf-8-sig", keep_default_na=False)


@pytest.fixture(scope="module")
def extended(calibrated: Calibrated) -> ResolvedScenario:
    """The baseline with the adopted fit."""
    targets_file, finished = calibrated
    adopt(finished, targets_file)
    file = targets_file.parents[2] / "scenarios" / "small" / "extended.yaml"
    file.write_text("extends: [baseline.yaml, ../../calibration/fitted/small.yaml]\n", encoding="utf-8")
    return load_scenario(file, known_sources=known_sources())


def test_a_second_calibration_computes_nothing(calibrated: Calibrated, monkeypatch: pytest.MonkeyPatch) -> None:
    targets_file, finished = calibrated
    monkeypatch.setattr(simulated_draws, "do_part", lambda _: pytest.fail("something was simulated"))
    again = calibrate(targets_file, targets_file.parents[2] / "outputs", workers=1)
    assert (again.folder, again.was_already_there, finished.was_already_there) == (finished.folder, True, False)
    assert kept_simulations(targets_file, targets_file.parents[2] / "outputs") == (finished.folder, 0)
    assert not (finished.folder / "partial").exists()


def test_the_manifest_says_what_was_done_and_of_which_bytes(calibrated: Calibrated) -> None:
    _, finished = calibrated
    manifest = finished.manifest
    assert (manifest.place, manifest.command, manifest.seed) == ("small", "typed", 7)
    assert (manifest.rows, manifest.accepted, manifest.draws, manifest.predictive_draws) == (60, 30, 20, 10)
    assert {name: sha256_of(finished.folder / name) for name in manifest.files} == dict(manifest.files)
    written = {path.name for path in finished.folder.iterdir()}
    assert written - set(manifest.files) == {"manifest.json", "environment.json"}
    assert read_calibration(finished.folder).manifest == manifest
    json.loads((finished.folder / "manifest.json").read_text(encoding="utf-8"))


def test_figures_are_reported_fitted_and_predicted(calibrated: Calibrated) -> None:
    rows = table(calibrated[1], "figures").set_index("target")
    assert list(rows.index) == ["found", "in_village", "spared", "handled", "social"]
    for target, row in rows.iterrows():
        figure = LEDGER.figure(row["figure"])
        assert float(row["reported"]) == figure.number, target
        assert float(row["residual"]) == pytest.approx(float(row["fitted"]) - figure.number)
        assert float(row["predictive_low"]) <= float(row["predictive_median"]) <= float(row["predictive_high"])
    assert rows["held_out"].tolist() == [False] * 3 + [True] * 2
    assert rows["within"]["found"]
    assert not rows["within"]["handled"], "at least 2,300, and there are 200 disputes"


def test_predictions_of_fitted_figures_have_their_errors_and_held_out_ones_none(calibrated: Calibrated) -> None:
    predicted = table(calibrated[1], "predictive")
    assert predicted["kind"].tolist() == ["prior"] * 60 + ["posterior"] * 10
    assert predicted["draw"].tolist() == [*range(60), *range(10)]
    found, handled = predicted["found"].astype(float), predicted["handled"].astype(float)
    assert (found % 1 != 0).all(), "a count off by the discrepancy of its record"
    assert (handled * 2 % 1 == 0).all(), "agreements of two years"
    assert predicted["spared"].astype(float).between(0, 120).all()


def test_posterior_draws_come_with_the_values_they_set(calibrated: Calibrated, small: PlaceToFit) -> None:
    drawn = table(calibrated[1], "posterior")
    assert len(drawn) == 20
    third = {str(column): number for column, number in drawn.iloc[3].to_dict().items()}
    numbers = {id_: float(third[f"parameter:{id_}"]) for id_ in small.ids}
    values = {
        column.removeprefix("value:"): float(number) for column, number in third.items() if column.startswith("value:")
    }
    assert values == small.values_at(numbers)
    surfaced = drawn["implied:surfaced_of_emerged_share"].astype(float)
    emergence = drawn["value:emergence.rate_per_1000_per_year"].astype(float)
    recorded = drawn["parameter:recorded_share"].astype(float)
    found = drawn["parameter:found_per_1000_per_year"].astype(float)
    assert (emergence * surfaced * recorded).to_numpy() == pytest.approx(found.to_numpy())
    assert len(table(calibrated[1], "prior")) == 60


def test_the_rate_and_the_share_that_surfaces_are_always_among_the_pairs(calibrated: Calibrated) -> None:
    pairs = table(calibrated[1], "pairs")
    last = pairs.iloc[-1]
    assert last["first"] == "value:emergence.rate_per_1000_per_year"
    assert last["second"] == "implied:surfaced_of_emerged_share"
    assert len(table(calibrated[1], "conflicts")) == 0


def test_the_overlay_is_one_that_the_baseline_can_extend(extended: ResolvedScenario, calibrated: Calibrated) -> None:
    rows = table(calibrated[1], "parameters").set_index("parameter")
    shape = extended.provenance["frailty.shape"]
    assert extended.scenario.frailty is not None
    assert extended.scenario.frailty.shape == pytest.approx(rows["point"].astype(float)["frailty_shape"])
    assert shape.basis == rows.loc["frailty_shape", "basis"]
    assert extended.posterior is not None
    # Ranged assumptions stay as they are stated.
    assert extended.scenario.categories["all"].difficulty_sd_logit == 1.0
    assert extended.provenance["categories.all.difficulty_sd_logit"].file.endswith("baseline.yaml")


def test_every_value_of_the_overlay_lies_in_its_range(extended: ResolvedScenario) -> None:
    of_fit = {path: each for path, each in extended.provenance.items() if each.file.endswith("fitted/small.yaml")}
    ranged = {path: each for path, each in of_fit.items() if each.range is not None}
    assert {"frailty.shape", "emergence.rate_per_1000_per_year", "staff_groups.cadres.ability_logit"} <= set(ranged)
    content = extended.scenario.model_dump()
    for path, each in ranged.items():
        value = content
        for key in path.split("."):
            value = value[key]
        assert each.range is not None
        assert each.range[0] <= value <= each.range[1], path  # type: ignore[operator]


def test_adopted_files_are_those_of_the_folder_under_the_name_of_the_place(calibrated: Calibrated) -> None:
    targets_file, finished = calibrated
    for path in adopt(finished, targets_file):
        name = path.name.removeprefix("small.")
        source = finished.folder / ("overlay.yaml" if name == "yaml" else name)
        assert path.read_bytes() == source.read_bytes()
        assert path.parent == targets_file.parents[1] / "fitted"
