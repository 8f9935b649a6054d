"""Checks of categories, the latent phase, patrol and patience."""

from typing import Final

from sim.specification.checks.context import Check
from sim.specification.schema.place import UnitsByCount, UnitsByTable
from sim.specification.tree import Path
from sim.vocabulary import DAYS_PER_YEAR

MAXIMUM_DISPUTES: Final = 20_000_000
"""More in one replication fit into no ordinary machine's memory; a rate is then meant per another number of persons."""


def check_disputes(check: Check) -> None:
    """Check categories, the latent phase, patrol and patience."""
    scenario = check.scenario
    categories = scenario.categories
    shares: dict[Path, float] = {("categories", name, "share"): item.share for name, item in categories.items()}
    check.shares_sum_to_one(shares, ("categories",))
    _check_number(check)
    if scenario.latent is not None:
        path = ("latent", "self_report_days")
        check.keyed_by("category", scenario.latent.self_report_days, tuple(categories), path)
    if scenario.patrol is not None and scenario.latent is None:
        check.report("needs_block", ("patrol",), with_values=[("latent",)], needed="latent")
    if scenario.patience is not None:
        choices = ("withdraw_share", "litigate_share", "bypass_share")
        patience: dict[Path, float] = {("patience", key): getattr(scenario.patience, key) for key in choices}
        check.shares_sum_to_one(patience, ("patience",))


def _check_number(check: Check) -> None:
    scenario = check.scenario
    horizon = scenario.horizon
    days = (horizon.warmup_years + horizon.cohort_years) * DAYS_PER_YEAR + horizon.follow_days + horizon.latent_days
    rate = scenario.emergence.rate_per_1000_per_year
    expected = _persons(check) / 1_000 * rate * days / DAYS_PER_YEAR
    if expected > MAXIMUM_DISPUTES:
        path = ("emergence", "rate_per_1000_per_year")
        check.report("too_many_disputes", path, found=f"{expected:.3g}", maximum=MAXIMUM_DISPUTES)


def _persons(check: Check) -> int:
    match check.scenario.units:
        case UnitsByCount(population_persons=persons):
            return persons
        case UnitsByTable(rows=rows):
            return sum(row.population_persons for row in rows if row.tier == check.tier_ids[0])
        case _:
            return 0
