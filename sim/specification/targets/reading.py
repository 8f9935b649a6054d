"""Reads a targets file: its values checked beside the schema, its places kept, its baseline resolved."""

import os.path
from dataclasses import dataclass
from functools import cache
from pathlib import Path as FilePath

from sim.errors import InputError, Problem
from sim.specification.conforming import Conformed, conform
from sim.specification.faults import fault
from sim.specification.loading import load_scenario
from sim.specification.reading import FileRead, is_targets, read_bytes, read_scenario_file
from sim.specification.resolved import ResolvedScenario
from sim.specification.schema.targets import Targets
from sim.specification.shape import BlockShape, block_shape
from sim.specification.tree import Path, Place
from sim.specification.validation import validated_as


@dataclass(frozen=True, slots=True)
class TargetsFile:
    """Targets as written, the baseline that they are of, and the file whose posterior they take over, if any."""

    targets: Targets
    name: str
    read: FileRead
    places: Conformed
    baseline: FilePath
    resolved: ResolvedScenario
    transferred_from: "TargetsFile | None"

    def place(self, *path: str | int) -> Place:
        """Return where a value stands, or what is nearest above it."""
        return self.places.place(path)


@cache
def targets_shape() -> BlockShape:
    """Return the shape of a whole targets file."""
    return block_shape(Targets)


def read_targets(path: FilePath, known_sources: frozenset[str] | None = None) -> TargetsFile:
    """Read a targets file, its baseline and the file it is transferred from; InputError with every fault."""
    root, read = read_scenario_file(path)
    if not is_targets(root):
        raise InputError([fault("targets_expected", Place(read.file, 0, 0))])
    places = conform(root, targets_shape(), known_sources)
    targets, problems = validated_as(Targets, targets_shape(), places.content, places)
    problems = [*places.problems, *problems]
    if targets is None or problems:
        raise InputError(_in_order(problems))
    baseline = _beside(path, targets.baseline, places, ("baseline",))
    resolved = load_scenario(baseline, known_sources=known_sources)
    transferred = None
    if targets.transferred_from is not None:
        where: Path = ("transferred_from", "file")
        transferred = read_targets(_beside(path, targets.transferred_from.file, places, where), known_sources)
    return TargetsFile(targets, read.file, read, places, baseline, resolved, transferred)


def _beside(path: FilePath, name: str, places: Conformed, where: Path) -> FilePath:
    """Return a file that is named relative to this one; InputError where there is none."""
    file = FilePath(os.path.normpath(path.parent / name))
    read_bytes(file, places.place(where))
    return file


def _in_order(problems: list[Problem]) -> list[Problem]:
    unique = [problem for number, problem in enumerate(problems) if problem not in problems[:number]]
    return sorted(unique, key=lambda problem: (problem.line, problem.column))
