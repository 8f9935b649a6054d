"""The values of a place that follow from the others by a formula, with what they rest on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from scipy.optimize import brentq

from calibration.abilities import TierAbility, TierSessions, predict_outcomes, solve_abilities
from calibration.elapsed_days import days_before_sessions
from calibration.expected_load import (
    TierHours,
    expected_hours,
    fewest_posts_per_unit,
    load_posts_per_unit,
    units_of_tier,
)
from calibration.grade_thresholds import grade_thresholds_logit
from calibration.hardened_ladder import hardened
from calibration.latent_race import surfaced_by_category
from calibration.recurrence import Recurrence, RecurringLadder
from calibration.scenario_ladder import Ladder, ladder_of, own_group, serving_groups
from calibration.starting_points import StartingPoint, StartingPoints
from sim.jurisdiction import build_jurisdiction
from sim.jurisdiction.contract import Jurisdiction
from sim.specification.schema import Scenario
from sim.specification.schema.casework import Graded
from sim.specification.schema.place import StaffGroup
from sim.vocabulary import DAYS_PER_MONTH_OF_HARDENING

KINDS_WITH_DERIVED_POSTS: Final = ("town", "county")
WEIGHT_OF_TOWN_ABILITY: Final = "weight_of_town_ability"

_PERIODS_OF_10_DAYS_IN_30: Final = 3
_LOGIT_DECIMALS: Final = 3
_RATE_DECIMALS: Final = 2
_PERSONS_OF_RATE: Final = 1_000


@dataclass(frozen=True, slots=True)
class DerivedValue:
    """A value of a scenario by key path, its range, and the figures and formula that it rests on."""

    path: str
    value: float
    low: float | None
    high: float | None
    figures: tuple[str, ...]
    formula: str


@dataclass(frozen=True, slots=True)
class Derivation:
    """All derived values, and what the closed forms say of the place they were derived for."""

    values: tuple[DerivedValue, ...]
    tiers: tuple[TierAbility, ...]
    """Lowest first; abilities on the scenario's own scale of difficulty."""
    hours: tuple[TierHours, ...]
    found_per_year: float
    surfaced_share: float
    load_posts_per_unit: dict[str, float]
    """Offered load of one unit in posts at the stated shares, broken agreements included, by the id of each tier whose
    posts are derived."""
    recurrence: Recurrence | None
    """What breaks at the derived durability; None where agreements last."""


def derive(scenario: Scenario, points: StartingPoints) -> Derivation:
    """Derive abilities, hardening, the rate of emergence, the posts of towns and county, and thresholds of triage.

    Derived values that the scenario already has are not looked at. Raises KeyError for a missing starting point.
    """
    place = _solve(scenario, points)
    ladder, durability = place.ladder, _durability(place, points)
    hours = expected_hours(scenario, ladder, [tier.ability_logit for tier in place.tiers])
    found_rate = points.of("found_per_1000_per_year")
    found_per_year = found_rate.number * int(place.jurisdiction.units.population_persons.sum()) / _PERSONS_OF_RATE
    recurrence = None if durability is None else _recurrence(place, durability.value)
    posts, loads = _posts_values(scenario, place.jurisdiction, ladder, hours, found_per_year, recurrence, points)
    return Derivation(
        values=(
            *_ability_values(scenario, ladder, place.tiers, points),
            place.hardening,
            _rate_value(found_rate, place.surfaced_share, points),
            *posts,
            *([] if durability is None else [durability]),
            *_threshold_values(scenario, ladder),
        ),
        tiers=tuple(_on_scenario_scale(tier, ladder) for tier in place.tiers),
        hours=hours,
        found_per_year=found_per_year,
        surfaced_share=place.surfaced_share,
        load_posts_per_unit=loads,
        recurrence=recurrence,
    )


def derive_of_disputes(scenario: Scenario, points: StartingPoints) -> tuple[tuple[DerivedValue, ...], float]:
    """Derive what hangs on disputes alone, no posts or thresholds; also return the share of disputes that surfaces.

    Abilities, hardening, the rate of emergence and durability, as `derive` does, in less than half of its time.
    """
    place = _solve(scenario, points)
    durability = _durability(place, points)
    values = (
        *_ability_values(scenario, place.ladder, place.tiers, points),
        place.hardening,
        _rate_value(points.of("found_per_1000_per_year"), place.surfaced_share, points),
        *([] if durability is None else [durability]),
    )
    return values, place.surfaced_share


@dataclass(frozen=True, slots=True)
class _Solved:
    """A scenario with its ladder for the disputes as its tiers meet them, and the abilities that it needs."""

    scenario: Scenario
    jurisdiction: Jurisdiction
    ladder: Ladder
    tiers: tuple[TierAbility, ...]
    hardening: DerivedValue
    surfaced_share: float


