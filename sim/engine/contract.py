"""What an engine returns: everything that happened, as arrays with fixed dtypes, in an order that no engine chooses."""

from dataclasses import dataclass
from typing import Protocol as TypingProtocol

import numpy as np
from numpy.typing import NDArray

from sim.jurisdiction.contract import Jurisdiction
from sim.protocol.contract import Protocol
from sim.sampling.contract import DisputeBatch

Int64 = NDArray[np.int64]
Int32 = NDArray[np.int32]
Int8 = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class DisputeOutcomes:
    """The end of each dispute, one row per row of the batch.

    fate: int8 (N,) of Fate; fate_s: int64 (N,), when it reached it (NEVER_S if LATENT or OPEN);
    fate_tier: int32 (N,), the tier where the case ended (was withdrawn, for one that faded later) or, if OPEN, is (in a
    handover: where it goes); NOWHERE for a latent dispute's end, an incident after a withdrawal, a case not yet at a
    tier, or one that its parties settled themselves; bypassed: bool (N,), in its last episode;
    withdrawn_s: int64 (N,), NEVER_S if never withdrawn. A settled dispute whose agreement broke stands where its last
    episode does.
    """

    fate: Int8
    fate_s: Int64
    fate_tier: Int32
    bypassed: NDArray[np.bool_]
    withdrawn_s: Int64


@dataclass(frozen=True, slots=True)
class Visits:
    """Every visit of a case to a tier, in order of (dispute row, arrival, visit number of the case).

    dispute: int64 (M,) row of the batch; number: int32 (M,), 0, 1, … within the dispute; episode: int8 (M,);
    tier, unit: int32 (M,); tier_visit: int8 (M,), 0 for the episode's first visit to this tier, 1 for its second;
    arrived_s, left_s: int64 (M,), left_s
    NEVER_S if still present; departure: int8 (M,) of Departure; due_s: int64 (M,), the tier's deadline or NEVER_S.
    """

    dispute: Int64
    number: Int32
    episode: Int8
    tier: Int32
    unit: Int32
    tier_visit: Int8
    arrived_s: Int64
    left_s: Int64
    departure: Int8
    due_s: Int64


@dataclass(frozen=True, slots=True)
class Requests:
    """Every request for a post, in order of (dispute row, joined second, purpose, visit, slot).

    dispute: int64 (R,) row of the batch; visit_number: int32 (R,); purpose: int8 (R,) of Purpose; slot: int32 (R,);
    option: int32 (R,), pool: int32 (R,), post: int32 (R,) that served, NOWHERE if none; joined_s, started_s, ended_s:
    int64 (R,), NEVER_S where it did not happen (ended_s of a session held at the end of the run is its planned end);
    left_s: int64 (R,), when it left the queue unserved, else NEVER_S; outcome: int8 (R,) of RequestOutcome;
    effort_s, travel_s, occupation_s: int64 (R,), 0 if not served.
    """

    dispute: Int64
    visit_number: Int32
    purpose: Int8
    slot: Int32
    option: Int32
    pool: Int32
    post: Int32
    joined_s: Int64
    started_s: Int64
    ended_s: Int64
    left_s: Int64
    outcome: Int8
    effort_s: Int64
    travel_s: Int64
    occupation_s: Int64


@dataclass(frozen=True, slots=True)
class Seats:
    """Every post that a request of several groups took, the lead's included, in order of (request row, taking).

    request: int64 (P,), row of the requests; pool, post: int32 (P,); taken_s, released_s: int64 (P,), released_s the
    planned end of a session held at the end of the run, NEVER_S if the others are still awaited then; effort_s,
    travel_s, occupation_s: int64 (P,), the member's own, 0 if no session came of it. In `Requests` such a request names
    its lead's pool, post and option once it starts; its effort and travel are the sums over its members, its occupation
    is the longest of theirs.
    """

    request: Int64
    pool: Int32
    post: Int32
    taken_s: Int64
    released_s: Int64
    effort_s: Int64
    travel_s: Int64
    occupation_s: Int64


@dataclass(frozen=True, slots=True)
class Breaches:
    """Every agreement that broke, in order of (dispute row, episode); the next episode begins at that second.

    dispute: int64 (B,) row of the batch; episode: int8 (B,), the one that had been settled; settled_s: int64 (B,);
    tier: int32 (B,), where, NOWHERE if the parties settled it themselves; breached_s: int64 (B,); bypassed: bool (B,),
    whether the parties had petitioned the top tier in that episode.
    """

    dispute: Int64
    episode: Int8
    settled_s: Int64
    tier: Int32
    breached_s: Int64
    bypassed: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Trajectory:
    """All that happened in one replication."""

    disputes: DisputeOutcomes
    visits: Visits
    requests: Requests
    seats: Seats
    breaches: Breaches


class Engine(TypingProtocol):
    """Runs a batch through a place by its protocol, up to (not including) the horizon second."""

    def __call__(self, jurisdiction: Jurisdiction, protocol: Protocol, batch: DisputeBatch) -> Trajectory:
        """Return what happens to every dispute of the batch."""
        ...
