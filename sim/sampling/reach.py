"""What an engine can read at all, whatever queues there are: of which disputes the fates of an episode are needed.

Each function may say yes too often, never too seldom. All rests on four facts of every engine: nobody is a case before
surfacing; nothing happens from the horizon on; a session starts before the incident and, unless the parties petition,
before the end of their patience, and so does a micro matter's settlement by its parties; an agreement is tried
`breach_after_s` after its session has ended, and breaks only if that began at a greater age than that up to which it
holds.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.protocol.contract import TriagePlan
from sim.sampling.contract import Int8, Int64
from sim.vocabulary import NEVER_S, Grade, PatienceChoice

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Ages:
    """When in an episode cases can be at a session, int64 (n,): at an age ≥ first_s; their age is 0 at origin_s.

    Of a further episode, origin_s is the earliest second at which it can begin.
    """

    origin_s: Int64
    first_s: Int64

    def of(self, places: Int64) -> "Ages":
        """Return the ages of some of the cases, by their places."""
        return Ages(self.origin_s.take(places), self.first_s.take(places))


def become_cases(surfaced_s: Int64, horizon_s: int) -> Mask:
    """Say which disputes become cases: those that surface in time."""
    return surfaced_s < horizon_s


def can_return(triage: TriagePlan, grade_until_age_s: Int64, rows: Int64, ages: Ages) -> Mask:
    """Say which cases, by their rows (n,), a tier can send down: only they visit a tier twice.

    grade_until_age_s: int64 (3, T, N), critical ages of grades of all disputes.

    A tier sends down what it grades for a lower one, and a case is never below its age on arrival.
    """
    returns = np.zeros(len(ages.first_s), dtype=np.bool_)
    for tier in np.flatnonzero(triage.may_return).tolist():
        for grade in Grade:
            if triage.grade_tier[grade] < tier:
                if grade == Grade.HARD:
                    returns[:] = True
                else:
                    returns |= ages.first_s <= grade_until_age_s[int(grade), tier].take(rows)
    return returns


def session_ages_end_s(
    ages: Ages,
    incident_age_s: Int64,
    patience_age_s: Int64,
    patience_choice: Int8,
    breach_after_s: Int64,
    horizon_s: int,
) -> Int64:
    """Return the age from which on no session can start whose agreement is tried before the horizon; int64 (n,)."""
    patience_age_s = np.where(patience_choice == PatienceChoice.BYPASS, NEVER_S, patience_age_s)
    end_s: Int64 = np.minimum(incident_age_s, patience_age_s)
    return np.minimum(end_s, horizon_s - np.minimum(breach_after_s, horizon_s) - ages.origin_s, out=end_s)


def can_be_tried(ages: Ages, end_s: Int64) -> Mask:
    """Say which cases can reach an agreement that is tried before the horizon."""
    return ages.first_s < end_s


def next_ages(ages: Ages, holds_until_age_s: Int64, breach_after_s: Int64) -> Ages:
    """Return when the next episode can begin at the earliest, if the agreement breaks."""
    broken_from_age_s = np.maximum(ages.first_s, holds_until_age_s + 1)
    return Ages(ages.origin_s + broken_from_age_s + breach_after_s, np.zeros_like(ages.first_s))


def can_break(ages: Ages, holds_until_age_s: Int64, end_s: Int64) -> Mask:
    """Say which cases can reach an agreement that breaks before the horizon."""
    return np.maximum(ages.first_s, holds_until_age_s + 1) < end_s
