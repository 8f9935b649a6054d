"""Checks of units and of what is keyed by tiers."""

from itertools import pairwise

from sim.specification.checks.context import Check
from sim.specification.schema.place import UnitRow, UnitsByCount, UnitsByTable
from sim.specification.suggestions import nearest


def check_units(check: Check) -> None:
    """Check units and measures' tiers."""
    match check.scenario.units:
        case UnitsByCount() as units:
            _check_counts(check, units)
        case UnitsByTable() as units:
            _check_table(check, units)
        case _:
            pass
    measures = check.scenario.measures
    for key, tier in (("equity_tier", measures.equity_tier), ("village_tier", measures.village_tier)):
        check.known("tier", tier, check.tier_ids, ("measures", key))


def units_of_tier(check: Check, tier: str) -> int | None:
    """Return the number of units of a tier, None where it is not known."""
    match check.scenario.units:
        case UnitsByCount(counts=counts):
            return counts.get(tier)
        case UnitsByTable(rows=rows):
            return sum(row.tier == tier for row in rows)
        case _:
            return None


def is_placed_by_table(check: Check, group_id: str) -> bool:
    """Whether a units table says which unit has which posts of a group."""
    units = check.scenario.units
    return isinstance(units, UnitsByTable) and any(group_id in row.posts for row in units.rows)


def _check_counts(check: Check, units: UnitsByCount) -> None:
    path = ("units", "counts")
    check.keyed_by("tier", units.counts, check.tier_ids, path)
    for lower, upper in pairwise(check.tier_ids):
        found, minimum = units.counts.get(lower), units.counts.get(upper)
        if found is not None and minimum is not None and found < minimum:
            check.report("fewer_units_than_parents", (*path, lower), found=found, minimum=minimum, parent_tier=upper)


def _check_table(check: Check, units: UnitsByTable) -> None:
    tiers = check.tier_ids
    first_row: dict[str, int] = {}
    parents = {tier: {row.unit_id for row in units.rows if row.tier in (tier, *_unknown(check, row))} for tier in tiers}
    for index, row in enumerate(units.rows):
        path = ("units", "rows", index)
        if row.unit_id in first_row:
            other_line = check.places.place(("units", "rows", first_row[row.unit_id])).line
            check.report("unit_twice", (*path, "unit_id"), unit_id=row.unit_id, other_line=other_line)
        first_row.setdefault(row.unit_id, index)
        if check.known("tier", row.tier, tiers, (*path, "tier")):
            _check_parent(check, row, index, parents)
            _check_columns(check, row, index)
    if all(row.tier in tiers for row in units.rows):
        _check_children(check, units)
        _check_populations(check, units)
    for group_id, group in check.scenario.staff_groups.items():
        given = [row.posts[group_id] for row in units.rows if group_id in row.posts]
        if given and sum(given) != group.posts:
            where = ("staff_groups", group_id, "posts")
            check.report("unit_posts_sum", where, group=group_id, sum=sum(given), posts=group.posts)


def _unknown(check: Check, row: UnitRow) -> tuple[str, ...]:
    """Return a row's tier if there is no such tier, so that the row counts as whatever others take it for."""
    return () if row.tier in check.tier_ids else (row.tier,)


def _check_parent(check: Check, row: UnitRow, index: int, parents: dict[str, set[str]]) -> None:
    path = ("units", "rows", index, "parent_id")
    tiers = check.tier_ids
    level = tiers.index(row.tier)
    if level == len(tiers) - 1:
        if row.parent_id:
            check.report("unit_parent_of_top", path, found=row.parent_id)
        return
    parent_tier = tiers[level + 1]
    if not row.parent_id:
        check.report("unit_parent_missing", path, parent_tier=parent_tier)
    elif row.parent_id in parents[parent_tier]:
        return
    elif any(row.parent_id in ids for ids in parents.values()):
        check.report("unit_parent_not_above", path, found=row.parent_id, parent_tier=parent_tier)
    else:
        suggestion = nearest(row.parent_id, sorted(parents[parent_tier]))
        check.report("unit_parent_unknown", path, found=row.parent_id, parent_tier=parent_tier, suggestion=suggestion)


def _check_columns(check: Check, row: UnitRow, index: int) -> None:
    path = ("units", "rows", index)
    groups = check.scenario.staff_groups
    for group in row.posts:
        where = (*path, "posts", group)
        if not check.known("staff_group", group, tuple(groups), where, at_key=True):
            continue
        if groups[group].tier != row.tier and groups[group].tier in check.tier_ids:
            check.report("unit_posts_of_other_tier", where, group=group, group_tier=groups[group].tier)
    for tier in row.round_trip_hours:
        where = (*path, "round_trip_hours", tier)
        if check.known("tier", tier, check.tier_ids, where, at_key=True) and row.tier != check.tier_ids[0]:
            check.report("unit_travel_above_lowest", where, lowest_tier=check.tier_ids[0])


def _check_children(check: Check, units: UnitsByTable) -> None:
    path = ("units", "rows")
    used = {(row.tier, row.parent_id) for row in units.rows}
    for tier in check.tier_ids:
        if all(row.tier != tier for row in units.rows):
            check.report("tier_without_units", path, tier=tier)
    for lower, upper in pairwise(check.tier_ids):
        for index, row in enumerate(units.rows):
            if row.tier == upper and (lower, row.unit_id) not in used:
                where = (*path, index)
                check.report("unit_without_children", where, unit_id=row.unit_id, lower_tier=lower)


def _check_populations(check: Check, units: UnitsByTable) -> None:
    """Only the lowest tier's residents count; a number further up must agree with them."""
    lowest, *upper_tiers = check.tier_ids
    if sum(row.population_persons for row in units.rows if row.tier == lowest) == 0:
        check.report("population_zero", ("units", "rows"))
    persons: dict[str, int] = {row.unit_id: row.population_persons for row in units.rows if row.tier == lowest}
    lower = lowest
    for upper in upper_tiers:
        sums: dict[str, int] = {}
        for row in units.rows:
            if row.tier == lower:
                sums[row.parent_id] = sums.get(row.parent_id, 0) + persons.get(row.unit_id, 0)
        for index, row in enumerate(units.rows):
            if row.tier == upper and row.population_persons not in (0, sums.get(row.unit_id, 0)):
                path = ("units", "rows", index, "population_persons")
                found, total = row.population_persons, sums.get(row.unit_id, 0)
                check.report("population_not_of_children", path, found=found, sum=total)
        persons, lower = sums, upper
