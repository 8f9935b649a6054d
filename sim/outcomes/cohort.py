"""Measures of the cohort: what became of each dispute that emerged in the cohort years, the same under every policy."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.jurisdiction.contract import Int32, Int64
from sim.outcomes.ages import AGES_DAYS, FULL_AGE_DAYS, State, StatesAtAge, states_at
from sim.outcomes.columns import among, percentile_90, rows_of
from sim.outcomes.definition import (
    Direction,
    Measure,
    MeasureRow,
    Rows,
    Scope,
    count,
    of_categories,
    of_tiers,
    ratio,
    ratios,
    whole,
)
from sim.outcomes.observed import ObservedRun
from sim.outcomes.working_time import working_days_between
from sim.vocabulary import NOWHERE, SECONDS_PER_DAY, Fate, Surfacing

_STATES: Final = {
    State.SETTLED: (Direction.HIGHER, "truly settled (and not broken again by then)"),
    State.ADJUDICATED: (Direction.NEUTRAL, "adjudicated by the top tier"),
    State.LITIGATED: (Direction.LOWER, "taken to court"),
    State.WITHDRAWN: (
        Direction.LOWER,
        "given up by their parties (faded since or not) without an incident",
    ),
    State.FADED: (Direction.NEUTRAL, "faded before anyone knew of them"),
    State.INCIDENT: (Direction.LOWER, "turned into an incident, also after a withdrawal"),
    State.OPEN: (Direction.LOWER, "still latent or an open case"),
}
_BY_CATEGORY: Final = ("settled_share_180d", "incident_share_180d")
_HEADLINES: Final = ("settled_share_180d", "incident_share_180d", "litigated_share_180d")


_SHARES: Final = {age: {state: f"{state.name.lower()}_share_{age}d" for state in _STATES} for age in AGES_DAYS}
"""Measures by age in days and state."""


def _share_measure(state: State, age_days: int) -> Measure:
    direction, phrase = _STATES[state]
    measure_id = _SHARES[age_days][state]
    return Measure(
        id=measure_id,
        unit="share",
        direction=direction,
        scope=Scope.COHORT,
        definition=f"Share of cohort disputes {phrase} by the age of {age_days} days.",
        rows=(Rows.WHOLE, Rows.CATEGORY) if measure_id in _BY_CATEGORY else (Rows.WHOLE,),
        is_headline=measure_id in _HEADLINES,
    )


COHORT_MEASURES: Final = (
    *(_share_measure(state, age) for age in AGES_DAYS for state in _STATES),
    Measure(
        "days_unresolved_180d",
        "days",
        Direction.LOWER,
        Scope.COHORT,
        "Mean days from emergence to settlement, adjudication, litigation or fading (unseen or after a withdrawal), "
        "cut at 180; an incident counts 180, a withdrawn dispute counts on until it fades, one whose agreement breaks "
        "counts again from then.",
        rows=(Rows.WHOLE, Rows.CATEGORY),
        is_headline=True,
    ),
    Measure(
        "settled_at_tier_share_180d",
        "share",
        Direction.NEUTRAL,
        Scope.COHORT,
        "Share of cohort disputes truly settled at the tier by the age of 180 days; with those settled by the parties "
        "themselves the tiers sum to settled_share_180d.",
        rows=(Rows.TIER,),
    ),
    Measure(
        "settled_by_parties_share_180d",
        "share",
        Direction.NEUTRAL,
        Scope.COHORT,
        "Share of cohort disputes that graded triage left to the parties and that they settled themselves by the age "
        "of 180 days.",
    ),
    Measure(
        "settled_at_or_below_village_share",
        "share",
        Direction.HIGHER,
        Scope.COHORT,
        "Share of the cohort disputes registered before the horizon that are truly settled by then at the village tier "
        "or below (or by the parties themselves); conditional on registration, so secondary.",
    ),
    Measure(
        "reached_top_tier_share",
        "share",
        Direction.LOWER,
        Scope.COHORT,
        "Share of cohort disputes that arrive at the top tier before the horizon, by whatever way.",
        is_headline=True,
    ),
    Measure(
        "surfaced_share",
        "share",
        Direction.HIGHER,
        Scope.COHORT,
        "Share of cohort disputes that become known before the horizon, by report or patrol.",
    ),
    Measure(
        "found_by_patrol_share",
        "share",
        Direction.NEUTRAL,
        Scope.COHORT,
        "Share of cohort disputes first found by a patrol visit before the horizon.",
    ),
    Measure(
        "days_known_to_registration_mean",
        "days",
        Direction.LOWER,
        Scope.COHORT,
        "Mean calendar days from becoming known to registration of the cohort disputes registered before the horizon; "
        "wrong doors and the delays of channels are in it.",
    ),
    Measure(
        "on_time_overall_share",
        "share",
        Direction.HIGHER,
        Scope.COHORT,
        "Of registered cohort disputes (anew after a broken agreement) whose overall deadline fell before the horizon, "
        "the share settled or adjudicated by it; those that their parties or an incident took away by then are left "
        "out.",
    ),
    Measure(
        "days_registration_to_settlement_mean",
        "days",
        Direction.LOWER,
        Scope.COHORT,
        "Mean calendar days from registration (or reopening) to settlement of all settlements of cohort disputes "
        "before the horizon; conditional on settlement, so it rewards losing hard cases.",
    ),
    Measure(
        "days_registration_to_settlement_p90",
        "days",
        Direction.LOWER,
        Scope.COHORT,
        "90th percentile of the calendar days from registration to settlement; conditional on settlement.",
    ),
    Measure(
        "working_days_registration_to_settlement_mean",
        "working days",
        Direction.LOWER,
        Scope.COHORT,
        "Mean statutory working days after the day of registration up to the day of settlement; conditional on "
        "settlement.",
    ),
    Measure(
        "working_days_registration_to_settlement_p90",
        "working days",
        Direction.LOWER,
        Scope.COHORT,
        "90th percentile of the working days from registration to settlement; conditional on settlement.",
    ),
    Measure(
        "emerged_per_1000_per_year",
        "per 1,000 persons per year",
        Direction.NEUTRAL,
        Scope.COHORT,
        "Cohort disputes per 1,000 residents and cohort year; the same under every policy but for those that "
        "prevention kept from emerging.",
    ),
)


def cohort_rows(run: ObservedRun) -> list[MeasureRow]:
    """Return every row of `COHORT_MEASURES`."""
    categories = _categories(run)
    return [
        *_share_rows(run, categories),
        *_days_unresolved_rows(run, categories),
        *_settled_by_tier_rows(run),
        *_reach_rows(run),
        *_days_to_settlement_rows(run),
        whole("on_time_overall_share", _on_time_overall_share(run)),
    ]


def states_at_age(run: ObservedRun, age_days: int) -> StatesAtAge:
    """Return the state of every dispute at an age."""
    if age_days == FULL_AGE_DAYS:
        return run.at_full_age
    return states_at(run.episodes, run.batch.emerged_s, age_days)


@dataclass(frozen=True, slots=True)
class _Categories:
    """Categories of the cohort's disputes: ids (K,); of_dispute: int32 (n,), index of each; count: int64 (K,)."""

    ids: tuple[str, ...]
    of_dispute: Int32
    count: Int64

    def means(self, measure: str, amount: NDArray[Any], per: int) -> list[MeasureRow]:
        """Return the mean amount by category, in units of `per`; amount: (n,) of the cohort's disputes."""
        totals = np.bincount(self.of_dispute, weights=amount, minlength=len(self.ids))
        return of_categories(measure, self.ids, [mean / per for mean in ratios(totals, self.count)])


