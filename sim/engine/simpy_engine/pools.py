"""Pools of posts, the requests that wait for them, and the dispatch that gives posts out once a second.

SimPy's own resources grant at once, in the order in which requests happen to be made, and keep a post for a request
whose case leaves in the same second; the model gives posts out after everything else that happens in a second.
"""

from collections.abc import Callable
from heapq import heapify, heappop, heappush
from typing import Any

from simpy import Event

from sim.engine.simpy_engine.cases import Visit
from sim.engine.simpy_engine.environment import Instant, OrderedEnvironment
from sim.jurisdiction.work_clock import ClockReader
from sim.vocabulary import NEVER_S, NOWHERE, Rank, RequestOutcome

Key = tuple[int, int, int, int, int]
"""(class, due second or 0, second of joining, dispute id, 0 for the case or the number of its handover)."""

Choice = tuple["Pool", int]
"""A pool that may serve a request, and the option (a column of the batch) that it stands for."""

# Plain integers: on Python 3.11 a look-up in an enumeration takes longer than most steps below.
OUTCOME_WAITING = int(RequestOutcome.WAITING)
OUTCOME_LEFT_QUEUE = int(RequestOutcome.LEFT_QUEUE)
OUTCOME_IN_SESSION = int(RequestOutcome.IN_SESSION)
OUTCOME_NOT_SETTLED = int(RequestOutcome.NOT_SETTLED)
RANK_INCIDENT = int(Rank.INCIDENT)
RANK_SESSION_END = int(Rank.SESSION_END)
RANK_STARTED = int(Rank.STARTED)


class Request(Event):
    """A request that waits in the queue of every pool that may serve it, with one key, and takes the first post given.

    As an event it happens when the case is free again: the session has ended, an incident has broken it off, or the
    case has left the queue; `over_by` is the rank of what it was. `choices` are in order of preference.
    """

    # Defaults set once for the class, and no Event.__init__: there is a request for every session.
    _ok = True
    _value = None
    outcome: int = OUTCOME_WAITING
    over_by: int = NOWHERE
    pool: int = NOWHERE
    post: int = NOWHERE
    option: int = NOWHERE
    started_s: int = NEVER_S
    ended_s: int = NEVER_S
    left_s: int = NEVER_S
    occupation_s: int = 0
    effort_s: int = 0
    travel_s: int = 0

    def __init__(
        self,
        env: OrderedEnvironment,
        number: int,
        key: Key,
        row: int,
        visit: Visit,
        purpose: int,
        slot: int,
        choices: list[Choice],
        incident_s: int,
    ) -> None:
        self.env: OrderedEnvironment = env
        self.callbacks: list[Callable[[Any], None]] = []
        self.number = number
        self.key = key
        self.row = row
        self.joined_s = key[2]
        self.visit = visit
        self.purpose = purpose
        self.slot = slot
        self.choices = choices
        self.incident_s = incident_s

    def leave_queue(self, exit_event: Event) -> None:
        """Take the case out of the queue, unless it has been served already."""
        if self.outcome == OUTCOME_WAITING:
            self.outcome = OUTCOME_LEFT_QUEUE
            self.left_s = self.env.second
            self.over_by = exit_event._value
            self.env.schedule_at(self, self.left_s, RANK_STARTED, self.key[3])


Waiting = tuple[Key, int, Request]
"""A place in a queue; the request's running number parts equal keys, one of which is then a request no longer waiting."""


class Pool:
    """The posts of one staff group that serve one block of units, and the requests waiting for them."""

    __slots__ = ("clock", "free_posts", "index", "is_opening_planned", "is_touched", "queue")

    def __init__(self, index: int, posts: int, clock: ClockReader) -> None:
        self.index = index
        self.free_posts = list(range(posts))
        self.clock = clock
        self.queue: list[Waiting] = []
        self.is_touched = False
        self.is_opening_planned = False

    def head(self) -> Waiting | None:
        """Return the first request still waiting, forgetting those that were served elsewhere or left."""
        queue = self.queue
        while queue and queue[0][2].outcome != OUTCOME_WAITING:
            heappop(queue)
        return queue[0] if queue else None


