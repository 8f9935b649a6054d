"""How the numbers of a policy follow from those of its baseline, so that a baseline can be varied under its policies.

A policy that moves half the town's posts to grids moves half of another number when the baseline has another number.
The resolved scenario keeps the arithmetic for that: what overlays state outright, the numbers before the first
arithmetic change, and the arithmetic in order.
"""

from collections.abc import Mapping as AbstractMapping
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from sim.errors import InputError
from sim.specification.changes import Change, Step, changed_number, is_count_at, number_at, operand_of, read_changes
from sim.specification.faults import fault, found_text
from sim.specification.records import is_number, put_right
from sim.specification.tree import Mapping, Node, Path, dotted, plain_value
from sim.specification.tree import Sequence as TreeSequence

_KEYS: Final = ("stated", "start", "steps")


@dataclass(frozen=True, slots=True)
class ArithmeticStep:
    """One change of a number: set, scale or add at `path`, or move from `path` to `to`."""

    operation: str
    path: str
    operand: float
    to: str = ""
    rounds: bool = False


@dataclass(frozen=True, slots=True)
class Derivation:
    """`stated`: paths that overlays or settings state; `start`: numbers before arithmetic; `steps`: the arithmetic."""

    stated: tuple[str, ...] = ()
    start: AbstractMapping[str, float] = field(default_factory=dict)
    steps: tuple[ArithmeticStep, ...] = ()

    def is_stated(self, path: str) -> bool:
        """Whether an overlay states this value, or a block around it, so that the baseline's does not matter."""
        return any(path == stated or path.startswith(f"{stated}.") for stated in self.stated)

    def derived(self, base_values: AbstractMapping[str, float]) -> dict[str, float]:
        """Return the values that follow from other baseline values, by path."""
        kept = {path: value for path, value in base_values.items() if not self.is_stated(path)}
        numbers = {**self.start, **kept}
        for step in self.steps:
            if step.operation == "set":
                numbers[step.path] = step.operand
            elif step.operation == "move":
                moved = changed_number("scale", numbers[step.path], step.operand, is_count=True)
                numbers[step.path] -= moved
                numbers[step.to] += moved
            else:
                numbers[step.path] = changed_number(step.operation, numbers[step.path], step.operand, step.rounds)
        changed = {path for step in self.steps for path in (step.path, step.to) if path}
        return {path: number for path, number in numbers.items() if path in kept or path in changed}

    def as_content(self) -> dict[str, object]:
        """Return the block as it stands in a resolved scenario file."""
        operand = {"set": "value", "scale": "factor", "add": "amount"}
        steps = [
            {step.operation: {"path": step.path, operand[step.operation]: step.operand}}
            if step.operation in operand
            else {"move": {"from": step.path, "to": step.to, "share": step.operand}}
            for step in self.steps
        ]
        return {"stated": list(self.stated), "start": dict(self.start), "steps": steps}


@dataclass(slots=True)
class DerivationRecorder:
    """Follows the changes of overlays and settings as they are applied."""

    stated: dict[str, None] = field(default_factory=dict)
    start: dict[str, float] = field(default_factory=dict)
    steps: list[ArithmeticStep] = field(default_factory=list)

    def note(self, before: Mapping, steps: Sequence[Step], after: Mapping) -> None:
        """Note the steps that led from one tree to the next."""
        for step in steps:
            if step.operation in ("set", "append"):
                self._note_stated(step.path, after)
                continue
            for path in (step.path,) if step.to is None else (step.path, step.to):
                number = number_at(before, path)
                assert number is not None
                self.start.setdefault(dotted(path), number)
            to = dotted(step.to) if step.to is not None else ""
            rounds = is_count_at(before, step.path)
            self.steps.append(ArithmeticStep(step.operation, dotted(step.path), operand_of(step), to, rounds))

    def _note_stated(self, path: Path, after: Mapping) -> None:
        self.stated[dotted(path)] = None
        for name in self.start:
            if name == dotted(path) or name.startswith(f"{dotted(path)}."):
                number = number_at(after, as_path(name))
                if number is not None:
                    self.steps.append(ArithmeticStep("set", name, number))

    def derivation(self, after: Mapping) -> Derivation:
        """Return what was noted, without numbers that are no longer there."""
        gone = {name for name in self.start if number_at(after, as_path(name)) is None}
        steps = tuple(step for step in self.steps if step.path not in gone and step.to not in gone)
        start = {name: number for name, number in self.start.items() if name not in gone}
        return Derivation(tuple(sorted(self.stated)), start, steps)


def as_path(text: str) -> Path:
    """Take a dotted path without selectors apart; a number is a list index."""
    return tuple(int(part) if part.isdecimal() else part for part in text.split("."))


def read_derivation(node: Node, root: Mapping) -> Derivation:
    """Read the block of a resolved scenario file whose other content is `root`; InputError where it does not fit."""
    where: Path = ("derivation",)
    if not isinstance(node, Mapping):
        raise InputError([fault("not_a_block", node.place, where, found=found_text(plain_value(node)))])
    right, problems = put_right(node, _KEYS, where)
    problems += [
        fault("missing_key", node.place, (*where, key), key=key, allowed=())
        for key in _KEYS
        if key not in right.entries
    ]
    if problems:
        raise InputError(problems)
    stated, start = plain_value(right.entries["stated"]), plain_value(right.entries["start"])
    changes, problems = read_changes(right.entries["steps"])
    if not (isinstance(stated, list) and isinstance(right.entries["stated"], TreeSequence)):
        problems.append(
            fault("not_a_list", right.entries["stated"].place, (*where, "stated"), found=found_text(stated))
        )
    if not (isinstance(start, dict) and all(is_number(number) for number in start.values())):
        problems.append(fault("not_a_block", right.entries["start"].place, (*where, "start"), found=found_text(start)))
    if problems:
        raise InputError(problems)
    assert isinstance(stated, list) and isinstance(start, dict)
    steps = tuple(_as_arithmetic(change, root, start) for change in changes)
    return Derivation(tuple(str(path) for path in stated), start, steps)


def _as_arithmetic(change: Change, root: Mapping, start: AbstractMapping[str, float]) -> ArithmeticStep:
    operand = plain_value(change.value)
    ends = [written for written in (change.path, change.to) if written is not None]
    for written in ends:
        if written.text not in start:
            fields = {"key": written.text, "in_file": written.place.file, "allowed": sorted(start), "suggestion": ""}
            raise InputError([fault("path_unknown", written.place, ("derivation", "start"), **fields)])
    if not isinstance(operand, int | float) or not is_number(operand):
        raise InputError(
            [fault("not_a_number", change.value.place, ("derivation",), found=found_text(operand), unit="")]
        )
    to = change.to.text if change.to is not None else ""
    rounds = is_count_at(root, as_path(change.path.text)) and change.operation != "set"
    return ArithmeticStep(change.operation, change.path.text, operand, to, rounds)
