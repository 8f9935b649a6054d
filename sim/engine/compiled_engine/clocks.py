"""Working time on the kernel's clocks: each remembers the last window that has opened, since time only goes on."""

from sim.engine.compiled_engine.compiling import compiled
from sim.engine.compiled_engine.place import PlaceRow, first_window, window_at
from sim.engine.compiled_engine.world import WorldRow, clock_window_at
from sim.vocabulary import NEVER_S


@compiled
def current_window(place: PlaceRow, world: WorldRow, clock: int) -> int:
    """Return the last window of a clock that has opened by now; one before its first if none has."""
    window, now_s = clock_window_at(world, clock).value, world.second
    end = first_window(place, clock + 1)
    while window + 1 < end and window_at(place, window + 1).open_s <= now_s:
        window += 1
    clock_window_at(world, clock).value = window
    return window


@compiled
def is_open(place: PlaceRow, world: WorldRow, clock: int) -> bool:
    """Whether now lies in a window [open, close)."""
    window = current_window(place, world, clock)
    return window >= first_window(place, clock) and world.second < window_at(place, window).close_s


@compiled
def next_opening_s(place: PlaceRow, world: WorldRow, clock: int) -> int:
    """Return when a clock that is closed now opens, NEVER_S if it does not."""
    following = current_window(place, world, clock) + 1
    return window_at(place, following).open_s if following < first_window(place, clock + 1) else NEVER_S


@compiled
def meeting_from(place: PlaceRow, world: WorldRow, clock: int, instant_s: int) -> tuple[int, int]:
    """Return when the first window that opens at an instant or later opens and closes; NEVER_S twice if none does."""
    window = max(current_window(place, world, clock), first_window(place, clock))
    while window < first_window(place, clock + 1) and window_at(place, window).open_s < instant_s:
        window += 1
    if window == first_window(place, clock + 1):
        return NEVER_S, NEVER_S
    return window_at(place, window).open_s, window_at(place, window).close_s


@compiled
def finish_s(place: PlaceRow, world: WorldRow, clock: int, work_s: int) -> int:
    """Return when work that starts now is done; work of 0 seconds ends as it starts, open or not."""
    now_s = world.second
    if work_s == 0:
        return now_s
    first, end = first_window(place, clock), first_window(place, clock + 1)
    window = current_window(place, world, clock)
    worked_s = work_s
    if window >= first:
        worked_s += (
            window_at(place, window).worked_before_s
            + min(now_s, window_at(place, window).close_s)
            - window_at(place, window).open_s
        )
    else:
        window = first
    # The last window that begins with less than that worked.
    while window + 1 < end and window_at(place, window + 1).worked_before_s < worked_s:
        window += 1
    if window >= end:
        return NEVER_S
    done_s = window_at(place, window).open_s + worked_s - window_at(place, window).worked_before_s
    return done_s if done_s <= window_at(place, window).close_s else NEVER_S
