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
