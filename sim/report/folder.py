"""Reads a run folder: every table a report needs, checked for the columns it needs, and nothing from an engine."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pandas as pd

from sim.errors import InputError, Problem
from sim.experiment.environment import read_environment
from sim.experiment.manifest import Manifest, read_manifest
from sim.experiment.results import scenario_file
from sim.report.resolved_scenario import ResolvedFile, read_resolved_file
from sim.stats import MEASURES_COLUMNS

COMPARISON_COLUMNS: Final = (
    *("policy", "measure", "tier", "category", "method", "level", "n_policy", "baseline_mean", "policy_mean"),
    *("difference", "half_width", "low", "high", "p_value", "p_holm", "verdict"),
)
"""What is used of `sim.stats.COMPARISON_COLUMNS`; the table may hold more."""
UNITS_COLUMNS: Final = ("scenario", "unit_id", "tier", "persons", "emerged_count", "settled_180d_count")
SERIES_COLUMNS: Final = ("scenario", "tier", "day", "backlog", "utilisation")
DISTRIBUTIONS_COLUMNS: Final = ("scenario", "quantity", "bin_low_days", "count", "of")
ROBUSTNESS_COLUMNS: Final = (
    *("path", "end", "value", "scenario", "measure", "difference", "low", "high", "verdict", "swing"),
)
SCREENING_COLUMNS: Final = ("path", "swing")
SOURCES_COLUMNS: Final = ("id", "citation_zh", "citation_en")
_TEXT_COLUMNS: Final = frozenset(
    {"scenario", "policy", "measure", "tier", "category", "method", "verdict", "unit_id", "quantity", "path", "end"}
    | {"point", "reference", "kind", "standing", "parameter"}
    | set(SOURCES_COLUMNS)
)


@dataclass(frozen=True)
class RunFolder:
    """A run folder in memory: scenarios in order (the first is the baseline), tables with declared columns.

    Tables: measures (MEASURES_COLUMNS), comparison (COMPARISON_COLUMNS), units (UNITS_COLUMNS), series
    (SERIES_COLUMNS), distributions (DISTRIBUTIONS_COLUMNS), robustness (ROBUSTNESS_COLUMNS), screening
    (SCREENING_COLUMNS), sources (SOURCES_COLUMNS). `comparison` is empty for a single scenario,
    the last three where the run has none.
    """

    path: Path
    manifest: Manifest
    environment: dict[str, str]
    scenarios: tuple[ResolvedFile, ...]
    measures: pd.DataFrame
    comparison: pd.DataFrame
    units: pd.DataFrame
    series: pd.DataFrame
    distributions: pd.DataFrame
    robustness: pd.DataFrame
    screening: pd.DataFrame
    sources: pd.DataFrame

    @property
    def baseline(self) -> ResolvedFile:
        """The scenario against which the others are compared."""
        return self.scenarios[0]

    @property
    def policies(self) -> tuple[ResolvedFile, ...]:
        """The scenarios that are compared with the baseline; none in the folder of a single scenario."""
        return self.scenarios[1:]


def folder_without_outcomes(
    path: Path, manifest: Manifest, scenario_ids: Sequence[str], sources: pd.DataFrame
) -> RunFolder:
    """Return some scenarios of a folder and what they rest on, its tables of outcomes empty: others hold the answer."""
    return RunFolder(
        path=path,
        manifest=manifest,
        environment=environment_as_shown(path),
        scenarios=tuple(read_resolved_file(path / scenario_file(id_), id_) for id_ in scenario_ids),
        measures=pd.DataFrame(columns=list(MEASURES_COLUMNS)),
        comparison=pd.DataFrame(columns=list(COMPARISON_COLUMNS)),
        units=pd.DataFrame(columns=list(UNITS_COLUMNS)),
        series=pd.DataFrame(columns=list(SERIES_COLUMNS)),
        distributions=pd.DataFrame(columns=list(DISTRIBUTIONS_COLUMNS)),
        robustness=pd.DataFrame(columns=list(ROBUSTNESS_COLUMNS)),
        screening=pd.DataFrame(columns=list(SCREENING_COLUMNS)),
        sources=sources,
    )


def missing_rows(
    file: Path, table: pd.DataFrame, wanted: Iterable[tuple[str, ...]], columns: Sequence[str]
) -> list[Problem]:
    """Return the problem of a table that lacks a wanted row, told by its values in some columns; none if it has all."""
    rows = {tuple(row) for row in table[list(columns)].to_numpy().tolist()}
    missing = next((row for row in wanted if row not in rows), None)
    if missing is None:
        return []
    return [Problem("run_folder_invalid", file.as_posix(), fields={"reason": ", ".join(missing)})]


def read_run_folder(path: Path) -> RunFolder:
    """Read a run folder; InputError (codes `run_folder_*`) naming each file or column that is missing or unreadable."""
    manifest = read_manifest(path)
    problems: list[Problem] = []
    tables = {
        "measures": read_table(path / "measures.parquet", MEASURES_COLUMNS, problems),
        "units": read_table(path / "units.parquet", UNITS_COLUMNS, problems),
        "series": read_table(path / "series.parquet", SERIES_COLUMNS, problems),
        "distributions": read_table(path / "distributions.parquet", DISTRIBUTIONS_COLUMNS, problems),
        "comparison": read_table(
            path / "comparison.csv", COMPARISON_COLUMNS, problems, optional=len(manifest.scenarios) == 1
        ),
        "robustness": read_table(path / "robustness.parquet", ROBUSTNESS_COLUMNS, problems, optional=True),
        "screening": read_table(path / "screening.csv", SCREENING_COLUMNS, problems, optional=True),
        "sources": read_table(path / "sources.csv", SOURCES_COLUMNS, problems, optional=True),
    }
    files = [path / scenario_file(scenario) for scenario in manifest.scenarios]
    problems += [Problem(code="run_folder_missing_file", file=str(file)) for file in files if not file.is_file()]
    if problems:
        raise InputError(problems)
    scenarios = tuple(read_resolved_file(file, id_) for file, id_ in zip(files, manifest.scenarios, strict=True))
    return RunFolder(
        path=path,
        manifest=manifest,
        environment=environment_as_shown(path),
        scenarios=scenarios,
        **tables,
    )


def environment_as_shown(folder: Path) -> dict[str, str]:
    """Return names and values in the file's order, nested names joined by a dot; no number depends on the workers."""
    content = {name: value for name, value in read_environment(folder).items() if name != "workers"}
    return dict(_flat(content, ""))


