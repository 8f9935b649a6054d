"""Abilities of the tiers in closed form, from the share of its cases that each tier is said to settle.

A dispute of category c has difficulty θ ~ Normal(mean_c, sd_c), the means centred to an overall 0. Session s of a tier
settles iff ability + authority_c + bonus_s + gain·(s − 1) − θ + ε_s > 0, with ε_s = logit(Φ(√ρ·A + √(1 − ρ)·B_s)) and
A shared by all sessions of the dispute at all tiers. A tier sees only what failed every session below it, so its cases
are harder than average in θ and in A, and the ability that meets a share is solved tier by tier, lowest first.
Left out: hardening with delay, deadlines, patience, and triage that sends cases past a tier.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import isfinite
from typing import Final

import numpy as np
from scipy.optimize import brentq

from calibration.settlement_integral import CategoryDifficulty, DifficultyGrid, FailedSessions, noise_threshold

__all__ = [
    "CategoryDifficulty",
    "TierAbility",
    "TierOutcome",
    "TierSessions",
    "predict_outcomes",
    "solve_abilities",
    "stated_outcomes",
]

_LARGEST_ABILITY_LOGIT: Final = 2.0**20
_SHARES_SUM_TOLERANCE: Final = 1e-9


@dataclass(frozen=True, slots=True)
class TierSessions:
    """A tier's settlement sessions in order, and the share it is said to settle of the cases that reach it.

    `intake` sessions have no test and are left out. `bonuses_logit` has one entry per session: the bonus of its mode
    plus what its group is abler than the tier's own. `authority_logit` has one entry per category; empty is 0 for all.
    """

    tier: str
    stated_share: float
    bonuses_logit: tuple[float, ...]
    authority_logit: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class TierOutcome:
    """Shares of all disputes that reach a tier and are settled there, and the share settled of those that reach it."""

    tier: str
    reached_share: float
    settled_share: float
    settled_of_reached_share: float


@dataclass(frozen=True, slots=True)
class TierAbility:
    """The ability that meets a tier's stated share; `residual_share` is achieved less stated."""

    tier: str
    ability_logit: float
    stated_share: float
    achieved_share: float
    residual_share: float
    reached_share: float
    settled_share: float


def solve_abilities(
    tiers: Sequence[TierSessions],
    categories: Sequence[CategoryDifficulty],
    gain_logit: float,
    noise_correlation: float,
    refinement: int = 1,
) -> tuple[TierAbility, ...]:
    """Ability of each tier (logit), lowest first, such that it settles its stated share of the cases that reach it.

    `refinement` divides the steps of the quadrature. Raises ValueError for shares outside (0, 1), lists of unequal
    lengths, a correlation outside [0, 1], or a share that no ability meets.
    """
    ladder = _Ladder.ground(tiers, categories, gain_logit, noise_correlation, refinement)
    solved = []
    for tier in tiers:
        ability = _solve_tier(ladder, tier)
        ladder, outcome = ladder.climb(tier, ability)
        achieved = outcome.settled_of_reached_share
        solved.append(
            TierAbility(
                tier=tier.tier,
                ability_logit=ability,
                stated_share=tier.stated_share,
                achieved_share=achieved,
                residual_share=achieved - tier.stated_share,
                reached_share=outcome.reached_share,
                settled_share=outcome.settled_share,
            )
        )
    return tuple(solved)


def predict_outcomes(
    tiers: Sequence[TierSessions],
    abilities_logit: Sequence[float],
    categories: Sequence[CategoryDifficulty],
    gain_logit: float,
    noise_correlation: float,
    refinement: int = 1,
) -> tuple[TierOutcome, ...]:
    """What tiers of given abilities (logit, lowest first) settle; stated shares are not looked at.

    Raises ValueError as `solve_abilities` does.
    """
    if len(abilities_logit) != len(tiers):
        raise ValueError(f"{len(abilities_logit)} abilities for {len(tiers)} tiers")
    ladder = _Ladder.ground(tiers, categories, gain_logit, noise_correlation, refinement)
    outcomes = []
    for tier, ability in zip(tiers, abilities_logit, strict=True):
        ladder, outcome = ladder.climb(tier, ability)
        outcomes.append(outcome)
    return tuple(outcomes)


