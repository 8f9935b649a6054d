"""One replication of one scenario: the piece of work that everything above is made of."""

from dataclasses import dataclass
from functools import lru_cache

from sim.engine.simpy_engine import simulate
from sim.jurisdiction import build_jurisdiction
from sim.jurisdiction.contract import Jurisdiction
from sim.outcomes import ReplicationOutcome, summarise
from sim.protocol import compile_protocol
from sim.protocol.contract import Protocol
from sim.sampling import sample_disputes
from sim.specification.schema import Scenario


@dataclass(frozen=True, slots=True)
class Piece:
    """A replication to be run; `key` names the scenario among all that are run together."""

    key: str
    scenario_json: str
    seed: int
    replication: int
    with_records: bool = False


def run_piece(piece: Piece) -> ReplicationOutcome:
    """Sample, simulate, measure and audit one replication; raises AuditError if the accounts do not balance."""
    scenario, jurisdiction, protocol = _prepared(piece.scenario_json)
    batch = sample_disputes(scenario, jurisdiction, protocol, piece.seed, piece.replication)
    trajectory = simulate(jurisdiction, protocol, batch)
    return summarise(
        scenario, jurisdiction, protocol, batch, trajectory, piece.seed, piece.replication, piece.with_records
    )


@lru_cache(maxsize=16)
def _prepared(scenario_json: str) -> tuple[Scenario, Jurisdiction, Protocol]:
    """Build what all replications of a scenario share, once in each worker."""
    scenario = Scenario.model_validate_json(scenario_json)
    jurisdiction = build_jurisdiction(scenario)
    return scenario, jurisdiction, compile_protocol(scenario, jurisdiction)
