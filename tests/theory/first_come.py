"""Some of the same disputes served first come, first served, as if there were no others: Kiefer and Wolfowitz's recursion.

Their waits depend on the draws alone, and their mean is known by Pollaczek and Khintchine's or Erlang's formula: a
control for `tests.theory.agreement` where the engine does something else, such as serving urgent cases first.
"""

from collections.abc import Sequence
from heapq import heapreplace

import numpy as np
from numpy.typing import NDArray

from sim.outcomes.observed import ObservedRun
from sim.vocabulary import SECONDS_PER_HOUR
from tests.theory.study import Study, arrivals_per_hour

Float64 = NDArray[np.float64]


def first_come_controls(
    study: Study, categories: Sequence[str], posts: int, mean_wait_hours: float
) -> dict[str, Float64]:
    """Return controls by name, (R,): summed waits of each category after the warm-up, less their known mean.

    Served are the disputes of `categories` alone, in the order of registration, by `posts` posts.
    """
    deviations: dict[str, list[float]] = {}
    for run in study.runs:
        waits_hours, category = waits_first_come_hours(run, categories, posts)
        hours = (run.jurisdiction.horizon_s - run.jurisdiction.warmup_s) / SECONDS_PER_HOUR
        for name in categories:
            expected = arrivals_per_hour(study.scenario, name) * hours * mean_wait_hours
            waited = float(waits_hours[category == run.protocol.category_ids.index(name)].sum())
            deviations.setdefault(f"waits of {name} among {' and '.join(categories)}", []).append(waited - expected)
    return {name: np.array(of_runs) for name, of_runs in deviations.items()}


def waits_first_come_hours(
    run: ObservedRun, categories: Sequence[str], posts: int
) -> tuple[Float64, NDArray[np.int32]]:
    """Return the wait for the first session of each dispute registered after the warm-up, and its category, (n,)."""
    batch = run.batch
    kept = np.isin(batch.category, [run.protocol.category_ids.index(name) for name in categories])
    rows = np.flatnonzero(kept)
    rows = rows[np.lexsort((batch.dispute_id[rows], batch.registered_s[rows]))]
    joined_s, effort_s = batch.registered_s[rows], batch.occupation_s[rows, 0]
    waits_s, free_s = [], [0] * posts
    for joining_s, length_s in zip(joined_s.tolist(), effort_s.tolist(), strict=True):
        starting_s = max(joining_s, free_s[0])
        heapreplace(free_s, starting_s + length_s)
        waits_s.append(starting_s - joining_s)
    counted = run.is_in_window(joined_s)
    return np.array(waits_s)[counted] / SECONDS_PER_HOUR, batch.category[rows][counted]
