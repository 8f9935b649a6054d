"""Validates plain content with pydantic and says what is wrong in our own terms, at the place of the fault."""

from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from sim.errors import Problem
from sim.specification.conforming import Conformed
from sim.specification.faults import fault, found_text
from sim.specification.places import Places
from sim.specification.schema import Scenario
from sim.specification.shape import (
    BlockShape,
    Bounds,
    DictShape,
    FieldShape,
    LeafKind,
    LeafShape,
    ListShape,
    Shape,
    UnionShape,
    scenario_shape,
)
from sim.specification.suggestions import nearest
from sim.specification.tree import Path
from sim.specification.yaml_tree import plain_scalar

AnyBlock = TypeVar("AnyBlock", bound=BaseModel)


def validated(conformed: Conformed) -> tuple[Scenario | None, list[Problem]]:
    """Return the scenario, or None and every fault of single keys and values that the walk has not reported."""
    return validated_content(conformed.content, conformed)


def validated_content(content: dict[str, object], places: Places) -> tuple[Scenario | None, list[Problem]]:
    """Return the scenario of plain content, or None and every fault of single keys and values."""
    try:
        return Scenario.model_validate(content), []
    except ValidationError as error:
        return None, _problems(error, places, (), scenario_shape())


def validated_as(
    model: type[AnyBlock], shape: BlockShape, content: dict[str, object], places: Places
) -> tuple[AnyBlock | None, list[Problem]]:
    """Return plain content as a model whose shape is given, or None and every fault of single keys and values."""
    try:
        return model.model_validate(content), []
    except ValidationError as error:
        return None, _problems(error, places, (), shape)


def partial_faults(conformed: Conformed) -> list[Problem]:
    """List the faults of an overlay's values; what it leaves out is none."""
    try:
        Scenario.model_validate(conformed.content)
    except ValidationError as error:
        return _problems(error, conformed, _OF_WHAT_IS_LEFT_OUT, scenario_shape())
    return []


def _problems(error: ValidationError, places: Places, left_out: tuple[str, ...], shape: BlockShape) -> list[Problem]:
    details = [detail for detail in error.errors(include_url=False) if detail["type"] not in left_out]
    problems = [_problem(detail, places, shape) for detail in details]
    return [problem for problem in problems if problem is not None]


_OF_WHAT_IS_LEFT_OUT: Final = ("missing", "union_tag_not_found")


def _problem(detail: Any, places: Places, root: BlockShape) -> Problem | None:
    path, shape, field, is_key = _located(detail["loc"], root)
    if places.is_doubtful(path):
        return None
    kind: str = detail["type"]
    if kind == "missing":
        place = places.latest(path[:-1], (path,))
        return fault("missing_key", place, path, key=path[-1], allowed=_choices(shape))
    place = places.key_place(path) if is_key else places.place(path)
    if detail["input"] is None:
        return fault("empty_value", places.key_place(path), path, expected=_expected(shape))
    if kind == "too_short" and len(detail["input"]) >= detail["ctx"]["min_length"]:
        return None  # faulty items, reported one by one, are not counted
    if path in _VERSIONS:
        found = found_text(detail["input"])
        return fault(_VERSIONS[path], place, path, found=found, supported=_choices(shape))
    code, fields = _FIELDS_BY_TYPE.get(kind, _invalid)(detail, shape)
    if "unit" in fields:
        fields["unit"] = field.unit if field else ""
    if code in _OF_BLOCKS:
        place = places.latest(path, [(*path, key) for key in detail["input"]])
    return fault(code, place, path, **fields)


_VERSIONS: Final[Mapping[Path, str]] = {
    ("schema_version",): "schema_version_unsupported",
    ("study_version",): "study_version_unsupported",
    ("nation_version",): "nation_version_unsupported",
    ("targets_version",): "targets_version_unsupported",
}
_OF_BLOCKS: Final = ("not_in_order", "weights_do_not_match")


def _located(loc: tuple[Any, ...], root: BlockShape) -> tuple[Path, Shape, FieldShape | None, bool]:
    """Turn pydantic's location into a key path: it names the kind of every union on the way and marks dict keys."""
    shape: Shape = root
    field: FieldShape | None = None
    path: list[str | int] = []
    for step in loc:
        if step == "[key]":
            return tuple(path), LeafShape("id"), field, True
        match shape:
            case UnionShape():
                shape = shape.members[step]
                continue
            case BlockShape():
                field = shape.fields[step]
                shape = field.shape
            case DictShape() | ListShape():
                shape = shape.item
            case LeafShape():
                break
        path.append(step)
    return tuple(path), shape, field, False


def _choices(shape: Shape) -> tuple[object, ...]:
    return shape.choices if isinstance(shape, LeafShape) else ()


