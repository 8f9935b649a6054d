"""The values of a place that follow from the others by a formula, with what they rest on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from scipy.optimize import brentq

from calibration.abilities import TierAbility, predict_outcomes, solve_abilities
from calibration.expected_load import TierHours, expected_hours, fewest_posts_per_unit, load_posts_per_unit
from calibration.scenario_ladder import Ladder, ladder_of, own_group
from calibration.starting_points import StartingPoints
from calibration.surfaced_share import surfaced_share
from sim.specification.schema import Scenario

KINDS_WITH_DERIVED_POSTS: Final = ("town", "county")
_PERIODS_OF_10_DAYS_IN_30: Final = 3
_ABILITY_DECIMALS: Final = 3
_RATE_DECIMALS: Final = 2
_PERSONS_OF_RATE: Final = 1_000


@dataclass(frozen=True, slots=True)
class DerivedValue:
    """A value of a scenario by key path, its range, and the figures and formula that it rests on."""

    path: str
    value: float
    low: float
    high: float
    figures: tuple[str, ...]
    formula: str


@dataclass(frozen=True, slots=True)
class Derivation:
    """All derived values, and what the closed forms say of the tiers they were derived for."""

    values: tuple[DerivedValue, ...]
    abilities: tuple[TierAbility, ...]
    hours: tuple[TierHours, ...]
    found_per_year: float
    surfaced_share: float
    load_posts_per_unit: tuple[tuple[str, float], ...]
    """Tier id and offered load of one unit in posts, for tiers whose posts are derived."""


def derive(scenario: Scenario, points: StartingPoints) -> Derivation:
    """Derive abilities, hardening, the rate of emergence and the posts of town and county.

    Derived values that the scenario already has are not looked at. Raises KeyError for a missing starting point.
    """
    ladder = ladder_of(scenario, points)
    abilities = _solved(ladder)
    hours = expected_hours(scenario, ladder, [tier.ability_logit for tier in abilities])
    found_rate = points.of("found_per_1000_per_year").number
    found_per_year = found_rate * _persons(scenario) / _PERSONS_OF_RATE
    surfaced = surfaced_share(scenario)
    loads: list[tuple[str, float]] = []
    values = [
        *_ability_values(scenario, ladder, abilities, points),
        _hardening_value(ladder, abilities, points),
        _rate_value(found_rate, surfaced, points),
        *_posts_values(scenario, ladder, hours, found_per_year, points, loads),
    ]
    return Derivation(tuple(values), abilities, hours, found_per_year, surfaced, tuple(loads))


def _solved(ladder: Ladder, **stated_shares: float) -> tuple[TierAbility, ...]:
    """Solve the ladder, with the stated shares of some tiers replaced."""
    tiers = [replace(tier, stated_share=stated_shares.get(tier.tier, tier.stated_share)) for tier in ladder.tiers]
    return solve_abilities(tiers, ladder.categories, ladder.gain_logit, ladder.noise_correlation)


def _ability_values(
    scenario: Scenario, ladder: Ladder, abilities: Sequence[TierAbility], points: StartingPoints
) -> list[DerivedValue]:
    """Abilities of all groups: that of their tier; a group that also serves tiers below ranges between its neighbours."""
    central = {tier.tier: tier.ability_logit for tier in abilities}
    values = []
    for group_id, group in scenario.staff_groups.items():
        position = [tier.tier for tier in ladder.tiers].index(group.tier)
        tier, kind = ladder.tiers[position].tier, ladder.kinds[position]
        stated = points.of("settled_share", kind)
        if group_id == own_group(scenario, tier) or group.posts > 0:
            low, high = (_solved(ladder, **{tier: end})[position].ability_logit for end in stated.ends)
        else:
            around = ladder.tiers[max(position - 1, 0)], ladder.tiers[min(position + 1, len(ladder.tiers) - 1)]
            low, high = sorted(central[neighbour.tier] for neighbour in around)
        values.append(
            DerivedValue(
                f"staff_groups.{group_id}.ability_logit",
                *(round(number, _ABILITY_DECIMALS) for number in (central[tier], low, high)),
                figures=stated.figures,
                formula=f"ability that settles {stated.number:g} of what reaches the {kind} tier",
            )
        )
    return values


def _hardening_value(ladder: Ladder, abilities: Sequence[TierAbility], points: StartingPoints) -> DerivedValue:
    """Growth of difficulty that lowers the lowest tier's success as stated per ten days."""
    lost = points.of("success_lost_per_10_days")
    numbers = [
        round(_PERIODS_OF_10_DAYS_IN_30 * _shift_that_loses(ladder, abilities[0], share), _ABILITY_DECIMALS)
        for share in (lost.number, *lost.ends)
    ]
    formula = f"growth that costs {lost.number:g} of success in 10 days at the lowest tier"
    return DerivedValue("hardening.logit_per_30_days", *numbers, figures=lost.figures, formula=formula)


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


def _rate_value(found_rate: float, surfaced: float, points: StartingPoints) -> DerivedValue:
    smallest, largest = points.of("surfaced_share").ends
    numbers = [round(found_rate / share, _RATE_DECIMALS) for share in (surfaced, largest, smallest)]
    figures = points.of("found_per_1000_per_year").figures
    formula = "rate found over the share that surfaces in the latent race"
    return DerivedValue("emergence.rate_per_1000_per_year", *numbers, figures=figures, formula=formula)


def _posts_values(
    scenario: Scenario,
    ladder: Ladder,
    hours: Sequence[TierHours],
    found_per_year: float,
    points: StartingPoints,
    loads: list[tuple[str, float]],
) -> list[DerivedValue]:
    """Fewest whole posts in each unit of towns and county above the load of the cases that reach it."""
    values, reached = [], 1.0
    for position, (sessions, kind) in enumerate(zip(ladder.tiers, ladder.kinds, strict=True)):
        if kind in KINDS_WITH_DERIVED_POSTS:
            group_id = own_group(scenario, sessions.tier)
            stated = points.points.get(("reached_share", kind))
            planned = reached if stated is None else stated.number
            load, low_load = (
                load_posts_per_unit(scenario, sessions.tier, found_per_year * share, hours[position], group_id)
                for share in (planned, min(planned, reached))
            )
            loads.append((sessions.tier, load))
            units = _units(scenario, sessions.tier)
            most = points.of("most_posts", kind)
            values.append(
                DerivedValue(
                    f"staff_groups.{group_id}.posts",
                    units * fewest_posts_per_unit(load),
                    units * fewest_posts_per_unit(low_load),
                    most.number,
                    figures=(*(stated.figures if stated else ()), *most.figures),
                    formula=f"fewest whole posts above a load of {load:.2f} in each unit",
                )
            )
        reached *= 1.0 - sessions.stated_share
    return values


def _persons(scenario: Scenario) -> int:
    units = scenario.units
    if units.by != "count":
        raise ValueError("derived values need units given by count")
    return units.population_persons


def _units(scenario: Scenario, tier_id: str) -> int:
    units = scenario.units
    if units.by != "count":
        raise ValueError("derived values need units given by count")
    return units.counts[tier_id]
