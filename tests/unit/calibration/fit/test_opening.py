"""What names a fit: all that determines its numbers, and not the fit that its baseline extends."""

from dataclasses import replace
from pathlib import Path

import pytest

from calibration.fit.opening import place_digest
from calibration.fit.place import PlaceToFit
from tests.unit.calibration.fit.small_place import BASELINE, TARGETS, changed, open_small

OVERLAY = """\
experiment: {posterior: small.posterior.csv}
frailty: {shape: {value: 0.9, basis: assumed, source: "citation: prior", range: [0.2, 3]}}
staff_groups:
  neighbours: {ability_logit: {value: 0.3, basis: fitted, source: "citation: fit", range: [-0.2, 0.9]}}
  cadres: {ability_logit: {value: 1.4, basis: fitted, source: "citation: fit", range: [0.4, 2]}}
  centre: {ability_logit: {value: 5, basis: assumed, source: "citation: fit", range: [4, 6]}}
hardening: {logit_per_30_days: {value: 0.29, basis: assumed, source: "citation: fit", range: [0.2, 0.4]}}
emergence: {rate_per_1000_per_year: {value: 21, basis: fitted, source: "citation: fit", range: [17, 27]}}
"""


def digest(place: PlaceToFit) -> str:
    return place_digest(place, None)


def test_the_fit_that_the_baseline_extends_does_not_name_the_question(small: PlaceToFit, tmp_path: Path) -> None:
    scenarios = tmp_path / "scenarios" / "small"
    scenarios.mkdir(parents=True)
    (scenarios / "stated.yaml").write_text(BASELINE, encoding="utf-8")
    (scenarios / "fitted.yaml").write_text(OVERLAY, encoding="utf-8")
    (scenarios / "small.posterior.csv").write_text(
        "draw,parameter:frailty_shape,value:frailty.shape\n0,0.9,0.9\n", encoding="utf-8"
    )
    place = open_small(tmp_path, TARGETS, "extends: [stated.yaml, fitted.yaml]\n")
    assert place.baseline.scenario.emergence.rate_per_1000_per_year == 21
    assert place.ids == small.ids
    assert digest(place) == digest(small)
    numbers = {parameter.id: parameter.stated for parameter in small.parameters}
    assert place.values_at(numbers) == small.values_at(numbers)


@pytest.mark.parametrize(
    "change",
    [
        ("seed: 7", "seed: 8"),
        ("rows: 60", "rows: 61"),
        ("median: 15", "median: 16"),
        ("discrepancy_sd: 0.05", "discrepancy_sd: 0.06"),
        ("record_years: 2", "record_years: 3"),
        ("events: [left_village]", "events: [incident]"),
        ("ranged_assumptions: triangular", "ranged_assumptions: none"),
    ],
)
def test_another_fit_is_another_question(small: PlaceToFit, tmp_path: Path, change: tuple[str, str]) -> None:
    assert digest(open_small(tmp_path, changed(TARGETS, change))) != digest(small)


@pytest.mark.parametrize(
    "change",
    [
        ("population_persons: 5000", "population_persons: 5001"),
        ("range: [60, 240]", "range: [60, 250]"),
        ("mean_hours: 40", "mean_hours: 41"),
        ("find_prob: 0.2", "find_prob: 0.3"),
    ],
)
def test_another_baseline_is_another_question(small: PlaceToFit, tmp_path: Path, change: tuple[str, str]) -> None:
    assert digest(open_small(tmp_path, TARGETS, changed(BASELINE, change))) != digest(small)


def test_comments_and_what_is_overwritten_are_no_question(small: PlaceToFit, tmp_path: Path) -> None:
    baseline = changed(
        BASELINE, ("value: 20, basis: assumed, range: [10, 40]", "value: 30, basis: assumed, range: [10, 50]")
    )
    assert digest(open_small(tmp_path, "# a comment\n" + TARGETS, baseline)) == digest(small)


def test_the_code_names_the_question(small: PlaceToFit, monkeypatch: pytest.MonkeyPatch) -> None:
    before = digest(small)
    monkeypatch.setattr("calibration.fit.opening.calibration_digest", lambda: "other code")
    assert digest(small) != before
    assert digest(replace(small)) != before
