"""Reads a targets file: its values checked beside the schema, then against the baseline and the ledger."""

import os.path
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path as FilePath

from sim.errors import InputError, Problem
from sim.specification.conforming import Conformed, conform
from sim.specification.faults import fault
from sim.specification.leaves import scenario_leaves
from sim.specification.loading import load_scenario
from sim.specification.reading import FileRead, is_targets, read_bytes, read_scenario_file
from sim.specification.resolved import ResolvedScenario
from sim.specification.schema.targets import Targets
from sim.specification.shape import BlockShape, block_shape
from sim.specification.targets.figure_checks import FigureChecks
from sim.specification.targets.parameter_checks import ParameterChecks
from sim.specification.targets.vocabulary import KNOWN_PARAMETERS
from sim.specification.tree import Path, Place, dotted
from sim.specification.validation import validated_as


@dataclass(frozen=True, slots=True)
class TargetsFile:
    """Targets as written, the baseline that they are of, and the file whose posterior they take over, if any.

    `resolved` is the baseline as its file says, `over_window` with the span of the window and its holidays.
    """

    targets: Targets
    name: str
    read: FileRead
    places: Conformed
    baseline: FilePath
    resolved: ResolvedScenario
    over_window: ResolvedScenario
    transferred_from: "TargetsFile | None"

    def place(self, *path: str | int) -> Place:
        """Return where a value stands, or what is nearest above it."""
        return self.places.place(path)

    def key_place(self, *path: str | int) -> Place:
        """Return where a key stands, or what is nearest above it."""
        return self.places.key_place(path)

    def unit_of(self, parameter_id: str) -> str:
        """Return the unit of a parameter: its own, or that of the first value it is written to."""
        paths = self.targets.parameters[parameter_id].sets
        if paths is None:
            return KNOWN_PARAMETERS[parameter_id].unit
        written = scenario_leaves(self.resolved.scenario)
        return next(leaf.field.unit for leaf in written if f"{paths[0]}.".startswith(f"{dotted(leaf.path)}."))


@dataclass(frozen=True, slots=True)
class Known:
    """What files may name of the ledger: sources, and figures with their units; None: anything."""

    sources: frozenset[str] | None = None
    figures: Mapping[str, str] | None = None


@cache
def targets_shape() -> BlockShape:
    """Return the shape of a whole targets file."""
    return block_shape(Targets)


def read_targets(
    path: FilePath,
    known_sources: frozenset[str] | None = None,
    known_figures: Mapping[str, str] | None = None,
) -> TargetsFile:
    """Read a targets file, its baseline and the file it is transferred from; InputError with every fault.

    `known_figures` has the unit of every figure of the ledger; None takes any figure.
    """
    return _Reader(path, Known(known_sources, known_figures)).read()


@dataclass(frozen=True, slots=True)
class _Reader:
    path: FilePath
    known: Known

    def read(self) -> TargetsFile:
        root, read = read_scenario_file(self.path)
        if not is_targets(root):
            raise InputError([fault("targets_expected", Place(read.file, 0, 0))])
        places = conform(root, targets_shape(), self.known.sources)
        targets, problems = validated_as(Targets, targets_shape(), places.content, places)
        problems = [*places.problems, *problems]
        if targets is None or problems:
            raise InputError(_in_order(problems, read.file))
        baseline = self._beside(targets.baseline)
        resolved = self._baseline(baseline, places, problems)
        other = self._other(targets, places, problems)
        checks = ParameterChecks(
            targets,
            places,
            self.known.sources,
            resolved,
            other=None if other is None else other.targets,
            baseline_file=baseline.as_posix(),
            other_file="" if other is None else other.name,
        )
        problems += checks.faults()
        problems += FigureChecks(targets, places, self.known.figures, resolved).faults()
        over_window = None if resolved is None else self._over_window(targets, baseline, places, problems)
        if problems or resolved is None or over_window is None:
            raise InputError(_in_order(problems, read.file))
        return TargetsFile(targets, read.file, read, places, baseline, resolved, over_window, other)

    def _beside(self, name: str) -> FilePath:
        return FilePath(os.path.normpath(self.path.parent / name))

    def _baseline(self, file: FilePath, places: Conformed, problems: list[Problem]) -> ResolvedScenario | None:
        try:
            read_bytes(file, places.place(("baseline",)))
            return load_scenario(file, known_sources=self.known.sources)
        except InputError as error:
            problems.extend(_blamed(error, places, ("baseline",)))
        return None

    def _over_window(
        self, targets: Targets, file: FilePath, places: Conformed, problems: list[Problem]
    ) -> ResolvedScenario | None:
        """The baseline loaded again: which holidays it needs hangs on the span."""
        window = targets.window
        settings = (
            f"horizon.warmup_years={window.warmup_years}",
            f"horizon.cohort_years={window.record_years}",
            f"horizon.follow_days={window.follow_days}",
        )
        try:
            return load_scenario(file, settings=settings, known_sources=self.known.sources)
        except InputError as error:
            problems.extend(_at(problem, places.key_place(("window",)), ("window",)) for problem in error.problems)
        return None

    def _other(self, targets: Targets, places: Conformed, problems: list[Problem]) -> TargetsFile | None:
        """The file whose posterior is taken over, which must itself be fitted."""
        if targets.transferred_from is None:
            return None
        where: Path = ("transferred_from", "file")
        file = self._beside(targets.transferred_from.file)
        try:
            read_bytes(file, places.place(where))
            root, _ = read_scenario_file(file)
            if is_targets(root) and "transferred_from" in root.entries:
                problems.append(fault("transfer_of_transfer", places.place(where), where, name=file.as_posix()))
                return None
            return replace(self, path=file).read()
        except InputError as error:
            problems.extend(_blamed(error, places, where))
        return None


def _blamed(error: InputError, places: Conformed, where: Path) -> list[Problem]:
    """Report what a file as a whole is not at the place that names it."""
    return [_at(problem, places.place(where), where) if problem.line == 0 else problem for problem in error.problems]


def _at(problem: Problem, place: Place, where: Path) -> Problem:
    return replace(problem, file=place.file, line=place.line, column=place.column, path=dotted(where))


def _in_order(problems: list[Problem], file: str) -> list[Problem]:
    """Each once, those of the file itself first."""
    unique = [problem for number, problem in enumerate(problems) if problem not in problems[:number]]
    return sorted(unique, key=lambda problem: (problem.file != file, problem.file, problem.line, problem.column))
