"""The schema of scenario files as JSON Schema, for editors that check and complete while somebody types."""

from collections.abc import Mapping
from typing import Any, Final

from sim.specification.changes import PER
from sim.specification.records import BASES
from sim.specification.schema import Scenario
from sim.specification.schema.practice import PracticeFile

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_NUMERIC: Final = ("number", "integer")
_LEFT_OUT: Final = ("title", "default", "discriminator")
_SAID: Final = ("description", "unit", "role")
_BOUNDS: Final = ("minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum")


def json_schema() -> dict[str, Any]:
    """Return one document for both kinds of file: complete scenarios, and overlays, in which nothing is required.

    A file that has tiers, extends nothing and is no practice is checked as a scenario, any other as an overlay. Any
    number may be a record of value, basis, source and range.
    """
    schema = Scenario.model_json_schema(by_alias=True)
    definitions = schema.pop("$defs")
    complete = {f"scenario.{name}": completed(body, "scenario.") for name, body in definitions.items()}
    partial = {f"overlay.{name}": _partial(completed(body, "overlay.")) for name, body in definitions.items()}
    scenario = completed(schema, "scenario.")
    scenario["properties"] |= {"changes": {"$ref": "#/$defs/changes"}, "derivation": {"type": "object"}}
    overlay = _partial(completed(schema, "overlay."))
    practice = PracticeFile.model_json_schema(by_alias=True)
    of_practice = {f"practice.{name}": completed(body, "practice.") for name, body in practice.pop("$defs").items()}
    overlay["properties"] |= {"changes": {"$ref": "#/$defs/changes"}, "extends": _EXTENDS}
    overlay["properties"] |= completed(practice, "practice.")["properties"]
    return {
        "$schema": DIALECT,
        "title": "Scenario or overlay of the tiered mediation simulator",
        "if": {"required": ["tiers"], "not": {"anyOf": [{"required": ["extends"]}, {"required": ["practice"]}]}},
        "then": scenario,
        "else": overlay,
        "$defs": {**complete, **partial, **of_practice, "changes": CHANGES, "record": RECORD},
    }


_EXTENDS: Final[dict[str, Any]] = {
    "description": "the file, or files, that this one changes; relative to this file",
    "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}],
}


def _operation(description: str, **properties: Mapping[str, Any]) -> dict[str, Any]:
    content = {
        "type": "object",
        "properties": {name.rstrip("_"): dict(body) for name, body in properties.items()},
        "required": [name.rstrip("_") for name in properties if name != PER],
        "additionalProperties": False,
    }
    return {"description": description, **content}


_PATH: Final = {"type": "string", "description": "for example staff_groups.town_cadres.posts or tiers[kind=town]"}


def _operand(**bounds: Any) -> dict[str, Any]:
    number = {"type": "number", **bounds}
    return {"anyOf": [number, {"$ref": "#/$defs/record", "properties": {"value": number}}]}


_SHARE: Final = _operand(minimum=0, maximum=1)
_PER: Final = {"type": "string", "description": "a tier, or resident: so much for each of its units"}

CHANGES: Final[dict[str, Any]] = {
    "description": "changes of single values, in order",
    "type": "array",
    "items": {
        "type": "object",
        "minProperties": 1,
        "maxProperties": 1,
        "additionalProperties": False,
        "properties": {
            "set": _operation("gives a value; ~ takes an optional key away", path=_PATH, value={}),
            "scale": _operation("multiplies; counts are rounded half to even", path=_PATH, factor=_operand()),
            "add": _operation("adds", path=_PATH, amount=_operand(), per=_PER),
            "append": _operation("adds an item to a list", path=_PATH, value={}),
            "move": _operation("moves a share of one count to another", from_=_PATH, to=_PATH, share=_SHARE),
        },
    },
}


RECORD: Final[dict[str, Any]] = {
    "description": "a number with its basis, source and range",
    "type": "object",
    "properties": {
        "value": {},
        "basis": {"enum": list(BASES)},
        "source": {"type": "string", "minLength": 1},
        "range": {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2},
    },
    "required": ["value", "basis"],
    "additionalProperties": False,
}


def completed(node: Any, prefix: str = "") -> Any:
    """Point references at the kind of definition, and let every number be a record."""
    if isinstance(node, list):
        return [completed(item, prefix) for item in node]
    if not isinstance(node, dict):
        return node
    items = node.get("items")
    if node.get("type") in _NUMERIC and "const" not in node:
        return _or_record(node, {key: node[key] for key in ("type", *_BOUNDS) if key in node})
    if isinstance(items, dict) and items.get("type") in _NUMERIC:
        lengths = {key: node[key] for key in ("type", "minItems", "maxItems") if key in node}
        return _or_record(node, {**lengths, "items": completed(items, prefix)})
    changed: dict[str, Any] = {}
    for key, value in node.items():
        if key == "$ref":
            changed[key] = value.replace("#/$defs/", f"#/$defs/{prefix}")
        elif key == "properties":
            changed[key] = {name: completed(body, prefix) for name, body in value.items()}
        elif key not in _LEFT_OUT and (key, value) != ("unit", ""):
            changed[key] = completed(value, prefix)
    if "patternProperties" in changed:
        changed["additionalProperties"] = False  # other keys are no ids
    return changed


def _or_record(node: dict[str, Any], value: dict[str, Any]) -> dict[str, Any]:
    said = {key: node[key] for key in _SAID if node.get(key)}
    return {**said, "anyOf": [value, {"$ref": "#/$defs/record", "properties": {"value": value}}]}


def _partial(node: Any) -> Any:
    """Require nothing and let `~` take keys away."""
    if isinstance(node, list):
        return [_partial(item) for item in node]
    if not isinstance(node, dict):
        return node
    changed = {key: _partial(value) for key, value in node.items() if key != "required"}
    if "oneOf" in changed:
        changed["anyOf"] = changed.pop("oneOf")
    if "properties" in node:
        changed["properties"] = {name: _partial(body) for name, body in node["properties"].items()}
    if "patternProperties" in node:
        changed["patternProperties"] = {
            pattern: {"anyOf": [_partial(body), {"type": "null"}]}
            for pattern, body in node["patternProperties"].items()
        }
    return changed
