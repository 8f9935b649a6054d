"""Little's law (1961) within one run, to the second: L · time = λ · time · W, whatever the order of service.

L comes from the outcomes, which count visits; the time that cases spend comes from the records of their sessions.
"""

import numpy as np
from numpy.typing import NDArray

from sim.outcomes.observed import ObservedRun
from sim.outcomes.tables import visit_table
from sim.outcomes.tiers import tier_rows
from sim.vocabulary import NEVER_S, SECONDS_PER_DAY, SECONDS_PER_HOUR

Int64 = NDArray[np.int64]


def littles_law_gaps(run: ObservedRun) -> list[str]:
    """Return the tiers whose measured backlog or queue is not the time spent there after the warm-up.

    Without gaps between sessions a case that is present waits for a post or is in session.
    """
    value = _measures(run)
    requests, horizon_s = run.trajectory.requests, run.jurisdiction.horizon_s
    window_s = horizon_s - run.jurisdiction.warmup_s
    session_end_s = np.minimum(np.minimum(requests.ended_s, _left_s_of_requests(run)), horizon_s)
    session_start_s = np.minimum(requests.started_s, session_end_s)
    gaps = []
    for tier, tier_id in enumerate(run.jurisdiction.tier_ids):
        here = run.casework & (run.request_tier == tier)
        waiting_s = _seconds_in_window(run, requests.joined_s[here], run.queue_end_s[here])
        in_session_s = _seconds_in_window(run, session_start_s[here], session_end_s[here])
        queued_s = round(value["queue_mean_count", tier_id] * window_s)
        present_s = round(value["backlog_mean_count", tier_id] * window_s)
        if queued_s != waiting_s or present_s != waiting_s + in_session_s:
            gaps.append(
                f"{tier_id}: queue {queued_s} s and present {present_s} s measured, "
                f"waiting {waiting_s} s and in session {in_session_s} s recorded"
            )
    return gaps


def flow_times_time_gaps(run: ObservedRun) -> list[str]:
    """Return the tiers where L is not λ · W as measured from an empty place to the horizon, in a run without warm-up.

    Present: backlog = cases entered a year · mean stay. Waiting: queue = waits a year · mean wait.
    """
    assert run.jurisdiction.warmup_s == 0
    value, visits, horizon_s = _measures(run), visit_table(run), run.jurisdiction.horizon_s
    years = horizon_s / SECONDS_PER_DAY / 365
    gaps = []
    for tier, tier_id in enumerate(run.jurisdiction.tier_ids):
        here = visits[(visits["tier"] == tier_id) & (visits["departure"] != "passed_through")]
        stays_s = here["left_s"].fillna(horizon_s).to_numpy(dtype=np.int64) - here["arrived_s"].to_numpy()
        entered = value["entered_per_1000_per_year", tier_id] * run.population_persons / 1_000 * years
        joined = int((run.casework & (run.request_tier == tier)).sum())
        present_s, queued_s = (
            round(value[measure, tier_id] * horizon_s) for measure in ("backlog_mean_count", "queue_mean_count")
        )
        stayed_s = round(entered * float(stays_s.mean()))
        waited_s = round(joined * value["waiting_hours_mean", tier_id] * SECONDS_PER_HOUR)
        if present_s != stayed_s or queued_s != waited_s:
            gaps.append(f"{tier_id}: present {present_s} s and {stayed_s} s, waiting {queued_s} s and {waited_s} s")
    return gaps


def _measures(run: ObservedRun) -> dict[tuple[str, str], float]:
    return {(row.measure, row.tier): row.value for row in tier_rows(run)}


def _seconds_in_window(run: ObservedRun, start_s: Int64, end_s: Int64) -> int:
    window = (run.jurisdiction.warmup_s, run.jurisdiction.horizon_s)
    return int((np.clip(end_s, *window) - np.clip(start_s, *window)).sum())


def _left_s_of_requests(run: ObservedRun) -> Int64:
    """When the case of each request left the visit, NEVER_S if it did not: an incident ends a session early."""
    visits, requests = run.trajectory.visits, run.trajectory.requests
    if not len(visits.dispute):
        return np.full(len(requests.dispute), NEVER_S, dtype=np.int64)
    most = int(visits.number.max()) + 1
    row = np.searchsorted(visits.dispute * most + visits.number, requests.dispute * most + requests.visit_number)
    return visits.left_s[row]
