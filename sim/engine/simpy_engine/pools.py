"""Pools of posts, the requests that wait for them, and the dispatch that gives posts out once a second.

SimPy's own resources grant at once, in the order in which requests happen to be made, and keep a post for a request
whose case leaves in the same second; the model gives posts out after everything else that happens in a second.
"""

from collections.abc import Callable
from heapq import heapify, heappop, heappush

from sim.engine.simpy_engine.cases import Choice, Key, Request
from sim.engine.simpy_engine.environment import Instant, OrderedEnvironment
from sim.jurisdiction.work_clock import ClockReader
from sim.vocabulary import Rank, RequestOutcome

# Plain integers: on Python 3.11 a look-up in an enumeration takes longer than most steps below.
OUTCOME_WAITING = int(RequestOutcome.WAITING)
OUTCOME_IN_SESSION = int(RequestOutcome.IN_SESSION)
OUTCOME_NOT_SETTLED = int(RequestOutcome.NOT_SETTLED)
RANK_INCIDENT = int(Rank.INCIDENT)
RANK_SESSION_END = int(Rank.SESSION_END)


Waiting = tuple[Key, int, Request]
"""A place in a queue. Two with one key only meet when one of them waits no more, so the number decides nothing."""


class Pool:
    """The posts of one staff group that serve one block of units, and the requests waiting for them.

    `leaving` are busy posts that stand vacant once they are given back.
    """

    __slots__ = ("clock", "filled", "free_posts", "index", "is_opening_planned", "is_touched", "leaving", "queue")

    def __init__(self, index: int, posts: int, clock: ClockReader) -> None:
        self.index = index
        self.free_posts = list(range(posts))
        self.filled = posts
        self.leaving: set[int] = set()
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
        for index, _ in request.choices:
            pool = self.pools[index]
            heappush(pool.queue, (request.key, request.number, request))
            self.touch(pool)

    def waiting_at(self, choices: list[Choice]) -> int:
        """Return how many requests wait at any of some pools, each counted once."""
        waiting = (
            number
            for index, _ in choices
            for _, number, request in self.pools[index].queue
            if request.outcome == OUTCOME_WAITING
        )
        return len(set(waiting))

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
        for index, option in request.choices:
            pool = self.pools[index]
            if pool.free_posts and pool.clock.is_open(now):
                self._start(request, pool, option, now)
                return

    def _start(self, request: Request, pool: Pool, option: int, now: int) -> None:
        request.outcome = OUTCOME_IN_SESSION
        request.pool, request.post, request.option = pool.index, heappop(pool.free_posts), option
        request.occupation_s, request.effort_s, request.travel_s = self.durations(request, option)
        request.started_s = now
        request.ended_s = pool.clock.finish_s(now, request.occupation_s)
        self._plan_end(request)

    def _plan_end(self, request: Request) -> None:
        """Let a session that starts now end, and its case go on then or at an incident before."""
        ended_s = request.ended_s
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
        self.give_back(self.pools[request.pool], request.post)

    def give_back(self, pool: Pool, post: int) -> None:
        """Make a post free for the next request, unless it stands vacant from now on."""
        if pool.leaving and post in pool.leaving:
            pool.leaving.discard(post)
            return
        heappush(pool.free_posts, post)
        self.touch(pool)
