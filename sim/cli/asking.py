"""What the options of a command ask for, and the command as a report repeats it."""

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sim.cli.sources import citations
from sim.experiment.asking import Wanted
from sim.experiment.shown_path import shown_path

_PROGRAM: Final = ("python", "run_sim.py")


@dataclass(frozen=True, slots=True)
class Asked:
    """A command with the options that determine results."""

    verb: str
    paths: Sequence[Path]
    overlays: Sequence[Path] = ()
    settings: Sequence[str] = ()
    replications: int | str | None = None
    seed: int | None = None
    records: bool = False
    posterior: int | None = None

    def wanted(self) -> Wanted:
        """Return what is asked beyond the files; InputError where the ledger of sources cannot be read."""
        cited = citations()
        return Wanted(
            replications=self.replications,
            seed=self.seed,
            with_records=self.records,
            known_sources=frozenset(cited),
            citations=cited,
            command=self.command(),
            posterior=self.posterior,
        )

    def command(self) -> str:
        """Return the command to type in the project's folder; the same wherever it was typed."""
        words = [*_PROGRAM, self.verb, *(shown_path(path) for path in self.paths)]
        for overlay in self.overlays:
            words += ["--with", shown_path(overlay)]
        for setting in self.settings:
            words += ["--set", setting]
        if self.replications is not None:
            words += ["--replications", str(self.replications)]
        if self.posterior is not None:
            words += ["--posterior", str(self.posterior)]
        if self.seed is not None:
            words += ["--seed", str(self.seed)]
        if self.records:
            words.append("--records")
        return shlex.join(words)
