"""Discrete-event simulation of tiered dispute mediation: village, town and county."""
