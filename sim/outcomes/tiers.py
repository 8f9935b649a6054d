"""Measures of the flow between tiers after the warm-up: rates, time limits, waiting, queues and backlog."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.jurisdiction.contract import Int64
from sim.outcomes.definition import Direction, Measure, MeasureRow, Rows, Scope, of_tier, ratio, whole
from sim.outcomes.observed import ObservedRun
from sim.outcomes.occupancy import seconds_in_stretches
from sim.outcomes.working_time import worked_until_s
from sim.vocabulary import NEVER_S, SECONDS_PER_HOUR, Departure, Fate

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
    disputes, visits = run.trajectory.disputes, run.trajectory.visits
    per_event = _per_1000_per_year(run)
    in_window = run.is_in_window(disputes.fate_s)
    entered = visits.tier[run.is_in_window(visits.arrived_s) & (visits.departure != Departure.PASSED_THROUGH)]
    entered_count = np.bincount(entered, minlength=len(run.jurisdiction.tier_ids))
    bypassed = run.episodes.bypassed & run.is_in_window(run.episodes.patience_s)
    counts = {
        "registered_per_1000_per_year": run.is_in_window(run.registered_s),
        "bypasses_per_1000_per_year": bypassed,
        "litigations_per_1000_per_year": in_window & (disputes.fate == Fate.LITIGATED),
        "incidents_per_1000_per_year": in_window & (disputes.fate == Fate.INCIDENT),
    }
    return [
        *(whole(measure, int(mask.sum()) * per_event) for measure, mask in counts.items()),
        *(
            of_tier("entered_per_1000_per_year", tier_id, entered_count[tier] * per_event)
            for tier, tier_id in enumerate(run.jurisdiction.tier_ids)
        ),
    ]


def _departure_rate_rows(run: ObservedRun) -> list[MeasureRow]:
    visits, tier_ids = run.trajectory.visits, run.jurisdiction.tier_ids
    per_event = _per_1000_per_year(run)
    in_window = run.is_in_window(visits.left_s)
    kinds = {
        "escalations_per_1000_per_year": _ESCALATIONS,
        "referrals_up_per_1000_per_year": (Departure.REFERRED_UP,),
        "load_referrals_per_1000_per_year": (Departure.REFERRED_BY_LOAD,),
        "returns_down_per_1000_per_year": (Departure.RETURNED_DOWN,),
    }
    rows = []
    for measure, departures in kinds.items():
        left = visits.tier[in_window & np.isin(visits.departure, departures)]
        count = np.bincount(left, minlength=len(tier_ids))
        rows.append(whole(measure, len(left) * per_event))
        rows += [of_tier(measure, tier_id, count[tier] * per_event) for tier, tier_id in enumerate(tier_ids)]
    return rows


def _per_1000_per_year(run: ObservedRun) -> float:
    return 1_000 / (run.population_persons * run.observed_years)


def _on_time_rows(run: ObservedRun) -> list[MeasureRow]:
    visits, tier_ids = run.trajectory.visits, run.jurisdiction.tier_ids
    left_before = visits.left_s < visits.due_s
    counted = run.is_in_window(visits.arrived_s) & (visits.due_s < run.jurisdiction.horizon_s)
    counted &= ~np.isin(visits.departure, _NOT_HANDLED)
    # Incidents and the end of patience come before a deadline in the same second.
    counted &= ~(np.isin(visits.departure, _TAKEN_AWAY) & (visits.left_s <= visits.due_s))
    settled_in_time = (visits.departure == Departure.SETTLED) & (visits.left_s == visits.due_s)
    on_time = counted & (left_before | settled_in_time)
    of_all = np.bincount(visits.tier[counted], minlength=len(tier_ids))
    of_those = np.bincount(visits.tier[on_time], minlength=len(tier_ids))
    return [of_tier("on_time_share", tier_ids[t], ratio(of_those[t], of_all[t])) for t in range(len(tier_ids))]


def waits_of_cases(run: ObservedRun) -> NDArray[np.bool_]:
    """Say which requests are waits of cases that joined a queue in [warmup_s, horizon_s); bool (R,)."""
    return run.casework & run.is_in_window(run.trajectory.requests.joined_s)


def _waiting_rows(run: ObservedRun) -> list[MeasureRow]:
    requests, counted = run.trajectory.requests, waits_of_cases(run)
    tier = run.request_tier[counted]
    by_clock_s = (run.queue_end_s - requests.joined_s)[counted]
    working_s = _working_wait_s(run)[counted]
    has_ended = (run.queue_end_s < run.jurisdiction.horizon_s)[counted]
    has_left = has_ended & (requests.left_s[counted] != NEVER_S)
    rows = []
    for k, tier_id in enumerate(run.jurisdiction.tier_ids):
        here = tier == k
        rows += [
            *_wait_rows("waiting_hours", tier_id, by_clock_s[here]),
            *_wait_rows("waiting_working_hours", tier_id, working_s[here]),
            of_tier("left_queue_share", tier_id, ratio(int(has_left[here].sum()), int(has_ended[here].sum()))),
        ]
    return rows


def _working_wait_s(run: ObservedRun) -> Int64:
    """Working seconds of each wait on the calendar of the earliest listed group with a post: int64 (R,)."""
    joined_s = run.trajectory.requests.joined_s
    wait_s = np.zeros(len(joined_s), dtype=np.int64)
    calendar = run.jurisdiction.staff.group_calendar[run.asked_group] if len(joined_s) else run.asked_group
    for index, clock in enumerate(run.jurisdiction.clocks):
        here = calendar == index
        wait_s[here] = worked_until_s(clock, run.queue_end_s[here]) - worked_until_s(clock, joined_s[here])
    return wait_s


def _wait_rows(measure: str, tier_id: str, wait_s: Int64) -> list[MeasureRow]:
    p90_s = float(np.quantile(wait_s, 0.9)) if len(wait_s) else np.nan
    return [
        of_tier(f"{measure}_mean", tier_id, ratio(int(wait_s.sum()), len(wait_s)) / SECONDS_PER_HOUR),
        of_tier(f"{measure}_p90", tier_id, p90_s / SECONDS_PER_HOUR),
    ]


def _level_rows(run: ObservedRun) -> list[MeasureRow]:
    requests, visits = run.trajectory.requests, run.trajectory.visits
    tier_ids, horizon_s = run.jurisdiction.tier_ids, run.jurisdiction.horizon_s
    window_s = np.array([run.jurisdiction.warmup_s, horizon_s], dtype=np.int64)
    waiting_s = seconds_in_stretches(
        requests.joined_s[run.casework],
        run.queue_end_s[run.casework],
        run.request_tier[run.casework],
        len(tier_ids),
        window_s,
    )
    present_s = seconds_in_stretches(visits.arrived_s, visits.left_s, visits.tier, len(tier_ids), window_s)
    length_s = horizon_s - run.jurisdiction.warmup_s
    return [
        row
        for tier, tier_id in enumerate(tier_ids)
        for row in (
            of_tier("queue_mean_count", tier_id, waiting_s[tier, 0] / length_s),
            of_tier("backlog_mean_count", tier_id, present_s[tier, 0] / length_s),
        )
    ]
