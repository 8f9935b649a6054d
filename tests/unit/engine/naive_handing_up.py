"""Load referral, sessions that must have been held, and settlements on paper, as the naive model decides them."""

from sim.protocol.contract import Protocol
from sim.vocabulary import Purpose, RequestOutcome
from tests.unit.engine.naive_cases import Case, Request
from tests.unit.engine.naive_place import Place


class NaiveHandingUp:
    """Looks through all requests at every question."""

    def __init__(self, place: Place, protocol: Protocol, requests: list[Request]) -> None:
        self.place = place
        self.rules = protocol.handing_up
        self.requests = requests

    def is_free_to_go(self, case: Case) -> bool:
        """Whether every session that the tier requires and that is there for the case has been held in this visit."""
        visit, home, category = case.visits[-1], case.fixed["home_unit"], case.fixed["category"]
        required = {s for s in self.place.slots(visit.tier, home, category) if self.rules.must_have_tried[s]}
        held = {
            request.slot
            for request in self.requests
            if request.visit is visit
            and request.purpose == Purpose.CASEWORK
            and request.outcome == RequestOutcome.NOT_SETTLED
        }
        return required <= held

    def is_turned_away(self, case: Case, slot: int) -> bool:
        """Whether so many wait for the session's staff that the case is handed up."""
        if not self.rules.refer_at_waiting.size or not self.is_free_to_go(case):
            return False
        pools = {pool for pool, _ in self.place.choices(slot, case.fixed["home_unit"])}
        waiting = [
            request
            for request in self.requests
            if request.outcome == RequestOutcome.WAITING
            and request.docket is None
            and pools & {pool for pool, _ in request.asks()}
        ]
        is_busy = len(waiting) >= self.rules.refer_at_waiting[slot, case.fixed["home_unit"]]
        return bool(is_busy and case.fixed["referred_if_busy"][case.visits[-1].nth * self.place.slot_count + slot])

    def returns_after_s(self, case: Case) -> int | None:
        """How long a case due to be handed up is settled on paper, None if it is handed up in the records too."""
        if not self.rules.is_pressed.any():
            return None
        visit = case.visits[-1]
        column = visit.nth * (self.place.top + 1) + visit.tier
        return int(case.fixed["paper_return_s"][column]) if case.fixed["settled_on_paper"][column] else None
