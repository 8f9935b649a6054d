"""What a practice is about moves as its overlay says, on part of a place, on the same disputes, audits clean."""

from collections.abc import Mapping
from functools import cache

import numpy as np
import pytest

from sim.engine.choose import DEFAULT_ENGINE, choose_engine
from sim.experiment.replicate import Prepared, replicate
from sim.jurisdiction import build_jurisdiction
from sim.protocol import compile_protocol
from sim.specification import ResolvedScenario
from sim.specification.scaling import part_of_place
from tests.unit.scenarios.practices import OVERLAYS, laid, reference

PART_OF_XICHOU = 0.2
PART_OF_JINJIANG = 0.03
REPLICATIONS = 4

ENGINE = choose_engine(DEFAULT_ENGINE)


def prepared(resolved: ResolvedScenario, share: float) -> Prepared:
    scenario = part_of_place(resolved.scenario, share)
    jurisdiction = build_jurisdiction(scenario)
    return Prepared(scenario, jurisdiction, compile_protocol(scenario, jurisdiction))


@cache
def measures(content: str, replication: int) -> Mapping[tuple[str, str], float]:
    """Measures by (measure, tier) of a replication of a scenario given as JSON: references are shared by practices."""
    place = PLACES[content]
    outcome, _ = replicate(place, place.scenario.experiment.seed, replication, ENGINE, with_records=False)
    whole = outcome.measures[outcome.measures["category"] == ""]
    return dict(zip(zip(whole["measure"], whole["tier"], strict=True), whole["value"], strict=True))


PLACES: dict[str, Prepared] = {}


def sample(resolved: ResolvedScenario, measure: str) -> np.ndarray:
    content = resolved.scenario.model_dump_json()
    if content not in PLACES:
        PLACES[content] = prepared(resolved, PART_OF_XICHOU)
    name, _, tier = measure.partition("@")
    return np.array([measures(content, number).get((name, tier), 0.0) for number in range(REPLICATIONS)])


@pytest.mark.parametrize("slug", OVERLAYS)
def test_a_practice_moves_what_it_is_about_as_it_says(slug: str) -> None:
    practice = laid("xichou", slug).practices[-1]
    for measure, direction in practice.shows_in.items():
        difference = sample(laid("xichou", slug), measure) - sample(reference("xichou", slug), measure)
        mean = float(np.nanmean(difference))
        match direction:
            case "higher":
                assert mean > 0, measure
            case "lower":
                assert mean < 0, measure
            case "same":
                assert not difference.any(), measure
            case "either":
                pass  # it has run, and its audits are clean


@pytest.mark.parametrize("slug", OVERLAYS)
def test_a_practice_runs_in_a_city_with_clean_audits(slug: str) -> None:
    place = prepared(laid("jinjiang", slug), PART_OF_JINJIANG)
    outcome, _ = replicate(place, 1, 0, ENGINE, with_records=False)
    assert outcome.audits
