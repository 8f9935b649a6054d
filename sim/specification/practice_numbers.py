"""The numbers that an overlay states, one by one, with what they do and on what they rest."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Literal

from sim.specification.layering import FILE_KEYS
from sim.specification.reading import read_scenario_file
from sim.specification.tree import Mapping, Node, Sequence, dotted, plain_value

StatedOperation = Literal["is", "scale", "add", "add_per", "move", "set"]


@dataclass(frozen=True, slots=True)
class StatedNumber:
    """A number of an overlay: where it goes, how it is used, and its record; `per` names what an amount is for."""

    path: str
    operation: StatedOperation
    text: str
    basis: str
    source: str
    range: tuple[float, float] | None
    per: str = ""


def stated_numbers(file: FilePath) -> list[StatedNumber]:
    """List the numbers of an overlay's own file in its order, without those of what it extends."""
    root, _ = read_scenario_file(file)
    own = root.without(*FILE_KEYS)
    changes = root.entries.get("changes")
    items = changes.items if isinstance(changes, Sequence) else ()
    return [*_in_tree(own, (), "is"), *(number for item in items for number in _in_change(item))]


def _in_change(item: Node) -> Iterator[StatedNumber]:
    if not isinstance(item, Mapping):
        return
    for operation, content in item.entries.items():
        if operation not in ("scale", "add", "move", "set") or not isinstance(content, Mapping):
            continue
        entries = {key: plain_value(node) for key, node in content.entries.items()}
        path = entries.get("path", f"{entries.get('from')} → {entries.get('to')}")
        per = str(entries.get("per", ""))
        operand = next(iter(key for key in ("factor", "amount", "share", "value") if key in entries), "")
        if operand:
            name: StatedOperation = "add_per" if per else operation  # type: ignore[assignment]
            yield from _in_tree(content.entries[operand], (str(path),), name, per)


def _in_tree(node: Node, path: tuple[str, ...], operation: StatedOperation, per: str = "") -> Iterator[StatedNumber]:
    if not isinstance(node, Mapping):
        return
    if {"value", "basis"} <= node.entries.keys():
        record = {key: plain_value(below) for key, below in node.entries.items()}
        ends = record.get("range")
        low_high = (float(ends[0]), float(ends[1])) if isinstance(ends, list) else None
        text = str(record["value"])
        yield StatedNumber(
            dotted(path), operation, text, str(record["basis"]), str(record.get("source", "")), low_high, per
        )
        return
    for key, below in node.entries.items():
        yield from _in_tree(below, (*path, key), operation, per)
