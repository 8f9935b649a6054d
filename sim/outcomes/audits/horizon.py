"""Whether everything that happens does so during the run. What counts days or looks hours up relies on it."""

import numpy as np

from sim.engine.contract import Trajectory
from sim.jurisdiction.contract import Int64, Jurisdiction
from sim.outcomes.audits.subject import Owner, among_rows, failures
from sim.sampling.contract import DisputeBatch
from sim.vocabulary import NEVER_S


def horizon_failures(jurisdiction: Jurisdiction, batch: DisputeBatch, trajectory: Trajectory) -> list[str]:
    """Check that nothing happens at or after the horizon but planned ends, and nothing before the start."""
    disputes, visits, requests = trajectory.disputes, trajectory.visits, trajectory.requests
    breaches, seats, found = trajectory.breaches, trajectory.seats, []

    def of_dispute(row: int) -> int:
        return int(batch.dispute_id[row])

    of_visit, of_request = (among_rows(of_dispute, table.dispute) for table in (visits, requests))
    of_breach, of_seat = among_rows(of_dispute, breaches.dispute), among_rows(of_request, seats.request)
    instants: tuple[tuple[str, Int64, Owner], ...] = (
        ("a fate", disputes.fate_s, of_dispute),
        ("a withdrawal", disputes.withdrawn_s, of_dispute),
        ("an arrival", visits.arrived_s, of_visit),
        ("a departure", visits.left_s, of_visit),
        ("a request", requests.joined_s, of_request),
        ("a start", requests.started_s, of_request),
        ("an agreement", breaches.settled_s, of_breach),
        ("a breach", breaches.breached_s, of_breach),
        ("a leaving of a queue", requests.left_s, of_request),
        ("a taking of a post", seats.taken_s, of_seat),
    )
    for what, instant_s, owner in instants:
        # Read as unsigned, what lies before the start lies far after the horizon.
        outside = (instant_s.view(np.uint64) >= jurisdiction.horizon_s) & (instant_s != NEVER_S)
        found += failures(f"{what} lies outside the run", outside, owner)
    found += failures("a visit never begins", visits.arrived_s == NEVER_S, of_visit)
    return found + failures("a request is never made", requests.joined_s == NEVER_S, of_request)
