"""The baselines against what is reported of the places."""

import csv
from pathlib import Path

import pytest

from calibration import derive, residuals
from calibration.ledger import load_ledger
from calibration.simulated_flows import simulated_flows
from tests.unit.scenarios.places import (
    BASELINES,
    BASES,
    FILES,
    MORE_FILES,
    SCENARIOS,
    derivation,
    headcount,
    loaded,
    starting_points,
)

LEDGER = load_ledger()


def reported(figure: str) -> float:
    return LEDGER.figure(figure).number


DERIVED_PLACES = ("longyang", "bishan")
"""Places whose closed forms are compared with simulations; Xichou is fitted and Jinjiang takes its fit over."""
FITTED = Path("calibration") / "fitted"


def fitted_figures(place: str) -> dict[str, dict[str, str]]:
    text = (FITTED / f"{place}.figures.csv").read_text(encoding="utf-8-sig")
    return {row["target"]: row for row in csv.DictReader(text.splitlines())}


def stored_residuals(place: str) -> dict[tuple[str, str], dict[str, str]]:
    text = (residuals.FOLDER / f"{place}.csv").read_text(encoding="utf-8-sig")
    return {(row["quantity"], row["of"]): row for row in csv.DictReader(text.splitlines())}


@pytest.mark.parametrize("file", [*BASES, *FILES, *MORE_FILES])
def test_derived_lines_are_what_the_closed_forms_give_now(file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(derive, "derive", lambda *_: derivation(file))
    path = SCENARIOS / f"{file}.yaml"
    text = path.read_text(encoding="utf-8")
    assert derive.with_derived_values(text, path, loaded(file), LEDGER) == text


@pytest.mark.parametrize("file", ["base/urban", *BASELINES])
def test_a_place_leaves_no_derived_value_to_the_base_it_extends(file: str) -> None:
    """They hang on the size of the place: its own file states them, or the fit that it extends."""
    stated = {value.path: Path(loaded(file).provenance[value.path].file) for value in derivation(file).values}
    own = (SCENARIOS / f"{file}.yaml", FITTED / f"{Path(file).parent.name}.yaml")
    assert {path for path, where in stated.items() if where not in own} == set()


@pytest.mark.parametrize("file", BASELINES)
def test_what_is_derived_of_a_baseline_is_fitted_transferred_or_said_to_be_assumed(file: str) -> None:
    place = Path(file).parent.name
    allowed = {"xichou": {"fitted", "assumed"}, "jinjiang": {"transferred", "assumed"}}.get(place, {"assumed"})
    bases = {value.path: loaded(file).provenance[value.path].basis for value in derivation(file).values}
    assert set(bases.values()) == allowed, bases


def test_xichou_meets_its_figures_within_their_error_models() -> None:
    rows = fitted_figures("xichou")
    assert {row["target"] for row in rows.values() if row["held_out"] == "false" and row["within"] == "false"} == set()
    assert float(rows["settled_in_village"]["reported"]) == pytest.approx(0.83, abs=1e-4)
    assert float(rows["groups_without_event"]["reported"]) == reported("xichou_groups_no_handup_10y")


@pytest.mark.parametrize("place", DERIVED_PLACES)
def test_stored_residuals_are_those_of_the_closed_forms_now(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(residuals, "derive", lambda *_: derivation(f"{place}/baseline"))
    rows = residuals.residual_rows(loaded(f"{place}/baseline").scenario, starting_points(f"{place}/baseline"))
    stored = stored_residuals(place)
    assert [(row.quantity, row.of) for row in rows] == list(stored)
    for row in rows:
        cells = stored[row.quantity, row.of]
        assert float(cells["closed_form"]) == pytest.approx(row.closed_form, abs=1e-4)
        assert cells["stated"] == ("" if row.stated is None else f"{row.stated:.4f}")


def test_a_simulated_year_flows_as_the_stored_residuals_say() -> None:
    flows = simulated_flows(loaded("longyang/baseline").scenario, replication=0)
    stored = stored_residuals("longyang")
    for quantity, of, tolerance in (
        ("settled_at_or_below_of_found_share", "village", 0.03),
        ("reached_of_found_share", "county", 0.01),
        ("found_of_emerged_share", "", 0.03),
        ("utilisation_of_posts_share", "town", 0.15),
    ):
        assert flows[quantity, of] == pytest.approx(float(stored[quantity, of]["simulated"]), abs=tolerance)


def test_xichou_is_as_reported() -> None:
    scenario = loaded("xichou/baseline").scenario
    assert scenario.units.by == "count"
    assert scenario.units.counts == {
        "grid": reported("xichou_groups"),
        "village": reported("xichou_villages"),
        "town": reported("xichou_towns"),
        "county": 1,
    }
    assert scenario.units.population_persons == reported("xichou_population")
    staff = headcount("xichou/baseline")
    assert staff["group_mediators"] + staff["village_cadres"] < reported("xichou_peoples_mediators")
    left_to_towns_and_county = reported("xichou_peoples_mediators") - staff["group_mediators"] - staff["village_cadres"]
    assert staff["town_mediators"] + staff["county_centre"] <= left_to_towns_and_county


def test_jinjiang_is_as_reported_and_its_reviewers_are_part_timers() -> None:
    scenario = loaded("jinjiang/baseline").scenario
    assert scenario.units.by == "count"
    assert scenario.units.counts == {"grid": 1379, "village": 395, "town": 19, "county": 1}
    assert sum(scenario.units.counts[tier] for tier in ("village", "town", "county")) == reported("jinjiang_rooms")
    assert scenario.units.population_persons == reported("jinjiang_population")
    staff = headcount("jinjiang/baseline")
    rooms = staff["village_reviewers"] + staff["town_mediators"] + staff["county_centre"]
    assert rooms <= reported("jinjiang_reviewers")
    found_per_year = reported("national_mediated_per_1000_2022") * reported("jinjiang_population") / 1_000
    assert 2 <= found_per_year / staff["village_reviewers"] <= 4
    assert scenario.calendars[scenario.staff_groups["village_reviewers"].calendar].kind == "weekly"
    assert scenario.staff_groups["village_reviewers"].calendar != scenario.staff_groups["village_cadres"].calendar


def test_a_file_whose_derived_line_was_edited_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(derive, "derive", lambda *_: derivation("xichou/baseline"))
    path = SCENARIOS / "xichou" / "baseline.yaml"
    text = path.read_text(encoding="utf-8")
    edited = text.replace("posts: {value: 18,", "posts: {value: 27,")
    assert edited != text
    assert derive.with_derived_values(edited, path, loaded("xichou/baseline"), LEDGER) == text
    unmarked = text.replace("  # derived", "", 1)
    with pytest.raises(ValueError, match="must be `posts"):
        derive.with_derived_values(unmarked, path, loaded("xichou/baseline"), LEDGER)
    copy = tmp_path / "unmarked.yaml"
    copy.write_text("name: {zh: 无, en: none}\n", encoding="utf-8")
    assert derive.with_derived_values("posts: 3\n", copy, loaded("xichou/baseline"), LEDGER) == "posts: 3\n"
