"""A place that takes another's posterior over: wider, never beyond the prior, and only if there is one."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from calibration.fit.adopted import Adopted, fitted_folder
from calibration.fit.calibrating import FinishedCalibration, adopt, calibrate
from calibration.fit.opening import place_digest
from calibration.fit.place import PlaceToFit
from calibration.fit.priors import TriangularPrior, UniformPrior
from calibration.fit.reading_place import place_to_fit
from calibration.fit.transfer import _widened
from sim.cli.sources import known_figures, known_sources
from sim.cli.wording import command_words
from sim.errors import InputError
from sim.specification.targets import read_targets
from tests.unit.calibration.fit.small_place import BASELINE, LEDGER, changed, write_place

OTHER = """\
targets_version: 1
place: other
name: {zh: 另一县, en: "Other county, transferred"}
baseline: ../../scenarios/other/baseline.yaml
seed: 9
window: {warmup_years: 0, record_years: 1, follow_days: 180}
posterior: {draws: 15, predictive_draws: 10}
ranged_assumptions: triangular
transferred_from: {file: small.yaml, widened_by: 1.5}
parameters:
  found_per_1000_per_year:
    name: {zh: 发现率, en: Found}
    prior: {distribution: lognormal, median: 6, within_90: [2, 18]}
    basis: assumed
  recorded_share: {name: {zh: 登记率, en: Recorded}, basis: transferred}
  settled_in_village_share: {name: {zh: 村内化解, en: Settled in the village}, basis: transferred}
  lowest_tier_part_of_village_share: {name: {zh: 其中村组, en: Of that by the group}, basis: transferred}
  frailty_shape: {name: {zh: 差异, en: Spread}, sets: [frailty.shape], basis: transferred}
targets:
  handled: {figure: xichou_peoples_mediation_cases_per_year, quantity: mediated_settled_per_year, held_out: true}
