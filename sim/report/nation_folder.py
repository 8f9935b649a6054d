"""Reads the folder of a nation's run: its counties, the table of the nation, and what it was made from."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pandas as pd

from sim.errors import InputError, Problem
from sim.experiment.nation import COUNTIES_FILE, MODEL_FILE, NATION_FILE, STATED_FILE
from sim.experiment.nation_county import UTILISATION, of_tier
from sim.experiment.nation_manifest import NationManifest, read_nation_manifest
from sim.report.folder import read_table
from sim.report.headline import name_with_unit
from sim.report.resolved_scenario import ResolvedFile, read_resolved_file
from sim.report.wording import Wording

_NATION_COLUMNS: Final = ("quantity", "tier", "unit", "total", "mean", "p10", "p50", "p90", "stated", "weighted_by")
_STATED_COLUMNS: Final = ("path", "value", "basis", "source", "source_zh", "source_en")
_COUNTY_COLUMNS: Final = ("county", "size_class", "population_persons")


@dataclass(frozen=True)
class NationFolder:
    """A finished nation in memory; `model` is the county that all counties are like."""

    manifest: NationManifest
    counties: pd.DataFrame
    table: pd.DataFrame
    stated: pd.DataFrame
    model: ResolvedFile

    @property
    def is_whole(self) -> bool:
        """Whether it holds all counties of the nation and no more."""
        return self.manifest.counties == self.manifest.counties_of_nation

    def row(self, quantity: str, tier: str = "") -> Any:
        """Return the row of the nation's table for a quantity."""
        return self.table[(self.table["quantity"] == quantity) & (self.table["tier"] == tier)].iloc[0]


def read_nation_folder(path: Path) -> NationFolder:
    """Read the folder; InputError (codes `run_folder_*`) naming each file or column that is missing or unreadable."""
    manifest = read_nation_manifest(path)
    problems: list[Problem] = []
    read_table(path / COUNTIES_FILE, _COUNTY_COLUMNS, problems)
    table = read_table(path / NATION_FILE, _NATION_COLUMNS, problems)
    stated = read_table(path / STATED_FILE, _STATED_COLUMNS, problems)
    if not (path / MODEL_FILE).is_file():
        problems.append(Problem("run_folder_missing_file", str(path / MODEL_FILE)))
    if problems:
        raise InputError(problems)
    for column in ("quantity", "tier", "unit", "weighted_by"):
        table[column] = table[column].astype(object).where(table[column].notna(), "").astype(str)
    for column in ("path", "basis", "source", "source_zh", "source_en"):
        stated[column] = stated[column].astype(object).where(stated[column].notna(), "").astype(str)
    return NationFolder(
        manifest=manifest,
        counties=pd.read_parquet(path / COUNTIES_FILE),
        table=table,
        stated=stated,
        model=read_resolved_file(path / MODEL_FILE, "county"),
    )


def column_of(quantity: str, tier: str) -> str:
    """Return the column of counties.parquet that holds a quantity."""
    return of_tier(quantity, tier) if quantity == UTILISATION else quantity


def quantity_name(folder: NationFolder, quantity: str, tier: str, words: Wording) -> str:
    """Return the name of a quantity with its unit, and with its tier where it is of one."""
    counted = f"nation_quantity_{quantity}"
    if counted in words.sentences:
        return words.say(counted)
    name = name_with_unit(quantity, words)
    if not tier:
        return name
    return words.say("sweep_measure_of", measure=name, part=folder.model.name_of("tiers", tier, words.language))
