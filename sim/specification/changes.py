"""The `changes` of an overlay, in order: set, scale, add, append and move."""

from collections.abc import Callable
from collections.abc import Mapping as AbstractMapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final, Literal

from sim.errors import InputError, Problem
from sim.specification.faults import fault, found_text
from sim.specification.key_paths import KeyPath, existing_paths, parse_key_path, settable_paths, shape_at
from sim.specification.operands import check_operand, number_of, units_to_count, with_number, without_record
from sim.specification.records import is_number, put_right
from sim.specification.shape import LeafShape, is_removable
from sim.specification.suggestions import nearest
from sim.specification.tree import (
    Mapping,
    Node,
    Path,
    Place,
    Scalar,
    Sequence,
    node_at,
    plain_value,
    with_node_at,
    without_node_at,
)

Operation = Literal["set", "scale", "add", "append", "move"]

OPERATION_KEYS: Final[AbstractMapping[Operation, tuple[str, ...]]] = {
    "set": ("path", "value"),
    "scale": ("path", "factor"),
    "add": ("path", "amount"),
    "append": ("path", "value"),
    "move": ("from", "to", "share"),
}

PER: Final = "per"
"""The key of an addition that may be left out."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change as written; `path` of a move is where it takes from, `to` where it goes.

    `value` is the node of value, factor, amount or share; `place` is that of the operation's name; `per` names the
    tier (or `resident`) for each of whose units an amount is added.
    """

    operation: Operation
    path: KeyPath
    value: Node
    place: Place
    to: KeyPath | None = None
    per: Node | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One change as applied to one path (two for a move), for finding conflicts and for replaying."""

    operation: Operation
    path: Path
    value: Node
    place: Place
    to: Path | None = None


def read_changes(node: Node) -> tuple[list[Change], list[Problem]]:
    """Read a `changes` list; faulty items are reported and left out."""
    if not isinstance(node, Sequence):
        return [], [fault("not_a_list", node.place, ("changes",), found=found_text(plain_value(node)))]
    changes: list[Change] = []
    problems: list[Problem] = []
    for index, item in enumerate(node.items):
        try:
            changes.append(_read_change(item, ("changes", index)))
        except InputError as error:
            problems.extend(error.problems)
    return changes, problems


def _read_change(item: Node, path: Path) -> Change:
    operations = tuple(OPERATION_KEYS)
    if not isinstance(item, Mapping) or len(item.entries) != 1:
        raise InputError([fault("change_not_one_operation", item.place, path, allowed=operations)])
    ((name, content),) = item.entries.items()
    place = item.key_places[name]
    operation = next((known for known in operations if known == name), None)
    if operation is None:
        suggestion = nearest(name, operations)
        key = found_text(name)
        raise InputError(
            [fault("unknown_key", place, (*path, name), key=key, allowed=operations, suggestion=suggestion)]
        )
    if not isinstance(content, Mapping):
        raise InputError([fault("not_a_block", place, (*path, name), found=found_text(plain_value(content)))])
    return _filled(operation, content, (*path, name), place)


def _filled(operation: Operation, content: Mapping, path: Path, place: Place) -> Change:
    keys = OPERATION_KEYS[operation]
    right, problems = put_right(content, (*keys, PER) if operation == "add" else keys, path)
    problems += [
        fault("missing_key", place, (*path, key), key=key, allowed=()) for key in keys if key not in right.entries
    ]
    if problems:
        raise InputError(problems)
    paths = [_written_path(right.entries[key], (*path, key)) for key in keys if key in ("path", "from", "to")]
    value = right.entries[keys[-1]]
    if operation in ("scale", "add", "move"):
        check_operand(value, (*path, keys[-1]), is_share=operation == "move")
    to = paths[1] if len(paths) > 1 else None
    return Change(operation, paths[0], value, place, to, right.entries.get(PER))


def _written_path(node: Node, path: Path) -> KeyPath:
    text = plain_value(node)
    if not isinstance(text, str):
        raise InputError([fault("not_text", node.place, path, found=found_text(text))])
    return parse_key_path(text, node.place)


def applied(root: Mapping, change: Change) -> tuple[Mapping, list[Step]]:
    """Return the tree after a change and what was done where; InputError where the tree cannot take it."""
    return _APPLIED[change.operation](root, change)


def _applied_set(root: Mapping, change: Change) -> tuple[Mapping, list[Step]]:
    steps = [Step("set", path, change.value, change.place) for path in settable_paths(root, change.path)]
    for step in steps:
        root = replayed(root, step)
    return root, steps


def _applied_to_numbers(root: Mapping, change: Change) -> tuple[Mapping, list[Step]]:
    steps = []
    for path in existing_paths(root, change.path):
        _check_number(root, path, change.path)
        steps.append(Step(change.operation, path, _amount(root, path, change), change.place))
    for step in steps:
        root = replayed(root, step)
    return root, steps


def _amount(root: Mapping, path: Path, change: Change) -> Node:
    """Return the operand; an amount per unit becomes the amount for all of them, whole where the number is a count."""
    if change.per is None:
        return change.value
    units = units_to_count(root, change.per, ("changes", "add", PER))
    amount = changed_number("scale", number_of(change.value), units, is_count_at(root, path))
    return with_number(change.value, amount)


def _applied_append(root: Mapping, change: Change) -> tuple[Mapping, list[Step]]:
    steps = []
    for path in existing_paths(root, change.path):
        node = _without_record(node_at(root, path))
        if not isinstance(node, Sequence):
            found = found_text(plain_value(node)) if node else ""
            in_file = node.place.file if node else ""
            raise InputError([fault("change_target_not_a_list", change.path.place, path, found=found, in_file=in_file)])
        steps.append(Step("append", path, change.value, change.place))
    for step in steps:
        root = replayed(root, step)
    return root, steps


def _applied_move(root: Mapping, change: Change) -> tuple[Mapping, list[Step]]:
    assert change.to is not None
    ends = []
    for written in (change.path, change.to):
        paths = existing_paths(root, written)
        if len(paths) > 1:
            matches = [".".join(map(str, path)) for path in paths]
            raise InputError([fault("path_many", written.place, paths[0], matches=matches)])
        _check_number(root, paths[0], written)
        if not is_count_at(root, paths[0]) or not isinstance(number_at(root, paths[0]), int):
            raise InputError([fault("move_not_counts", written.place, paths[0])])
        ends.append(paths[0])
    if ends[0] == ends[1]:
        raise InputError([fault("move_to_itself", change.to.place, ends[1])])
    step = Step("move", ends[0], change.value, change.place, to=ends[1])
    return replayed(root, step), [step]


_APPLIED: Final[AbstractMapping[Operation, Callable[[Mapping, Change], tuple[Mapping, list[Step]]]]] = {
    "set": _applied_set,
    "scale": _applied_to_numbers,
    "add": _applied_to_numbers,
    "append": _applied_append,
    "move": _applied_move,
}


def replayed(root: Mapping, step: Step) -> Mapping:
    """Return the tree after a step whose target was found to fit."""
    if step.operation == "set":
        return _set(root, step)
    if step.operation == "append":
        node = _without_record(node_at(root, step.path))
        assert isinstance(node, Sequence)
        return _with(root, step.path, Sequence((*node.items, step.value), node.place), step.place)
    operand = operand_of(step)
    if step.operation != "move":
        is_count = is_count_at(root, step.path)
        return _with_number(
            root, step.path, changed_number(step.operation, _number(root, step.path), operand, is_count), step
        )
    assert step.to is not None
    moved = changed_number("scale", _number(root, step.path), operand, is_count=True)
    root = _with_number(root, step.path, _number(root, step.path) - moved, step)
    return _with_number(root, step.to, _number(root, step.to) + moved, step)


def changed_number(operation: str, number: float, operand: float, is_count: bool) -> int | float:
    """Scale a number or add to it, exactly as the decimals say; a scaled count is rounded half to even."""
    result = _exact(number) * _exact(operand) if operation == "scale" else _exact(number) + _exact(operand)
    if is_count and operation == "scale":
        return round(result)
    return int(result) if is_count and result.denominator == 1 else float(result)


def _set(root: Mapping, step: Step) -> Mapping:
    is_null = isinstance(step.value, Scalar) and step.value.value is None
    if not is_null:
        return _with(root, step.path, step.value, step.place)
    if not is_removable(shape_at(root, step.path[:-1]), step.path[-1]):
        return _with(root, step.path, step.value, step.place)
    present = node_at(root, step.path) is not None
    return _mapping(without_node_at(root, step.path)) if present else root


def _exact(number: float) -> Fraction:
    """Return the decimal number that a person wrote, so that half of it is half."""
    return Fraction(number) if isinstance(number, int) else Fraction(Decimal(repr(number)))


def operand_of(step: Step) -> int | float:
    """Return the factor, amount or share of a step."""
    return number_of(step.value)


def _with_number(root: Mapping, path: Path, number: float, step: Step) -> Mapping:
    """Put a computed number: its basis is `assumed`, its range is gone; a source is that of the operand."""
    place = step.value.place
    entries: dict[str, Node] = {"value": Scalar(number, place), "basis": Scalar("assumed", place)}
    if isinstance(step.value, Mapping) and "source" in step.value.entries:
        entries["source"] = step.value.entries["source"]
    return _with(root, path, Mapping(entries, dict.fromkeys(entries, place), place), step.place)


def _check_number(root: Mapping, path: Path, written: KeyPath) -> int | float:
    number = number_at(root, path)
    if number is not None:
        return number
    node = _without_record(node_at(root, path))
    assert node is not None
    found = found_text(plain_value(node))
    raise InputError([fault("change_target_not_a_number", written.place, path, found=found, in_file=node.place.file)])


def number_at(root: Mapping, path: Path) -> int | float | None:
    """Return the number at a path, out of its record; None where there is none."""
    node = _without_record(node_at(root, path))
    value = plain_value(node) if node is not None else None
    is_leaf = isinstance(shape_at(root, path), LeafShape)
    return value if is_leaf and isinstance(value, int | float) and is_number(value) else None


def _number(root: Mapping, path: Path) -> int | float:
    number = number_at(root, path)
    assert number is not None
    return number


def is_count_at(root: Mapping, path: Path) -> bool:
    """Whether the schema wants a whole number at a path."""
    shape = shape_at(root, path)
    return isinstance(shape, LeafShape) and shape.kind == "count"


def _without_record(node: Node | None) -> Node | None:
    return None if node is None else without_record(node)


def _with(root: Mapping, path: Path, node: Node, key_place: Place) -> Mapping:
    return _mapping(with_node_at(root, path, node, key_place))


def _mapping(node: Node) -> Mapping:
    assert isinstance(node, Mapping)
    return node
