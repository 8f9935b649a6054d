"""The codes of `sim.vocabulary` as plain integers, which a kernel takes as constants, and codes of its own."""

from typing import Final

from sim.vocabulary import (
    Departure,
    Fate,
    Grade,
    PatienceChoice,
    Purpose,
    Rank,
    ReopenAt,
    RequestOutcome,
    SessionMode,
    TriageRule,
)

RANK_POST_FILLED: Final = int(Rank.POST_FILLED)
RANK_SESSION_END: Final = int(Rank.SESSION_END)
RANK_INCIDENT: Final = int(Rank.INCIDENT)
RANK_SURFACING: Final = int(Rank.SURFACING)
RANK_PATIENCE_END: Final = int(Rank.PATIENCE_END)
RANK_ARRIVAL: Final = int(Rank.ARRIVAL)
RANK_BREACH: Final = int(Rank.BREACH)
RANK_FOLLOW_UP_DUE: Final = int(Rank.FOLLOW_UP_DUE)
RANK_OPENING: Final = int(Rank.OPENING)
RANK_VACANCY: Final = int(Rank.VACANCY)

MODE_INTAKE: Final = int(SessionMode.INTAKE)
MODE_PANEL: Final = int(SessionMode.PANEL)
MODE_MEETING: Final = int(SessionMode.MEETING)

FATE_LATENT: Final = int(Fate.LATENT)
FATE_FADED: Final = int(Fate.FADED)
FATE_OPEN: Final = int(Fate.OPEN)
FATE_SETTLED: Final = int(Fate.SETTLED)
FATE_ADJUDICATED: Final = int(Fate.ADJUDICATED)
FATE_LITIGATED: Final = int(Fate.LITIGATED)
FATE_WITHDRAWN: Final = int(Fate.WITHDRAWN)
FATE_WITHDRAWN_FADED: Final = int(Fate.WITHDRAWN_FADED)
FATE_INCIDENT: Final = int(Fate.INCIDENT)

DEPARTURE_PRESENT: Final = int(Departure.PRESENT)
DEPARTURE_SETTLED: Final = int(Departure.SETTLED)
DEPARTURE_ESCALATED_EXHAUSTED: Final = int(Departure.ESCALATED_EXHAUSTED)
DEPARTURE_ESCALATED_DEADLINE: Final = int(Departure.ESCALATED_DEADLINE)
DEPARTURE_ADJUDICATED: Final = int(Departure.ADJUDICATED)
DEPARTURE_PASSED_THROUGH: Final = int(Departure.PASSED_THROUGH)
DEPARTURE_REFERRED_UP: Final = int(Departure.REFERRED_UP)
DEPARTURE_RETURNED_DOWN: Final = int(Departure.RETURNED_DOWN)
DEPARTURE_WITHDRAWN: Final = int(Departure.WITHDRAWN)
DEPARTURE_LITIGATED: Final = int(Departure.LITIGATED)
DEPARTURE_BYPASSED: Final = int(Departure.BYPASSED)
DEPARTURE_INCIDENT: Final = int(Departure.INCIDENT)
DEPARTURE_REFERRED_BY_LOAD: Final = int(Departure.REFERRED_BY_LOAD)
DEPARTURE_PAPER_SETTLED: Final = int(Departure.PAPER_SETTLED)

OUTCOME_WAITING: Final = int(RequestOutcome.WAITING)
OUTCOME_IN_SESSION: Final = int(RequestOutcome.IN_SESSION)
OUTCOME_SETTLED: Final = int(RequestOutcome.SETTLED)
OUTCOME_NOT_SETTLED: Final = int(RequestOutcome.NOT_SETTLED)
OUTCOME_LEFT_QUEUE: Final = int(RequestOutcome.LEFT_QUEUE)
OUTCOME_SKIPPED: Final = int(RequestOutcome.SKIPPED)

PURPOSE_CASEWORK: Final = int(Purpose.CASEWORK)
PURPOSE_HANDOVER: Final = int(Purpose.HANDOVER)
PURPOSE_FOLLOW_UP: Final = int(Purpose.FOLLOW_UP)

CHOICE_WITHDRAW: Final = int(PatienceChoice.WITHDRAW)
CHOICE_LITIGATE: Final = int(PatienceChoice.LITIGATE)
TRIAGE_GRADED: Final = int(TriageRule.GRADED)
GRADE_MICRO: Final = int(Grade.MICRO)
GRADE_SMALL: Final = int(Grade.SMALL)
REOPEN_AT_TRIAGE: Final = int(ReopenAt.TRIAGE)

KIND_BITS: Final = 4

# Kinds of entries on the agenda, each with the index of what it is about.
ON_WAKING: Final = 0
"""Case: what it waits for comes, or something that takes it away before."""
ON_EXIT: Final = 1
"""Case: something takes it out of the queue in which it may wait."""
ON_SESSION_END: Final = 2
"""Request."""
ON_BREAKING_OFF: Final = 3
"""Request: an incident ends its case in the middle of the session, whose staff go on to its end."""
ON_OPENING: Final = 4
"""Pool."""
ON_MEETING: Final = 5
"""Docket."""
ON_VACANCY: Final = 6
ON_POST_FILLED: Final = 7
"""Vacancy, both."""
ON_TRIAL: Final = 8
"""Case: its agreement is put to the test."""
ON_FOLLOW_UP_DUE: Final = 9
"""Agreement."""
ON_SKIPPING: Final = 10
"""Request: a follow-up visit that has waited too long."""

# What a case waits for.
AWAITS_REGISTRATION: Final = 0
AWAITS_OWN_SETTLEMENT: Final = 1
AWAITS_ARRIVAL: Final = 2
AWAITS_DATE: Final = 3
AWAITS_SESSION: Final = 4

# The steps of a case's life, in which it is led on until it waits again.
STEP_REST: Final = 0
STEP_TRIAGE: Final = 1
STEP_VISIT: Final = 2
STEP_DATE: Final = 3
STEP_ASK: Final = 4
STEP_LEAVE: Final = 5
STEP_LOSE: Final = 6
STEP_UPHOLD: Final = 7
STEP_SEE_PARTIES: Final = 8

# How the members of a session come to it.
SITS_ALONE: Final = 0
SITS_ON_PANEL: Final = 1
SITS_AT_MEETING: Final = 2

NO_ONE: Final = -1
"""No request, no entry of a queue, no visit."""
