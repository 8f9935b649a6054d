"""Checks of calendars, staff groups and travel."""

from sim.specification.administration import admin_level, effective_admin_share
from sim.specification.checks.calendars import check_calendars
from sim.specification.checks.context import SHARE_TOLERANCE, Check
from sim.specification.checks.units import is_placed_by_table, units_of_tier
from sim.specification.schema.place import StaffGroup
from sim.specification.tree import Path


def check_staffing(check: Check) -> None:
    """Check calendars, staff groups and travel."""
    check_calendars(check)
    for group_id, group in check.scenario.staff_groups.items():
        _check_group(check, group_id, group)
    _check_admin_load(check)
    _check_travel(check)


def _check_group(check: Check, group_id: str, group: StaffGroup) -> None:
    path = ("staff_groups", group_id)
    check.known("calendar", group.calendar, tuple(check.scenario.calendars), (*path, "calendar"))
    check.known("tier", group.based_at, check.tier_ids, (*path, "based_at"))
    if check.known("tier", group.tier, check.tier_ids, (*path, "tier")):
        units = units_of_tier(check, group.tier)
        is_placed = is_placed_by_table(check, group_id)
        if units is not None and 0 < group.posts < units and group.posts_serve is None and not is_placed:
            where = (*path, "posts")
            others = [(*path, "tier"), (*path, "posts_serve"), where]
            check.report(
                "posts_serve_required", where, with_values=others, posts=group.posts, units=units, tier=group.tier
            )
    if group.authority_logit is not None:
        check.keyed_by("category", group.authority_logit, tuple(check.scenario.categories), (*path, "authority_logit"))
    _check_shares(check, group_id, group)


def _check_shares(check: Check, group_id: str, group: StaffGroup) -> None:
    path = ("staff_groups", group_id)
    taken = effective_admin_share(check.scenario, group_id) + group.patrol_share
    level = admin_level(check.scenario)
    times = "" if level == 1 else f"{level:.6g}"
    where = (*path, "patrol_share")
    others: list[Path] = [where, (*path, "admin_share")]
    others += [
        ("admin_load", item, key) for item in check.scenario.admin_load or () for key in ("level", "share_of_admin")
    ]
    if taken > 1 + SHARE_TOLERANCE:
        check.report("staff_shares_above_one", where, with_values=others, sum=f"{taken:.6g}", level=times)
    elif taken > 1 - SHARE_TOLERANCE:
        session = _first_session_of(check, group_id)
        if session:
            check.report("staff_without_casework", where, with_values=others, session=session, level=times)


def _check_admin_load(check: Check) -> None:
    items = check.scenario.admin_load
    if items is not None:
        shares: dict[Path, float] = {
            ("admin_load", item, "share_of_admin"): items[item].share_of_admin for item in items
        }
        check.shares_sum_to_one(shares, ("admin_load",))


def _first_session_of(check: Check, group_id: str) -> str:
    for tier_id, tier in check.scenario.tiers.items():
        for session_id, session in tier.sessions.items():
            if group_id in session.groups:
                return f"tiers.{tier_id}.sessions.{session_id}"
    return ""


def _check_travel(check: Check) -> None:
    """Every tier from which somebody travels has its hours; more tiers may have them."""
    travel = check.scenario.travel
    if travel is None:
        return
    based = {group.based_at for group in check.scenario.staff_groups.values()}
    required = [tier for tier in check.tier_ids if tier in based]
    check.keyed_by("tier", travel.round_trip_hours, check.tier_ids, ("travel", "round_trip_hours"), required)
