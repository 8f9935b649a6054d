"""Measures of the cohort: what became of each dispute that emerged in the cohort years, the same under every policy."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.jurisdiction.contract import Int64
from sim.outcomes.definition import Direction, Measure, MeasureRow, Rows, Scope, of_category, of_tier, ratio, whole
from sim.outcomes.observed import ObservedRun
from sim.outcomes.working_time import working_days_between
from sim.vocabulary import NOWHERE, SECONDS_PER_DAY, Fate, Surfacing

AGES_DAYS: Final = (30, 90, 180)
"""Ages at which the state of every cohort dispute is read; the schema makes follow-up at least the longest of them."""

FULL_AGE_DAYS: Final = AGES_DAYS[-1]

_STATES: Final = {
    "settled": (Direction.HIGHER, "truly settled (and not broken again by then)"),
    "adjudicated": (Direction.NEUTRAL, "adjudicated by the top tier"),
    "litigated": (Direction.LOWER, "taken to court"),
    "withdrawn": (
        Direction.LOWER,
        "given up by their parties (faded since or not) without an incident",
    ),
    "faded": (Direction.NEUTRAL, "faded before anyone knew of them"),
    "incident": (Direction.LOWER, "turned into an incident, also after a withdrawal"),
    "open": (Direction.LOWER, "still latent or an open case"),
}
_BY_CATEGORY: Final = ("settled_share_180d", "incident_share_180d")
_HEADLINES: Final = ("settled_share_180d", "incident_share_180d", "litigated_share_180d")


def _share_measure(state: str, age_days: int) -> Measure:
    direction, phrase = _STATES[state]
    measure_id = f"{state}_share_{age_days}d"
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
    return [
        *_share_rows(run),
        *_days_unresolved_rows(run),
        *_settled_by_tier_rows(run),
        *_reach_rows(run),
        *_days_to_settlement_rows(run),
        whole("on_time_overall_share", _on_time_overall_share(run)),
    ]


def states_at_age(run: ObservedRun, age_days: int) -> dict[str, NDArray[np.bool_]]:
    """Return the state of every dispute at an age, by the names of `_STATES`: masks (N,), exactly one of them true.

    It is that of the episode under way: between an agreement and its breach a dispute is settled.
    """
    until_s = run.batch.emerged_s + age_days * SECONDS_PER_DAY
    current = run.episodes.current_at(until_s)
    fate, ended = run.episodes.fate[current], run.episodes.fate_s[current] <= until_s
    states = {
        "settled": ended & (fate == Fate.SETTLED),
        "adjudicated": ended & (fate == Fate.ADJUDICATED),
        "litigated": ended & (fate == Fate.LITIGATED),
        "faded": ended & (fate == Fate.FADED),
        "incident": ended & (fate == Fate.INCIDENT),
    }
    states["withdrawn"] = (run.episodes.withdrawn_s[current] <= until_s) & ~states["incident"]
    states["open"] = ~np.logical_or.reduce(list(states.values()))
    return {name: states[name] for name in _STATES}


def _share_rows(run: ObservedRun) -> list[MeasureRow]:
    rows = []
    for age_days in AGES_DAYS:
        for state, mask in states_at_age(run, age_days).items():
            measure = f"{state}_share_{age_days}d"
            rows.append(whole(measure, ratio(int((mask & run.cohort).sum()), run.cohort_count)))
            if measure in _BY_CATEGORY:
                rows += _category_means(run, measure, mask.astype(np.int64), per=1)
    return rows


def _days_unresolved_rows(run: ObservedRun) -> list[MeasureRow]:
    unresolved_s = run.unresolved_s(FULL_AGE_DAYS)
    mean_s = ratio(int(unresolved_s[run.cohort].sum()), run.cohort_count)
    return [
        whole("days_unresolved_180d", mean_s / SECONDS_PER_DAY),
        *_category_means(run, "days_unresolved_180d", unresolved_s, per=SECONDS_PER_DAY),
    ]


def _category_means(run: ObservedRun, measure: str, amount: Int64, per: int) -> list[MeasureRow]:
    """Mean amount of the cohort's disputes of each category, in units of `per`."""
    category, ids = run.batch.category[run.cohort], run.protocol.category_ids
    counts = np.bincount(category, minlength=len(ids))
    totals = np.bincount(category, weights=amount[run.cohort], minlength=len(ids))
    return [of_category(measure, ids[k], ratio(totals[k], counts[k]) / per) for k in range(len(ids))]


