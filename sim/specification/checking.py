"""Checks scenario files without running them: a file, or every file of a folder."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Final, Literal

from sim.errors import InputError, Problem
from sim.specification.changes import read_changes
from sim.specification.conforming import conform
from sim.specification.faults import fault
from sim.specification.layering import Layers, ScenarioFile, is_overlay, read_file
from sim.specification.loading import in_reading_order, load_scenario, take_posterior_file
from sim.specification.nations import read_nation
from sim.specification.practice import read_practice
from sim.specification.reading import is_nation, is_study, is_targets, read_bytes, read_scenario_file
from sim.specification.shape import scenario_shape
from sim.specification.studies import read_study
from sim.specification.targets import read_targets
from sim.specification.tree import Place
from sim.specification.validation import partial_faults

SUFFIXES: Final = (".yaml", ".yml")

FileKind = Literal["scenario", "overlay", "study", "nation", "targets"]


@dataclass(frozen=True, slots=True)
class FileCheck:
    """What checking a file found.

    An `overlay` has no tiers and extends nothing but overlays: alone, only its own keys and values can be checked, not
    whether a baseline takes them. A `study` is checked without its points, which are scenarios of their own, a `nation`
    with its model county, `targets` of a fit with their baseline.
    """

    file: str
    kind: FileKind
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...] = ()


def validate_path(
    path: FilePath | str,
    known_sources: frozenset[str] | None = None,
    known_figures: Mapping[str, str] | None = None,
) -> list[FileCheck]:
    """Check a scenario or overlay file, or all YAML files in a folder and below, in order of their names.

    Sources and figures (with their units) are those of the ledger; None takes any.

    Faults of the files are in the result; InputError only where the path itself leads to nothing.
    """
    path = FilePath(path)
    if not path.is_dir():
        if path.suffix not in SUFFIXES:
            read_bytes(path)
        return [_check_file(path, known_sources, known_figures)]
    files = sorted(file for file in path.rglob("*") if file.suffix in SUFFIXES and not file.is_dir())
    if not files:
        raise InputError([fault("folder_without_scenarios", Place(path.as_posix(), 0, 0), name=path.as_posix())])
    return [_check_file(file, known_sources, known_figures) for file in files]


def _check_file(
    path: FilePath, known_sources: frozenset[str] | None, known_figures: Mapping[str, str] | None
) -> FileCheck:
    name = path.as_posix()
    layers = Layers()
    try:
        root = read_scenario_file(path)[0]
        if is_study(root):
            return _read_alone(path, "study", lambda: read_study(path))
        if is_nation(root):
            return _read_alone(path, "nation", lambda: read_nation(path, known_sources))
        if is_targets(root):
            return _read_alone(path, "targets", lambda: read_targets(path, known_sources, known_figures))
        file = read_file(layers, path, None)
        alone = is_overlay(file)
    except InputError as error:
        return FileCheck(name, "scenario", error.problems)
    if alone:
        return FileCheck(name, "overlay", tuple(_overlay_faults(file, layers, known_sources)))
    try:
        resolved = load_scenario(path, known_sources=known_sources)
    except InputError as error:
        return FileCheck(name, "scenario", error.problems)
    return FileCheck(name, "scenario", (), resolved.warnings)


def _read_alone(path: FilePath, kind: FileKind, read: Callable[[], object]) -> FileCheck:
    """Check a file of a kind that is neither scenario nor overlay by reading it."""
    try:
        read()
    except InputError as error:
        return FileCheck(path.as_posix(), kind, error.problems)
    return FileCheck(path.as_posix(), kind, ())


def _overlay_faults(file: ScenarioFile, layers: Layers, known_sources: frozenset[str] | None) -> list[Problem]:
    conformed = conform(file.own, scenario_shape(), known_sources, partial=True)
    of_posterior = take_posterior_file(conformed, layers.files)[1]
    problems = [*layers.problems, *conformed.problems, *of_posterior, *partial_faults(conformed)]
    if file.changes is not None:
        problems += read_changes(file.changes)[1]
    if file.practice is not None:
        problems += read_practice(file.practice, known_sources)[1]
    for extended, place in file.extends[1:]:
        problems += _unread(extended, place)
    return in_reading_order(problems, layers.files)


def _unread(path: FilePath, blame: Place) -> list[Problem]:
    try:
        read_file(Layers(), path, blame)
    except InputError as error:
        return list(error.problems)
    return []
