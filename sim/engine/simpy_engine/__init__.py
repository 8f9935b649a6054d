"""The reference engine: the model as a person reads it, on SimPy's environment, processes and events."""

from sim.engine.simpy_engine.simulation import simulate

__all__ = ["simulate"]
