"""Checks of shocks and prevention, and of how many disputes emerge in all."""

from typing import Final

from sim.specification.checks.context import Check
from sim.specification.faults import found_text
from sim.specification.schema.arrivals import Shock
from sim.specification.schema.place import UnitsByCount, UnitsByTable
from sim.specification.suggestions import nearest
from sim.specification.tree import Path
from sim.specification.unit_ids import unit_ids
from sim.vocabulary import DAYS_PER_YEAR

MAXIMUM_DISPUTES: Final = 20_000_000
"""More in one replication fit into no ordinary machine's memory; a rate is then meant per another number of persons."""

_IDS_SHOWN: Final = 20


def check_arrivals(check: Check) -> None:
    """Check shocks and prevention, and that all disputes fit into memory."""
    scenario = check.scenario
    categories = tuple(scenario.categories)
    for shock_id, shock in (scenario.shocks or {}).items():
        path: Path = ("shocks", shock_id)
        check.keyed_by("category", shock.multiplier, categories, (*path, "multiplier"), required=())
        _check_units(check, shock, (*path, "units"))
    for measure_id, measure in (scenario.prevention or {}).items():
        where = ("prevention", measure_id, "multiplier")
        check.keyed_by("category", measure.multiplier, categories, where, required=())
    _check_number(check)


def warn_of_shocks(check: Check) -> None:
    """Warn of shocks that fall outside the simulated time."""
    first_day, end_day = -check.scenario.horizon.latent_days, _days_from_start(check)
    for shock_id, shock in (check.scenario.shocks or {}).items():
        if shock.from_day >= end_day or shock.from_day + shock.days <= first_day:
            path = ("shocks", shock_id, "from_day")
            check.report("shock_outside_run", path, first_day=first_day, last_day=end_day - 1)


def _check_units(check: Check, shock: Shock, path: Path) -> None:
    if shock.units is None:
        return
    check.no_duplicates(shock.units, path)
    # Units are named after their tier: where that name is wrong, it is the fault, and it is reported.
    units = check.scenario.units
    known = () if isinstance(units, UnitsByCount) and {*units.counts} != {*check.tier_ids} else unit_ids(units)
    for index, unit_id in enumerate(shock.units):
        if known and unit_id not in known:
            found, suggestion = found_text(unit_id), nearest(unit_id, known)
            shown = known[:_IDS_SHOWN]
            check.report("unknown_id", (*path, index), kind="unit", found=found, allowed=shown, suggestion=suggestion)


def _check_number(check: Check) -> None:
    scenario = check.scenario
    rate = scenario.emergence.rate_per_1000_per_year
    days = _days_from_start(check) + scenario.horizon.latent_days
    per_day = _persons(check) / 1_000 * rate / DAYS_PER_YEAR
    expected = per_day * days
    if expected > MAXIMUM_DISPUTES:
        path = ("emergence", "rate_per_1000_per_year")
        check.report("too_many_disputes", path, found=f"{expected:.3g}", maximum=MAXIMUM_DISPUTES)
        return
    for shock_id, shock in (scenario.shocks or {}).items():
        excess = sum(
            category.share * max(shock.multiplier.get(category_id, 1.0) - 1, 0.0)
            for category_id, category in scenario.categories.items()
        )
        expected += per_day * min(shock.days, days) * excess
        if expected > MAXIMUM_DISPUTES:
            path = ("shocks", shock_id)
            stated = [(*path, "days"), *((*path, "multiplier", category_id) for category_id in shock.multiplier)]
            found = f"{expected:.3g}"
            check.report("too_many_disputes", path, with_values=stated, found=found, maximum=MAXIMUM_DISPUTES)
            return


def _days_from_start(check: Check) -> int:
    horizon = check.scenario.horizon
    return (horizon.warmup_years + horizon.cohort_years) * DAYS_PER_YEAR + horizon.follow_days


def _persons(check: Check) -> int:
    match check.scenario.units:
        case UnitsByCount(population_persons=persons):
            return persons
        case UnitsByTable(rows=rows):
            return sum(row.population_persons for row in rows if row.tier == check.tier_ids[0])
        case _:
            return 0
