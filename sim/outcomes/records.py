"""What the records say beside what is true: settlements on paper, and cases handed up that the records leave out.

A record is never corrected: a case settled on paper stays settled in the records of its tier, and when it comes back
its new tier books it as a matter of its own.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.jurisdiction.contract import Int64
from sim.outcomes.ages import FULL_AGE_DAYS
from sim.outcomes.columns import Mask, among, rows_of
from sim.outcomes.definition import Direction, Measure, MeasureRow, Rows, Scope, of_tiers, ratio, ratios, whole
from sim.outcomes.equity import unit_years_without
from sim.outcomes.observed import ObservedRun
from sim.vocabulary import HANDED_UP, NEVER_S, NOWHERE, SECONDS_PER_DAY, Departure, Fate

_RATE: Final = "per 1,000 persons per year"
_HANDED_UP: Final = "because sessions were used up, by a deadline, for load or by triage after intake"
_NO_CASE: Final = "Share of equity units and cohort years in which no case of the unit"

RECORD_MEASURES: Final = (
    Measure(
        f"recorded_settled_share_{FULL_AGE_DAYS}d",
        "share",
        Direction.NEUTRAL,
        Scope.COHORT,
        "Share of cohort disputes that the records call settled by the age of 180 days, in truth or on paper; a record "
        "stands though the agreement breaks or the case comes back.",
    ),
    Measure(
        f"recorded_settled_at_tier_share_{FULL_AGE_DAYS}d",
        "share",
        Direction.NEUTRAL,
        Scope.COHORT,
        "Share of cohort disputes that the records first call settled at the tier, by the age of 180 days.",
        rows=(Rows.TIER,),
    ),
    Measure(
        "untrue_record_share",
        "share",
        Direction.LOWER,
        Scope.ALL,
        "Of the settlements recorded after the warm-up, the share that were on paper; by the tier that recorded them.",
        rows=(Rows.WHOLE, Rows.TIER),
    ),
    Measure(
        "handed_up_per_1000_per_year",
        _RATE,
        Direction.LOWER,
        Scope.ALL,
        f"Cases that in truth were due to be handed up ({_HANDED_UP}), those recorded as settled instead included; by "
        "the tier they left.",
        rows=(Rows.WHOLE, Rows.TIER),
    ),
    Measure(
        "recorded_handed_up_per_1000_per_year",
        _RATE,
        Direction.NEUTRAL,
        Scope.ALL,
        f"Cases that the records show as handed up ({_HANDED_UP}); by the tier they left.",
        rows=(Rows.WHOLE, Rows.TIER),
    ),
    Measure(
        "units_none_handed_up_share",
        "share",
        Direction.HIGHER,
        Scope.ALL,
        f"{_NO_CASE} was in truth due to be handed up (矛盾不上交).",
    ),
    Measure(
        "recorded_units_none_handed_up_share",
        "share",
        Direction.NEUTRAL,
        Scope.ALL,
        f"{_NO_CASE} was handed up in the records.",
    ),
    Measure(
        "recorded_units_no_case_above_village_share",
        "share",
        Direction.NEUTRAL,
        Scope.ALL,
        f"{_NO_CASE} arrived above the village tier, without the return of cases that the records had called settled.",
    ),
    Measure(
        "recorded_units_no_case_at_top_share",
        "share",
        Direction.NEUTRAL,
        Scope.ALL,
        f"{_NO_CASE} arrived at the top tier, without the return of cases that the records had called settled.",
    ),
)


@dataclass(frozen=True, slots=True)
class _Records:
    """Settlements that are recorded, those of a dispute as they follow one another: all int64 (n,)."""

    dispute: Int64
    recorded_s: Int64
    tier: Int64


def record_rows(run: ObservedRun) -> list[MeasureRow]:
    """Return every row of `RECORD_MEASURES`."""
    visits, tier, top = run.trajectory.visits, run.stays.row, len(run.jurisdiction.tier_ids) - 1
    recorded, on_paper = among(visits.departure, *HANDED_UP), among(visits.departure, Departure.PAPER_SETTLED)
    seen = ~_returns_from_paper(run, rows_of(on_paper))
    true, paper = _true_records(run), _paper_records(run)
    in_truth, by_records = rows_of(recorded | on_paper), rows_of(recorded)
    above, at_top = rows_of((tier > run.village_tier) & seen), rows_of((tier == top) & seen)
    return [
        *_settled_rows(run, true, paper),
        *_untrue_rows(run, true, paper),
        *_handed_up_rows(run, "handed_up_per_1000_per_year", in_truth),
        *_handed_up_rows(run, "recorded_handed_up_per_1000_per_year", by_records),
        whole("units_none_handed_up_share", unit_years_without(run, in_truth, visits.left_s)),
        whole("recorded_units_none_handed_up_share", unit_years_without(run, by_records, visits.left_s)),
        whole("recorded_units_no_case_above_village_share", unit_years_without(run, above, visits.arrived_s)),
        whole("recorded_units_no_case_at_top_share", unit_years_without(run, at_top, visits.arrived_s)),
    ]


def recorded_settlements(run: ObservedRun) -> tuple[Int64, Int64]:
    """Return when and at which tier each dispute is first recorded as settled, truly or on paper: (N,) each.

    NEVER_S and NOWHERE if it never is; NOWHERE also if its parties settled it themselves.
    """
    return _first_records(run, _true_records(run), _paper_records(run))


def _first_records(run: ObservedRun, true: _Records, on_paper: _Records) -> tuple[Int64, Int64]:
    first_s, first_tier = _first_of_each(run, true)
    if len(on_paper.dispute):
        paper_s, paper_tier = _first_of_each(run, on_paper)
        # In the same second the true one comes first.
        earlier = rows_of(paper_s < first_s)
        first_s[earlier], first_tier[earlier] = paper_s.take(earlier), paper_tier.take(earlier)
    return first_s, first_tier


def _true_records(run: ObservedRun) -> _Records:
    episodes = run.episodes
    rows = rows_of(among(episodes.fate, Fate.SETTLED))
    tier = episodes.fate_tier.take(rows).astype(np.int64)
    return _Records(episodes.dispute.take(rows), episodes.fate_s.take(rows), tier)


def _paper_records(run: ObservedRun) -> _Records:
    visits = run.trajectory.visits
    rows = rows_of(among(visits.departure, Departure.PAPER_SETTLED))
    return _Records(visits.dispute.take(rows), visits.left_s.take(rows), run.stays.row.take(rows))


def _first_of_each(run: ObservedRun, records: _Records) -> tuple[Int64, Int64]:
    """Second and tier of each dispute's first record, NEVER_S and NOWHERE without one: int64 (N,) each."""
    count_of_disputes = len(run.batch.dispute_id)
    first_s = np.full(count_of_disputes, NEVER_S, dtype=np.int64)
    first_tier = np.full(count_of_disputes, NOWHERE, dtype=np.int64)
    # Backwards, so that the first is written last.
    dispute = records.dispute[::-1]
    first_s[dispute], first_tier[dispute] = records.recorded_s[::-1], records.tier[::-1]
    return first_s, first_tier


