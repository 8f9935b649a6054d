from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pytest
from scipy.special import expit

from calibration.derived_values import DerivedValue, derive
from calibration.expected_load import fewest_posts_per_unit
from calibration.starting_points import StartingPoint, StartingPoints
from sim.specification.schema import Scenario
from tests.unit.scenario_factory import MakeScenario, category, days, desk, staff_group, tier

HOURS_PER_YEAR = 365 * 24


def point(value: float | None, low: float | None = None, high: float | None = None) -> StartingPoint:
    return StartingPoint(value, low, high, (), "made up")


POINTS: Mapping[tuple[str, str], StartingPoint] = MappingProxyType(
    {
        ("settled_share", "village"): point(0.8, 0.5, 0.9),
        ("settled_share", "town"): point(0.5, 0.4, 0.6),
        ("settled_share", "county"): point(0.9, 0.8, 0.95),
        ("success_lost_per_10_days", ""): point(0.02, 0.0, 0.06),
        ("surfaced_share", ""): point(None, 0.5, 1.0),
        ("found_per_1000_per_year", ""): point(8.0),
        ("most_posts", "town"): point(90.0),
        ("most_posts", "county"): point(60.0),
        ("weight_of_town_ability", "sunk"): point(0.25, 0.0, 1.0),
    }
)


def equal_disputes(make_scenario: MakeScenario, **blocks: Any) -> Scenario:
    """Every dispute of average difficulty, settled or not by one session at a tier, luck independent."""
    plain = category(1.0, difficulty_sd_logit=0.0)
    alike = {
        "categories": {"neighbours": plain},
        "settlement": {"gain_per_session_logit": 0.0, "noise_correlation": 0.0},
    }
    return make_scenario(**{**alike, **blocks})


def values_of(scenario: Scenario, **points: StartingPoint) -> dict[str, DerivedValue]:
    all_points = {**POINTS, **{(quantity, ""): of for quantity, of in points.items()}}
    return {value.path: value for value in derive(scenario, StartingPoints("made up", all_points)).values}


def test_ability_without_delay_is_the_logit_of_the_stated_share(make_scenario: MakeScenario) -> None:
    values = values_of(equal_disputes(make_scenario), success_lost_per_10_days=point(0.0, 0.0, 0.06))
    village = values["staff_groups.village_mediators.ability_logit"]
    assert expit(village.value) == pytest.approx(0.8, abs=1e-3)
    assert village.low is not None
    assert expit(village.low) == pytest.approx(0.5, abs=1e-3)
    assert expit(values["staff_groups.town_cadres.ability_logit"].value) == pytest.approx(0.5, abs=1e-3)


def test_hardening_costs_the_stated_points_in_ten_days(make_scenario: MakeScenario) -> None:
    hardening = values_of(equal_disputes(make_scenario))["hardening.logit_per_30_days"]
    ability = 1.3863
    assert expit(ability - hardening.value / 3) == pytest.approx(0.78, abs=1e-3)
    assert hardening.low == 0.0
    assert hardening.high is not None
    assert expit(ability - hardening.high / 3) == pytest.approx(0.74, abs=1e-3)


def test_abilities_make_up_for_what_hardened_before_the_session(make_scenario: MakeScenario) -> None:
    delayed = equal_disputes(make_scenario, handover={"delay_days": days(30), "hours": 0.0})
    prompt, late = values_of(equal_disputes(make_scenario)), values_of(delayed)
    per_30_days = prompt["hardening.logit_per_30_days"].value
    path = "staff_groups.town_cadres.ability_logit"
    assert late[path].value - prompt[path].value == pytest.approx(per_30_days, abs=0.002)


def test_rate_of_emergence_is_what_is_found_over_the_share_that_surfaces(make_scenario: MakeScenario) -> None:
    exponential = {"distribution": "exponential", "mean_days": 30}
    latent = {"self_report_days": {"neighbours": exponential}, "fade_days": {**exponential, "mean_days": 90}}
    rate = values_of(equal_disputes(make_scenario, latent=latent))["emergence.rate_per_1000_per_year"]
    assert rate.value == pytest.approx(8 / 0.75, abs=0.01)
    assert (rate.low, rate.high) == (8.0, 16.0)


def test_posts_are_the_fewest_above_the_load_of_what_is_handed_up(make_scenario: MakeScenario) -> None:
    # 32 found a year by 4,000 people, 0.2 of them reach the two towns: 3.2 cases a town, each of 6,500 hours.
    town = tier("town", {"desk": desk("town_cadres", effort_hours=6_500.0)})
    county = tier("county", {"desk": desk("county_centre", effort_hours=100.0)})
    village = tier("village", {"desk": desk("village_mediators")})
    tiers = {"village": village, "town": town, "county": county}
    values = values_of(equal_disputes(make_scenario, tiers=tiers), success_lost_per_10_days=point(0.0, 0.0, 0.06))
    load = 3.2 * 6_500 / HOURS_PER_YEAR
    assert 2 < load < 3
    posts = values["staff_groups.town_cadres.posts"]
    assert (posts.value, posts.low, posts.high) == (2 * 3, 2 * 3, 90)
    assert values["staff_groups.county_centre.posts"].value == 1


