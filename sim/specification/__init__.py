"""Scenario files: schema, loading with positions, overlays, and the values' basis and source."""

from sim.specification.loading import load_scenario
from sim.specification.resolved import FileRead, Provenance, ResolvedScenario
from sim.specification.schema import Scenario

__all__ = ["FileRead", "Provenance", "ResolvedScenario", "Scenario", "load_scenario"]
