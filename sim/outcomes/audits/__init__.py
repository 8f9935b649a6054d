"""Accounting identities that every finished run must meet; one that does not hold makes the run void."""

from sim.outcomes.audits.run import AUDITS, audit

__all__ = ["AUDITS", "audit"]
