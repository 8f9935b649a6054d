"""Luck that is rough tells the outcome of a test wherever it is not a close call."""

from typing import Any
from unittest.mock import patch

import numpy as np
import pytest

from sim.sampling import settlement_margins
from sim.sampling.close_calls import is_close, rough_luck
from sim.sampling.settlement_luck import logistic_of
from sim.vocabulary import NEVER_S
from tests.unit.sampling.rich_place import rich_groups, rich_scenario, rich_tiers, sampled
from tests.unit.scenario_factory import panel


def normals() -> np.ndarray[Any, np.dtype[np.float64]]:
    ends = np.arange(-9 * 256, 9 * 256 + 1) / 256
    far = np.array([-300.0, -37.0, -8.5, 8.5, 37.0, 300.0])
    drawn = np.random.Generator(np.random.PCG64DXSM(1)).standard_normal(20_000)
    return np.concatenate((ends, np.nextafter(ends, -9), np.nextafter(ends, 9), far, drawn))


@pytest.mark.parametrize("needed_logit", [-40.0, -7.3, -0.8, 0.0, 1e-9, 0.02, 3.3, 34.0])
def test_the_sign_of_a_margin_is_right_wherever_it_is_not_close(needed_logit: float) -> None:
    exact, rough = logistic_of(normals()) - needed_logit, rough_luck(normals()) - needed_logit
    close = is_close(rough)
    assert np.array_equal((exact > 0)[~close], (rough > 0)[~close])
    assert close[-20_000:].mean() < 0.01, "few are close"


def test_luck_beyond_the_table_is_always_close() -> None:
    assert is_close(rough_luck(np.array([-8.1, 8.1, 1e9, -1e9]))).all()


@pytest.mark.parametrize("ability_logit", [0.0, 1.0, 1e5])
def test_tests_without_hardening_have_the_outcomes_of_exact_margins(ability_logit: float) -> None:
    tiers = rich_tiers(county={"panel": panel("county_centre", "town_cadres", attendance=0.7)})
    groups = rich_groups()
    groups["town_cadres"]["ability_logit"] = ability_logit
    scenario = rich_scenario(hardening=None, incident=None, tiers=tiers, staff_groups=groups)
    rough = sampled(scenario)
    with patch.object(settlement_margins, "LARGEST_PART_LOGIT", -1.0):
        exact = sampled(scenario)
    assert set(np.unique(rough.settle_until_age_s)) == {-1, 0, NEVER_S}
    assert np.array_equal(rough.settle_until_age_s, exact.settle_until_age_s)
