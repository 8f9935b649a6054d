"""A run by both engines: equal to the last bit, or a failure that tells the first event that differs and its story."""

import pytest

from sim.cli.engine_difference import difference_lines, story_lines
from sim.cli.wording import command_words
from sim.engine.choose import EngineName, choose_engine
from sim.engine.contract import Trajectory
from sim.errors import EnginesDifferError
from sim.jurisdiction import build_jurisdiction
from sim.protocol import compile_protocol
from sim.sampling import sample_disputes
from sim.specification.schema import Scenario
from tests.unit.engine.generated_runs import GeneratedRun

BOTH = choose_engine(EngineName.BOTH)


def by_both(run: GeneratedRun) -> Trajectory:
    """Return what both engines make of a run."""
    try:
        return run.by(BOTH)
    except EnginesDifferError as error:
        english = command_words("en")
        told = [*difference_lines(english, error), *story_lines(english, error.difference)]
    pytest.fail("\n".join(told))


def drawn(scenario: Scenario, seed: int = 1, replication: int = 0) -> GeneratedRun:
    """Return a replication of a scenario, ready for an engine."""
    jurisdiction = build_jurisdiction(scenario)
    protocol = compile_protocol(scenario, jurisdiction)
    return GeneratedRun(jurisdiction, protocol, sample_disputes(scenario, jurisdiction, protocol, seed, replication))
