"""Checks of categories, the latent phase, patrol and patience."""

from sim.specification.checks.context import Check
from sim.specification.tree import Path


def check_disputes(check: Check) -> None:
    """Check categories, the latent phase, patrol and patience."""
    scenario = check.scenario
    categories = scenario.categories
    shares: dict[Path, float] = {("categories", name, "share"): item.share for name, item in categories.items()}
    check.shares_sum_to_one(shares, ("categories",))
    if scenario.latent is not None:
        path = ("latent", "self_report_days")
        check.keyed_by("category", scenario.latent.self_report_days, tuple(categories), path)
    if scenario.patrol is not None and scenario.latent is None:
        check.report("needs_block", ("patrol",), with_values=[("latent",)], needed="latent")
    if scenario.patience is not None:
        choices = ("withdraw_share", "litigate_share", "bypass_share")
        patience: dict[Path, float] = {("patience", key): getattr(scenario.patience, key) for key in choices}
        check.shares_sum_to_one(patience, ("patience",))