def _settled_by_tier_rows(run: ObservedRun) -> list[MeasureRow]:
    disputes, tier_ids = run.trajectory.disputes, run.jurisdiction.tier_ids
    settled = run.cohort & (disputes.fate == Fate.SETTLED)
    by_180d = run.cohort & states_at_age(run, FULL_AGE_DAYS)["settled"]
    current = run.episodes.current_at(run.batch.emerged_s + FULL_AGE_DAYS * SECONDS_PER_DAY)
    counts = np.bincount(run.episodes.fate_tier[current][by_180d] - NOWHERE, minlength=len(tier_ids) + 1)
    registered = run.cohort & (run.registered_s < run.jurisdiction.horizon_s)
    low = settled & (disputes.fate_tier <= run.village_tier)
    return [
        whole("settled_by_parties_share_180d", ratio(counts[0], run.cohort_count)),
        *(
            of_tier("settled_at_tier_share_180d", tier_id, ratio(counts[tier + 1], run.cohort_count))
            for tier, tier_id in enumerate(tier_ids)
        ),
        whole("settled_at_or_below_village_share", ratio(int(low.sum()), int(registered.sum()))),
    ]


def _reach_rows(run: ObservedRun) -> list[MeasureRow]:
    visits, batch = run.trajectory.visits, run.batch
    at_top = np.zeros(len(batch.dispute_id), dtype=np.bool_)
    at_top[visits.dispute[visits.tier == len(run.jurisdiction.tier_ids) - 1]] = True
    surfaced = batch.surfaced_s < run.jurisdiction.horizon_s
    patrolled = surfaced & (batch.surfacing == Surfacing.PATROL)
    per_1000_per_year = 1_000 / (run.population_persons * run.cohort_years)
    registered = run.cohort & (run.registered_s < run.jurisdiction.horizon_s)
    on_the_way_s = (run.registered_s - batch.surfaced_s)[registered]
    return [
        whole("reached_top_tier_share", ratio(int((at_top & run.cohort).sum()), run.cohort_count)),
        whole("surfaced_share", ratio(int((surfaced & run.cohort).sum()), run.cohort_count)),
        whole(
            "days_known_to_registration_mean",
            ratio(int(on_the_way_s.sum()), len(on_the_way_s)) / SECONDS_PER_DAY,
        ),
        whole("found_by_patrol_share", ratio(int((patrolled & run.cohort).sum()), run.cohort_count)),
        whole("emerged_per_1000_per_year", run.cohort_count * per_1000_per_year),
    ]


def _days_to_settlement_rows(run: ObservedRun) -> list[MeasureRow]:
    episodes = run.episodes
    settled = run.cohort[episodes.dispute] & (episodes.fate == Fate.SETTLED)
    registered_s = np.where(episodes.number == 0, run.registered_s[episodes.dispute], episodes.started_s)[settled]
    settled_s = episodes.fate_s[settled]
    working_days = working_days_between(run.jurisdiction.working_day, registered_s, settled_s)
    return [
        *_mean_and_p90("days_registration_to_settlement", settled_s - registered_s, per=SECONDS_PER_DAY),
        *_mean_and_p90("working_days_registration_to_settlement", working_days, per=1),
    ]


def _mean_and_p90(measure: str, amount: Int64, per: int) -> list[MeasureRow]:
    p90 = float(np.quantile(amount, 0.9)) if len(amount) else np.nan
    return [
        whole(f"{measure}_mean", ratio(int(amount.sum()), len(amount)) / per),
        whole(f"{measure}_p90", p90 / per),
    ]


def _on_time_overall_share(run: ObservedRun) -> float:
    episodes = run.episodes
    registered_s, dispute = episodes.registered_s, episodes.dispute
    # The overall deadline runs for cases registered at a desk, not for those that came by petition before that.
    at_desk = (run.registered_s[dispute] < run.jurisdiction.horizon_s) & (run.registered_s == run.batch.registered_s)[
        dispute
    ]
    row = np.flatnonzero(run.cohort[dispute] & (at_desk | (episodes.number > 0)))
    due_s = run.protocol.overall_due_s[registered_s[row] // SECONDS_PER_DAY]
    row, due_s = row[due_s < run.jurisdiction.horizon_s], due_s[due_s < run.jurisdiction.horizon_s]
    closed_on_time = np.isin(episodes.fate[row], (Fate.SETTLED, Fate.ADJUDICATED)) & (episodes.fate_s[row] <= due_s)
    # An adjudication in the deadline's second is what the deadline brought about, a settlement in it is in time.
    closed_on_time &= (episodes.fate[row] == Fate.SETTLED) | (episodes.fate_s[row] < due_s)
    # Incidents and the end of patience come before a deadline in the same second.
    taken_away = np.isin(episodes.fate[row], (Fate.LITIGATED, Fate.INCIDENT)) & (episodes.fate_s[row] <= due_s)
    taken_away |= episodes.withdrawn_s[row] <= due_s
    return ratio(int(closed_on_time.sum()), int((~taken_away).sum()))
