"""Where disputes stand at an age: their states, and how long they have been unresolved by then."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.jurisdiction.contract import Int64
from sim.outcomes.columns import Mask, among
from sim.outcomes.episodes import Episodes
from sim.vocabulary import NEVER_S, SECONDS_PER_DAY, Fate

AGES_DAYS: Final = (30, 90, 180)
"""Ages at which the state of every cohort dispute is read; the schema makes follow-up at least the longest of them."""

FULL_AGE_DAYS: Final = AGES_DAYS[-1]

RESOLVING_FATES: Final = (Fate.SETTLED, Fate.ADJUDICATED, Fate.LITIGATED, Fate.FADED, Fate.WITHDRAWN_FADED)
"""Fates after which the quarrel is over; an incident is the opposite of a resolution."""


@dataclass(frozen=True, slots=True)
class StatesAtAge:
    """Masks (N,), exactly one of them true for each dispute; episode: int64 (N,), row of the episode under way.

    Between an agreement and its breach a dispute is settled.
    """

    episode: Int64
    settled: Mask
    adjudicated: Mask
    litigated: Mask
    withdrawn: Mask
    faded: Mask
    incident: Mask
    open: Mask


def states_at(episodes: Episodes, emerged_s: Int64, age_days: int) -> StatesAtAge:
    """Return the state of every dispute at an age: that of the episode under way."""
    until_s = emerged_s + age_days * SECONDS_PER_DAY
    current = episodes.current_at(until_s)
    fate, ended = episodes.fate.take(current), episodes.fate_s.take(current) <= until_s
    incident = ended & among(fate, Fate.INCIDENT)
    withdrawn = (episodes.withdrawn_s.take(current) <= until_s) & ~incident
    concluded = ended & among(fate, Fate.SETTLED, Fate.ADJUDICATED, Fate.LITIGATED, Fate.FADED)
    return StatesAtAge(
        episode=current,
        settled=ended & among(fate, Fate.SETTLED),
        adjudicated=ended & among(fate, Fate.ADJUDICATED),
        litigated=ended & among(fate, Fate.LITIGATED),
        withdrawn=withdrawn,
        faded=ended & among(fate, Fate.FADED),
        incident=incident,
        open=~(concluded | incident | withdrawn),
    )


def unresolved_s(episodes: Episodes, emerged_s: Int64, age_days: int) -> Int64:
    """Return the seconds unresolved up to an age, (N,): what resolves it does so until an agreement breaks."""
    until_s = emerged_s + age_days * SECONDS_PER_DAY
    ended_s = np.where(among(episodes.fate, *RESOLVING_FATES), episodes.fate_s, NEVER_S)
    of_first = np.minimum(ended_s.take(episodes.first), until_s) - np.minimum(emerged_s, until_s)
    further = episodes.further
    until_s = until_s.take(episodes.dispute.take(further))
    of_further = np.minimum(ended_s.take(further), until_s) - np.minimum(episodes.started_s.take(further), until_s)
    np.add.at(of_first, episodes.dispute.take(further), of_further)
    return of_first