def _solve(scenario: Scenario, points: StartingPoints) -> _Solved:
    jurisdiction = build_jurisdiction(scenario)
    surfaced = surfaced_by_category(scenario, jurisdiction)
    surfaced_share = sum(
        category.share * heard.share for category, heard in zip(scenario.categories.values(), surfaced, strict=True)
    )
    as_emerging = ladder_of(scenario, points)
    hardening = _hardening_value(as_emerging, points)
    ladder = hardened(as_emerging, surfaced, scenario, jurisdiction, hardening.value)
    return _Solved(scenario, jurisdiction, ladder, _solved(ladder.tiers, ladder), hardening, surfaced_share)


def _solved(tiers: Sequence[TierSessions], ladder: Ladder) -> tuple[TierAbility, ...]:
    return solve_abilities(tiers, ladder.categories, ladder.gain_logit, ladder.noise_correlation)


def _on_scenario_scale(tier: TierAbility, ladder: Ladder) -> TierAbility:
    return replace(tier, ability_logit=tier.ability_logit + ladder.mean_difficulty_logit)


def _ability_values(
    scenario: Scenario, ladder: Ladder, solved: Sequence[TierAbility], points: StartingPoints
) -> list[DerivedValue]:
    """Abilities of the groups that hold sessions: that of their tier, or a weighted one of those sent down."""
    of_tier = {tier.tier: _on_scenario_scale(tier, ladder).ability_logit for tier in solved}
    of_kind = dict(zip(ladder.kinds, of_tier.values(), strict=True))
    holding_sessions = {group_id for tier_id in scenario.tiers for group_id in serving_groups(scenario, tier_id)}
    values = []
    for group_id, group in scenario.staff_groups.items():
        path = f"staff_groups.{group_id}.ability_logit"
        weight = points.points.get((WEIGHT_OF_TOWN_ABILITY, group_id))
        if group_id not in holding_sessions:
            continue
        if weight is not None:
            values.append(_sunk_ability(path, weight, of_tier[ladder.tiers[0].tier], of_kind["town"]))
        else:
            values.append(_tier_ability(path, group, ladder, of_tier[group.tier], points))
    return values


def _tier_ability(
    path: str, group: StaffGroup, ladder: Ladder, ability_logit: float, points: StartingPoints
) -> DerivedValue:
    """The ability of a group's tier; a group that nobody is in has no range of its own."""
    position = [tier.tier for tier in ladder.tiers].index(group.tier)
    stated = points.of("settled_share", ladder.kinds[position])
    formula = f"ability that settles {stated.number:g} of what reaches the tier"
    below, own = ladder.tiers[:position], ladder.tiers[position]

    def ability(share: float) -> float:
        solved = _solved([*below, replace(own, stated_share=share)], ladder)[-1]
        return _on_scenario_scale(solved, ladder).ability_logit

    ends = stated.stated_ends if group.posts > 0 else ()
    return _logit_value(path, ability_logit, [ability(end) for end in ends], stated.figures, formula)


def _sunk_ability(path: str, weight: StartingPoint, lowest_logit: float, town_logit: float) -> DerivedValue:
    value, *ends = (
        lowest_logit + share * (town_logit - lowest_logit) for share in (weight.number, *weight.stated_ends)
    )
    formula = f"{weight.number:g} of the way from the lowest tier's ability to the town's"
    return _logit_value(path, value, ends, weight.figures, formula)


def _logit_value(
    path: str, value: float, ends: Sequence[float], figures: tuple[str, ...], formula: str
) -> DerivedValue:
    """A value and both ends of its range, if it has one, rounded as logits are written."""
    low, high = (round(end, _LOGIT_DECIMALS) for end in ends) if ends else (None, None)
    return DerivedValue(path, round(value, _LOGIT_DECIMALS), low, high, figures, formula)


def _hardening_value(ladder: Ladder, points: StartingPoints) -> DerivedValue:
    """Growth of difficulty that lowers the lowest tier's success as stated per ten days."""
    lost = points.of("success_lost_per_10_days")
    (lowest,) = _solved(ladder.tiers[:1], ladder)
    value, *ends = (
        _PERIODS_OF_10_DAYS_IN_30 * _shift_that_loses(ladder, lowest, share)
        for share in (lost.number, *lost.stated_ends)
    )
    formula = f"growth that costs {lost.number:g} of success in 10 days at the lowest tier"
    return _logit_value("hardening.logit_per_30_days", value, ends, lost.figures, formula)


def _shift_that_loses(ladder: Ladder, lowest: TierAbility, lost_share: float) -> float:
    def excess(shift_logit: float) -> float:
        (outcome,) = predict_outcomes(
            ladder.tiers[:1],
            [lowest.ability_logit - shift_logit],
            ladder.categories,
            ladder.gain_logit,
            ladder.noise_correlation,
        )
        return lowest.achieved_share - lost_share - outcome.settled_of_reached_share

    return float(brentq(excess, -1.0, 10.0, xtol=1e-9)) if lost_share else 0.0


