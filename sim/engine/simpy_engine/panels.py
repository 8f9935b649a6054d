"""Sessions of several groups at once: posts are taken one after the other, and held until all have come."""

from heapq import heappop, heappush

from simpy import Event

from sim.engine.simpy_engine.cases import Case, Choice, Key, Request, Visit
from sim.engine.simpy_engine.environment import OrderedEnvironment
from sim.engine.simpy_engine.joint_requests import JointRequest, Seat
from sim.engine.simpy_engine.pools import OUTCOME_IN_SESSION, OUTCOME_NOT_SETTLED, OUTCOME_WAITING, Dispatcher, Pool
from sim.vocabulary import NOWHERE


class Panel(JointRequest):
    """A request for a post of each of several pools, which waits at one pool at a time and holds what it has.

    Everybody takes posts in one order over all pools, so that no two can wait for each other's.
    """

    def __init__(
        self,
        dispatcher: "PanelDispatcher",
        number: int,
        key: Key,
        case: Case,
        visit: Visit,
        slot: int,
        members: list[Choice],
        lead: Choice,
    ) -> None:
        env: OrderedEnvironment = dispatcher.env
        super().__init__(env, number, key, case, visit, slot, members, lead)
        self.choices = members[:1]
        self.dispatcher = dispatcher

    def take(self, pool: Pool, now: int) -> None:
        """Take a post of the pool that comes next, and wait for the one after it."""
        self.seats.append(Seat(pool.index, heappop(pool.free_posts), self.choices[0][1], now))
        self.choices = self.members[len(self.seats) :][:1]

    def leave_queue(self, exit_event: Event) -> None:
        """Take the case out of the queue, and let those go who have waited with it."""
        if self.outcome == OUTCOME_WAITING:
            super().leave_queue(exit_event)
            self.dispatcher.release_seats(self)


class PanelDispatcher(Dispatcher):
    """Gives posts out, to panels one by one in a single pass."""

    def _start(self, request: Request, pool: Pool, option: int, now: int) -> None:
        if not isinstance(request, Panel):
            super()._start(request, pool, option, now)
            return
        request.take(pool, now)
        while request.choices:
            pool = self.pools[request.choices[0][0]]
            if not pool.free_posts or not pool.clock.is_open(now):
                self._wait_at(request, pool, now)
                return
            request.take(pool, now)
        self._begin(request, now)

    def _wait_at(self, panel: Panel, pool: Pool, now: int) -> None:
        heappush(pool.queue, (panel.key, panel.number, panel))
        if pool.free_posts:
            self._plan_opening(pool, now)

    def _begin(self, panel: Panel, now: int) -> None:
        """Start a panel whose last member has come: all sit until the longest occupation has passed."""
        panel.outcome, panel.started_s = OUTCOME_IN_SESSION, now
        listed = [seat for seat in panel.seats if seat.option != NOWHERE]
        for seat in listed:
            seat.occupation_s, seat.effort_s, seat.travel_s = self.durations(panel, seat.option)
        panel.occupation_s = max(seat.occupation_s for seat in listed)
        for seat in panel.seats:
            if seat.option == NOWHERE:  # the first handler, who sits with the rest from beginning to end
                seat.occupation_s, seat.effort_s = panel.occupation_s, listed[0].effort_s
        panel.effort_s = sum(seat.effort_s for seat in panel.seats)
        panel.travel_s = sum(seat.travel_s for seat in panel.seats)
        panel.pool, panel.option = panel.lead
        panel.post = next(seat.post for seat in panel.seats if seat.pool == panel.pool)
        panel.ended_s = self.pools[panel.pool].clock.finish_s(now, panel.occupation_s)
        for seat in panel.seats:
            seat.released_s = panel.ended_s
        self._plan_end(panel)

    def _release(self, request: Request) -> None:
        if not isinstance(request, Panel):
            super()._release(request)
            return
        request.outcome = OUTCOME_NOT_SETTLED
        self.release_seats(request)

    def release_seats(self, panel: Panel) -> None:
        """Give back every post that a panel holds."""
        for seat in panel.seats:
            seat.released_s = self.env.second
            self.give_back(self.pools[seat.pool], seat.post)
