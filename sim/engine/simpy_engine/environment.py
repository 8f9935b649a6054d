"""SimPy's environment with the model's total order of events: (second, rank, identity), never insertion order."""

from collections.abc import Callable, Generator
from heapq import heappop, heappush
from typing import Any

from simpy import Environment, Event
from simpy.core import EmptySchedule
from simpy.events import EventPriority

from sim.vocabulary import Rank

_NORMAL = EventPriority(1)
RANK_STARTED = int(Rank.STARTED)

Waiting = Generator[Event, Any, Any]


class OrderedEnvironment(Environment):
    """An environment whose clock is whole seconds and whose events are ordered by rank within a second.

    Two entries with one key only meet when one of them is void, so the running number after the key decides nothing.
    Entries at or after `horizon_s` are dropped: nothing that happens then can be seen. Work left in
    `before_next_second` is done when a second has no more events, which is how posts are given out last (`DISPATCH`).
    """

    def __init__(self, horizon_s: int) -> None:
        super().__init__(initial_time=0)
        self.horizon_s = horizon_s
        self.second = 0
        self.before_next_second: Callable[[], None] | None = None
        self._agenda: list[tuple[int, int, int, int, Event]] = []

    def schedule_at(self, event: Event, second: int, rank: int, identity: int) -> None:
        """Put an event on the agenda; `identity` is the dispute id, or the pool index for staff events."""
        if second < self.horizon_s:
            heappush(self._agenda, (second, rank, identity, next(self._eid), event))

    def schedule(self, event: Event, priority: EventPriority = _NORMAL, delay: float = 0) -> None:
        """Take notice of SimPy's own events (a process starting or ending) before anything else in this second."""
        heappush(self._agenda, (self.second + int(delay), RANK_STARTED, -1, next(self._eid), event))

    def peek(self) -> float:
        """Return the second of the next event."""
        return self._agenda[0][0] if self._agenda else float("inf")

    def step(self) -> None:
        """Process the next event."""
        try:
            self.second, _, _, _, event = heappop(self._agenda)
        except IndexError:
            raise EmptySchedule from None
        self._now = self.second
        callbacks, event.callbacks = event.callbacks, None  # type: ignore[assignment]
        for callback in callbacks:
            callback(event)
        if not event._ok and not hasattr(event, "_defused"):
            raise event._value
        if self.before_next_second is not None and (not self._agenda or self._agenda[0][0] != self.second):
            work, self.before_next_second = self.before_next_second, None
            work()


class Instant(Event):
    """An event at a known second and rank, on which a process can wait."""

    # Set here rather than by Event.__init__ and succeed(): there are several for every session.
    _ok = True

    def __init__(self, env: OrderedEnvironment, second: int, rank: int, identity: int) -> None:
        self.env = env
        self.callbacks: list[Callable[[Event], None]] = []
        self._value = rank
        env.schedule_at(self, second, rank, identity)
