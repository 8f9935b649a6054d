"""Loads scenario files."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from sim.specification.china_calendar import listed_china_calendar
from sim.specification.resolved import Provenance, ResolvedScenario
from sim.specification.schema import Scenario


def _strip(node: Any, path: str, provenance: dict[str, Provenance]) -> Any:
    if isinstance(node, dict) and "value" in node:
        low_high = node.get("range")
        provenance[path] = Provenance(
            "", 0, 0, node.get("basis"), node.get("source"), tuple(low_high) if low_high else None
        )
        return node["value"]
    if isinstance(node, dict):
        return {k: _strip(v, f"{path}.{k}".lstrip("."), provenance) for k, v in node.items()}
    if isinstance(node, list):
        return [_strip(v, f"{path}.{k}", provenance) for k, v in enumerate(node)]
    return node


def load_scenario(
    path: Path | str,
    overlays: Sequence[Path | str] = (),
    settings: Sequence[str] = (),
    known_sources: frozenset[str] | None = None,
) -> ResolvedScenario:
    """Preliminary: reads one complete file without overlays."""
    del overlays, settings, known_sources
    tree = YAML(typ="safe", pure=True).load(Path(path).read_text(encoding="utf-8"))
    provenance: dict[str, Provenance] = {}
    plain = _strip(tree, "", provenance)
    scenario = Scenario.model_validate(plain)
    if scenario.statutory_calendar.rule == "china":
        start = scenario.horizon.start_date
        last = start + timedelta(days=3_650)
        listed = listed_china_calendar(date(start.year - 1, 1, 1), last)
        scenario = scenario.model_copy(update={"statutory_calendar": listed})
    return ResolvedScenario(scenario=scenario, provenance=provenance)
