"""A question put to the simulator, and the name its answer goes by: the same question is never computed twice."""

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import sim
from sim.specification import ResolvedScenario, to_yaml

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
    """A resolved scenario under the id it has in a study (its file's stem); the first of a study is the baseline."""

    id: str
    resolved: ResolvedScenario


@dataclass(frozen=True, slots=True)
class Question:
    """What determines the content of a run folder.

    `study` names the outer folder; `replications` overrides the baseline's own rule (None: the rule of the file);
    `seed` likewise; `with_records` keeps the dispute and session tables of every replication.
    """

    study: str
    scenarios: tuple[NamedScenario, ...]
    seed: int
    replications: int | None = None
    with_records: bool = False

    @property
    def baseline(self) -> NamedScenario:
        """The scenario that the others are compared with."""
        return self.scenarios[0]

    @property
    def policies(self) -> tuple[NamedScenario, ...]:
        """The scenarios that are compared with the baseline."""
        return self.scenarios[1:]

    def resolved_yaml(self) -> dict[str, str]:
        """Return each scenario as the text of its resolved file."""
        return {named.id: to_yaml(named.resolved) for named in self.scenarios}

    def run_id(self) -> str:
        """Return the hash of all that determines the numbers, 16 hexadecimal digits."""
        described = {
            "scenarios": list(self.resolved_yaml().items()),
            "seed": self.seed,
            "replications": self.replications,
            "with_records": self.with_records,
            "code": code_digest(),
        }
        return hashlib.sha256(json.dumps(described, ensure_ascii=False).encode()).hexdigest()[:16]


@cache
def code_digest() -> str:
    """Return the hash of the source files that determine numbers."""
    root = Path(sim.__file__).parent
    digest = hashlib.sha256()
    for part in _PARTS_THAT_DETERMINE_NUMBERS:
        path = root / part
        for file in [path] if path.is_file() else sorted(path.rglob("*.py")):
            digest.update(file.relative_to(root).as_posix().encode())
            digest.update(file.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()
