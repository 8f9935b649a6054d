"""Mechanisms of handing up that are there but do nothing give the bytes of a scenario without them."""

from tests.equivalence.same_bytes import assert_same_bytes
from tests.unit.outcomes.busy_place import busy_scenario, busy_tiers
from tests.unit.scenario_factory import days, minimal_blocks


def test_sessions_held_for_every_kind_are_sessions_without_a_filter() -> None:
    kinds = list(minimal_blocks()["categories"])
    tiers = busy_tiers()
    for tier in tiers.values():
        for session in tier["sessions"].values():
            session["categories"] = kinds
    assert_same_bytes(busy_scenario(), busy_scenario(tiers=tiers))


def test_a_referral_that_never_happens_and_no_required_session_change_nothing() -> None:
    never = {"refer_when_waiting_per_post_at_least": 0.0, "refer_prob": 0.0}
    off = {"load_referral": never, "must_have_tried": []}
    assert_same_bytes(busy_scenario(), busy_scenario(tiers=busy_tiers(village=off, town=off)))


def test_a_tier_that_is_never_busy_changes_nothing() -> None:
    """The machinery runs, draws and counts, and nobody is turned away."""
    never = {"refer_when_waiting_per_post_at_least": 1e6, "refer_prob": 1.0}
    tiers = busy_tiers(village={"load_referral": never}, town={"load_referral": never})
    assert_same_bytes(busy_scenario("after_intake"), busy_scenario("after_intake", tiers=tiers))


def test_required_sessions_change_nothing_without_deadlines() -> None:
    tiers = busy_tiers()
    for tier in tiers.values():
        tier.pop("deadline", None)
    required = {tier_id: tier | {"must_have_tried": list(tier["sessions"])} for tier_id, tier in tiers.items()}
    required["county"].pop("must_have_tried")
    free, bound = (busy_scenario(tiers=blocks, overall_deadline=None) for blocks in (tiers, required))
    assert_same_bytes(free, bound)


def test_pressure_that_nobody_yields_to_or_on_no_tier_changes_nothing() -> None:
    for probability, tiers in ((0.0, ["village", "town"]), (1.0, [])):
        pressure = {"paper_settlement_prob": probability, "return_delay_days": days(10), "tiers": tiers}
        assert_same_bytes(busy_scenario(), busy_scenario(reporting_pressure=pressure))
