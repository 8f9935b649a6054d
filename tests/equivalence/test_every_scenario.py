"""Both engines on the scenarios of the repository: a sample in CI, all of them by `make audit ENGINE=both`."""

import pytest

from sim.experiment.library_audit import Laid, comparisons_in, everything, places_in, practices_in
from sim.specification.loading import load_scenario
from sim.specification.scaling import part_of_place
from tests.equivalence.both_engines import by_both, drawn
from tests.unit.scenarios.places import SCENARIOS

HUNDREDTH = 0.01
PLACES = places_in(SCENARIOS)
EVERYTHING = everything(SCENARIOS, PLACES)
PRACTICES = practices_in(SCENARIOS)


def sample() -> list[Laid]:
    """Every practice at one place, another one each time, and every eighth baseline or policy."""
    turns = {practice: PLACES[number % len(PLACES)] for number, practice in enumerate(PRACTICES)}
    alone = [laid for laid in EVERYTHING if not laid.overlays]
    return alone[::8] + [laid for laid in EVERYTHING if laid.overlays and turns[laid.overlays[0]] == laid.file.parent]


SAMPLE = sample()


@pytest.mark.parametrize("laid", SAMPLE, ids=[laid.name for laid in SAMPLE])
def test_both_engines_agree_on_a_sample_of_policies_and_practices(laid: Laid) -> None:
    scenario = part_of_place(load_scenario(laid.file, laid.overlays).scenario, HUNDREDTH)
    assert len(by_both(drawn(scenario, seed=scenario.experiment.seed)).disputes.fate) > 10


def test_the_sample_has_every_practice_and_every_kind_of_file() -> None:
    assert {laid.overlays[0] for laid in SAMPLE if laid.overlays} == {*PRACTICES}
    assert {laid.file.parent for laid in SAMPLE} >= {*PLACES}
    assert {laid.file.stem == "baseline" for laid in SAMPLE if not laid.overlays} == {True, False}
    assert any(laid.file.parent in comparisons_in(SCENARIOS) for laid in SAMPLE)
