"""When deadlines pass, looked up by the day on which they start to run."""

import numpy as np
from numpy.typing import NDArray

from sim.jurisdiction.contract import Int64
from sim.specification.schema.casework import Deadline
from sim.vocabulary import NEVER_S, SECONDS_PER_DAY


def due_seconds(deadline: Deadline | None, working_day: NDArray[np.bool_], day_count: int) -> Int64:
    """Return the second at which a deadline passes that starts to run on each of the first days; int64 (day_count,).

    The first day is not counted. The deadline ends at 24:00 of the n-th day after it (of the n-th working day, by the
    working clock); 0 days end at 24:00 of the first day itself. A last day that is no working day moves to the next
    working day. NEVER_S without a deadline, or where no such day is left in `working_day` (bool, by day).
    """
    if deadline is None:
        return np.full(day_count, NEVER_S, dtype=np.int64)
    working_days = np.flatnonzero(working_day)
    first_days = np.arange(day_count)
    if deadline.clock == "working" and deadline.days > 0:
        last = np.searchsorted(working_days, first_days, side="right") + deadline.days - 1
    else:
        last = np.searchsorted(working_days, first_days + deadline.days, side="left")
    due_s = np.full(day_count, NEVER_S, dtype=np.int64)
    ends = last < len(working_days)
    due_s[ends] = (working_days[last[ends]] + 1) * SECONDS_PER_DAY
    return due_s
