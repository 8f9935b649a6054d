"""A case on its way, its visits to tiers and its requests for posts: all that changes in a run but the pools."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from simpy import Event

from sim.engine.simpy_engine.environment import OrderedEnvironment
from sim.vocabulary import NEVER_S, NOWHERE, Departure, Fate, Purpose, Rank, RequestOutcome

Key = tuple[int, int, int, int, int]
"""(class, due second or 0, second of joining, dispute id, 0 for the case or number of its handover or follow-up)."""

Choice = tuple[int, int]
"""A pool that may serve a request, and the option (a column of the batch) that it stands for."""

# Plain integers: on Python 3.11 a look-up in an enumeration takes longer than most steps of a run.
OUTCOME_WAITING = int(RequestOutcome.WAITING)
OUTCOME_LEFT_QUEUE = int(RequestOutcome.LEFT_QUEUE)
PURPOSE_CASEWORK = int(Purpose.CASEWORK)
RANK_STARTED = int(Rank.STARTED)


@dataclass(slots=True)
class Case:
    """One dispute from surfacing to its end, in plain integers; its instants are those of the episode under way."""

    row: int
    dispute_id: int
    home: int
    category: int
    emerged_s: int
    incident_s: int
    patience_s: int
    patience_choice: int
    overall_due_s: int = NEVER_S
    awaits_diagnosis: bool = False
    came_from_below: bool = False
    is_bypassed: bool = False
    was_returned: bool = False
    fate: Fate = Fate.OPEN
    fate_s: int = NEVER_S
    tier: int = NOWHERE
    withdrawn_s: int = NEVER_S
    handovers: int = 0
    follow_ups: int = 0
    episode: int = 0
    visits: list["Visit"] = field(default_factory=list)
    earlier: list["Visit"] = field(default_factory=list)
    """Visits of the episodes before this one."""

    def end(self, fate: Fate, second: int) -> None:
        """Reach a fate."""
        self.fate, self.fate_s = fate, second


@dataclass(slots=True)
class Visit:
    """One visit of a case to a tier, with what would take the case away from it first, and its latest request.

    No deadline acts before the session `required_until` has been held; `avoided_slot` is the session whose queue was
    too long for it to join.
    """

    number: int
    episode: int
    tier: int
    unit: int
    tier_visit: int
    round: int
    arrived_s: int
    due_s: int
    running_due_s: int
    acting_due_s: int
    running_patience_s: int
    exit_s: int
    exit_rank: int
    left_s: int = NEVER_S
    departure: int = Departure.PRESENT
    request: "Request | None" = None
    required_until: int = NOWHERE
    avoided_slot: int = NOWHERE


class Request(Event):
    """A request that waits in the queue of every pool that may serve it, with one key, and takes the first post given.

    As an event it happens when the case is free again: the session has ended, an incident has broken it off, or the
    case has left the queue; `over_by` is the rank of what it was. `choices` are in order of preference; `number` counts
    the requests of a run.
    """

    # Defaults set once for the class, and no Event.__init__: there is a request for every session.
    _ok = True
    _value = None
    outcome: int = OUTCOME_WAITING
    over_by: int = NOWHERE
    pool: int = NOWHERE
    post: int = NOWHERE
    option: int = NOWHERE
    has_first_handler: bool = False
    started_s: int = NEVER_S
    ended_s: int = NEVER_S
    left_s: int = NEVER_S
    occupation_s: int = 0
    effort_s: int = 0
    travel_s: int = 0

    def __init__(
        self,
        env: OrderedEnvironment,
        number: int,
        key: Key,
        case: Case,
        visit: Visit,
        purpose: int,
        slot: int,
        choices: list[Choice],
    ) -> None:
        self.env: OrderedEnvironment = env
        self.callbacks: list[Callable[[Any], None]] = []
        self.number = number
        self.key = key
        self.row = case.row
        self.joined_s = key[2]
        self.visit = visit
        self.purpose = purpose
        self.slot = slot
        self.choices = choices
        self.incident_s = case.incident_s if purpose == PURPOSE_CASEWORK else NEVER_S

    def leave_queue(self, exit_event: Event) -> None:
        """Take the case out of the queue, unless it has been served already."""
        if self.outcome == OUTCOME_WAITING:
            self.outcome = OUTCOME_LEFT_QUEUE
            self.left_s = self.env.second
            self.over_by = exit_event._value
            self.env.schedule_at(self, self.left_s, RANK_STARTED, self.key[3])
