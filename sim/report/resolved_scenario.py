"""A resolved scenario as a report needs it: names, plain values, and where each recorded value comes from."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from sim.errors import InputError, Problem
from sim.specification.schema import Scenario

BASES: Final = ("reported", "fitted", "transferred", "literature", "assumed")
"""Bases of a value, the surest first."""

UNSTATED: Final = "unstated"
"""The basis of a number that the scenario gives without a record."""

_SET_BY_THE_STUDY: Final = frozenset(
    {"schema_version", "horizon", "experiment", "measures", "statutory_calendar", "derivation"}
)
_TEXTS: Final = frozenset({"place", "name", "description"})


@dataclass(frozen=True)
class RecordedValue:
    """One number of a scenario (or list of numbers), with its basis; `low` and `high` are None without a range."""

    path: str
    value: Any
    basis: str
    source: str = ""
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class ResolvedFile:
    """One scenario of a run: its id, its content without records and unit rows, its recorded values in file order."""

    id: str
    content: dict[str, Any]
    recorded: tuple[RecordedValue, ...]

    def text(self, key: str, language: str) -> str:
        """Return `place`, `name` or `description` in a language."""
        return str(self.content[key][language])

    def name_of(self, section: str, item: str, language: str) -> str:
        """Return the name of a tier, staff group, category or channel; its id if it has none."""
        entry = (self.content.get(section) or {}).get(item)
        name = entry.get("name") if isinstance(entry, dict) else None
        return str(name[language]) if isinstance(name, dict) else item

    @property
    def tier_ids(self) -> tuple[str, ...]:
        """Tiers, lowest first."""
        return tuple(self.content["tiers"])


def read_resolved_file(path: Path, scenario: str) -> ResolvedFile:
    """Read `scenario.<id>.resolved.yaml`; InputError where it is no readable scenario.

    The unit rows are skipped: a county has thousands, the run folder holds them in units.parquet, and reading them as
    YAML takes a second a scenario.
    """
    try:
        text = path.read_text(encoding="utf-8")
        content = YAML(typ="safe", pure=True).load(_without_unit_rows(text))
    except (OSError, UnicodeError, YAMLError) as error:
        raise InputError([Problem("run_folder_unreadable", str(path), fields={"reason": str(error)})]) from error
    missing = [key for key in ("place", "name", "description", "tiers") if key not in (content or {})]
    if missing:
        raise InputError([Problem("run_folder_invalid", str(path), path=missing[0], fields={"reason": "missing"})])
    # What determined the values (a policy's changes) may stand beside them; only the scenario itself is reported.
    blocks = {key: block for key, block in content.items() if key in Scenario.model_fields}
    recorded = tuple(value for key, block in blocks.items() if key not in _TEXTS for value in _values(block, key))
    return ResolvedFile(id=scenario, content=_plain(blocks), recorded=recorded)


def _without_unit_rows(text: str) -> str:
    kept, in_units, rows_indent = [], False, -1
    for line in text.splitlines(keepends=True):
        content = line.strip()
        indent = len(line) - len(line.lstrip(" "))
        if content and indent == 0:
            in_units = line.startswith("units:")
        if content and (indent < rows_indent or (indent == rows_indent and not content.startswith("-"))):
            rows_indent = -1
        if in_units and rows_indent < 0 and content.startswith("rows:"):
            rows_indent = indent
        if rows_indent < 0:
            kept.append(line)
    return "".join(kept)


def _is_record(node: Any) -> bool:
    return isinstance(node, dict) and "value" in node


def _plain(node: Any) -> Any:
    if _is_record(node):
        return _plain(node["value"])
    if isinstance(node, dict):
        return {str(key): _plain(value) for key, value in node.items()}
    return [_plain(value) for value in node] if isinstance(node, list) else node


def _values(node: Any, path: str) -> Iterator[RecordedValue]:
    if _is_record(node):
        ends = _range_of(node.get("range"))
        source = str(node.get("source") or "")
        yield RecordedValue(path, _plain(node["value"]), str(node.get("basis") or UNSTATED), source, *ends)
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from _values(value, f"{path}.{key}")
    elif isinstance(node, list):
        for position, value in enumerate(node):
            yield from _values(value, f"{path}.{position}")
    elif _is_number(node) and path.split(".", maxsplit=1)[0] not in _SET_BY_THE_STUDY:
        yield RecordedValue(path, node, UNSTATED)


def _is_number(node: Any) -> bool:
    return isinstance(node, int | float) and not isinstance(node, bool)


def _range_of(ends: Any) -> tuple[float | None, float | None]:
    if isinstance(ends, dict):
        ends = [ends.get("low"), ends.get("high")]
    if not isinstance(ends, list) or len(ends) != 2 or not all(_is_number(end) for end in ends):
        return None, None
    return float(ends[0]), float(ends[1])
