"""What cases take of the working hours of staff, and what is left of them where posts stand empty."""

from dataclasses import dataclass

import numpy as np

from sim.jurisdiction.contract import Int64
from sim.outcomes.columns import rows_of
from sim.outcomes.empty_posts import EmptyPosts
from sim.outcomes.place import Place
from sim.outcomes.post_uses import PostUses
from sim.outcomes.worked_spans import WorkedSpans, worked_s_by_group, worked_spans, worked_spans_of_uses
from sim.vocabulary import NOWHERE


@dataclass(frozen=True, slots=True)
class StaffTime:
    """Working seconds from the end of the warm-up to the horizon by group, int64 (G,), on the group's calendar.

    busy_s: for which posts are occupied (meetings, which occupy none, do not count); held_s: of that, while they await
    the others of their panel; empty_s: in which posts stand empty; available_s: of all posts that do not. used, empty:
    the intervals themselves.
    """

    busy_s: Int64
    held_s: Int64
    empty_s: Int64
    available_s: Int64
    used: WorkedSpans
    empty: WorkedSpans


def staff_time(place: Place, uses: PostUses, empty: EmptyPosts) -> StaffTime:
    """Return the staff time of a run."""
    staff = place.jurisdiction.staff
    used = worked_spans_of_uses(place, uses)
    empty_group = staff.pool_group.take(empty.pool) if len(empty.pool) else empty.pool
    vacant = worked_spans(place, empty_group, empty.from_s, empty.until_s)
    empty_s = worked_s_by_group(place, vacant)
    return StaffTime(
        busy_s=worked_s_by_group(place, used),
        held_s=worked_s_by_group(place, _awaiting_others(place, uses)),
        empty_s=empty_s,
        available_s=place.posts_worked_s - empty_s,
        used=used,
        empty=vacant,
    )


def _awaiting_others(place: Place, uses: PostUses) -> WorkedSpans:
    """From the taking of each seat to the start of its session; who serves alone starts at once."""
    at_post = uses.alone_count + rows_of(uses.post[uses.alone_count :] != NOWHERE)
    until_s = np.minimum(uses.started_s.take(at_post), uses.until_s.take(at_post))
    return worked_spans(place, uses.group.take(at_post), uses.from_s.take(at_post), until_s)
