"""Mechanisms of handing up that are there but do nothing give the bytes of a scenario without them."""

from typing import Any

from tests.equivalence.same_bytes import assert_same_bytes
from tests.unit.outcomes.busy_place import busy_scenario
from tests.unit.scenario_factory import minimal_blocks


def busy_tiers(**changes: dict[str, Any]) -> dict[str, Any]:
    """The tiers of the busy place as a file would give them, each with the keys given for its id."""
    tiers = busy_scenario().model_dump(mode="json", by_alias=True, exclude_none=True)["tiers"]
    return {tier_id: tier | changes.get(tier_id, {}) for tier_id, tier in tiers.items()}


def test_sessions_held_for_every_kind_are_sessions_without_a_filter() -> None:
    kinds = list(minimal_blocks()["categories"])
    tiers = busy_tiers()
    for tier in tiers.values():
        for session in tier["sessions"].values():
            session["categories"] = kinds
    assert_same_bytes(busy_scenario(), busy_scenario(tiers=tiers))
