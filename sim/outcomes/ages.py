"""Where disputes stand at an age: their states, and how long they have been unresolved by then."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.jurisdiction.contract import Int64
from sim.outcomes.columns import Mask, among
from sim.outcomes.episodes import Episodes
from sim.vocabulary import NEVER_S, SECONDS_PER_DAY, Fate

AGES_DAYS: Final = (30, 90, 180)
"""Ages at which the state of every cohort dispute is read; the schema makes follow-up at least the longest of them."""

FULL_AGE_DAYS: Final = AGES_DAYS[-1]

RESOLVING_FATES: Final = (Fate.SETTLED, Fate.ADJUDICATED, Fate.LITIGATED, Fate.FADED, Fate.WITHDRAWN_FADED)
"""Fates after which the quarrel is over; an incident is the opposite of a resolution."""


class State(IntEnum):
    """Where a dispute stands at an age. Between an agreement and its breach it is settled."""

    SETTLED = 0
    ADJUDICATED = 1
    LITIGATED = 2
    WITHDRAWN = 3
    FADED = 4
    INCIDENT = 5
    OPEN = 6


_ENDINGS: Final[Mapping[Fate, State]] = MappingProxyType(
    {
        Fate.SETTLED: State.SETTLED,
        Fate.ADJUDICATED: State.ADJUDICATED,
        Fate.LITIGATED: State.LITIGATED,
        Fate.FADED: State.FADED,
        Fate.INCIDENT: State.INCIDENT,
    }
)
"""The state from the fate's second on; with any other fate a dispute is open until its parties withdraw."""

_STATE_OF_FATE: Final = tuple(int(_ENDINGS.get(fate, State.OPEN)) for fate in Fate)


@dataclass(frozen=True, slots=True)
class StatesAtAge:
    """code: int8 (N,) of State; episode: int64 (N,), row of the episode under way, whose state it is."""

    code: NDArray[np.int8]
    episode: Int64

    def are(self, state: State) -> Mask:
        """Say which disputes are in a state: bool (N,)."""
        return among(self.code, state)


def states_at(episodes: Episodes, emerged_s: Int64, age_days: int) -> StatesAtAge:
    """Return the state of every dispute at an age."""
    until_s = emerged_s + age_days * SECONDS_PER_DAY
    current = episodes.current_at(until_s)
    code = np.array(_STATE_OF_FATE, dtype=np.int8).take(episodes.fate.take(current))
    np.putmask(code, episodes.fate_s.take(current) > until_s, int(State.OPEN))
    withdrawn = episodes.withdrawn_s.take(current) <= until_s
    np.putmask(code, withdrawn & (code != int(State.INCIDENT)), int(State.WITHDRAWN))
    return StatesAtAge(code, current)


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
