"""One replication of one scenario: the piece of work that everything above is made of."""

import threading
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

import pandas as pd

from sim.engine.contract import Engine
from sim.errors import AuditError, EnginesDifferError
from sim.jurisdiction import build_jurisdiction
from sim.jurisdiction.contract import Jurisdiction
from sim.outcomes.observed import observe
from sim.outcomes.replication import ReplicationOutcome, summarise
from sim.outcomes.tables import dispute_table, seat_table, session_table
from sim.protocol import compile_protocol
from sim.protocol.contract import Protocol
from sim.sampling import sample_disputes
from sim.sampling.streams import Streams
from sim.specification.schema import Scenario

_EQUAL_RISK = "equal_risk"
"""The stream that deals fates out for the equity statistics, the same for all scenarios of a comparison."""


class Records(NamedTuple):
    """The flat records of one replication."""

    disputes: pd.DataFrame
    sessions: pd.DataFrame
    seats: pd.DataFrame


@dataclass(frozen=True, slots=True)
class Prepared:
    """What all replications of a scenario share."""

    scenario: Scenario
    jurisdiction: Jurisdiction
    protocol: Protocol


_ONE_BUILDS: Final = threading.Lock()


def prepared(scenario_file: Path) -> Prepared:
    """Build a scenario from its JSON file, once in each process: threads that want the same one wait for it."""
    with _ONE_BUILDS:
        return _built(scenario_file)


@lru_cache(maxsize=16)
def _built(scenario_file: Path) -> Prepared:
    scenario = Scenario.model_validate_json(scenario_file.read_bytes())
    jurisdiction = build_jurisdiction(scenario)
    return Prepared(scenario, jurisdiction, compile_protocol(scenario, jurisdiction))


def replicate(
    place: Prepared, seed: int, replication: int, engine: Engine, *, with_records: bool, with_sums: bool = True
) -> tuple[ReplicationOutcome, Records | None]:
    """Sample, simulate, measure and audit one replication; records and sums only where somebody keeps them.

    AuditError if the accounts do not balance, EnginesDifferError if an engine that is two finds them apart.
    """
    which = f"{place.scenario.name.en}, replication {replication}"
    batch = sample_disputes(place.scenario, place.jurisdiction, place.protocol, seed, replication)
    try:
        trajectory = engine(place.jurisdiction, place.protocol, batch)
    except EnginesDifferError as error:
        raise EnginesDifferError(error.difference, which) from error
    generator = Streams(seed, replication).generator(_EQUAL_RISK)
    try:
        outcome = summarise(
            place.scenario, place.jurisdiction, place.protocol, batch, trajectory, generator, with_sums=with_sums
        )
    except AuditError as error:
        raise AuditError([f"{which}: {failure}" for failure in error.failures]) from error
    if not with_records:
        return outcome, None
    run = observe(place.jurisdiction, place.protocol, batch, trajectory, place.scenario.measures)
    return outcome, Records(dispute_table(run), session_table(run), seat_table(run))
