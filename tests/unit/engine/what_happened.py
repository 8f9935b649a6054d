"""What happened in a trajectory, as names to count: a comparison is worth what happened in what it compared."""

from collections.abc import Iterable
from enum import IntEnum

import numpy as np

from sim.engine.contract import Trajectory
from sim.vocabulary import NEVER_S, NOWHERE, Departure, Fate, Purpose, RequestOutcome


def what_happened(trajectory: Trajectory) -> list[str]:
    """Every way of leaving, fate and outcome in a run, as often as it occurred."""
    requests = trajectory.requests
    has_waited = (requests.started_s > requests.joined_s) & (requests.post >= 0)
    return [
        *named(Departure, trajectory.visits.departure.tolist()),
        *named(Fate, trajectory.disputes.fate.tolist()),
        *named(RequestOutcome, requests.outcome.tolist()),
        *named(Purpose, requests.purpose.tolist()),
        *["waited"] * int(has_waited.sum()),
        *["flagged"] * int(trajectory.disputes.bypassed.sum()),
        *(f"episode {number} broke" for number in trajectory.breaches.episode.tolist()),
        *["flagged, settled and broken"] * int(trajectory.breaches.bypassed.sum()),
        *["broken though settled by the parties"] * int((trajectory.breaches.tier == NOWHERE).sum()),
        *_what_panels_did(trajectory),
    ]


def _what_panels_did(trajectory: Trajectory) -> list[str]:
    """Who sat together, was held until the others came, or was let go because the case left."""
    seats, requests = trajectory.seats, trajectory.requests
    started_s, left_s = requests.started_s[seats.request], requests.left_s[seats.request]
    per_panel = np.bincount(seats.request, minlength=len(requests.dispute))
    at_meeting = (requests.pool >= 0) & (requests.post < 0)
    starts = list(
        zip(requests.slot[at_meeting], requests.pool[at_meeting], requests.started_s[at_meeting], strict=True)
    )
    return [
        *["was heard"] * len(starts),
        *["was heard after others"] * (len(starts) - len(set(starts))),
        *["sat together"] * int(((per_panel > 1) & (requests.post >= 0)).sum()),
        *["was held"] * int(((seats.taken_s < started_s) & (started_s < NEVER_S)).sum()),
        *["was held in vain"] * int((seats.released_s == left_s).sum()),
        *["is held at the end"] * int((seats.released_s == NEVER_S).sum()),
    ]


def named(kind: type[IntEnum], codes: Iterable[int]) -> list[str]:
    """Codes by kind and name: numbers of several kinds would be taken for each other."""
    return [f"{kind.__name__} {kind(code).name}" for code in codes]