def _categories(run: ObservedRun) -> _Categories:
    of_dispute, ids = run.batch.category.take(run.cohort_rows), run.protocol.category_ids
    return _Categories(ids, of_dispute, np.bincount(of_dispute, minlength=len(ids)))


def _share_rows(run: ObservedRun, categories: _Categories) -> list[MeasureRow]:
    rows = []
    for age_days, measures in _SHARES.items():
        state_of_dispute = states_at_age(run, age_days).code.take(run.cohort_rows)
        counts = np.bincount(state_of_dispute, minlength=len(State)).tolist()
        for state, measure in measures.items():
            rows.append(whole(measure, ratio(counts[state], run.cohort_count)))
            if measure in _BY_CATEGORY:
                rows += categories.means(measure, among(state_of_dispute, state), per=1)
    return rows


def _days_unresolved_rows(run: ObservedRun, categories: _Categories) -> list[MeasureRow]:
    unresolved_s = run.unresolved_180d_s.take(run.cohort_rows)
    mean_s = ratio(int(unresolved_s.sum()), run.cohort_count)
    return [
        whole("days_unresolved_180d", mean_s / SECONDS_PER_DAY),
        *categories.means("days_unresolved_180d", unresolved_s, per=SECONDS_PER_DAY),
    ]


def _settled_by_tier_rows(run: ObservedRun) -> list[MeasureRow]:
    disputes, tier_ids, full_age = run.trajectory.disputes, run.jurisdiction.tier_ids, run.at_full_age
    settled = run.cohort & among(disputes.fate, Fate.SETTLED)
    by_180d = full_age.episode.take(rows_of(run.cohort & full_age.are(State.SETTLED)))
    counts = np.bincount(run.episodes.fate_tier.take(by_180d) - NOWHERE, minlength=len(tier_ids) + 1).tolist()
    registered = run.cohort & (run.registered_s < run.jurisdiction.horizon_s)
    low = settled & (disputes.fate_tier <= run.village_tier)
    by_parties, *at_tiers = (ratio(settled_there, run.cohort_count) for settled_there in counts)
    return [
        whole("settled_by_parties_share_180d", by_parties),
        *of_tiers("settled_at_tier_share_180d", tier_ids, at_tiers),
        whole("settled_at_or_below_village_share", ratio(count(low), count(registered))),
    ]


