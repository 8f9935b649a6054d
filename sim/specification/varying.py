"""Varies the values of a resolved scenario, for sweeps and for asking whether a verdict hangs on an assumption."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

from sim.errors import InputError, Problem
from sim.specification.checks import cross_faults
from sim.specification.derivation import as_path
from sim.specification.faults import fault, found_text
from sim.specification.leaves import content_of, scenario_leaves
from sim.specification.resolved import Provenance, ProvenancePlaces, ResolvedScenario
from sim.specification.schema import Scenario
from sim.specification.shape import Role
from sim.specification.suggestions import nearest
from sim.specification.tree import Path, Place, dotted
from sim.specification.validation import validated_content

Value = float | int | str | bool

_UNCERTAIN_BASES: Final = ("assumed", "transferred")
_PATIENCE_SHARES: Final = ("patience.withdraw_share", "patience.litigate_share", "patience.bypass_share")


@dataclass(frozen=True, slots=True)
class AssumedQuantity:
    """A number that nobody measured here, with the range in which it may lie."""

    path: str
    value: float
    low: float
    high: float
    unit: str
    role: Role
    basis: Literal["assumed", "transferred"]


def assumed_quantities(resolved: ResolvedScenario) -> list[AssumedQuantity]:
    """List the assumed and transferred numbers that have a range, in the order of the schema."""
    found = []
    for leaf in scenario_leaves(resolved.scenario):
        items = enumerate(leaf.value) if isinstance(leaf.value, tuple) else ((None, leaf.value),)
        for index, value in items:
            path = dotted(leaf.path if index is None else (*leaf.path, index))
            stated = resolved.provenance.get(path)
            if stated is None or stated.range is None or stated.range[0] == stated.range[1]:
                continue
            if stated.basis in ("assumed", "transferred") and isinstance(value, int | float):
                low, high = stated.range
                found.append(AssumedQuantity(path, value, low, high, leaf.field.unit, leaf.field.role, stated.basis))
    return found


def with_values(resolved: ResolvedScenario, values: Mapping[str, Value]) -> ResolvedScenario:
    """Return the scenario with some of its values replaced, by dotted path; InputError where that is no valid scenario.

    Where some shares of a whole are replaced (of categories, channels, administration, of what impatient parties
    do), the others are scaled so that all still sum to 1. A range is kept where it still holds the value.
    """
    content = content_of(resolved.scenario)
    values = {**values, **_rebalanced_shares(resolved.scenario, values)}
    problems = [problem for path, value in values.items() for problem in _put(content, as_path(path), value)]
    if problems:
        raise InputError(problems)
    provenance = {**resolved.provenance}
    for path, value in values.items():
        if path in provenance:
            provenance[path] = _restated(provenance[path], value)
    places = ProvenancePlaces(provenance)
    scenario, problems = validated_content(content, places)
    if scenario is not None:
        problems = cross_faults(scenario, places)
    if problems or scenario is None:
        raise InputError(problems)
    return replace(resolved, scenario=scenario, provenance=provenance)


def with_base_values(resolved: ResolvedScenario, values: Mapping[str, float]) -> ResolvedScenario:
    """Return the scenario as its overlays would have made it from a baseline with other values.

    What an overlay states stays; what it scales, adds to or moves is computed again. Values that the scenario does not
    have (because an overlay replaced their block) are left out.
    """
    derived = resolved.derivation.derived(values)
    return with_values(resolved, {path: value for path, value in derived.items() if resolved.has_value(path)})


def values_it_lacks(resolved: ResolvedScenario, paths: Iterable[str]) -> list[str]:
    """Return those of the paths at which a scenario has no value, in their order."""
    return [path for path in paths if not resolved.has_value(path)]


def _restated(stated: Provenance, value: Value) -> Provenance:
    if stated.range is None or (isinstance(value, int | float) and stated.range[0] <= value <= stated.range[1]):
        return stated
    return replace(stated, range=None)


def _put(content: dict[str, object], path: Path, value: Value) -> list[Problem]:
    node: object = content
    for depth, key in enumerate(path):
        is_last = depth == len(path) - 1
        if isinstance(node, dict) and key in node:
            if is_last:
                node[key] = _whole_if_count(node[key], value)
            elif isinstance(node[key], tuple):
                node[key] = list(node[key])
            node = node[key]
        elif isinstance(node, list) and isinstance(key, int) and key < len(node):
            if is_last:
                node[key] = _whole_if_count(node[key], value)
            node = node[key]
        else:
            known = tuple(str(name) for name in node) if isinstance(node, dict) else ()
            suggestion = nearest(key, known)
            fields = {"key": found_text(key), "in_file": "", "allowed": known[:20], "suggestion": suggestion}
            return [fault("path_unknown", Place("", 0, 0), path, **fields)]
    return []


def _whole_if_count(old: object, value: Value) -> Value:
    """Write 3.0 as 3 where a whole number stood: ranges and designs hold floats."""
    is_count = isinstance(old, int) and not isinstance(old, bool)
    return int(value) if is_count and isinstance(value, float) and value.is_integer() else value


def _rebalanced_shares(scenario: Scenario, values: Mapping[str, Value]) -> dict[str, float]:
    wholes: list[dict[str, float]] = [
        {f"categories.{name}.share": category.share for name, category in scenario.categories.items()},
        {f"channels.{name}.share": channel.share for name, channel in (scenario.channels or {}).items()},
        {
            f"admin_load.{name}.share_of_admin": item.share_of_admin
            for name, item in (scenario.admin_load or {}).items()
        },
    ]
    if scenario.patience is not None:
        patience = scenario.patience
        shares = (patience.withdraw_share, patience.litigate_share, patience.bypass_share)
        wholes.append(dict(zip(_PATIENCE_SHARES, shares, strict=True)))
    rebalanced: dict[str, float] = {}
    for whole in wholes:
        given = [float(value) for path, value in values.items() if path in whole and isinstance(value, int | float)]
        others = {path: share for path, share in whole.items() if path not in values}
        rest = sum(others.values())
        if given and rest > 0 and sum(given) <= 1:
            rebalanced |= {path: share * (1 - sum(given)) / rest for path, share in others.items()}
    return rebalanced
