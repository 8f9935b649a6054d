"""What a user can meet when something is wrong: a code and fields, no wording (the command line words them)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Self


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with the input.

    `code` names the kind of fault (the wording in zh and en is keyed by it). `file`, `line`, `column` (1-based) say
    where; `path` is the dotted key path. `fields` fill the wording: what was found, what is allowed, a suggestion.
    """

    code: str
    file: str = ""
    line: int = 0
    column: int = 0
    path: str = ""
    fields: dict[str, str] = field(default_factory=dict)


class InputError(Exception):
    """The input cannot be used; carries every problem found, in file order. Exit code 2."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(f"{p.file}:{p.line}:{p.column} {p.path}: {p.code} {p.fields}" for p in problems))
        self.problems = tuple(problems)

    def __reduce__(self) -> tuple[type[Self], tuple[object]]:
        # An error raised in a worker process reaches the user whole.
        return type(self), (self.problems,)


class AuditError(Exception):
    """An accounting identity of a finished run does not hold: the run is void. Exit code 1."""

    def __init__(self, failures: Sequence[str]) -> None:
        super().__init__("\n".join(failures))
        self.failures = tuple(failures)

    def __reduce__(self) -> tuple[type[Self], tuple[object]]:
        # An error raised in a worker process reaches the user whole.
        return type(self), (self.failures,)


class VerificationError(Exception):
    """A run folder differs from what its question gives when it is run again. Exit code 1."""

    def __init__(self, differences: Sequence[str]) -> None:
        super().__init__("\n".join(differences))
        self.differences = tuple(differences)

    def __reduce__(self) -> tuple[type[Self], tuple[object]]:
        # An error raised in a worker process reaches the user whole.
        return type(self), (self.differences,)


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happens to a dispute as an engine tells it: when, what (a code), and what its wording names.

    `fields` are names (of a tier, unit, session, group, fate …), counts, and seconds where they end in `_s`.
    """

    second: int
    code: str
    fields: dict[str, str | int] = field(default_factory=dict)

    def __str__(self) -> str:
        rest, seconds = divmod(self.second, 60)
        day, minutes = divmod(rest, 24 * 60)
        told = ", ".join(f"{name} {said}" for name, said in self.fields.items())
        return f"day {day} {minutes // 60:02d}:{minutes % 60:02d}:{seconds:02d} {self.code} ({told})"


@dataclass(frozen=True, slots=True)
class EngineDifference:
    """Where two engines first tell a run differently, and the story of that dispute by both.

    `first`: what each of `engines` tells, the next thing where one tells nothing of the kind, None where nothing more
    comes. `columns`: what differs in it, as name and the value by each engine (empty where it has none). `story`: rows
    in order of time, each side None where that engine does not tell it.
    """

    engines: tuple[str, str]
    dispute_id: int
    first: tuple[Happening | None, Happening | None]
    columns: tuple[tuple[str, str, str], ...]
    story: tuple[tuple[Happening | None, Happening | None], ...]


class EnginesDifferError(Exception):
    """Two engines do not give the same trajectory of one replication; `run` names it. Exit code 1."""

    def __init__(self, difference: EngineDifference, run: str = "") -> None:
        told = "; ".join(f"{name}: {what}" for name, what in zip(difference.engines, difference.first, strict=True))
        cells = ", ".join(f"{name} {one} / {other}" for name, one, other in difference.columns)
        super().__init__(f"{run}: the engines differ, dispute {difference.dispute_id}: {told}; {cells}")
        self.difference = difference
        self.run = run

    def __reduce__(self) -> tuple[type[Self], tuple[object, ...]]:
        # An error raised in a worker process reaches the user whole.
        return type(self), (self.difference, self.run)


class FiguresConflictError(Exception):
    """Reported figures that a place cannot meet together, whatever its parameters are. Exit code 1.

    `conflicts`: the smallest such sets of figures, by id, each with the probability that the model lies so far off.
    """

    def __init__(self, conflicts: Sequence[tuple[tuple[str, ...], float]]) -> None:
        super().__init__("; ".join(f"{', '.join(figures)} (p = {prob:.2g})" for figures, prob in conflicts))
        self.conflicts = tuple(conflicts)

    def __reduce__(self) -> tuple[type[Self], tuple[object]]:
        # An error raised in a worker process reaches the user whole.
        return type(self), (self.conflicts,)