def _expected(shape: Shape) -> str:
    match shape:
        case LeafShape():
            return shape.kind
        case ListShape():
            return "list"
        case _:
            return "block"


_CODE_BY_LEAF: Final[Mapping[LeafKind, str]] = {
    "number": "not_a_number",
    "count": "not_a_whole_number",
    "text": "not_text",
    "id": "not_an_id",
    "boolean": "not_true_or_false",
    "date": "not_a_date",
    "time_of_day": "not_a_time_of_day",
}

_Fields = tuple[str, dict[str, object]]


def _wrong_type(detail: Any, shape: Shape) -> _Fields:
    found = _with_quotes(detail["input"])
    match shape:
        case ListShape():
            return "not_a_list", {"found": found}
        case LeafShape(kind="choice"):
            return _not_one_of(detail, shape)
        case LeafShape():
            code = _CODE_BY_LEAF[shape.kind]
        case _:
            return "not_a_block", {"found": found}
    fields: dict[str, object] = {"found": found}
    if shape.is_numeric:
        fields["unit"] = ""
    if code == "not_true_or_false":
        fields["suggestion"] = _TRUTH.get(found.casefold(), "")
    return code, fields


def _with_quotes(value: object) -> str:
    """Show the quotes that make a number or a truth value a text."""
    is_quoted = isinstance(value, str) and not isinstance(plain_scalar(value), str)
    return f'"{value}"' if is_quoted else found_text(value)


_TRUTH: Final = {"yes": "true", "on": "true", "1": "true", "no": "false", "off": "false", "0": "false"}


def _not_one_of(detail: Any, shape: Shape) -> _Fields:
    found, allowed = found_text(detail["input"]), _choices(shape)
    suggestion = nearest(found, (str(choice) for choice in allowed))
    return "not_one_of", {"found": found, "allowed": allowed, "suggestion": suggestion}


def _bound(code: str, name: str, in_shape: Callable[[Bounds], object]) -> Callable[[Any, Shape], _Fields]:
    def fields(detail: Any, shape: Shape) -> _Fields:
        assert isinstance(shape, LeafShape)
        return code, {"found": found_text(detail["input"]), name: in_shape(shape.bounds), "unit": ""}

    return fields


def _length(code: str, name: str, context_key: str) -> Callable[[Any, Shape], _Fields]:
    def fields(detail: Any, shape: Shape) -> _Fields:
        del shape
        return code, {"found": len(detail["input"]), name: detail["ctx"][context_key]}

    return fields


def _not_in_order(detail: Any, shape: Shape) -> _Fields:
    del shape
    stems = ("low", "mode", "high")
    keys = [key for stem in stems for key in detail["input"] if key.split("_")[0] == stem]
    return "not_in_order", {"keys": " ≤ ".join(keys)}


def _prior_not_in_order(detail: Any, shape: Shape) -> _Fields:
    del shape
    return "not_in_order", {"keys": detail["ctx"]["wanted"]}


def _weights(detail: Any, shape: Shape) -> _Fields:
    del shape
    counts = {key.split("_")[0]: len(items) for key, items in detail["input"].items() if isinstance(items, list)}
    return "weights_do_not_match", {"values": counts["values"], "weights": counts["weights"]}


def _invalid(detail: Any, shape: Shape) -> _Fields:
    del shape
    return "value_invalid", {"found": found_text(detail["input"])}


_FIELDS_BY_TYPE: Final[Mapping[str, Callable[[Any, Shape], _Fields]]] = {
    "float_type": _wrong_type,
    "int_type": _wrong_type,
    "int_from_float": _wrong_type,
    "string_type": _wrong_type,
    "bool_type": _wrong_type,
    "tuple_type": _wrong_type,
    "dict_type": _wrong_type,
    "model_type": _wrong_type,
    "model_attributes_type": _wrong_type,
    "not_a_date": _wrong_type,
    "string_pattern_mismatch": _wrong_type,
    "literal_error": _not_one_of,
    "finite_number": lambda detail, _: ("not_finite", {"found": found_text(detail["input"])}),
    "greater_than_equal": _bound("below_minimum", "minimum", attrgetter("minimum")),
    "greater_than": _bound("not_above", "bound", attrgetter("above")),
    "less_than_equal": _bound("above_maximum", "maximum", attrgetter("maximum")),
    "less_than": _bound("not_below", "bound", attrgetter("below")),
    "too_short": _length("too_few_items", "minimum", "min_length"),
    "too_long": _length("too_many_items", "maximum", "max_length"),
    "string_too_short": lambda *_: ("text_empty", {}),
    "string_too_long": _length("text_too_long", "maximum", "max_length"),
    "not_in_order": _not_in_order,
    "prior_not_in_order": _prior_not_in_order,
    "weights_do_not_match": _weights,
}
