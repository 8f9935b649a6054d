"""The scenario with every mechanism really has every mechanism, also those that the schema is given later."""

from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from sim.specification import load_scenario
from sim.specification.schema import Scenario
from tests.benchmarks.our_engine import FOLDER

SAYS_HOW_IT_IS_TOLD = {"question", "posterior"}


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load_scenario(FOLDER / "all_mechanisms.yaml").scenario


def switched(block: BaseModel) -> Iterator[tuple[str, bool]]:
    """Every optional key of a block and of the blocks below it, with whether it is there."""
    for name, field in type(block).model_fields.items():
        value = getattr(block, name)
        if not field.is_required():
            yield name, value is not None
        below = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else (value,)
        for each in below:
            if isinstance(each, BaseModel):
                yield from switched(each)


def test_every_optional_block_is_there(scenario: Scenario) -> None:
    absent = [name for name, field in Scenario.model_fields.items() if getattr(scenario, name) is None]
    assert absent == []


def test_every_optional_key_is_used_somewhere(scenario: Scenario) -> None:
    used = {name for name, is_there in switched(scenario) if is_there}
    unused = {name for name, _ in switched(scenario)} - used
    assert unused <= SAYS_HOW_IT_IS_TOLD


def test_every_way_of_holding_a_session_is_used(scenario: Scenario) -> None:
    modes = {session.mode for tier in scenario.tiers.values() for session in tier.sessions.values()}
    assert modes == {"intake", "desk", "outreach", "panel", "meeting"}
