"""Settings typed as options: `--set key=value`, the key a path, the value as YAML has it."""

from dataclasses import replace

from sim.errors import InputError, Problem
from sim.specification.changes import Change
from sim.specification.faults import fault, found_text
from sim.specification.key_paths import parse_key_path
from sim.specification.tree import OPTION, Mapping, Node, Place, Scalar, Sequence
from sim.specification.yaml_tree import read_yaml


def read_setting(text: str) -> tuple[Change | None, list[Problem]]:
    """Read one setting as a `set` change; places count columns in the option's text."""
    name = f"{OPTION} {text}"
    key, equals, value = _split(text)
    if not (equals and key):
        return None, [fault("setting_syntax", Place(name, 1, 1), found=found_text(text))]
    try:
        path = parse_key_path(key, Place(name, 1, 1), in_option=True)
    except InputError as error:
        return None, list(error.problems)
    try:
        node = read_yaml(value, name)
    except InputError as error:
        return None, [replace(problem, column=problem.column + len(key) + 1) for problem in error.problems]
    shifted = _shifted(node or Scalar(None, Place(name, 1, 1)), len(key) + 1)
    return Change("set", path, shifted, Place(name, 1, 1)), []


def _split(text: str) -> tuple[str, str, str]:
    """Split at the first `=` outside of selectors."""
    depth = 0
    for position, letter in enumerate(text):
        depth += {"[": 1, "]": -1}.get(letter, 0)
        if letter == "=" and depth <= 0:
            return text[:position], "=", text[position + 1 :]
    return text, "", ""


def _shifted(node: Node, by: int) -> Node:
    """Count columns from the start of the option instead of from its value."""
    place = _moved(node.place, by)
    match node:
        case Scalar():
            return Scalar(node.value, place)
        case Sequence():
            return Sequence(tuple(_shifted(item, by) for item in node.items), place)
        case Mapping():
            entries = {key: _shifted(child, by) for key, child in node.entries.items()}
            return Mapping(entries, {key: _moved(spot, by) for key, spot in node.key_places.items()}, place)


def _moved(place: Place, by: int) -> Place:
    return Place(place.file, place.line, place.column + by if place.line == 1 else place.column)
