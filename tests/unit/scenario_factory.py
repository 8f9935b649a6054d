"""A small complete scenario for tests: four villages, two towns, one county, every optional mechanism off.

Tests take it through the fixture `make_scenario` (tests/unit/conftest.py): `make_scenario(patience={...})` replaces the
whole top-level block `patience`; `None` switches an optional block off.
"""

from collections.abc import Callable
from typing import Any

from sim.specification.schema import Scenario

MakeScenario = Callable[..., Scenario]


def name(text: str) -> dict[str, str]:
    """Return one text as a name in both languages."""
    return {"zh": text, "en": text}


def hours(mean: float) -> dict[str, Any]:
    """Return a fixed duration in hours."""
    return {"distribution": "deterministic", "mean_hours": mean}


def days(mean: float) -> dict[str, Any]:
    """Return a fixed duration in days."""
    return {"distribution": "deterministic", "mean_days": mean}


def desk(*groups: str, effort_hours: float = 1.0, **rest: Any) -> dict[str, Any]:
    """Return a desk session held by the first of `groups` that is free; `rest` are its optional keys (categories)."""
    return {"mode": "desk", "groups": list(groups), "effort_hours": hours(effort_hours), **rest}


def intake(*groups: str, effort_hours: float = 0.5, **rest: Any) -> dict[str, Any]:
    """Return an intake session held by the first of `groups` that is free; `rest` are its optional keys."""
    return {"mode": "intake", "groups": list(groups), "effort_hours": hours(effort_hours), **rest}


def outreach(
    *groups: str, effort_hours: float = 1.0, bonus_logit: float = 0.5, categories: list[str] | None = None
) -> dict[str, Any]:
    """Return an outreach session held by the first of `groups` that is free."""
    session = {"mode": "outreach", "groups": list(groups), "effort_hours": hours(effort_hours)}
    return session | {"bonus_logit": bonus_logit} | ({} if categories is None else {"categories": categories})


def panel(lead: str, *others: str, effort_hours: float = 1.0, attendance: float = 1.0, **rest: Any) -> dict[str, Any]:
    """Return a panel whose members each come with one probability and add half a logit; `rest` are its other keys."""
    session = {"mode": "panel", "groups": [lead, *others], "effort_hours": hours(effort_hours), "travels": False}
    each = {"attendance_prob": dict.fromkeys(others, attendance), "member_bonus_logit": dict.fromkeys(others, 0.5)}
    return session | each | rest


def meeting(
    lead: str, *others: str, calendar: str, minutes_per_case: int = 30, bonus_logit: float = 0.0
) -> dict[str, Any]:
    """Return a meeting, held in every window of a calendar."""
    session: dict[str, Any] = {"mode": "meeting", "groups": [lead, *others], "calendar": calendar}
    return session | {"minutes_per_case": minutes_per_case, "bonus_logit": bonus_logit}


def tier(kind: str, sessions: dict[str, Any], **rest: Any) -> dict[str, Any]:
    """Return a tier; `rest` are its optional keys (gap_days, deadline)."""
    return {"kind": kind, "name": name(kind), "sessions": sessions, **rest}


def staff_group(tier_id: str, posts: int, **changes: Any) -> dict[str, Any]:
    """Return a staff group that gives all its hours to casework, based at its own tier, open always."""
    group = {
        "name": name(tier_id),
        "tier": tier_id,
        "posts": posts,
        "calendar": "always",
        "admin_share": 0.0,
        "patrol_share": 0.0,
        "based_at": tier_id,
        "ability_logit": 0.0,
        "wage_yuan_per_hour": 30.0,
    }
    return group | changes


def category(share: float, **changes: Any) -> dict[str, Any]:
    """Return a category of one household and average difficulty."""
    values = {
        "name": name("category"),
        "share": share,
        "households_involved": 1,
        "difficulty_mean_logit": 0.0,
        "difficulty_sd_logit": 1.0,
        "effort_factor": 1.0,
    }
    return values | changes


def units_by_table(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return a `units` block from rows; keys left out are empty."""
    empty = {"parent_id": "", "population_persons": 0, "posts": {}, "round_trip_hours": {}}
    return {"by": "table", "rows": [empty | row for row in rows]}


def minimal_blocks() -> dict[str, Any]:
    """Return the blocks of the default scenario, as they would stand in a file."""
    return {
        "schema_version": 1,
        "place": name("test place"),
        "name": name("test"),
        "description": name("a small place for tests"),
        "horizon": {
            "start_date": "2024-01-01",
            "warmup_years": 0,
            "cohort_years": 1,
            "follow_days": 180,
            "latent_days": 0,
        },
        "experiment": {"seed": 1, "replications": {"rule": "fixed", "count": 2}},
        "measures": {"equity_tier": "village", "village_tier": "village", "indifference_share": 0.05},
        "statutory_calendar": {"rule": "every_day"},
        "calendars": {"always": {"kind": "always"}},
        "tiers": {
            "village": tier("village", {"desk": desk("village_mediators")}),
            "town": tier("town", {"desk": desk("town_cadres")}),
            "county": tier("county", {"desk": desk("county_centre")}),
        },
        "units": {"by": "count", "counts": {"village": 4, "town": 2, "county": 1}, "population_persons": 4000},
        "household": {"persons": 4.0},
        "staff_groups": {
            "village_mediators": staff_group("village", 4),
            "town_cadres": staff_group("town", 2),
            "county_centre": staff_group("county", 1),
        },
        "emergence": {"rate_per_1000_per_year": 10.0},
        "categories": {"neighbours": category(0.75), "land": category(0.25)},
        "triage": {"rule": "lowest_first"},
        "queue": {"order": "first_come"},
        "settlement": {"gain_per_session_logit": 0.0, "noise_correlation": 0.5},
    }


def make_scenario(**blocks: Any) -> Scenario:
    """Return the default scenario with the named top-level blocks replaced whole; None drops an optional block."""
    return Scenario.model_validate(minimal_blocks() | blocks)
