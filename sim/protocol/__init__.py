"""Triage, sessions, abilities, queues and deadlines, as arrays by tier and category."""
