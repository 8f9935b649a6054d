"""What holds of every study in the repository: valid at every point, with its constraints kept."""

from pathlib import Path

import pytest

from sim.experiment.asking import Wanted
from sim.experiment.sweep_asking import ask_sweep
from tests.unit.scenarios.places import SCENARIOS, known_sources

STUDIES = sorted((SCENARIOS / "studies").glob("*.yaml"))


@pytest.mark.parametrize("file", STUDIES, ids=lambda path: path.stem)
def test_a_study_can_be_asked(file: Path) -> None:
    question = ask_sweep(file, Wanted(known_sources=known_sources()))
    assert question.sweep is not None
    assert len(question.references) >= 3
    assert all(named.resolved.warnings == () for named in question.scenarios[:1])
