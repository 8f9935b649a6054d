"""Walks a tree beside the schema: puts misspelt keys right (each a fault), takes records apart, keeps the places."""

from collections.abc import Mapping as AbstractMapping
from collections.abc import Sequence
from dataclasses import dataclass, field

from sim.errors import Problem
from sim.specification.faults import fault, found_text
from sim.specification.records import Record, put_right, read_record
from sim.specification.shape import BlockShape, DictShape, FieldShape, LeafShape, ListShape, Shape, UnionShape
from sim.specification.suggestions import nearest
from sim.specification.tree import Mapping, Node, Path, Place, Scalar, plain_value
from sim.specification.tree import Sequence as TreeSequence


@dataclass(slots=True)
class Conformed:
    """Plain content ready for validation, and what is known about it.

    `keys` and `values` hold the place of every key and value; `leaves` the paths of single values (a list of single
    values is one); `doubtful` the paths whose content cannot be validated because a fault above hides what it is;
    `removed` where an overlay takes a key away; `file_order` numbers files from the baseline up, options follow.
    """

    content: dict[str, object] = field(default_factory=dict)
    keys: dict[Path, Place] = field(default_factory=dict)
    values: dict[Path, Place] = field(default_factory=dict)
    records: dict[Path, Record] = field(default_factory=dict)
    leaves: list[Path] = field(default_factory=list)
    doubtful: set[Path] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    removed: AbstractMapping[Path, Place] = field(default_factory=dict)
    file_order: AbstractMapping[str, int] = field(default_factory=dict)

    def place(self, path: Path) -> Place:
        """Return the place of a value, or of what is nearest above it."""
        while path and path not in self.values:
            path = path[:-1]
        return self.values[path]

    def key_place(self, path: Path) -> Place:
        """Return the place of the key at a path, or of the value where it has no key (a list item)."""
        return self.keys[path] if path in self.keys else self.place(path)

    def latest(self, path: Path, others: Sequence[Path]) -> Place:
        """Return the key place of a path, or of what was stated in a later file: of another path, or of its removal."""
        places = [self.key_place(path)]
        places += [self.values[other] for other in others if other in self.values]
        places += [self.removed[other] for other in (path, *others) if other in self.removed]
        return max(places, key=lambda place: self.file_order.get(place.file, len(self.file_order)))

    def is_doubtful(self, path: Path) -> bool:
        """Whether a fault already reported hides what stands at this path."""
        return any(path[:length] in self.doubtful for length in range(len(path) + 1))


def conform(
    root: Mapping, shape: BlockShape, known_sources: frozenset[str] | None = None, *, partial: bool = False
) -> Conformed:
    """Take a tree apart along the schema; `partial` lets blocks leave out the key that says of what kind they are."""
    walk = _Walk(Conformed(), known_sources, partial)
    content = walk.block(root, shape.fields, ())
    walk.out.content = content
    return walk.out


@dataclass(frozen=True, slots=True)
class _Walk:
    out: Conformed
    known_sources: frozenset[str] | None
    partial: bool

    def value(self, node: Node, shape: Shape, path: Path) -> object:
        self.out.values[path] = node.place
        match shape, node:
            case BlockShape(), Mapping():
                return self.block(node, shape.fields, path)
            case UnionShape(), Mapping():
                return self._union(node, shape, path)
            case DictShape(), Mapping():
                return self._dict(node, shape, path)
            case ListShape(item=LeafShape() as leaf), Mapping() if leaf.is_numeric:
                return self._record(node, leaf, path, shape)
            case ListShape(), TreeSequence():
                if isinstance(shape.item, LeafShape):
                    self.out.leaves.append(path)
                return [self.value(item, shape.item, (*path, index)) for index, item in enumerate(node.items)]
            case LeafShape(), Mapping() if shape.is_numeric:
                return self._record(node, shape, path, shape)
            case LeafShape(), _:
                if path and isinstance(path[-1], str):
                    self.out.leaves.append(path)
                return plain_value(node)
            case _:
                return plain_value(node)

    def block(self, node: Mapping, fields: AbstractMapping[str, FieldShape], path: Path) -> dict[str, object]:
        self.out.values[path] = node.place
        right, problems = put_right(node, fields, path)
        self.out.problems.extend(problems)
        content: dict[str, object] = {}
        for key in (key for key in fields if key in right.entries):
            child, below = right.entries[key], (*path, key)
            self.out.keys[below] = right.key_places[key]
            if isinstance(child, Scalar) and child.value is None and not fields[key].required:
                continue
            content[key] = self.value(child, fields[key].shape, below)
        return content

    def _dict(self, node: Mapping, shape: DictShape, path: Path) -> dict[str, object]:
        content = {}
        for key, child in node.entries.items():
            if self.partial and isinstance(child, Scalar) and child.value is None:
                continue  # an overlay takes this id away
            self.out.keys[*path, key] = node.key_places[key]
            content[key] = self.value(child, shape.item, (*path, key))
        return content

    def _union(self, node: Mapping, shape: UnionShape, path: Path) -> object:
        right, _ = put_right(node, shape.all_fields, path)
        kind = right.entries.get(shape.discriminator)
        if kind is None:
            if self.partial:
                return self.block(node, shape.all_fields, path)
            self.out.doubtful.add(path)
            place = self.out.key_place(path)
            missing, kinds = shape.discriminator, tuple(shape.members)
            self.out.problems.append(fault("missing_key", place, (*path, missing), key=missing, allowed=kinds))
            return {}
        member = shape.member_of({shape.discriminator: plain_value(kind)})
        if member is not None:
            return self.block(node, member.fields, path)
        return self._unknown_kind(node, shape, path, kind)

    def _unknown_kind(self, node: Mapping, shape: UnionShape, path: Path, kind: Node) -> object:
        said, kinds = plain_value(kind), tuple(shape.members)
        suggestion = nearest(said, kinds) if said is not None else ""
        where = (*path, shape.discriminator)
        if said is None:
            self.out.problems.append(fault("empty_value", kind.place, where, expected="choice"))
        else:
            found = found_text(said)
            self.out.problems.append(
                fault("not_one_of", kind.place, where, found=found, allowed=kinds, suggestion=suggestion)
            )
        if not suggestion:
            self.out.doubtful.add(path)
            return {}
        content = self.block(node, shape.members[suggestion].fields, path)
        return {**content, shape.discriminator: suggestion}

    def _record(self, node: Mapping, leaf: LeafShape, path: Path, shape: Shape) -> object:
        place = self.out.key_place(path)
        value, record, problems = read_record(node, leaf, path, place, self.known_sources)
        self.out.problems.extend(problems)
        if record is not None:
            self.out.records[path] = record
        if value is None:
            self.out.doubtful.add(path)
            return None
        if isinstance(value, Mapping):
            self.out.values[path] = value.place
            return plain_value(value)
        return self.value(value, shape, path)
