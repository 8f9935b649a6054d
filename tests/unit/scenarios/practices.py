"""The library of practices, for its tests: every overlay laid over every baseline, and what it then changes."""

from collections.abc import Iterator, Mapping
from functools import cache

from sim.specification import ResolvedScenario, load_scenario, to_yaml
from sim.specification.key_paths import existing_paths, parse_key_path
from sim.specification.practice_library import practice_overlays, read_catalogue
from sim.specification.reading import read_mapping
from sim.specification.tree import Place, dotted
from tests.unit.scenarios.places import PLACES, SCENARIOS, known_sources

FOLDER = SCENARIOS / "practices"
CATALOGUE = read_catalogue(FOLDER)
OVERLAYS = practice_overlays(FOLDER)
BASELINES = {place: SCENARIOS / place / "baseline.yaml" for place in (*PLACES, "longyang", "panlong", "rugao")}
"""The two places with five policies; then one with few posts, one with five levels and one on the rural base."""

_FOLLOWS = ("name", "description", "statutory_calendar")
"""What follows from other values: names, and the years of holidays that deadlines need."""


@cache
def laid(place: str, slug: str = "") -> ResolvedScenario:
    """A baseline with one practice over it; the baseline itself without one."""
    overlays = [OVERLAYS[slug]] if slug else []
    return load_scenario(BASELINES[place], overlays, known_sources=known_sources())


@cache
def reference(place: str, slug: str) -> ResolvedScenario:
    """What a practice is measured against: the baseline, with what the practice remedies where it names that."""
    over = laid(place, slug).practices[-1].measured_over
    overlays = [OVERLAYS[slug].parent / over] if over else []
    return load_scenario(BASELINES[place], overlays, known_sources=known_sources())


def leaves(content: object, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], object]]:
    if isinstance(content, Mapping):
        for key, below in content.items():
            yield from leaves(below, (*path, str(key)))
    else:
        yield path, content


@cache
def values(resolved_place: str, slug: str, *, of_reference: bool = False) -> Mapping[tuple[str, ...], object]:
    resolved = reference(resolved_place, slug) if of_reference else laid(resolved_place, slug)
    content = resolved.scenario.model_dump(mode="json", by_alias=True, exclude_none=True)
    return {path: value for path, value in leaves(content) if path[0] not in _FOLLOWS}


def changed_paths(place: str, slug: str) -> set[tuple[str, ...]]:
    """Every value that a practice sets otherwise, adds or takes away."""
    before, after = values(place, slug, of_reference=True), values(place, slug)
    return {path for path in {*before, *after} if before.get(path) != after.get(path)}


def calendars_of_baseline(place: str) -> set[tuple[str, str]]:
    return {("calendars", id_) for id_ in laid(place).scenario.calendars}


def lever_paths(place: str, slug: str) -> dict[str, list[tuple[str, ...]]]:
    """The paths of each lever in the scenario with the practice."""
    tree = read_mapping(to_yaml(laid(place, slug)), "resolved")
    return {
        lever: [tuple(dotted(path).split(".")) for path in existing_paths(tree, parse_key_path(lever, Place("", 1, 1)))]
        for lever in laid(place, slug).practices[-1].levers
    }
