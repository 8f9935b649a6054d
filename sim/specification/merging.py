"""Lays an overlay's own keys over a scenario: blocks merge by key, everything else is replaced whole."""

from dataclasses import dataclass, field, replace
from typing import get_args

from sim.errors import Problem
from sim.specification.changes import Step
from sim.specification.faults import fault, found_text
from sim.specification.records import put_right
from sim.specification.schema.casework import TierKind
from sim.specification.shape import BlockShape, DictShape, FieldShape, Shape, UnionShape, is_removable, known_keys
from sim.specification.suggestions import nearest
from sim.specification.tree import Mapping, Node, Path, Place, Scalar, plain_value


@dataclass(slots=True)
class Merge:
    """Merges one overlay; `steps` lists what it set, `problems` what the scenario below cannot take."""

    steps: list[Step] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def block(self, base: Mapping, overlay: Mapping, shape: Shape, path: Path) -> Mapping:
        """Return the base block with the overlay's keys."""
        if isinstance(shape, UnionShape):
            return self._union(base, overlay, shape, path)
        keys = known_keys(shape)
        if isinstance(shape, BlockShape):
            overlay, faults = put_right(overlay, keys, path)
            self.problems.extend(faults)
        for key, node in overlay.entries.items():
            below = keys[key].shape if key in keys else shape.item if isinstance(shape, DictShape) else None
            assert below is not None
            base = self._entry(base, key, node, shape, below, path, overlay.key_places[key])
        return base

    def _entry(
        self, base: Mapping, key: str, node: Node, shape: Shape, below: Shape, path: Path, key_place: Place
    ) -> Mapping:
        present = base.entries.get(key)
        where = (*path, key)
        if isinstance(node, Scalar) and node.value is None and is_removable(shape, key):
            self.steps.append(Step("set", where, node, key_place))
            return base.without(key)
        is_block = isinstance(below, BlockShape | UnionShape | DictShape)
        if is_block and isinstance(present, Mapping) and isinstance(node, Mapping):
            merged = self.block(present, node, below, where)
            return base.with_entry(key, merged, key_place if merged is node else base.key_places[key])
        if (
            present is None
            and isinstance(shape, DictShape)
            and self._is_unknown_id(base, key, node, below, path, key_place)
        ):
            return base
        if present is None and isinstance(below, DictShape) and isinstance(node, Mapping):
            # Noted id by id: two overlays may each add entries to a block that the scenario lacks.
            self.steps.extend(Step("set", (*where, id_), node.entries[id_], at) for id_, at in node.key_places.items())
        else:
            self.steps.append(Step("set", where, node, key_place))
        merged = base.with_entry(key, node, key_place)
        return _lowest_first(merged, key) if path == ("tiers",) and present is None else merged

    def _union(self, base: Mapping, overlay: Mapping, shape: UnionShape, path: Path) -> Mapping:
        right, _ = put_right(overlay, shape.all_fields, path)
        new, old = right.entries.get(shape.discriminator), base.entries.get(shape.discriminator)
        if new is not None and (old is None or plain_value(new) != plain_value(old)):
            self.steps.append(Step("set", path, overlay, overlay.place))
            return overlay
        member = shape.member_of({shape.discriminator: plain_value(old)}) if old is not None else None
        kind = member or BlockShape("", "", shape.all_fields)
        return self.block(base, overlay, kind, path)

    def _is_unknown_id(self, base: Mapping, key: str, node: Node, below: Shape, path: Path, key_place: Place) -> bool:
        """Whether an overlay changes an id that the scenario lacks; a new id comes with all that it needs."""
        if not isinstance(node, Mapping):
            return False
        fields = _fields_of(node, below)
        right, _ = put_right(node, fields, path)
        if all(key in right.entries or not field_shape.required for key, field_shape in fields.items()):
            return False
        known = tuple(base.entries)
        suggestion, in_file = nearest(key, known), base.place.file
        self.problems.append(
            fault(
                "overlay_unknown_id",
                key_place,
                (*path, key),
                key=found_text(key),
                in_file=in_file,
                allowed=known[:20],
                suggestion=suggestion,
            )
        )
        return True


def _lowest_first(tiers: Mapping, new: str) -> Mapping:
    """Put a new tier, which stands last, before the first of a higher kind; the others keep their order."""
    rank = _kind_rank(tiers.entries[new])
    order = [key for key in tiers.entries if key != new]
    higher = (place for place, key in enumerate(order) if _kind_rank(tiers.entries[key]) > rank)
    order.insert(next(higher, len(order)), new)
    return replace(tiers, entries={key: tiers.entries[key] for key in order})


def _kind_rank(tier: Node) -> int:
    kind = tier.entries.get("kind") if isinstance(tier, Mapping) else None
    name = plain_value(kind) if kind is not None else None
    kinds = get_args(TierKind)
    return kinds.index(name) if name in kinds else len(kinds)


def _fields_of(node: Mapping, shape: Shape) -> dict[str, FieldShape]:
    if isinstance(shape, UnionShape):
        right, _ = put_right(node, shape.all_fields, ())
        kind = right.entries.get(shape.discriminator)
        member = shape.member_of({shape.discriminator: plain_value(kind)}) if kind is not None else None
        return dict(member.fields) if member else {shape.discriminator: shape.all_fields[shape.discriminator]}
    return dict(known_keys(shape))
