"""The kernel's own agenda, queues, posts and clocks against plain Python, part by part."""

import heapq
from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
import numpy as np
import pytest

from sim.engine.compiled_engine.agenda import PAGE_BITS, drop_first, key_of, plan, turn_pages
from sim.engine.compiled_engine.clocks import finish_s, is_open, next_opening_s
from sim.engine.compiled_engine.codes import NO_ONE, ON_WAKING, OUTCOME_LEFT_QUEUE, OUTCOME_WAITING
from sim.engine.compiled_engine.memory import address_of, one_row, rows
from sim.engine.compiled_engine.place import PLACE, WINDOW
from sim.engine.compiled_engine.posts import fill, give_back, take_post, vacate
from sim.engine.compiled_engine.queues import first_waiting, join_queue, leave_front
from sim.engine.compiled_engine.world import (
    AGENDA_ENTRY,
    LATER_ENTRY,
    LINK,
    POOL,
    REQUEST,
    WORLD,
    agenda_at,
    pool_at,
    request_at,
)
from sim.jurisdiction.contract import WorkClock
from sim.jurisdiction.work_clock import ClockReader

Ints = np.ndarray[Any, np.dtype[np.int64]]
Function = TypeVar("Function", bound=Callable[..., Any])

jitted = cast(Callable[[Function], Function], numba.njit)
"""What stands between Python and the kernel's own functions, which only compiled code can call."""


@jitted
def keys_in_order(worlds: Any, seconds: Ints, ranks: Ints, at_a_time: int) -> Any:
    """Plan events in batches, take one after each batch, then the rest; return the keys as they came."""
    world, came, taken = worlds[0], np.empty(len(seconds), np.int64), 0
    for index in range(len(seconds)):
        plan(world, world.second + seconds[index], ranks[index], index, index, ON_WAKING)
        if index % at_a_time == at_a_time - 1:
            turn_pages(world)
            came[taken] = agenda_at(world, 0).key
            world.second = came[taken] >> 30
            drop_first(world)
            taken += 1
    while taken < len(seconds):
        turn_pages(world)
        came[taken] = agenda_at(world, 0).key
        drop_first(world)
        taken += 1
    return came


@pytest.mark.parametrize("longest_s", [3, 40_000, 5_000_000])
def test_events_come_in_the_order_of_second_rank_and_identity(longest_s: int) -> None:
    draw, count = np.random.default_rng(longest_s), 600
    seconds, ranks = draw.integers(0, longest_s, count), draw.integers(1, 13, count)
    horizon_s = count * longest_s
    agenda, later = rows(AGENDA_ENTRY, count), rows(LATER_ENTRY, count)
    pages = np.full((horizon_s >> PAGE_BITS) + 1, NO_ONE, dtype=np.int32)
    tables = {"agenda": address_of(agenda), "later": address_of(later), "pages": address_of(pages)}
    came = keys_in_order(one_row(WORLD, horizon_s=horizon_s, later_free=NO_ONE, **tables), seconds, ranks, 3)

    expected: list[int] = []
    heap: list[int] = []
    now = 0
    for index in range(count):
        heapq.heappush(heap, ((now + int(seconds[index])) << 4 | int(ranks[index])) << 26 | index)
        if index % 3 == 2:
            expected.append(heapq.heappop(heap))
            now = expected[-1] >> 30
    assert came.tolist() == expected + [heapq.heappop(heap) for _ in range(len(heap))]


