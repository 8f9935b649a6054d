"""A scenario as it will run: its values, where each came from, and the files that were read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from sim.errors import Problem
from sim.specification.schema import Scenario

Basis = Literal["reported", "fitted", "transferred", "literature", "assumed"]


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a value stands (1-based line and column), on what it rests, and which file or `--set` stated it last."""

    file: str
    line: int
    column: int
    basis: Basis | None = None
    source: str | None = None
    range: tuple[float, float] | None = None
    set_by: str = ""


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file that the scenario was read from, with the SHA-256 of its bytes."""

    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ResolvedScenario:
    """A valid scenario with the provenance of every value by dotted key path.

    `warnings` are things that are allowed but change nothing, such as a value whose mechanism is off.
    """

    scenario: Scenario
    provenance: Mapping[str, Provenance]
    files: tuple[FileRead, ...] = ()
    warnings: tuple[Problem, ...] = field(default=())
