"""The places and files under scenarios/, for the tests of this folder."""

from functools import cache
from pathlib import Path

from calibration.derive import starting_points_of
from calibration.derived_values import Derivation, derive
from calibration.ledger import load_ledger
from calibration.starting_points import StartingPoints
from sim.specification import ResolvedScenario, load_scenario

SCENARIOS = Path("scenarios")
PLACES = ("xichou", "jinjiang")
POLICIES = ("all_round_desk", "graded_triage", "relieve_admin", "sink_staff_to_grids", "strengthen_town")
MORE_PLACES = {
    "bishan": ("sink_staff_to_grids", "whistle_panel"),
    "lhasa": ("all_round_desk", "sink_staff_to_grids"),
    "licheng": ("sink_staff_to_grids", "street_chiefs"),
    "longyang": ("all_round_desk", "integrated_platform", "sink_staff_to_grids"),
    "nanan": ("sink_staff_to_grids",),
    "panlong": ("sink_staff_to_grids",),
    "rugao": ("sink_staff_to_grids", "skilled_members"),
    "shishi": ("sink_staff_to_grids",),
    "taishang": ("sink_staff_to_grids", "three_in_one_grid"),
}
"""Places of which little more than numbers of units is reported, with their policies."""
BASELINES = tuple(f"{place}/baseline" for place in (*PLACES, *MORE_PLACES))
MORE_FILES = tuple(f"{place}/{name}" for place, policies in MORE_PLACES.items() for name in ("baseline", *policies))
BASES = ("base/rural", "base/urban")
FILES = tuple(f"{place}/{name}" for place in PLACES for name in ("baseline", *POLICIES))


@cache
def known_sources() -> frozenset[str]:
    return load_ledger().citable


@cache
def loaded(file: str) -> ResolvedScenario:
    return load_scenario(SCENARIOS / f"{file}.yaml", known_sources=known_sources())


def headcount(file: str) -> dict[str, int]:
    return {group_id: group.posts for group_id, group in loaded(file).scenario.staff_groups.items()}


@cache
def derivation(file: str) -> Derivation:
    """The closed forms of a file, computed once: they take a second or two."""
    return derive(loaded(file).scenario, starting_points(file))


def starting_points(file: str) -> StartingPoints:
    return starting_points_of(SCENARIOS / f"{file}.yaml", loaded(file), load_ledger())
