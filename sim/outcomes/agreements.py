"""Measures of what follows a settlement: agreements that break, and the follow-up visits that help them to last."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.outcomes.definition import Direction, Measure, MeasureRow, Rows, Scope, of_category, of_tier, ratio, whole
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
    visits = (requests.purpose == Purpose.FOLLOW_UP) & (run.serving_group != NOWHERE)
    begun = visits & run.is_in_window(requests.started_s)
    return [
        *_rates(run, "recurrences_per_1000_per_year", breaches.tier[run.is_in_window(breaches.breached_s)]),
        *_recurrence_share_rows(run),
        *_rates(run, "follow_ups_per_1000_per_year", run.request_tier[begun]),
        *_skipped_rows(run),
        whole("follow_up_cost_yuan_per_settled", _follow_up_cost_yuan(run, visits)),
    ]


def _rates(run: ObservedRun, measure: str, tier: NDArray[np.int32]) -> list[MeasureRow]:
    """Events by tier, NOWHERE in the whole only, per 1,000 residents and year."""
    tier_ids = run.jurisdiction.tier_ids
    per_event = 1_000 / (run.population_persons * run.observed_years)
    count = np.bincount(tier[tier != NOWHERE], minlength=len(tier_ids))
    return [
        whole(measure, len(tier) * per_event),
        *(of_tier(measure, tier_id, count[k] * per_event) for k, tier_id in enumerate(tier_ids)),
    ]


def _recurrence_share_rows(run: ObservedRun) -> list[MeasureRow]:
    episodes, ids = run.episodes, run.protocol.category_ids
    first = episodes.first
    agreed_s = np.where(episodes.fate[first] == Fate.SETTLED, episodes.fate_s[first], NEVER_S)
    counted = (agreed_s >= run.jurisdiction.warmup_s) & (agreed_s < run.jurisdiction.horizon_s - YEAR_S)
    breached_s = np.full(len(first), NEVER_S, dtype=np.int64)
    is_second = run.episodes.number == 1
    breached_s[episodes.dispute[is_second]] = episodes.started_s[is_second]
    broke = counted & (breached_s - agreed_s <= YEAR_S)
    of_all = np.bincount(run.batch.category[counted], minlength=len(ids))
    of_those = np.bincount(run.batch.category[broke], minlength=len(ids))
    measure = "recurrence_share_365d"
    return [
        whole(measure, ratio(int(broke.sum()), int(counted.sum()))),
        *(of_category(measure, ids[k], ratio(of_those[k], of_all[k])) for k in range(len(ids))),
    ]


def _skipped_rows(run: ObservedRun) -> list[MeasureRow]:
    requests, tier_ids, measure = run.trajectory.requests, run.jurisdiction.tier_ids, "follow_ups_skipped_share"
    due = (requests.purpose == Purpose.FOLLOW_UP) & run.is_in_window(requests.joined_s)
    skipped = due & (requests.outcome == RequestOutcome.SKIPPED)
    decided = skipped | (due & (run.serving_group != NOWHERE))
    of_all = np.bincount(run.request_tier[decided], minlength=len(tier_ids))
    of_those = np.bincount(run.request_tier[skipped], minlength=len(tier_ids))
    return [
        whole(measure, ratio(int(skipped.sum()), int(decided.sum()))),
        *(of_tier(measure, tier_id, ratio(of_those[k], of_all[k])) for k, tier_id in enumerate(tier_ids)),
    ]


def _follow_up_cost_yuan(run: ObservedRun, visits: NDArray[np.bool_]) -> float:
    """Wages of the follow-up visits for cohort disputes, per cohort dispute settled at the horizon."""
    counted = visits & run.cohort[run.trajectory.requests.dispute]
    settled_count = int((run.cohort & (run.trajectory.disputes.fate == Fate.SETTLED)).sum())
    return ratio(float(cost_of_requests_yuan(run)[counted].sum()), settled_count)
