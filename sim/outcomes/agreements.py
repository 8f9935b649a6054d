"""Measures of what follows a settlement: agreements that break, and the follow-up visits that help them to last."""

from typing import Final

import numpy as np

from sim.jurisdiction.contract import Int64
from sim.outcomes.columns import among, rows_of
from sim.outcomes.definition import (
    Direction,
    Measure,
    MeasureRow,
    Rows,
    Scope,
    count,
    of_categories,
    of_tiers,
    ratio,
    ratios,
    whole,
)
from sim.outcomes.observed import YEAR_S, ObservedRun
from sim.outcomes.workload import cost_of_requests_yuan
from sim.vocabulary import NEVER_S, NOWHERE, Fate, Purpose, RequestOutcome

_RATE: Final = "per 1,000 persons per year"

AGREEMENT_MEASURES: Final = (
    Measure(
        "recurrences_per_1000_per_year",
        _RATE,
        Direction.LOWER,
        Scope.ALL,
        "Agreements that broke after the warm-up, so that the dispute was back, per 1,000 residents; by the tier that "
        "had settled it (the parties' own agreements in the whole only).",
        rows=(Rows.WHOLE, Rows.TIER),
    ),
    Measure(
        "recurrence_share_365d",
        "share",
        Direction.LOWER,
        Scope.ALL,
        "Of the disputes first settled from the warm-up to 365 days before the horizon, the share whose agreement "
        "broke within 365 days.",
        rows=(Rows.WHOLE, Rows.CATEGORY),
    ),
    Measure(
        "follow_ups_per_1000_per_year",
        _RATE,
        Direction.NEUTRAL,
        Scope.ALL,
        "Follow-up visits begun after the warm-up, per 1,000 residents; by the tier that had settled the dispute.",
        rows=(Rows.WHOLE, Rows.TIER),
    ),
    Measure(
        "follow_ups_skipped_share",
        "share",
        Direction.LOWER,
        Scope.ALL,
        "Of the follow-up visits that fell due after the warm-up and were begun or skipped before the horizon, the "
        "share skipped because no post was free in time.",
        rows=(Rows.WHOLE, Rows.TIER),
    ),
    Measure(
        "follow_up_cost_yuan_per_settled",
        "yuan",
        Direction.NEUTRAL,
        Scope.COHORT,
        "The part of cost_yuan_per_settled that follow-up visits take.",
    ),
)


def agreement_rows(run: ObservedRun) -> list[MeasureRow]:
    """Return every row of `AGREEMENT_MEASURES`."""
    breaches, requests = run.trajectory.breaches, run.trajectory.requests
    follow_ups = rows_of(among(requests.purpose, Purpose.FOLLOW_UP))
    visits = follow_ups.take(rows_of(requests.pool.take(follow_ups) != NOWHERE))
    begun = visits.take(rows_of(run.is_in_window(requests.started_s.take(visits))))
    broken = breaches.tier.take(rows_of(run.is_in_window(breaches.breached_s)))
    return [
        *_rates(run, "recurrences_per_1000_per_year", broken.astype(np.int64)),
        *_recurrence_share_rows(run),
        *_rates(run, "follow_ups_per_1000_per_year", run.request_tier.take(begun)),
        *_skipped_rows(run, follow_ups),
        whole("follow_up_cost_yuan_per_settled", _follow_up_cost_yuan(run, visits)),
    ]


def _rates(run: ObservedRun, measure: str, tier: Int64) -> list[MeasureRow]:
    """Events by tier, NOWHERE in the whole only, per 1,000 residents and year."""
    tier_ids, per_event = run.jurisdiction.tier_ids, run.per_1000_per_year
    by_tier = np.bincount(tier - NOWHERE, minlength=len(tier_ids) + 1).tolist()[1:]
    return [
        whole(measure, len(tier) * per_event),
        *of_tiers(measure, tier_ids, [number * per_event for number in by_tier]),
    ]


def _recurrence_share_rows(run: ObservedRun) -> list[MeasureRow]:
    episodes, ids = run.episodes, run.protocol.category_ids
    fate, fate_s = episodes.fate.take(episodes.first), episodes.fate_s.take(episodes.first)
    last_s = run.jurisdiction.horizon_s - YEAR_S
    counted = among(fate, Fate.SETTLED) & (fate_s >= run.jurisdiction.warmup_s) & (fate_s < last_s)
    second = episodes.further.take(rows_of(episodes.number.take(episodes.further) == 1))
    breached_s = np.full(len(fate), NEVER_S, dtype=np.int64)
    breached_s[episodes.dispute.take(second)] = episodes.started_s.take(second)
    broke = counted & (breached_s - fate_s <= YEAR_S)
    category = run.batch.category
    of_all = np.bincount(category.take(rows_of(counted)), minlength=len(ids))
    of_those = np.bincount(category.take(rows_of(broke)), minlength=len(ids))
    measure = "recurrence_share_365d"
    return [
        whole(measure, ratio(count(broke), count(counted))),
        *of_categories(measure, ids, ratios(of_those, of_all)),
    ]


def _skipped_rows(run: ObservedRun, follow_ups: Int64) -> list[MeasureRow]:
    requests, tier_ids, measure = run.trajectory.requests, run.jurisdiction.tier_ids, "follow_ups_skipped_share"
    due = follow_ups.take(rows_of(run.is_in_window(requests.joined_s.take(follow_ups))))
    skipped = among(requests.outcome.take(due), RequestOutcome.SKIPPED)
    decided = skipped | (requests.pool.take(due) != NOWHERE)
    of_those, of_all = (
        np.bincount(run.request_tier.take(due.take(rows_of(these))), minlength=len(tier_ids))
        for these in (skipped, decided)
    )
    return [
        whole(measure, ratio(count(skipped), count(decided))),
        *of_tiers(measure, tier_ids, ratios(of_those, of_all)),
    ]


def _follow_up_cost_yuan(run: ObservedRun, visits: Int64) -> float:
    """Wages of the follow-up visits for cohort disputes, per cohort dispute settled at the horizon."""
    counted = visits.take(rows_of(run.cohort.take(run.trajectory.requests.dispute.take(visits))))
    settled_count = count(run.cohort & among(run.trajectory.disputes.fate, Fate.SETTLED))
    cost_yuan = cost_of_requests_yuan(run).take(counted) if len(counted) else np.zeros(0)
    return ratio(float(cost_yuan.sum()), settled_count)
