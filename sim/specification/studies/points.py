"""Every point of a study's grid as a resolved scenario."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Final

from sim.errors import InputError, Problem
from sim.specification.faults import fault
from sim.specification.loading import load_scenario
from sim.specification.resolved import ResolvedScenario
from sim.specification.schema import Scenario
from sim.specification.studies.factors import LevelOfFactor
from sim.specification.studies.reading import StudyFile
from sim.specification.tree import Place

_KEPT: Final = ("place", "horizon", "measures", "statutory_calendar", "units")
"""Blocks in which no point may differ from the baseline."""


@dataclass(frozen=True, slots=True)
class StudyPoint:
    """One point: a level of each factor, and the scenario there."""

    levels: tuple[LevelOfFactor, ...]
    resolved: ResolvedScenario

    @property
    def place(self) -> Place:
        """Where the last of its levels stands."""
        return self.levels[-1].place


@dataclass(frozen=True, slots=True)
class StudyScenarios:
    """The baseline of a study (with the overlays that are laid on every point) and its points, first factor slowest."""

    baseline: ResolvedScenario
    points: tuple[StudyPoint, ...]


def point_text(file: StudyFile, levels: tuple[LevelOfFactor, ...]) -> str:
    """Return how a message names a point: `share_sunk=0.2, town_load=1.5`."""
    pairs = zip(file.factors, levels, strict=True)
    return ", ".join(f"{factor.id}={level.text()}" for factor, level in pairs)


def study_scenarios(file: StudyFile, known_sources: frozenset[str] | None = None) -> StudyScenarios:
    """Load the baseline and every point; InputError with what is wrong with the baseline, or else with the points."""
    baseline = load_scenario(file.baseline, file.overlays, known_sources=known_sources)
    points: list[StudyPoint] = []
    problems: list[Problem] = []
    for levels in product(*(factor.levels for factor in file.factors)):
        try:
            resolved = _resolved(file, levels, known_sources)
        except InputError as error:
            new = [problem for problem in error.problems if problem not in problems]
            if new:
                problems += [_point_invalid(file, levels, len(new)), *new]
            continue
        different = list(_differences(file, levels, baseline.scenario, resolved.scenario))
        problems.extend(different)
        points.append(StudyPoint(levels, resolved))
    if problems:
        raise InputError(problems)
    return StudyScenarios(baseline, tuple(points))


def _resolved(
    file: StudyFile, levels: tuple[LevelOfFactor, ...], known_sources: frozenset[str] | None
) -> ResolvedScenario:
    overlays = [*file.overlays, *(overlay for level in levels for overlay in level.overlays)]
    changes = [change for level in levels for change in level.changes]
    return load_scenario(file.baseline, overlays, known_sources=known_sources, changes=changes)


def _point_invalid(file: StudyFile, levels: tuple[LevelOfFactor, ...], count: int) -> Problem:
    point = point_text(file, levels)
    return fault("study_point_invalid", levels[-1].place, ("factors",), point=point, count=count)


def _differences(
    file: StudyFile, levels: tuple[LevelOfFactor, ...], baseline: Scenario, found: Scenario
) -> Iterator[Problem]:
    """A point with other tiers, another span or another place is no point of the same study."""
    differing = [block for block in _KEPT if getattr(baseline, block) != getattr(found, block)]
    if tuple(baseline.tiers) != tuple(found.tiers):
        differing.append("tiers")
    for key in differing:
        yield fault("study_point_differs", levels[-1].place, (), point=point_text(file, levels), key=key)
