"""What a long computation tells whoever watches it."""

from enum import StrEnum
from typing import Protocol

from sim.stats import StoppingDecision


class Stage(StrEnum):
    """A stretch of work of known size."""

    COMPILING = "compiling"
    """The engine, once for every version of its files: up to a minute before the first replication."""
    COUNTIES = "counties"
    """Every county of a nation."""
    FITTING = "fitting"
    """Every draw of the parameters that a fit simulates."""
    REPLICATIONS = "replications"
    """Every scenario up to the next look."""
    DRAWS = "draws"
    """Every scenario as each draw of a posterior makes it."""
    SCREENING = "screening"
    """Each assumed value at both ends of its range."""
    STRESS = "stress"
    """All policies at both ends of the values that move the verdict most."""
    WRITING = "writing"
    """From finished replications to result files."""


class Progress(Protocol):
    """Watches a run; called from the process that runs it."""

    def begin(self, stage: Stage, total: int, already_done: int = 0) -> None:
        """A stage of `total` steps begins; `already_done` of them were kept from an interrupted run."""

    def advance(self, steps: int = 1) -> None:
        """So many more steps of the stage are done, all at once."""

    def looked(self, decision: StoppingDecision) -> None:
        """A look was taken."""


class Unwatched:
    """Nobody watches."""

    def begin(self, stage: Stage, total: int, already_done: int = 0) -> None:
        """Say nothing."""

    def advance(self, steps: int = 1) -> None:
        """Say nothing."""

    def looked(self, decision: StoppingDecision) -> None:
        """Say nothing."""