def _reach_rows(run: ObservedRun) -> list[MeasureRow]:
    visits, batch = run.trajectory.visits, run.batch
    at_top = np.zeros(len(batch.dispute_id), dtype=np.bool_)
    at_top[visits.dispute.take(rows_of(visits.tier == len(run.jurisdiction.tier_ids) - 1))] = True
    surfaced = run.cohort & (batch.surfaced_s < run.jurisdiction.horizon_s)
    patrolled = surfaced & among(batch.surfacing, Surfacing.PATROL)
    registered = rows_of(run.cohort & (run.registered_s < run.jurisdiction.horizon_s))
    on_the_way_s = run.registered_s.take(registered) - batch.surfaced_s.take(registered)
    return [
        whole("reached_top_tier_share", ratio(count(at_top & run.cohort), run.cohort_count)),
        whole("surfaced_share", ratio(count(surfaced), run.cohort_count)),
        whole(
            "days_known_to_registration_mean",
            ratio(int(on_the_way_s.sum()), len(on_the_way_s)) / SECONDS_PER_DAY,
        ),
        whole("found_by_patrol_share", ratio(count(patrolled), run.cohort_count)),
        whole("emerged_per_1000_per_year", run.cohort_count * run.per_1000_per_cohort_year),
    ]


def _days_to_settlement_rows(run: ObservedRun) -> list[MeasureRow]:
    episodes = run.episodes
    in_cohort = run.cohort.take(episodes.dispute)
    settled = rows_of(in_cohort & among(episodes.fate, Fate.SETTLED))
    from_s, settled_s = episodes.started_s.take(settled), episodes.fate_s.take(settled)
    registered_s = run.registered_s.take(episodes.dispute.take(settled))
    registered_s = np.where(episodes.number.take(settled) == 0, registered_s, from_s)
    working_days = working_days_between(run.jurisdiction.working_day, registered_s, settled_s)
    return [
        *_mean_and_p90("days_registration_to_settlement", settled_s - registered_s, per=SECONDS_PER_DAY),
        *_mean_and_p90("working_days_registration_to_settlement", working_days, per=1),
    ]


def _mean_and_p90(measure: str, amount: Int64, per: int) -> list[MeasureRow]:
    return [
        whole(f"{measure}_mean", ratio(int(amount.sum()), len(amount)) / per),
        whole(f"{measure}_p90", percentile_90(amount) / per),
    ]


def _on_time_overall_share(run: ObservedRun) -> float:
    episodes, dispute = run.episodes, run.episodes.dispute
    # The overall deadline runs for cases registered at a desk, not for those that came by petition before that.
    at_desk = (run.registered_s < run.jurisdiction.horizon_s) & (run.registered_s == run.batch.registered_s)
    row = rows_of((run.cohort & at_desk).take(dispute) | (run.cohort.take(dispute) & (episodes.number > 0)))
    due_s = run.protocol.overall_due_s.take(episodes.registered_s.take(row) // SECONDS_PER_DAY)
    due = rows_of(due_s < run.jurisdiction.horizon_s)
    row, due_s = row.take(due), due_s.take(due)
    fate, fate_s = episodes.fate.take(row), episodes.fate_s.take(row)
    # An adjudication in the deadline's second is what the deadline brought about, a settlement in it is in time.
    closed_on_time = (among(fate, Fate.SETTLED) & (fate_s <= due_s)) | (
        among(fate, Fate.ADJUDICATED) & (fate_s < due_s)
    )
    # Incidents and the end of patience come before a deadline in the same second.
    taken_away = among(fate, Fate.LITIGATED, Fate.INCIDENT) & (fate_s <= due_s)
    taken_away |= episodes.withdrawn_s.take(row) <= due_s
    return ratio(count(closed_on_time), len(row) - count(taken_away))
