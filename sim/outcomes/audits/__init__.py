"""Accounting identities that every finished run must meet; one that does not hold makes the run void."""

from sim.outcomes.audits.run import AUDITS, audit, audited

__all__ = ["AUDITS", "audit", "audited"]
