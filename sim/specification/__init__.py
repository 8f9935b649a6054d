"""Scenario files: schema, loading with positions, overlays, and the values' basis and source."""
