"""Timelines of posts: stationary, alternating, and each with an address of its own."""

from typing import Any

import numpy as np
import pytest

from sim.jurisdiction import build_jurisdiction
from sim.sampling.contract import Vacancies
from sim.sampling.latent import patrol_finds_per_household_per_day
from sim.sampling.streams import Streams
from sim.sampling.turnover import draw_vacancies
from sim.specification.schema import Scenario
from sim.specification.schema.disputes import Patrol
from sim.vocabulary import SECONDS_PER_DAY
from tests.unit.scenario_factory import make_scenario, staff_group

TURNOVER = {"filled_days": 60.0, "vacant_days": 20.0, "hire_cost_yuan": 0.0}
YEARS = {"start_date": "2024-01-01", "warmup_years": 0, "cohort_years": 3, "follow_days": 180, "latent_days": 0}
Row = tuple[str, int, int, int, int]


def place(villagers: int = 8, turnover: dict[str, float] = TURNOVER, **more: dict[str, Any]) -> Scenario:
    """Four villages with staff who come and go."""
    groups = {
        "village_mediators": staff_group("village", villagers, turnover=turnover),
        "town_cadres": staff_group("town", 2, turnover=turnover),
        "county_centre": staff_group("county", 1),
    }
    return make_scenario(horizon=YEARS, staff_groups=more | groups)


def make_groups() -> dict[str, Any]:
    """The groups of the town and the county."""
    return {"town_cadres": staff_group("town", 2), "county_centre": staff_group("county", 1)}


def drawn(scenario: Scenario, replication: int = 0) -> Vacancies:
    return draw_vacancies(build_jurisdiction(scenario), Streams(7, replication))


def rows(scenario: Scenario) -> set[Row]:
    """Vacancies by group and unit rather than by pool."""
    staff, found = build_jurisdiction(scenario).staff, drawn(scenario)
    columns = (found.pool, found.post, found.from_s, found.until_s)
    return {
        (staff.group_ids[staff.pool_group[pool]], int(staff.pool_unit[pool]), int(post), int(from_s), int(until_s))
        for pool, post, from_s, until_s in zip(*columns, strict=True)
    }


def test_vacancies_are_in_order_apart_and_begin_within_the_run() -> None:
    scenario = place()
    found, horizon_s = drawn(scenario), build_jurisdiction(scenario).horizon_s
    order = np.lexsort((found.from_s, found.post, found.pool))
    assert np.array_equal(order, np.arange(len(order)))
    same = (np.diff(found.pool) == 0) & (np.diff(found.post) == 0)
    assert (found.from_s[1:] > found.until_s[:-1])[same].all()
    assert (found.from_s < found.until_s).all()
    assert ((found.from_s >= 0) & (found.from_s < horizon_s)).all()
    assert {column.dtype.name for column in (found.pool, found.post)} == {"int32"}
    assert {column.dtype.name for column in (found.from_s, found.until_s)} == {"int64"}
    assert (found.from_s == 0).any()


def test_a_quarter_of_the_posts_is_vacant_at_any_time_and_spells_have_the_stated_mean() -> None:
    scenario = place(villagers=8_000)
    found = drawn(scenario)
    for day in (0, 100, 1_000):
        vacant = ((found.from_s <= day * SECONDS_PER_DAY) & (day * SECONDS_PER_DAY < found.until_s)).sum()
        assert vacant / 8_002 == pytest.approx(0.25, abs=4 * np.sqrt(0.25 * 0.75 / 8_002))
    spell_days = (found.until_s - found.from_s) / SECONDS_PER_DAY
    assert spell_days.mean() == pytest.approx(20, abs=4 * 20 / np.sqrt(len(spell_days)))
    started_later = (found.from_s > 0).sum()
    expected = 8_002 * 1_275 / 80
    assert started_later == pytest.approx(expected, abs=4 * np.sqrt(expected))


def test_another_post_or_group_shifts_no_timeline() -> None:
    before = rows(place())
    assert before <= rows(place(villagers=16))
    assert before <= rows(place(early_in_the_file=staff_group("village", 12, turnover=TURNOVER)))
    of_mediators = {row for row in before if row[0] == "village_mediators"}
    without_town = place(turnover=TURNOVER).model_copy(
        update={"staff_groups": {"village_mediators": place().staff_groups["village_mediators"]}}
    )
    assert rows(without_town) == of_mediators


def test_posts_units_groups_and_replications_have_timelines_of_their_own() -> None:
    found = rows(place())
    firsts = {(group, unit, post): (from_s, until_s) for group, unit, post, from_s, until_s in sorted(found)}
    assert len(set(firsts.values())) == len(firsts) == 10
    again, other = drawn(place()), drawn(place(), replication=1)
    assert np.array_equal(again.from_s, drawn(place()).from_s)
    assert not np.array_equal(again.from_s, other.from_s)


@pytest.mark.parametrize("turnover", [None, TURNOVER | {"vacant_days": 0.0}])
def test_without_turnover_or_gaps_no_post_is_vacant(turnover: dict[str, float] | None) -> None:
    assert len(drawn(place(turnover=turnover or TURNOVER | {"vacant_days": 0.0})).pool) == 0
    assert len(drawn(make_scenario()).pool) == 0


def test_patrols_are_made_by_the_posts_that_are_filled_in_the_long_run() -> None:
    def finds(turnover: dict[str, float] | None) -> float:
        groups = {"village_mediators": staff_group("village", 4, patrol_share=0.5, turnover=turnover)}
        scenario = make_scenario(staff_groups=make_groups() | groups)
        patrol = Patrol(hours_per_visit=1.0, find_prob=0.5)
        return float(patrol_finds_per_household_per_day(patrol, build_jurisdiction(scenario))[0])

    assert finds(TURNOVER) == pytest.approx(0.75 * finds(None))
