"""Whether a trajectory is what its contract says: lengths, codes, indices, order. Everything else relies on it."""

import numpy as np
from numpy.typing import NDArray

from sim.engine.contract import Breaches, DisputeOutcomes, Requests, Seats, Trajectory, Visits
from sim.jurisdiction.contract import Jurisdiction
from sim.protocol.contract import Protocol
from sim.sampling.contract import DisputeBatch
from sim.vocabulary import NOWHERE, Departure, Fate, Purpose, RequestOutcome


def structure_failures(
    jurisdiction: Jurisdiction, protocol: Protocol, batch: DisputeBatch, trajectory: Trajectory
) -> list[str]:
    """Return what is wrong with the shape of a trajectory; if anything is, no other audit can be trusted."""
    found = [
        *_unequal_lengths("disputes", trajectory.disputes, len(batch.dispute_id)),
        *_unequal_lengths("visits", trajectory.visits, len(trajectory.visits.dispute)),
        *_unequal_lengths("requests", trajectory.requests, len(trajectory.requests.dispute)),
        *_unequal_lengths("seats", trajectory.seats, len(trajectory.seats.request)),
        *_unequal_lengths("breaches", trajectory.breaches, len(trajectory.breaches.dispute)),
    ]
    if found:
        return found
    found = _out_of_range(jurisdiction, protocol, batch, trajectory)
    if found:
        return found
    return [
        *_breaches_out_of_order(trajectory.breaches),
        *_visits_out_of_order(batch, trajectory),
        *_requests_out_of_order(batch, trajectory),
        *_seats_out_of_order(trajectory.seats),
    ]


_Records = DisputeOutcomes | Visits | Requests | Seats | Breaches


def _unequal_lengths(table: str, records: _Records, length: int) -> list[str]:
    lengths = {name: len(getattr(records, name)) for name in records.__slots__}
    return [f"{table}.{name} has {found} rows, not {length}" for name, found in lengths.items() if found != length]


def _out_of_range(
    jurisdiction: Jurisdiction, protocol: Protocol, batch: DisputeBatch, trajectory: Trajectory
) -> list[str]:
    disputes, visits, requests = trajectory.disputes, trajectory.visits, trajectory.requests
    breaches, episodes = trajectory.breaches, protocol.after_settlement.max_episodes
    count, tiers = len(batch.dispute_id), len(jurisdiction.tier_ids)
    sessions, pools = protocol.sessions, len(jurisdiction.staff.pool_group)
    limits: list[tuple[str, NDArray[np.integer], int, int]] = [
        ("disputes.fate", disputes.fate, 0, len(Fate)),
        ("disputes.fate_tier", disputes.fate_tier, NOWHERE, tiers),
        ("visits.dispute", visits.dispute, 0, count),
        ("visits.tier", visits.tier, 0, tiers),
        ("visits.tier_visit", visits.tier_visit, 0, sessions.visits),
        ("visits.episode", visits.episode, 0, episodes),
        ("visits.departure", visits.departure, 0, len(Departure)),
        ("requests.dispute", requests.dispute, 0, count),
        ("requests.purpose", requests.purpose, 0, len(Purpose)),
        ("requests.outcome", requests.outcome, 0, len(RequestOutcome)),
        ("requests.slot", requests.slot, 0, len(sessions.slot_ids)),
        ("requests.option", requests.option, NOWHERE, len(sessions.option_group)),
        ("requests.pool", requests.pool, NOWHERE, pools),
        ("seats.request", trajectory.seats.request, 0, len(requests.dispute)),
        ("seats.pool", trajectory.seats.pool, 0, pools),
        ("breaches.dispute", breaches.dispute, 0, count),
        ("breaches.episode", breaches.episode, 0, episodes - 1),
        ("breaches.tier", breaches.tier, NOWHERE, tiers),
    ]
    return [
        f"{name} holds values outside {low} to {below - 1}"
        for name, values, low, below in limits
        if len(values) and not _lies_within(values, low, below)
    ]


def _lies_within(values: NDArray[np.integer], low: int, below: int) -> bool:
    """Whether all values are of `low` to `below - 1`."""
    # Read as unsigned, what is below 0 is above everything.
    highest = int(np.maximum.reduce(values.view(f"u{values.itemsize}") if low == 0 else values))
    return highest < below and (low == 0 or int(np.minimum.reduce(values)) >= low)


def _counts_up(number: NDArray[np.integer], dispute: NDArray[np.int64]) -> bool:
    """Whether numbers are 0, 1, … within each run of one dispute."""
    continued = dispute[1:] == dispute[:-1]
    is_next = number[1:] == (number[:-1] + 1) * continued
    return not len(number) or (int(number[0]) == 0 and bool(is_next.all()))


def _falls(values: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Whether each value but the first is below the one before."""
    return np.asarray(values[1:] < values[:-1])


def _breaches_out_of_order(breaches: Breaches) -> list[str]:
    found = []
    if bool(_falls(breaches.dispute).any()):
        found.append("breaches are not in order of dispute")
    if not _counts_up(breaches.episode, breaches.dispute):
        found.append("breaches of a dispute are not of its episodes 0, 1, … in order")
    return found


def _visits_out_of_order(batch: DisputeBatch, trajectory: Trajectory) -> list[str]:
    visits = trajectory.visits
    reopened = np.bincount(trajectory.breaches.dispute, minlength=len(batch.dispute_id))
    goes_back = (visits.dispute[1:] == visits.dispute[:-1]) & _falls(visits.episode)
    found = []
    if bool(goes_back.any()) or bool((visits.episode > reopened.take(visits.dispute)).any()):
        found.append("a visit is of an episode that has not begun or is over")
    if bool(_falls(visits.dispute).any()):
        found.append("visits are not in order of dispute")
    if not _counts_up(visits.number, visits.dispute):
        found.append("visits of a dispute are not numbered 0, 1, … in order")
    return found


def _seats_out_of_order(seats: Seats) -> list[str]:
    same = seats.request[1:] == seats.request[:-1]
    if bool((_falls(seats.request) | (same & _falls(seats.taken_s))).any()):
        return ["seats are not in order of request and second of taking"]
    return []


def _requests_out_of_order(batch: DisputeBatch, trajectory: Trajectory) -> list[str]:
    requests, visits = trajectory.requests, trajectory.visits
    found = []
    visit_count = np.bincount(visits.dispute, minlength=len(batch.dispute_id))
    number, dispute, joined_s = requests.visit_number, requests.dispute, requests.joined_s
    if bool(((number < 0) | (number >= visit_count.take(dispute))).any()):
        found.append("a request names a visit that its dispute does not have")
    earlier = _falls(joined_s) | ((joined_s[1:] == joined_s[:-1]) & _falls(requests.purpose))
    if bool((_falls(dispute) | ((dispute[1:] == dispute[:-1]) & earlier)).any()):
        found.append("requests are not in order of dispute, second of joining and purpose")
    return found
