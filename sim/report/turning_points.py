"""What would change the answer: assumed values at whose ends a verdict is another one."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

import pandas as pd

from sim.report.folder import RunFolder
from sim.report.headline import headline_measures

_CLEAR: Final = ("better", "worse", "differs")
_ENDS: Final = ("low", "base", "high")


class Turn(IntEnum):
    """How a verdict at an end of a range departs from the verdict at the value assumed; the gravest first."""

    REVERSED = 0
    """Better becomes worse, or worse better."""
    OPPOSED = 1
    """What was not clear becomes better at one end and worse at the other."""
    LOST = 2
    """A clear verdict is no longer clear."""
    GAINED = 3
    """What was not clear becomes clear."""
    SHADE = 4
    """Unclear becomes within noise, or the other way round."""


@dataclass(frozen=True)
class StressEnd:
    """The verdict with an assumed value at one end of its range (`end` low or high) or as assumed (base)."""

    end: str
    value: float
    difference: float
    low: float
    high: float
    verdict: str


@dataclass(frozen=True)
class StressedDifference:
    """One policy's difference from the baseline on one measure, over the range of one assumed value."""

    path: str
    policy: str
    measure: str
    swing: float
    low_end: StressEnd
    base: StressEnd
    high_end: StressEnd


def stressed_differences(folder: RunFolder) -> tuple[StressedDifference, ...]:
    """Return the stress test's results, by measure, policy and assumed value (the largest swing on a measure first).

    The stress test has replications of its own, so its verdicts are compared with its own base, never with the
    comparison's. A base row without a path stands for all paths; a path that lacks an end or its base is left out.
    """
    table = folder.robustness
    found = []
    rows = {(str(r.path), str(r.end), str(r.scenario), str(r.measure)): r for r in table.itertuples()}
    paths = [path for path in dict.fromkeys(table["path"]) if path]
    for measure in _measures_in_order(folder, table):
        for policy in folder.policies:
            of_policy = []
            for path in paths:
                ends = [rows.get((path, end, policy.id, measure)) for end in _ENDS]
                ends[1] = ends[1] or rows.get(("", "base", policy.id, measure))
                if all(ends):
                    low_end, base, high_end = (_stress_end(row) for row in ends)
                    swing = abs(high_end.difference - low_end.difference)
                    of_policy.append(StressedDifference(path, policy.id, measure, swing, low_end, base, high_end))
            found += of_policy
    return _largest_swing_first(found)


def _measures_in_order(folder: RunFolder, table: pd.DataFrame) -> list[str]:
    headline = [measure for measure in headline_measures(folder) if measure in set(table["measure"])]
    return [*headline, *(measure for measure in dict.fromkeys(table["measure"]) if measure not in headline)]


def _stress_end(row: object) -> StressEnd:
    fields = {name: getattr(row, name) for name in ("end", "value", "difference", "low", "high", "verdict")}
    return StressEnd(**fields)


def _largest_swing_first(found: Iterable[StressedDifference]) -> tuple[StressedDifference, ...]:
    """Order the values alike in every panel of a measure: by their largest swing over the policies."""
    items = list(found)
    largest: dict[tuple[str, str], float] = {}
    measures = list(dict.fromkeys(item.measure for item in items))
    policies = list(dict.fromkeys(item.policy for item in items))
    for item in items:
        key = (item.measure, item.path)
        largest[key] = max(largest.get(key, 0.0), item.swing)
    return tuple(
        sorted(
            items,
            key=lambda item: (
                measures.index(item.measure),
                policies.index(item.policy),
                -largest[item.measure, item.path],
                item.path,
            ),
        )
    )


def gravest_turn(item: StressedDifference) -> Turn | None:
    """Return the gravest turn at the ends of a value's range, None if both verdicts are that at the value assumed."""
    low, base, high = item.low_end.verdict, item.base.verdict, item.high_end.verdict
    if {low, high} == {"better", "worse"} and base not in _CLEAR:
        return Turn.OPPOSED
    turns = [turn for turn in (turn_between(base, low), turn_between(base, high)) if turn is not None]
    return min(turns, default=None)


def turn_between(base: str, end: str) -> Turn | None:
    """Return how a verdict departs from another, None if it does not."""
    if base == end or not base or not end:
        return None
    if {base, end} == {"better", "worse"}:
        return Turn.REVERSED
    if base in _CLEAR:
        return Turn.LOST
    return Turn.GAINED if end in _CLEAR else Turn.SHADE
