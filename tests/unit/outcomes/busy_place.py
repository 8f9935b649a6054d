"""A small place with every mechanism on and its staff stretched, for runs with the engine."""

from typing import Any

from sim.specification.schema import Scenario
from tests.unit.scenario_factory import (
    category,
    days,
    desk,
    intake,
    make_scenario,
    name,
    outreach,
    staff_group,
    tier,
)

GRADED: dict[str, Any] = {
    "rule": "graded",
    "when": "registration",
    "noise_sd_logit": 0.5,
    "micro": {"below_logit": -1.0, "self_days": 3.0, "self_ability_logit": -0.5},
    "small": {"below_logit": 0.5, "tier": "village"},
    "large": {"below_logit": 1.0, "tier": "town"},
    "hard": {"tier": "county"},
    "may_return": ["town", "county"],
}
TRIAGES: dict[str, dict[str, Any]] = {
    "lowest_first": {"rule": "lowest_first"},
    "by_channel": {"rule": "by_channel"},
    "graded": GRADED,
    "after_intake": GRADED | {"when": "after_intake", "micro": None},
}


def exponential_days(mean: float) -> dict[str, Any]:
    """Return an exponential duration in days."""
    return {"distribution": "exponential", "mean_days": mean}


AFTER_SETTLEMENT: dict[str, Any] = {
    "breach": {
        "breach_days": exponential_days(60.0),
        "durability_logit": 0.0,
        "max_episodes": 3,
        "theta_shift_logit": 0.3,
        "reopen_at": "settling",
    },
    "follow_up": {
        "due_days": [7.0, 30.0],
        "effort_hours": 2.0,
        "gain_logit": 0.8,
        "skip_after_working_hours": 24.0,
    },
}
"""Agreements that often break, and visits that often come too late."""


def busy_scenario(triage: str = "graded", **blocks: Any) -> Scenario:
    """Return the scenario under one of `TRIAGES`."""
    hours = {"days": ["mon", "tue", "wed", "thu", "fri"], "opens": "09:00", "closes": "17:00"}
    evening = {"days": ["mon", "wed", "fri"], "opens": "19:00", "closes": "21:30"}
    office = {"kind": "weekly", "windows": [hours], "statutory": True, "make_up_as": "mon"}
    evenings = {"kind": "weekly", "windows": [evening], "statutory": False, "make_up_as": "mon"}
    values: dict[str, Any] = {
        "horizon": {
            "start_date": "2024-01-01",
            "warmup_years": 1,
            "cohort_years": 1,
            "follow_days": 180,
            "latent_days": 180,
        },
        "statutory_calendar": {
            "rule": "listed",
            "closed_days": ["2024-05-01"],
            "make_up_days": ["2024-04-28"],
            "assumed_years": [],
        },
        "calendars": {"office": office, "evenings": evenings},
        "tiers": {
            "grid": tier("grid", {}),
            "village": tier(
                "village",
                {
                    "intake": intake("mediators", "roving"),
                    "desk": desk("mediators", "volunteers", effort_hours=10.0),
                    "visit": outreach("mediators", "roving", effort_hours=8.0),
                },
                gap_days=exponential_days(3.0),
                deadline={"days": 20, "clock": "calendar"},
            ),
            "town": tier(
                "town",
                {"desk": desk("cadres", "roving", effort_hours=12.0), "again": desk("cadres", effort_hours=8.0)},
                gap_days=exponential_days(4.0),
                deadline={"days": 15, "clock": "working"},
            ),
            "county": tier(
                "county", {"desk": desk("centre", effort_hours=12.0)}, deadline={"days": 30, "clock": "working"}
            ),
        },
        "units": {
            "by": "count",
            "counts": {"grid": 16, "village": 8, "town": 2, "county": 1},
            "population_persons": 16_000,
        },
        "staff_groups": {
            "grid_members": staff_group("grid", 16, calendar="office", admin_share=0.5, patrol_share=0.5),
            "mediators": staff_group("village", 8, calendar="office", admin_share=0.8, patrol_share=0.1),
            "volunteers": staff_group("village", 4, posts_serve=2, calendar="evenings", ability_logit=-0.5),
            "roving": staff_group("town", 1, posts_serve=2, calendar="office"),
            "cadres": staff_group("town", 2, calendar="office", admin_share=0.6, ability_logit=0.5),
            "centre": staff_group("county", 1, calendar="office", admin_share=0.3, ability_logit=1.0),
        },
        "travel": {"round_trip_hours": {"grid": 0.1, "village": 0.3, "town": 1.0, "county": 2.0}},
        "emergence": {"rate_per_1000_per_year": 20.0},
        "frailty": {"shape": 2.0, "fixed": False},
        "categories": {
            "neighbours": category(0.6),
            "land": category(0.4, difficulty_mean_logit=0.8, households_involved=3),
        },
        "latent": {
            "self_report_days": {"neighbours": exponential_days(20.0), "land": exponential_days(40.0)},
            "fade_days": exponential_days(60.0),
        },
        "patrol": {"hours_per_visit": 0.5, "find_prob": 0.2},
        "hardening": {"logit_per_30_days": 0.2, "cap_days": 180.0},
        "incident": {"hazard_per_dispute_per_year": 0.3, "difficulty_exponent": 0.5, "open_multiplier": 1.5},
        "channels": {
            "walk_in": {
                "kind": "walk_in",
                "name": name("walk in"),
                "share": 0.8,
                "entry_tier": "village",
                "delay_days": days(1.0),
            },
            "petition": {
                "kind": "petition",
                "name": name("petition"),
                "share": 0.2,
                "entry_tier": "county",
                "delay_days": days(3.0),
            },
        },
        "triage": TRIAGES[triage],
        "handover": {"delay_days": days(2.0), "hours": 1.0},
        "overall_deadline": {"days": 60, "clock": "calendar"},
        "patience": {
            "days": exponential_days(60.0),
            "withdraw_share": 0.4,
            "litigate_share": 0.3,
            "bypass_share": 0.3,
            "withdrawn_fade_days": exponential_days(90.0),
        },
        "opening_backlog": {"disputes": 20, "age_days": exponential_days(60.0), "theta_shift_logit": 0.5},
    }
    return make_scenario(**(values | blocks))


def busy_tiers(**changes: dict[str, Any]) -> dict[str, Any]:
    """Return the tiers of the busy place as a file would give them, each with the keys given for its id."""
    tiers = busy_scenario().model_dump(mode="json", by_alias=True, exclude_none=True)["tiers"]
    return {tier_id: tier | changes.get(tier_id, {}) for tier_id, tier in tiers.items()}
