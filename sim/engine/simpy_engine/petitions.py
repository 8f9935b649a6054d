"""Petitions to the top tier about cases that are there already: a flag, nothing moves."""

from collections.abc import Iterable

from sim.engine import rules
from sim.engine.simpy_engine.cases import Case, Visit
from sim.vocabulary import NEVER_S, Departure, Fate

DEPARTURE_PRESENT = int(Departure.PRESENT)
DEPARTURE_SETTLED = int(Departure.SETTLED)
DEPARTURE_INCIDENT = int(Departure.INCIDENT)


def note_petition(case: Case, visit: Visit, now_s: int, top: int) -> None:
    """Flag a case at the top tier whose parties have petitioned there by now: nothing else changes."""
    if visit.tier != top:
        return
    request, departure = visit.request, visit.departure
    last_chance_s = now_s
    if departure in (DEPARTURE_SETTLED, DEPARTURE_INCIDENT, DEPARTURE_PRESENT):
        is_in_session = request is not None and request.started_s != NEVER_S and request.ended_s >= now_s
        last_chance_s = request.started_s if request is not None and is_in_session else now_s - 1
    if rules.is_petition_in_place(case.patience_s, case.patience_choice, last_chance_s):
        case.is_bypassed = True


def note_open_petitions(cases: Iterable[Case], horizon_s: int, top: int) -> None:
    """Note at the end of the run which open cases were petitioned at the top tier."""
    for case in cases:
        if case.fate is Fate.OPEN and case.visits and case.visits[-1].left_s == NEVER_S:
            note_petition(case, case.visits[-1], horizon_s, top)
