"""Every use of a post, in one view: requests that one post serves, and each seat of those that several serve."""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.engine.contract import Trajectory
from sim.jurisdiction.contract import Int32, Int64
from sim.outcomes.columns import in_turn, rows_of
from sim.outcomes.place import Place
from sim.vocabulary import NOWHERE

Number = TypeVar("Number", bound=np.generic)


@dataclass(frozen=True, slots=True)
class PostUses:
    """U uses, first those of requests that one post serves, then the seats, each in the order of the trajectory.

    alone_count: how many are of the first kind; request: int64 (U,), row of the requests; group, pool, post: int32
    (U,), post NOWHERE at a meeting; from_s, until_s: int64 (U,), taken and released (planned if after the horizon,
    NEVER_S if still awaiting others then); started_s: int64 (U,), start of the session, NEVER_S if there was none;
    effort_s, travel_s: int64 (U,); calendar: int64 (U,), of
    the group; window: int64 (U,), the working window in which it was taken, or the last before.
    """

    alone_count: int
    request: Int64
    group: Int32
    pool: Int32
    post: Int32
    from_s: Int64
    until_s: Int64
    started_s: Int64
    effort_s: Int64
    travel_s: Int64
    calendar: Int64
    window: Int64


def post_uses(place: Place, trajectory: Trajectory) -> PostUses:
    """Return every use of a post in a run."""
    requests, seats = trajectory.requests, trajectory.seats
    is_alone = requests.pool != NOWHERE
    is_alone[seats.request] = False
    alone = rows_of(is_alone)

    def both(of_requests: NDArray[Number], of_seats: NDArray[Number]) -> NDArray[Number]:
        of_alone = of_requests.take(alone)
        return np.concatenate((of_alone, of_seats)) if len(of_seats) else of_alone

    pool, started_s = both(requests.pool, seats.pool), requests.started_s
    group, from_s = (
        place.jurisdiction.staff.pool_group.take(pool) if len(pool) else pool,
        both(started_s, seats.taken_s),
    )
    calendar = place.calendar_of_group.take(group)
    return PostUses(
        alone_count=len(alone),
        request=np.concatenate((alone, seats.request)),
        group=group,
        pool=pool,
        post=both(requests.post, seats.post),
        from_s=from_s,
        until_s=both(requests.ended_s, seats.released_s),
        started_s=both(started_s, started_s.take(seats.request)),
        effort_s=both(requests.effort_s, seats.effort_s),
        travel_s=both(requests.travel_s, seats.travel_s),
        calendar=calendar,
        window=place.times.by_second.at(calendar, from_s),
    )


@dataclass(frozen=True, slots=True)
class PostLine:
    """Uses that take a post, n of them, in order of post, second of taking and second of release.

    All posts lie on one line, each on a stretch of `span_s`; what lasts beyond the horizon does so to the end of it.
    use: int64 (n,), rows of the uses; taken, released: int64 (n,), places on the line.
    """

    span_s: int
    use: Int64
    taken: Int64
    released: Int64


def post_line(place: Place, uses: PostUses) -> PostLine:
    """Return the uses of posts in line, by the number of the post among those of all pools; it need not exist."""
    held = rows_of(uses.post != NOWHERE)
    pool, post = uses.pool.take(held), uses.post.take(held)
    number = place.posts_before.take(pool) + post if len(held) else held
    return line_up(place.jurisdiction.horizon_s, uses, held, number)


def line_up(horizon_s: int, uses: PostUses, held: Int64, number: Int64) -> PostLine:
    """Return some uses, rows `held`, in line by the number of their post: int64 (n,) each."""
    first = number * (horizon_s + 1)
    taken = first + np.minimum(uses.from_s.take(held), horizon_s)
    released = first + np.minimum(uses.until_s.take(held), horizon_s)
    order = in_turn(taken, released)
    return PostLine(horizon_s + 1, held.take(order), taken.take(order), released.take(order))
