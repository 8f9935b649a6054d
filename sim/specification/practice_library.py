"""The library of practices: the catalogue of all that the sources describe, and the overlays that express them."""

import csv
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Final

CATALOGUE_FILE: Final = "catalogue.csv"


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """One practice of the sources: the overlays that express it, or why none can (then `overlays` is empty)."""

    id: str
    name_zh: str
    name_en: str
    documents: tuple[str, ...]
    overlays: tuple[str, ...]
    reason_zh: str
    reason_en: str


def read_catalogue(folder: FilePath) -> tuple[CatalogueRow, ...]:
    """Read the catalogue of a folder of practices, in file order; KeyError where a column is missing."""
    with (folder / CATALOGUE_FILE).open(encoding="utf-8-sig", newline="") as file:
        return tuple(
            CatalogueRow(
                id=row["id"],
                name_zh=row["name_zh"],
                name_en=row["name_en"],
                documents=_parts(row["documents"]),
                overlays=_parts(row["overlays"]),
                reason_zh=row["reason_zh"],
                reason_en=row["reason_en"],
            )
            for row in csv.DictReader(file)
        )


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def practice_overlays(folder: FilePath) -> dict[str, FilePath]:
    """Return the overlays of a folder of practices by slug, in order of name; those in folders below are parts."""
    return {path.stem: path for path in sorted(folder.glob("*.yaml"))}