def test_without_a_reported_headcount_the_range_of_posts_ends_at_a_multiple(make_scenario: MakeScenario) -> None:
    points = {key: of for key, of in POINTS.items() if key[0] != "most_posts"}
    points["most_posts_multiple", ""] = point(3.0)
    values = {value.path: value for value in derive(make_scenario(), StartingPoints("made up", points)).values}
    for posts in (values[f"staff_groups.{group}.posts"] for group in ("town_cadres", "county_centre")):
        assert posts.high == 3 * posts.value


def test_a_unit_has_the_least_posts_however_few_its_cases(make_scenario: MakeScenario) -> None:
    points = {**POINTS, ("found_per_1000_per_year", ""): point(0.001)}
    scenario = make_scenario()
    alone = {value.path: value for value in derive(scenario, StartingPoints("made up", points)).values}
    points["least_posts", "town"] = point(2.0)
    two = {value.path: value for value in derive(scenario, StartingPoints("made up", points)).values}
    posts = "staff_groups.town_cadres.posts"
    assert (two[posts].value, two[posts].low) == (2 * alone[posts].value, 2 * alone[posts].value)
    assert two[posts].formula.endswith(", but 2")
    assert two["staff_groups.county_centre.posts"] == alone["staff_groups.county_centre.posts"]


@pytest.mark.parametrize(("load", "posts"), [(0.0, 1), (0.99, 1), (1.0, 2), (1.01, 2)])
def test_as_many_posts_as_the_load_are_too_few(load: float, posts: int) -> None:
    assert fewest_posts_per_unit(load) == posts


def test_who_is_sent_down_has_a_weighted_ability_and_an_empty_group_no_range(make_scenario: MakeScenario) -> None:
    groups = {
        "sunk": staff_group("village", 0),
        "idle": staff_group("village", 0),
        "village_mediators": staff_group("village", 4),
        "town_cadres": staff_group("town", 2),
        "county_centre": staff_group("county", 1),
    }
    tiers = {
        "village": tier("village", {"desk": desk("sunk", "idle", "village_mediators")}),
        "town": tier("town", {"desk": desk("town_cadres")}),
        "county": tier("county", {"desk": desk("county_centre")}),
    }
    values = values_of(equal_disputes(make_scenario, staff_groups=groups, tiers=tiers))
    village, town, sunk, idle = (
        values[f"staff_groups.{group}.ability_logit"] for group in ("village_mediators", "town_cadres", "sunk", "idle")
    )
    assert sunk.value == pytest.approx(0.75 * village.value + 0.25 * town.value, abs=0.002)
    assert sunk.low == pytest.approx(village.value, abs=1e-3)
    assert sunk.high == pytest.approx(town.value, abs=1e-3)
    assert (idle.value, idle.low, idle.high) == (village.value, None, None)


def test_staffed_groups_of_a_tier_that_differ_in_authority_are_refused(make_scenario: MakeScenario) -> None:
    groups = {
        "village_mediators": staff_group("village", 4),
        "elders": staff_group("village", 4, authority_logit={"neighbours": 1.0}),
        "town_cadres": staff_group("town", 2),
        "county_centre": staff_group("county", 1),
    }
    tiers = {
        "village": tier("village", {"desk": desk("village_mediators", "elders")}),
        "town": tier("town", {"desk": desk("town_cadres")}),
        "county": tier("county", {"desk": desk("county_centre")}),
    }
    with pytest.raises(ValueError, match="village: its staffed groups differ"):
        values_of(equal_disputes(make_scenario, staff_groups=groups, tiers=tiers))


def test_thresholds_grade_up_as_many_as_reach_those_tiers_ungraded(make_scenario: MakeScenario) -> None:
    triage = {
        "rule": "graded",
        "when": "registration",
        "noise_sd_logit": 1.0,
        "small": {"below_logit": 0.0, "tier": "village"},
        "large": {"below_logit": 1.0, "tier": "town"},
        "hard": {"tier": "county"},
        "may_return": [],
    }
    values = values_of(equal_disputes(make_scenario, triage=triage))
    # Perceived difficulty is standard normal: 0.8 stay below, 0.2 x 0.5 are hard.
    assert values["triage.small.below_logit"].value == pytest.approx(0.8416, abs=1e-3)
    assert values["triage.large.below_logit"].value == pytest.approx(1.2816, abs=1e-3)
    assert values["triage.small.below_logit"].low is None
