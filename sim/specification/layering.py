"""Lays files, overlays and settings over each other into one tree that still knows where everything stands."""

import os.path
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Final

from sim.errors import InputError, Problem
from sim.specification.changes import Change, Step, applied, read_changes
from sim.specification.conflicts import conflicts
from sim.specification.derivation import DerivationRecorder
from sim.specification.faults import fault, found_text
from sim.specification.merging import Merge
from sim.specification.practice import WrittenPractice
from sim.specification.reading import FileRead, is_nation, is_study, is_targets, read_scenario_file
from sim.specification.records import put_right
from sim.specification.settings import read_setting
from sim.specification.shape import scenario_shape
from sim.specification.tree import Mapping, Node, Path, Place, Scalar, plain_value
from sim.specification.tree import Sequence as TreeSequence

MAXIMUM_EXTENDS: Final = 10
FILE_KEYS: Final = ("extends", "changes", "derivation", "practice")
"""Keys of a file that are no part of the scenario itself."""


@dataclass(frozen=True, slots=True)
class ScenarioFile:
    """One file taken apart: its own keys, what it extends and its changes."""

    name: str
    own: Mapping
    extends: tuple[tuple[FilePath, Place], ...]
    changes: Node | None
    derivation: Node | None
    practice: WrittenPractice | None
    is_complete: bool
    """Whether it is a scenario by itself rather than an overlay: it has tiers, extends nothing and is no practice."""


@dataclass(slots=True)
class Layers:
    """The tree so far, the files read, and what was wrong."""

    root: Mapping | None = None
    files: list[FileRead] = field(default_factory=list)
    laid: dict[str, int] = field(default_factory=dict)
    """Files by name, numbered from the baseline up; a file is read before what it extends."""
    taken: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    recorder: DerivationRecorder = field(default_factory=DerivationRecorder)
    derivation: Node | None = None
    practices: list[WrittenPractice] = field(default_factory=list)
    removed: dict[Path, Place] = field(default_factory=dict)
    """Where overlays and settings take keys away."""

    def note(self, before: Mapping, steps: Sequence[Step], after: Mapping) -> None:
        """Note steps for the derivation, and what they take away."""
        self.recorder.note(before, steps, after)
        for step in steps:
            if isinstance(step.value, Scalar) and step.value.value is None:
                self.removed[step.path] = step.place


def layered(
    path: FilePath, overlays: Sequence[FilePath] = (), settings: Sequence[str] = (), changes: Sequence[Change] = ()
) -> Layers:
    """Read a scenario with what it extends, then overlays side by side, then changes and settings in order.

    Faults of single changes are collected in `problems`; InputError where a file cannot be read at all.
    """
    layers = Layers()
    _take_scenario(layers, path, None, ())
    steps = [_take_overlay(layers, overlay, None, ()) for overlay in overlays]
    layers.problems.extend(conflicts(steps))
    _apply(layers, changes)
    for setting in settings:
        change, problems = read_setting(setting)
        layers.problems.extend(problems)
        if change is not None:
            _apply(layers, [change])
    return layers


def read_file(layers: Layers, path: FilePath, blame: Place | None) -> ScenarioFile:
    """Read one file and take it apart; its misspelt top keys are put right and reported."""
    root, read = read_scenario_file(path, blame)
    if is_study(root):
        raise InputError([*layers.problems, fault("file_is_study", blame or Place(read.file, 0, 0))])
    if is_nation(root):
        raise InputError([*layers.problems, fault("file_is_nation", blame or Place(read.file, 0, 0))])
    if is_targets(root):
        raise InputError([*layers.problems, fault("file_is_targets", blame or Place(read.file, 0, 0))])
    layers.files.append(read)
    layers.taken[_identity(path)] = read.file
    right, problems = put_right(root, (*scenario_shape().fields, *FILE_KEYS), ())
    layers.problems.extend(problems)
    extends, problems = _extended(right.entries.get("extends"), path)
    if problems:
        raise InputError([*layers.problems, *problems])
    entries, own = right.entries, right.without(*FILE_KEYS)
    block, practice = entries.get("practice"), None
    if block is not None:
        practice = WrittenPractice(block, right.key_places["practice"], own, entries.get("changes"))
    return ScenarioFile(
        name=read.file,
        own=own,
        extends=extends,
        changes=entries.get("changes"),
        derivation=entries.get("derivation"),
        practice=practice,
        is_complete="tiers" in entries and not {"extends", "practice"} & entries.keys(),
    )


def is_overlay(file: ScenarioFile, chain: tuple[str, ...] = ()) -> bool:
    """Whether a file is an overlay only: it has neither tiers nor a schema version, nor has what it extends first.

    InputError where a file that it extends cannot be read.
    """
    if file.is_complete or "schema_version" in file.own.entries:
        return False
    if not file.extends:
        return True
    first, place = file.extends[0]
    chain = _checked_chain(first, place, chain)
    return is_overlay(read_file(Layers(), first, place), chain)


def is_overlay_file(path: FilePath) -> bool:
    """Read a file and say whether it is an overlay only; InputError where it cannot be read."""
    return is_overlay(read_file(Layers(), path, None))


