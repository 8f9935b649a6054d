"""An overlay that extends no scenario is compared as laid over the first file."""

from pathlib import Path

import pytest

from sim.errors import InputError
from sim.experiment.asking import Wanted, ask_compare

BASELINE = Path("scenarios/xichou/baseline.yaml")
PRACTICE = Path("scenarios/practices/roving_team.yaml")


def test_a_practice_is_compared_as_laid_over_the_baseline() -> None:
    question = ask_compare([BASELINE, PRACTICE], Wanted())
    assert [named.id for named in question.scenarios] == ["baseline", "roving_team"]
    baseline, policy = (named.scenario for named in question.scenarios)
    assert policy.staff_groups.keys() - baseline.staff_groups.keys() == {"roving_team"}
    assert policy.name.en.startswith(f"{baseline.name.en} + ")


def test_a_practice_cannot_be_the_baseline() -> None:
    with pytest.raises(InputError) as refused:
        ask_compare([PRACTICE, BASELINE], Wanted())
    assert "scenario_is_overlay" in {problem.code for problem in refused.value.problems}
