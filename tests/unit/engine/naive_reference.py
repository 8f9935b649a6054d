"""A second implementation of the model, as slow and plain as can be: the engine's results must equal its results.

It keeps no agenda. What can happen next follows from how things stand now: at every step it lists everything that could
come next, takes the smallest (second, rank, id), and does it. It is written from the model's text and shares nothing
with the engine but the contracts and the vocabulary; not even the rules and the working clock.
"""

from collections.abc import Iterator

from sim.jurisdiction.contract import Jurisdiction
from sim.protocol.contract import Protocol
from sim.sampling.contract import DisputeBatch
from sim.vocabulary import (
    NEVER_S,
    NOWHERE,
    SECONDS_PER_DAY,
    Departure,
    Fate,
    Grade,
    PatienceChoice,
    Purpose,
    Rank,
    RequestOutcome,
    SessionMode,
    TriageRule,
)
from tests.unit.engine.naive_agreements import AfterSettlement
from tests.unit.engine.naive_cases import Case, Request, Visit
from tests.unit.engine.naive_chances import chances_of_episode, chances_of_rows
from tests.unit.engine.naive_handing_up import NaiveHandingUp
from tests.unit.engine.naive_meetings import Meetings
from tests.unit.engine.naive_place import Place
from tests.unit.engine.naive_posts import Posts
from tests.unit.engine.naive_serving import Serving

AT_DESK, LEFT_TO_PARTIES = "desk", "parties"
"""Where a case that is on its way may go, besides a tier."""