Durations = Callable[[Request, int], tuple[int, int, int]]
"""What an option would take to serve a request: seconds of occupation, effort and travel."""


class Dispatcher:
    """Gives posts out, once in every second in which something touched a pool, in the order of keys over all pools."""

    def __init__(self, env: OrderedEnvironment, pools: list[Pool], durations: Durations) -> None:
        self.env = env
        self.pools = pools
        self.durations = durations
        self.touched: list[Pool] = []

    def join(self, request: Request) -> None:
        """Put a request into the queue of every pool that may serve it."""
        for pool, _ in request.choices:
            heappush(pool.queue, (request.key, request.number, request))
            self.touch(pool)

    def touch(self, pool: Pool) -> None:
        """Note that a pool may have a post to give."""
        if pool.is_touched or not pool.queue or not pool.free_posts:
            return
        self.env.before_next_second = self.dispatch
        pool.is_touched = True
        self.touched.append(pool)

    def dispatch(self) -> None:
        """Serve the waiting requests of the touched pools in the order of their keys."""
        now = self.env.second
        touched, self.touched = self.touched, []
        ready = [pool for pool in touched if self._is_ready(pool, now)]
        if len(ready) > 1:
            self._serve_by_key(ready, now)
        for pool in ready:
            while pool.free_posts and pool.head() is not None:
                self._serve(pool.queue, now)

    def _is_ready(self, pool: Pool, now: int) -> bool:
        """Whether a touched pool can serve somebody now; a closed one plans its opening."""
        pool.is_touched = False
        if not pool.free_posts or pool.head() is None:
            return False
        if not pool.clock.is_open(now):
            self._plan_opening(pool, now)
            return False
        return True

    def _serve_by_key(self, ready: list[Pool], now: int) -> None:
        """Serve several pools in one order of keys, since a request may wait at more than one."""
        heads = [(pool.queue[0][0], pool.index) for pool in ready]
        heapify(heads)
        while heads:
            key, index = heappop(heads)
            pool = self.pools[index]
            head = pool.head()
            if head is not None and pool.free_posts and head[0] == key:
                self._serve(pool.queue, now)
                head = pool.head()
            if head is not None and pool.free_posts:
                heappush(heads, (head[0], index))

    def _plan_opening(self, pool: Pool, now: int) -> None:
        if not pool.is_opening_planned:
            pool.is_opening_planned = True
            opening = Instant(self.env, pool.clock.next_open_s(now), Rank.OPENING, pool.index)
            opening.callbacks.append(lambda _: self._open(pool))

    def _open(self, pool: Pool) -> None:
        pool.is_opening_planned = False
        if pool.head() is not None:
            self.touch(pool)

    def _serve(self, queue: list[Waiting], now: int) -> None:
        """Start the session of a queue's first request with a post of its earliest listed pool that is ready."""
        _, _, request = heappop(queue)
        for pool, option in request.choices:  # noqa: B007 -- some pool is ready: the one whose queue this is
            if pool.free_posts and pool.clock.is_open(now):
                break
        request.outcome = OUTCOME_IN_SESSION
        request.pool, request.post, request.option = pool.index, heappop(pool.free_posts), option
        request.occupation_s, request.effort_s, request.travel_s = self.durations(request, option)
        request.started_s = now
        request.ended_s = ended_s = pool.clock.finish_s(now, request.occupation_s)
        if request.incident_s < ended_s:
            request.over_by = RANK_INCIDENT
            self.env.schedule_at(request, request.incident_s, RANK_INCIDENT, request.key[3])
            end = Instant(self.env, ended_s, RANK_SESSION_END, request.key[3])
            end.callbacks.append(lambda _: self._release(request))
        else:
            request.over_by = RANK_SESSION_END
            self.env.schedule_at(request, ended_s, RANK_SESSION_END, request.key[3])
            request.callbacks.insert(0, self._release)

    def _release(self, request: Request) -> None:
        request.outcome = OUTCOME_NOT_SETTLED
        pool = self.pools[request.pool]
        heappush(pool.free_posts, request.post)
        self.touch(pool)
