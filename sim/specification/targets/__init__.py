"""Targets files: reported figures that a place is fitted to, and what is varied to meet them."""

from sim.specification.targets.reading import TargetsFile, read_targets

__all__ = ["TargetsFile", "read_targets"]
