from typing import Any

import numpy as np
import pytest
from scipy import integrate, special, stats

from sim.vocabulary import NEVER_S
from tests.unit.sampling.rich_place import (
    exponential_days,
    lognormal_hours,
    rich_groups,
    rich_scenario,
    rich_tiers,
    sampled,
    session,
)
from tests.unit.scenario_factory import category, days, desk, intake, make_scenario, outreach, staff_group, tier

# Slots of the rich place: 0 village desk, 1 village home, 2 town intake, 3 town desk, 4 town again, 5 county desk.
SLOTS, OPTIONS = 6, 7


def fixed_place(**blocks: Any) -> Any:
    tiers = {
        "village": tier("village", {"home": outreach("village_mediators", "town_cadres", effort_hours=1.0)}),
        "town": tier("town", {"intake": intake("town_cadres", effort_hours=0.25), "desk": desk("town_cadres")}),
        "county": tier("county", {"desk": desk("county_centre", effort_hours=2.0)}),
    }
    groups = {
        "village_mediators": staff_group("village", 4, admin_share=0.5, patrol_share=0.1),
        "town_cadres": staff_group("town", 2, admin_share=0.3),
        "county_centre": staff_group("county", 1),
    }
    travel = {"round_trip_hours": {"village": 0.25, "town": 1.5, "county": 3.0}}
    categories = {"neighbours": category(0.5, effort_factor=1.0), "land": category(0.5, effort_factor=1.7)}
    return make_scenario(
        **({"tiers": tiers, "staff_groups": groups, "travel": travel, "categories": categories} | blocks)
    )


def test_effort_travel_and_occupation_are_those_of_the_category_mode_and_group() -> None:
    batch = sampled(fixed_place())
    neighbours, land = (int(np.flatnonzero(batch.category == k)[0]) for k in (0, 1))
    assert batch.effort_s[neighbours].tolist() == [3_600, 900, 3_600, 7_200]
    assert batch.effort_s[land].tolist() == [6_120, 1_530, 6_120, 12_240]
    # Only outreach travels: from the seat of the group that goes.
    assert batch.travel_s[land].tolist() == [900, 5_400, 0, 0, 0]
    occupations = [7_020 / 0.4, 11_520 / 0.7, 1_530 / 0.7, 6_120 / 0.7, 12_240 / 1.0]
    assert batch.occupation_s[land].tolist() == [round(seconds) for seconds in occupations]


def test_effort_has_its_mean_in_every_slot_and_differs_between_visits() -> None:
    scenario = rich_scenario(emergence={"rate_per_1000_per_year": 2_000.0}, effort_growth=None)
    batch = sampled(scenario)
    assert batch.effort_s.shape[1] == 2 * SLOTS
    of_land = batch.effort_s[batch.category == 1] / 3_600
    means = np.array([2.0, 2.0, 0.5, 2.0, 2.0, 2.0] * 2) * 1.5
    assert np.abs(of_land.mean(axis=0) - means).max() < 4 * 0.8 * 3 / np.sqrt(len(of_land))
    correlations = np.corrcoef(of_land, rowvar=False) - np.eye(2 * SLOTS)
    assert np.abs(correlations).max() < 5 / np.sqrt(len(of_land))


def test_harder_disputes_take_longer_by_the_stated_growth() -> None:
    growing = sampled(rich_scenario(effort_growth={"log_slope_per_logit": 0.4}))
    flat = sampled(rich_scenario(effort_growth=None))
    category_mean = np.array([-0.325, 0.975])[flat.category]
    expected = np.exp(0.4 * (flat.theta0_logit - category_mean))
    long = flat.effort_s[:, 0] > 1_000
    assert growing.effort_s[long, 0] / flat.effort_s[long, 0] == pytest.approx(expected[long], rel=2e-3)


def test_the_share_settled_is_the_logistic_normal_integral() -> None:
    scenario = rich_scenario(
        categories={"only": category(1.0, difficulty_sd_logit=1.2)},
        latent=None,
        patrol=None,
        opening_backlog=None,
        emergence={"rate_per_1000_per_year": 4_000.0},
    )
    batch = sampled(scenario)
    abilities = [0.0, 0.4, 0.9, None, 0.5, 0.5, 1.0]
    for option, ability in enumerate(abilities):
        if ability is None:
            continue
        settled = batch.settle_until_age_s[:, option] >= 0
        expected = integrate.quad(lambda z, a=ability: special.expit(a - 1.2 * z) * stats.norm.pdf(z), -9, 9)[0]
        assert settled.mean() == pytest.approx(expected, abs=4 * np.sqrt(expected * (1 - expected) / len(settled)))


def test_an_intake_has_no_test_at_either_visit() -> None:
    batch = sampled(rich_scenario())
    assert batch.settle_until_age_s.shape[1] == 2 * OPTIONS
    assert not batch.settle_until_age_s[:, [3, OPTIONS + 3]].any()


def test_groups_share_the_luck_of_a_session_and_differ_by_ability_only() -> None:
    batch = sampled(rich_scenario(hardening={"logit_per_30_days": 0.5, "cap_days": 10_000.0}))
    mediators, cadres = batch.settle_until_age_s[:, 1], batch.settle_until_age_s[:, 2]
    both = mediators >= 0
    # Half a logit more lasts 30 days longer at half a logit per 30 days.
    assert np.abs(cadres[both] - mediators[both] - 30 * 86_400).max() <= 1
    assert (cadres >= mediators).all()


