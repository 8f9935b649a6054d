"""Scenario files: schema, loading with positions, overlays, and the values' basis and source."""

from sim.specification.loading import load_scenario
from sim.specification.reading import FileRead
from sim.specification.resolved import Provenance, ResolvedScenario
from sim.specification.schema import Scenario

__all__ = ["FileRead", "Provenance", "ResolvedScenario", "Scenario", "load_scenario"]
