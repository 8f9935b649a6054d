"""A made-up county small enough to be simulated in a test, and one finished comparison of it."""

import shutil
from pathlib import Path

import pytest

from sim.experiment.asking import Wanted, ask_compare, files_to_compare
from sim.experiment.cited_source import CitedSource
from sim.experiment.question import Question
from sim.experiment.run import FinishedRun, run_question

TINY_COUNTY = Path(__file__).parents[2] / "end_to_end" / "tiny_county"


@pytest.fixture
def tiny_county(tmp_path: Path) -> Path:
    """A copy of the tiny county's folder that a test may change."""
    return Path(shutil.copytree(TINY_COUNTY, tmp_path / "tiny_county"))


@pytest.fixture(scope="session")
def question() -> Question:
    """The tiny county's comparison with records and a source, two replications."""
    made_up = CitedSource("citation: made up for tests", "为测试而编", "made up for tests")
    wanted = Wanted(replications=2, with_records=True, citations={made_up.id: made_up}, command="compare tiny_county")
    return ask_compare(files_to_compare(TINY_COUNTY), wanted)


@pytest.fixture(scope="session")
def finished(question: Question, tmp_path_factory: pytest.TempPathFactory) -> FinishedRun:
    """The finished run of `question`, not to be changed."""
    return run_question(question, tmp_path_factory.mktemp("results"), workers=1)
