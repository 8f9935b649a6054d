"""Meetings: cases wait on a docket, and those that fit are heard one after the other when the next meeting opens."""

from heapq import heappop, heappush

from sim.engine.simpy_engine.cases import OUTCOME_WAITING, Request
from sim.engine.simpy_engine.environment import Instant, OrderedEnvironment
from sim.engine.simpy_engine.joint_requests import JointRequest, Seat
from sim.engine.simpy_engine.panels import PanelDispatcher
from sim.engine.simpy_engine.pools import OUTCOME_IN_SESSION, OUTCOME_NOT_SETTLED, Durations, Pool, Waiting
from sim.jurisdiction.work_clock import ClockReader
from sim.vocabulary import NOWHERE, Rank


class Hearing(JointRequest):
    """A request to be heard at a meeting: it waits on a docket and takes no post."""


class Docket:
    """The cases that wait for the meetings of one session under one lead's pool."""

    __slots__ = ("case_s", "clock", "lead_pool", "met_s", "planned_s", "waiting")

    def __init__(self, clock: ClockReader, case_s: int, lead_pool: int) -> None:
        self.clock = clock
        self.case_s = case_s
        self.lead_pool = lead_pool
        self.waiting: list[Waiting] = []
        self.met_s = NOWHERE
        self.planned_s = NOWHERE

    def has_waiting(self) -> bool:
        """Whether a case waits, forgetting those that left."""
        waiting = self.waiting
        while waiting and waiting[0][2].outcome != OUTCOME_WAITING:
            heappop(waiting)
        return bool(waiting)

    def take(self, places: int) -> list[Request]:
        """Take so many cases off the docket, the smallest keys first."""
        taken: list[Request] = []
        while len(taken) < places and self.has_waiting():
            taken.append(heappop(self.waiting)[2])
        return taken


class MeetingDispatcher(PanelDispatcher):
    """Gives posts out, and opens the meetings of which it is time."""

    def __init__(self, env: OrderedEnvironment, pools: list[Pool], durations: Durations) -> None:
        super().__init__(env, pools, durations)
        self.opened: list[Docket] = []

    def put_down(self, hearing: Hearing, docket: Docket) -> None:
        """Put a case on a docket."""
        heappush(docket.waiting, (hearing.key, hearing.number, hearing))
        self._plan_meeting(docket)

    def dispatch(self) -> None:
        """Serve those who wait for posts, then hear the dockets whose meeting opens now."""
        super().dispatch()
        opened, self.opened = self.opened, []
        for docket in opened:
            self._meet(docket)

    def _plan_meeting(self, docket: Docket) -> None:
        """Plan the next meeting's opening; one that has been held in this second is over for who comes after it."""
        now = self.env.second
        opens_s, _ = docket.clock.next_window(now + 1 if docket.met_s == now else now)
        if docket.planned_s != opens_s:
            docket.planned_s = opens_s
            opening = Instant(self.env, opens_s, Rank.OPENING, docket.lead_pool)
            opening.callbacks.append(lambda _: self._open_meeting(docket))

    def _open_meeting(self, docket: Docket) -> None:
        docket.planned_s = NOWHERE
        self.opened.append(docket)
        self.env.before_next_second = self.dispatch

    def _meet(self, docket: Docket) -> None:
        """Hear as many cases as there is room for, if the lead has anybody; the length is shared out over them."""
        if not docket.has_waiting():
            return
        now = docket.met_s = self.env.second
        if not self.pools[docket.lead_pool].filled:
            self._plan_meeting(docket)
            return
        _, closes_s = docket.clock.next_window(now)
        heard = docket.take((closes_s - now) // docket.case_s)
        if docket.has_waiting():
            self._plan_meeting(docket)
        for place, hearing in enumerate(heard):
            share_s, rest_s = divmod(closes_s - now, len(heard))
            self._hear(hearing, now, now + (place + 1) * docket.case_s, share_s if place else share_s + rest_s)

    def _hear(self, hearing: Request, now: int, ended_s: int, share_s: int) -> None:
        assert isinstance(hearing, Hearing)
        hearing.outcome, hearing.started_s, hearing.ended_s = OUTCOME_IN_SESSION, now, ended_s
        hearing.pool, hearing.option = hearing.lead
        hearing.seats = [
            Seat(pool, NOWHERE, option, now, ended_s, effort_s=share_s) for pool, option in hearing.members
        ]
        hearing.effort_s = share_s * len(hearing.seats)
        self._plan_end(hearing)

    def _release(self, request: Request) -> None:
        if isinstance(request, Hearing):
            request.outcome = OUTCOME_NOT_SETTLED
        else:
            super()._release(request)
