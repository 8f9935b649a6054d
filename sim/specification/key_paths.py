"""Paths as users write them in changes and settings: `tiers[kind=town].gap_days.mean_days`, `staff_groups[*].posts`.

A path is keys joined by dots. After a key, `[key=value]` keeps the entries in which a key has a value; the key may
follow an id one step further, as in `staff_groups[tier.kind=town]`; several `[…]` must all hold; `[*]` keeps every
entry. List items are given by number, from 0.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sim.errors import InputError, Problem
from sim.specification.faults import fault, found_text
from sim.specification.shape import (
    BlockShape,
    DictShape,
    LeafShape,
    ListShape,
    Shape,
    UnionShape,
    known_keys,
    scenario_shape,
)
from sim.specification.suggestions import nearest
from sim.specification.tree import Mapping, Node, Path, Place, Scalar, Sequence, child, node_at, plain_value
from sim.specification.yaml_tree import plain_scalar

_STEP = re.compile(r"([A-Za-z0-9_\-]+)((?:\[[^\[\]]*\])*)")
_SELECTOR = re.compile(r"\[([^\[\]]*)\]")


@dataclass(frozen=True, slots=True)
class Selector:
    """Keeps entries: `keys` lead to a value that must read `value`; no keys keep all."""

    keys: tuple[str, ...]
    value: str
    text: str


@dataclass(frozen=True, slots=True)
class Step:
    """One key of a path, the selectors after it, and where it starts in the text."""

    key: str
    selectors: tuple[Selector, ...]
    offset: int


@dataclass(frozen=True, slots=True)
class KeyPath:
    """A path as written, with its place; `in_option` places count within the text, for `--set`."""

    steps: tuple[Step, ...]
    text: str
    place: Place
    in_option: bool = False

    def place_of(self, step: Step) -> Place:
        """Return where a step stands; in a file, where the path starts."""
        shift = step.offset if self.in_option else 0
        return Place(self.place.file, self.place.line, self.place.column + shift)


def parse_key_path(text: str, place: Place, *, in_option: bool = False) -> KeyPath:
    """Take a written path apart; InputError where it cannot be one."""
    steps, position = [], 0
    while True:
        match = _STEP.match(text, position)
        if match is None:
            raise InputError([_syntax(text, place, position if in_option else 0)])
        selectors = tuple(_selector(found, text, place) for found in _SELECTOR.findall(match[2]))
        steps.append(Step(match[1], selectors, position))
        position = match.end()
        if position == len(text):
            return KeyPath(tuple(steps), text, place, in_option)
        if text[position] != ".":
            raise InputError([_syntax(text, place, position if in_option else 0)])
        position += 1


def _syntax(text: str, place: Place, shift: int) -> Problem:
    return fault("path_syntax", Place(place.file, place.line, place.column + shift), found=found_text(text))


def _selector(inside: str, text: str, place: Place) -> Selector:
    if inside == "*":
        return Selector((), "", "[*]")
    keys, equals, value = inside.partition("=")
    if not (equals and keys.strip() and value.strip()):
        raise InputError([_syntax(text, place, 0)])
    return Selector(tuple(keys.strip().split(".")), value.strip(), f"[{inside}]")


def existing_paths(root: Mapping, written: KeyPath) -> list[Path]:
    """List the paths that exist in a tree, in file order; InputError with a suggestion where none does."""
    return _walked(root, written, written.steps)


def settable_paths(root: Mapping, written: KeyPath) -> list[Path]:
    """List the paths that a change may set: the last key may be new where the schema knows it or ids are free."""
    *before, last = written.steps
    paths = []
    for parent in _walked(root, written, before):
        node = node_at(root, parent)
        if last.selectors or not isinstance(node, Mapping) or last.key in node.entries:
            paths.extend(_below(root, parent, last, written))
        else:
            _check_new_key(node, shape_at(root, parent), last, parent, written)
            paths.append((*parent, last.key))
    return paths


def _walked(root: Mapping, written: KeyPath, steps: Iterable[Step]) -> list[Path]:
    """Follow steps from the root; where selectors keep several entries, those that lack a later key are left out."""
    paths: list[Path] = [()]
    for step in steps:
        found: list[Path] = []
        failures = []
        for path in paths:
            try:
                found.extend(_below(root, path, step, written))
            except InputError as error:
                failures.append(error)
        if not found:
            raise failures[0]
        paths = found
    return paths


def _check_new_key(node: Mapping, shape: Shape | None, last: Step, parent: Path, written: KeyPath) -> None:
    known = tuple(known_keys(shape))
    if not isinstance(shape, DictShape) and last.key not in known:
        raise InputError([_unknown(node, known, last, parent, written)])


def _below(root: Mapping, path: Path, step: Step, written: KeyPath) -> list[Path]:
    node = node_at(root, path)
    assert node is not None
    key: str | int = int(step.key) if isinstance(node, Sequence) and step.key.isdecimal() else step.key
    found = child(node, key)
    if found is None or (isinstance(found, Scalar) and found.value is None):
        raise InputError([_unknown(node, _keys_of(node), step, path, written)])
    paths: list[Path] = [(*path, key)]
    if step.selectors:
        paths = [(*path, key, name) for name in _entry_names(found)]
    for selector in step.selectors:
        kept = [entry for entry in paths if _holds(root, entry, selector)]
        if not kept:
            raise InputError([_no_match(root, paths, selector, found, step, written)])
        paths = kept
    return paths


def _keys_of(node: Node) -> tuple[str, ...]:
    return tuple(node.entries) if isinstance(node, Mapping) else ()


def _entry_names(node: Node | None) -> list[str | int]:
    if isinstance(node, Mapping):
        return list(node.entries)
    return list(range(len(node.items))) if isinstance(node, Sequence) else []


def _holds(root: Mapping, entry: Path, selector: Selector) -> bool:
    return not selector.keys or _selected_value(root, entry, selector) == plain_scalar(selector.value)


def _selected_value(root: Mapping, entry: Path, selector: Selector) -> object:
    """Follow the selector's keys; where one leads to an id (of a tier, say), the next is looked up there."""
    node = node_at(root, entry)
    for position, key in enumerate(selector.keys):
        if position > 0 and isinstance(node, Scalar):
            referred = f"{selector.keys[position - 1]}s"
            node = node_at(root, (referred, str(node.value)))
        node = None if node is None else child(node, key)
    return plain_value(node) if node is not None else None


