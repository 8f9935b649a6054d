"""What the naive model remembers of cases, visits and requests."""

from dataclasses import dataclass, field
from typing import Any

from sim.vocabulary import NEVER_S, NOWHERE, Departure, Fate, Purpose, RequestOutcome


@dataclass(eq=False)
class Visit:
    """A stay at a tier."""

    number: int
    episode: int
    tier: int
    unit: int
    nth: int
    arrived_s: int
    tier_due_s: int
    due_s: int
    left_s: int = NEVER_S
    departure: Departure = Departure.PRESENT


@dataclass(eq=False)
class Seat:
    """A post that somebody at a panel has given."""

    pool: int
    post: int
    option: int
    taken_s: int
    released_s: int = NEVER_S
    effort_s: int = 0
    travel_s: int = 0
    occupation_s: int = 0


@dataclass(eq=False)
class Request:
    """A wish for a post; `choices` are (pool, option).

    A panel has chairs: the (pool, option) of all who shall sit. A hearing has a docket: its slot and its lead's pool.
    """

    case: "Case"
    visit: Visit
    purpose: Purpose
    slot: int
    key: tuple[int, ...]
    joined_s: int
    choices: list[tuple[int, int]]
    started_s: int = NEVER_S
    ended_s: int = NEVER_S
    left_s: int = NEVER_S
    outcome: RequestOutcome = RequestOutcome.WAITING
    option: int = NOWHERE
    pool: int = NOWHERE
    post: int = NOWHERE
    effort_s: int = 0
    travel_s: int = 0
    occupation_s: int = 0
    chairs: list[tuple[int, int]] = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)
    docket: tuple[int, int] | None = None

    def asks(self) -> list[tuple[int, int]]:
        """Pools at which it waits now: for a panel, that of the next who is missing."""
        return self.chairs[len(self.seats) :][:1] if self.chairs else self.choices


@dataclass(eq=False)
class Case:
    """A dispute; `state` is hidden, on_the_way, queue, session, gap, withdrawn, settled (to be tried) or ended.

    `drawn` is all that chance has in store, `fixed` what of it holds in the episode under way.
    """

    row: int
    drawn: dict[str, Any]
    fixed: dict[str, Any]
    episode: int = 0
    state: str = "hidden"
    fate: Fate = Fate.LATENT
    fate_s: int = NEVER_S
    tier: int = NOWHERE
    bypassed: bool = False
    returned: bool = False
    withdrawn_s: int = NEVER_S
    overall_due_s: int = NEVER_S
    registered_at: int = NOWHERE
    destination: str | int = "desk"
    until_s: int = NEVER_S
    from_below: bool = False
    request: Request | None = None
    next_slot: int = NOWHERE
    paperworks: int = 0
    visits: list[Visit] = field(default_factory=list)
    follow_ups_due_s: list[int] = field(default_factory=list)
    follow_ups: list[Request] = field(default_factory=list)
    follow_up_number: int = 0
    breaches: list[tuple[int, int, int, int, bool]] = field(default_factory=list)
