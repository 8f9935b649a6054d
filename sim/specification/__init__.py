"""Scenario files: schema, loading with positions, overlays, and the values' basis and source."""

from sim.specification.checking import FileCheck, validate_path
from sim.specification.loading import load_scenario
from sim.specification.provenance_rows import ProvenanceRow, provenance_rows
from sim.specification.reading import FileRead
from sim.specification.resolved import Provenance, ResolvedScenario
from sim.specification.schema import Scenario
from sim.specification.varying import AssumedQuantity, assumed_quantities, with_base_values, with_values
from sim.specification.writing import to_yaml

__all__ = [
    "AssumedQuantity",
    "FileCheck",
    "FileRead",
    "Provenance",
    "ProvenanceRow",
    "ResolvedScenario",
    "Scenario",
    "assumed_quantities",
    "load_scenario",
    "provenance_rows",
    "to_yaml",
    "validate_path",
    "with_base_values",
    "with_values",
]
