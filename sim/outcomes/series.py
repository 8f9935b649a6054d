"""Daily series per tier: cases present, cases waiting, and how much of the posts' working time is occupied."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.jurisdiction.contract import Int64
from sim.outcomes.observed import ObservedRun
from sim.outcomes.occupancy import seconds_in_stretches
from sim.outcomes.workload import available_working_s, busy_working_s
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
    requests, visits = run.trajectory.requests, run.trajectory.visits
    tier_count, horizon_s = len(run.jurisdiction.tier_ids), run.jurisdiction.horizon_s
    midnight_s = np.arange(0, horizon_s + SECONDS_PER_DAY, SECONDS_PER_DAY, dtype=np.int64)
    casework = run.casework
    return DailySeries(
        present_s=seconds_in_stretches(visits.arrived_s, visits.left_s, visits.tier, tier_count, midnight_s),
        waiting_s=seconds_in_stretches(
            requests.joined_s[casework],
            run.queue_end_s[casework],
            run.request_tier[casework],
            tier_count,
            midnight_s,
        ),
        busy_s=_by_tier(run, busy_working_s(run, midnight_s)),
        available_s=_by_tier(run, available_working_s(run, midnight_s)),
    )


def _by_tier(run: ObservedRun, by_group: Int64) -> Int64:
    totals = np.zeros((len(run.jurisdiction.tier_ids), by_group.shape[1]), dtype=np.int64)
    np.add.at(totals, run.jurisdiction.staff.group_tier, by_group)
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
