"""Warnings about values whose mechanism is off: allowed, for a policy may switch it on."""

from sim.errors import Problem
from sim.specification.checks.arrivals import warn_of_shocks
from sim.specification.checks.calendars import warn_of_meetings
from sim.specification.checks.context import Check
from sim.specification.places import Places
from sim.specification.schema import Scenario
from sim.specification.schema.casework import Graded, MeetingSession
from sim.specification.schema.place import ListedCalendar


def warnings_about(scenario: Scenario, places: Places) -> list[Problem]:
    """List values that change nothing and years whose holidays are assumed."""
    check = Check(scenario, places)
    _warn_of_staff(check)
    _warn_of_casework(check)
    warn_of_meetings(check)
    warn_of_shocks(check)
    if scenario.follow_up is not None and scenario.follow_up.due_days and scenario.breach is None:
        check.report("unused_value", ("follow_up", "gain_logit"), needed="breach")
    calendar = scenario.statutory_calendar
    if isinstance(calendar, ListedCalendar) and calendar.assumed_years:
        years = "–".join(str(year) for year in sorted({min(calendar.assumed_years), max(calendar.assumed_years)}))
        check.report("calendar_years_assumed", ("statutory_calendar",), at_key=True, years=years)
    return check.problems


def _warn_of_staff(check: Check) -> None:
    scenario = check.scenario
    patrolling = [name for name, group in scenario.staff_groups.items() if group.patrol_share > 0 and group.posts > 0]
    for name in patrolling if scenario.patrol is None else ():
        check.report("unused_value", ("staff_groups", name, "patrol_share"), needed="patrol")
    if scenario.patrol is not None and not patrolling:
        check.report("unused_value", ("patrol",), at_key=True, needed="staff_groups.<id>.patrol_share")
    if scenario.admin_load and not any(
        group.admin_share > 0 and group.posts > 0 for group in scenario.staff_groups.values()
    ):
        check.report("unused_value", ("admin_load",), at_key=True, needed="staff_groups.<id>.admin_share")
    for name, group in scenario.staff_groups.items():
        if group.turnover is not None and group.turnover.vacant_days == 0:
            path = ("staff_groups", name, "turnover")
            check.report("unused_value", path, at_key=True, needed=f"staff_groups.{name}.turnover.vacant_days")
    used: set[str] = {group.calendar for group in scenario.staff_groups.values()}
    sessions = [session for tier in scenario.tiers.values() for session in tier.sessions.values()]
    used |= {session.calendar for session in sessions if isinstance(session, MeetingSession)}
    for name in scenario.calendars:
        if name not in used:
            check.report("unused_value", ("calendars", name), at_key=True, needed="staff_groups.<id>.calendar")


def _warn_of_casework(check: Check) -> None:
    scenario = check.scenario
    if scenario.triage.rule == "by_channel" and scenario.channels is None:
        check.report("unused_value", ("triage", "rule"), needed="channels")
    for channel_id, channel in (scenario.channels or {}).items() if scenario.handover is None else ():
        if channel.misroute_prob:
            check.report("unused_value", ("channels", channel_id, "misroute_prob"), needed="handover")
    sittings = [session for tier in scenario.tiers.values() for session in tier.sessions.values()]
    if scenario.first_handler_keeps is not None and all(session.mode != "panel" for session in sittings):
        check.report(
            "unused_value", ("first_handler_keeps",), at_key=True, needed="tiers.<id>.sessions.<id>.mode: panel"
        )
    modes = [session.mode for tier in scenario.tiers.values() for session in tier.sessions.values()]
    if isinstance(scenario.triage, Graded) and scenario.triage.when == "after_intake" and "intake" not in modes:
        check.report("triage_without_intake", ("triage", "when"))
    if scenario.hardening is not None and scenario.hardening.logit_per_30_days == 0:
        check.report("unused_value", ("hardening", "cap_days"), needed="hardening.logit_per_30_days")
