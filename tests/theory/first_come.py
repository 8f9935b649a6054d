"""Some of the same disputes served first come, first served, as if there were no others: Kiefer and Wolfowitz 1955.

Their waits depend on the draws alone, and their mean is known by Pollaczek and Khintchine's or Erlang's formula: a
control for `tests.theory.agreement` where the engine does something else, such as serving urgent cases first.
"""

from collections.abc import Sequence
from heapq import heapreplace

import numpy as np
from numpy.typing import NDArray

from sim.outcomes.observed import ObservedRun
from sim.vocabulary import SECONDS_PER_HOUR
from tests.theory.replications import window_hours
from tests.theory.stated import Stream

Float64 = NDArray[np.float64]
Int32 = NDArray[np.int32]


def first_come_controls(
    run: ObservedRun, streams: Sequence[Stream], posts: int, mean_wait_hours: float
) -> dict[str, float]:
    """Return deviations from their known means, by name: summed waits of each stream after the warm-up.

    Served are first sessions of the disputes of `streams` alone, in the order of registration.
    """
    ids = run.protocol.category_ids
    names = [stream.category for stream in streams]
    waits_hours, category = waits_first_come_hours(run, [ids.index(name) for name in names], posts)
    return {
        f"waits of {stream.category} among {' and '.join(names)}": float(
            waits_hours[category == ids.index(stream.category)].sum()
        )
        - stream.per_hour * window_hours(run) * mean_wait_hours
        for stream in streams
    }


def waits_first_come_hours(run: ObservedRun, categories: Sequence[int], posts: int) -> tuple[Float64, Int32]:
    """Return the wait of each dispute of the categories registered after the warm-up, and its category, (n,)."""
    batch = run.batch
    rows = np.flatnonzero(np.isin(batch.category, categories))
    rows = rows[np.lexsort((batch.dispute_id[rows], batch.registered_s[rows]))]
    sessions = run.protocol.sessions
    first_option = sessions.option_offset[np.argmax(sessions.held_for, axis=0)]
    joined_s, effort_s = batch.registered_s[rows], batch.occupation_s[rows, first_option[batch.category[rows]]]
    waits_s, free_s = [], [0] * posts
    for joining_s, length_s in zip(joined_s.tolist(), effort_s.tolist(), strict=True):
        starting_s = max(joining_s, free_s[0])
        heapreplace(free_s, starting_s + length_s)
        waits_s.append(starting_s - joining_s)
    counted = run.is_in_window(joined_s)
    return np.array(waits_s)[counted] / SECONDS_PER_HOUR, batch.category[rows][counted]
