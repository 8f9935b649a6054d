"""A part of a place that works like the whole: for audits and trials that cannot wait for a whole county."""

from itertools import pairwise
from math import floor

from sim.specification.schema import Scenario
from sim.specification.schema.arrivals import Shock
from sim.specification.schema.place import StaffGroup, UnitRow, Units, UnitsByCount, UnitsByTable
from sim.specification.unit_ids import counted_unit_ids


def part_of_place(scenario: Scenario, share: float) -> Scenario:
    """Return about that share of a place, by whole units of the tier above the lowest (villages), with all their homes.

    Residents per home, homes per village and posts per resident stay as near as whole numbers allow: at least one unit
    of every tier, a post for every unit where every unit had one, and a post of every group that had any. An opening
    backlog and the cost of programmes shrink with the residents; a shock strikes what is left of the units it names.
    Raises ValueError unless 0 < share <= 1, and for units in a file that is not read yet.
    """
    if not 0 < share <= 1:
        raise ValueError(f"a part of a place is a share above 0, at most 1, not {share}")
    if share == 1:
        return scenario
    tiers = tuple(scenario.tiers)
    units = _units(scenario.units, tiers, share)
    persons = _persons(units, tiers) / _persons(scenario.units, tiers)
    before, after = _counts(scenario.units, tiers), _counts(units, tiers)
    groups = {
        group_id: group.model_copy(update={"posts": _posts(group_id, group, units, persons, before, after)})
        for group_id, group in scenario.staff_groups.items()
    }
    changes: dict[str, object] = {"units": units, "staff_groups": groups}
    if scenario.opening_backlog is not None:
        disputes = _rounded(scenario.opening_backlog.disputes * persons)
        changes["opening_backlog"] = scenario.opening_backlog.model_copy(update={"disputes": disputes})
    if scenario.programmes is not None:
        changes["programmes"] = {
            programme_id: programme.model_copy(
                update={key: getattr(programme, key) * persons for key in ("yuan_per_year", "start_up_yuan")}
            )
            for programme_id, programme in scenario.programmes.items()
        }
    if scenario.shocks is not None:
        struck = {shock_id: _struck(shock, scenario.units, units) for shock_id, shock in scenario.shocks.items()}
        changes["shocks"] = {shock_id: shock for shock_id, shock in struck.items() if shock is not None}
    return scenario.model_copy(update=changes)


def _rounded(number: float) -> int:
    """Round half up, as one counts heads."""
    return floor(number + 0.5)


def _units(units: Units, tiers: tuple[str, ...], share: float) -> Units:
    match units:
        case UnitsByCount():
            return _part_of_counts(units, tiers, share)
        case UnitsByTable():
            return _part_of_table(units, tiers, share)
        case _:
            raise ValueError("units must be a table before a part of them is taken")


def _part_of_counts(units: UnitsByCount, tiers: tuple[str, ...], share: float) -> UnitsByCount:
    villages = tiers[min(1, len(tiers) - 1)]
    kept = max(1, _rounded(units.counts[villages] * share)) / units.counts[villages]
    counts = {tier: max(1, _rounded(units.counts[tier] * kept)) for tier in tiers}
    for lower, upper in pairwise(tiers):
        counts[upper] = min(counts[upper], counts[lower])
    persons = max(1, _rounded(units.population_persons * counts[tiers[0]] / units.counts[tiers[0]]))
    return units.model_copy(update={"counts": counts, "population_persons": persons})


def _part_of_table(units: UnitsByTable, tiers: tuple[str, ...], share: float) -> UnitsByTable:
    """Keep the first villages of the table that have residents, what is below them and what is above them."""
    villages = tiers[min(1, len(tiers) - 1)]
    inhabited = {row.unit_id for row in units.rows if row.tier == tiers[0] and row.population_persons > 0}
    if villages != tiers[0]:
        inhabited = {row.parent_id for row in units.rows if row.unit_id in inhabited}
    in_order = [row.unit_id for row in units.rows if row.tier == villages and row.unit_id in inhabited]
    count = sum(row.tier == villages for row in units.rows)
    kept = {*in_order[: max(1, _rounded(count * share))]}
    kept |= {row.unit_id for row in units.rows if row.tier == tiers[0] and row.parent_id in kept}
    for tier in tiers:
        kept |= {row.parent_id for row in units.rows if row.tier == tier and row.unit_id in kept}
    rows = [row if row.tier == tiers[0] else _without_residents(row) for row in units.rows if row.unit_id in kept]
    return units.model_copy(update={"rows": tuple(rows)})


def _without_residents(row: UnitRow) -> UnitRow:
    """Residents of an upper unit are the sum of those below it; one that is stated would be that of the whole."""
    return row.model_copy(update={"population_persons": 0})


def _persons(units: Units, tiers: tuple[str, ...]) -> int:
    if isinstance(units, UnitsByCount):
        return units.population_persons
    assert isinstance(units, UnitsByTable)
    return sum(row.population_persons for row in units.rows if row.tier == tiers[0])


def _counts(units: Units, tiers: tuple[str, ...]) -> dict[str, int]:
    if isinstance(units, UnitsByCount):
        return {tier: units.counts[tier] for tier in tiers}
    assert isinstance(units, UnitsByTable)
    return {tier: sum(row.tier == tier for row in units.rows) for tier in tiers}


def _posts(
    group_id: str, group: StaffGroup, units: Units, persons: float, before: dict[str, int], after: dict[str, int]
) -> int:
    if isinstance(units, UnitsByTable) and any(group_id in row.posts for row in units.rows):
        return sum(row.posts.get(group_id, 0) for row in units.rows)
    if group.posts == 0:
        return 0
    one_each = group.posts_serve is None and group.posts >= before[group.tier]
    return max(after[group.tier] if one_each else 1, _rounded(group.posts * persons))


def _struck(shock: Shock, whole: Units, part: Units) -> Shock | None:
    """The shock in the part: units that are left; by number, the one at the same place; None if none is left."""
    if shock.units is None:
        return shock
    if isinstance(part, UnitsByTable):
        left = {row.unit_id for row in part.rows}
        named = tuple(unit_id for unit_id in shock.units if unit_id in left)
    else:
        assert isinstance(whole, UnitsByCount)
        assert isinstance(part, UnitsByCount)
        named = tuple(dict.fromkeys(_at_same_place(unit_id, whole, part) for unit_id in shock.units))
    return shock.model_copy(update={"units": named}) if named else None


def _at_same_place(unit_id: str, whole: UnitsByCount, part: UnitsByCount) -> str:
    for tier, count in whole.counts.items():
        ids = counted_unit_ids(tier, count)
        if unit_id in ids:
            return counted_unit_ids(tier, part.counts[tier])[ids.index(unit_id) * part.counts[tier] // count]
    raise ValueError(f"no unit {unit_id}")
