"""The compiled engine: the same semantics as the SimPy engine in a Numba kernel, equal to it to the last bit."""

from sim.engine.compiled_engine.compiling import compile_ahead, is_compiled
from sim.engine.compiled_engine.simulation import simulate

__all__ = ["compile_ahead", "is_compiled", "simulate"]
