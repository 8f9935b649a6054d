"""Units by count and by table."""

import numpy as np
import pytest
from pydantic import TypeAdapter

from sim.jurisdiction.units import build_units, spread_evenly
from sim.specification.schema.place import Units, UnitsByCount, UnitsByFile
from sim.vocabulary import NOWHERE
from tests.unit.scenario_factory import units_by_table

TIERS = ("village", "town", "county")


def by_count(village: int, town: int, county: int, persons: int) -> UnitsByCount:
    counts = {"county": county, "village": village, "town": town}
    return UnitsByCount(by="count", counts=counts, population_persons=persons)


TABLE: Units = TypeAdapter(Units).validate_python(
    units_by_table(
        [
            {"unit_id": "X", "tier": "county"},
            {"unit_id": "v2", "tier": "village", "parent_id": "t2", "population_persons": 300},
            {"unit_id": "t1", "tier": "town", "parent_id": "X"},
            {"unit_id": "v1", "tier": "village", "parent_id": "t1", "population_persons": 100},
            {"unit_id": "t2", "tier": "town", "parent_id": "X"},
            {"unit_id": "v3", "tier": "village", "parent_id": "t2", "population_persons": 0},
        ]
    )
)


def test_children_are_spread_evenly_with_the_remainder_to_the_first_parents() -> None:
    units = build_units(by_count(11, 4, 1, 1000), TIERS, 4.0)
    assert np.bincount(units.parent[:11] - 11).tolist() == [3, 3, 3, 2]
    assert units.parent.tolist() == [11] * 3 + [12] * 3 + [13] * 3 + [14] * 2 + [15] * 4 + [NOWHERE]


def test_units_are_numbered_tier_by_tier_from_the_lowest_whatever_the_order_of_counts() -> None:
    units = build_units(by_count(11, 2, 1, 1000), TIERS, 4.0)
    assert units.ids[0] == "village_01"
    assert units.ids[10:] == ("village_11", "town_1", "town_2", "county_1")
    assert units.offset.tolist() == [0, 11, 13, 14]
    assert units.tier.tolist() == [0] * 11 + [1] * 2 + [2]


def test_population_is_spread_in_whole_persons_and_keeps_its_sum() -> None:
    units = build_units(by_count(3, 1, 1, 1000), TIERS, 2.5)
    assert units.population_persons.tolist() == [334, 333, 333]
    assert units.households.tolist() == [334 / 2.5, 333 / 2.5, 333 / 2.5]


def test_spreading_over_more_shares_than_there_are_leaves_some_empty() -> None:
    assert spread_evenly(2, 4).tolist() == [1, 1, 0, 0]


def test_table_rows_keep_their_order_within_a_tier() -> None:
    units = build_units(TABLE, TIERS, 2.0)
    assert units.ids == ("v2", "v1", "v3", "t1", "t2", "X")
    assert units.parent.tolist() == [4, 3, 4, 5, 5, NOWHERE]
    assert units.population_persons.tolist() == [300, 100, 0]
    assert units.households.tolist() == [150.0, 50.0, 0.0]


def test_ancestors_climb_from_every_home_unit() -> None:
    units = build_units(TABLE, TIERS, 2.0)
    assert units.ancestor.tolist() == [[0, 1, 2], [4, 3, 4], [5, 5, 5]]


def test_one_tier_has_no_parents() -> None:
    units = build_units(UnitsByCount(by="count", counts={"court": 2}, population_persons=9), ("court",), 1.0)
    assert units.parent.tolist() == [NOWHERE, NOWHERE]
    assert units.ancestor.tolist() == [[0, 1]]


def test_arrays_have_the_types_of_the_contract() -> None:
    for block in (TABLE, by_count(4, 2, 1, 100)):
        units = build_units(block, TIERS, 2.0)
        assert {units.tier.dtype, units.parent.dtype, units.offset.dtype, units.ancestor.dtype} == {np.dtype(np.int32)}
        assert units.population_persons.dtype == np.int64
        assert units.households.dtype == np.float64


def test_units_still_in_a_file_are_refused() -> None:
    with pytest.raises(ValueError, match="must be a table"):
        build_units(UnitsByFile(by="file", path="units.csv"), TIERS, 4.0)