def test_authority_counts_in_its_category_only() -> None:
    plain = sampled(rich_scenario())
    groups = rich_groups()
    groups["county_centre"]["authority_logit"] = {"neighbours": 0.0, "land": 2.0}
    strong = sampled(rich_scenario(staff_groups=groups))
    of_land = plain.category == 1
    assert np.array_equal(plain.settle_until_age_s[~of_land], strong.settle_until_age_s[~of_land])
    before, after = plain.settle_until_age_s[of_land, 6], strong.settle_until_age_s[of_land, 6]
    assert (after >= before).all()
    assert (after > before).any()


def test_each_settlement_session_of_a_tier_gains_and_an_intake_does_not_count() -> None:
    hardening = {"logit_per_30_days": 1.0, "cap_days": 10_000.0}
    flat = sampled(rich_scenario(hardening=hardening))
    settlement = {"gain_per_session_logit": 0.5, "noise_correlation": 0.5}
    gaining = sampled(rich_scenario(hardening=hardening, settlement=settlement))
    gained_days = (gaining.settle_until_age_s - flat.settle_until_age_s) / 86_400
    both = (flat.settle_until_age_s >= 0) & (gaining.settle_until_age_s < NEVER_S)
    for option, sessions_before in [(0, 0), (1, 1), (2, 1), (4, 0), (5, 1), (6, 0)]:
        expected = 15.0 * sessions_before
        assert np.abs(gained_days[both[:, option], option] - expected).max() < 1e-4


@pytest.mark.parametrize("group", ["village_mediators", "town_cadres", "county_centre"])
def test_more_ability_never_lowers_a_critical_age_and_moves_nothing_else(group: str) -> None:
    groups = rich_groups()
    groups[group]["ability_logit"] += 0.7
    less, more = sampled(rich_scenario()), sampled(rich_scenario(staff_groups=groups))
    assert (more.settle_until_age_s >= less.settle_until_age_s).all()
    assert (more.settle_until_age_s > less.settle_until_age_s).any()
    assert np.array_equal(more.effort_s, less.effort_s)
    assert np.array_equal(more.incident_s, less.incident_s)


def test_desk_and_outreach_at_the_same_place_in_the_list_share_effort_and_luck() -> None:
    at_desk = sampled(rich_scenario())
    sessions = {"desk": session("outreach", "county_centre", bonus_logit=0.0)}
    outside = sampled(rich_scenario(tiers=rich_tiers(county=sessions)))
    assert np.array_equal(at_desk.effort_s, outside.effort_s)
    assert np.array_equal(at_desk.settle_until_age_s, outside.settle_until_age_s)
    assert (outside.travel_s[:, 6] == 3 * 3_600).all()
    assert (outside.occupation_s[:, 6] - at_desk.occupation_s[:, 6] == 3 * 3_600).all()


def test_a_longer_mean_lengthens_every_effort() -> None:
    sessions = {"desk": session("desk", "county_centre", mean_hours=3.0)}
    short, long = sampled(rich_scenario()), sampled(rich_scenario(tiers=rich_tiers(county=sessions)))
    assert (long.effort_s >= short.effort_s).all()
    assert (long.effort_s[:, 5] > short.effort_s[:, 5]).mean() > 0.99
    assert np.array_equal(long.effort_s[:, :5], short.effort_s[:, :5])


def test_gaps_stand_before_every_slot_but_the_first_of_a_tier() -> None:
    batch = sampled(rich_scenario())
    with_gap = [slot in (1, 3, 4) for slot in range(SLOTS)] * 2
    assert ((batch.gap_s > 0).mean(axis=0) > 0.99).tolist() == with_gap
    gap_days = batch.gap_s[:, np.flatnonzero(with_gap)] / 86_400
    assert gap_days.mean() == pytest.approx(3.0, abs=4 * 3 / np.sqrt(gap_days.size))


def test_tiers_without_a_gap_or_without_sessions_have_none() -> None:
    scenario = make_scenario(
        tiers={
            "village": tier("village", {}),
            "town": tier("town", {"a": desk("town_cadres"), "b": desk("town_cadres")}, gap_days=days(2.0)),
            "county": tier("county", {"a": desk("county_centre"), "b": desk("county_centre")}),
        }
    )
    assert sampled(scenario).gap_s[0].tolist() == [0, 2 * 86_400, 0, 0]


def test_fixed_efforts_and_gaps_have_nothing_random_to_shift() -> None:
    fixed = rich_tiers()
    fixed["county"]["sessions"]["desk"]["effort_hours"] = {"distribution": "deterministic", "mean_hours": 2.0}
    fixed["town"]["gap_days"] = days(3.0)
    before, after = sampled(rich_scenario()), sampled(rich_scenario(tiers=fixed))
    assert np.array_equal(before.effort_s[:, :5], after.effort_s[:, :5])
    assert np.array_equal(before.settle_until_age_s, after.settle_until_age_s)
    assert (after.gap_s[:, 3] == 3 * 86_400).all()


def test_efforts_beyond_all_time_are_never_over() -> None:
    tiers = rich_tiers(county={"desk": session("desk", "county_centre")})
    tiers["county"]["sessions"]["desk"]["effort_hours"] = lognormal_hours(1e300)
    tiers["county"]["gap_days"] = exponential_days(1e300)
    assert (sampled(rich_scenario(tiers=tiers)).occupation_s[:, 6] == NEVER_S).all()
