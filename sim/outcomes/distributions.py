"""Histograms that can be summed over replications: ages at settlement and at resolution, and waits by tier."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from sim.jurisdiction.contract import Int64
from sim.outcomes.observed import RESOLVING_FATES, ObservedRun
from sim.outcomes.tiers import waits_of_cases
from sim.vocabulary import NEVER_S, SECONDS_PER_DAY, SECONDS_PER_HOUR, Fate

SETTLEMENT: Final = "settlement"
"""Cohort disputes by age at true settlement, less those whose agreement broke at that age: the sum is the settled."""

RESOLUTION: Final = "resolution"
"""Cohort disputes by the age at which the quarrel was over (as in days_unresolved_180d), less those that came back."""

WAITING_PREFIX: Final = "waiting:"
"""`waiting:<tier id>`: the waits averaged in waiting_hours_mean."""

_LONGEST_AGE_DAYS: Final = 365
_LONGEST_WAIT_DAYS: Final = 30


@dataclass(frozen=True, slots=True)
class Histogram:
    """Counts in bins of one width: bin k holds what took more than k and at most k + 1 widths (bin 0: also no time).

    count: int64 (B,), below 0 where more came back than were settled; of: all that were observed, so `of - count.sum()`
    took longer or never came; bin_s: width.
    """

    quantity: str
    bin_s: int
    count: Int64
    of: int


def distributions(run: ObservedRun) -> tuple[Histogram, ...]:
    """Return the histograms of one replication.

    Ages reach as far as every dispute of the cohort is followed, 365 days at most; waits reach 30 days, by the hour.
    """
    requests = run.trajectory.requests
    followed_days = (run.jurisdiction.horizon_s - run.jurisdiction.cohort_end_s) // SECONDS_PER_DAY
    age_bins = min(_LONGEST_AGE_DAYS, followed_days)
    counted = waits_of_cases(run)
    wait_s, tier = (run.queue_end_s - requests.joined_s)[counted], run.request_tier[counted]
    wait_bins = _LONGEST_WAIT_DAYS * SECONDS_PER_DAY // SECONDS_PER_HOUR
    return (
        _net_histogram(run, SETTLEMENT, (Fate.SETTLED,), age_bins),
        _net_histogram(run, RESOLUTION, RESOLVING_FATES, age_bins),
        *(
            _histogram(WAITING_PREFIX + tier_id, wait_s[tier == index], SECONDS_PER_HOUR, wait_bins)
            for index, tier_id in enumerate(run.jurisdiction.tier_ids)
        ),
    )


def _net_histogram(run: ObservedRun, quantity: str, fates: Sequence[Fate], bin_count: int) -> Histogram:
    """Ages at which episodes of the cohort ended so, less the ages at which their agreements broke."""
    episodes = run.episodes
    ended_s = np.where(np.isin(episodes.fate, fates), episodes.fate_s, NEVER_S)
    cohort = run.cohort[episodes.dispute]
    came_back = cohort & (episodes.number > 0)
    emerged_s = run.batch.emerged_s[episodes.dispute]
    reached = _histogram(quantity, (ended_s - emerged_s)[cohort], SECONDS_PER_DAY, bin_count)
    lost = _histogram(quantity, (episodes.started_s - emerged_s)[came_back], SECONDS_PER_DAY, bin_count)
    return replace(reached, count=reached.count - lost.count, of=run.cohort_count)


def _histogram(quantity: str, duration_s: Int64, bin_s: int, bin_count: int) -> Histogram:
    index = np.maximum(-(-duration_s // bin_s) - 1, 0)
    count = np.bincount(index[index < bin_count], minlength=bin_count).astype(np.int64)
    return Histogram(quantity=quantity, bin_s=bin_s, count=count, of=len(duration_s))


def sum_distributions(parts: Sequence[tuple[Histogram, ...]]) -> tuple[Histogram, ...]:
    """Return the sum over replications of one scenario."""
    return tuple(
        replace(same[0], count=np.sum([part.count for part in same], axis=0), of=sum(part.of for part in same))
        for same in zip(*parts, strict=True)
    )


def distributions_frame(histograms: Sequence[Histogram]) -> pd.DataFrame:
    """Return the histograms as columns quantity, bin_low_days, count, of; one row per bin."""
    bins = [len(histogram.count) for histogram in histograms]
    low_days = [np.arange(n) * (h.bin_s / SECONDS_PER_DAY) for n, h in zip(bins, histograms, strict=True)]
    return pd.DataFrame(
        {
            "quantity": np.repeat(np.array([h.quantity for h in histograms], dtype=object), bins),
            "bin_low_days": np.concatenate(low_days),
            "count": np.concatenate([h.count for h in histograms]),
            "of": np.repeat(np.array([h.of for h in histograms], dtype=np.int64), bins),
        }
    )
