"""Reads a study file: its values checked beside the schema, its places kept, its factors as levels with changes."""

import os.path
from dataclasses import dataclass
from functools import cache
from pathlib import Path as FilePath
from typing import Final

from sim.errors import InputError, Problem
from sim.specification.conforming import Conformed, conform
from sim.specification.faults import fault
from sim.specification.reading import FileRead, is_study, read_bytes, read_scenario_file
from sim.specification.schema.study import Study
from sim.specification.shape import BlockShape, block_shape
from sim.specification.studies.factors import FactorLevels, levels_of
from sim.specification.tree import Path, Place
from sim.specification.validation import validated_as

MOST_POINTS: Final = 400


@dataclass(frozen=True, slots=True)
class StudyFile:
    """A study as written: its values, the files it names, and its factors in order."""

    study: Study
    name: str
    read: FileRead
    places: Conformed
    baseline: FilePath
    overlays: tuple[FilePath, ...]
    factors: tuple[FactorLevels, ...]

    def place(self, *path: str | int) -> Place:
        """Return where a value stands, or what is nearest above it."""
        return self.places.place(path)


@cache
def study_shape() -> BlockShape:
    """Return the shape of a whole study file."""
    return block_shape(Study)


def read_study(path: FilePath) -> StudyFile:
    """Read a study file; InputError with every fault of it and of the names of the files that it needs."""
    root, read = read_scenario_file(path)
    if not is_study(root):
        raise InputError([fault("study_expected", Place(read.file, 0, 0))])
    places = conform(root, study_shape())
    study, problems = validated_as(Study, study_shape(), places.content, places)
    problems = [*places.problems, *problems]
    if study is None or problems:
        raise InputError(_in_order(problems))  # what is misspelt is found under its right name only once it is mended
    named = _named_files(study, path)
    problems += _missing_files(named, places)
    factors, more = levels_of(study, root, places, named)
    problems += [*more, *_grid_faults(study, factors, places)]
    if problems:
        raise InputError(_in_order(problems))
    overlays = tuple(named["with", index] for index in range(len(study.with_ or ())))
    return StudyFile(study, read.file, read, places, named["baseline",], overlays, tuple(factors))


def _in_order(problems: list[Problem]) -> list[Problem]:
    unique = [problem for number, problem in enumerate(problems) if problem not in problems[:number]]
    return sorted(unique, key=lambda problem: (problem.line, problem.column))


def _named_files(study: Study, path: FilePath) -> dict[Path, FilePath]:
    """Return the files that a study names, by the path of the key that names them."""
    named: dict[Path, str] = {("baseline",): study.baseline}
    named |= {("with", index): name for index, name in enumerate(study.with_ or ())}
    for factor_id, factor in study.factors.items():
        if factor.kind != "levels":
            continue
        for level_id, level in factor.levels.items():
            where = ("factors", factor_id, "levels", level_id, "with")
            named |= {(*where, index): name for index, name in enumerate(level.with_ or ())}
    return {where: FilePath(os.path.normpath(path.parent / name)) for where, name in named.items()}


def _missing_files(named: dict[Path, FilePath], places: Conformed) -> list[Problem]:
    problems: list[Problem] = []
    for where, file in named.items():
        try:
            read_bytes(file, places.place(where))
        except InputError as error:
            problems.extend(error.problems)
    return problems


def _grid_faults(study: Study, factors: list[FactorLevels], places: Conformed) -> list[Problem]:
    problems: list[Problem] = []
    if study.paired_with == "row" and len(study.factors) == 1:
        where: Path = ("paired_with",)
        problems.append(fault("study_row_needs_two_factors", places.place(where), where))
    count = 1
    for factor in factors:
        count *= len(factor.levels)
    if count > MOST_POINTS:
        where = ("factors",)
        problems.append(
            fault("study_too_many_points", places.key_place(where), where, found=count, maximum=MOST_POINTS)
        )
    return problems
