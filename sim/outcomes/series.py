"""Daily series per tier: cases present, cases waiting, and how much of the posts' working time is occupied."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.jurisdiction.contract import Int64
from sim.outcomes.observed import ObservedRun
from sim.outcomes.worked_spans import worked_s_by_day
from sim.vocabulary import SECONDS_PER_DAY


@dataclass(frozen=True, slots=True)
class DailySeries:
    """Whole seconds by tier and day of the run, int64 (T, D), to be summed over replications.

    present_s, waiting_s: case-seconds at the tier and in its queues (over 86,400 s: the day's mean count); busy_s,
    available_s: working seconds of the tier's posts, occupied and in all (0 on days when they are closed).
    """

    present_s: Int64
    waiting_s: Int64
    busy_s: Int64
    available_s: Int64


def daily_series(run: ObservedRun) -> DailySeries:
    """Return the daily series of one replication, from day 0 to the horizon, warm-up included."""
    place = run.place
    available_s = place.posts_day_s
    if len(run.staff_time.empty.group):
        available_s = available_s - _by_tier(run, worked_s_by_day(place, run.staff_time.empty))
    return DailySeries(
        present_s=run.present_day_s,
        waiting_s=run.waiting_day_s,
        busy_s=_by_tier(run, worked_s_by_day(place, run.staff_time.used)),
        available_s=available_s,
    )


def _by_tier(run: ObservedRun, by_group: Int64) -> Int64:
    totals = np.zeros((len(run.jurisdiction.tier_ids), by_group.shape[1]), dtype=np.int64)
    for tier, of_group in zip(run.jurisdiction.staff.group_tier.tolist(), by_group, strict=True):
        totals[tier] += of_group
    return totals


def sum_series(parts: Sequence[DailySeries]) -> DailySeries:
    """Return the sum over replications of one scenario."""
    return DailySeries(
        present_s=np.sum([part.present_s for part in parts], axis=0),
        waiting_s=np.sum([part.waiting_s for part in parts], axis=0),
        busy_s=np.sum([part.busy_s for part in parts], axis=0),
        available_s=np.sum([part.available_s for part in parts], axis=0),
    )


def series_frame(series: DailySeries, tier_ids: Sequence[str], replications: int) -> pd.DataFrame:
    """Return means over replications: tier, day, backlog and queue (mean counts), utilisation (NaN when closed)."""
    tier_count, day_count = series.present_s.shape
    case_seconds = SECONDS_PER_DAY * replications
    with np.errstate(invalid="ignore"):
        utilisation = series.busy_s / series.available_s
    return pd.DataFrame(
        {
            "tier": np.repeat(np.array(tier_ids, dtype=object), day_count),
            "day": np.tile(np.arange(day_count, dtype=np.int64), tier_count),
            "backlog": (series.present_s / case_seconds).ravel(),
            "queue": (series.waiting_s / case_seconds).ravel(),
            "utilisation": utilisation.ravel(),
        }
    )
