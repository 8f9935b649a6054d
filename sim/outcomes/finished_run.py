"""A finished run as audits and measures both read it: its episodes, uses of posts, stays at tiers and waits."""

from dataclasses import dataclass

import numpy as np

from sim.engine.contract import Trajectory
from sim.jurisdiction.contract import Int64, Jurisdiction
from sim.outcomes.columns import Mask, among, rows_of
from sim.outcomes.empty_posts import EmptyPosts, empty_posts
from sim.outcomes.episodes import Episodes, episodes_of
from sim.outcomes.occupancy import Spans, seconds_of_days
from sim.outcomes.place import Place
from sim.outcomes.post_uses import PostLine, PostUses, post_line, post_uses
from sim.protocol.contract import Protocol
from sim.sampling.contract import DisputeBatch
from sim.vocabulary import Purpose


@dataclass(frozen=True, slots=True)
class FinishedRun:
    """One replication: M visits, R requests of which C are casework.

    casework: bool (R,), no handover or follow-up; casework_rows: int64 (C,); request_tier: int64 (R,), tier whose
    session it is; queue_end_s: int64 (R,), when waiting ended (service, leaving or the horizon); stays: of the visits,
    cut at the horizon, by tier; waits: of casework, by tier; present_day_s, waiting_day_s: int64 (T, D), the seconds
    that they take of each day of the run; uses: every use of a post; line: those that take one, post by post; empty:
    when posts stand empty.
    """

    place: Place
    batch: DisputeBatch
    trajectory: Trajectory
    episodes: Episodes
    casework: Mask
    casework_rows: Int64
    request_tier: Int64
    queue_end_s: Int64
    stays: Spans
    waits: Spans
    present_day_s: Int64
    waiting_day_s: Int64
    uses: PostUses
    line: PostLine
    empty: EmptyPosts

    @property
    def jurisdiction(self) -> Jurisdiction:
        """The place without its rules."""
        return self.place.jurisdiction

    @property
    def protocol(self) -> Protocol:
        """The rules of the place."""
        return self.place.protocol


def finished_run(place: Place, batch: DisputeBatch, trajectory: Trajectory) -> FinishedRun:
    """Return a run with what is read of it more than once; the trajectory's structure must be sound."""
    jurisdiction, visits, requests = place.jurisdiction, trajectory.visits, trajectory.requests
    uses = post_uses(place, trajectory)
    line = post_line(place, uses)
    casework = among(requests.purpose, Purpose.CASEWORK)
    rows = rows_of(casework)
    request_tier = place.tier_of_slot.take(requests.slot)
    queue_end_s = np.minimum(np.minimum(requests.started_s, requests.left_s), jurisdiction.horizon_s)
    stay_end_s, tier = np.minimum(visits.left_s, jurisdiction.horizon_s), visits.tier.astype(np.int64)
    stays = Spans(visits.arrived_s, stay_end_s, tier)
    waits = Spans(requests.joined_s.take(rows), queue_end_s.take(rows), request_tier.take(rows))
    return FinishedRun(
        place=place,
        batch=batch,
        trajectory=trajectory,
        episodes=episodes_of(batch, trajectory),
        casework=casework,
        casework_rows=rows,
        request_tier=request_tier,
        queue_end_s=queue_end_s,
        stays=stays,
        waits=waits,
        present_day_s=seconds_of_days(stays, place.whole_days_s),
        waiting_day_s=seconds_of_days(waits, place.whole_days_s),
        uses=uses,
        line=line,
        empty=empty_posts(place, batch, line),
    )
