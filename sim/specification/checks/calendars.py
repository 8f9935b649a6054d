"""Checks of calendars, and of the meetings that are held in their windows."""

from collections.abc import Iterator
from dataclasses import dataclass

from sim.specification.checks.context import Check
from sim.specification.schema.casework import MeetingSession
from sim.specification.schema.place import (
    AlwaysCalendar,
    Calendar,
    DaysByLastDigit,
    DaysByNumber,
    MonthlyCalendar,
    WeeklyCalendar,
    Window,
)
from sim.specification.tree import Path

_DAYS_OF_MONTH = range(1, 32)
_MINUTES_PER_HOUR = 60


@dataclass(frozen=True, slots=True)
class _Span:
    """A window of a calendar on one of its days: a weekday, or the number of a day of the month."""

    day: str
    opens: str
    closes: str
    window: int


def check_calendars(check: Check) -> None:
    """Check that windows close after they open and do not overlap."""
    for calendar_id, calendar in check.scenario.calendars.items():
        if isinstance(calendar, AlwaysCalendar):
            continue
        path = ("calendars", calendar_id, "windows")
        for index, window in enumerate(calendar.windows):
            check.no_duplicates([str(day) for day in window.days], (*path, index, "days"))
            if window.opens >= window.closes:
                where = (*path, index, "closes")
                check.report("window_closes_before_it_opens", where, opens=window.opens, closes=window.closes)
        _check_overlaps(check, calendar, path)


def _check_overlaps(check: Check, calendar: WeeklyCalendar | MonthlyCalendar, path: Path) -> None:
    """Report each window that overlaps an earlier one, once."""
    seen: list[_Span] = []
    reported: set[int] = set()
    for span in _spans(calendar):
        other = next((earlier for earlier in seen if earlier.window != span.window and _overlap(earlier, span)), None)
        if other is not None and span.window not in reported:
            reported.add(span.window)
            other_line = check.places.place((*path, other.window)).line
            check.report("windows_overlap", (*path, span.window), weekday=span.day, other_line=other_line)
        seen.append(span)


def _spans(calendar: WeeklyCalendar | MonthlyCalendar) -> Iterator[_Span]:
    for index, window in enumerate(calendar.windows):
        for day in _days_of(window) if window.opens < window.closes else ():
            yield _Span(day, window.opens, window.closes, index)


def _days_of(window: Window | DaysByLastDigit | DaysByNumber) -> list[str]:
    """The weekdays or days of the month that have a window, each once."""
    match window:
        case DaysByLastDigit():
            return [str(day) for day in _DAYS_OF_MONTH if day % 10 in window.days]
        case _:
            return [str(day) for day in dict.fromkeys(window.days)]


def _overlap(one: _Span, other: _Span) -> bool:
    return one.day == other.day and one.opens < other.closes and other.opens < one.closes


def check_meeting(check: Check, session: MeetingSession, path: Path) -> None:
    """Check that a meeting has a calendar with windows, each long enough for a case."""
    calendars = check.scenario.calendars
    if not check.known("calendar", session.calendar, tuple(calendars), (*path, "calendar")):
        return
    calendar = calendars[session.calendar]
    if isinstance(calendar, AlwaysCalendar):
        check.report("meeting_without_windows", (*path, "calendar"), calendar=session.calendar)
        return
    shortest = min((_minutes(window.opens, window.closes) for window in calendar.windows), default=0)
    if 0 < shortest < session.minutes_per_case:
        where = (*path, "minutes_per_case")
        check.report(
            "meeting_too_short", where, found=session.minutes_per_case, calendar=session.calendar, minutes=shortest
        )


def _minutes(opens: str, closes: str) -> int:
    (from_hour, from_minute), (to_hour, to_minute) = (map(int, time.split(":")) for time in (opens, closes))
    return (to_hour - from_hour) * _MINUTES_PER_HOUR + to_minute - from_minute


def warn_of_meetings(check: Check) -> None:
    """Warn of meetings in the working hours of their lead's group, in which its posts go on as if there were none."""
    scenario = check.scenario
    for tier_id, tier in scenario.tiers.items():
        for session_id, session in tier.sessions.items():
            if not isinstance(session, MeetingSession):
                continue
            of_lead = scenario.staff_groups[session.groups[0]].calendar
            if _may_coincide(scenario.calendars[session.calendar], scenario.calendars[of_lead]):
                path = ("tiers", tier_id, "sessions", session_id, "calendar")
                check.report("meeting_in_working_hours", path, calendar=of_lead, group=session.groups[0])


def _may_coincide(meetings: Calendar, hours: Calendar) -> bool:
    """Whether windows of two calendars can overlap; a day of the month can be any weekday."""
    if isinstance(meetings, AlwaysCalendar) or isinstance(hours, AlwaysCalendar):
        return True
    any_day = meetings.kind != hours.kind
    return any(
        (any_day or one.day == other.day) and one.opens < other.closes and other.opens < one.closes
        for one in _spans(meetings)
        for other in _spans(hours)
    )
