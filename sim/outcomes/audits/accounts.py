"""Whether everything adds up: disputes by category and unit, flows through tiers, time in tiers and queues."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.jurisdiction.contract import Int64
from sim.outcomes.audits.subject import FORWARDED, AuditSubject
from sim.outcomes.columns import among, rows_of
from sim.vocabulary import NEVER_S, NOWHERE, Departure, Fate, RequestOutcome

_CASE_FATES = (Fate.OPEN, Fate.SETTLED, Fate.ADJUDICATED, Fate.LITIGATED)
_AFTER_WITHDRAWAL = (Fate.WITHDRAWN, Fate.WITHDRAWN_FADED)

Sides = tuple[str, Int64, NDArray[Any], NDArray[Any]]
"""An equation: what it says, the dispute of each row, and both sides by row, as numbers or as who belongs there."""


def dispute_accounts(run: AuditSubject) -> list[str]:
    """Check every way in and out, by category and by home unit, exactly.

    Disputes: opening + emerged = every fate. Episodes: known + reopened = every end of a case.
    """
    keys = (
        ("category", run.batch.category, run.protocol.category_ids),
        ("unit", run.batch.home_unit, run.jurisdiction.units.ids),
    )
    found = []
    for equation, dispute, left, right in _equations(run):
        uneven = rows_of(left != right)
        # What is even row by row is even by category and unit.
        if not len(uneven):
            continue
        surplus = left[uneven].astype(np.int64) - right[uneven]
        for key_name, key, ids in keys:
            difference = np.bincount(key[dispute[uneven]], weights=surplus, minlength=len(ids))
            if difference.any():
                found.append(f"{equation} does not hold for {key_name} {ids[int(np.argmax(difference != 0))]}")
    return found


def _equations(run: AuditSubject) -> Iterator[Sides]:
    batch, episodes, horizon_s = run.batch, run.episodes, run.jurisdiction.horizon_s
    fate, row, every = episodes.fate, episodes.dispute, np.arange(len(run.batch.dispute_id))
    is_known, gave_up = episodes.surfaced_s < horizon_s, episodes.withdrawn_s < horizon_s
    incident, after_withdrawal = among(fate, Fate.INCIDENT), among(fate, *_AFTER_WITHDRAWAL)
    settled, by_parties = among(fate, Fate.SETTLED), episodes.fate_tier == NOWHERE
    emerged = (batch.emerged_s >= 0) & (batch.emerged_s < horizon_s)
    yield "opening + emerged = all fates", every, batch.opening | emerged, among(run.trajectory.disputes.fate, *Fate)
    yield (
        "never known = latent + faded + hidden incidents",
        row,
        ~is_known,
        among(fate, Fate.LATENT, Fate.FADED) | (incident & ~is_known),
    )
    reopened = np.zeros(len(row), dtype=np.bool_)
    reopened[episodes.further] = True
    yield (
        "known + reopened = open + settled + adjudicated + litigated + withdrawn + known incidents",
        row,
        is_known | reopened,
        among(fate, *_CASE_FATES) | after_withdrawal | (incident & is_known),
    )
    in_session = run.trajectory.requests.outcome == int(RequestOutcome.SETTLED)
    by_session = np.bincount(run.episode_of_request.take(rows_of(in_session)), minlength=len(row))
    yield "agreements reached = standing + broken", row, by_session + (settled & by_parties), settled
    yield (
        "withdrawn = not faded yet + faded + incidents after withdrawal",
        row,
        gave_up,
        after_withdrawal | (incident & gave_up),
    )


def tier_flows(run: AuditSubject) -> list[str]:
    """Check per tier that entered = every way of leaving + present, and that its ends are the fates that name it."""
    visits, episodes, tier_ids = run.trajectory.visits, run.episodes, run.jurisdiction.tier_ids
    way_of_visit = run.stays.row * len(Departure) + visits.departure
    is_gone = visits.left_s != NEVER_S
    by_way = _table(way_of_visit, len(tier_ids), len(Departure))
    gone_by_way = _table(way_of_visit.take(rows_of(is_gone)), len(tier_ids), len(Departure))
    at_tier = rows_of(episodes.fate_tier != NOWHERE)
    fate_there = episodes.fate_tier.take(at_tier).astype(np.int64) * len(Fate) + episodes.fate.take(at_tier)
    by_fate = _table(fate_there, len(tier_ids), len(Fate))
    found = []
    for tier_id, ways, gone, fates in zip(tier_ids, by_way, gone_by_way, by_fate, strict=True):
        entered, present = sum(ways), ways[Departure.PRESENT] - gone[Departure.PRESENT]
        left = sum(gone) - gone[Departure.PRESENT]
        if entered != left + present:
            found.append(f"tier {tier_id}: {entered} entered, {left} left and {present} are present")
        for way, fate in ((Departure.SETTLED, Fate.SETTLED), (Departure.ADJUDICATED, Fate.ADJUDICATED)):
            if ways[way] != fates[fate]:
                found.append(f"tier {tier_id}: {ways[way]} visits but {fates[fate]} disputes ended {way.name}")
    return found


def _table(cell: Int64, row_count: int, width: int) -> list[list[int]]:
    """How often each cell of a table occurs, row by row."""
    counts: list[list[int]] = np.bincount(cell, minlength=row_count * width).reshape(row_count, width).tolist()
    return counts


def time_integrals(run: AuditSubject) -> list[str]:
    """Check Little's identity in whole seconds: the integral of the number present (and waiting) = the sum of stays.

    The integral is what measures use, day by day; the sum comes from the records. In all, stays + time between tiers
    (as drawn) = time for which disputes were cases.
    """
    found = []
    for what, spans, measured_s in (
        ("present", run.stays, run.present_day_s.sum(axis=1)),
        ("waiting", run.waits, run.waiting_day_s.sum(axis=1)),
    ):
        length_s = spans.end_s - spans.start_s
        # Whole seconds below 2**53: float weights are exact.
        summed_s = np.bincount(spans.row, weights=length_s, minlength=len(measured_s))
        suspect = measured_s != summed_s
        # Counted event by event, the sum is the same and the number never negative but for an end before its start.
        suspect[spans.row[length_s < 0]] = True
        for tier in rows_of(suspect).tolist():
            here = rows_of(spans.row == tier)
            counted, lowest = _integral_by_counting(spans.start_s[here], spans.end_s[here])
            summed, measured, tier_id = int(summed_s[tier]), int(measured_s[tier]), run.jurisdiction.tier_ids[tier]
            if not counted == summed == measured:
                found.append(f"tier {tier_id}: {what} {counted} s counted, {summed} s summed, {measured} s measured")
            if lowest < 0:
                found.append(f"tier {tier_id}: a negative number {what}")
    return [*found, *_case_time(run)]


def _integral_by_counting(start_s: Int64, end_s: Int64) -> tuple[int, int]:
    """Integral and lowest value of the number of intervals that are under way, event by event."""
    if not len(start_s):
        return 0, 0
    # One number per event: its second, then arrivals before departures.
    event = np.sort(np.concatenate((start_s * 2, end_s * 2 + 1)))
    number = np.cumsum(1 - 2 * (event & 1))
    seconds = event >> 1
    return int((number[:-1] * (seconds[1:] - seconds[:-1])).sum()), int(number.min())


def _case_time(run: AuditSubject) -> list[str]:
    """Stays and drawn times between tiers add up to the time from first arrival to the end of each episode."""
    visits, episodes, horizon_s = run.trajectory.visits, run.episodes, run.jurisdiction.horizon_s
    with_visits = rows_of(run.visit_count > 0)
    case_end_s = np.minimum(np.minimum(episodes.fate_s, episodes.withdrawn_s), horizon_s)
    first, last = run.first_visit.take(with_visits), run.last_visit.take(with_visits)
    as_case_s = int(case_end_s.take(with_visits).sum()) - int(visits.arrived_s.take(first).sum())
    stays_s = int(run.stays.end_s.sum()) - int(run.stays.start_s.sum())
    sent_on = rows_of(among(visits.departure.take(run.followed), *FORWARDED))
    lost = last.take(rows_of(among(visits.departure.take(last), *FORWARDED)))
    between_s = int((run.next_arrival_s.take(sent_on) - visits.left_s.take(run.followed.take(sent_on))).sum())
    between_s += int((case_end_s.take(run.episode_of_visit.take(lost)) - visits.left_s.take(lost)).sum())
    if as_case_s != stays_s + between_s:
        return [f"cases lasted {as_case_s} s but spent {stays_s} s at tiers and {between_s} s between them"]
    return []
