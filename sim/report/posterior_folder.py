"""Reads the folder of a run that was carried through a posterior."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from sim.errors import InputError, Problem
from sim.experiment.manifest import Manifest, PosteriorDone, read_manifest
from sim.experiment.posterior_table import (
    BETTER_THAN,
    DIFFERENCE,
    LEVEL,
    RANKING_COLUMNS,
    RANKING_FILE,
    SUMMARY_COLUMNS,
    SUMMARY_FILE,
    TURNING_COLUMNS,
    TURNING_FILE,
)
from sim.outcomes.measures import HEADLINE_MEASURES
from sim.report.folder import (
    SOURCES_COLUMNS,
    RunFolder,
    folder_without_outcomes,
    missing_rows,
    read_table,
)


@dataclass(frozen=True)
class PosteriorFolder:
    """A run over a posterior in memory.

    `run` has the scenarios and what they rest on, its tables of outcomes are empty; `summary`, `ranking` and `turning`
    have the columns of their files, the last two no rows for a single scenario.
    """

    run: RunFolder
    done: PosteriorDone
    summary: pd.DataFrame
    ranking: pd.DataFrame
    turning: pd.DataFrame

    @property
    def manifest(self) -> Manifest:
        """The manifest of the run."""
        return self.run.manifest

    @property
    def measures(self) -> tuple[str, ...]:
        """The headline measures."""
        present = frozenset(self.summary["measure"])
        return tuple(measure for measure in HEADLINE_MEASURES if measure in present)

    def level(self, scenario: str, measure: str) -> dict[str, Any]:
        """Return the summary row of a scenario's own outcome."""
        return self._row(LEVEL, scenario, measure)

    def difference(self, policy: str, measure: str) -> dict[str, Any]:
        """Return the summary row of a policy's difference from the baseline."""
        return self._row(DIFFERENCE, policy, measure)

    def _row(self, kind: str, scenario: str, measure: str) -> dict[str, Any]:
        table = self.summary
        at = (table["kind"] == kind) & (table["scenario"] == scenario) & (table["measure"] == measure)
        (row,) = table[at].to_dict("records")
        return {str(name): value for name, value in row.items()}


def read_posterior_folder(path: Path) -> PosteriorFolder:
    """Read the folder of a run over a posterior; InputError (codes `run_folder_*`) naming what cannot be read."""
    manifest = read_manifest(path)
    done = manifest.posterior
    if done is None:
        reason = {"reason": "posterior"}
        raise InputError([Problem("run_folder_invalid", (path / "manifest.json").as_posix(), fields=reason)])
    problems: list[Problem] = []
    is_single = len(manifest.scenarios) == 1
    better_than = tuple(BETTER_THAN + scenario for scenario in manifest.scenarios)
    summary = read_table(path / SUMMARY_FILE, SUMMARY_COLUMNS, problems)
    ranking = read_table(path / RANKING_FILE, (*RANKING_COLUMNS, *better_than), problems, optional=is_single)
    turning = read_table(path / TURNING_FILE, TURNING_COLUMNS, problems, optional=is_single)
    sources = read_table(path / "sources.csv", SOURCES_COLUMNS, problems, optional=True)
    if not problems:
        problems += _missing_rows(path, manifest, summary)
    if problems:
        raise InputError(problems)
    run = folder_without_outcomes(path, manifest, manifest.scenarios, sources)
    return PosteriorFolder(run, done, summary, ranking, turning)


def _missing_rows(path: Path, manifest: Manifest, summary: pd.DataFrame) -> list[Problem]:
    kinds = [(LEVEL, manifest.scenarios), (DIFFERENCE, manifest.scenarios[1:])]
    measures = dict.fromkeys(summary["measure"])
    wanted = ((kind, scenario, m) for kind, scenarios in kinds for scenario in scenarios for m in measures)
    return missing_rows(path / SUMMARY_FILE, summary, wanted, ("kind", "scenario", "measure"))
