"""Units of all tiers, from numbers or from a table."""

from itertools import pairwise

import numpy as np

from sim.jurisdiction.contract import Float64, Int32, Int64, Units
from sim.specification.schema.place import UnitRow, UnitsByCount, UnitsByFile, UnitsByTable
from sim.specification.schema.place import Units as UnitsBlock
from sim.specification.unit_ids import counted_unit_ids
from sim.vocabulary import NOWHERE


def build_units(block: UnitsBlock, tier_ids: tuple[str, ...], persons_per_household: float) -> Units:
    """Build the units of every tier, lowest tier first.

    By count they are named `<tier>_<number>`, numbered from 1. Raises ValueError for `by: file`, which loading turns
    into a table.
    """
    match block:
        case UnitsByCount():
            return _by_count(block, tier_ids, persons_per_household)
        case UnitsByTable():
            return _by_table(block, tier_ids, persons_per_household)
        case UnitsByFile():
            raise ValueError("units must be a table before a jurisdiction is built")


def rows_of_tier(block: UnitsBlock, tier_id: str) -> tuple[UnitRow, ...]:
    """Return the rows of one tier in the order of its units; none where units are given by count."""
    if not isinstance(block, UnitsByTable):
        return ()
    return tuple(row for row in block.rows if row.tier == tier_id)


def spread_evenly(total: int, shares: int) -> Int64:
    """Divide a whole number into `shares` whole parts that differ by one at most, the larger first; int64 (shares,)."""
    base, remainder = divmod(total, shares)
    return base + (np.arange(shares) < remainder).astype(np.int64)


def _by_count(block: UnitsByCount, tier_ids: tuple[str, ...], persons_per_household: float) -> Units:
    counts = [block.counts[tier_id] for tier_id in tier_ids]
    offset = np.concatenate(([0], np.cumsum(counts)))
    ids = tuple(
        unit_id for tier_id, count in zip(tier_ids, counts, strict=True) for unit_id in counted_unit_ids(tier_id, count)
    )
    parents = [
        np.repeat(np.arange(above), spread_evenly(count, above)) + offset[tier + 1]
        for tier, (count, above) in enumerate(pairwise(counts))
    ]
    at_top = np.full(counts[-1], NOWHERE)
    population_persons = spread_evenly(block.population_persons, counts[0])
    return _units(ids, counts, np.concatenate([*parents, at_top]), population_persons, persons_per_household)


def _by_table(block: UnitsByTable, tier_ids: tuple[str, ...], persons_per_household: float) -> Units:
    rows_by_tier = [rows_of_tier(block, tier_id) for tier_id in tier_ids]
    rows = [row for rows in rows_by_tier for row in rows]
    index = {row.unit_id: number for number, row in enumerate(rows)}
    at_top = len(rows) - len(rows_by_tier[-1])
    parent = [index[row.parent_id] if number < at_top else NOWHERE for number, row in enumerate(rows)]
    return _units(
        tuple(row.unit_id for row in rows),
        [len(rows) for rows in rows_by_tier],
        np.array(parent),
        np.array([row.population_persons for row in rows_by_tier[0]], dtype=np.int64),
        persons_per_household,
    )


def _units(
    ids: tuple[str, ...], counts: list[int], parent: Int64, population_persons: Int64, persons_per_household: float
) -> Units:
    households: Float64 = population_persons / persons_per_household
    return Units(
        ids=ids,
        tier=np.repeat(np.arange(len(counts), dtype=np.int32), counts),
        parent=parent.astype(np.int32),
        offset=np.concatenate(([0], np.cumsum(counts))).astype(np.int32),
        population_persons=population_persons,
        households=households,
        ancestor=_ancestor(parent.astype(np.int32), len(counts), counts[0]),
    )


def _ancestor(parent: Int32, tier_count: int, home_count: int) -> Int32:
    ancestor = np.empty((tier_count, home_count), dtype=np.int32)
    ancestor[0] = np.arange(home_count)
    for tier in range(1, tier_count):
        ancestor[tier] = parent[ancestor[tier - 1]]
    return ancestor
