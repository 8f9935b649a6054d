"""Working seconds that intervals take on the calendars of staff groups: from the warm-up on, and day by day."""

from dataclasses import dataclass

import numpy as np

from sim.jurisdiction.contract import Int32, Int64
from sim.outcomes.columns import rows_of
from sim.outcomes.occupancy import DayPoints, day_of, seconds_by_day
from sim.outcomes.place import Place
from sim.outcomes.post_uses import PostUses
from sim.vocabulary import NOWHERE


@dataclass(frozen=True, slots=True)
class WorkedSpans:
    """Intervals, cut at the horizon, of staff groups: all int64 (n,).

    from_s, until_s: by the clock on the wall; worked_from_s, worked_until_s: by the calendar of the group.
    """

    group: Int64
    from_s: Int64
    until_s: Int64
    worked_from_s: Int64
    worked_until_s: Int64


def worked_spans(place: Place, group: Int32, from_s: Int64, until_s: Int64) -> WorkedSpans:
    """Return intervals of groups with what their calendars make of them; instants are not negative."""
    if not len(group):
        return WorkedSpans(*[np.zeros(0, dtype=np.int64)] * 5)
    calendar = place.calendar_of_group.take(group)
    from_s = np.minimum(from_s, place.jurisdiction.horizon_s)
    return _until(place, group, calendar, from_s, place.times.worked_until_s(calendar, from_s), until_s)


def worked_spans_of_uses(place: Place, uses: PostUses) -> WorkedSpans:
    """Return the intervals of all uses of a post; meetings, which occupy none, are left out."""
    group, calendar, window = uses.group, uses.calendar, uses.window
    from_s, until_s = uses.from_s, uses.until_s
    at_post = rows_of(uses.post != NOWHERE)
    if len(at_post) < len(group):
        group, calendar, window = group.take(at_post), calendar.take(at_post), window.take(at_post)
        from_s, until_s = from_s.take(at_post), until_s.take(at_post)
    return _until(place, group, calendar, from_s, place.times.worked_in_s(window, from_s), until_s)


def _until(
    place: Place, group: Int32, calendar: Int64, from_s: Int64, worked_from_s: Int64, until_s: Int64
) -> WorkedSpans:
    until_s = np.minimum(until_s, place.jurisdiction.horizon_s)
    worked_until_s = place.times.worked_until_s(calendar, until_s)
    return WorkedSpans(group.astype(np.int64), from_s, until_s, worked_from_s, worked_until_s)


def worked_s_by_group(place: Place, spans: WorkedSpans) -> Int64:
    """Return the working seconds from the end of the warm-up to the horizon, by group: int64 (G,)."""
    from_s, until_s = spans.worked_from_s, spans.worked_until_s
    if not len(from_s):
        return np.zeros(len(place.calendar_of_group), dtype=np.int64)
    if place.jurisdiction.warmup_s > 0:
        warmup_s = place.worked_by_warmup_s.take(spans.group)
        from_s, until_s = np.maximum(from_s, warmup_s), np.maximum(until_s, warmup_s)
    # Sums of whole seconds stay far below 2**53, so float weights are exact.
    total_s = np.bincount(spans.group, weights=until_s - from_s, minlength=len(place.calendar_of_group))
    return total_s.astype(np.int64)


def worked_s_by_day(place: Place, spans: WorkedSpans) -> Int64:
    """Return the working seconds of each day of the run, by group: int64 (G, D)."""
    day_count = place.day_length_s.shape[1]
    first = place.calendar_of_group.take(spans.group) * (day_count + 1)

    def points(instant_s: Int64, worked_s: Int64) -> DayPoints:
        day = day_of(instant_s, day_count)
        return DayPoints(day, worked_s - place.worked_by_midnight_s.reshape(-1).take(first + day))

    start, end = points(spans.from_s, spans.worked_from_s), points(spans.until_s, spans.worked_until_s)
    return seconds_by_day(start, end, spans.group, place.day_length_s)
