"""Which streams are seeded at once: those that sampling asks for, and few others."""

from typing import Any
from unittest.mock import patch

import numpy as np
import pytest

from sim.sampling.streams import Streams
from sim.specification import load_scenario
from sim.specification.schema import Scenario
from tests.benchmarks.our_engine import FOLDER
from tests.unit.sampling.rich_place import exponential_days, rich_scenario, rich_tiers, sampled
from tests.unit.sampling.test_sample import BREACH, FOLLOW_UP
from tests.unit.scenario_factory import make_scenario

EVERY_MECHANISM = FOLDER / "all_mechanisms.yaml"
REFERRAL = {"refer_when_waiting_per_post_at_least": 1.0, "refer_prob": 0.5}
PRESSURE = {"paper_settlement_prob": 0.4, "return_delay_days": exponential_days(30.0), "tiers": ["town"]}


def referring() -> dict[str, Any]:
    tiers = rich_tiers()
    tiers["town"]["load_referral"] = REFERRAL
    return tiers


@pytest.mark.parametrize(
    "scenario",
    [
        rich_scenario(),
        rich_scenario(breach=BREACH, follow_up=FOLLOW_UP),
        rich_scenario(tiers=referring(), reporting_pressure=PRESSURE),
        load_scenario(EVERY_MECHANISM, settings=("emergence.rate_per_1000_per_year=2",)).scenario,
    ],
    ids=["rich", "breaking", "handing_up", "every_mechanism"],
)
def test_every_stream_of_a_rich_place_is_seeded_with_the_others(scenario: Scenario) -> None:
    asked: list[str] = []
    prepared: list[str] = []
    ask, prepare = Streams.generator, Streams.prepare

    def noting(streams: Streams, name: str) -> np.random.Generator:
        asked.append(name)
        return ask(streams, name)

    def preparing(streams: Streams, names: list[str]) -> None:
        prepared.extend(names)
        prepare(streams, names)

    with patch.multiple(Streams, generator=noting, prepare=preparing):
        sampled(scenario)
    assert set(asked) <= set(prepared)
    assert len(set(prepared) - set(asked)) <= len(prepared) // 4


def test_a_plain_place_seeds_few_streams_in_vain() -> None:
    with patch.object(Streams, "prepare", autospec=True) as prepare:
        sampled(make_scenario())
    assert sum(len(call.args[1]) for call in prepare.call_args_list) < 40
