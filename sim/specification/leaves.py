"""Walks the single values of a scenario, in the order of the schema, each with its meaning."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sim.specification.schema import Scenario
from sim.specification.shape import (
    BlockShape,
    DictShape,
    FieldShape,
    LeafShape,
    ListShape,
    Shape,
    UnionShape,
    scenario_shape,
)
from sim.specification.tree import Path


@dataclass(frozen=True, slots=True)
class Leaf:
    """One value (a list of single values is one), its path, and what its key means."""

    path: Path
    value: object
    shape: LeafShape
    field: FieldShape
    is_list: bool


def content_of(scenario: Scenario) -> dict[str, object]:
    """Return a scenario as plain content with the keys of the file; optional keys that are absent stay so."""
    return scenario.model_dump(by_alias=True, exclude_none=True)


def scenario_leaves(scenario: Scenario) -> Iterator[Leaf]:
    """Walk every value of a scenario but the rows of a units table, which are one value, `units.rows`."""
    yield from _walk(content_of(scenario), scenario_shape(), (), None)


def _walk(value: object, shape: Shape, path: Path, field: FieldShape | None) -> Iterator[Leaf]:
    match shape, value:
        case ((BlockShape() | UnionShape()), Mapping()):
            block = shape.member_of(value) if isinstance(shape, UnionShape) else shape
            assert block is not None
            for key, below in block.fields.items():
                if key in value:
                    yield from _walk(value[key], below.shape, (*path, key), below)
        case DictShape(), Mapping():
            for key, item in value.items():
                yield from _walk(item, shape.item, (*path, str(key)), field)
        case ListShape(), tuple():
            assert field is not None
            if isinstance(shape.item, LeafShape):
                yield Leaf(path, value, shape.item, field, is_list=True)
            elif path == ("units", "rows"):
                yield Leaf(path, f"{len(value)} rows", LeafShape("text"), field, is_list=True)
            else:
                for index, item in enumerate(value):
                    yield from _walk(item, shape.item, (*path, index), field)
        case LeafShape(), _:
            assert field is not None
            yield Leaf(path, value, shape, field, is_list=False)
        case _:
            raise AssertionError(path)
