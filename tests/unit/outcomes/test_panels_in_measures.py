"""What panels do to the measures, under common random numbers, and what their members cost."""

from typing import Any

import pytest

from tests.equivalence.same_bytes import run_once
from tests.unit.outcomes.busy_place import busy_scenario
from tests.unit.scenario_factory import desk, panel


def measured(
    session: dict[str, Any], keeps: dict[str, Any] | None = None, **cadres: Any
) -> dict[tuple[str, str], float]:
    """The measures of the busy place with one more session at the county, by measure and tier."""
    blocks = busy_scenario().model_dump(mode="json", by_alias=True, exclude_none=True)
    blocks["tiers"]["county"]["sessions"]["together"] = session
    blocks["staff_groups"]["centre"]["posts"] = 3
    blocks["staff_groups"]["cadres"] |= cadres
    changed = {key: blocks[key] for key in ("tiers", "staff_groups")} | {"first_handler_keeps": keeps}
    frame = run_once(busy_scenario(**changed))[1].measures
    whole = frame[frame["category"] == ""]
    return dict(zip(zip(whole["measure"], whole["tier"], strict=True), whole["value"], strict=True))


@pytest.fixture(scope="module")
def alone() -> dict[tuple[str, str], float]:
    return measured(desk("centre", effort_hours=6.0))


@pytest.fixture(scope="module")
def together() -> dict[tuple[str, str], float]:
    return measured(panel("centre", "cadres", "mediators", effort_hours=6.0))


def test_help_that_comes_costs_hours_and_settles_more() -> None:
    helpers = panel("centre", "cadres", effort_hours=6.0, attendance=1.0)
    helpers["member_bonus_logit"] = {"cadres": 3.0}
    helped = measured(helpers, posts=60)
    unhelped = measured(desk("centre", effort_hours=6.0), posts=60)
    assert helped["staff_hours_per_year", "group:cadres"] > unhelped["staff_hours_per_year", "group:cadres"]
    assert helped["settled_share_180d", ""] > unhelped["settled_share_180d", ""]
    assert helped["settled_at_tier_share_180d", "county"] > unhelped["settled_at_tier_share_180d", "county"]


def test_members_cost_hours_of_their_own_groups_and_wait_for_each_other(
    alone: dict[tuple[str, str], float], together: dict[tuple[str, str], float]
) -> None:
    assert alone["held_hours_per_year", ""] == 0
    assert together["held_hours_per_year", "group:centre"] > 0
    assert together["held_hours_per_year", "county"] == together["held_hours_per_year", "group:centre"]
    # Mediators are taken last: nobody is ever waited for with them.
    assert together["held_hours_per_year", "group:mediators"] == 0
    by_tier = sum(together["held_hours_per_year", tier] for tier in ("grid", "village", "town", "county"))
    assert together["held_hours_per_year", ""] == pytest.approx(by_tier)
    assert together["utilisation", "county"] > alone["utilisation", "county"]


def test_posts_that_are_scarcer_are_waited_for_longer(together: dict[tuple[str, str], float]) -> None:
    session = panel("centre", "cadres", "mediators", effort_hours=6.0)
    assert measured(session, posts=60)["held_hours_per_year", ""] < together["held_hours_per_year", ""]


def test_a_first_handler_who_knows_the_case_settles_more_at_the_panel_and_costs_hours() -> None:
    alone = panel("centre", effort_hours=6.0)
    without, kept = measured(alone), measured(alone, {"bonus_logit": 3.0})
    assert kept["settled_at_tier_share_180d", "county"] > without["settled_at_tier_share_180d", "county"]
    assert kept["staff_hours_per_year", "group:centre"] > 0
    assert kept["held_hours_per_year", "group:centre"] > without["held_hours_per_year", "group:centre"] == 0