def _flat(content: Any, prefix: str) -> list[tuple[str, str]]:
    if isinstance(content, dict):
        return [pair for key, value in content.items() for pair in _flat(value, f"{prefix}.{key}" if prefix else key)]
    return [(prefix, str(content))]


def read_table(
    path: Path, columns: tuple[str, ...], problems: list[Problem], *, optional: bool = False
) -> pd.DataFrame:
    """Read the columns of a table of a run folder; empty, with a problem noted, where it cannot be read."""
    if not path.is_file():
        if not optional:
            problems.append(Problem(code="run_folder_missing_file", file=str(path)))
        return pd.DataFrame(columns=list(columns))
    try:
        table = _read_csv(path) if path.suffix == ".csv" else pd.read_parquet(path)
    except (OSError, ValueError) as error:
        problems.append(Problem("run_folder_unreadable", str(path), fields={"reason": str(error)}))
        return pd.DataFrame(columns=list(columns))
    missing = [column for column in columns if column not in table.columns]
    if missing:
        fields = {"missing": ", ".join(missing), "needed": ", ".join(columns)}
        problems.append(Problem("run_folder_missing_columns", str(path), fields=fields))
        return pd.DataFrame(columns=list(columns))
    kept = table[list(columns)].copy()
    for column in columns:
        if column in _TEXT_COLUMNS:
            kept[column] = kept[column].astype(object).where(kept[column].notna(), "").astype(str)
    return kept


def _read_csv(path: Path) -> pd.DataFrame:
    """Text columns stay as written: a category called `none` or `NA` is no missing value."""
    header = pd.read_csv(path, encoding="utf-8-sig", nrows=0).columns
    text = {column: str for column in header if column in _TEXT_COLUMNS}
    missing = {column: [""] if column in text else ["", "nan", "NaN"] for column in header}
    return pd.read_csv(path, encoding="utf-8-sig", dtype=text, keep_default_na=False, na_values=missing)
