"""What requests of several groups have in common: members, their lead, and the seats they took."""

from dataclasses import dataclass

from sim.engine.simpy_engine.cases import PURPOSE_CASEWORK, Case, Choice, Key, Request, Visit
from sim.engine.simpy_engine.environment import OrderedEnvironment
from sim.vocabulary import NEVER_S


@dataclass(slots=True)
class Seat:
    """A place taken by a member of a request of several groups.

    Its post is NOWHERE at a meeting, its option NOWHERE if it is the first handler's.
    """

    pool: int
    post: int
    option: int
    taken_s: int
    released_s: int = NEVER_S
    effort_s: int = 0
    travel_s: int = 0
    occupation_s: int = 0


class JointRequest(Request):
    """A request for a session that several groups hold together; `members` are in the order in which they sit down."""

    def __init__(
        self,
        env: OrderedEnvironment,
        number: int,
        key: Key,
        case: Case,
        visit: Visit,
        slot: int,
        members: list[Choice],
        lead: Choice,
    ) -> None:
        super().__init__(env, number, key, case, visit, PURPOSE_CASEWORK, slot, [lead])
        self.members = members
        self.lead = lead
        self.seats: list[Seat] = []
