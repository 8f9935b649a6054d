"""The draws of a posterior that a question carries through its scenarios, and what is wrong with asking for them."""

import hashlib
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from sim.errors import InputError, Problem
from sim.specification import ResolvedScenario
from sim.specification.posterior_file import PosteriorSample
from sim.stats import FEWEST_DRAWS, FEWEST_REPLICATIONS

DEFAULT_REPLICATIONS: Final = FEWEST_REPLICATIONS
"""Of each draw: what simulation there is time for tells more of parameters in more draws than in more replications."""


@dataclass(frozen=True, slots=True)
class PosteriorDraws:
    """The draws used, in order, each with so many replications of every scenario; `file` names where they came from."""

    sample: PosteriorSample
    replications: int
    file: str

    @property
    def count(self) -> int:
        """How many draws."""
        return len(self.sample.draws)

    @property
    def replications_in_all(self) -> int:
        """How many replications of every scenario, over all draws."""
        return self.count * self.replications

    def replications_of(self, draw: int) -> range:
        """Return the replications of the draw at a position: no two draws share the luck of one."""
        return range(draw * self.replications, (draw + 1) * self.replications)

    def digest(self) -> str:
        """Return the hash of the draws' numbers, 64 hexadecimal digits."""
        return hashlib.sha256(self.sample.text().encode("utf-8")).hexdigest()


def wanted_draws(
    baseline: ResolvedScenario, file: str, count: int, replications: int | str | None, *, with_records: bool
) -> PosteriorDraws:
    """Return the first `count` draws of the sample that the baseline names.

    InputError where it names none, where there are fewer, and where what else is asked does not go with draws. `file`
    is the baseline's.
    """
    problems = []
    sample = baseline.posterior
    if sample is None:
        problems.append(Problem("posterior_not_named", file, path="experiment.posterior"))
    elif count > len(sample.draws):
        fields = {"found": str(count), "rows": str(len(sample.draws))}
        problems.append(Problem("posterior_too_short", sample.read.file, fields=fields))
    if count < FEWEST_DRAWS:
        fields = {"found": str(count), "minimum": str(FEWEST_DRAWS)}
        problems.append(Problem("posterior_too_few", file, fields=fields))
    each = DEFAULT_REPLICATIONS if replications is None else replications
    if not isinstance(each, int) or each < FEWEST_REPLICATIONS:
        fields = {"found": str(each), "minimum": str(FEWEST_REPLICATIONS)}
        problems.append(Problem("posterior_replications", file, fields=fields))
    if with_records:
        problems.append(Problem("posterior_without_records", file))
    if problems or sample is None or not isinstance(each, int):
        raise InputError(problems)
    return PosteriorDraws(sample.first(count), each, PurePath(sample.read.file).name)
