"""Whether the visits of a case form a path that the rules allow."""

import numpy as np

from sim.outcomes.audits.accounts import arrival_after_s
from sim.outcomes.audits.subject import FORWARDED, AuditSubject, failures
from sim.vocabulary import NEVER_S, SECONDS_PER_DAY, Departure

_ESCALATIONS = (
    Departure.ESCALATED_EXHAUSTED,
    Departure.ESCALATED_DEADLINE,
    Departure.PASSED_THROUGH,
    Departure.REFERRED_BY_LOAD,
    Departure.PAPER_SETTLED,
)
_IN_PASSING = (Departure.PASSED_THROUGH, Departure.RETURNED_DOWN)


def visit_records(run: AuditSubject) -> list[str]:
    """Check each visit by itself: unit, order of its instants, departure, deadline, count at the tier."""
    visits, batch = run.trajectory.visits, run.batch
    dispute_id = batch.dispute_id[visits.dispute]
    unit = run.jurisdiction.units.ancestor[visits.tier, batch.home_unit[visits.dispute]]
    present = visits.departure == Departure.PRESENT
    due_s = run.protocol.tier_due_s[visits.tier, visits.arrived_s // SECONDS_PER_DAY]
    in_passing = np.isin(visits.departure, _IN_PASSING)
    earlier = _earlier_visits_to_tier(run)
    return [
        *failures("a visit is not to the unit above the home unit", visits.unit != unit, dispute_id),
        *failures("a visit ends before it begins", visits.left_s < visits.arrived_s, dispute_id),
        *failures("a visit begins before the dispute is known", _begins_unknown(run), dispute_id),
        *failures("a visit begins after its episode has ended", _begins_too_late(run), dispute_id),
        *failures("present and without end do not agree", present != (visits.left_s == NEVER_S), dispute_id),
        *failures("a visit in passing takes time", in_passing & (visits.left_s != visits.arrived_s), dispute_id),
        *failures("a visit's deadline is not that of its day", visits.due_s != due_s, dispute_id),
        *failures("a visit to a tier is miscounted", visits.tier_visit != earlier, dispute_id),
    ]


def visit_chains(run: AuditSubject) -> list[str]:
    """Check that each visit of an episode but the last sends the case on, to an allowed tier at the time drawn."""
    visits, top = run.trajectory.visits, len(run.jurisdiction.tier_ids) - 1
    before = np.flatnonzero(run.episode_of_visit[1:] == run.episode_of_visit[:-1])
    after = before + 1
    dispute_id = run.batch.dispute_id[visits.dispute[before]]
    way, tier, next_tier = visits.departure[before], visits.tier[before], visits.tier[after]
    allowed = np.where(np.isin(way, _ESCALATIONS), next_tier == tier + 1, False)
    allowed |= (way == Departure.REFERRED_UP) & (next_tier > tier)
    allowed |= (way == Departure.RETURNED_DOWN) & (next_tier < tier)
    # A petition can set out from any tier, or while the case is on its way from one.
    bypassed = run.episodes.bypassed[run.episode_of_visit[before]]
    allowed |= bypassed & (next_tier == top) & np.isin(way, FORWARDED)
    late = visits.arrived_s[after] != arrival_after_s(run)[before]
    return [
        *failures("a visit follows one that did not send the case there", ~allowed, dispute_id),
        *failures(
            "a visit begins before the last one ended", visits.arrived_s[after] < visits.left_s[before], dispute_id
        ),
        *failures("a visit does not begin when its handover ends", late, dispute_id),
    ]


def _begins_unknown(run: AuditSubject) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    return np.asarray(run.trajectory.visits.arrived_s < run.episodes.surfaced_s[run.episode_of_visit])


def _begins_too_late(run: AuditSubject) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    return np.asarray(run.trajectory.visits.arrived_s > run.episodes.fate_s[run.episode_of_visit])


def _earlier_visits_to_tier(run: AuditSubject) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """How many earlier visits of the same episode went to the same tier: int64 (M,)."""
    visits = run.trajectory.visits
    key = run.episode_of_visit * len(run.jurisdiction.tier_ids) + visits.tier
    order = np.argsort(key, kind="stable")
    is_first = np.ones(len(key), dtype=np.bool_)
    is_first[1:] = key[order][1:] != key[order][:-1]
    place = np.arange(len(key))
    earlier = np.empty(len(key), dtype=np.int64)
    earlier[order] = place - np.maximum.accumulate(np.where(is_first, place, 0))
    return earlier
