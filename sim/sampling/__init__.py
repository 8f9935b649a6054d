"""Addressed random draws and the integer fates that the engines compare and add."""

from sim.sampling.sample import sample_disputes

__all__ = ["sample_disputes"]
