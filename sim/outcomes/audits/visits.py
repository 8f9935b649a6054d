"""Whether the visits of a case form a path that the rules allow."""

import numpy as np

from sim.jurisdiction.contract import Int64
from sim.outcomes.audits.subject import FORWARDED, AuditSubject, among_rows, failures
from sim.outcomes.columns import among, cells
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
    visits, tier, arrived_s, left_s = (
        run.trajectory.visits,
        run.stays.row,
        run.stays.start_s,
        run.trajectory.visits.left_s,
    )
    home = run.batch.home_unit.take(visits.dispute).astype(np.int64)
    unit = cells(run.jurisdiction.units.ancestor, tier, home)
    due_s = cells(run.protocol.tier_due_s, tier, arrived_s // SECONDS_PER_DAY)
    present, passing = among(visits.departure, Departure.PRESENT), among(visits.departure, *_IN_PASSING)
    surfaced_s, fate_s = (one.take(run.episode_of_visit) for one in (run.episodes.surfaced_s, run.episodes.fate_s))
    return [
        *failures("a visit is not to the unit above the home unit", visits.unit != unit, run.of_visit),
        *failures("a visit ends before it begins", left_s < arrived_s, run.of_visit),
        *failures("a visit begins before the dispute is known", arrived_s < surfaced_s, run.of_visit),
        *failures("a visit begins after its episode has ended", arrived_s > fate_s, run.of_visit),
        *failures("present and without end do not agree", present != (left_s == NEVER_S), run.of_visit),
        *failures("a visit in passing takes time", passing & (left_s != arrived_s), run.of_visit),
        *failures("a visit's deadline is not that of its day", visits.due_s != due_s, run.of_visit),
        *failures("a visit to a tier is miscounted", visits.tier_visit != _earlier_visits_to_tier(run), run.of_visit),
    ]


def visit_chains(run: AuditSubject) -> list[str]:
    """Check that each visit of an episode but the last sends the case on, to an allowed tier at the time drawn."""
    visits, top, before, after = (
        run.trajectory.visits,
        len(run.jurisdiction.tier_ids) - 1,
        run.followed,
        run.followed + 1,
    )
    way, tier, next_tier = visits.departure.take(before), run.stays.row.take(before), run.stays.row.take(after)
    allowed = among(way, *_ESCALATIONS) & (next_tier == tier + 1)
    allowed |= among(way, Departure.REFERRED_UP) & (next_tier > tier)
    allowed |= among(way, Departure.RETURNED_DOWN) & (next_tier < tier)
    # A petition can set out from any tier, or while the case is on its way from one.
    bypassed = run.episodes.bypassed.take(run.episode_of_visit.take(before))
    allowed |= bypassed & (next_tier == top) & among(way, *FORWARDED)
    arrived_s, owner = run.stays.start_s.take(after), among_rows(run.of_visit, before)
    early = arrived_s < visits.left_s.take(before)
    return [
        *failures("a visit follows one that did not send the case there", ~allowed, owner),
        *failures("a visit begins before the last one ended", early, owner),
        *failures("a visit does not begin when its handover ends", arrived_s != run.next_arrival_s, owner),
    ]


def _earlier_visits_to_tier(run: AuditSubject) -> Int64:
    """How many earlier visits of the same episode went to the same tier: int64 (M,)."""
    episode, tier = run.episode_of_visit, run.stays.row
    earlier = np.zeros(len(tier), dtype=np.int64)
    climbs = (tier[1:] > tier[:-1]) | (episode[1:] != episode[:-1])
    if bool(climbs.all()):
        return earlier
    key = episode * len(run.jurisdiction.tier_ids) + tier
    order = np.argsort(key, kind="stable")
    is_first = np.ones(len(key), dtype=np.bool_)
    is_first[1:] = key[order][1:] != key[order][:-1]
    place = np.arange(len(key))
    earlier[order] = place - np.maximum.accumulate(np.where(is_first, place, 0))
    return earlier
