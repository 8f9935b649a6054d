"""Two overlays side by side may not set one value to different things."""

from collections.abc import Iterable, Sequence

from sim.errors import Problem
from sim.specification.changes import Step
from sim.specification.faults import fault, found_text
from sim.specification.tree import Path, plain_value

_IN_ANY_ORDER = ("scale", "add", "append")
_TITLES = ("name", "description")
"""What a scenario is called; every policy sets it, so of several laid side by side the last one gives it."""


def conflicts(layers: Sequence[Sequence[Step]]) -> list[Problem]:
    """List the values that two sibling overlays change in ways that depend on which comes last, one fault a pair.

    Two scalings, two additions or two appendices of one value agree; so do two overlays that set the same value. The
    scenario's name and description are no conflict: the last one holds.
    """
    problems: list[Problem] = []
    for position, later in enumerate(layers):
        for earlier in layers[:position]:
            problems.extend(_between(earlier, later))
    return problems


def _between(earlier: Sequence[Step], later: Sequence[Step]) -> Iterable[Problem]:
    for step in later:
        other = next((other for other in earlier if _disagree(other, step)), None)
        if other is not None:
            yield fault(
                "overlay_conflict",
                step.place,
                step.path,
                value=_said(step),
                other_value=_said(other),
                other_file=other.place.file,
                other_line=other.place.line,
            )


def _disagree(one: Step, other: Step) -> bool:
    if not any(_overlap(path, other_path) for path in _paths(one) for other_path in _paths(other)):
        return False
    if one.operation == other.operation == "set" and one.path[0] == other.path[0] and one.path[0] in _TITLES:
        return False
    if one.operation == other.operation == "set":
        return one.path != other.path or plain_value(one.value) != plain_value(other.value)
    return one.operation != other.operation or one.operation not in _IN_ANY_ORDER


def _paths(step: Step) -> tuple[Path, ...]:
    return (step.path,) if step.to is None else (step.path, step.to)


def _overlap(one: Path, other: Path) -> bool:
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter]


def _said(step: Step) -> str:
    said = plain_value(step.value)
    if isinstance(said, dict) and "value" in said:
        said = said["value"]
    text = found_text(said)
    return text if step.operation == "set" else f"{step.operation} {text}"
