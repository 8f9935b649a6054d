"""Measures of the flow between tiers after the warm-up: rates, time limits, waiting, queues and backlog."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.jurisdiction.contract import Int64
from sim.outcomes.columns import among, percentile_90, rows_of
from sim.outcomes.definition import (
    Direction,
    Measure,
    MeasureRow,
    Rows,
    Scope,
    count,
    of_tier,
    of_tiers,
    ratio,
    ratios,
    whole,
)
from sim.outcomes.observed import ObservedRun
from sim.vocabulary import NEVER_S, SECONDS_PER_DAY, SECONDS_PER_HOUR, Departure, Fate

_ESCALATIONS: Final = (Departure.ESCALATED_EXHAUSTED, Departure.ESCALATED_DEADLINE)
_TAKEN_AWAY: Final = (Departure.WITHDRAWN, Departure.LITIGATED, Departure.BYPASSED, Departure.INCIDENT)
_NOT_HANDLED: Final = (Departure.PASSED_THROUGH, Departure.RETURNED_DOWN)
_RATE: Final = "per 1,000 persons per year"
_WAITING_SPANS: Final = "from joining a queue to the start of the session, to leaving unserved, or to the horizon"

TIER_MEASURES: Final = (
    Measure(
        "registered_per_1000_per_year",
        _RATE,
        Direction.NEUTRAL,
        Scope.ALL,
        "Disputes registered at a desk after the warm-up (or arriving by petition before that), per 1,000 residents; "
        "those that come back after a broken agreement are not counted again.",
    ),
    Measure(
        "entered_per_1000_per_year",
        _RATE,
        Direction.NEUTRAL,
        Scope.ALL,
        "Arrivals of cases at the tier, without those it passed on at once because it has no staffed session.",
        rows=(Rows.TIER,),
    ),
    Measure(
        "escalations_per_1000_per_year",
        _RATE,
        Direction.LOWER,
        Scope.ALL,
        "Cases handed up to the parent because sessions were used up or a deadline had passed; by the tier they left.",
        rows=(Rows.WHOLE, Rows.TIER),
    ),
    Measure(
        "referrals_up_per_1000_per_year",
        _RATE,
        Direction.NEUTRAL,
        Scope.ALL,
        "Cases that triage after intake named to a higher tier; by the tier they left.",
        rows=(Rows.WHOLE, Rows.TIER),
    ),
    Measure(
        "load_referrals_per_1000_per_year",
        _RATE,
        Direction.NEUTRAL,
        Scope.ALL,
        "Cases handed up before they joined a queue because too many were waiting; by the tier they left.",
        rows=(Rows.WHOLE, Rows.TIER),
    ),
    Measure(
        "returns_down_per_1000_per_year",
        _RATE,
        Direction.NEUTRAL,
        Scope.ALL,
        "Cases sent back down to the lowest staffed tier; by the tier they left.",
        rows=(Rows.WHOLE, Rows.TIER),
    ),
    Measure(
        "bypasses_per_1000_per_year",
        _RATE,
        Direction.LOWER,
        Scope.ALL,
        "Cases petitioned to the top tier (also while already there), dated by the end of the parties' patience.",
    ),
    Measure(
        "litigations_per_1000_per_year",
        _RATE,
        Direction.LOWER,
        Scope.ALL,
        "Disputes taken to court.",
    ),
    Measure(
        "incidents_per_1000_per_year",
        _RATE,
        Direction.LOWER,
        Scope.ALL,
        "Disputes that turned into an incident, known before or not.",
    ),
    Measure(
        "on_time_share",
        "share",
        Direction.HIGHER,
        Scope.ALL,
        "Of visits whose deadline at the tier fell before the horizon, the share that left the tier before it (or were "
        "settled in its second); cases that their parties or an incident took away by then are left out.",
        rows=(Rows.TIER,),
    ),
    Measure(
        "waiting_hours_mean",
        "hours",
        Direction.LOWER,
        Scope.ALL,
        f"Mean hours by the clock of each wait for a session, {_WAITING_SPANS}.",
        rows=(Rows.TIER,),
    ),
    Measure(
        "waiting_hours_p90",
        "hours",
        Direction.LOWER,
        Scope.ALL,
        "90th percentile of the waits averaged in waiting_hours_mean.",
        rows=(Rows.TIER,),
    ),
    Measure(
        "waiting_working_hours_mean",
        "working hours",
        Direction.LOWER,
        Scope.ALL,
        f"Mean working hours of each wait, {_WAITING_SPANS}, on the calendar of the earliest listed group with a post.",
        rows=(Rows.TIER,),
    ),
    Measure(
        "waiting_working_hours_p90",
        "working hours",
        Direction.LOWER,
        Scope.ALL,
        "90th percentile of the waits averaged in waiting_working_hours_mean.",
        rows=(Rows.TIER,),
    ),
    Measure(
        "left_queue_share",
        "share",
        Direction.LOWER,
        Scope.ALL,
        "Of the waits for a session that ended before the horizon, the share in which the case left unserved.",
        rows=(Rows.TIER,),
    ),
    Measure(
        "queue_mean_count",
        "cases",
        Direction.LOWER,
        Scope.ALL,
        "Time-average number of cases waiting for a session of the tier.",
        rows=(Rows.TIER,),
    ),
    Measure(
        "backlog_mean_count",
        "cases",
        Direction.LOWER,
        Scope.ALL,
        "Time-average number of cases present at the tier: waiting, in session or between sessions.",
        rows=(Rows.TIER,),
    ),
)


def tier_rows(run: ObservedRun) -> list[MeasureRow]:
    """Return every row of `TIER_MEASURES`."""
    return [*_rate_rows(run), *_departure_rate_rows(run), *_on_time_rows(run), *_waiting_rows(run), *_level_rows(run)]


def _rate_rows(run: ObservedRun) -> list[MeasureRow]:
    disputes, visits, tier_ids = run.trajectory.disputes, run.trajectory.visits, run.jurisdiction.tier_ids
    per_event = run.per_1000_per_year
    in_window = run.is_in_window(disputes.fate_s)
    entered = run.is_in_window(visits.arrived_s) & (visits.departure != int(Departure.PASSED_THROUGH))
    counts = {
        "registered_per_1000_per_year": run.is_in_window(run.registered_s),
        "bypasses_per_1000_per_year": run.episodes.bypassed & run.is_in_window(run.episodes.patience_s),
        "litigations_per_1000_per_year": in_window & among(disputes.fate, Fate.LITIGATED),
        "incidents_per_1000_per_year": in_window & among(disputes.fate, Fate.INCIDENT),
    }
    at_tiers = [number * per_event for number in _count_by_tier(run, entered)]
    return [
        *(whole(measure, count(mask) * per_event) for measure, mask in counts.items()),
        *of_tiers("entered_per_1000_per_year", tier_ids, at_tiers),
    ]


def _departure_rate_rows(run: ObservedRun) -> list[MeasureRow]:
    departure, tier_ids = run.trajectory.visits.departure, run.jurisdiction.tier_ids
    per_event = run.per_1000_per_year
    in_window = run.is_in_window(run.trajectory.visits.left_s)
    kinds = {
        "escalations_per_1000_per_year": _ESCALATIONS,
        "referrals_up_per_1000_per_year": (Departure.REFERRED_UP,),
        "load_referrals_per_1000_per_year": (Departure.REFERRED_BY_LOAD,),
        "returns_down_per_1000_per_year": (Departure.RETURNED_DOWN,),
    }
    rows = []
    for measure, departures in kinds.items():
        by_tier = _count_by_tier(run, in_window & among(departure, *departures))
        rows.append(whole(measure, sum(by_tier) * per_event))
        rows += of_tiers(measure, tier_ids, [number * per_event for number in by_tier])
    return rows


def _count_by_tier(run: ObservedRun, visits: NDArray[np.bool_]) -> list[int]:
    """How many of the visits named, bool (M,), are to each tier."""
    tier = run.stays.row.take(rows_of(visits))
    counts: list[int] = np.bincount(tier, minlength=len(run.jurisdiction.tier_ids)).tolist()
    return counts


def _on_time_rows(run: ObservedRun) -> list[MeasureRow]:
    visits = run.trajectory.visits
    left_before = visits.left_s < visits.due_s
    counted = run.is_in_window(visits.arrived_s) & (visits.due_s < run.jurisdiction.horizon_s)
    counted &= ~among(visits.departure, *_NOT_HANDLED)
    # Incidents and the end of patience come before a deadline in the same second.
    counted &= ~(among(visits.departure, *_TAKEN_AWAY) & (visits.left_s <= visits.due_s))
    settled_in_time = among(visits.departure, Departure.SETTLED) & (visits.left_s == visits.due_s)
    on_time = counted & (left_before | settled_in_time)
    shares = map(ratio, _count_by_tier(run, on_time), _count_by_tier(run, counted))
    return of_tiers("on_time_share", run.jurisdiction.tier_ids, shares)


def waits_of_cases(run: ObservedRun) -> Int64:
    """Return which waits are of cases that joined a queue in [warmup_s, horizon_s): rows of `run.waits`."""
    return rows_of(run.is_in_window(run.waits.start_s))


def _waiting_rows(run: ObservedRun) -> list[MeasureRow]:
    counted, tier_ids = waits_of_cases(run), run.jurisdiction.tier_ids
    joined_s, ended_s, tier = (one.take(counted) for one in (run.waits.start_s, run.waits.end_s, run.waits.row))
    request = run.casework_rows.take(counted)
    calendar = run.place.calendar_of_group.take(run.asked_group(request))
    until_s, from_s = (run.place.times.worked_until_s(calendar, instant_s) for instant_s in (ended_s, joined_s))
    has_ended = ended_s < run.jurisdiction.horizon_s
    has_left = has_ended & (run.trajectory.requests.left_s.take(request) != NEVER_S)
    ended, left = (np.bincount(tier.take(rows_of(mask)), minlength=len(tier_ids)) for mask in (has_ended, has_left))
    by_clock_s, working_s, shares = ended_s - joined_s, until_s - from_s, ratios(left, ended)
    rows = []
    for k, tier_id in enumerate(tier_ids):
        here = rows_of(tier == k)
        rows += [
            *_wait_rows("waiting_hours", tier_id, by_clock_s.take(here)),
            *_wait_rows("waiting_working_hours", tier_id, working_s.take(here)),
            of_tier("left_queue_share", tier_id, shares[k]),
        ]
    return rows


def _wait_rows(measure: str, tier_id: str, wait_s: Int64) -> list[MeasureRow]:
    return [
        of_tier(f"{measure}_mean", tier_id, ratio(int(wait_s.sum()), len(wait_s)) / SECONDS_PER_HOUR),
        of_tier(f"{measure}_p90", tier_id, percentile_90(wait_s) / SECONDS_PER_HOUR),
    ]


def _level_rows(run: ObservedRun) -> list[MeasureRow]:
    tier_ids, length_s = run.jurisdiction.tier_ids, run.jurisdiction.horizon_s - run.jurisdiction.warmup_s
    # The warm-up ends at midnight.
    first_day = run.jurisdiction.warmup_s // SECONDS_PER_DAY
    waiting_s, present_s = (
        by_day[:, first_day:].sum(axis=1).tolist() for by_day in (run.waiting_day_s, run.present_day_s)
    )
    return [
        row
        for tier, tier_id in enumerate(tier_ids)
        for row in (
            of_tier("queue_mean_count", tier_id, waiting_s[tier] / length_s),
            of_tier("backlog_mean_count", tier_id, present_s[tier] / length_s),
        )
    ]
