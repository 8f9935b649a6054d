"""Runs every audit on a finished run and fails it with all that was found."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from sim.engine.contract import Trajectory
from sim.errors import AuditError
from sim.jurisdiction.contract import Jurisdiction
from sim.outcomes.audits.accounts import dispute_accounts, tier_flows, time_integrals
from sim.outcomes.audits.agreements import agreements, follow_ups
from sim.outcomes.audits.fates import fates_and_instants, fates_and_visits
from sim.outcomes.audits.handing_up import required_sessions, settlements_on_paper
from sim.outcomes.audits.horizon import horizon_failures
from sim.outcomes.audits.load import load_referrals
from sim.outcomes.audits.meetings import meetings
from sim.outcomes.audits.posts import opening_hours, pool_capacity, post_overlaps, session_ends
from sim.outcomes.audits.prevention import prevented_apart
from sim.outcomes.audits.requests import last_sessions, request_times, requests_and_visits, sessions_as_drawn
from sim.outcomes.audits.seats import seats_as_drawn, seats_in_turn
from sim.outcomes.audits.structure import structure_failures
from sim.outcomes.audits.subject import AuditSubject, audit_subject
from sim.outcomes.audits.time_limits import time_limits
from sim.outcomes.audits.turns import sessions_in_turn
from sim.outcomes.audits.vacancies import vacant_posts
from sim.outcomes.audits.visits import visit_chains, visit_records
from sim.outcomes.finished_run import FinishedRun, finished_run
from sim.outcomes.place import Place, lay_out
from sim.protocol.contract import Protocol
from sim.sampling.contract import DisputeBatch

_CHECKS: Final[Mapping[str, Callable[[AuditSubject], list[str]]]] = MappingProxyType(
    {
        "dispute_accounts": dispute_accounts,
        "tier_flows": tier_flows,
        "time_integrals": time_integrals,
        "visit_records": visit_records,
        "visit_chains": visit_chains,
        "fates_and_visits": fates_and_visits,
        "fates_and_instants": fates_and_instants,
        "request_times": request_times,
        "requests_and_visits": requests_and_visits,
        "sessions_as_drawn": sessions_as_drawn,
        "sessions_in_turn": sessions_in_turn,
        "seats_in_turn": seats_in_turn,
        "seats_as_drawn": seats_as_drawn,
        "meetings": meetings,
        "required_sessions": required_sessions,
        "load_referrals": load_referrals,
        "time_limits": time_limits,
        "settlements_on_paper": settlements_on_paper,
        "last_sessions": last_sessions,
        "agreements": agreements,
        "follow_ups": follow_ups,
        "opening_hours": opening_hours,
        "session_ends": session_ends,
        "post_overlaps": post_overlaps,
        "pool_capacity": pool_capacity,
        "prevented_apart": prevented_apart,
        "vacant_posts": vacant_posts,
    }
)
"""Audits by name; each returns what it found wrong."""

AUDITS: Final = ("structure", "horizon", *_CHECKS)
"""Every audit. `structure` and `horizon` come first: the others rely on them."""


def audit(
    jurisdiction: Jurisdiction, protocol: Protocol, batch: DisputeBatch, trajectory: Trajectory
) -> tuple[str, ...]:
    """Run every audit; return the names of those passed, which are all.

    Raises AuditError with every failure found, each as `<audit>: <what is wrong>`.
    """
    names, _ = audited(lay_out(jurisdiction, protocol), batch, trajectory)
    return names


def audited(place: Place, batch: DisputeBatch, trajectory: Trajectory) -> tuple[tuple[str, ...], FinishedRun]:
    """Run every audit as `audit` does; return the names of those passed and the run that passed them."""
    found = [f"structure: {what}" for what in structure_failures(place.jurisdiction, place.protocol, batch, trajectory)]
    found = found or [f"horizon: {what}" for what in horizon_failures(place.jurisdiction, batch, trajectory)]
    if found:
        raise AuditError(found)
    run = finished_run(place, batch, trajectory)
    subject = audit_subject(run)
    found = [f"{name}: {what}" for name, check in _CHECKS.items() for what in check(subject)]
    if found:
        raise AuditError(found)
    return AUDITS, run