def stated_outcomes(tiers: Sequence[TierSessions]) -> tuple[TierOutcome, ...]:
    """Shares of all disputes that reach each tier and are settled there if every stated share holds."""
    outcomes = []
    reached = 1.0
    for tier in tiers:
        outcomes.append(TierOutcome(tier.tier, reached, reached * tier.stated_share, tier.stated_share))
        reached *= 1.0 - tier.stated_share
    return tuple(outcomes)


@dataclass(frozen=True, slots=True)
class _Ladder:
    """The tiers climbed so far: the sessions that a case has failed there and the share that is left."""

    grid: DifficultyGrid
    gain_logit: float
    failed: FailedSessions
    left_share: float

    @classmethod
    def ground(
        cls,
        tiers: Sequence[TierSessions],
        categories: Sequence[CategoryDifficulty],
        gain_logit: float,
        noise_correlation: float,
        refinement: int,
    ) -> "_Ladder":
        _check_noise(gain_logit, noise_correlation, refinement)
        _check_categories(categories)
        for tier in tiers:
            _check_tier(tier, len(categories))
        grid = DifficultyGrid.of(categories, refinement)
        return cls(grid, gain_logit, FailedSessions.none(grid.theta.shape, noise_correlation, refinement), 1.0)

    def climb(self, tier: TierSessions, ability_logit: float) -> "tuple[_Ladder, TierOutcome]":
        """The ladder with one tier more, and what that tier did."""
        authority = np.array(tier.authority_logit or (0.0,) * len(self.grid.theta))
        help_logit = np.array(tier.bonuses_logit) + self.gain_logit * np.arange(len(tier.bonuses_logit))
        shortfall = self.grid.theta - authority[:, None] - help_logit[:, None, None] - ability_logit
        failed = self.failed.and_then(noise_threshold(shortfall))
        left = self.grid.mean(failed.prob())
        settled_of_reached = 1.0 - left / self.left_share
        outcome = TierOutcome(tier.tier, self.left_share, self.left_share - left, settled_of_reached)
        return replace(self, failed=failed, left_share=left), outcome


def _solve_tier(ladder: _Ladder, tier: TierSessions) -> float:
    @cache
    def excess(ability_logit: float) -> float:
        return ladder.climb(tier, ability_logit)[1].settled_of_reached_share - tier.stated_share

    low, high = -1.0, 1.0
    while excess(low) > 0.0 and low > -_LARGEST_ABILITY_LOGIT:
        low *= 2.0
    while excess(high) < 0.0 and high < _LARGEST_ABILITY_LOGIT:
        high *= 2.0
    if excess(low) > 0.0 or excess(high) < 0.0:
        raise ValueError(f"tier {tier.tier}: no ability settles {tier.stated_share} of the cases that reach it")
    return float(brentq(excess, low, high, xtol=1e-10, rtol=1e-12))


def _check_noise(gain_logit: float, noise_correlation: float, refinement: int) -> None:
    if not isfinite(gain_logit):
        raise ValueError(f"gain per session must be finite, not {gain_logit}")
    if not 0.0 <= noise_correlation <= 1.0:
        raise ValueError(f"noise correlation must be between 0 and 1, not {noise_correlation}")
    if refinement < 1:
        raise ValueError(f"refinement must be at least 1, not {refinement}")


def _check_categories(categories: Sequence[CategoryDifficulty]) -> None:
    if not categories:
        raise ValueError("no categories")
    for category in categories:
        if not (
            category.share >= 0.0 and category.sd_logit >= 0.0 and isfinite(category.mean_logit + category.sd_logit)
        ):
            raise ValueError(f"a category needs a share and a spread of at least 0 and a finite mean: {category}")
    total = sum(category.share for category in categories)
    if abs(total - 1.0) > _SHARES_SUM_TOLERANCE:
        raise ValueError(f"shares of categories must sum to 1, not {total}")


def _check_tier(tier: TierSessions, category_count: int) -> None:
    if not 0.0 < tier.stated_share < 1.0:
        raise ValueError(f"tier {tier.tier}: stated share must lie between 0 and 1, not {tier.stated_share}")
    if not tier.bonuses_logit:
        raise ValueError(f"tier {tier.tier}: no session; leave out a tier that passes every case up")
    if len(tier.authority_logit) not in {0, category_count}:
        raise ValueError(f"tier {tier.tier}: {len(tier.authority_logit)} authorities for {category_count} categories")
    if not all(map(isfinite, tier.bonuses_logit + tier.authority_logit)):
        raise ValueError(f"tier {tier.tier}: bonuses and authorities must be finite")
