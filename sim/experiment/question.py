"""A question put to the simulator, and the name its answer goes by: the same question is never computed twice."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import sim
from sim.experiment.cited_source import CitedSource
from sim.experiment.posterior_draws import PosteriorDraws
from sim.experiment.sweep_design import SweepDesign
from sim.experiment.whole_files import sources_digest
from sim.specification import ResolvedScenario
from sim.specification.schema import Scenario
from sim.specification.schema.scenario import AutomaticReplications, FixedReplications, Robustness

ReplicationRule = FixedReplications | AutomaticReplications

_PARTS_THAT_DETERMINE_NUMBERS: Final = (
    "vocabulary.py",
    "specification",
    "jurisdiction",
    "protocol",
    "sampling",
    "engine",
    "outcomes",
    "stats",
    "experiment",
)


@dataclass(frozen=True, slots=True)
class NamedScenario:
    """A scenario under the id it has in a study (its file's stem); `text` is its resolved file."""

    id: str
    resolved: ResolvedScenario
    text: str

    @property
    def scenario(self) -> Scenario:
        """The values that the layers below see."""
        return self.resolved.scenario


@dataclass(frozen=True, slots=True)
class Question:
    """What determines the content of a run folder.

    `study` names the outer folder; the first scenario is the baseline; `seed` and `rule` override what the baseline's
    file says; `with_records` keeps the dispute and session tables of every replication; `command` is what to type to
    ask it again and, like `sources`, determines no number. `sweep` is the design of a study whose points are the other
    scenarios. `posterior` are draws to carry through every scenario; `rule` then counts the replications of each.
    """

    study: str
    scenarios: tuple[NamedScenario, ...]
    seed: int
    rule: ReplicationRule
    with_records: bool = False
    sources: tuple[CitedSource, ...] = ()
    command: str = ""
    sweep: SweepDesign | None = None
    posterior: PosteriorDraws | None = None

    @property
    def baseline(self) -> NamedScenario:
        """The scenario that the others are compared with."""
        return self.scenarios[0]

    @property
    def policies(self) -> tuple[NamedScenario, ...]:
        """The scenarios that are compared with the baseline."""
        return self.scenarios[1:]

    @property
    def robustness(self) -> Robustness | None:
        """How the verdict is stressed; None without a verdict, where a posterior does it, or nobody asks for it."""
        is_comparison = bool(self.policies) and self.sweep is None and self.posterior is None
        return self.baseline.scenario.experiment.robustness if is_comparison else None

    @property
    def references(self) -> Mapping[str, str]:
        """What each scenario is compared with: the baseline, or in a sweep what its design says."""
        if self.sweep is not None:
            return self.sweep.references
        return dict.fromkeys((policy.id for policy in self.policies), self.baseline.id)

    def run_id(self) -> str:
        """Return the hash of all that determines the numbers, 16 hexadecimal digits."""
        determined_by: dict[str, object] = {
            "scenarios": [[named.id, named.text] for named in self.scenarios],
            "seed": self.seed,
            "rule": self.rule.model_dump(mode="json"),
            "with_records": self.with_records,
            "code": code_digest(),
        }
        if self.sweep is not None:
            determined_by["sweep"] = self.sweep.model_dump(mode="json")
        if self.posterior is not None:
            determined_by["posterior"] = self.posterior.digest()
        return hashlib.sha256(json.dumps(determined_by, ensure_ascii=False).encode("utf-8")).hexdigest()[:16]


@cache
def code_digest() -> str:
    """Return the hash of the source files that determine numbers, 64 hexadecimal digits."""
    root = Path(sim.__file__).parent
    parts = [root / part for part in _PARTS_THAT_DETERMINE_NUMBERS]
    return sources_digest(root, [file for part in parts for file in ([part] if part.is_file() else part.rglob("*.py"))])
