"""The flagship comparisons: each a question on Xichou that can be asked as it stands."""

from pathlib import Path

import pytest

from sim.experiment.asking import Wanted, ask_compare, files_to_compare
from sim.specification.schema import Scenario
from tests.unit.scenarios.places import SCENARIOS, known_sources, loaded

FOLDERS = sorted(folder for folder in (SCENARIOS / "flagship").iterdir() if folder.is_dir())
OF_THE_STUDY = {"name", "description", "experiment"}


def numbers(scenario: Scenario) -> dict[str, object]:
    return scenario.model_dump(exclude=OF_THE_STUDY)


def test_there_are_six_beside_the_sweeps() -> None:
    assert [folder.name for folder in FOLDERS] == [
        "fixed_meetings",
        "follow_up_visits",
        "four_clinics",
        "nothing_handed_up",
        "one_stop_centre",
        "relief_or_hiring",
    ]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_flagship_asks_its_question_of_xichou_as_it_is_and_each_policy_changes_something(folder: Path) -> None:
    question = ask_compare(files_to_compare(folder), Wanted(known_sources=known_sources()))
    asked = question.baseline.scenario.experiment.question
    assert asked is not None
    assert asked.zh.endswith("？")
    assert asked.en.endswith("?")
    assert numbers(question.baseline.scenario) == numbers(loaded("xichou/baseline").scenario)
    told_apart = [numbers(named.scenario) for named in question.scenarios]
    assert all(told_apart.count(one) == 1 for one in told_apart)
    assert question.robustness is not None
    assert question.robustness.focus_policy in [policy.id for policy in question.policies]
