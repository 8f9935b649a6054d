"""Pools of posts, the requests that wait for them, and the dispatch that gives posts out once a second.

SimPy's own resources grant at once, in the order in which requests happen to be made, and keep a post for a request
whose case leaves in the same second; the model gives posts out after everything else that happens in a second.
"""

from collections.abc import Callable
from heapq import heapify, heappop, heappush

from simpy import Event
from simpy.events import PENDING

from sim.engine.simpy_engine.environment import Instant, OrderedEnvironment
from sim.jurisdiction.work_clock import ClockReader
from sim.vocabulary import NEVER_S, NOWHERE, Purpose, Rank, RequestOutcome

Key = tuple[int, int, int, int, int]
"""(class, due second or 0, second of joining, dispute id, 0 for the case or the number of its handover)."""

Choice = tuple["Pool", int, int, int, int]
"""(pool, option column, occupation, effort, travel), the last three in seconds."""


class Request(Event):
    """A request that waits in the queue of every pool that may serve it, with one key, and takes the first post given.

    `choices` are in order of preference. A paperwork request runs its course with no process waiting for it.
    """

    def __init__(
        self,
        env: OrderedEnvironment,
        key: Key,
        row: int,
        visit_number: int,
        purpose: Purpose,
        slot: int,
        choices: list[Choice],
    ) -> None:
        # Set here rather than by Event.__init__: this runs for every session.
        self.env = env
        self.callbacks: list[Callable[[Event], None]] = []
        self._value = PENDING
        self._defused = False
        self.key = key
        self.row = row
        self.visit_number = visit_number
        self.purpose = purpose
        self.slot = slot
        self.choices = choices
        self.outcome = RequestOutcome.WAITING
        self.pool = self.post = self.option = NOWHERE
        self.started_s = self.ended_s = self.left_s = NEVER_S
        self.occupation_s = self.effort_s = self.travel_s = 0
        self.session: Instant | None = None
        self.exit_rank = NOWHERE

    def fire(self, env: OrderedEnvironment) -> None:
        """Wake the case in this second, before any other event."""
        self._ok = True
        self._value = None
        env.schedule_at(self, env.second, Rank.STARTED, self.key[3])


class Pool:
    """The posts of one staff group that serve one block of units, and the requests waiting for them."""

    __slots__ = ("clock", "free_posts", "index", "is_opening_planned", "is_touched", "queue")

    def __init__(self, index: int, posts: int, clock: ClockReader) -> None:
        self.index = index
        self.free_posts = list(range(posts))
        self.clock = clock
        self.queue: list[tuple[Key, Request]] = []
        self.is_touched = False
        self.is_opening_planned = False

    def head(self) -> tuple[Key, Request] | None:
        """Return the first request still waiting, forgetting those that were served elsewhere or left."""
        queue = self.queue
        while queue and queue[0][1].outcome is not RequestOutcome.WAITING:
            heappop(queue)
        return queue[0] if queue else None


class Dispatcher:
    """Gives posts out, once in every second in which something touched a pool, in the order of keys over all pools."""

    def __init__(self, env: OrderedEnvironment, pools: list[Pool]) -> None:
        self.env = env
        self.pools = pools
        self.touched: list[Pool] = []

    def join(self, request: Request) -> None:
        """Put a request into the queue of every pool that may serve it."""
        for pool, *_ in request.choices:
            heappush(pool.queue, (request.key, request))
            self.touch(pool)

    def touch(self, pool: Pool) -> None:
        """Note that a pool may have a post to give."""
        if pool.is_touched or not pool.queue or not pool.free_posts:
            return
        if not self.touched:
            instant = Instant(self.env, self.env.second, Rank.DISPATCH, 0)
            instant.callbacks.append(self.dispatch)
        pool.is_touched = True
        self.touched.append(pool)

    def dispatch(self, _: Event) -> None:
        """Serve the waiting requests of the touched pools in the order of their keys."""
        now = self.env.second
        heads: list[tuple[Key, int]] = []
        for pool in self.touched:
            pool.is_touched = False
            head = pool.head()
            if head is None or not pool.free_posts:
                continue
            if pool.clock.is_open(now):
                heads.append((head[0], pool.index))
            else:
                self._plan_opening(pool, now)
        self.touched = []
        heapify(heads)
        while heads:
            key, index = heappop(heads)
            pool = self.pools[index]
            head = pool.head()
            if head is not None and pool.free_posts and head[0] == key:
                self._serve(head[1], now)
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

    def _serve(self, request: Request, now: int) -> None:
        """Start the session with the lowest-numbered free post of the earliest listed pool that has one."""
        pool, option, request.occupation_s, request.effort_s, request.travel_s = next(
            choice for choice in request.choices if choice[0].free_posts and choice[0].clock.is_open(now)
        )
        request.outcome = RequestOutcome.IN_SESSION
        request.pool, request.post, request.option = pool.index, heappop(pool.free_posts), option
        request.started_s = now
        request.ended_s = pool.clock.finish_s(now, request.occupation_s)
        request.session = Instant(self.env, request.ended_s, Rank.SESSION_END, request.key[3])
        request.session.callbacks.append(lambda _: self._release(pool, request))
        if request.purpose == Purpose.CASEWORK:
            request.fire(self.env)

    def _release(self, pool: Pool, request: Request) -> None:
        request.outcome = RequestOutcome.NOT_SETTLED
        heappush(pool.free_posts, request.post)
        self.touch(pool)
