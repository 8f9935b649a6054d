"""The overlay that baselines extend: every value that a calibration determines, with its basis, source and range."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from calibration.fit.adopted import FITTED_FOLDER
from calibration.fit.outcome import Outcome
from calibration.fit.place import PlaceToFit
from calibration.fit.result_tables import point_values, value_ranges
from sim.specification.leaves import scenario_leaves
from sim.specification.tree import dotted

FITTED: Final = "fitted"
_RANGE_DIGITS: Final = 4


def overlay_text(outcome: Outcome, targets_name: str, posterior_name: str) -> str:
    """Return the text of `fitted/<place>.yaml`.

    `targets_name`: how people call the targets file; `posterior_name`: the posterior sample, relative to the overlay.
    """
    name = outcome.place.targets.name
    lines = [
        f"# {name.zh} / {name.en}",
        f"# Written by `python run_sim.py calibrate {targets_name} --adopt`. Do not edit: fit again.",
        "# fitted or transferred: informed by the figures, by a rule fixed beforehand (median contraction of at least",
        "# 0.5 over synthetic data sets). assumed: not informed, even if the posterior moved. Ranges: the middle 90 %.",
        "",
        f"experiment: {{posterior: {posterior_name}}}",
        "",
        *_block(_nested(outcome, targets_name), 0),
    ]
    return "\n".join(lines) + "\n"


def _nested(outcome: Outcome, targets_name: str) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    values, ranges = point_values(outcome), value_ranges(outcome)
    for path, basis in _bases(outcome).items():
        *above, last = path.split(".")
        node = tree
        for key in above:
            node = node.setdefault(key, {})
        node[last] = _record(values[path], basis, _source(outcome, path, basis, targets_name), ranges[path])
    return tree


def _bases(outcome: Outcome) -> dict[str, str]:
    """Return the basis of each value of the overlay: those of stated parameters, then those that follow from several.

    What the baseline says itself stays there: ranged assumptions, and whatever is taken as it states it.
    """
    place, values = outcome.place, point_values(outcome)
    said = _said_by_baseline(place)
    bases = {}
    for parameter, finding in zip(place.parameters, outcome.findings, strict=True):
        for path in parameter.sets:
            if parameter.id in place.targets.parameters and said.get(path) != values[path]:
                bases[path] = finding.basis
    set_by_parameters = {path for parameter in place.parameters for path in parameter.sets}
    for path in values:
        if path not in set_by_parameters:
            bases[path] = outcome.value_basis.get(path, "assumed")
    return bases


def _said_by_baseline(place: PlaceToFit) -> dict[str, object]:
    """Return the values that the baseline has of its own accord, by path, none from the overlay of an earlier fit."""
    stated = place.baseline.provenance
    leaves = {dotted(leaf.path): leaf.value for leaf in scenario_leaves(place.baseline.scenario)}
    return {
        path: value
        for path, value in leaves.items()
        if path in stated and Path(stated[path].file).parent.name != FITTED_FOLDER
    }


def _source(outcome: Outcome, path: str, basis: str, targets_name: str) -> str:
    stated = next((parameter for parameter in outcome.place.parameters if path in parameter.sets), None)
    if basis == FITTED:
        figures = [seen.target.figure for seen in outcome.observations if not seen.target.held_out]
        return "; ".join([*figures, f"citation: fitted by {targets_name}"])
    if stated is not None:
        return "; ".join([*([stated.source] if stated.source else []), f"citation: prior of {targets_name}"])
    what = "taken over, widened, by" if basis == "transferred" else "follows from what is assumed in"
    return f"citation: {what} {targets_name}"


def _record(value: float, basis: str, source: str, ends: tuple[float, float]) -> str:
    low, high = (float(f"{end:.{_RANGE_DIGITS}g}") for end in ends)
    # A JSON string is a quoted YAML scalar, whatever a source says.
    record = f"value: {value:.10g}, basis: {basis}, source: {json.dumps(source, ensure_ascii=False)}"
    low, high = min(low, value), max(high, value)
    return f"{{{record}, range: [{low:.10g}, {high:.10g}]}}" if low < high else f"{{{record}}}"


def _block(tree: Mapping[str, Any], depth: int) -> Iterator[str]:
    for key, node in tree.items():
        if isinstance(node, str):
            yield f"{'  ' * depth}{key}: {node}"
        else:
            yield f"{'  ' * depth}{key}:"
            yield from _block(node, depth + 1)
