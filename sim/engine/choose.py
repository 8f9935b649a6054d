"""Which engine runs a replication: by name, imported only when it is asked for."""

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sim.errors import EnginesDifferError

if TYPE_CHECKING:
    from sim.engine.contract import Engine, Trajectory
    from sim.jurisdiction.contract import Jurisdiction
    from sim.protocol.contract import Protocol
    from sim.sampling.contract import DisputeBatch


class EngineName(StrEnum):
    """The engines; they give the same trajectories to the last bit."""

    SIMPY = "simpy"
    """The reference, made to be read."""
    COMPILED = "compiled"
    """The fast one."""
    BOTH = "both"
    """Each replication by both, compared before anything is made of it."""


DEFAULT_ENGINE: Final = EngineName.COMPILED


def is_ready(name: EngineName) -> bool:
    """Say whether an engine can start at once: the compiled one takes up to a minute the first time."""
    if name is EngineName.SIMPY:
        return True
    from sim.engine.compiled_engine import is_compiled  # noqa: PLC0415 -- loads Numba

    return is_compiled()


def make_ready(name: EngineName) -> None:
    """Compile an engine, or load what was compiled before, so that whatever is started now finds it compiled."""
    if name is EngineName.SIMPY:
        return
    from sim.engine.compiled_engine import compile_ahead  # noqa: PLC0415 -- loads Numba

    compile_ahead()


def choose_engine(name: EngineName) -> "Engine":
    """Return an engine; BOTH raises EnginesDifferError at the first event on which the two do not agree."""
    return _simulate_by_both if name is EngineName.BOTH else _engine(name)


def _engine(name: EngineName) -> "Engine":
    if name is EngineName.SIMPY:
        from sim.engine import simpy_engine  # noqa: PLC0415 -- loads SimPy

        return simpy_engine.simulate
    from sim.engine import compiled_engine  # noqa: PLC0415 -- loads Numba

    return compiled_engine.simulate


def _simulate_by_both(jurisdiction: "Jurisdiction", protocol: "Protocol", batch: "DisputeBatch") -> "Trajectory":
    from sim.engine.difference import first_difference  # noqa: PLC0415 -- loads NumPy

    names = (EngineName.SIMPY, EngineName.COMPILED)
    reference, other = (_engine(name)(jurisdiction, protocol, batch) for name in names)
    difference = first_difference(jurisdiction, protocol, batch, {names[0]: reference, names[1]: other})
    if difference is not None:
        raise EnginesDifferError(difference)
    return reference
