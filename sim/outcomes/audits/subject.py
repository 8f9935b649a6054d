"""What the audits look at: a finished run and the links between its disputes, visits and requests."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.engine.contract import Trajectory
from sim.jurisdiction.contract import Int64, Jurisdiction
from sim.outcomes.episodes import Episodes, episodes_of
from sim.outcomes.post_uses import PostUses, post_uses
from sim.protocol.contract import Protocol
from sim.sampling.contract import DisputeBatch
from sim.vocabulary import NOWHERE, Departure

Mask = NDArray[np.bool_]

FORWARDED = (
    Departure.ESCALATED_EXHAUSTED,
    Departure.ESCALATED_DEADLINE,
    Departure.PASSED_THROUGH,
    Departure.REFERRED_UP,
    Departure.RETURNED_DOWN,
    Departure.BYPASSED,
    Departure.REFERRED_BY_LOAD,
    Departure.PAPER_SETTLED,
)
"""Ways of leaving a tier that send the case to another one."""


@dataclass(frozen=True, slots=True)
class AuditSubject:
    """A finished run: N disputes with Q episodes, M visits, R requests.

    visit_count: int64 (Q,), visits of each episode; first_visit, last_visit: int64 (Q,), rows of the visits table,
    NOWHERE without visits; visit_of_request: int64 (R,); episode_of_visit: int64 (M,), row of the episodes;
    round_of_visit: int64 (M,), number of its set of columns in the batch; uses: every use of a post.
    """

    jurisdiction: Jurisdiction
    protocol: Protocol
    batch: DisputeBatch
    trajectory: Trajectory
    episodes: Episodes
    visit_count: Int64
    first_visit: Int64
    last_visit: Int64
    visit_of_request: Int64
    uses: PostUses
    episode_of_visit: Int64
    round_of_visit: Int64

    @property
    def episode_of_request(self) -> Int64:
        """Row of the episode in which each request was made: int64 (R,)."""
        return self.episode_of_visit[self.visit_of_request]


def audit_subject(
    jurisdiction: Jurisdiction, protocol: Protocol, batch: DisputeBatch, trajectory: Trajectory
) -> AuditSubject:
    """Return the subject of the audits; the trajectory's structure must be sound."""
    visits, requests = trajectory.visits, trajectory.requests
    episodes = episodes_of(batch, trajectory)
    episode_of_visit = episodes.first[visits.dispute] + visits.episode
    visit_count = np.bincount(episode_of_visit, minlength=len(episodes.dispute)).astype(np.int64)
    end = np.cumsum(visit_count)
    first_visit = end - visit_count
    return AuditSubject(
        jurisdiction=jurisdiction,
        protocol=protocol,
        batch=batch,
        trajectory=trajectory,
        episodes=episodes,
        visit_count=visit_count,
        first_visit=np.where(visit_count > 0, first_visit, NOWHERE),
        last_visit=np.where(visit_count > 0, end - 1, NOWHERE),
        visit_of_request=first_visit[episodes.first[requests.dispute]] + requests.visit_number,
        uses=post_uses(jurisdiction, trajectory),
        episode_of_visit=episode_of_visit,
        round_of_visit=visits.episode.astype(np.int64) * protocol.sessions.visits + visits.tier_visit,
    )


def failures(what: str, wrong: Mask, dispute_id: Int64) -> list[str]:
    """Say how often something is wrong, and name the first dispute; nothing if it never is."""
    count = int(wrong.sum())
    if not count:
        return []
    return [f"{what} ({count} times, first: dispute {int(dispute_id[np.argmax(wrong)])})"]
