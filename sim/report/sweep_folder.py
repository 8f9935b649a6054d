"""Reads the folder of a sweep: its design, the table of its points, and the baseline with what it rests on."""

from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import pandas as pd

from sim.errors import InputError, Problem
from sim.experiment.manifest import Manifest, read_manifest
from sim.experiment.sweep_design import SweepDesign, SweepFactor, SweepLevel, SweepPoint
from sim.experiment.sweep_table import OF_DIFFERENCE, OF_MEAN, OF_POINT, SWEEP_FILE
from sim.outcomes.definition import GROUP_PREFIX
from sim.report.folder import (
    SOURCES_COLUMNS,
    RunFolder,
    folder_without_outcomes,
    missing_rows,
    read_table,
)
from sim.report.numbers import MINUS, significant
from sim.report.paths import value_with_unit
from sim.report.wording import Wording
from sim.stats import MeasureKey


@dataclass(frozen=True)
class SweepFolder:
    """A sweep in memory: `run` is its baseline with the evidence it rests on; `table` has the columns of `sweep.csv`.

    `baseline_means` holds the baseline's mean by measure.
    """

    run: RunFolder
    design: SweepDesign
    table: pd.DataFrame
    baseline_means: dict[MeasureKey, float]

    @property
    def manifest(self) -> Manifest:
        """The manifest of the run."""
        return self.run.manifest

    @property
    def columns_factor(self) -> SweepFactor:
        """The first factor: it runs along the axis of every figure."""
        return self.design.factors[0]

    @property
    def rows_factor(self) -> SweepFactor | None:
        """The second factor: a line or a row for each of its levels; None in a sweep of one factor."""
        return self.design.factors[1] if len(self.design.factors) == 2 else None

    def row_levels(self) -> tuple[SweepLevel | None, ...]:
        """Return the levels of the second factor; a single None where there is none."""
        return (None,) if self.rows_factor is None else self.rows_factor.levels

    def point_at(self, column: SweepLevel, row: SweepLevel | None) -> SweepPoint:
        """Return the point at a level of each factor."""
        levels = (column.id,) if row is None else (column.id, row.id)
        return next(point for point in self.design.points if point.levels == levels)

    def row_of(self, point: SweepPoint, key: MeasureKey) -> dict[str, Any]:
        """Return a point's row of the table for a measure."""
        table = self.table
        at = (table["point"] == point.scenario) & (table["measure"] == key.measure)
        at &= (table["tier"] == key.tier) & (table["category"] == key.category)
        (row,) = table[at].to_dict("records")
        return {str(name): value for name, value in row.items()}

    def measure_name(self, key: MeasureKey, words: Wording) -> str:
        """Return a measure's name, with the tier, staff group or kind of dispute that it is taken of."""
        name, baseline, language = words.measure(key.measure), self.run.baseline, words.language
        if key.tier.startswith(GROUP_PREFIX):
            part = baseline.name_of("staff_groups", key.tier.removeprefix(GROUP_PREFIX), language)
        elif key.tier:
            part = baseline.name_of("tiers", key.tier, language)
        else:
            part = baseline.name_of("categories", key.category, language) if key.category else ""
        return words.say("sweep_measure_of", measure=name, part=part) if part else name


def level_label(factor: SweepFactor, level: SweepLevel, words: Wording) -> str:
    """Return how a level is shown: its name, or its value as a share, a factor, or with the unit of its path."""
    value = level.value
    if level.name is not None:
        return level.name.zh if words.language == "zh" else level.name.en
    if isinstance(value, bool) or value is None:
        return level.id if value is None else str(value).lower()
    if isinstance(value, str):
        return words.terms.choices.get(value, value)
    if factor.operation == "move":
        return f"{significant(100.0 * value, 4)}%"
    if factor.operation == "scale":
        return f"×{significant(value)}"
    if factor.operation == "add":
        sign = MINUS if value < 0 else "+" if value > 0 else ""
        return sign + value_with_unit(factor.path, abs(value), words)
    return value_with_unit(factor.path, value, words)


def factor_name(factor: SweepFactor, words: Wording) -> str:
    """Return a factor's name in a language."""
    return factor.name.zh if words.language == "zh" else factor.name.en


def axis_positions(factor: SweepFactor) -> tuple[float, ...]:
    """Return where the levels stand on an axis: at their values where all are numbers, else one beside the other."""
    values = [level.value for level in factor.levels]
    numbers = [float(value) for value in values if isinstance(value, int | float) and not isinstance(value, bool)]
    return tuple(numbers) if len(numbers) == len(values) else tuple(float(k) for k in range(len(values)))


def read_sweep_folder(path: Path) -> SweepFolder:
    """Read the folder of a sweep; InputError (codes `run_folder_*`) naming what is missing or unreadable."""
    manifest = read_manifest(path)
    design = manifest.sweep
    if design is None:
        reason = {"reason": "sweep"}
        raise InputError([Problem("run_folder_invalid", (path / "manifest.json").as_posix(), fields=reason)])
    problems: list[Problem] = []
    table = read_table(path / SWEEP_FILE, (*OF_POINT, *OF_MEAN, *OF_DIFFERENCE), problems)
    summary = read_table(path / "summary.csv", ("scenario", "measure", "tier", "category", "mean"), problems)
    sources = read_table(path / "sources.csv", SOURCES_COLUMNS, problems, optional=True)
    if not problems:
        problems += _missing_rows(path, design, table)
    if problems:
        raise InputError(problems)
    baseline = manifest.scenarios[0]
    run = folder_without_outcomes(path, manifest, [baseline], sources)
    of_baseline = summary[summary["scenario"] == baseline]
    means = {
        MeasureKey(measure, tier, category): float(mean)
        for measure, tier, category, mean in zip(
            *(of_baseline[column] for column in ("measure", "tier", "category", "mean")), strict=True
        )
    }
    return SweepFolder(run, design, table, means)


def _missing_rows(path: Path, design: SweepDesign, table: pd.DataFrame) -> list[Problem]:
    wanted = ((point.scenario, *key) for point, key in product(design.points, design.keys))
    return missing_rows(path / SWEEP_FILE, table, wanted, ("point", "measure", "tier", "category"))
