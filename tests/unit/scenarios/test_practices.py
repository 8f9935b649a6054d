"""Every practice of the sources has an overlay that does what it says on every baseline, or a reason why not."""

from itertools import combinations

import pytest

from sim.outcomes.measures import MEASURES
from sim.specification import load_scenario, validate_path
from sim.specification.reading import read_scenario_file
from sim.specification.tree import Mapping, Node, Scalar, Sequence
from tests.unit.scenarios.places import known_sources
from tests.unit.scenarios.practices import (
    BASELINES,
    CATALOGUE,
    FOLDER,
    OVERLAYS,
    calendars_of_baseline,
    changed_paths,
    laid,
    lever_paths,
    values,
)

BY_ID = {row.id: row for row in CATALOGUE}


def test_the_catalogue_has_the_92_practices_once_each() -> None:
    assert [row.id for row in CATALOGUE] == [f"p{number:02d}" for number in range(1, 93)]


@pytest.mark.parametrize("row", CATALOGUE, ids=lambda row: row.id)
def test_a_practice_has_an_overlay_or_a_reason_in_both_languages(row) -> None:  # type: ignore[no-untyped-def]
    assert row.name_zh
    assert row.name_en
    assert set(row.documents) <= known_sources()
    assert bool(row.overlays) != bool(row.reason_zh and row.reason_en)
    assert set(row.overlays) <= OVERLAYS.keys()


@pytest.mark.parametrize("slug", OVERLAYS)
def test_an_overlay_and_the_catalogue_name_each_other(slug: str) -> None:
    practice = laid("xichou", slug).practices[-1]
    assert set(practice.serves) == {row.id for row in CATALOGUE if slug in row.overlays}


@pytest.mark.parametrize("slug", OVERLAYS)
def test_an_overlay_is_valid_alone_and_shows_in_known_measures(slug: str) -> None:
    (check,) = validate_path(OVERLAYS[slug], known_sources())
    assert (check.kind, check.problems) == ("overlay", ())
    shown = [name.split("@")[0] for name in laid("xichou", slug).practices[-1].shows_in]
    assert set(shown) <= MEASURES.keys()


@pytest.mark.parametrize("slug", OVERLAYS)
@pytest.mark.parametrize("place", ["xichou", "jinjiang"])
def test_an_overlay_changes_all_that_its_levers_say_and_nothing_else(place: str, slug: str) -> None:
    changed = changed_paths(place, slug)
    by_lever = lever_paths(place, slug)
    covered = set()
    for lever, paths in by_lever.items():
        below = {found for found in changed for path in paths if found[: len(path)] == path}
        assert below, f"{lever} changes nothing"
        covered |= below
    hours_of_new_people = {path for path in changed if path[:2] not in calendars_of_baseline(place)}
    assert changed - covered - {path for path in hours_of_new_people if path[0] == "calendars"} == set()


@pytest.mark.parametrize("place", BASELINES)
def test_every_overlay_fits_every_baseline_and_gives_no_warning(place: str) -> None:
    warned = {slug: laid(place, slug).warnings for slug in OVERLAYS if laid(place, slug).warnings}
    assert warned == {}


def test_no_overlay_is_a_copy_of_another_with_another_name() -> None:
    alike = [
        (one, other) for one, other in combinations(OVERLAYS, 2) if values("xichou", one) == values("xichou", other)
    ]
    assert alike == []


def is_a_list_of_practices(slug: str) -> bool:
    return len(laid("xichou", slug).practices) > 1


def test_groups_that_are_copies_but_for_their_name_are_found() -> None:
    """Two overlays that add the same people under two names would be one practice twice."""
    added = {
        slug: sorted(
            (path[2:], str(value))
            for path, value in values("xichou", slug).items()
            if path[0] == "staff_groups" and path in changed_paths("xichou", slug) and path[2] != "name"
        )
        for slug in OVERLAYS
        if not is_a_list_of_practices(slug)
    }
    alike = [(one, other) for one, other in combinations(added, 2) if added[one] and added[one] == added[other]]
    assert alike == []


def unrecorded(node: Node, path: tuple[str, ...] = ()) -> list[str]:
    """Paths of numbers that stand outside a record."""
    match node:
        case Mapping() if {"value", "basis"} <= node.entries.keys():
            return []
        case Mapping():
            return [found for key, below in node.entries.items() for found in unrecorded(below, (*path, key))]
        case Sequence():
            return [found for item in node.items for found in unrecorded(item, path)]
        case Scalar(value=bool()):
            return []
        case Scalar(value=int() | float()):
            return [".".join(path)]
        case _:
            return []


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.yaml")), ids=lambda path: path.stem)
def test_every_number_says_on_what_it_rests(path) -> None:  # type: ignore[no-untyped-def]
    root, _ = read_scenario_file(path)
    assert unrecorded(root) == []


@pytest.mark.parametrize("place", BASELINES)
def test_practices_compose_and_what_cannot_is_reported(place: str) -> None:
    pair = ("street_chiefs", "roving_team")
    both = load_scenario(BASELINES[place], [OVERLAYS[slug] for slug in pair], known_sources=known_sources())
    assert {"street_chiefs", "roving_team"} <= both.scenario.staff_groups.keys()
    assert [practice.name for practice in both.practices] == [laid(place, slug).practices[0].name for slug in pair]
