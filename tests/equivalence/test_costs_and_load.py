"""Administrative items at level 1 and programmes without cost change nothing; programmes change nothing but costs."""

from typing import Any

import numpy as np
import pytest

from sim.jurisdiction import build_jurisdiction
from tests.equivalence.sampled_runs import SampledRun, differences, sampled_run
from tests.unit.outcomes.busy_place import busy_scenario
from tests.unit.scenario_factory import name
from tests.unit.scenarios.places import PLACES, loaded

COSTS = (
    "programme_yuan_per_year",
    "programme_start_up_yuan",
    "total_cost_yuan_per_year",
    "total_cost_yuan_per_settled",
)


def items(*levels: float) -> dict[str, Any]:
    """Three administrative items whose parts cannot be added without rounding."""
    parts = (0.1, 0.2, 0.7)
    return {
        f"item_{number}": {"name": name("item"), "share_of_admin": part, "level": level}
        for number, (part, level) in enumerate(zip(parts, levels, strict=True))
    }


def programme(yuan_per_year: float, start_up_yuan: float) -> dict[str, Any]:
    """One programme."""
    return {"platform": {"name": name("platform"), "yuan_per_year": yuan_per_year, "start_up_yuan": start_up_yuan}}


@pytest.fixture(scope="module")
def plain() -> SampledRun:
    return sampled_run(busy_scenario())


@pytest.mark.parametrize("load", [items(1.0, 1.0, 1.0), items(3.0, 0.0, 1.0)])
def test_items_that_add_up_to_what_there_is_change_no_bit(plain: SampledRun, load: dict[str, Any]) -> None:
    assert differences(plain, sampled_run(busy_scenario(admin_load=load))) == []


def test_less_load_is_the_smaller_share_written_out(plain: SampledRun) -> None:
    relieved = sampled_run(busy_scenario(admin_load=items(0.5, 0.5, 0.5)))
    groups = {
        group_id: group.model_dump(mode="json") | {"admin_share": group.admin_share * 0.5}
        for group_id, group in busy_scenario().staff_groups.items()
    }
    assert differences(relieved, sampled_run(busy_scenario(staff_groups=groups))) == []
    assert differences(plain, relieved) != []


@pytest.mark.parametrize("programmes", [{}, programme(0.0, 0.0)])
def test_programmes_that_cost_nothing_change_no_bit(plain: SampledRun, programmes: dict[str, Any]) -> None:
    assert differences(plain, sampled_run(busy_scenario(programmes=programmes))) == []


def test_programmes_change_costs_only(plain: SampledRun) -> None:
    with_platform = sampled_run(busy_scenario(programmes=programme(10_000.0, 5_000.0)))
    assert differences(plain, with_platform, but_for=COSTS) == []
    dearer = with_platform.measures.loc["total_cost_yuan_per_year", "", ""]
    assert dearer - plain.measures.loc["total_cost_yuan_per_year", "", ""] == pytest.approx(10_000)


@pytest.mark.parametrize("place", PLACES)
def test_a_baseline_names_its_administrative_load_and_no_number_moves_for_it(place: str) -> None:
    scenario = loaded(f"{place}/baseline").scenario
    assert scenario.admin_load is not None
    assert set(scenario.admin_load) == {"meetings", "inspections", "ledgers"}
    with_items = build_jurisdiction(scenario).staff
    without = build_jurisdiction(scenario.model_copy(update={"admin_load": None})).staff
    for share in ("admin_share", "patrol_share", "casework_share"):
        assert np.array_equal(getattr(with_items, share), getattr(without, share))
