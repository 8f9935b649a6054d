"""Replications of several scenarios side by side: run what is missing, then read their measures."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from sim.experiment.executor import Workers
from sim.experiment.pieces import KeptMeasures, Piece, PieceStore, Work, do_work
from sim.experiment.progress import Progress, Stage
from sim.outcomes.measures import HEADLINE_MEASURES
from sim.stats import MeasureKey, MeasureSamples, ReplicationSample

HEADLINE_KEYS = tuple(MeasureKey(measure) for measure in HEADLINE_MEASURES)


def run_missing(store: PieceStore, pieces: Sequence[Piece], workers: Workers, stage: Stage, progress: Progress) -> None:
    """Run and keep every piece that is not finished yet; AuditError if the accounts of one do not balance."""
    missing, count = store.missing(pieces), len(set(pieces))
    progress.begin(stage, count, count - len(missing))
    for _ in workers.do(do_work, [Work(store, piece) for piece in missing]):
        progress.advance()


def pieces_by_scenario(scenario_hashes: Sequence[str], replications: range) -> list[Piece]:
    """List the replications of many scenarios, one scenario after the other: workers build each once."""
    return [
        Piece(scenario_hash, replication)
        for scenario_hash in dict.fromkeys(scenario_hashes)
        for replication in replications
    ]


def pieces_of(scenario_hashes: Sequence[str], replications: range) -> list[Piece]:
    """List the replications of several scenarios, all scenarios of a replication together."""
    return [Piece(scenario_hash, replication) for replication in replications for scenario_hash in scenario_hashes]


@dataclass(frozen=True, slots=True)
class Replicated:
    """Measures of finished replications 0, 1, …, by scenario id, in order of replication; the first is the baseline."""

    kept: Mapping[str, Sequence[KeptMeasures]]

    def frame(self, scenario: str, keys: Sequence[MeasureKey] | None = None) -> pd.DataFrame:
        """Return the tidy measures of a scenario (columns of a measures table), all keys or those named."""
        parts = self.kept[scenario]
        rows = parts[0].keys
        chosen = np.arange(len(rows)) if keys is None else np.array([rows.index(key) for key in keys], dtype=np.int64)
        names = [rows[k] for k in chosen.tolist()]
        return pd.DataFrame(
            {
                "scenario": scenario,
                "replication": np.repeat(np.arange(len(parts), dtype=np.int64), len(names)),
                **{
                    column: np.tile(np.array([name[k] for name in names], dtype=object), len(parts))
                    for k, column in enumerate(MeasureKey._fields)
                },
                "value": np.concatenate([part.observed[chosen] for part in parts]),
            }
        )

    def samples(self, scenario: str) -> MeasureSamples:
        """Return every measure of a scenario as a sample, as `samples_from_frame` would cut it out of `frame`."""
        parts = self.kept[scenario]
        replications = np.arange(len(parts), dtype=np.int64)
        observed = np.array([part.observed for part in parts])
        return MeasureSamples(
            {
                (scenario, key): ReplicationSample(replications, observed[:, row])
                for row, key in enumerate(parts[0].keys)
            }
        )

    def frames(self, keys: Sequence[MeasureKey]) -> pd.DataFrame:
        """Return the named measures of all scenarios in one table."""
        return pd.concat([self.frame(scenario, keys) for scenario in self.kept], ignore_index=True)

    def shared_keys(self) -> tuple[MeasureKey, ...]:
        """Return the keys that every scenario has, in the baseline's order."""
        first, *others = (parts[0].keys for parts in self.kept.values())
        in_others = [frozenset(keys) for keys in others]
        return tuple(key for key in first if all(key in keys for keys in in_others))

    def unpaired(self, references: Mapping[str, str] | None = None) -> tuple[str, ...]:
        """Return the policies that do not see the disputes of what they are compared with in every replication.

        `references` says by policy what that is; without it, the first scenario.
        """
        emergence = self.emergence()
        baseline, *policies = emergence
        compared_with = dict.fromkeys(policies, baseline) if references is None else references
        return tuple(policy for policy, other in compared_with.items() if emergence[policy] != emergence[other])

    def emergence(self) -> dict[str, str]:
        """Return the hash by scenario of what emerged in all replications."""
        return {
            scenario: hashlib.sha256("\n".join(part.emergence_hash for part in parts).encode("ascii")).hexdigest()
            for scenario, parts in self.kept.items()
        }


def read_replicated(store: PieceStore, scenario_hashes: Mapping[str, str], count: int) -> Replicated:
    """Read the measures of the first `count` replications; `scenario_hashes` by scenario id, the baseline first."""
    kept = {}
    for scenario, scenario_hash in scenario_hashes.items():
        first = store.measures(Piece(scenario_hash, 0))
        others = (store.measures(Piece(scenario_hash, replication)) for replication in range(1, count))
        # The keys are held once, not once a replication.
        kept[scenario] = [first, *(replace(part, keys=first.keys) for part in others if _same_keys(first, part))]
    return Replicated(kept)


def _same_keys(first: KeptMeasures, part: KeptMeasures) -> bool:
    assert part.keys == first.keys, "a scenario has the same measures in every replication"
    return True
