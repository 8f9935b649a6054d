from pathlib import Path
from typing import Any

import pytest

from sim.jurisdiction import build_jurisdiction
from sim.specification import load_scenario
from sim.specification.checks import cross_faults
from sim.specification.resolved import ProvenancePlaces
from sim.specification.scaling import part_of_place
from sim.specification.schema import Scenario
from sim.specification.schema.place import UnitsByCount, UnitsByTable
from tests.unit.scenario_factory import days, make_scenario, name, staff_group, units_by_table

PLACES = Path(__file__).parents[3] / "scenarios"
BASELINES = sorted(PLACES.glob("*/baseline.yaml"))

COUNTS = {"village": 120, "town": 10, "county": 1}


def place(**blocks: Any) -> Scenario:
    groups = {
        "village_mediators": staff_group("village", 300),
        "volunteers": staff_group("village", 90, posts_serve=3),
        "town_cadres": staff_group("town", 21),
        "county_centre": staff_group("county", 6),
        "nobody_yet": staff_group("town", 0),
    }
    units = {"by": "count", "counts": COUNTS, "population_persons": 60_000}
    return make_scenario(**{"units": units, "staff_groups": groups} | blocks)


def counts(scenario: Scenario) -> dict[str, int]:
    assert isinstance(scenario.units, UnitsByCount)
    return dict(scenario.units.counts)


def posts(scenario: Scenario) -> dict[str, int]:
    return {group_id: group.posts for group_id, group in scenario.staff_groups.items()}


def faults(scenario: Scenario) -> list[str]:
    return [f"{p.code} {p.path}" for p in cross_faults(scenario, ProvenancePlaces({}))]


def test_a_tenth_has_whole_towns_and_their_villages_with_as_many_posts_per_resident() -> None:
    tenth = part_of_place(place(), 0.1)
    assert counts(tenth) == {"village": 12, "town": 1, "county": 1}
    assert isinstance(tenth.units, UnitsByCount)
    assert tenth.units.population_persons == 6_000
    assert posts(tenth) == {
        "village_mediators": 30,
        "volunteers": 9,
        "town_cadres": 2,
        "county_centre": 1,
        "nobody_yet": 0,
    }


def test_a_part_has_at_least_one_unit_of_each_tier_and_a_post_where_each_unit_had_one() -> None:
    crumb = part_of_place(place(), 1e-9)
    assert counts(crumb) == {"village": 12, "town": 1, "county": 1}
    one_tier_up = part_of_place(place(staff_groups={"town_cadres": staff_group("town", 10)}), 0.26)
    assert counts(one_tier_up)["town"] == posts(one_tier_up)["town_cadres"] == 3


def test_the_whole_is_the_place_itself_and_nothing_is_no_part() -> None:
    whole = place()
    assert part_of_place(whole, 1.0) is whole
    for share in (0.0, -0.5, 1.5):
        with pytest.raises(ValueError, match="a part of a place"):
            part_of_place(whole, share)


def test_backlog_and_programmes_shrink_with_the_residents() -> None:
    backlog = {"disputes": 77, "age_days": days(9.0), "theta_shift_logit": 0.0}
    programmes = {"platform": {"name": name("platform"), "yuan_per_year": 50_000.0, "start_up_yuan": 9_000.0}}
    tenth = part_of_place(place(opening_backlog=backlog, programmes=programmes), 0.1)
    assert tenth.opening_backlog is not None
    assert tenth.opening_backlog.disputes == 8
    assert tenth.programmes is not None
    assert tenth.programmes["platform"].yuan_per_year == pytest.approx(5_000)
    assert tenth.programmes["platform"].start_up_yuan == pytest.approx(900)


def shock(*units: str) -> dict[str, Any]:
    named = {"units": list(units)} if units else {}
    return {"name": name("flood"), "from_day": 3, "days": 4, "multiplier": {"land": 2.0}} | named


def test_a_shock_strikes_the_units_at_the_same_place() -> None:
    shocks = {"everywhere": shock(), "here": shock("village_001", "village_060", "village_120", "county_1")}
    tenth = part_of_place(place(shocks=shocks), 0.1)
    assert tenth.shocks is not None
    assert tenth.shocks["everywhere"].units is None
    assert tenth.shocks["here"].units == ("village_01", "village_06", "village_12", "county_1")
    assert faults(tenth) == []


def table() -> dict[str, Any]:
    rows: list[dict[str, Any]] = [{"unit_id": "c", "tier": "county", "population_persons": 1_500}]
    for town in ("t1", "t2", "t3"):
        rows.append({"unit_id": town, "tier": "town", "parent_id": "c"})
        rows += [
            {"unit_id": f"{town}v{v}", "tier": "village", "parent_id": town, "population_persons": 100 * v}
            | {"posts": {"village_mediators": v}}
            for v in range(3)
        ]
    return units_by_table(rows)


def test_of_a_table_the_first_inhabited_towns_stay_with_all_that_is_below_them() -> None:
    groups = {
        "village_mediators": staff_group("village", 9),
        "town_cadres": staff_group("town", 9),
        "county_centre": staff_group("county", 2),
    }
    whole = make_scenario(
        units=table(), staff_groups=groups, shocks={"left": shock("t1v1", "t3v1"), "gone": shock("t2")}
    )
    third = part_of_place(whole, 0.33)
    assert isinstance(third.units, UnitsByTable)
    assert [row.unit_id for row in third.units.rows] == ["c", "t1", "t1v0", "t1v1", "t1v2"]
    assert posts(third) == {"village_mediators": 3, "town_cadres": 3, "county_centre": 1}
    assert third.shocks is not None
    assert {shock_id: each.units for shock_id, each in third.shocks.items()} == {"left": ("t1v1",)}
    assert faults(third) == []
    build_jurisdiction(third)


@pytest.mark.parametrize("share", [0.002, 0.02, 0.05, 0.1, 0.37, 0.9])
@pytest.mark.parametrize("baseline", BASELINES, ids=lambda path: path.parent.name)
def test_every_part_of_every_place_is_a_sound_scenario(baseline: Path, share: float) -> None:
    part = part_of_place(load_scenario(baseline).scenario, share)
    assert faults(part) == []
    build_jurisdiction(part)
    assert Scenario.model_validate_json(part.model_dump_json(by_alias=True)) == part


@pytest.mark.parametrize("baseline", BASELINES, ids=lambda path: path.parent.name)
def test_a_twentieth_keeps_residents_per_home_and_posts_per_resident(baseline: Path) -> None:
    whole = load_scenario(baseline).scenario
    part = part_of_place(whole, 0.05)
    before, after = build_jurisdiction(whole), build_jurisdiction(part)
    persons, fewer = before.units.population_persons, after.units.population_persons
    assert fewer.mean() == pytest.approx(persons.mean(), rel=0.02)
    share = fewer.sum() / persons.sum()
    assert share == pytest.approx(0.05, rel=0.35)
    for group_id, group in whole.staff_groups.items():
        if group.posts * share >= 20:
            assert part.staff_groups[group_id].posts == pytest.approx(group.posts * share, rel=0.05)
