"""The schema as a tree that can be walked beside a file: which keys a block takes, which values a key takes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, TypeAlias, Union, get_args, get_origin, get_type_hints

from annotated_types import Ge, Gt, Le, Lt
from pydantic import BaseModel, Discriminator
from pydantic.fields import FieldInfo

from sim.specification.schema import Scenario
from sim.specification.schema.fields import Changes, Date, Id, OneValue
from sim.specification.schema.place import TimeOfDay
from sim.specification.tree import Path

LeafKind = Literal["number", "count", "text", "id", "boolean", "date", "time_of_day", "choice", "one_value", "changes"]
Role = Literal["lever", "uncertainty", "structure", ""]


@dataclass(frozen=True, slots=True)
class Bounds:
    """Bounds of a number (or date); None where there is none."""

    minimum: Any = None
    above: Any = None
    maximum: Any = None
    below: Any = None


@dataclass(frozen=True, slots=True)
class LeafShape:
    """A single value."""

    kind: LeafKind
    choices: tuple[str | int, ...] = ()
    bounds: Bounds = Bounds()

    @property
    def is_numeric(self) -> bool:
        """Whether a quantity record may stand here."""
        return self.kind in ("number", "count")


@dataclass(frozen=True, slots=True)
class ListShape:
    """A list of values of one shape."""

    item: "Shape"


@dataclass(frozen=True, slots=True)
class DictShape:
    """A block keyed by ids that the file chooses (or refers to)."""

    item: "Shape"


@dataclass(frozen=True, slots=True)
class FieldShape:
    """What a key of a block means: unit, role, and whether it may be left out."""

    shape: "Shape"
    required: bool
    description: str
    unit: str
    role: Role


@dataclass(frozen=True, slots=True)
class BlockShape:
    """A block with fixed keys."""

    title: str
    description: str
    fields: Mapping[str, FieldShape]


@dataclass(frozen=True, slots=True)
class UnionShape:
    """A block of one of several kinds; the discriminator key says which."""

    discriminator: str
    members: Mapping[str, BlockShape]
    all_fields: Mapping[str, FieldShape] = field(default_factory=dict)

    def member_of(self, content: Mapping[str, object]) -> BlockShape | None:
        """Return the kind that plain content names, or None."""
        kind = content.get(self.discriminator)
        return self.members.get(kind) if isinstance(kind, str) else None


Shape: TypeAlias = LeafShape | ListShape | DictShape | BlockShape | UnionShape


def known_keys(shape: Shape | None) -> Mapping[str, FieldShape]:
    """Return the fixed keys of a block (of all its kinds, where it has several); none where ids are free."""
    match shape:
        case BlockShape():
            return shape.fields
        case UnionShape():
            return shape.all_fields
        case _:
            return {}


def is_removable(shape: Shape | None, key: str | int) -> bool:
    """Whether `~` at a key of such a block takes the key away: an optional key or an id."""
    field_shape = known_keys(shape).get(str(key))
    return isinstance(shape, DictShape) or (field_shape is not None and not field_shape.required)


_LEAF_TYPES: Final[Mapping[type, LeafKind]] = {
    float: "number",
    int: "count",
    str: "text",
    bool: "boolean",
    date: "date",
}

_NAMED_TYPES: Final[tuple[tuple[Any, LeafKind], ...]] = (
    (Id, "id"),
    (TimeOfDay, "time_of_day"),
    (Date, "date"),
    (OneValue, "one_value"),
    (Changes, "changes"),
)


@cache
def scenario_shape() -> BlockShape:
    """Return the shape of a whole scenario file."""
    return block_shape(Scenario)


def block_shape(model: type[BaseModel]) -> BlockShape:
    """Return the shape of a model of the schema."""
    hints = get_type_hints(model, include_extras=True)
    fields = {}
    for name, info in model.model_fields.items():
        extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
        key = str(info.alias or name)
        fields[key] = FieldShape(
            shape=_bounded(_shape(hints[name]), info),
            required=info.is_required(),
            description=info.description or "",
            unit=_unit(str(extra.get("unit", "")), key),
            role=extra.get("role", ""),  # type: ignore[arg-type]
        )
    return BlockShape(model.__name__, (model.__doc__ or "").strip(), fields)


def _unit(unit: str, key: str) -> str:
    return key.rsplit("_", 1)[-1] if unit == "as in the key" else unit


def _bounded(shape: Shape, info: FieldInfo) -> Shape:
    return replace(shape, bounds=_bounds(shape.bounds, info.metadata)) if isinstance(shape, LeafShape) else shape


def _bounds(bounds: Bounds, metadata: object) -> Bounds:
    for item in metadata if isinstance(metadata, list | tuple) else ():
        for part in item.metadata if isinstance(item, FieldInfo) else (item,):
            match part:
                case Ge():
                    bounds = replace(bounds, minimum=part.ge)
                case Gt():
                    bounds = replace(bounds, above=part.gt)
                case Le():
                    bounds = replace(bounds, maximum=part.le)
                case Lt():
                    bounds = replace(bounds, below=part.lt)
                case _:
                    pass
    return bounds


def _shape(hint: Any) -> Shape:
    named = next((kind for type_, kind in _NAMED_TYPES if type_ == hint), None)
    if named is not None:
        return LeafShape(named)
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _annotated(arguments[0], arguments[1:])
    if origin in (Union, UnionType):
        (present,) = (argument for argument in arguments if argument is not NoneType)
        return _shape(present)
    if origin is Literal:
        return LeafShape("choice", choices=arguments)
    if origin is tuple:
        return ListShape(_shape(arguments[0]))
    if origin is dict:
        return DictShape(_shape(arguments[1]))
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return block_shape(hint)
    return LeafShape(_LEAF_TYPES[hint])


def _annotated(hint: Any, metadata: tuple[Any, ...]) -> Shape:
    discriminator = next((item.discriminator for item in metadata if isinstance(item, Discriminator)), None)
    if discriminator is not None:
        return _union(str(discriminator), get_args(hint))
    shape = _shape(hint)
    return replace(shape, bounds=_bounds(shape.bounds, metadata)) if isinstance(shape, LeafShape) else shape


def _union(discriminator: str, models: tuple[Any, ...]) -> UnionShape:
    members: dict[str, BlockShape] = {}
    every: dict[str, FieldShape] = {}
    for model in models:
        block = block_shape(model)
        tag = block.fields[discriminator].shape
        assert isinstance(tag, LeafShape)
        members[str(tag.choices[0])] = block
        for key, key_field in block.fields.items():
            every.setdefault(key, key_field)
    kinds = LeafShape("choice", choices=tuple(members))
    every[discriminator] = replace(every[discriminator], shape=kinds)
    return UnionShape(discriminator, members, every)


@dataclass(frozen=True, slots=True)
class LeafSchema:
    """A value of the schema by key path, ids written as <id>: what it means, its unit and its role."""

    path: Path
    shape: LeafShape
    field: FieldShape
    required: bool
    is_list: bool


def schema_leaves(shape: Shape | None = None, path: Path = (), of: FieldShape | None = None) -> Iterator[LeafSchema]:
    """Walk every value of the schema in order; the members of a union one after another."""
    shape = shape or scenario_shape()
    match shape:
        case LeafShape():
            assert of is not None
            yield LeafSchema(path, shape, of, of.required, is_list=False)
        case ListShape():
            assert of is not None
            if isinstance(shape.item, LeafShape):
                yield LeafSchema(path, shape.item, of, of.required, is_list=True)
            else:
                yield from schema_leaves(shape.item, (*path, "<n>"), of)
        case DictShape():
            yield from schema_leaves(shape.item, (*path, "<id>"), of)
        case BlockShape():
            for key, below in shape.fields.items():
                yield from schema_leaves(below.shape, (*path, key), below)
        case UnionShape():
            for block in shape.members.values():
                yield from schema_leaves(block, path, of)
