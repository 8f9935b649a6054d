"""Checks of sessions, channels, triage and priority."""

from itertools import pairwise

from sim.specification.checks.calendars import check_meeting
from sim.specification.checks.context import Check
from sim.specification.schema.casework import (
    Graded,
    MeetingSession,
    PanelSession,
    PriorityByCategory,
    PriorityByDifficulty,
    Session,
    Tier,
)
from sim.specification.tree import Path


def check_casework(check: Check) -> None:
    """Check sessions, channels, triage and priority."""
    for tier_id, tier in check.scenario.tiers.items():
        for position, (session_id, session) in enumerate(tier.sessions.items()):
            path = ("tiers", tier_id, "sessions", session_id)
            if session.mode == "intake" and position > 0:
                check.report("intake_not_first", (*path, "mode"))
            _check_session_groups(check, tier_id, session, (*path, "groups"))
            _check_session_categories(check, session, (*path, "categories"))
            if isinstance(session, MeetingSession):
                check_meeting(check, session, path)
            # A misspelt group is one fault: its attendance and bonus are not faults too.
            if isinstance(session, PanelSession) and {*session.groups} <= {*check.scenario.staff_groups}:
                check.keyed_by("staff_group", session.attendance_prob, session.groups[1:], (*path, "attendance_prob"))
                check.keyed_by(
                    "staff_group", session.member_bonus_logit, session.groups[1:], (*path, "member_bonus_logit")
                )
        _check_handing_up(check, tier_id, tier)
    _check_channels(check)
    _check_pressure(check)
    if isinstance(check.scenario.triage, Graded):
        _check_graded(check, check.scenario.triage)
    _check_priority(check)


def _check_session_groups(check: Check, tier_id: str, session: Session, path: Path) -> None:
    groups = check.scenario.staff_groups
    check.no_duplicates(session.groups, path)
    for index, group_id in enumerate(session.groups):
        where = (*path, index)
        if not check.known("staff_group", group_id, tuple(groups), where):
            continue
        if isinstance(session, PanelSession | MeetingSession) and index > 0:
            continue  # who sits with the lead may come from below
        own, of_group = check.level(tier_id), check.level(groups[group_id].tier)
        if own is not None and of_group is not None and of_group < own:
            check.report("session_group_below", where, group=group_id, group_tier=groups[group_id].tier)


def _check_session_categories(check: Check, session: Session, path: Path) -> None:
    categories = session.categories or ()
    check.no_duplicates(categories, path)
    for index, category in enumerate(categories):
        check.known("category", category, tuple(check.scenario.categories), (*path, index))


def _check_handing_up(check: Check, tier_id: str, tier: Tier) -> None:
    path: Path = ("tiers", tier_id)
    required = tier.must_have_tried or ()
    check.no_duplicates(required, (*path, "must_have_tried"))
    for index, session_id in enumerate(required):
        check.known("session", session_id, tuple(tier.sessions), (*path, "must_have_tried", index))
    if tier_id == check.tier_ids[-1]:
        for key in ("load_referral", "must_have_tried"):
            if getattr(tier, key) is not None:
                check.report("no_tier_above", (*path, key), at_key=True, tier=tier_id)


def _check_pressure(check: Check) -> None:
    pressure = check.scenario.reporting_pressure
    path: Path = ("reporting_pressure", "tiers")
    for index, tier_id in enumerate(() if pressure is None else pressure.tiers):
        if check.known("tier", tier_id, check.tier_ids, (*path, index)) and tier_id == check.tier_ids[-1]:
            check.report("no_tier_above", (*path, index), tier=tier_id)
    check.no_duplicates(() if pressure is None else pressure.tiers, path)


def _check_channels(check: Check) -> None:
    channels = check.scenario.channels
    if channels is None:
        return
    for channel_id, channel in channels.items():
        check.known("tier", channel.entry_tier, check.tier_ids, ("channels", channel_id, "entry_tier"))
    shares: dict[Path, float] = {("channels", name, "share"): channel.share for name, channel in channels.items()}
    check.shares_sum_to_one(shares, ("channels",))


def _check_graded(check: Check, triage: Graded) -> None:
    path: Path = ("triage",)
    for key, grade in (("small", triage.small), ("large", triage.large), ("hard", triage.hard)):
        check.known("tier", grade.tier, check.tier_ids, (*path, key, "tier"))
    for index, tier in enumerate(triage.may_return):
        check.known("tier", tier, check.tier_ids, (*path, "may_return", index))
    check.no_duplicates(triage.may_return, (*path, "may_return"))
    thresholds = [("small", triage.small.below_logit), ("large", triage.large.below_logit)]
    if triage.micro is not None:
        thresholds.insert(0, ("micro", triage.micro.below_logit))
    for (_, previous), (key, found) in pairwise(thresholds):
        if found <= previous:
            check.report("thresholds_not_rising", (*path, key, "below_logit"), found=found, previous=previous)


def _check_priority(check: Check) -> None:
    path: Path = ("queue", "priority")
    match check.scenario.queue.priority:
        case PriorityByCategory() as priority:
            check.keyed_by("category", priority.classes, tuple(check.scenario.categories), (*path, "classes"))
        case PriorityByDifficulty() as priority:
            for index, (previous, found) in enumerate(pairwise(priority.thresholds_logit)):
                if found <= previous:
                    where = (*path, "thresholds_logit", index + 1)
                    check.report("thresholds_not_rising", where, found=found, previous=previous)
        case None:
            pass