def _identity(path: FilePath) -> str:
    try:
        return os.path.realpath(path)
    except (OSError, ValueError):
        return path.as_posix()  # no file has this name: reading it says so


def _extended(node: Node | None, path: FilePath) -> tuple[tuple[tuple[FilePath, Place], ...], list[Problem]]:
    if node is None:
        return (), []
    items = node.items if isinstance(node, TreeSequence) else (node,)
    files, problems = [], []
    for item in items:
        name = plain_value(item)
        if isinstance(item, Scalar) and isinstance(name, str) and name:
            files.append((FilePath(os.path.normpath(path.parent / name)), item.place))
        else:
            problems.append(fault("extends_invalid", item.place, ("extends",), found=found_text(name)))
    if not items:
        problems.append(fault("extends_invalid", node.place, ("extends",), found="[]"))
    return tuple(files), problems


def _take_scenario(layers: Layers, path: FilePath, blame: Place | None, chain: tuple[str, ...]) -> list[Step]:
    """Take a file that must lead down to a complete scenario; returns what it and its overlays changed."""
    chain = _checked_chain(path, blame, chain)
    file = read_file(layers, path, blame)
    if not file.extends:
        if is_overlay(file):
            raise InputError([*layers.problems, fault("scenario_is_overlay", blame or Place(file.name, 0, 0))])
        layers.root, layers.derivation = file.own, file.derivation
        layers.laid[file.name] = 0
        _apply_list(layers, file, recorded=False)
        return []
    (base, base_place), *others = file.extends
    _take_scenario(layers, base, base_place, chain)
    steps = [_take_overlay(layers, other, place, chain) for other, place in others]
    layers.problems.extend(conflicts(steps))
    laid = _lay(layers, file)
    if "place" in file.own.entries:
        # A file that names its place is a baseline: policies start from what it states over a shared base.
        layers.recorder, layers.derivation = DerivationRecorder(), None
    return laid


def _take_overlay(layers: Layers, path: FilePath, blame: Place | None, chain: tuple[str, ...]) -> list[Step]:
    """Lay an overlay over the tree. What it extends is taken first, unless the tree has it already."""
    chain = _checked_chain(path, blame, chain)
    if _identity(path) in layers.taken:
        return []
    file = read_file(layers, path, blame)
    parts: list[list[Step]] = []
    if file.is_complete and "schema_version" in file.own.entries:
        place = blame or Place(file.name, 0, 0)
        layers.problems.append(fault("overlay_is_complete_scenario", place))
        return []
    for extended, place in file.extends:
        if _identity(extended) in layers.taken:
            continue  # what the tree already has is not taken twice
        if _leads_to_a_scenario(extended, place, chain):
            base = layers.root.place.file if layers.root else ""
            problem = fault("extends_other_base", place, ("extends",), extended=extended.as_posix(), base=base)
            layers.problems.append(problem)
        else:
            parts.append(_take_overlay(layers, extended, place, chain))
    layers.problems.extend(conflicts(parts))
    return [*(step for steps in parts for step in steps), *_lay(layers, file)]


def _leads_to_a_scenario(path: FilePath, blame: Place, chain: tuple[str, ...]) -> bool:
    chain = _checked_chain(path, blame, chain)
    return not is_overlay(read_file(Layers(), path, blame), chain)


def _checked_chain(path: FilePath, blame: Place | None, chain: tuple[str, ...]) -> tuple[str, ...]:
    """Return the chain of extending files with this one; InputError at a cycle or too long a chain."""
    name, place = _identity(path), blame or Place(path.as_posix(), 1, 1)
    if name in chain:
        shown = [FilePath(link).name for link in (*chain[chain.index(name) :], name)]
        raise InputError([fault("extends_cycle", place, ("extends",), chain=" → ".join(shown))])
    if len(chain) > MAXIMUM_EXTENDS:
        raise InputError([fault("extends_too_deep", place, ("extends",), maximum=MAXIMUM_EXTENDS)])
    return (*chain, name)


def _lay(layers: Layers, file: ScenarioFile) -> list[Step]:
    assert layers.root is not None
    merge = Merge()
    before = layers.root
    layers.laid[file.name] = len(layers.laid)
    if file.practice is not None:
        layers.practices.append(file.practice)
    layers.root = merge.block(before, file.own, scenario_shape(), ())
    layers.problems.extend(merge.problems)
    layers.note(before, merge.steps, layers.root)
    return [*merge.steps, *_apply_list(layers, file, recorded=True)]


def _apply_list(layers: Layers, file: ScenarioFile, *, recorded: bool) -> list[Step]:
    if file.changes is None:
        return []
    changes, problems = read_changes(file.changes)
    layers.problems.extend(problems)
    return _apply(layers, changes, recorded=recorded)


def _apply(layers: Layers, changes: Sequence[Change], *, recorded: bool = True) -> list[Step]:
    done: list[Step] = []
    for change in changes:
        before = layers.root
        assert before is not None
        try:
            layers.root, steps = applied(before, change)
        except InputError as error:
            layers.problems.extend(error.problems)
            continue
        if recorded:
            layers.note(before, steps, layers.root)
        done.extend(steps)
    return done
