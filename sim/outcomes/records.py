"""What the records say beside what is true: settlements on paper, and cases handed up that the records leave out.

A record is never corrected: a case settled on paper stays settled in the records of its tier, and when it comes back
its new tier books it as a matter of its own.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.jurisdiction.contract import Int32, Int64
from sim.outcomes.cohort import FULL_AGE_DAYS
from sim.outcomes.definition import Direction, Measure, MeasureRow, Rows, Scope, of_tier, ratio, whole
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


def record_rows(run: ObservedRun) -> list[MeasureRow]:
    """Return every row of `RECORD_MEASURES`."""
    visits, top = run.trajectory.visits, len(run.jurisdiction.tier_ids) - 1
    recorded = np.isin(visits.departure, HANDED_UP)
    in_truth = recorded | (visits.departure == Departure.PAPER_SETTLED)
    seen = ~_returns_from_paper(run)
    above, at_top = (visits.tier > run.village_tier) & seen, (visits.tier == top) & seen
    return [
        *_settled_rows(run),
        *_untrue_rows(run),
        *_handed_up_rows(run, "handed_up_per_1000_per_year", in_truth),
        *_handed_up_rows(run, "recorded_handed_up_per_1000_per_year", recorded),
        whole("units_none_handed_up_share", _unit_years_without_departure(run, in_truth)),
        whole("recorded_units_none_handed_up_share", _unit_years_without_departure(run, recorded)),
        whole(
            "recorded_units_no_case_above_village_share",
            unit_years_without(run, visits.dispute[above], visits.arrived_s[above]),
        ),
        whole(
            "recorded_units_no_case_at_top_share",
            unit_years_without(run, visits.dispute[at_top], visits.arrived_s[at_top]),
        ),
    ]


def recorded_settlements(run: ObservedRun) -> tuple[Int64, Int32]:
    """Return when and at which tier each dispute is first recorded as settled, truly or on paper: (N,) each.

    NEVER_S and NOWHERE if it never is; NOWHERE also if its parties settled it themselves.
    """
    dispute, recorded_s, tier, _ = _all_records(run)
    count = len(run.batch.dispute_id)
    first_s, first_tier = np.full(count, NEVER_S, dtype=np.int64), np.full(count, NOWHERE, dtype=np.int32)
    order = np.lexsort((recorded_s, dispute))
    disputes, place = np.unique(dispute[order], return_index=True)
    first_s[disputes], first_tier[disputes] = recorded_s[order][place], tier[order][place]
    return first_s, first_tier


def _all_records(run: ObservedRun) -> tuple[Int64, Int64, Int64, NDArray[np.bool_]]:
    """Every settlement that is recorded: dispute row, second, tier and whether it was on paper."""
    visits, episodes = run.trajectory.visits, run.episodes
    on_paper, settled = visits.departure == Departure.PAPER_SETTLED, episodes.fate == Fate.SETTLED
    dispute = np.concatenate((episodes.dispute[settled], visits.dispute[on_paper]))
    recorded_s = np.concatenate((episodes.fate_s[settled], visits.left_s[on_paper]))
    tier = np.concatenate((episodes.fate_tier[settled], visits.tier[on_paper])).astype(np.int64)
    return dispute, recorded_s, tier, np.arange(len(dispute)) >= int(settled.sum())


def _settled_rows(run: ObservedRun) -> list[MeasureRow]:
    recorded_s, tier = recorded_settlements(run)
    tier_ids = run.jurisdiction.tier_ids
    by_180d = run.cohort & (recorded_s <= run.batch.emerged_s + FULL_AGE_DAYS * SECONDS_PER_DAY)
    count = np.bincount(tier[by_180d] - NOWHERE, minlength=len(tier_ids) + 1)[1:]
    measure = f"recorded_settled_at_tier_share_{FULL_AGE_DAYS}d"
    return [
        whole(f"recorded_settled_share_{FULL_AGE_DAYS}d", ratio(int(by_180d.sum()), run.cohort_count)),
        *(of_tier(measure, tier_ids[k], ratio(count[k], run.cohort_count)) for k in range(len(tier_ids))),
    ]


def _untrue_rows(run: ObservedRun) -> list[MeasureRow]:
    _, recorded_s, tier, on_paper = _all_records(run)
    counted, tier_ids = run.is_in_window(recorded_s), run.jurisdiction.tier_ids
    of_all = np.bincount(tier[counted] - NOWHERE, minlength=len(tier_ids) + 1)
    of_those = np.bincount(tier[counted & on_paper] - NOWHERE, minlength=len(tier_ids) + 1)
    measure = "untrue_record_share"
    return [
        whole(measure, ratio(of_those.sum(), of_all.sum())),
        *(of_tier(measure, tier_ids[k], ratio(of_those[k + 1], of_all[k + 1])) for k in range(len(tier_ids))),
    ]


def _handed_up_rows(run: ObservedRun, measure: str, handed_up: NDArray[np.bool_]) -> list[MeasureRow]:
    visits, tier_ids = run.trajectory.visits, run.jurisdiction.tier_ids
    per_event = 1_000 / (run.population_persons * run.observed_years)
    left = visits.tier[handed_up & run.is_in_window(visits.left_s)]
    count = np.bincount(left, minlength=len(tier_ids))
    return [
        whole(measure, len(left) * per_event),
        *(of_tier(measure, tier_id, count[k] * per_event) for k, tier_id in enumerate(tier_ids)),
    ]


def _unit_years_without_departure(run: ObservedRun, handed_up: NDArray[np.bool_]) -> float:
    visits = run.trajectory.visits
    return unit_years_without(run, visits.dispute[handed_up], visits.left_s[handed_up])


def _returns_from_paper(run: ObservedRun) -> NDArray[np.bool_]:
    """Whether a visit begins with the return of a case settled on paper, not with a petition made meanwhile: (M,).

    Where a tier that has no session for it passes it on, it is the next one that books it.
    """
    visits, batch = run.trajectory.visits, run.batch
    returns = np.zeros(len(visits.dispute), dtype=np.bool_)
    before = np.flatnonzero(visits.departure == Departure.PAPER_SETTLED)
    before = before[before + 1 < len(returns)]
    after = before + 1
    same = (visits.dispute[after] == visits.dispute[before]) & (visits.episode[after] == visits.episode[before])
    before, after = before[same], after[same]
    visit_round = visits.episode[before].astype(np.int64) * run.protocol.sessions.visits + visits.tier_visit[before]
    column = visit_round * len(run.jurisdiction.tier_ids) + visits.tier[before]
    back_s = visits.left_s[before] + batch.paper_return_s[visits.dispute[before], column] if len(before) else 0
    returns[after] = visits.arrived_s[after] == back_s
    passed = (visits.departure[:-1] == Departure.PASSED_THROUGH) & (np.diff(visits.dispute) == 0)
    for _ in run.jurisdiction.tier_ids:
        returns[1:] |= returns[:-1] & passed
    return returns
