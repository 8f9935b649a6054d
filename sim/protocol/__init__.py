"""Triage, sessions, abilities, queues and deadlines, as arrays by tier and category."""

from sim.protocol.build import compile_protocol

__all__ = ["compile_protocol"]
