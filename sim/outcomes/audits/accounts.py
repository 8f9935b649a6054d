"""Whether everything adds up: disputes by category and unit, flows through tiers, time in tiers and queues."""

import numpy as np
from numpy.typing import NDArray

from sim.jurisdiction.contract import Int64
from sim.outcomes.audits.subject import FORWARDED, AuditSubject
from sim.outcomes.occupancy import seconds_in_stretches
from sim.vocabulary import NEVER_S, NOWHERE, Departure, Fate, Purpose, RequestOutcome

_CASE_FATES = (Fate.OPEN, Fate.SETTLED, Fate.ADJUDICATED, Fate.LITIGATED)
_AFTER_WITHDRAWAL = (Fate.WITHDRAWN, Fate.WITHDRAWN_FADED)


def dispute_accounts(run: AuditSubject) -> list[str]:
    """Check every way in and out, by category and by home unit, exactly.

    Disputes: opening + emerged = every fate. Episodes: known + reopened = every end of a case.
    """
    batch, episodes, horizon_s = run.batch, run.episodes, run.jurisdiction.horizon_s
    fate, final, row = episodes.fate, run.trajectory.disputes.fate, episodes.dispute
    is_known, gave_up = episodes.surfaced_s < horizon_s, episodes.withdrawn_s < horizon_s
    is_incident, is_further = fate == Fate.INCIDENT, episodes.number > 0
    emerged = ~batch.opening & (batch.emerged_s >= 0) & (batch.emerged_s < horizon_s)
    every, broke = np.arange(len(batch.dispute_id)), run.trajectory.breaches.dispute
    equations: list[tuple[str, list[Int64], list[Int64]]] = [
        (
            "opening + emerged = all fates",
            [every[batch.opening], every[emerged]],
            [every[final == code] for code in Fate],
        ),
        (
            "never known = latent + faded + hidden incidents",
            [row[~is_known]],
            [row[fate == Fate.LATENT], row[fate == Fate.FADED], row[is_incident & ~is_known]],
        ),
        (
            "known + reopened = open + settled + adjudicated + litigated + withdrawn + known incidents",
            [row[is_known & ~is_further], broke],
            [row[np.isin(fate, _CASE_FATES)], row[np.isin(fate, _AFTER_WITHDRAWAL)], row[is_incident & is_known]],
        ),
        (
            "agreements reached = standing + broken",
            [*_agreements_reached(run)],
            [every[final == Fate.SETTLED], broke],
        ),
        (
            "withdrawn = not faded yet + faded + incidents after withdrawal",
            [row[gave_up]],
            [row[np.isin(fate, _AFTER_WITHDRAWAL)], row[is_incident & gave_up]],
        ),
    ]
    keys = (
        ("category", batch.category, run.protocol.category_ids),
        ("unit", batch.home_unit, run.jurisdiction.units.ids),
    )
    return [
        f"{equation} does not hold for {key_name} {ids[int(np.argmax(difference != 0))]}"
        for equation, left, right in equations
        for key_name, key, ids in keys
        if (difference := _counts(left, key, len(ids)) - _counts(right, key, len(ids))).any()
    ]


def _agreements_reached(run: AuditSubject) -> tuple[Int64, Int64]:
    """Disputes of every agreement, from the sessions that settled and from what was left to the parties."""
    requests, episodes = run.trajectory.requests, run.episodes
    in_session = requests.dispute[requests.outcome == RequestOutcome.SETTLED]
    by_parties = (episodes.fate == Fate.SETTLED) & (episodes.fate_tier == NOWHERE)
    return in_session, episodes.dispute[by_parties]


def _counts(rows: list[Int64], key: NDArray[np.integer], size: int) -> Int64:
    return np.bincount(key[np.concatenate(rows)], minlength=size).astype(np.int64)


def tier_flows(run: AuditSubject) -> list[str]:
    """Check per tier that entered = every way of leaving + present, and that its ends are the fates that name it."""
    visits, episodes = run.trajectory.visits, run.episodes
    tier_ids, found = run.jurisdiction.tier_ids, []
    present, gone = visits.departure == Departure.PRESENT, visits.left_s != NEVER_S
    at_tier = episodes.fate_tier != NOWHERE
    ends = {Departure.SETTLED: Fate.SETTLED, Departure.ADJUDICATED: Fate.ADJUDICATED}
    for tier, tier_id in enumerate(tier_ids):
        here, fate_here = visits.tier == tier, at_tier & (episodes.fate_tier == tier)
        left = sum(int((here & gone & (visits.departure == way)).sum()) for way in Departure if way)
        entered, still_there = int(here.sum()), int((here & present & ~gone).sum())
        if entered != left + still_there:
            found.append(f"tier {tier_id}: {entered} entered, {left} left and {still_there} are present")
        for way, fate in ends.items():
            by_visit = int((here & (visits.departure == way)).sum())
            by_fate = int((fate_here & (episodes.fate == fate)).sum())
            if by_visit != by_fate:
                found.append(f"tier {tier_id}: {by_visit} visits but {by_fate} disputes ended {way.name}")
    return found


