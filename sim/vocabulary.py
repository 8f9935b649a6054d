"""The names and codes that every layer shares: event ranks, fates, ways of leaving a tier, units of time."""

from enum import IntEnum
from typing import Final

SECONDS_PER_MINUTE: Final = 60
SECONDS_PER_HOUR: Final = 3_600
SECONDS_PER_DAY: Final = 86_400
DAYS_PER_YEAR: Final = 365
DAYS_PER_MONTH_OF_HARDENING: Final = 30

NEVER_S: Final = 2**62
"""A second that no simulation reaches: the value of every instant that does not come."""

NOWHERE: Final = -1
"""The index of a unit, tier, pool, post or session that does not exist."""


class Rank(IntEnum):
    """Order of events that fall in the same second (before the dispute id breaks the tie)."""

    STARTED = 0
    """A dispatched request's process takes notice; it changes nothing that another event reads."""
    POST_FILLED = 1
    SESSION_END = 2
    INCIDENT = 3
    SURFACING = 4
    FADE = 5
    PATIENCE_END = 6
    DEADLINE = 7
    ARRIVAL = 8
    """A joining of a queue, an arrival at a tier or at the registration desk."""
    BREACH = 9
    FOLLOW_UP_DUE = 10
    OPENING = 11
    VACANCY = 12
    DISPATCH = 13


class SessionMode(IntEnum):
    """How a session is held: 登记受理, 坐班门诊, 进村出诊, 集体会诊, 定期议事."""

    INTAKE = 0
    DESK = 1
    OUTREACH = 2
    PANEL = 3
    """One member of each of several groups at once."""
    MEETING = 4
    """Several cases one after the other, on meeting days."""


class Fate(IntEnum):
    """Where a dispute stands at the end of the run; exactly one per dispute."""

    LATENT = 0
    """Nobody has heard of it yet."""
    FADED = 1
    """It faded unseen."""
    OPEN = 2
    """It is a case (in a delay, queue, session, gap or handover)."""
    SETTLED = 3
    ADJUDICATED = 4
    LITIGATED = 5
    WITHDRAWN = 6
    """Its parties gave up; it is no case any more and has not yet faded."""
    WITHDRAWN_FADED = 7
    INCIDENT = 8


class Surfacing(IntEnum):
    """How a dispute became known."""

    NOT = 0
    SELF_REPORT = 1
    PATROL = 2
    OPENING_BACKLOG = 3


class Departure(IntEnum):
    """How a visit to a tier ended."""

    PRESENT = 0
    """Still there at the end of the run."""
    SETTLED = 1
    ESCALATED_EXHAUSTED = 2
    ESCALATED_DEADLINE = 3
    ADJUDICATED = 4
    PASSED_THROUGH = 5
    """The tier has no staffed session for this unit: the case passes to the parent at once."""
    REFERRED_UP = 6
    """Triage after intake named a higher tier."""
    RETURNED_DOWN = 7
    WITHDRAWN = 8
    LITIGATED = 9
    BYPASSED = 10
    """Left for the top tier by petition (越级)."""
    INCIDENT = 11
    REFERRED_BY_LOAD = 12
    """Too many were waiting: handed up before it joined the queue."""
    PAPER_SETTLED = 13
    """Due to be handed up and recorded as settled instead; in truth it is open and comes back at the parent."""


HANDED_UP: Final = (
    Departure.ESCALATED_EXHAUSTED,
    Departure.ESCALATED_DEADLINE,
    Departure.REFERRED_UP,
    Departure.REFERRED_BY_LOAD,
)
"""Ways in which a tier's own staff pass a case to a higher tier, with its paperwork."""


class RequestOutcome(IntEnum):
    """How a request for a post ended."""

    WAITING = 0
    """In the queue at the end of the run."""
    IN_SESSION = 1
    """In session at the end of the run."""
    SETTLED = 2
    NOT_SETTLED = 3
    """The session was held to its end and settled nothing (an intake or a handover always ends so)."""
    LEFT_QUEUE = 4
    """The case left before a post was free, or a follow-up visit was void because the agreement had broken."""
    SKIPPED = 5
    """A follow-up visit for which no post was free in time."""


class Purpose(IntEnum):
    """What a request is for."""

    CASEWORK = 0
    HANDOVER = 1
    FOLLOW_UP = 2
    """A visit after a settlement (回访)."""


class ReopenAt(IntEnum):
    """Where a case starts again when its agreement has broken."""

    SETTLING = 0
    PARENT = 1
    TRIAGE = 2


class PatienceChoice(IntEnum):
    """What the parties do when their patience ends."""

    WITHDRAW = 0
    LITIGATE = 1
    BYPASS = 2


class TriageRule(IntEnum):
    """Which tier a case is sent to at registration."""

    LOWEST_FIRST = 0
    GRADED = 1
    BY_CHANNEL = 2


class Grade(IntEnum):
    """Grades of graded triage: 微事, 小事, 大事, 难事."""

    MICRO = 0
    SMALL = 1
    LARGE = 2
    HARD = 3