def _settled_rows(run: ObservedRun, true: _Records, on_paper: _Records) -> list[MeasureRow]:
    recorded_s, tier = _first_records(run, true, on_paper)
    tier_ids, cohort_count = run.jurisdiction.tier_ids, run.cohort_count
    in_time = recorded_s <= run.batch.emerged_s + FULL_AGE_DAYS * SECONDS_PER_DAY
    by_180d = rows_of(run.cohort & in_time)
    at_tiers = np.bincount(tier.take(by_180d) - NOWHERE, minlength=len(tier_ids) + 1).tolist()[1:]
    measure = f"recorded_settled_at_tier_share_{FULL_AGE_DAYS}d"
    return [
        whole(f"recorded_settled_share_{FULL_AGE_DAYS}d", ratio(len(by_180d), cohort_count)),
        *of_tiers(measure, tier_ids, [ratio(settled, cohort_count) for settled in at_tiers]),
    ]


def _untrue_rows(run: ObservedRun, true_records: _Records, paper_records: _Records) -> list[MeasureRow]:
    tier_ids, measure = run.jurisdiction.tier_ids, "untrue_record_share"
    true, on_paper = (
        np.bincount(
            records.tier.take(rows_of(run.is_in_window(records.recorded_s))) - NOWHERE,
            minlength=len(tier_ids) + 1,
        )
        for records in (true_records, paper_records)
    )
    return [
        whole(measure, ratio(int(on_paper.sum()), int(on_paper.sum() + true.sum()))),
        *of_tiers(measure, tier_ids, ratios(on_paper[1:], on_paper[1:] + true[1:])),
    ]


def _handed_up_rows(run: ObservedRun, measure: str, handed_up: Int64) -> list[MeasureRow]:
    """Rows of a rate of visits, whose rows are given."""
    tier_ids, per_event = run.jurisdiction.tier_ids, run.per_1000_per_year
    left = handed_up.take(rows_of(run.is_in_window(run.trajectory.visits.left_s.take(handed_up))))
    by_tier = np.bincount(run.stays.row.take(left), minlength=len(tier_ids)).tolist()
    return [
        whole(measure, len(left) * per_event),
        *of_tiers(measure, tier_ids, [number * per_event for number in by_tier]),
    ]


def _returns_from_paper(run: ObservedRun, on_paper: Int64) -> Mask:
    """Whether a visit begins with the return of a case settled on paper, not with a petition made meanwhile: (M,).

    Where a tier that has no session for it passes it on, it is the next one that books it. `on_paper`: rows of the
    visits that ended so.
    """
    visits, batch = run.trajectory.visits, run.batch
    returns = np.zeros(len(visits.dispute), dtype=np.bool_)
    before = on_paper[on_paper + 1 < len(returns)]
    if not len(before):
        return returns
    after = before + 1
    same = (visits.dispute[after] == visits.dispute[before]) & (visits.episode[after] == visits.episode[before])
    before, after = before[same], after[same]
    visit_round = visits.episode[before].astype(np.int64) * run.protocol.sessions.visits + visits.tier_visit[before]
    column = visit_round * len(run.jurisdiction.tier_ids) + visits.tier[before]
    back_s = visits.left_s[before] + batch.paper_return_s[visits.dispute[before], column] if len(before) else 0
    returns[after] = visits.arrived_s[after] == back_s
    passed = among(visits.departure[:-1], Departure.PASSED_THROUGH) & (np.diff(visits.dispute) == 0)
    for _ in run.jurisdiction.tier_ids:
        returns[1:] |= returns[:-1] & passed
    return returns
