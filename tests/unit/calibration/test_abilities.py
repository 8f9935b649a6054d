import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.special import logit, ndtr

from calibration.abilities import (
    CategoryDifficulty,
    TierSessions,
    predict_outcomes,
    solve_abilities,
    stated_outcomes,
)

GAIN = 0.15
CATEGORIES = (
    CategoryDifficulty(0.5, -0.2, 0.8),
    CategoryDifficulty(0.3, 0.1, 1.3),
    CategoryDifficulty(0.2, 0.9, 1.0),
)
TIERS = (
    TierSessions("grid", 0.60, (0.0, 0.4)),
    TierSessions("village", 0.575, (0.0, 0.4, 0.4)),
    TierSessions("town", 0.94, (0.0, 0.3, 0.0), (0.0, 0.2, 0.8)),
    TierSessions("county", 0.95, (0.0, 0.0)),
)
SAME = (CategoryDifficulty(1.0, 0.0, 0.0),)
"""Every dispute of average difficulty."""


def settled_at(abilities: list[float], correlation: float, count: int, seed: int) -> NDArray[np.int64]:
    """Index of the tier that settles each of `count` simulated disputes, -1 for none, by the model's own words."""
    rng = np.random.default_rng(seed)
    share = np.array([category.share for category in CATEGORIES])
    mean = np.array([category.mean_logit for category in CATEGORIES])
    category = rng.choice(len(share), size=count, p=share)
    sd = np.array([c.sd_logit for c in CATEGORIES])[category]
    theta = (mean - share @ mean)[category] + sd * rng.standard_normal(count)
    shared_noise = rng.standard_normal(count)
    settled = np.full(count, -1)
    for index, tier in enumerate(TIERS):
        authority = np.array(tier.authority_logit or (0.0,) * len(share))[category]
        for session, bonus in enumerate(tier.bonuses_logit):
            own_noise = rng.standard_normal(count)
            noise = logit(ndtr(np.sqrt(correlation) * shared_noise + np.sqrt(1 - correlation) * own_noise))
            margin = abilities[index] + authority + bonus + GAIN * session - theta + noise
            settled[(settled == -1) & (margin > 0)] = index
    return settled


@pytest.mark.parametrize("correlation", [0.0, 0.35, 0.8, 1.0])
def test_simulated_disputes_are_settled_at_each_tier_in_the_stated_shares(correlation: float) -> None:
    solved = solve_abilities(TIERS, CATEGORIES, GAIN, correlation)
    settled = settled_at([tier.ability_logit for tier in solved], correlation, count=300_000, seed=20_240_607)
    for index, tier in enumerate(TIERS):
        reached = settled[(settled == -1) | (settled >= index)]
        half_width = 3.29 * np.sqrt(tier.stated_share * (1 - tier.stated_share) / len(reached))
        assert half_width < 0.015  # else the comparison has no power
        assert np.mean(reached == index) == pytest.approx(tier.stated_share, abs=half_width)


@pytest.mark.parametrize("correlation", [0.0, 0.35, 0.4999, 0.5, 0.8, 0.9999, 1.0])
def test_residuals_vanish_and_a_finer_quadrature_agrees_to_a_millionth(correlation: float) -> None:
    solved = solve_abilities(TIERS, CATEGORIES, GAIN, correlation)
    abilities = [tier.ability_logit for tier in solved]
    finer = predict_outcomes(TIERS, abilities, CATEGORIES, GAIN, correlation, refinement=3)
    for tier, outcome in zip(solved, finer, strict=True):
        assert abs(tier.residual_share) < 1e-9
        assert outcome.settled_of_reached_share == pytest.approx(tier.stated_share, abs=1e-6)
        assert outcome.settled_share == pytest.approx(tier.settled_share, abs=1e-6)


def test_a_wide_spread_of_difficulty_is_still_resolved() -> None:
    categories = (CategoryDifficulty(0.5, -4.0, 6.0), CategoryDifficulty(0.5, 4.0, 0.1))
    tiers = [TierSessions(tier.tier, tier.stated_share, tier.bonuses_logit) for tier in TIERS[:3]]
    solved = solve_abilities(tiers, categories, GAIN, 0.6)
    finer = solve_abilities(tiers, categories, GAIN, 0.6, refinement=2)
    assert [t.ability_logit for t in solved] == pytest.approx([t.ability_logit for t in finer], abs=1e-5)


def test_starting_point_for_settlement_gives_83_percent_in_the_village_and_one_percent_at_the_county() -> None:
    for outcomes in (stated_outcomes(TIERS), solve_abilities(TIERS, CATEGORIES, GAIN, 0.3)):
        assert outcomes[0].settled_share + outcomes[1].settled_share == pytest.approx(0.83, abs=1e-9)
        assert outcomes[2].settled_share == pytest.approx(0.17 * 0.94, abs=1e-9)
        assert outcomes[3].reached_share == pytest.approx(0.0102, abs=1e-9)
        assert outcomes[3].settled_share == pytest.approx(0.0102 * 0.95, abs=1e-9)