"""
TAKEN_OVER = ("recorded_share", "settled_in_village_share", "lowest_tier_part_of_village_share", "frailty_shape")


def write_other(folder: Path) -> Path:
    baseline = changed(BASELINE, ("population_persons: 5000", "population_persons: 8000"))
    return write_place(folder, OTHER, baseline, place="other")


def opened(targets_file: Path) -> PlaceToFit:
    return place_to_fit(read_targets(targets_file, known_sources(), known_figures()), LEDGER)


@pytest.fixture(scope="module")
def transferred(calibrated: tuple[Path, FinishedCalibration]) -> tuple[Path, FinishedCalibration]:
    targets_file, finished = calibrated
    adopt(finished, targets_file)
    other = write_other(targets_file.parents[2])
    return other, calibrate(other, targets_file.parents[2] / "outputs", workers=1)


def scores(place: PlaceToFit, table: pd.DataFrame, id_: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    prior = next(parameter.prior for parameter in place.parameters if parameter.id == id_)
    return prior.to_scale(table[f"parameter:{id_}"].to_numpy(dtype=np.float64))


def test_what_is_taken_over_is_widened_on_the_scale_of_scores(
    transferred: tuple[Path, FinishedCalibration], calibrated: tuple[Path, FinishedCalibration]
) -> None:
    place = opened(transferred[0])
    theirs, ours = (
        pd.read_csv(finished.folder / "posterior.csv", encoding="utf-8-sig")
        for finished in (calibrated[1], transferred[1])
    )
    for id_ in TAKEN_OVER:
        before, after = scores(place, theirs[:15], id_), scores(place, ours, id_)
        factor = min(1.5, max(1.0, 1.0 / before.std()))
        middle = np.median(before)
        assert after == pytest.approx(middle + factor * (before - middle), abs=1e-6), id_
        assert after.std() <= max(1.0, before.std()) + 1e-9, id_
    village = ours["parameter:settled_in_village_share"]
    assert village.between(0.3, 0.98).all(), "never beyond the prior"


def test_bases_are_transferred_where_the_other_place_was_informed(
    transferred: tuple[Path, FinishedCalibration], calibrated: tuple[Path, FinishedCalibration]
) -> None:
    theirs, ours = (
        pd.read_csv(finished.folder / "parameters.csv", encoding="utf-8-sig").set_index("parameter")
        for finished in (calibrated[1], transferred[1])
    )
    assert theirs.loc["settled_in_village_share", "informed"]
    for id_, row in ours.iterrows():
        was_informed = id_ in TAKEN_OVER and bool(theirs.loc[id_, "informed"])
        assert row["basis"] == ("transferred" if was_informed else "assumed"), id_
        assert not row["informed"]
    for id_ in TAKEN_OVER:
        assert ours.loc[id_, "point"] == pytest.approx(theirs.loc[id_, "point"]), id_
    assert ours.loc["found_per_1000_per_year", "point"] == pytest.approx(5.801), "its own"
    text = (transferred[1].folder / "overlay.yaml").read_text(encoding="utf-8")
    assert "basis: fitted" not in text
    assert "basis: transferred" in text
    manifest = transferred[1].manifest
    assert (manifest.transferred_from, manifest.widened_by, manifest.rows, manifest.draws) == ("small", 1.5, 0, 15)


def test_spread_is_never_made_wider_than_the_prior() -> None:
    class Parameter:
        prior = UniformPrior(0.0, 1.0)

    spread = np.array([0.1, 0.3, 0.5, 0.7, 0.9])
    wider = _widened(Parameter(), spread, 10.0)  # type: ignore[arg-type]
    assert UniformPrior(0.0, 1.0).to_scale(wider).std() == pytest.approx(1.0)
    as_wide = np.array([0.01, 0.5, 0.99])
    assert _widened(Parameter(), as_wide, 2.0) == pytest.approx(as_wide)  # type: ignore[arg-type]
    Parameter.prior = TriangularPrior(0.0, 0.0, 1.0)  # type: ignore[assignment]
    assert np.all((wider > 0.0) & (wider < 1.0))
    assert _widened(Parameter(), np.full(3, 0.4), 2.0) == pytest.approx([0.4] * 3)  # type: ignore[arg-type]


def test_a_place_that_is_not_fitted_is_named_with_the_line_that_needs_it(tmp_path: Path) -> None:
    write_place(tmp_path)
    other = write_other(tmp_path)
    with pytest.raises(InputError) as raised:
        calibrate(other, tmp_path / "outputs", workers=1)
    (problem,) = raised.value.problems
    assert (problem.code, problem.line, problem.path) == ("transfer_not_fitted", 9, "transferred_from.file")
    for language in ("en", "zh"):
        line = command_words(language).problem_line(problem)
        assert "other.yaml:9:" in line
        assert "small.posterior.csv" in line
        assert "calibrate" in line
    assert not (tmp_path / "outputs").exists(), "nothing was written"


def test_a_fit_from_before_a_parameter_was_added_is_out_of_date(
    calibrated: tuple[Path, FinishedCalibration], tmp_path: Path
) -> None:
    write_place(tmp_path)
    other = write_other(tmp_path)
    adopt(calibrated[1], tmp_path / "calibration" / "targets" / "small.yaml")
    parameters = fitted_folder(other) / "small.parameters.csv"
    lines = parameters.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    kept = "".join(line for line in lines if not line.startswith("recorded_share"))
    parameters.write_text(kept, encoding="utf-8-sig")
    with pytest.raises(InputError) as raised:
        Adopted.of(opened(other), fitted_folder(other))
    (problem,) = raised.value.problems
    assert (problem.code, problem.fields["missing"]) == ("transfer_out_of_date", "recorded_share")


def test_another_fit_of_the_other_place_is_another_question(
    calibrated: tuple[Path, FinishedCalibration], tmp_path: Path
) -> None:
    write_place(tmp_path)
    place = opened(write_other(tmp_path))
    adopt(calibrated[1], tmp_path / "calibration" / "targets" / "small.yaml")
    fitted = tmp_path / "calibration" / "fitted"
    first = place_digest(place, Adopted.of(place, fitted))
    assert place_digest(place, Adopted.of(place, fitted)) == first
    posterior = fitted / "small.posterior.csv"
    lines = posterior.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    posterior.write_text("".join([lines[0], *lines[:0:-1]]), encoding="utf-8-sig")
    assert place_digest(place, Adopted.of(place, fitted)) != first
