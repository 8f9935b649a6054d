"""Blocks of units and the spread of whole posts."""

from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from sim.jurisdiction.contract import Units
from sim.jurisdiction.posts import blocks_of_tier, place_posts, spread_by_largest_remainder
from sim.jurisdiction.units import build_units
from sim.specification.schema.place import UnitRow, UnitsByCount, UnitsByTable
from sim.vocabulary import NOWHERE
from tests.unit.scenario_factory import units_by_table

TIERS = ("village", "town", "county")


def place(village: int = 7, town: int = 2, persons: int = 700) -> Units:
    counts = {"village": village, "town": town, "county": 1}
    return build_units(UnitsByCount(by="count", counts=counts, population_persons=persons), TIERS, 4.0)


def weights(*values: int) -> NDArray[np.int64]:
    return np.array(values, dtype=np.int64)


@given(st.integers(0, 10_000_000), st.lists(st.integers(0, 2 * 10**9), min_size=1, max_size=20))
def test_posts_sum_to_the_total_and_differ_from_the_exact_share_by_less_than_one(
    total: int, populations: list[int]
) -> None:
    parts = spread_by_largest_remainder(total, weights(*populations)).tolist()
    assert sum(parts) == total
    everyone = sum(populations)
    for part, population in zip(parts, populations, strict=True):
        share = Fraction(total * population, everyone) if everyone else Fraction(total, len(populations))
        assert abs(part - share) < 1


@given(st.integers(0, 1_000), st.lists(st.integers(1, 50), min_size=2, max_size=8))
def test_no_unit_without_an_extra_post_has_a_larger_remainder_than_one_with(total: int, populations: list[int]) -> None:
    parts = spread_by_largest_remainder(total, weights(*populations)).tolist()
    divided = [divmod(total * population, sum(populations)) for population in populations]
    order = [
        (-remainder, number, part - whole)
        for number, (part, (whole, remainder)) in enumerate(zip(parts, divided, strict=True))
    ]
    extras = [extra for *_, extra in sorted(order)]
    assert extras == sorted(extras, reverse=True)


def test_ties_go_to_the_earlier_units() -> None:
    assert spread_by_largest_remainder(6, weights(10, 10, 10, 10)).tolist() == [2, 2, 1, 1]
    assert spread_by_largest_remainder(1, weights(1, 3, 3)).tolist() == [0, 1, 0]


def test_hand_worked_largest_remainders() -> None:
    # 7 posts over 53, 24 and 23 persons: 3.71, 1.68, 1.61.
    assert spread_by_largest_remainder(7, weights(53, 24, 23)).tolist() == [4, 2, 1]


def test_a_place_without_people_shares_posts_equally() -> None:
    assert spread_by_largest_remainder(3, weights(0, 0)).tolist() == [2, 1]


@settings(max_examples=50)
@given(st.integers(1, 30), st.integers(1, 6), st.integers(1, 5))
def test_blocks_never_cross_parents_and_are_full_but_for_the_last_of_a_parent(
    village: int, town: int, posts_serve: int
) -> None:
    units = place(village, town)
    blocks = blocks_of_tier(units, 0, posts_serve)
    seen = blocks.block_of_unit.tolist()
    assert seen == sorted(seen)
    for block in range(len(blocks.first_unit)):
        members = np.flatnonzero(blocks.block_of_unit == block)
        assert blocks.first_unit[block] == members[0]
        assert len(set(units.parent[members].tolist())) == 1
        is_last_of_parent = members[-1] == np.flatnonzero(units.parent[:village] == units.parent[members[0]])[-1]
        assert len(members) == posts_serve or (is_last_of_parent and len(members) < posts_serve)


def test_siblings_apart_in_the_table_share_a_block() -> None:
    table = UnitsByTable.model_validate(
        units_by_table(
            [
                {"unit_id": "a1", "tier": "village", "parent_id": "a", "population_persons": 1},
                {"unit_id": "b1", "tier": "village", "parent_id": "b", "population_persons": 10},
                {"unit_id": "a2", "tier": "village", "parent_id": "a", "population_persons": 100},
                {"unit_id": "a", "tier": "town", "parent_id": "x"},
                {"unit_id": "b", "tier": "town", "parent_id": "x"},
                {"unit_id": "x", "tier": "county"},
            ]
        )
    )
    blocks = blocks_of_tier(build_units(table, TIERS, 4.0), 0, 2)
    assert blocks.block_of_unit.tolist() == [0, 1, 0]
    assert blocks.population_persons.tolist() == [101, 10]


def test_without_posts_serve_every_unit_is_a_block_of_its_descendants() -> None:
    blocks = blocks_of_tier(place(), 1, None)
    assert blocks.first_unit.tolist() == [7, 8]
    assert blocks.block_of_home.tolist() == [0, 0, 0, 0, 1, 1, 1]
    assert blocks.population_persons.tolist() == [400, 300]


def test_a_block_without_a_post_is_no_pool_and_serves_nobody() -> None:
    pools = place_posts("mediators", 2, blocks_of_tier(place(), 0, 2), ())
    # Blocks of villages 0-1, 2-3, 4-5 and 6 hold 200, 200, 200 and 100 persons.
    assert pools.posts.tolist() == [1, 1]
    assert pools.first_unit.tolist() == [0, 2]
    assert pools.pool_of_home.tolist() == [0, 0, 1, 1, NOWHERE, NOWHERE, NOWHERE]


def test_a_group_without_posts_has_no_pool() -> None:
    pools = place_posts("mediators", 0, blocks_of_tier(place(), 0, None), ())
    assert pools.posts.size == 0
    assert (pools.pool_of_home == NOWHERE).all()


def test_a_column_of_the_table_says_who_has_the_posts_block_by_block() -> None:
    def row(number: int, posts: dict[str, int]) -> UnitRow:
        return UnitRow(
            unit_id=f"v{number}", tier="village", parent_id="t", population_persons=1, posts=posts, round_trip_hours={}
        )

    rows = [row(number, {"mediators": posts}) for number, posts in enumerate([0, 2, 0, 0, 1, 0])] + [row(6, {})]
    alone = place_posts("mediators", 3, blocks_of_tier(place(), 0, None), rows)
    assert (alone.posts.tolist(), alone.first_unit.tolist()) == ([2, 1], [1, 4])
    assert alone.pool_of_home.tolist() == [NOWHERE, 0, NOWHERE, NOWHERE, 1, NOWHERE, NOWHERE]
    pooled = place_posts("mediators", 3, blocks_of_tier(place(), 0, 2), rows)
    assert (pooled.posts.tolist(), pooled.first_unit.tolist()) == ([2, 1], [0, 4])
    by_population = place_posts("others", 3, blocks_of_tier(place(), 0, 2), rows)
    assert by_population.first_unit.tolist() == [0, 2, 4]