class NaiveModel(AfterSettlement, Serving):
    """The model on simple lists."""

    def __init__(self, jurisdiction: Jurisdiction, protocol: Protocol, batch: DisputeBatch) -> None:
        self.place = Place(jurisdiction, protocol)
        self.protocol = protocol
        self.triage = protocol.triage
        self.horizon_s = jurisdiction.horizon_s
        self.now = 0
        self.cases = [
            Case(row, own, chances_of_episode(self.place, own, 0)) for row, own in enumerate(chances_of_rows(batch))
        ]
        self.requests: list[Request] = []
        self.posts = Posts(self.place, self.requests, batch.vacancies)
        self.meetings = Meetings(self.place, self.posts, self.requests)
        self.handing_up = NaiveHandingUp(self.place, protocol, self.requests)

    def run(self) -> None:
        """Let everything happen that happens before the horizon."""
        while True:
            second, rank, _, _, row, index = min(self.pending())
            if second >= self.horizon_s:
                return
            assert second >= self.now
            self.now = second
            if rank == Rank.DISPATCH:
                self.dispatch()
            elif rank == Rank.SESSION_END:
                self.end_session(self.requests[index])
            else:
                self.happen(self.cases[row], rank)

    def pending(self) -> Iterator[tuple[int, int, int, int, int, int]]:
        """Everything that could come next as (second, rank, id, number, row, request)."""
        for case in self.cases:
            for second, rank in self.possible(case):
                yield second, rank, case.fixed["dispute_id"], 0, case.row, 0
        for index, request in enumerate(self.requests):
            if request.outcome == RequestOutcome.IN_SESSION:
                identity = request.case.fixed["dispute_id"]
                yield request.ended_s, Rank.SESSION_END, identity, request.purpose, request.case.row, index
        dispatch_s = min(self.posts.next_dispatch_s(self.now), self.meetings.next_s(self.now))
        yield dispatch_s, Rank.DISPATCH, 0, 0, 0, 0

    def possible(self, case: Case) -> Iterator[tuple[int, int]]:
        """What could happen to a case next, given where it is."""
        fixed, state = case.fixed, case.state
        if state == "hidden" and fixed["surfaced_s"] < NEVER_S:
            yield fixed["surfaced_s"], Rank.SURFACING
            return
        yield from self.possible_after_settlement(case)
        if state in ("settled", "ended"):
            return
        yield fixed["incident_s"], Rank.INCIDENT
        if state == "hidden":
            yield fixed["faded_s"], Rank.FADE
        if state == "withdrawn":
            yield case.withdrawn_s + fixed["withdrawn_fade_s"], Rank.FADE
        if state in ("on_the_way", "queue", "gap") and not case.bypassed:
            yield fixed["patience_s"], Rank.PATIENCE_END
        if state in ("queue", "gap") and self.handing_up.is_free_to_go(case):
            yield case.visits[-1].due_s, Rank.DEADLINE
        if state in ("on_the_way", "gap"):
            yield case.until_s, Rank.ARRIVAL

    def happen(self, case: Case, rank: int) -> None:
        """Let the next thing happen to a case that is not in a session, or its incident wherever it is."""
        if rank == Rank.SURFACING:
            case.state, case.fate, case.until_s = "on_the_way", Fate.OPEN, case.fixed["registered_s"]
        elif rank == Rank.INCIDENT:
            self.break_off(case)
        elif rank == Rank.FADE:
            fate = Fate.FADED if case.state == "hidden" else Fate.WITHDRAWN_FADED
            case.state, case.fate, case.fate_s = "ended", fate, self.now
        elif rank == Rank.PATIENCE_END:
            self.lose_patience(case)
        elif rank == Rank.BREACH:
            self.try_agreement(case)
        elif rank == Rank.FOLLOW_UP_DUE:
            self.look_after(case)
        elif rank == Rank.DEADLINE:
            self.escalate(case, Departure.ESCALATED_DEADLINE)
        elif case.state == "gap":
            self.join(case, case.next_slot)
        elif case.destination == AT_DESK:
            self.register(case)
        elif case.destination == LEFT_TO_PARTIES:
            self.hear_from_parties(case)
        else:
            self.arrive(case, int(case.destination))

    # --- the way in ---------------------------------------------------------------------------------------------------

    def register(self, case: Case) -> None:
        entry = case.fixed["entry_tier"]
        case.overall_due_s = int(self.protocol.overall_due_s[self.now // SECONDS_PER_DAY])
        slots = self.slots(case, entry)
        first_is_intake = bool(slots) and self.place.mode[slots[0]] == SessionMode.INTAKE
        if self.triage.rule == TriageRule.LOWEST_FIRST:
            self.arrive(case, 0)
        elif self.triage.rule == TriageRule.BY_CHANNEL:
            self.arrive(case, entry)
        elif self.triage.after_intake and first_is_intake:
            case.registered_at = entry
            self.arrive(case, entry)
        elif self.grade(case, entry) == Grade.MICRO and self.triage.self_s != NEVER_S:
            self.send(case, LEFT_TO_PARTIES, self.triage.self_s)
        else:
            self.arrive(case, self.graded_tier(case, entry))

    def hear_from_parties(self, case: Case) -> None:
        if self.age_s(case) <= case.fixed["self_settle_until_age_s"]:
            self.end(case, Fate.SETTLED)
        else:
            self.arrive(case, int(self.triage.grade_tier[Grade.SMALL]))

    def grade(self, case: Case, tier: int) -> int:
        limits = case.fixed["grade_until_age_s"][tier]
        return sum(self.age_s(case) > limit for limit in limits)

    def graded_tier(self, case: Case, tier: int) -> int:
        return int(self.triage.grade_tier[self.grade(case, tier)])

    def age_s(self, case: Case) -> int:
        return self.now - int(case.fixed["emerged_s"])

    # --- at a tier ----------------------------------------------------------------------------------------------------

    def arrive(self, case: Case, tier: int) -> None:
        home = case.fixed["home_unit"]
        tier_due_s = int(self.protocol.tier_due_s[tier][self.now // SECONDS_PER_DAY])
        overall_due_s = case.overall_due_s if case.overall_due_s > self.now else NEVER_S
        nth = sum(visit.tier == tier and visit.episode == case.episode for visit in case.visits)
        unit = self.place.unit(tier, home)
        number, due_s = len(case.visits), min(tier_due_s, overall_due_s)
        case.visits.append(Visit(number, case.episode, tier, unit, nth, self.now, tier_due_s, due_s))
        case.tier = tier
        slots = self.slots(case, tier)
        if not slots and tier == self.place.top:
            self.leave(case, Departure.ADJUDICATED)
            self.end(case, Fate.ADJUDICATED)
        elif not slots:
            self.leave(case, Departure.PASSED_THROUGH)
            self.arrive(case, tier + 1)
        elif self.belongs_below(case, tier):
            case.returned = True
            self.leave(case, Departure.RETURNED_DOWN)
            self.send(case, self.lowest_staffed(case), self.handover_delay_s(case))
        else:
            self.join(case, slots[0])

    def belongs_below(self, case: Case, tier: int) -> bool:
        if not self.triage.may_return[tier] or not case.from_below or case.returned or case.bypassed:
            return False
        return self.graded_tier(case, tier) < tier and self.lowest_staffed(case) < tier

    def join(self, case: Case, slot: int) -> None:
        if self.handing_up.is_turned_away(case, slot):
            self.hand_over(case, Departure.REFERRED_BY_LOAD, case.tier + 1, turned_away_from=slot)
            return
        visit = case.visits[-1]
        key = (self.queue_class(case, visit.tier), self.due_in_key(visit), self.now, case.fixed["dispute_id"], 0)
        case.request = self.queue(case, Purpose.CASEWORK, slot, key)
        case.state = "queue"
        if self.place.mode[slot] == SessionMode.MEETING:
            case.request.docket = (slot, case.request.choices[0][0])
        if self.place.mode[slot] == SessionMode.PANEL:
            case.request.chairs = self.chairs(case, slot, visit.nth)

    def chairs(self, case: Case, slot: int, nth: int) -> list[tuple[int, int]]:
        """Who shall sit at a panel: the lead and each other group that comes, taken from the top tier down."""
        lead, *others = self.place.options(slot)
        comes = case.fixed["attends"]
        coming = [option for option in others if comes[nth * self.place.option_count + option]]
        home = case.fixed["home_unit"]
        sitting = [(self.place.pool(option, home), option) for option in [lead, *coming]]
        first = self.first_handler(case) if self.protocol.first_handler_bonus_logit is not None else NOWHERE
        if first != NOWHERE and first not in [pool for pool, _ in sitting]:
            sitting.append((first, NOWHERE))
        return sorted(sitting, key=lambda chair: self.place.from_the_top(chair[0]))

    def first_handler(self, case: Case) -> int:
        """The pool that held the first session of the episode, if that was at a tier below this one."""
        own = [r for r in self.requests if r.case is case and r.visit.episode == case.episode]
        held = [r for r in own if r.purpose == Purpose.CASEWORK and r.started_s < NEVER_S]
        return held[0].pool if held and held[0].visit.tier < case.tier else NOWHERE

    def queue(self, case: Case, purpose: Purpose, slot: int, key: tuple[int, ...]) -> Request:
        choices = self.place.choices(slot, case.fixed["home_unit"])
        request = Request(case, case.visits[-1], purpose, slot, key, self.now, choices)
        self.requests.append(request)
        return request

    def queue_class(self, case: Case, tier: int) -> int:
        if not self.protocol.class_by_difficulty:
            return int(self.protocol.category_class[case.fixed["category"]])
        passed = sum(self.age_s(case) > limit for limit in case.fixed["class_until_age_s"][tier])
        return int(self.protocol.difficulty_class[passed])

    def due_in_key(self, visit: Visit) -> int:
        return visit.due_s if self.protocol.earliest_due else 0

    def slots(self, case: Case, tier: int) -> list[int]:
        return self.place.slots(tier, case.fixed["home_unit"], case.fixed["category"])

    def lowest_staffed(self, case: Case) -> int:
        return self.place.lowest_staffed(case.fixed["home_unit"], case.fixed["category"])

    # --- posts --------------------------------------------------------------------------------------------------------

    def end_session(self, request: Request) -> None:
        case, visit = request.case, request.visit
        request.outcome = RequestOutcome.NOT_SETTLED
        if request.purpose != Purpose.CASEWORK or case.request is not request or case.state != "session":
            return
        is_intake = self.place.mode[request.slot] == SessionMode.INTAKE
        is_helped = any(option == NOWHERE for _, option in request.chairs)
        tests = case.fixed["settle_with_handler_until_age_s" if is_helped else "settle_until_age_s"]
        limit_s = tests[visit.nth * self.place.option_count + request.option]
        if not is_intake and request.started_s - case.fixed["emerged_s"] <= limit_s:
            request.outcome = RequestOutcome.SETTLED
            self.leave(case, Departure.SETTLED)
            self.end(case, Fate.SETTLED)
        elif case.fixed["incident_s"] <= self.now:
            self.break_off(case)
        else:
            if case.fixed["patience_s"] <= self.now and not case.bypassed:
                self.lose_patience(case)
            if case.state == "session":
                self.go_on(case, request, is_intake)

    def go_on(self, case: Case, request: Request, is_intake: bool) -> None:
        """After a session that settled nothing, while the parties bear with it."""
        visit = case.visits[-1]
        slots = self.slots(case, visit.tier)
        is_last = request.slot == slots[-1]
        named = self.diagnosis(case, visit) if is_intake else NOWHERE
        if visit.due_s <= self.now and self.handing_up.is_free_to_go(case):
            self.escalate(case, Departure.ESCALATED_DEADLINE)
        elif named > visit.tier:
            self.hand_over(case, Departure.REFERRED_UP, named)
        elif is_last:
            self.escalate(case, Departure.ESCALATED_EXHAUSTED)
        else:
            case.next_slot = slots[slots.index(request.slot) + 1]
            case.until_s = self.now + case.fixed["gap_s"][visit.nth * self.place.slot_count + case.next_slot]
            case.state = "gap"

    def diagnosis(self, case: Case, visit: Visit) -> int:
        is_first = all(earlier.episode < case.episode for earlier in case.visits[: visit.number])
        is_where_registered = case.registered_at == visit.tier and is_first
        return self.graded_tier(case, visit.tier) if is_where_registered else NOWHERE

    # --- the ways out -------------------------------------------------------------------------------------------------

    def leave(self, case: Case, departure: Departure) -> None:
        """Leave the tier, and the queue if the case is in it."""
        if case.state == "queue" and case.request is not None:
            case.request.outcome, case.request.left_s = RequestOutcome.LEFT_QUEUE, self.now
            for seat in case.request.seats:
                seat.released_s = self.now
        case.visits[-1].left_s, case.visits[-1].departure = self.now, departure

    def end(self, case: Case, fate: Fate) -> None:
        case.state, case.fate, case.fate_s = "ended", fate, self.now
        if fate == Fate.SETTLED:
            self.begin_to_look_after(case)

    def break_off(self, case: Case) -> None:
        if case.state in ("queue", "session", "gap"):
            self.leave(case, Departure.INCIDENT)
        if case.state == "withdrawn":
            case.tier = NOWHERE
        self.end(case, Fate.INCIDENT)

    def lose_patience(self, case: Case) -> None:
        choice, is_at_tier = case.fixed["patience_choice"], case.state != "on_the_way"
        if is_at_tier and choice == PatienceChoice.BYPASS and case.tier == self.place.top:
            case.bypassed = True
            return
        if is_at_tier:
            self.leave(case, (Departure.WITHDRAWN, Departure.LITIGATED, Departure.BYPASSED)[choice])
        if choice == PatienceChoice.BYPASS:
            case.bypassed = True
            self.send(case, self.place.top, case.fixed["petition_delay_s"])
        elif choice == PatienceChoice.LITIGATE:
            self.end(case, Fate.LITIGATED)
        else:
            self.end(case, Fate.WITHDRAWN)
            case.state, case.withdrawn_s = "withdrawn", self.now

    def escalate(self, case: Case, departure: Departure) -> None:
        if case.tier == self.place.top:
            self.leave(case, Departure.ADJUDICATED)
            self.end(case, Fate.ADJUDICATED)
        else:
            self.hand_over(case, departure, case.tier + 1)

    def hand_over(self, case: Case, departure: Departure, tier: int, turned_away_from: int = NOWHERE) -> None:
        case.from_below = True
        returns_after_s = self.handing_up.returns_after_s(case)
        if returns_after_s is not None:
            self.leave(case, Departure.PAPER_SETTLED)
            self.send(case, case.tier + 1, returns_after_s)
            return
        self.leave(case, departure)
        if self.protocol.handover_effort_s > 0:
            self.ask_for_paperwork(case, turned_away_from)
        self.send(case, tier, self.handover_delay_s(case))

    def ask_for_paperwork(self, case: Case, turned_away_from: int) -> None:
        """Ask the staff of the session that the case was last in, waiting for or turned away from, in its class."""
        visit, slot = case.visits[-1], turned_away_from
        kind = (self.queue_class(case, visit.tier), self.due_in_key(visit))
        if slot == NOWHERE:
            assert case.request is not None
            slot, kind = case.request.slot, (case.request.key[0], case.request.key[1])
        case.paperworks += 1
        self.queue(case, Purpose.HANDOVER, slot, (*kind, self.now, case.fixed["dispute_id"], case.paperworks))

    def handover_delay_s(self, case: Case) -> int:
        visit = case.visits[-1]
        return int(case.fixed["handover_delay_s"][visit.nth * (self.place.top + 1) + visit.tier])

    def send(self, case: Case, destination: str | int, delay_s: int) -> None:
        case.state, case.destination, case.until_s = "on_the_way", destination, self.now + delay_s
        if isinstance(destination, int):
            case.tier = destination