def _unknown(node: Node, known: tuple[str, ...], step: Step, path: Path, written: KeyPath) -> Problem:
    key, suggestion = found_text(step.key), nearest(step.key, known)
    return fault(
        "path_unknown",
        written.place_of(step),
        (*path, step.key),
        key=key,
        in_file=node.place.file,
        allowed=known[:20],
        suggestion=suggestion,
    )


def _no_match(
    root: Mapping, entries: list[Path], selector: Selector, node: Node, step: Step, written: KeyPath
) -> Problem:
    values = [found_text(_selected_value(root, entry, selector)) for entry in entries]
    known = tuple(dict.fromkeys(value for value in values if value))
    return fault(
        "path_no_match",
        written.place_of(step),
        (step.key,),
        selector=selector.text,
        in_file=node.place.file,
        allowed=known[:20],
        suggestion=nearest(selector.value, known),
    )


def shape_at(root: Mapping, path: Path) -> Shape | None:
    """Return the shape of what stands (or may stand) at a path of a tree; None below a single value."""
    shape: Shape | None = scenario_shape()
    node: Node | None = root
    for key in path:
        match shape:
            case BlockShape():
                below = shape.fields.get(str(key))
                shape = below.shape if below else None
            case UnionShape():
                kind = child(node, shape.discriminator) if node is not None else None
                member = shape.member_of({shape.discriminator: plain_value(kind)}) if kind is not None else None
                below = (member.fields if member else shape.all_fields).get(str(key))
                shape = below.shape if below else None
            case DictShape() | ListShape():
                shape = shape.item
            case LeafShape() | None:
                return None
        node = None if node is None else child(node, key)
    return shape
