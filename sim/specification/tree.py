"""A scenario file as a tree whose every key and value knows where it stands."""

from collections.abc import Mapping as AbstractMapping
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias

PlainScalar: TypeAlias = str | int | float | bool | None
Path: TypeAlias = tuple[str | int, ...]
"""Keys and list indices from the root."""

OPTION: Final = "--set"
"""The `file` of a place in an option starts with it."""


@dataclass(frozen=True, slots=True)
class Place:
    """A position in a file or in an option, 1-based."""

    file: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value."""

    value: PlainScalar
    place: Place


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple["Node", ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Mapping:
    """A block: keys in file order; `key_places` has the place of every key."""

    entries: AbstractMapping[str, "Node"]
    key_places: AbstractMapping[str, Place]
    place: Place = field(default=Place("", 1, 1))

    def with_entry(self, key: str, node: "Node", key_place: Place) -> "Mapping":
        """Return a copy in which `key` has this node; a new key comes last, a known key keeps its turn."""
        return replace(self, entries={**self.entries, key: node}, key_places={**self.key_places, key: key_place})

    def without(self, *keys: str) -> "Mapping":
        """Return a copy without some keys."""
        return replace(
            self,
            entries={key: node for key, node in self.entries.items() if key not in keys},
            key_places={key: place for key, place in self.key_places.items() if key not in keys},
        )


Node: TypeAlias = Scalar | Sequence | Mapping


def dotted(path: Path) -> str:
    """Write a path as users type it: `staff_groups.town_cadres.posts`."""
    return ".".join(str(part) for part in path)


def plain_value(node: Node) -> object:
    """Return the node's content as dictionaries, lists and scalars."""
    match node:
        case Scalar():
            return node.value
        case Sequence():
            return [plain_value(item) for item in node.items]
        case Mapping():
            return {key: plain_value(child) for key, child in node.entries.items()}


def child(node: Node, key: str | int) -> Node | None:
    """Return the node below `key`, or None."""
    if isinstance(node, Mapping):
        return node.entries.get(str(key))
    if isinstance(node, Sequence) and isinstance(key, int) and 0 <= key < len(node.items):
        return node.items[key]
    return None


def node_at(root: Node, path: Path) -> Node | None:
    """Return the node at a path, or None."""
    node: Node | None = root
    for key in path:
        node = None if node is None else child(node, key)
    return node


def with_node_at(root: Node, path: Path, node: Node, key_place: Place) -> Node:
    """Return a copy of the tree with another node at a path whose parent exists."""
    if not path:
        return node
    key, rest = path[0], path[1:]
    if isinstance(root, Mapping):
        name = str(key)
        below = with_node_at(root.entries[name], rest, node, key_place) if rest else node
        return root.with_entry(name, below, root.key_places[name] if rest else key_place)
    assert isinstance(root, Sequence) and isinstance(key, int)
    changed = with_node_at(root.items[key], rest, node, key_place)
    return replace(root, items=(*root.items[:key], changed, *root.items[key + 1 :]))


def without_node_at(root: Node, path: Path) -> Node:
    """Return a copy of the tree without the key at a path."""
    key, rest = path[0], path[1:]
    if isinstance(root, Mapping):
        name = str(key)
        if not rest:
            return root.without(name)
        return root.with_entry(name, without_node_at(root.entries[name], rest), root.key_places[name])
    assert isinstance(root, Sequence) and isinstance(key, int) and rest
    changed = without_node_at(root.items[key], rest)
    return replace(root, items=(*root.items[:key], changed, *root.items[key + 1 :]))
