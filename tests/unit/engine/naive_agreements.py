"""What the naive model does after a settlement: visits, the trial of the agreement, the next episode."""

from collections.abc import Iterator

from sim.protocol.contract import Protocol
from sim.vocabulary import NEVER_S, NOWHERE, SECONDS_PER_DAY, Fate, Grade, Purpose, Rank, ReopenAt, RequestOutcome
from tests.unit.engine.naive_cases import Case, Request
from tests.unit.engine.naive_chances import chances_of_episode
from tests.unit.engine.naive_place import Place

FOLLOW_UP_CLASS = 2**31 - 1


class AfterSettlement:
    """The part of the naive model that looks after settled cases."""

    place: Place
    protocol: Protocol
    requests: list[Request]
    now: int

    def register(self, case: Case) -> None:
        raise NotImplementedError

    def arrive(self, case: Case, tier: int) -> None:
        raise NotImplementedError

    def possible_after_settlement(self, case: Case) -> Iterator[tuple[int, int]]:
        """Visits due, visits that wait too long, and the trial of the agreement."""
        yield from ((due_s, Rank.FOLLOW_UP_DUE) for due_s in case.follow_ups_due_s)
        waiting = [request for request in case.follow_ups if request.outcome == RequestOutcome.WAITING]
        yield from ((self.skip_s(request), Rank.FOLLOW_UP_DUE) for request in waiting)
        if case.state == "settled":
            yield case.fate_s + case.fixed["breach_after_s"], Rank.BREACH

    def begin_to_look_after(self, case: Case) -> None:
        after = self.protocol.after_settlement
        if case.episode < after.max_episodes - 1:
            case.state = "settled"
        if case.visits and case.visits[-1].episode == case.episode:
            case.follow_ups_due_s = [self.now + after_s for after_s in after.follow_up_after_s.tolist()]

    def look_after(self, case: Case) -> None:
        """Ask for the visits due now and skip those that have waited too long."""
        for request in case.follow_ups:
            if request.outcome == RequestOutcome.WAITING and self.skip_s(request) == self.now:
                request.outcome, request.left_s = RequestOutcome.SKIPPED, self.now
        while self.now in case.follow_ups_due_s:
            case.follow_ups_due_s.remove(self.now)
            settling = case.request
            assert settling is not None
            case.follow_up_number += 1
            key = (FOLLOW_UP_CLASS, 0, self.now, case.fixed["dispute_id"], case.follow_up_number)
            request = Request(case, case.visits[-1], Purpose.FOLLOW_UP, settling.slot, key, self.now, [])
            request.choices = [(settling.pool, settling.option)]
            self.requests.append(request)
            case.follow_ups.append(request)

    def measure_follow_up(self, request: Request, group: int) -> None:
        after, home = self.protocol.after_settlement, request.case.fixed["home_unit"]
        request.effort_s = after.follow_up_effort_s
        request.travel_s = int(after.follow_up_travel_s[group][home])
        request.occupation_s = int(after.follow_up_occupation_s[group][home])

    def skip_s(self, request: Request) -> int:
        pool, _ = request.choices[0]
        return self.place.finish_s(pool, request.joined_s, self.protocol.after_settlement.skip_after_s)

    def try_agreement(self, case: Case) -> None:
        """The instant at which an agreement shows whether it holds."""
        case.state = "ended"
        by_parties = not case.visits or case.visits[-1].episode < case.episode
        agreed_s = case.fate_s if by_parties or case.request is None else case.request.started_s
        done = (RequestOutcome.NOT_SETTLED,)
        completed = sum(visit.outcome in done and visit.ended_s <= self.now for visit in case.follow_ups)
        if agreed_s - case.fixed["emerged_s"] <= case.fixed["holds_until_age_s"][completed]:
            return
        for request in case.follow_ups:
            if request.outcome == RequestOutcome.WAITING:
                request.outcome, request.left_s = RequestOutcome.LEFT_QUEUE, self.now
        case.breaches.append((case.episode, case.fate_s, case.tier, self.now, case.bypassed))
        self.reopen(case, int(self.protocol.triage.grade_tier[Grade.SMALL]) if by_parties else case.tier)

    def reopen(self, case: Case, settling_tier: int) -> None:
        """Begin the next episode as if the dispute had just surfaced."""
        case.episode += 1
        case.fixed = chances_of_episode(self.place, case.drawn, case.episode, self.now)
        case.follow_ups, case.follow_ups_due_s = [], []
        case.fate, case.fate_s, case.tier = Fate.OPEN, NEVER_S, NOWHERE
        case.bypassed = case.returned = case.from_below = False
        case.registered_at = NOWHERE
        if self.protocol.after_settlement.reopen_at == ReopenAt.TRIAGE:
            self.register(case)
            return
        case.overall_due_s = int(self.protocol.overall_due_s[self.now // SECONDS_PER_DAY])
        is_above = self.protocol.after_settlement.reopen_at == ReopenAt.PARENT
        self.arrive(case, min(settling_tier + is_above, self.place.top))
