"""The ids of units, by which shocks and places name them."""

from sim.specification.schema.place import Units, UnitsByCount, UnitsByTable


def counted_unit_ids(tier_id: str, count: int) -> tuple[str, ...]:
    """Return the ids of a tier's units that are given by number only: `<tier>_<number>`, from 1, of equal length."""
    digits = len(str(count))
    return tuple([f"{tier_id}_{str(number).zfill(digits)}" for number in range(1, count + 1)])


def unit_ids(units: Units) -> tuple[str, ...]:
    """Return the ids of all units; none for a file that is not read yet."""
    match units:
        case UnitsByCount(counts=counts):
            return tuple(unit_id for tier_id, count in counts.items() for unit_id in counted_unit_ids(tier_id, count))
        case UnitsByTable(rows=rows):
            return tuple(row.unit_id for row in rows)
        case _:
            return ()
