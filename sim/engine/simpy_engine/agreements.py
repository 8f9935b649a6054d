"""After a settlement: follow-up visits (回访), the trial of the agreement, and the next episode if it breaks."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from sim.engine import rules
from sim.engine.simpy_engine.batch_rows import BatchRows
from sim.engine.simpy_engine.cases import Case, Choice, Key, Request, Visit
from sim.engine.simpy_engine.environment import Instant, OrderedEnvironment, Waiting
from sim.engine.simpy_engine.network import Network
from sim.vocabulary import NOWHERE, Departure, Grade, Purpose, Rank, ReopenAt, RequestOutcome

LOWEST_CLASS: Final = 2**31 - 1
"""Follow-up visits wait behind every case."""

RANK_BREACH = int(Rank.BREACH)
RANK_FOLLOW_UP_DUE = int(Rank.FOLLOW_UP_DUE)
DEPARTURE_SETTLED = int(Departure.SETTLED)
OUTCOME_WAITING = int(RequestOutcome.WAITING)
OUTCOME_LEFT_QUEUE = int(RequestOutcome.LEFT_QUEUE)
OUTCOME_SKIPPED = int(RequestOutcome.SKIPPED)
PURPOSE_FOLLOW_UP = int(Purpose.FOLLOW_UP)

Ask = Callable[[Key, Case, Visit, int, int, list[Choice]], Request]
"""Puts a request into queues: key, case, visit, purpose, slot, choices."""


@dataclass(slots=True)
class _Agreement:
    """An agreement reached in a session, with the follow-up visits asked for so far."""

    case: Case
    visit: Visit
    session: Request
    is_broken: bool = False
    follow_ups: list[Request] = field(default_factory=list)


class Agreements:
    """Watches over what cases have settled."""

    def __init__(self, env: OrderedEnvironment, network: Network, rows: BatchRows, ask: Ask) -> None:
        self.env = env
        self.network = network
        self.rows = rows
        self.ask = ask
        self.broken: list[tuple[int, ...]] = []

    def uphold(self, case: Case) -> Waiting:
        """Visit the parties of a settled case and wait for the trial of their agreement; return whether it broke."""
        agreement = self._plan_follow_ups(case)
        if case.episode + 1 >= self.network.max_episodes:
            return False
        after_s = self.rows.breach_after_s[case.episode][case.row]
        tried_s = rules.instant_after(case.fate_s, after_s)
        if tried_s >= self.env.horizon_s:
            return False
        yield Instant(self.env, tried_s, RANK_BREACH, case.dispute_id)
        if self._holds(case, agreement):
            return False
        self.broken.append((case.row, case.episode, case.fate_s, case.tier, self.env.second, int(case.is_bypassed)))
        if agreement is not None:
            self._void(agreement)
        return True

    def begin_next_episode(self, case: Case) -> int:
        """Reopen a case whose agreement has broken; return the tier that takes it up, NOWHERE if triage names it."""
        settling_tier = case.tier if case.tier != NOWHERE else self.network.grade_tier[Grade.SMALL]
        self.rows.begin_next_episode(case, self.env.second)
        if self.network.reopen_at == ReopenAt.TRIAGE:
            return NOWHERE
        return rules.reopening_tier(self.network.reopen_at, settling_tier, self.network.top)

    def _holds(self, case: Case, agreement: _Agreement | None) -> bool:
        """Whether an agreement holds, by the age at which it was reached and the visits completed since."""
        settled_age_s = case.fate_s - case.emerged_s
        completed = 0
        if case.visits and case.visits[-1].departure == DEPARTURE_SETTLED:
            session = case.visits[-1].request
            assert session is not None
            settled_age_s = session.started_s - case.emerged_s
        if agreement is not None:
            now = self.env.second
            completed = sum(rules.is_visit_completed(r.started_s, r.ended_s, now) for r in agreement.follow_ups)
        column = case.episode * (len(self.network.follow_up_after_s) + 1) + completed
        return rules.passes(settled_age_s, self.rows.holds_until_age_s[column][case.row])

    def _plan_follow_ups(self, case: Case) -> _Agreement | None:
        """Note when visits are due; none where the parties settled the matter themselves."""
        if not self.network.follow_up_after_s or not case.visits:
            return None
        visit = case.visits[-1]
        assert visit.request is not None
        agreement = _Agreement(case, visit, visit.request)
        for after_s in self.network.follow_up_after_s:
            due = Instant(self.env, case.fate_s + after_s, RANK_FOLLOW_UP_DUE, case.dispute_id)
            due.callbacks.append(lambda _: self._ask(agreement))
        return agreement

    def _ask(self, agreement: _Agreement) -> None:
        """Ask the pool that settled the case for a visit, and plan to skip it if that takes too long."""
        if agreement.is_broken:
            return
        case, session, now = agreement.case, agreement.session, self.env.second
        case.follow_ups += 1
        key = (LOWEST_CLASS, 0, now, case.dispute_id, case.follow_ups)
        choices = [(session.pool, session.option)]
        request = self.ask(key, case, agreement.visit, PURPOSE_FOLLOW_UP, session.slot, choices)
        agreement.follow_ups.append(request)
        skip_s = self.network.pools[session.pool].clock.finish_s(now, self.network.skip_after_s)
        skipping = Instant(self.env, skip_s, RANK_FOLLOW_UP_DUE, case.dispute_id)
        skipping.callbacks.append(lambda _: self._leave(request, OUTCOME_SKIPPED))

    def _void(self, agreement: _Agreement) -> None:
        """Call off the visits that have not begun."""
        agreement.is_broken = True
        for request in agreement.follow_ups:
            self._leave(request, OUTCOME_LEFT_QUEUE)

    def _leave(self, request: Request, outcome: int) -> None:
        if request.outcome == OUTCOME_WAITING:
            request.outcome, request.left_s = outcome, self.env.second
