"""Reads a working clock second by second, as an engine does in its innermost loop."""

from bisect import bisect_left, bisect_right

from sim.jurisdiction.contract import WorkClock
from sim.vocabulary import NEVER_S


class ClockReader:
    """One calendar's working time W(t) and its inverse, on plain integers.

    Built from a `WorkClock`; instants and durations are seconds, none negative. Past the last window nothing opens
    any more: what would end there ends at NEVER_S.
    """

    __slots__ = ("_closes", "_is_always_open", "_opens", "_worked_before")

    def __init__(self, clock: WorkClock) -> None:
        self._opens: list[int] = clock.open_s.tolist()
        self._closes: list[int] = clock.close_s.tolist()
        self._worked_before: list[int] = clock.worked_before_s.tolist()
        self._is_always_open = self._opens == [0] and self._closes == [NEVER_S]

    def worked_s(self, instant_s: int) -> int:
        """Return W(t), the working seconds before an instant."""
        if self._is_always_open:
            return instant_s
        window = bisect_right(self._opens, instant_s) - 1
        if window < 0:
            return 0
        return self._worked_before[window] + min(instant_s, self._closes[window]) - self._opens[window]

    def reached_s(self, worked_s: int) -> int:
        """Return W⁻¹(w), the smallest t with W(t) >= w; NEVER_S if the windows hold less work than that."""
        if worked_s <= 0:
            return 0
        if self._is_always_open:
            return min(worked_s, NEVER_S)
        window = bisect_left(self._worked_before, worked_s) - 1
        if window < 0:
            return NEVER_S
        instant_s = self._opens[window] + worked_s - self._worked_before[window]
        return instant_s if instant_s <= self._closes[window] else NEVER_S

    def finish_s(self, start_s: int, work_s: int) -> int:
        """Return when work that starts at an instant is done; work of 0 seconds ends as it starts, open or not."""
        if work_s == 0:
            return start_s
        if self._is_always_open:
            return min(start_s + work_s, NEVER_S)
        return self.reached_s(self.worked_s(start_s) + work_s)

    def is_open(self, instant_s: int) -> bool:
        """Whether the instant lies in a window [open, close)."""
        if self._is_always_open:
            return True
        window = bisect_right(self._opens, instant_s) - 1
        return window >= 0 and instant_s < self._closes[window]

    def next_window(self, instant_s: int) -> tuple[int, int]:
        """Return when the first window at or after an instant opens and closes, NEVER_S twice if there is none."""
        following = bisect_left(self._opens, instant_s)
        if following == len(self._opens):
            return NEVER_S, NEVER_S
        return self._opens[following], self._closes[following]

    def next_open_s(self, instant_s: int) -> int:
        """Return the first open instant at or after this one, NEVER_S if there is none."""
        if self._is_always_open:
            return instant_s
        following = bisect_right(self._opens, instant_s)
        if following > 0 and instant_s < self._closes[following - 1]:
            return instant_s
        return self._opens[following] if following < len(self._opens) else NEVER_S
