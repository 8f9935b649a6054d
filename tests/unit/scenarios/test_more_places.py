"""The places of which little more than numbers of units is reported: as reported, comparable, and they run."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from calibration.ledger import load_ledger
from sim.experiment.asking import files_to_compare
from sim.specification import with_values
from sim.specification.practice_library import practice_overlays
from sim.specification.reading import read_mapping
from sim.specification.tree import plain_value
from tests.equivalence.sampled_runs import sampled_run
from tests.unit.scenarios.places import MORE_FILES, MORE_PLACES, SCENARIOS, loaded

LEDGER = load_ledger()
FRACTION = 1 / 20
"""Of the disputes of a place, for runs that only show that every account balances."""

REPORTED = {
    "bishan": {"units.population_persons": "bishan_population"},
    "lhasa": {"units.counts.household": "lhasa_joint_households", "units.counts.grid": "lhasa_grids"},
    "licheng": {
        "units.counts.grid": "licheng_micro_grids",
        "units.counts.village": "licheng_community_grids",
        "units.population_persons": "licheng_population",
    },
    "longyang": {
        "units.counts.grid": "longyang_groups",
        "units.counts.village": "longyang_communities",
        "units.counts.town": "longyang_subdistricts",
        "units.population_persons": "longyang_population",
    },
    "nanan": {
        "units.counts.grid": "nanan_grids_unit",
        "units.counts.village": "nanan_grids_level1",
        "units.population_persons": "nanan_population",
    },
    "panlong": {},
    "rugao": {"units.counts.grid": "rugao_grids"},
    "shishi": {
        "units.population_persons": "shishi_population",
        "staff_groups.grid_workers.posts": "shishi_red_grid_workers",
        "staff_groups.party_street_chiefs.posts": "shishi_street_chiefs",
        "staff_groups.party_building_chiefs.posts": "shishi_building_chiefs",
    },
    "taishang": {
        "units.counts.grid": "taishang_unit_grids",
        "units.counts.village": "taishang_grid_areas",
        "units.population_persons": "taishang_population",
    },
}
"""What each place takes from the ledger as it stands there; all else of its own is assumed."""


SHARED_GROUPS = {"village_cadres", "grid_cadres", "sunk_cadres", "town_mediators", "county_centre"}
"""Groups that practices change where they are."""
OVERLAYS = practice_overlays(SCENARIOS / "practices")


@cache
def plain(file: Path) -> Any:
    return plain_value(read_mapping(file.read_text(encoding="utf-8"), file.as_posix()))


def value_at(place: str, path: str) -> float:
    content: Any = loaded(f"{place}/baseline").scenario.model_dump(mode="json", by_alias=True)
    for key in path.split("."):
        content = content[key]
    return float(content)


@pytest.mark.parametrize("place", MORE_PLACES)
def test_what_is_reported_of_a_place_is_the_figure_of_the_ledger_and_nothing_else_is_called_reported(
    place: str,
) -> None:
    for path, figure in REPORTED[place].items():
        assert value_at(place, path) == LEDGER.figure(figure).number, path
    own = SCENARIOS / place / "baseline.yaml"
    reported = {
        path: stated.source
        for path, stated in loaded(f"{place}/baseline").provenance.items()
        if stated.basis == "reported" and stated.file == own.as_posix()
    }
    assert reported == REPORTED[place]


def test_levels_are_as_many_as_reported() -> None:
    levels = {place: list(loaded(f"{place}/baseline").scenario.tiers) for place in MORE_PLACES}
    assert levels["panlong"] == ["household", "grid", "village", "town", "county"]
    assert len(levels["panlong"]) == LEDGER.figure("panlong_levels").number
    below_the_city = levels["lhasa"][:-1]
    assert below_the_city == ["household", "grid", "village", "town"]
    assert len(below_the_city) == LEDGER.figure("lhasa_levels").number


def test_three_officers_of_a_taishang_grid_make_one_visit_together() -> None:
    scenario, urban = loaded("taishang/baseline").scenario, loaded("base/urban").scenario
    officers = [group for group in scenario.staff_groups.values() if group.tier == "grid"]
    assert len(officers) == LEDGER.figure("taishang_roles_per_grid").number
    assert {group.posts for group in officers} == {LEDGER.figure("taishang_unit_grids").number}
    assert scenario.patrol is not None
    assert urban.patrol is not None
    assert scenario.patrol.hours_per_visit == len(officers) * urban.patrol.hours_per_visit


def test_the_street_chiefs_of_licheng_are_as_many_as_reported() -> None:
    chiefs = loaded("licheng/street_chiefs").scenario.staff_groups["street_chiefs"]
    assert chiefs.posts == LEDGER.figure("licheng_streets").number


@pytest.mark.parametrize("file", ["base/rural", "base/urban", *(f"{place}/baseline" for place in MORE_PLACES)])
def test_no_practice_adds_a_group_under_the_id_of_one_that_a_place_has(file: str) -> None:
    """Both would become one group."""
    groups = loaded(file).scenario.staff_groups.keys() - SHARED_GROUPS
    added = {slug: set(plain(overlay).get("staff_groups", {})) & groups for slug, overlay in OVERLAYS.items()}
    assert {slug: ids for slug, ids in added.items() if ids} == {}


@pytest.mark.parametrize("place", MORE_PLACES)
def test_a_folder_can_be_compared_and_its_stress_test_asks_about_one_of_its_policies(place: str) -> None:
    baseline, *policies = files_to_compare(SCENARIOS / place)
    assert baseline.stem == "baseline"
    assert sorted(path.stem for path in policies) == sorted(MORE_PLACES[place])
    robustness = loaded(f"{place}/baseline").scenario.experiment.robustness
    assert robustness is not None
    assert robustness.focus_policy in MORE_PLACES[place]


@pytest.mark.parametrize("file", MORE_FILES)
def test_every_account_balances_in_a_run_with_a_twentieth_of_the_disputes(file: str) -> None:
    resolved = loaded(file)
    rate = "emergence.rate_per_1000_per_year"
    assert resolved.scenario.emergence.rate_per_1000_per_year > 0
    fewer = with_values(resolved, {rate: resolved.scenario.emergence.rate_per_1000_per_year * FRACTION})
    run = sampled_run(fewer.scenario)
    assert run.measures["settled_share_180d", "", ""] > 0.5
