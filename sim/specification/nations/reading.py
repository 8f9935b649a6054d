"""Reads a nation file: its values checked beside the schema, and whether they fit together and the model county."""

import os.path
from dataclasses import dataclass
from functools import cache
from pathlib import Path as FilePath

from sim.errors import InputError, Problem
from sim.specification.conforming import Conformed, conform
from sim.specification.faults import fault
from sim.specification.loading import load_scenario
from sim.specification.nations.classes import TIER_KINDS, CountyClass, county_classes
from sim.specification.reading import FileRead, is_nation, read_bytes, read_scenario_file
from sim.specification.resolved import ResolvedScenario
from sim.specification.schema import Scenario
from sim.specification.schema.nation import Nation
from sim.specification.schema.place import UnitsByCount
from sim.specification.shape import BlockShape, block_shape
from sim.specification.suggestions import nearest
from sim.specification.tree import Path, Place
from sim.specification.validation import validated_as


@dataclass(frozen=True, slots=True)
class StatedTotal:
    """A number of a nation file with what it rests on; `basis` and `source` are '' where it says nothing."""

    path: str
    value: float
    basis: str
    source: str


@dataclass(frozen=True, slots=True)
class NationFile:
    """A nation as written, its model county, and its counties by size class, the smallest first."""

    nation: Nation
    read: FileRead
    model: ResolvedScenario
    classes: tuple[CountyClass, ...]
    stated: tuple[StatedTotal, ...]


@cache
def nation_shape() -> BlockShape:
    """Return the shape of a whole nation file."""
    return block_shape(Nation)


def read_nation(path: FilePath, known_sources: frozenset[str] | None = None) -> NationFile:
    """Read a nation file and its model county; InputError with every fault of the file, or else of the county."""
    root, read = read_scenario_file(path)
    if not is_nation(root):
        raise InputError([fault("nation_expected", Place(read.file, 0, 0))])
    places = conform(root, nation_shape(), known_sources)
    nation, problems = validated_as(Nation, nation_shape(), places.content, places)
    problems = [*places.problems, *problems]
    if nation is None or problems:
        raise InputError(_in_order(problems))
    file = FilePath(os.path.normpath(path.parent / nation.county))
    read_bytes(file, places.place(("county",)))
    model = load_scenario(file, known_sources=known_sources)
    problems = _misfits(nation, model.scenario, places)
    classes = [] if problems else county_classes(nation, model.scenario)
    problems += _impossible(nation, model.scenario, classes, places)
    if problems:
        raise InputError(_in_order(problems))
    return NationFile(nation, read, model, tuple(classes), tuple(_stated(places)))


def _in_order(problems: list[Problem]) -> list[Problem]:
    unique = [problem for number, problem in enumerate(problems) if problem not in problems[:number]]
    return sorted(unique, key=lambda problem: (problem.line, problem.column))


def _misfits(nation: Nation, model: Scenario, places: Conformed) -> list[Problem]:
    """What keeps classes from being made at all."""
    problems: list[Problem] = []
    kinds = tuple(tier.kind for tier in model.tiers.values())
    if kinds != TIER_KINDS:
        where: Path = ("county",)
        problems.append(fault("nation_county_tiers", places.place(where), where, found=kinds, expected=TIER_KINDS))
    elif not isinstance(model.units, UnitsByCount):
        problems.append(fault("nation_county_units", places.place(("county",)), ("county",)))
    counties, classes = nation.totals.counties, nation.sizes.classes
    if counties % classes:
        where = ("sizes", "classes")
        possible = [number for number in range(1, min(counties, 1_000) + 1) if counties % number == 0]
        near = min(possible, key=lambda number: (abs(number - classes), number))
        problems.append(
            fault(
                "nation_classes_divide", places.place(where), where, found=classes, counties=counties, suggestion=near
            )
        )
    return [*problems, *_group_faults(nation, model, places)]


def _group_faults(nation: Nation, model: Scenario, places: Conformed) -> list[Problem]:
    """Groups that the model county does not have, that two rules are for, or that have posts and no rule."""
    known, staff = tuple(model.staff_groups), nation.staff
    named: list[tuple[str, Path]] = [
        *((group_id, ("staff", "posts_per_unit", group_id)) for group_id in staff.posts_per_unit),
        *((group_id, ("staff", "persons_per_post", group_id)) for group_id in staff.persons_per_post),
        (staff.all_others, ("staff", "all_others")),
    ]
    problems: list[Problem] = []
    seen: set[str] = set()
    for group_id, where in named:
        place = places.key_place(where) if group_id == where[-1] else places.place(where)
        if group_id not in known:
            near = nearest(group_id, known)
            problems.append(
                fault("unknown_id", place, where, kind="staff_group", found=group_id, allowed=known, suggestion=near)
            )
        elif group_id in seen:
            problems.append(fault("duplicate_item", place, where, found=group_id))
        seen.add(group_id)
    left_out = [group_id for group_id in known if model.staff_groups[group_id].posts and group_id not in seen]
    if left_out and not problems:  # a misspelt group is one fault
        where = ("staff",)
        problems.append(fault("nation_group_without_rule", places.key_place(where), where, found=left_out))
    return problems


def _impossible(nation: Nation, model: Scenario, classes: list[CountyClass], places: Conformed) -> list[Problem]:
    """What the totals leave too little of: villages for the towns, mediators for the group of all others."""
    problems: list[Problem] = []
    _, village, town, _ = tuple(model.tiers) if classes else ("", "", "", "")
    short = next((each for each in classes if each.units[village] < each.units[town]), None)
    if short is not None:
        where: Path = ("totals", "committees")
        fields = {"found": short.units[village], "minimum": short.units[town], "parent_tier": town}
        return [fault("fewer_units_than_parents", places.place(where), where, **fields)]
    group = model.staff_groups[nation.staff.all_others] if classes else None
    for each in classes:
        assert group is not None
        units, posts = each.units[group.tier], each.posts[nation.staff.all_others]
        if posts < (1 if group.posts_serve else units):
            where = ("totals", "mediators")
            fields = {
                "group": nation.staff.all_others,
                "found": posts,
                "minimum": units,
                "persons": each.population_persons,
            }
            problems.append(fault("nation_mediators_too_few", places.place(where), where, **fields))
            break
    return problems


def _stated(places: Conformed) -> list[StatedTotal]:
    stated: list[StatedTotal] = []
    for path in places.leaves:
        value: object = places.content
        for key in path:
            value = value[key] if isinstance(value, dict) else None
        if path[0] in ("totals", "sizes", "units", "staff") and isinstance(value, int | float):
            record = places.records.get(path)
            basis, source = (record.basis, record.source or "") if record else ("", "")
            stated.append(StatedTotal(".".join(map(str, path)), value, basis, source))
    return stated
