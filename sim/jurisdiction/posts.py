"""Whole posts: blocks of units that share them, and how a group's total is spread over its blocks."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.jurisdiction.contract import Int64, Units
from sim.specification.schema.place import UnitRow
from sim.vocabulary import NOWHERE


@dataclass(frozen=True, slots=True)
class Blocks:
    """The blocks of one tier, in the order of their first units.

    first_unit: int64 (B,); block_of_unit: int64, one per unit of the tier; block_of_home: int64 (H,);
    population_persons: int64 (B,).
    """

    first_unit: Int64
    block_of_unit: Int64
    block_of_home: Int64
    population_persons: Int64


@dataclass(frozen=True, slots=True)
class GroupPools:
    """The pools of one group: its blocks that have a post.

    posts, first_unit: int64 (p,); pool_of_home: int64 (H,), 0 to p − 1 within the group, or NOWHERE.
    """

    posts: Int64
    first_unit: Int64
    pool_of_home: Int64


def spread_by_largest_remainder(total: int, weights: Int64) -> Int64:
    """Divide a whole number in proportion to whole weights; int64, shape of `weights`, sums to `total`.

    Everyone has the whole part of their exact share; what is left goes one each to the largest remainders, at a tie to
    the earlier. Weights that are all 0 count as equal.
    """
    if not np.any(weights):
        weights = np.ones_like(weights)
    # Python's integers: total times weight may be too large for int64.
    sum_of_weights = int(weights.sum())
    shares = [divmod(total * weight, sum_of_weights) for weight in weights.tolist()]
    parts = np.array([whole for whole, _ in shares], dtype=np.int64)
    remainders = [remainder for _, remainder in shares]
    by_remainder = sorted(range(len(shares)), key=remainders.__getitem__, reverse=True)
    parts[by_remainder[: total - int(parts.sum())]] += 1
    return parts


def blocks_of_tier(units: Units, tier: int, posts_serve: int | None) -> Blocks:
    """Cut a tier's units into blocks of `posts_serve` consecutive units of one parent; every unit alone without it.

    The last block under a parent is smaller where its units do not divide evenly. Units without a parent are siblings.
    """
    first, end = int(units.offset[tier]), int(units.offset[tier + 1])
    if posts_serve:
        first_unit, block_of_unit = _cut_by_parent(units.parent[first:end].tolist(), posts_serve)
    else:
        first_unit = block_of_unit = np.arange(end - first)
    block_of_home = block_of_unit[units.ancestor[tier] - first]
    population_persons = np.zeros(len(first_unit), dtype=np.int64)
    np.add.at(population_persons, block_of_home, units.population_persons)
    return Blocks(first + first_unit, block_of_unit, block_of_home, population_persons)


def _cut_by_parent(parents: list[int], posts_serve: int) -> tuple[Int64, Int64]:
    """Return the first unit of each block and the block of each unit, both counted within the tier."""
    siblings_before: dict[int, int] = {}
    number_of: dict[tuple[int, int], int] = {}
    first_unit: list[int] = []
    block_of_unit: list[int] = []
    for unit, parent in enumerate(parents):
        before = siblings_before.get(parent, 0)
        siblings_before[parent] = before + 1
        key = (parent, before // posts_serve)
        if key not in number_of:
            number_of[key] = len(first_unit)
            first_unit.append(unit)
        block_of_unit.append(number_of[key])
    return np.array(first_unit, dtype=np.int64), np.array(block_of_unit, dtype=np.int64)


def place_posts(group_id: str, total: int, blocks: Blocks, rows: Sequence[UnitRow]) -> GroupPools:
    """Give a group's posts to its blocks: as a table says that has a column for it, else by population.

    `rows` are the table's rows of the group's tier, in the order of units; a row without the column has no post.
    """
    if any(group_id in row.posts for row in rows):
        posts = np.zeros(len(blocks.first_unit), dtype=np.int64)
        np.add.at(posts, blocks.block_of_unit, [row.posts.get(group_id, 0) for row in rows])
    else:
        posts = spread_by_largest_remainder(total, blocks.population_persons)
    is_pool = posts > 0
    pool_of_block = np.where(is_pool, np.cumsum(is_pool) - 1, NOWHERE)
    return GroupPools(posts[is_pool], blocks.first_unit[is_pool], pool_of_block[blocks.block_of_home])
