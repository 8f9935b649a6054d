"""Dispatch against a brute-force reference: posts go out in the order of keys over all pools at once."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from simpy import Event

from sim.engine.simpy_engine.cases import Case, Request, Visit
from sim.engine.simpy_engine.environment import Instant, OrderedEnvironment
from sim.engine.simpy_engine.pools import Dispatcher, Pool
from sim.jurisdiction.contract import WorkClock
from sim.jurisdiction.work_clock import ClockReader
from sim.vocabulary import NEVER_S, PatienceChoice, Purpose, Rank

LAST_S = 40
HORIZON_S = 100
Windows = list[tuple[int, int]]
ALWAYS: Windows = [(0, NEVER_S)]
Service = tuple[int, int, int]
"""Second, pool and post of a start."""


@dataclass(frozen=True)
class Wish:
    """A request: when it joins, its class, its pools in order of preference, how long it takes, when it gives up."""

    joins_s: int
    queue_class: int
    pools: tuple[int, ...]
    takes_s: int
    leaves_s: int = NEVER_S


@dataclass(frozen=True)
class Office:
    """Pools with posts and opening hours, and the wishes in order of dispute id."""

    posts: list[int]
    windows: list[Windows]
    wishes: list[Wish] = field(default_factory=list)


def key(office: Office, number: int) -> tuple[int, int, int, int, int]:
    wish = office.wishes[number]
    return wish.queue_class, 0, wish.joins_s, number, 0


def by_brute_force(office: Office) -> list[Service | None]:
    """Second by second, and again while sessions take no time: the smallest key first, by whoever is free."""
    services: list[Service | None] = [None] * len(office.wishes)
    ends_s = [[0] * posts for posts in office.posts]
    for now in range(HORIZON_S):
        while served := one_dispatch(office, services, ends_s, now):
            for number, (_, pool, post) in served.items():
                ends_s[pool][post] = finish(office.windows[pool], now, office.wishes[number].takes_s)
                services[number] = served[number]
    return services


def one_dispatch(
    office: Office, services: list[Service | None], ends_s: list[list[int]], now: int
) -> dict[int, Service]:
    """Who starts now; a post once given is not free again before its session has ended, though that be at once."""
    free = {
        pool: [post for post, end_s in enumerate(ends) if end_s <= now]
        for pool, ends in enumerate(ends_s)
        if any(opens <= now < closes for opens, closes in office.windows[pool])
    }
    served: dict[int, Service] = {}
    while ready := [
        number
        for number, wish in enumerate(office.wishes)
        if services[number] is None and number not in served and wish.joins_s <= now < wish.leaves_s
        if any(free.get(pool) for pool in wish.pools)
    ]:
        first = min(ready, key=lambda number: key(office, number))
        pool = next(pool for pool in office.wishes[first].pools if free.get(pool))
        served[first] = (now, pool, free[pool].pop(0))
    return served


def finish(windows: Windows, now: int, takes_s: int) -> int:
    """Work on in open seconds only; the second after the last of them."""
    while takes_s > 0:
        takes_s -= any(opens <= now < closes for opens, closes in windows)
        now += 1
    return now


def by_dispatcher(office: Office, order: list[int]) -> list[Service | None]:
    """The engine's pools; the wishes are made known to it in the given order."""
    env = OrderedEnvironment(HORIZON_S)
    pools = [Pool(index, posts, clock(office.windows[index])) for index, posts in enumerate(office.posts)]
    dispatcher = Dispatcher(env, pools, lambda request, _: (office.wishes[request.row].takes_s, 0, 0))
    requests: dict[int, Request] = {}

    def joins(number: int) -> Callable[[Event], None]:
        def join(_: Event) -> None:
            wish = office.wishes[number]
            case = Case(number, number, 0, 0, 0, NEVER_S, NEVER_S, PatienceChoice.WITHDRAW)
            visit = Visit(0, 0, 0, 0, 0, 0, env.second, NEVER_S, NEVER_S, NEVER_S, NEVER_S, NEVER_S, Rank.DEADLINE)
            choices = [(pool, option) for option, pool in enumerate(wish.pools)]
            request = Request(env, number, key(office, number), case, visit, Purpose.CASEWORK, 0, choices)
            requests[number] = request
            dispatcher.join(request)
            Instant(env, wish.leaves_s, Rank.PATIENCE_END, number).callbacks.append(request.leave_queue)

        return join

    for number in order:
        Instant(env, office.wishes[number].joins_s, Rank.ARRIVAL, number).callbacks.append(joins(number))
    env.run()
    served = [requests[number] for number in range(len(office.wishes))]
    return [(r.started_s, r.pool, r.post) if r.started_s < NEVER_S else None for r in served]


def clock(windows: Windows) -> ClockReader:
    open_s, close_s = (np.array(side, dtype=np.int64) for side in zip(*windows, strict=True))
    worked_s = np.cumsum(close_s - open_s)
    return ClockReader(WorkClock(open_s, close_s, np.concatenate(([0], worked_s[:-1]))))


@st.composite
def offices(draw: st.DrawFn) -> Office:
    posts = draw(st.lists(st.integers(1, 3), min_size=1, max_size=4))
    by_day: Windows = [(start, start + 5) for start in range(2, 400, 9)]
    in_turns: Windows = [(start, start + 3) for start in range(0, 400, 7)]
    windows = [draw(st.sampled_from([ALWAYS, ALWAYS, by_day, in_turns])) for _ in posts]
    every_pool = range(len(posts))
    listed = st.lists(st.sampled_from(every_pool), min_size=1, max_size=len(posts), unique=True).map(tuple)
    wish = st.builds(
        lambda joins_s, queue_class, pools, takes_s, stays_s: Wish(
            joins_s, queue_class, pools, takes_s, NEVER_S if stays_s is None else joins_s + stays_s
        ),
        st.integers(0, LAST_S),
        st.integers(0, 1),
        listed,
        st.integers(0, 9),
        st.one_of(st.none(), st.integers(1, 12)),
    )
    return Office(posts, windows, draw(st.lists(wish, min_size=1, max_size=14)))


@given(office=offices(), data=st.data())
@settings(max_examples=150)
def test_posts_are_given_out_as_by_brute_force_however_the_requests_were_made(
    office: Office, data: st.DataObject
) -> None:
    order = data.draw(st.permutations(range(len(office.wishes))))
    assert by_dispatcher(office, order) == by_brute_force(office)


def test_the_brute_force_serves_as_one_would_by_hand() -> None:
    office = Office(
        posts=[1, 2],
        windows=[ALWAYS, [(2, 10), (20, 90)]],
        wishes=[
            Wish(0, 1, (0, 1), 4),
            Wish(0, 0, (0,), 4),
            Wish(1, 0, (1, 0), 1),
            Wish(1, 0, (1,), 20),
            Wish(3, 0, (0,), 1, leaves_s=4),
        ],
    )
    by_hand = [(3, 1, 0), (0, 0, 0), (2, 1, 0), (2, 1, 1), None]
    assert by_brute_force(office) == by_hand
    assert by_dispatcher(office, [4, 3, 2, 1, 0]) == by_hand