def test_one_session_on_equal_disputes_needs_the_logit_of_the_share() -> None:
    (solved,) = solve_abilities([TierSessions("village", 0.8, (0.25,))], SAME, 0.5, 0.7)
    assert solved.ability_logit == pytest.approx(logit(0.8) - 0.25, abs=1e-9)


def test_independent_sessions_share_the_work_and_fully_correlated_ones_do_not() -> None:
    tier = TierSessions("village", 0.75, (0.0, 0.0))
    (independent,) = solve_abilities([tier], SAME, 0.0, 0.0)
    (same_noise,) = solve_abilities([tier], SAME, 0.0, 1.0)
    assert independent.ability_logit == pytest.approx(logit(0.5), abs=1e-9)
    assert same_noise.ability_logit == pytest.approx(logit(0.75), abs=1e-9)


@pytest.mark.parametrize("correlation", [0.0, 0.5, 1.0])
def test_each_tier_must_be_abler_than_the_one_below_to_settle_the_same_share(correlation: float) -> None:
    tiers = [TierSessions(name, 0.6, (0.0, 0.0)) for name in ("grid", "village", "town", "county")]
    abilities = [t.ability_logit for t in solve_abilities(tiers, CATEGORIES, 0.0, correlation)]
    assert all(np.diff(abilities) > 0.1)


def test_what_bonus_and_authority_give_ability_need_not() -> None:
    plain = solve_abilities([TierSessions("town", 0.7, (0.0, 0.1))], CATEGORIES, GAIN, 0.4)
    helped = solve_abilities([TierSessions("town", 0.7, (0.5, 0.6), (1.0, 1.0, 1.0))], CATEGORIES, GAIN, 0.4)
    assert helped[0].ability_logit == pytest.approx(plain[0].ability_logit - 1.5, abs=1e-8)


def test_difficulty_means_are_centred_so_a_common_shift_changes_nothing() -> None:
    shifted = [CategoryDifficulty(c.share, c.mean_logit + 5.0, c.sd_logit) for c in CATEGORIES]
    for before, after in zip(
        solve_abilities(TIERS, CATEGORIES, GAIN, 0.4), solve_abilities(TIERS, shifted, GAIN, 0.4), strict=True
    ):
        assert after.ability_logit == pytest.approx(before.ability_logit, abs=1e-8)


def test_extreme_shares_are_met() -> None:
    tiers = [
        TierSessions("grid", 0.001, (0.0,)),
        TierSessions("village", 0.999, (0.0,)),
        TierSessions("town", 0.5, (0,)),
    ]
    for tier in solve_abilities(tiers, CATEGORIES, 0.0, 0.9):
        assert abs(tier.residual_share) < 1e-9


@pytest.mark.parametrize(
    ("tier", "categories", "gain", "correlation", "message"),
    [
        (TierSessions("town", 1.0, (0.0,)), SAME, 0.0, 0.5, "town: stated share"),
        (TierSessions("town", 0.0, (0.0,)), SAME, 0.0, 0.5, "town: stated share"),
        (TierSessions("town", float("nan"), (0.0,)), SAME, 0.0, 0.5, "town: stated share"),
        (TierSessions("town", 0.5, ()), SAME, 0.0, 0.5, "town: no session"),
        (TierSessions("town", 0.5, (0.0,), (0.0, 0.0)), SAME, 0.0, 0.5, "2 authorities for 1 categories"),
        (TierSessions("town", 0.5, (float("inf"),)), SAME, 0.0, 0.5, "must be finite"),
        (TierSessions("town", 0.5, (0.0,)), (), 0.0, 0.5, "no categories"),
        (TierSessions("town", 0.5, (0.0,)), (CategoryDifficulty(0.9, 0.0, 1.0),), 0.0, 0.5, "sum to 1"),
        (TierSessions("town", 0.5, (0.0,)), (CategoryDifficulty(1.0, 0.0, -1.0),), 0.0, 0.5, "spread of at least 0"),
        (TierSessions("town", 0.5, (0.0,)), SAME, float("nan"), 0.5, "gain per session"),
        (TierSessions("town", 0.5, (0.0,)), SAME, 0.0, 1.1, "correlation"),
    ],
)
def test_impossible_inputs_are_refused_with_what_is_wrong(
    tier: TierSessions, categories: tuple[CategoryDifficulty, ...], gain: float, correlation: float, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        solve_abilities([tier], categories, gain, correlation)


def test_abilities_and_tiers_must_match_in_number() -> None:
    with pytest.raises(ValueError, match="1 abilities for 4 tiers"):
        predict_outcomes(TIERS, [0.0], CATEGORIES, GAIN, 0.4)
