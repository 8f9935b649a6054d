"""Quantity records: a number with its basis, source and range."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, Literal, get_args

from sim.errors import Problem
from sim.specification.faults import fault, found_text
from sim.specification.shape import LeafShape
from sim.specification.suggestions import nearest
from sim.specification.tree import Mapping, Node, Path, Place, Scalar, Sequence, plain_value

Basis = Literal["reported", "fitted", "transferred", "literature", "assumed"]

BASES: Final[tuple[str, ...]] = get_args(Basis)
RECORD_KEYS: Final = ("value", "basis", "source", "range")
CITATION: Final = "citation:"
_NEEDS_SOURCE: Final = ("reported", "fitted", "transferred", "literature")


@dataclass(frozen=True, slots=True)
class Record:
    """What a quantity record says beside its value."""

    basis: Basis
    source: str | None
    range: tuple[float, float] | None


def read_record(
    node: Mapping, leaf: LeafShape, path: Path, place: Place, known_sources: frozenset[str] | None
) -> tuple[Node | None, Record | None, list[Problem]]:
    """Return a record's value (None if it has none), what it says beside it (None if that is faulty), and its faults.

    `place` is where faults of the record as a whole are reported: the key it stands under.
    """
    right, problems = put_right(node, RECORD_KEYS, path)
    entries = right.entries
    for key in ("value", "basis"):
        if key not in entries:
            allowed = BASES if key == "basis" else ()
            problems.append(fault("missing_key", place, (*path, key), key=key, allowed=allowed))
    value = entries.get("value")
    basis, source = entries.get("basis"), entries.get("source")
    if basis is not None:
        problems.extend(_basis_faults(basis, path))
    if source is not None:
        problems.extend(source_faults(source, path, known_sources))
    elif isinstance(basis, Scalar) and basis.value in _NEEDS_SOURCE:
        problems.append(fault("record_source_missing", place, path, basis=basis.value))
    low_high = None
    if "range" in entries:
        low_high, range_problems = _range(entries["range"], value, leaf, path)
        problems.extend(range_problems)
    if problems or value is None:
        return value, None, problems
    said = plain_value(source) if source is not None else None
    return value, Record(_known_basis(basis), None if said is None else str(said), low_high), []


def put_right(node: Mapping, keys: Iterable[str], path: Path) -> tuple[Mapping, list[Problem]]:
    """Return a block that is to have fixed keys with its misspelt keys put right, and a fault for each unknown key.

    A key is put right where a near key is missing, so that one misspelling is one fault; else it is left out.
    """
    allowed = tuple(keys)
    entries = {key: child for key, child in node.entries.items() if key in allowed}
    places = {key: node.key_places[key] for key in entries}
    problems = []
    for key, child in node.entries.items():
        if key in allowed:
            continue
        meant = nearest(key, (name for name in allowed if name not in entries))
        suggestion = meant or nearest(key, allowed)
        place, where = node.key_places[key], (*path, key)
        problems.append(fault("unknown_key", place, where, key=found_text(key), allowed=allowed, suggestion=suggestion))
        if meant:
            entries[meant], places[meant] = child, place
    return replace(node, entries=entries, key_places=places), problems


def _known_basis(node: Node | None) -> Basis:
    said = node.value if isinstance(node, Scalar) else None
    return next(basis for basis in get_args(Basis) if basis == said)


def _basis_faults(node: Node, path: Path) -> list[Problem]:
    said = plain_value(node)
    if said in BASES:
        return []
    where = (*path, "basis")
    if said is None:
        return [fault("empty_value", node.place, where, expected="choice")]
    found, suggestion = found_text(said), nearest(said, BASES)
    return [fault("not_one_of", node.place, where, found=found, allowed=BASES, suggestion=suggestion)]


def source_faults(node: Node, path: Path, known_sources: frozenset[str] | None) -> list[Problem]:
    """Check the source of what stands at a path: ids of the ledger or citations; any id where none are known."""
    said = plain_value(node)
    where = (*path, "source")
    if not isinstance(said, str):
        return [fault("not_text", node.place, where, found=found_text(said))]
    if not said.strip():
        return [fault("text_empty", node.place, where)]
    return [
        fault("unknown_source", node.place, where, found=found_text(name), suggestion=nearest(name, sorted(known)))
        for known in (known_sources,)
        if known is not None
        for name in _unknown_sources(said, known)
    ]


def _unknown_sources(said: str, known: frozenset[str]) -> list[str]:
    """List what is neither a known id nor a citation; a citation may itself contain semicolons."""
    unknown, in_citation = [], False
    for name in (part.strip() for part in said.split(";")):
        if name.startswith(CITATION):
            in_citation = bool(name.removeprefix(CITATION).strip())
            if not in_citation:
                unknown.append(name)
        elif name in known:
            in_citation = False
        elif not in_citation:
            unknown.append(name)
    return unknown


def _range(
    node: Node, value: Node | None, leaf: LeafShape, path: Path
) -> tuple[tuple[float, float] | None, list[Problem]]:
    where = (*path, "range")
    if isinstance(value, Sequence):
        return None, [fault("record_range_of_list", node.place, where)]
    ends = plain_value(node)
    if not (isinstance(ends, list) and len(ends) == 2 and all(is_number(end) for end in ends) and ends[0] <= ends[1]):
        return None, [fault("record_range_invalid", node.place, where, found=_range_text(ends))]
    low, high = ends
    assert isinstance(node, Sequence)
    problems = [
        problem
        for end, item in zip(ends, node.items, strict=True)
        for problem in bound_faults(end, leaf, item.place, where)
    ]
    centre = plain_value(value) if value is not None else None
    if isinstance(centre, int | float) and is_number(centre) and not low <= centre <= high:
        problems.append(fault("record_value_outside_range", node.place, where, found=centre, low=low, high=high))
    return (low, high), problems


def bound_faults(value: float, leaf: LeafShape, place: Place, path: Path) -> list[Problem]:
    """Check a number against the bounds and the kind of its key; for numbers that pydantic does not see."""
    bounds = leaf.bounds
    if leaf.kind == "count" and not isinstance(value, int):
        return [fault("not_a_whole_number", place, path, found=value, unit="")]
    if bounds.minimum is not None and value < bounds.minimum:
        return [fault("below_minimum", place, path, found=value, minimum=bounds.minimum, unit="")]
    if bounds.above is not None and value <= bounds.above:
        return [fault("not_above", place, path, found=value, bound=bounds.above, unit="")]
    if bounds.maximum is not None and value > bounds.maximum:
        return [fault("above_maximum", place, path, found=value, maximum=bounds.maximum, unit="")]
    if bounds.below is not None and value >= bounds.below:
        return [fault("not_below", place, path, found=value, bound=bounds.below, unit="")]
    return []


def is_number(value: object) -> bool:
    """Whether a value is a finite number (true and false are none)."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _range_text(ends: object) -> str:
    return f"[{', '.join(found_text(end) for end in ends)}]"[:60] if isinstance(ends, list) else found_text(ends)
