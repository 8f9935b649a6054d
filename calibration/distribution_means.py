"""Means of the distributions that scenario files name."""

import numpy as np

from sim.specification.schema.casework import MeetingSession, Session
from sim.specification.schema.distributions import AnyDistribution, Empirical, Triangular, Uniform

_MINUTES_PER_HOUR = 60


def mean_effort_hours(session: Session) -> float:
    """Return the mean effort of a session; of a meeting the time for each case, as if it were always full."""
    if isinstance(session, MeetingSession):
        return session.minutes_per_case / _MINUTES_PER_HOUR
    return mean_of(session.effort_hours)


def mean_of(distribution: AnyDistribution) -> float:
    """Return the mean, in the unit of the distribution's key."""
    match distribution:
        case Uniform():
            return (distribution.low + distribution.high) / 2
        case Triangular():
            return (distribution.low + distribution.mode + distribution.high) / 3
        case Empirical():
            return float(np.average(distribution.values, weights=distribution.weights))
        case _:
            return distribution.mean
