"""The JSON Schema for editors: what the loader takes passes, what it refuses by key or type does not."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from sim.specification.json_schema import json_schema
from sim.specification.reading import read_mapping
from sim.specification.study_dictionary import study_json_schema
from sim.specification.targets_dictionary import targets_json_schema
from sim.specification.tree import plain_value

SCHEMA = json_schema()


def is_valid(value: Any, schema: Any, whole: Any = SCHEMA) -> bool:
    """Judge by the part of JSON Schema that is used here; `whole` has the definitions."""
    if isinstance(schema, bool):
        return schema
    if "$ref" in schema and not is_valid(value, whole["$defs"][schema["$ref"].removeprefix("#/$defs/")], whole):
        return False
    if "if" in schema and not is_valid(value, schema["then" if is_valid(value, schema["if"]) else "else"], whole):
        return False
    if "not" in schema and is_valid(value, schema["not"]):
        return False
    for word, count in (("anyOf", any), ("oneOf", lambda found: sum(found) == 1)):
        if word in schema and not count([is_valid(value, each, whole) for each in schema[word]]):
            return False
    return _is_of_type(value, schema) and _is_in_bounds(value, schema) and _has_valid_parts(value, schema, whole)


def _is_of_type(value: Any, schema: Any) -> bool:
    types = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}
    match schema.get("type"):
        case None:
            fits = True
        case "integer":
            fits = isinstance(value, int) and not isinstance(value, bool)
        case "number":
            fits = isinstance(value, int | float) and not isinstance(value, bool)
        case name:
            fits = isinstance(value, types[name])
    return fits and value in schema.get("enum", [value]) and value == schema.get("const", value)


def _is_in_bounds(value: Any, schema: Any) -> bool:
    if isinstance(value, str):
        return bool(re.search(schema.get("pattern", ""), value)) and len(value) >= schema.get("minLength", 0)
    if isinstance(value, list | dict):
        low, high = ("minItems", "maxItems") if isinstance(value, list) else ("minProperties", "maxProperties")
        return bool(schema.get(low, 0) <= len(value) <= schema.get(high, len(value)))
    if isinstance(value, int | float):
        within = schema.get("minimum", value) <= value <= schema.get("maximum", value)
        return bool(
            within and schema.get("exclusiveMinimum", value - 1) < value < schema.get("exclusiveMaximum", value + 1)
        )
    return True


def _has_valid_parts(value: Any, schema: Any, whole: Any) -> bool:
    if isinstance(value, list):
        return all(is_valid(item, schema.get("items", True), whole) for item in value)
    if not isinstance(value, dict):
        return True
    if not all(key in value for key in schema.get("required", [])):
        return False
    for key, item in value.items():
        parts = [body for name, body in schema.get("properties", {}).items() if name == key]
        parts += [body for pattern, body in schema.get("patternProperties", {}).items() if re.search(pattern, key)]
        if not all(is_valid(item, part, whole) for part in parts or [schema.get("additionalProperties", True)]):
            return False
    return True


def _content(text: str) -> Any:
    return plain_value(read_mapping(text, "f"))


def test_complete_scenarios_are_valid(example: Path) -> None:
    assert is_valid(_content(example.read_text(encoding="utf-8")), SCHEMA)


@pytest.mark.parametrize(
    "text",
    [
        "extends: baseline.yaml\n",
        "extends: [a.yaml, b.yaml]\npatrol: ~\nstaff_groups: {x: {posts: 3}, y: ~}\n",
        "triage: {micro: ~}\nchanges:\n  - scale: {path: a.b, factor: 2}\n  - move: {from: a, to: b, share: 0.5}\n",
        "household: {persons: {value: 3, basis: assumed, range: [2, 4]}}\n",
    ],
)
def test_overlays_are_valid_though_they_leave_things_out(text: str) -> None:
    assert is_valid(_content(text), SCHEMA)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("posts: 12", "psots: 12"),
        ("posts: 12", "posts: many"),
        ("posts: 12", "posts: -1"),
        ("posts: 12", "posts: {value: 12, basis: guessed}"),
        ("posts: 12", "posts: {value: -12, basis: assumed}"),
        ("order: earliest_due", "order: latest_due"),
        ("frailty: {shape: 4, fixed: false}", "frailty: {shape: 4}"),
        ("settlement: {", "settlements: {"),
        ("  any_time: {kind: always}", "  Any-Time: {kind: always}"),
    ],
)
def test_what_the_loader_refuses_by_key_or_type_is_not(old: str, new: str) -> None:
    text = (Path(__file__).parent / "complete.yaml").read_text(encoding="utf-8")
    assert old in text
    assert not is_valid(_content(text.replace(old, new)), SCHEMA)


@pytest.mark.parametrize(
    "text",
    [
        "extends: 3\n",
        "extends: a.yaml\npatrl: ~\n",
        "changes: [{sclae: {path: a, factor: 1}}]\n",
        "changes: [{scale: {path: a}}]\n",
    ],
)
def test_faulty_overlays_are_not_valid(text: str) -> None:
    assert not is_valid(_content(text), SCHEMA)


def test_every_reference_leads_somewhere_and_the_document_is_always_the_same() -> None:
    text = json.dumps(SCHEMA, ensure_ascii=False)
    references = set(re.findall(r'"#/\$defs/([^"]+)"', text))
    assert references <= set(SCHEMA["$defs"])
    assert json.dumps(json_schema(), ensure_ascii=False) == text
    assert "pydantic" not in text


STUDIES = sorted((Path(__file__).parents[3] / "scenarios" / "studies").glob("*.yaml"))


@pytest.mark.parametrize("file", STUDIES, ids=lambda path: path.stem)
def test_studies_are_valid(file: Path) -> None:
    schema = study_json_schema()
    assert is_valid(_content(file.read_text(encoding="utf-8")), schema, schema)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("kind: levels", "kind: level"),
        ("name:", "nam:"),
        ("- move:", "- moev:"),
        ("paired_with: baseline", "paired_with: none"),
        ("value: 0.2", "value: [0.2]"),
        ("equal_headcount: true", "equal_headcount: 1"),
    ],
)
def test_what_a_study_may_not_say_is_not_valid(old: str, new: str) -> None:
    schema, text = study_json_schema(), (STUDIES[0].parent / "sink_share.yaml").read_text(encoding="utf-8")
    assert old in text
    assert not is_valid(_content(text.replace(old, new)), schema, schema)


TARGETS = sorted((Path(__file__).parents[3] / "calibration" / "targets").glob("*.yaml"))


@pytest.mark.parametrize("file", TARGETS, ids=lambda path: path.stem)
def test_targets_are_valid(file: Path) -> None:
    schema = targets_json_schema()
    assert set(re.findall(r'"#/\$defs/([^"]+)"', json.dumps(schema))) <= set(schema["$defs"])
    assert is_valid(_content(file.read_text(encoding="utf-8")), schema, schema)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("distribution: uniform", "distribution: flat"),
        ("quantity: disputes_found_count", "quantity: disputes_found"),
        ("low: 0.725", "lowest: 0.725"),
        ("held_out: true", "held_out: 1"),
        ("discrepancy_sd: 0.05", "discrepancy_sd: 0"),
        ("rows: 2000", "rows: 3.5"),
        ("seed: 20181231", "sed: 20181231"),
    ],
)
def test_what_targets_may_not_say_is_not_valid(old: str, new: str) -> None:
    schema, text = targets_json_schema(), (TARGETS[0].parent / "xichou.yaml").read_text(encoding="utf-8")
    assert old in text
    assert not is_valid(_content(text.replace(old, new)), schema, schema)