def _rate_value(found_rate: StartingPoint, surfaced_share: float, points: StartingPoints) -> DerivedValue:
    smallest, largest = points.of("surfaced_share").ends
    value, low, high = (
        round(found_rate.number / share, _RATE_DECIMALS) for share in (surfaced_share, largest, smallest)
    )
    formula = "rate found over the share that surfaces"
    return DerivedValue("emergence.rate_per_1000_per_year", value, low, high, found_rate.figures, formula)


def _posts_values(
    scenario: Scenario,
    jurisdiction: Jurisdiction,
    ladder: Ladder,
    hours: Sequence[TierHours],
    found_per_year: float,
    recurrence: Recurrence | None,
    points: StartingPoints,
) -> tuple[list[DerivedValue], dict[str, float]]:
    """Fewest whole posts in each unit of towns and county above the load of the cases that reach it; and the loads."""
    values, loads, reached = [], {}, 1.0
    factors = (1.0,) * len(ladder.tiers) if recurrence is None else recurrence.arrivals_factor
    for tier, kind, tier_hours, factor in zip(ladder.tiers, ladder.kinds, hours, factors, strict=True):
        if kind in KINDS_WITH_DERIVED_POSTS:
            group_id = own_group(scenario, tier.tier)
            planned = points.points.get(("reached_share", kind))
            coming = reached * factor
            shares = (
                (coming, reached) if planned is None else (max(planned.number, coming), min(planned.number, reached))
            )
            load, low_load = (
                load_posts_per_unit(jurisdiction, group_id, found_per_year * share, tier_hours) for share in shares
            )
            loads[tier.tier] = load_posts_per_unit(jurisdiction, group_id, found_per_year * coming, tier_hours)
            units = units_of_tier(jurisdiction, tier.tier)
            least = _least_posts(points, kind)
            fewest = units * max(fewest_posts_per_unit(load), least)
            most = _most_posts(points, kind, fewest)
            values.append(
                DerivedValue(
                    path=f"staff_groups.{group_id}.posts",
                    value=fewest,
                    low=units * max(fewest_posts_per_unit(low_load), least),
                    high=most.number,
                    figures=(*(planned.figures if planned else ()), *most.figures),
                    formula=f"fewest whole posts in each unit above a load of {load:.2f}"
                    + (f", but {least}" if fewest_posts_per_unit(load) < least else ""),
                )
            )
        reached *= 1.0 - tier.stated_share
    return values, loads


def _least_posts(points: StartingPoints, kind: str) -> int:
    """The posts that a unit of a kind has however few its cases; one where nothing is stated."""
    stated = points.points.get(("least_posts", kind))
    return 1 if stated is None else int(stated.number)


def _recurring_ladder(place: _Solved) -> RecurringLadder:
    days_before = days_before_sessions(place.scenario, place.jurisdiction)
    return RecurringLadder(
        place.ladder,
        [tier.ability_logit for tier in place.tiers],
        [days_before[tier.tier] for tier in place.ladder.tiers],
        place.hardening.value / DAYS_PER_MONTH_OF_HARDENING,
    )


def _durability(place: _Solved, points: StartingPoints) -> DerivedValue | None:
    """Durability with which the stated share of agreements breaks within a year; None where agreements last."""
    breach = place.scenario.breach
    if breach is None or breach.max_episodes == 1:
        return None
    recurring, stated = _recurring_ladder(place), points.of("recurred_share_365d")
    value, *ends = (recurring.durability_logit(breach, share) for share in (stated.number, *stated.stated_ends[::-1]))
    formula = f"durability at which {stated.number:g} of agreements break in a year"
    return _logit_value("breach.durability_logit", value, ends, stated.figures, formula)


def _recurrence(place: _Solved, durability_logit: float) -> Recurrence:
    """What follows from a durability."""
    assert place.scenario.breach is not None
    return _recurring_ladder(place).recurrence(place.scenario.breach, durability_logit)


def _most_posts(points: StartingPoints, kind: str, fewest: int) -> StartingPoint:
    """The upper end of a range of posts: what a reported headcount leaves, else a multiple of the fewest."""
    stated = points.points.get(("most_posts", kind))
    if stated is not None:
        return stated
    multiple = points.of("most_posts_multiple")
    return replace(multiple, value=multiple.number * fewest)


def _threshold_values(scenario: Scenario, ladder: Ladder) -> list[DerivedValue]:
    """Thresholds of graded triage: a planner's choice, so without a range."""
    if not isinstance(scenario.triage, Graded):
        return []
    formula = "as many matters are graded up as reach that tier without grading"
    thresholds = zip(("small", "large"), grade_thresholds_logit(ladder, scenario.triage), strict=True)
    return [
        DerivedValue(f"triage.{grade}.below_logit", round(number, _LOGIT_DECIMALS), None, None, (), formula)
        for grade, number in thresholds
    ]
