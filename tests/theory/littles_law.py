"""Little's law (1961) within one run: the number present, integrated over time, is the sum of stays, to the second."""

import numpy as np
from numpy.typing import NDArray

from sim.outcomes.observed import ObservedRun
from sim.outcomes.tiers import tier_rows
from sim.vocabulary import SECONDS_PER_HOUR

Int64 = NDArray[np.int64]


def littles_law_gaps(run: ObservedRun) -> list[str]:
    """Return where time counted clock second by clock second differs from time summed case by case, for every tier.

    Counted: the number present, and of those the number waiting, between any two changes, over the whole run.
    """
    visits, requests, horizon_s = run.trajectory.visits, run.trajectory.requests, run.jurisdiction.horizon_s
    left_s, queue_end_s = np.minimum(visits.left_s, horizon_s), np.minimum(run.queue_end_s, horizon_s)
    gaps = []
    for tier, tier_id in enumerate(run.jurisdiction.tier_ids):
        here, asked_here = visits.tier == tier, run.casework & (run.request_tier == tier)
        for what, starts_s, ends_s in (
            ("present", visits.arrived_s[here], left_s[here]),
            ("waiting", requests.joined_s[asked_here], queue_end_s[asked_here]),
        ):
            counted_s, summed_s = seconds_counted(starts_s, ends_s), int((ends_s - starts_s).sum())
            if counted_s != summed_s:
                gaps.append(f"{tier_id}: {counted_s} s {what} counted, {summed_s} s summed")
    return gaps


def seconds_counted(starts_s: Int64, ends_s: Int64) -> int:
    """Integrate the number of intervals under way from change to change; the number may never be negative."""
    changes_s = np.unique(np.concatenate((starts_s, ends_s)))
    begun = np.searchsorted(np.sort(starts_s), changes_s, side="right")
    over = np.searchsorted(np.sort(ends_s), changes_s, side="right")
    number = begun - over
    assert (number >= 0).all()
    return int((number[:-1] * np.diff(changes_s)).sum())


def measured_gaps(run: ObservedRun) -> list[str]:
    """Return where the outcomes' L and λ · W differ, to the second, in a run without warm-up.

    Present: backlog × time against the stays of those who entered. Waiting: queue × time against mean wait × number.
    """
    assert run.jurisdiction.warmup_s == 0
    value = {(row.measure, row.tier): row.value for row in tier_rows(run)}
    visits, horizon_s = run.trajectory.visits, run.jurisdiction.horizon_s
    gaps = []
    for tier, tier_id in enumerate(run.jurisdiction.tier_ids):
        here = visits.tier == tier
        stays_s = int((np.minimum(visits.left_s, horizon_s) - visits.arrived_s)[here].sum())
        waits = int((run.casework & (run.request_tier == tier)).sum())
        present_s = round(value["backlog_mean_count", tier_id] * horizon_s)
        waiting_s = round(value["queue_mean_count", tier_id] * horizon_s)
        waited_s = round(value["waiting_hours_mean", tier_id] * SECONDS_PER_HOUR * waits) if waits else 0
        if present_s != stays_s or waiting_s != waited_s:
            gaps.append(f"{tier_id}: present {present_s} s and {stays_s} s, waiting {waiting_s} s and {waited_s} s")
    return gaps
