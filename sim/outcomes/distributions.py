"""Histograms that can be summed over replications: ages at settlement and at resolution, and waits by tier."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from sim.jurisdiction.contract import Int64
from sim.outcomes.ages import RESOLVING_FATES
from sim.outcomes.columns import among, rows_of
from sim.outcomes.observed import ObservedRun
from sim.outcomes.tiers import waits_of_cases
from sim.vocabulary import SECONDS_PER_DAY, SECONDS_PER_HOUR, Fate

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
    followed_days = (run.jurisdiction.horizon_s - run.jurisdiction.cohort_end_s) // SECONDS_PER_DAY
    age_bins = min(_LONGEST_AGE_DAYS, followed_days)
    return (
        _net_histogram(run, SETTLEMENT, (Fate.SETTLED,), age_bins),
        _net_histogram(run, RESOLUTION, RESOLVING_FATES, age_bins),
        *_wait_histograms(run),
    )


def _wait_histograms(run: ObservedRun) -> list[Histogram]:
    counted, tier_ids = waits_of_cases(run), run.jurisdiction.tier_ids
    tier, wait_s = run.waits.row.take(counted), run.waits.end_s.take(counted) - run.waits.start_s.take(counted)
    bin_count = _LONGEST_WAIT_DAYS * SECONDS_PER_DAY // SECONDS_PER_HOUR
    cell = tier * (bin_count + 1) + _bins(wait_s, SECONDS_PER_HOUR, bin_count)
    count = np.bincount(cell, minlength=len(tier_ids) * (bin_count + 1)).reshape(len(tier_ids), bin_count + 1)
    return [
        Histogram(WAITING_PREFIX + tier_id, SECONDS_PER_HOUR, here[:bin_count].astype(np.int64), int(here.sum()))
        for tier_id, here in zip(tier_ids, count, strict=True)
    ]


def _net_histogram(run: ObservedRun, quantity: str, fates: Sequence[Fate], bin_count: int) -> Histogram:
    """Ages at which episodes of the cohort ended so, less the ages at which their agreements broke."""
    episodes = run.episodes
    ended_s = _ages_in_cohort_s(run, rows_of(among(episodes.fate, *fates)), episodes.fate_s)
    came_back_s = _ages_in_cohort_s(run, episodes.further, episodes.started_s)
    reached, lost = (
        np.bincount(_bins(age_s, SECONDS_PER_DAY, bin_count), minlength=bin_count + 1)
        for age_s in (ended_s, came_back_s)
    )
    count = (reached - lost)[:bin_count].astype(np.int64)
    return Histogram(quantity=quantity, bin_s=SECONDS_PER_DAY, count=count, of=run.cohort_count)


def _ages_in_cohort_s(run: ObservedRun, episode: Int64, instant_s: Int64) -> Int64:
    """Seconds from emergence to the instants (Q,) of some episodes, of those whose dispute is of the cohort."""
    episode = episode.take(rows_of(run.cohort.take(run.episodes.dispute.take(episode))))
    return instant_s.take(episode) - run.batch.emerged_s.take(run.episodes.dispute.take(episode))


def _bins(duration_s: Int64, bin_s: int, bin_count: int) -> Int64:
    """Bin of each duration, bin_count for all that took longer: int64 (n,)."""
    found: Int64 = np.minimum((np.maximum(duration_s, 1) - 1) // bin_s, bin_count)
    return found


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