def time_integrals(run: AuditSubject) -> list[str]:
    """Check Little's identity in whole seconds: the integral of the number present (and waiting) = the sum of stays.

    The number is counted event by event; the sum comes from the records, and again from what measures use. In all,
    stays + time between tiers (as drawn) = time for which disputes were cases.
    """
    visits, requests, horizon_s = run.trajectory.visits, run.trajectory.requests, run.jurisdiction.horizon_s
    casework = requests.purpose == Purpose.CASEWORK
    slot_tier = np.searchsorted(run.protocol.sessions.tier_offset, requests.slot[casework], side="right") - 1
    queue_end_s = np.minimum(requests.started_s, requests.left_s)[casework]
    spans = (
        ("present", visits.arrived_s, np.minimum(visits.left_s, horizon_s), visits.tier),
        ("waiting", requests.joined_s[casework], np.minimum(queue_end_s, horizon_s), slot_tier),
    )
    found = []
    for what, start_s, end_s, tier in spans:
        whole_run_s = np.array([0, horizon_s], dtype=np.int64)
        measured = seconds_in_stretches(start_s, end_s, tier, len(run.jurisdiction.tier_ids), whole_run_s)[:, 0]
        for index, tier_id in enumerate(run.jurisdiction.tier_ids):
            here = tier == index
            counted, lowest = _integral_by_counting(start_s[here], end_s[here])
            summed = int((end_s[here] - start_s[here]).sum())
            if not counted == summed == int(measured[index]):
                found.append(
                    f"tier {tier_id}: {what} {counted} s counted, {summed} s summed, {int(measured[index])} s measured"
                )
            if lowest < 0:
                found.append(f"tier {tier_id}: a negative number {what}")
    return [*found, *_case_time(run)]


def _integral_by_counting(start_s: Int64, end_s: Int64) -> tuple[int, int]:
    """Integral and lowest value of the number of intervals that are under way, event by event."""
    if not len(start_s):
        return 0, 0
    # One number per event: its second, then arrivals before departures.
    event = np.sort(np.concatenate((start_s * 2, end_s * 2 + 1)))
    number = np.cumsum(np.where(event % 2 == 0, 1, -1))
    return int((number[:-1] * np.diff(event // 2)).sum()), int(number.min())


def _case_time(run: AuditSubject) -> list[str]:
    """Stays and drawn times between tiers add up to the time from first arrival to the end of each episode."""
    visits, episodes, horizon_s = run.trajectory.visits, run.episodes, run.jurisdiction.horizon_s
    with_visits = np.flatnonzero(run.visit_count > 0)
    case_end_s = np.minimum(np.minimum(episodes.fate_s, episodes.withdrawn_s), horizon_s)
    as_case_s = int((case_end_s[with_visits] - visits.arrived_s[run.first_visit[with_visits]]).sum())
    stays_s = int((np.minimum(visits.left_s, horizon_s) - visits.arrived_s).sum())
    left_next = np.isin(visits.departure, FORWARDED)
    is_last = np.zeros(len(visits.dispute), dtype=np.bool_)
    is_last[run.last_visit[with_visits]] = True
    moving, lost = np.flatnonzero(left_next & ~is_last), np.flatnonzero(left_next & is_last)
    between_s = int((arrival_after_s(run)[moving] - visits.left_s[moving]).sum())
    between_s += int((case_end_s[run.episode_of_visit[lost]] - visits.left_s[lost]).sum())
    if as_case_s != stays_s + between_s:
        return [f"cases lasted {as_case_s} s but spent {stays_s} s at tiers and {between_s} s between them"]
    return []


def arrival_after_s(run: AuditSubject) -> Int64:
    """Return when the case of each visit arrives at its next tier, from the delays drawn: int64 (M,).

    A petition made on the way sets out anew at the end of the parties' patience. Of no meaning for a last visit.
    """
    visits, episodes, episode = run.trajectory.visits, run.episodes, run.episode_of_visit
    column = run.round_of_visit * len(run.jurisdiction.tier_ids) + visits.tier
    delay_s = run.batch.handover_delay_s[visits.dispute, column]
    delay_s = np.where(visits.departure == Departure.PASSED_THROUGH, 0, delay_s)
    on_paper = np.flatnonzero(visits.departure == Departure.PAPER_SETTLED)
    if run.batch.paper_return_s.shape[1]:
        delay_s[on_paper] = run.batch.paper_return_s[visits.dispute[on_paper], column[on_paper]]
    by_petition = visits.departure == Departure.BYPASSED
    petition_delay_s = episodes.petition_delay_s[episode]
    arrival_s = visits.left_s + np.where(by_petition, petition_delay_s, delay_s)
    patience_s = episodes.patience_s[episode]
    on_the_way = episodes.bypassed[episode] & ~by_petition
    on_the_way &= (patience_s >= visits.left_s) & (patience_s <= arrival_s)
    on_the_way &= visits.departure != Departure.PASSED_THROUGH
    result: Int64 = np.where(on_the_way, patience_s + petition_delay_s, arrival_s)
    return result
