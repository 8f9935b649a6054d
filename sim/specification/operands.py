"""The numbers of changes: a factor, an amount or a share, plain or as a record, and amounts per unit of a tier."""

from collections.abc import Sequence as AbstractSequence
from pathlib import Path as FilePath
from typing import Final

from sim.errors import InputError
from sim.specification.faults import fault, found_text
from sim.specification.records import is_number, read_record
from sim.specification.shape import Bounds, LeafShape
from sim.specification.suggestions import nearest
from sim.specification.tree import OPTION, Mapping, Node, Path, Scalar, child, node_at, plain_value
from sim.specification.units_file import read_units_file

RESIDENT: Final = "resident"
"""Instead of a tier: per person who lives in the place."""

_NUMBER: Final = LeafShape("number")
_SHARE: Final = LeafShape("number", bounds=Bounds(minimum=0, maximum=1))


def check_operand(node: Node, path: Path, *, is_share: bool) -> None:
    """Raise InputError unless a number or a record of one stands here; a source is checked where the result stands."""
    if isinstance(node, Mapping):
        _, _, problems = read_record(node, _SHARE if is_share else _NUMBER, path, node.place, None)
        if problems:
            raise InputError(problems)
    number = plain_value(without_record(node))
    if not (isinstance(number, int | float) and is_number(number)):
        raise InputError([fault("not_a_number", node.place, path, found=found_text(number), unit="")])
    if is_share and number > 1:
        raise InputError([fault("above_maximum", node.place, path, found=number, maximum=1, unit="share")])
    if is_share and number < 0:
        raise InputError([fault("below_minimum", node.place, path, found=number, minimum=0, unit="share")])


def without_record(node: Node) -> Node:
    """Return the value of a record, or the node itself where it is none."""
    return node.entries["value"] if isinstance(node, Mapping) and "value" in node.entries else node


def number_of(node: Node) -> int | float:
    """Return a checked operand as a number."""
    value = plain_value(without_record(node))
    assert isinstance(value, int | float)
    return value


def with_number(node: Node, number: float) -> Node:
    """Return an operand with another number and the same source."""
    scalar = Scalar(number, without_record(node).place)
    return node.with_entry("value", scalar, node.key_places["value"]) if isinstance(node, Mapping) else scalar


def units_to_count(root: Mapping, per: Node, path: Path) -> int:
    """Return how many units of the named tier (or residents) a place has; InputError where it says nothing of them."""
    wanted = plain_value(per)
    units = node_at(root, ("units",))
    kind = plain_value(child(units, "by") or per) if units is not None else None
    count = _residents(units, kind) if wanted == RESIDENT else _units(units, kind, wanted)
    if count is not None:
        return count
    tiers = node_at(root, ("tiers",))
    known = (*(tiers.entries if isinstance(tiers, Mapping) else ()), RESIDENT)
    found, suggestion = found_text(wanted), nearest(str(wanted), known)
    raise InputError([fault("not_one_of", per.place, path, found=found, allowed=known, suggestion=suggestion)])


def _units(units: Node | None, kind: object, tier: object) -> int | None:
    if kind == "count":
        node = node_at(units, ("counts", str(tier))) if units is not None else None
        number = plain_value(without_record(node)) if node is not None else None
        return number if isinstance(number, int) else None
    found = sum(row.get("tier") == tier for row in _rows(units))
    return found or None


def _residents(units: Node | None, kind: object) -> int | None:
    if kind == "count":
        node = child(units, "population_persons") if units is not None else None
        number = plain_value(without_record(node)) if node is not None else None
        return number if isinstance(number, int) else None
    rows = _rows(units)
    parents = {row.get("parent_id") for row in rows}
    persons = [row.get("population_persons", 0) for row in rows if row.get("unit_id") not in parents]
    return sum(number for number in persons if isinstance(number, int)) or None


def _rows(units: Node | None) -> AbstractSequence[dict[str, object]]:
    """Return the units row by row, out of the file if they are in one."""
    if not isinstance(units, Mapping):
        return ()
    path = units.entries.get("path")
    if isinstance(path, Scalar) and isinstance(path.value, str):
        named_in = FilePath() if path.place.file.startswith(f"{OPTION} ") else FilePath(path.place.file).parent
        return read_units_file(named_in / path.value, path.place).rows
    rows = plain_value(units.entries["rows"]) if "rows" in units.entries else []
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else ()
