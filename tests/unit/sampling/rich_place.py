"""A small place with every mechanism of sampling switched on, and the short way from a scenario to its disputes."""

from typing import Any

from sim.jurisdiction.build import build_jurisdiction
from sim.protocol.build import compile_protocol
from sim.sampling.contract import DisputeBatch
from sim.sampling.sample import sample_disputes
from sim.specification.schema import Scenario
from tests.unit.sampling.everybody import everybody_drawn
from tests.unit.scenario_factory import category, make_scenario, name, staff_group, tier


def exponential_days(mean: float) -> dict[str, Any]:
    return {"distribution": "exponential", "mean_days": mean}


def lognormal_hours(mean: float) -> dict[str, Any]:
    return {"distribution": "lognormal", "mean_hours": mean, "cv": 0.8}


def session(mode: str, *groups: str, mean_hours: float = 2.0, **rest: float) -> dict[str, Any]:
    return {"mode": mode, "groups": list(groups), "effort_hours": lognormal_hours(mean_hours), **rest}


def rich_tiers(**changes: dict[str, Any]) -> dict[str, Any]:
    """Tiers with random efforts and gaps; a keyword replaces the sessions of a tier."""
    sessions = {
        "village": {
            "desk": session("desk", "village_mediators"),
            "home": session("outreach", "village_mediators", "town_cadres", bonus_logit=0.4),
        },
        "town": {
            "intake": session("intake", "town_cadres", mean_hours=0.5),
            "desk": session("desk", "town_cadres"),
            "again": session("desk", "town_cadres"),
        },
        "county": {"desk": session("desk", "county_centre")},
    } | changes
    return {tier_id: tier(tier_id, own, gap_days=exponential_days(3.0)) for tier_id, own in sessions.items()}


def rich_groups() -> dict[str, Any]:
    """Staff groups of which the lower two patrol."""
    return {
        "village_mediators": staff_group("village", 4, patrol_share=0.2, admin_share=0.3),
        "town_cadres": staff_group("town", 2, patrol_share=0.1, ability_logit=0.5),
        "county_centre": staff_group("county", 1, ability_logit=1.0),
    }


def rich_blocks() -> dict[str, Any]:
    """The top-level blocks that make a place rich in mechanisms."""
    return {
        "horizon": {
            "start_date": "2024-01-01",
            "warmup_years": 0,
            "cohort_years": 1,
            "follow_days": 180,
            "latent_days": 200,
        },
        "tiers": rich_tiers(),
        "staff_groups": rich_groups(),
        "travel": {"round_trip_hours": {"village": 0.2, "town": 1.5, "county": 3.0}},
        "emergence": {"rate_per_1000_per_year": 100.0},
        "frailty": {"shape": 2.0, "fixed": False},
        "year_effect": {"shape": 20.0},
        "season": {"monthly_index": [1.5, 1.5, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.5, 0.5]},
        "categories": {
            "neighbours": category(0.75, difficulty_mean_logit=-0.3, effort_factor=0.8),
            "land": category(0.25, difficulty_mean_logit=1.0, effort_factor=1.5, households_involved=3),
        },
        "latent": {
            "self_report_days": {"neighbours": exponential_days(30.0), "land": exponential_days(60.0)},
            "fade_days": exponential_days(120.0),
        },
        "patrol": {"hours_per_visit": 0.5, "find_prob": 0.3},
        "hardening": {"logit_per_30_days": 0.1, "cap_days": 365.0},
        "incident": {"hazard_per_dispute_per_year": 0.2, "difficulty_exponent": 1.0, "open_multiplier": 0.5},
        "channels": {
            "hall": {"kind": "walk_in", "name": name("hall"), "share": 0.8, "entry_tier": "village"}
            | {"delay_days": exponential_days(1.0)},
            "letters": {"kind": "petition", "name": name("letters"), "share": 0.2, "entry_tier": "county"}
            | {"delay_days": exponential_days(10.0)},
        },
        "triage": {
            "rule": "graded",
            "when": "registration",
            "noise_sd_logit": 0.5,
            "micro": {"below_logit": -1.5, "self_days": 3.0, "self_ability_logit": 0.2},
            "small": {"below_logit": 0.0, "tier": "village"},
            "large": {"below_logit": 1.0, "tier": "town"},
            "hard": {"tier": "county"},
            "may_return": ["county"],
        },
        "queue": {
            "order": "earliest_due",
            "priority": {"by": "difficulty", "thresholds_logit": [0.0, 1.0], "first": "hardest", "noise_sd_logit": 0.3},
        },
        "effort_growth": {"log_slope_per_logit": 0.1},
        "handover": {"delay_days": exponential_days(2.0), "hours": 0.5},
        "patience": {
            "days": {"distribution": "lognormal", "mean_days": 90.0, "cv": 1.0},
            "withdraw_share": 0.5,
            "litigate_share": 0.3,
            "bypass_share": 0.2,
            "withdrawn_fade_days": exponential_days(200.0),
        },
        "opening_backlog": {"disputes": 40, "age_days": exponential_days(60.0), "theta_shift_logit": 0.5},
    }


def rich_scenario(**blocks: Any) -> Scenario:
    """Return the rich place with the named top-level blocks replaced whole; None drops an optional block."""
    return make_scenario(**(rich_blocks() | blocks))


def sampled(scenario: Scenario, *, seed: int = 1, replication: int = 0) -> DisputeBatch:
    """Return the disputes of one replication, all with the fates of a case, whether or not an engine can read them."""
    jurisdiction = build_jurisdiction(scenario)
    with everybody_drawn():
        return sample_disputes(scenario, jurisdiction, compile_protocol(scenario, jurisdiction), seed, replication)
