"""Whether a trajectory is what its contract says: lengths, codes, indices, order. Everything else relies on it."""

import numpy as np
from numpy.typing import NDArray

from sim.engine.contract import Breaches, DisputeOutcomes, Requests, Seats, Trajectory, Visits
from sim.jurisdiction.contract import Jurisdiction
from sim.protocol.contract import Protocol
from sim.sampling.contract import DisputeBatch
from sim.vocabulary import NOWHERE, Departure, Fate, Purpose, RequestOutcome

Column = NDArray[np.generic]


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
    limits: list[tuple[str, Column, int, int]] = [
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
        if len(values) and not (low <= int(values.min()) and int(values.max()) < below)
    ]


def _place_within(dispute: NDArray[np.int64]) -> NDArray[np.int64]:
    """0, 1, … within each run of one dispute."""
    is_first = np.ones(len(dispute), dtype=np.bool_)
    is_first[1:] = dispute[1:] != dispute[:-1]
    return np.arange(len(dispute)) - np.maximum.accumulate(np.where(is_first, np.arange(len(dispute)), 0))


def _breaches_out_of_order(breaches: Breaches) -> list[str]:
    found = []
    if bool((np.diff(breaches.dispute) < 0).any()):
        found.append("breaches are not in order of dispute")
    if not np.array_equal(breaches.episode, _place_within(breaches.dispute)):
        found.append("breaches of a dispute are not of its episodes 0, 1, … in order")
    return found


def _visits_out_of_order(batch: DisputeBatch, trajectory: Trajectory) -> list[str]:
    visits, expected = trajectory.visits, _place_within(trajectory.visits.dispute)
    reopened = np.bincount(trajectory.breaches.dispute, minlength=len(batch.dispute_id))
    goes_back = (np.diff(visits.dispute) == 0) & (np.diff(visits.episode) < 0)
    found = []
    if bool(goes_back.any()) or bool((visits.episode > reopened[visits.dispute]).any()):
        found.append("a visit is of an episode that has not begun or is over")
    if bool((np.diff(visits.dispute) < 0).any()):
        found.append("visits are not in order of dispute")
    if not np.array_equal(visits.number, expected):
        found.append("visits of a dispute are not numbered 0, 1, … in order")
    return found


def _seats_out_of_order(seats: Seats) -> list[str]:
    same, taken = np.diff(seats.request) == 0, np.diff(seats.taken_s)
    if bool(((np.diff(seats.request) < 0) | (same & (taken < 0))).any()):
        return ["seats are not in order of request and second of taking"]
    return []


def _requests_out_of_order(batch: DisputeBatch, trajectory: Trajectory) -> list[str]:
    requests, visits = trajectory.requests, trajectory.visits
    found = []
    visit_count = np.bincount(visits.dispute, minlength=len(batch.dispute_id))
    number = requests.visit_number
    if bool(((number < 0) | (number >= visit_count[requests.dispute])).any()):
        found.append("a request names a visit that its dispute does not have")
    same, joined = np.diff(requests.dispute) == 0, np.diff(requests.joined_s)
    purpose = np.diff(requests.purpose.astype(np.int64))
    wrong = (np.diff(requests.dispute) < 0) | (same & ((joined < 0) | ((joined == 0) & (purpose < 0))))
    if bool(wrong.any()):
        found.append("requests are not in order of dispute, second of joining and purpose")
    return found
