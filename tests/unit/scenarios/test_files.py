"""What holds of every scenario file of a place: valid, sourced, comparable, and itself again when resolved."""

from pathlib import Path

import pytest

from sim.jurisdiction import build_jurisdiction
from sim.protocol import compile_protocol
from sim.sampling import sample_disputes
from sim.specification import load_scenario, to_yaml
from tests.unit.scenarios.places import (
    BASELINES,
    BASES,
    FILES,
    MORE_FILES,
    MORE_PLACES,
    PLACES,
    POLICIES,
    SCENARIOS,
    known_sources,
    loaded,
)

SET_BY_THE_STUDY = ("schema_version", "horizon", "experiment", "measures")
"""Choices of the study rather than facts or guesses about the place."""
STAFF_GROUPS = {"village_cadres", "town_mediators", "county_centre", "grid_cadres", "sunk_cadres"}
CATEGORIES = ["neighbours", "family", "land", "debt", "damages", "labour", "demolition", "property", "other"]


def has_number(value: object) -> bool:
    if isinstance(value, tuple):
        return any(has_number(item) for item in value)
    return isinstance(value, int | float) and not isinstance(value, bool)


def value_at(content: object, path: str) -> object:
    for part in path.split("."):
        if isinstance(content, dict):
            content = content[part]
        else:
            assert isinstance(content, list)
            content = content[int(part)]
    return tuple(content) if isinstance(content, list) else content


def test_every_place_has_a_baseline_and_the_five_policies() -> None:
    for place in PLACES:
        assert sorted(file.stem for file in (SCENARIOS / place).glob("*.yaml")) == sorted(("baseline", *POLICIES))


def test_every_other_place_has_a_baseline_and_its_policies() -> None:
    known = {path.parent.name for path in SCENARIOS.glob("*/baseline.yaml")}
    assert known == {*PLACES, *MORE_PLACES}
    for place, policies in MORE_PLACES.items():
        assert sorted(file.stem for file in (SCENARIOS / place).glob("*.yaml")) == sorted(("baseline", *policies))


@pytest.mark.parametrize("file", [*BASES, *BASELINES])
def test_a_baseline_has_the_ids_that_overlays_name(file: str) -> None:
    """What an overlay may name in any place; a tier's id is its kind."""
    baseline = loaded(file).scenario
    assert {tier_id: tier.kind for tier_id, tier in baseline.tiers.items()} == {tier: tier for tier in baseline.tiers}
    assert baseline.staff_groups.keys() >= STAFF_GROUPS
    for group_id in ("grid_cadres", "sunk_cadres"):
        assert baseline.staff_groups[group_id].posts == 0
    assert list(baseline.categories) == CATEGORIES
    assert baseline.calendars.keys() >= {"office_hours", "evenings"}
    assert baseline.channels is not None
    assert baseline.channels.keys() >= {"local_walk_in", "town_walk_in", "petition"}


@pytest.mark.parametrize("file", [*BASES, *FILES, *MORE_FILES])
def test_a_file_is_valid_without_a_warning_and_names_only_known_sources(file: str) -> None:
    assert loaded(file).warnings == ()


@pytest.mark.parametrize("file", [*BASES, *FILES, *MORE_FILES])
def test_every_number_says_on_what_it_rests(file: str) -> None:
    resolved = loaded(file)
    content = resolved.scenario.model_dump(mode="json", by_alias=True)
    unstated = [
        path
        for path, stated in resolved.provenance.items()
        if stated.basis is None
        and not path.startswith((*SET_BY_THE_STUDY, "statutory_calendar"))
        and has_number(value_at(content, path))
    ]
    # A move is written as a share; what it leaves is assumed.
    assert unstated == []


@pytest.mark.parametrize("place", PLACES)
def test_policies_change_neither_the_disputes_nor_the_span_nor_the_units(place: str) -> None:
    baseline = loaded(f"{place}/baseline").scenario
    for policy in POLICIES:
        scenario = loaded(f"{place}/{policy}").scenario
        for block in (
            "horizon",
            "units",
            "emergence",
            "frailty",
            "season",
            "categories",
            "latent",
            "place",
            "measures",
        ):
            assert getattr(scenario, block) == getattr(baseline, block), (policy, block)


def test_disputes_that_emerge_are_the_same_under_every_policy() -> None:
    hashes = set()
    for policy in ("baseline", *POLICIES):
        scenario = loaded(f"xichou/{policy}").scenario
        jurisdiction = build_jurisdiction(scenario)
        protocol = compile_protocol(scenario, jurisdiction)
        hashes.add(sample_disputes(scenario, jurisdiction, protocol, 1, 0).emergence_hash)
    assert len(hashes) == 1


@pytest.mark.parametrize("place", PLACES)
def test_policies_differ_from_the_baseline_in_name_description_and_substance(place: str) -> None:
    seen = {"baseline": loaded(f"{place}/baseline").scenario}
    for policy in POLICIES:
        scenario = loaded(f"{place}/{policy}").scenario
        for other, known in seen.items():
            assert scenario.name != known.name, other
            assert scenario.description != known.description, other
            alike = {"name": known.name, "description": known.description}
            assert scenario.model_copy(update=alike) != known, (policy, other)
        seen[policy] = scenario


@pytest.mark.parametrize("file", ["xichou/baseline", "xichou/sink_staff_to_grids", "jinjiang/all_round_desk"])
def test_a_resolved_file_loads_as_the_same_scenario_with_the_same_bases(file: str, tmp_path: Path) -> None:
    resolved = loaded(file)
    again = tmp_path / "again.yaml"
    again.write_text(to_yaml(resolved), encoding="utf-8")
    reloaded = load_scenario(again, known_sources=known_sources())
    assert reloaded.scenario == resolved.scenario
    assert reloaded.derivation == resolved.derivation
    for path, stated in resolved.provenance.items():
        if stated.basis is not None:
            found = reloaded.provenance[path]
            assert (found.basis, found.source, found.range) == (stated.basis, stated.source, stated.range), path


@pytest.mark.parametrize("file", [*FILES, *MORE_FILES])
def test_a_policy_laid_over_the_baseline_is_the_policy(file: str) -> None:
    place, policy = file.split("/")
    overlays = [] if policy == "baseline" else [SCENARIOS / f"{file}.yaml"]
    assert load_scenario(SCENARIOS / place / "baseline.yaml", overlays).scenario == loaded(file).scenario
