"""A scenario as it will run: its values, where each came from, and the files that were read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from sim.errors import Problem
from sim.specification.derivation import Derivation
from sim.specification.leaves import scenario_leaves
from sim.specification.posterior_file import PosteriorSample
from sim.specification.reading import FileRead
from sim.specification.records import Basis
from sim.specification.schema import Scenario
from sim.specification.schema.practice import Practice
from sim.specification.tree import Path, Place, dotted


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a value stands (1-based line and column), on what it rests, and what stated it last.

    `basis`, `source` and `range` are None for a plain number; `set_by` is a file or `--set`.
    """

    file: str
    line: int
    column: int
    basis: Basis | None = None
    source: str | None = None
    range: tuple[float, float] | None = None
    set_by: str = ""


@dataclass(frozen=True)  # without slots, which leave no room for what is computed once
class ResolvedScenario:
    """A valid scenario with the provenance of every value by dotted key path.

    A list of single values is one value; the rows of a units table are one, `units.rows`. `files` are what was read,
    in order. `warnings` name what is allowed but changes nothing. `derivation` says how the numbers follow from a
    baseline's, and is empty without overlays. `practices` are those whose overlays were laid, in order. `posterior` is
    the sample that `experiment.posterior` names; the scenario itself no longer names it.
    """

    scenario: Scenario
    provenance: Mapping[str, Provenance]
    files: tuple[FileRead, ...] = ()
    warnings: tuple[Problem, ...] = ()
    derivation: Derivation = field(default_factory=Derivation)
    practices: tuple[Practice, ...] = ()
    posterior: PosteriorSample | None = None

    @cached_property
    def value_paths(self) -> frozenset[str]:
        """Dotted paths of all values, a list of single values being one: walked once for any number of variations."""
        return frozenset(dotted(leaf.path) for leaf in scenario_leaves(self.scenario))

    def has_value(self, path: str) -> bool:
        """Whether there is a value at a dotted path, or a list of single values of which it names an item."""
        return path in self.value_paths or path.rpartition(".")[0] in self.value_paths


@dataclass(frozen=True, slots=True)
class ProvenancePlaces:
    """Finds places by the provenance of values, for checking a scenario again after a value changed."""

    provenance: Mapping[str, Provenance]

    def place(self, path: Path) -> Place:
        """Return the place of a value, or of what is nearest above or below it."""
        for length in range(len(path), 0, -1):
            name = dotted(path[:length])
            found = self.provenance.get(name) or next(
                (value for key, value in self.provenance.items() if key.startswith(f"{name}.")), None
            )
            if found is not None:
                return Place(found.file, found.line, found.column)
        return Place("", 0, 0)

    def key_place(self, path: Path) -> Place:
        """Return the place of a value: keys are no longer known."""
        return self.place(path)

    def latest(self, path: Path, others: Sequence[Path]) -> Place:
        """Return the place of the path: which of them was stated later is no longer known."""
        del others
        return self.place(path)

    def is_doubtful(self, path: Path) -> bool:
        """Nothing is: the scenario was valid."""
        del path
        return False
