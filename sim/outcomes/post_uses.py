"""Every use of a post, in one view: requests that one post serves, and each seat of those that several serve."""

from dataclasses import dataclass

import numpy as np

from sim.engine.contract import Trajectory
from sim.jurisdiction.contract import Int32, Int64, Jurisdiction
from sim.outcomes.occupancy import seconds_in_stretches
from sim.outcomes.working_time import worked_until_s
from sim.vocabulary import NOWHERE


@dataclass(frozen=True, slots=True)
class PostUses:
    """U uses, first those of requests that one post serves, then the seats, each in the order of the trajectory.

    request: int64 (U,), row of the requests; group, pool, post: int32 (U,), post NOWHERE at a meeting; from_s, until_s:
    int64 (U,), taken and released (planned if after the horizon, NEVER_S if still awaiting others then); started_s:
    int64 (U,), start of the session, NEVER_S if there was none; effort_s, travel_s: int64 (U,).
    """

    request: Int64
    group: Int32
    pool: Int32
    post: Int32
    from_s: Int64
    until_s: Int64
    started_s: Int64
    effort_s: Int64
    travel_s: Int64


def post_uses(jurisdiction: Jurisdiction, trajectory: Trajectory) -> PostUses:
    """Return every use of a post in a run."""
    requests, seats = trajectory.requests, trajectory.seats
    is_alone = requests.pool != NOWHERE
    is_alone[seats.request] = False
    alone = np.flatnonzero(is_alone)
    pool = np.concatenate((requests.pool[alone], seats.pool))
    return PostUses(
        request=np.concatenate((alone, seats.request)),
        group=jurisdiction.staff.pool_group[pool] if len(pool) else pool,
        pool=pool,
        post=np.concatenate((requests.post[alone], seats.post)),
        from_s=np.concatenate((requests.started_s[alone], seats.taken_s)),
        until_s=np.concatenate((requests.ended_s[alone], seats.released_s)),
        started_s=np.concatenate((requests.started_s[alone], requests.started_s[seats.request])),
        effort_s=np.concatenate((requests.effort_s[alone], seats.effort_s)),
        travel_s=np.concatenate((requests.travel_s[alone], seats.travel_s)),
    )


def working_s_of_uses(
    jurisdiction: Jurisdiction, uses: PostUses, from_s: Int64, until_s: Int64, boundary_s: Int64
) -> Int64:
    """Return the working seconds of uses between two instants each, by group and stretch between two boundaries.

    from_s, until_s: int64 (U,); boundary_s: (B + 1,) rising; result: int64 (G, B), on the calendar of the group.
    Meetings, which occupy no post, do not count.
    """
    staff = jurisdiction.staff
    group_count = len(staff.group_ids)
    total_s = np.zeros((group_count, len(boundary_s) - 1), dtype=np.int64)
    for index, clock in enumerate(jurisdiction.clocks):
        here = uses.post != NOWHERE
        here[here] = staff.group_calendar[uses.group[here]] == index
        total_s += seconds_in_stretches(
            worked_until_s(clock, from_s[here]),
            worked_until_s(clock, until_s[here]),
            uses.group[here],
            group_count,
            worked_until_s(clock, boundary_s),
        )
    return total_s