@jitted
def order_of_service(worlds: Any, leaves: Ints) -> Any:
    """Let every request join one queue, some leave it, and serve the others; return who was served."""
    world, served, head = worlds[0], [0][:0], NO_ONE
    for index in range(len(leaves)):
        head = join_queue(world, 0, head, index)
        if index % 5 == 4:
            head = first_waiting(world, 0, head)
            if head != NO_ONE:
                served.append(head)
                request_at(world, head).outcome = OUTCOME_LEFT_QUEUE
                head = leave_front(world, 0, head)
        if leaves[index]:
            request_at(world, index // 2).outcome = OUTCOME_LEFT_QUEUE
    head = first_waiting(world, 0, head)
    while head != NO_ONE:
        served.append(head)
        head = first_waiting(world, 0, leave_front(world, 0, head))
    return served


def test_requests_are_served_by_their_keys_and_those_that_left_are_not() -> None:
    draw, count = np.random.default_rng(7), 400
    requests, links = rows(REQUEST, count), rows(LINK, count)
    requests["outcome"] = OUTCOME_WAITING
    for column, most in (("queue_class", 2), ("due_s", 3), ("joined_s", 4), ("dispute_id", 5)):
        requests[column] = draw.integers(0, most, count)
    requests["number"] = draw.permutation(count)
    leaves = (draw.random(count) < 0.2).astype(np.int64)
    keys = requests[["queue_class", "due_s", "joined_s", "dispute_id", "number"]].tolist()
    served = order_of_service(one_row(WORLD, requests=address_of(requests), links=address_of(links)), leaves)

    waiting: set[int] = set()
    expected = []
    for index in range(count):
        waiting.add(index)
        if index % 5 == 4 and waiting:
            expected.append(min(waiting, key=keys.__getitem__))
            waiting.remove(expected[-1])
        if leaves[index]:
            waiting.discard(index // 2)
    assert list(served) == expected + sorted(waiting, key=keys.__getitem__)


@jitted
def posts_taken(worlds: Any, acts: Ints) -> Any:
    """Take (-1), give back (post), vacate (100 + post) and fill (200 + post) posts of a pool; return those taken."""
    world, taken = worlds[0], [0][:0]
    for act in acts:
        if act == NO_ONE:
            taken.append(take_post(world, 0) if pool_at(world, 0).free > 0 else NO_ONE)
        elif act >= 200:
            fill(world, 0, act - 200)
        elif act >= 100:
            vacate(world, 0, act - 100)
        else:
            give_back(world, 0, act)
    return taken


def test_posts_are_taken_lowest_first_and_one_left_in_a_session_stands_vacant_after_it() -> None:
    pools, free, leaving = rows(POOL, 1), np.arange(5, dtype=np.int32), np.zeros(5, dtype=np.int8)
    pools[:] = 0
    pools["free"] = pools["filled"] = 5
    pools["head"] = NO_ONE
    world = one_row(
        WORLD, pools=address_of(pools), free_posts=address_of(free), leaving=address_of(leaving), entries_used=0
    )
    acts = [-1, -1, 103, 101, -1, 0, 1, -1, 203, -1, -1, 201, -1, -1]
    # 0 and 1 go out; 3 is left, 1 too but in its session; 2 goes; 0 comes back, 1 does not; 0 goes; 3 is filled …
    assert list(posts_taken(world, np.array(acts))) == [0, 1, 2, 0, 3, 4, 1, NO_ONE]


@jitted
def readings(places: Any, worlds: Any, seconds: Ints, work_s: Ints) -> Any:
    """Whether a clock is open, when it opens next if it is not, and when work is done, at rising seconds."""
    place, world, found = places[0], worlds[0], np.empty((len(seconds), 3), np.int64)
    for at in range(len(seconds)):
        world.second = seconds[at]
        found[at, 0] = is_open(place, world, 0)
        found[at, 1] = seconds[at] if found[at, 0] else next_opening_s(place, world, 0)
        found[at, 2] = finish_s(place, world, 0, work_s[at])
    return found


def test_a_clock_reads_as_that_of_the_simpy_engine() -> None:
    draw = np.random.default_rng(3)
    edges = np.cumsum(draw.integers(1, 50, 40))
    opens, closes = edges[::2], edges[1::2]
    worked = np.cumsum(closes - opens) - (closes - opens)
    clock = ClockReader(WorkClock(open_s=opens, close_s=closes, worked_before_s=worked))
    windows = rows(WINDOW, len(opens))
    windows["open_s"], windows["close_s"], windows["worked_before_s"] = opens, closes, worked
    first, current = np.array([0, len(opens)]), np.array([NO_ONE])
    seconds, work_s = np.sort(draw.integers(0, edges[-1] + 20, 300)), draw.integers(0, 90, 300)
    found = readings(
        one_row(PLACE, windows=address_of(windows), first_window=address_of(first)),
        one_row(WORLD, clock_windows=address_of(current)),
        seconds,
        work_s,
    )
    expected = [
        [clock.is_open(now), clock.next_open_s(now), clock.finish_s(now, work)]
        for now, work in zip(seconds.tolist(), work_s.tolist(), strict=True)
    ]
    assert found.tolist() == expected


@jitted
def packed(second: int, rank: int, identity: int) -> int:
    """Pack a key."""
    return key_of(second, rank, identity)


def test_keys_pack_and_order() -> None:
    assert packed(5, 3, 9) == (5 << 4 | 3) << 26 | 9
    assert packed(5, 3, 2**26 - 1) < packed(5, 4, 0) < packed(6, 0, 0)
