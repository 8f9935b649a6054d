"""Agreements that break, in closed form: the durability that a stated share of recurrence needs, and the work it makes.

An agreement holds with probability logistic(durability − θ), θ the difficulty at the start of the session that settled.
Disputes settled higher up are harder, so more of theirs break. Same assumptions as calibration/abilities.py; besides, a
further episode is as hard as the first was on surfacing, comes at once to its first session, and settles with luck of
its own, so that given θ all episodes are alike.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.optimize import brentq
from scipy.special import expit

from calibration.scenario_ladder import Ladder
from calibration.settlement_integral import Array, DifficultyGrid, FailedSessions, noise_threshold
from sim.sampling.distributions import quantiles
from sim.specification.schema.after_settlement import Breach
from sim.specification.schema.distributions import AnyDistribution
from sim.vocabulary import DAYS_PER_YEAR

_LARGEST_DURABILITY_LOGIT: Final = 50.0


@dataclass(frozen=True, slots=True)
class Recurrence:
    """What follows from a durability: the share of first agreements that break within a year, and arrivals by tier.

    arrivals_factor: one number per tier of the ladder, lowest first: cases that reach it in any episode over those that
    reach it in their first.
    """

    recurred_share: float
    arrivals_factor: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Episode:
    """Arrivals by tier, and what each session settles: its tier, the density of θ and θ at its start."""

    arrivals: Array
    agreements: list[tuple[int, Array, Array]]


class RecurringLadder:
    """A ladder of given abilities whose settled disputes come back."""

    def __init__(
        self, ladder: Ladder, abilities_logit: Sequence[float], days_before: Sequence[Sequence[float]], per_day: float
    ) -> None:
        """Take abilities by tier, and by tier and session the days until it begins, at a growth of θ per day."""
        self.ladder = ladder
        self.grid = DifficultyGrid.of(ladder.categories, refinement=1)
        self.thresholds = [self._thresholds(tier, ability) for tier, ability in enumerate(abilities_logit)]
        theta = self.grid.theta + ladder.mean_difficulty_logit
        self.theta_at_start = [[theta + per_day * days for days in of_tier] for of_tier in days_before]
        self.first = self._episode({0: self.grid.weight})

    def durability_logit(self, breach: Breach, recurred_share: float) -> float:
        """Return the durability with which so many first agreements break within a year.

        Raises ValueError for a share that the time to the trial does not allow.
        """
        within_year = share_within(breach.breach_days, DAYS_PER_YEAR)
        if not 0.0 < recurred_share < within_year:
            raise ValueError(f"{recurred_share} cannot break in a year of which {within_year:.3g} are tried")

        def excess(durability_logit: float) -> float:
            return within_year * self._broken_share(durability_logit) - recurred_share

        return float(brentq(excess, -_LARGEST_DURABILITY_LOGIT, _LARGEST_DURABILITY_LOGIT, xtol=1e-6))

    def recurrence(self, breach: Breach, durability_logit: float) -> Recurrence:
        """Return what follows from a durability under the block's other values."""
        top = len(self.thresholds) - 1
        first_arrivals = arrivals = self.first.arrivals
        episode = self.first
        for _ in range(1, breach.max_episodes):
            starting: dict[int, Array] = {}
            for tier, agreed, theta in episode.agreements:
                again = _reopening_tier(breach, tier, top)
                starting[again] = starting.get(again, 0.0) + agreed * expit(theta - durability_logit)
            episode = self._episode(starting)
            arrivals = arrivals + episode.arrivals
        within_year = share_within(breach.breach_days, DAYS_PER_YEAR)
        return Recurrence(
            recurred_share=within_year * self._broken_share(durability_logit),
            arrivals_factor=tuple((arrivals / first_arrivals).tolist()),
        )

    def _broken_share(self, durability_logit: float) -> float:
        """Share of first agreements that do not hold when they are tried."""
        broken = sum(
            float((agreed * expit(theta - durability_logit)).sum()) for _, agreed, theta in self.first.agreements
        )
        return broken / sum(float(agreed.sum()) for _, agreed, _ in self.first.agreements)

    def _episode(self, starting: dict[int, Array]) -> _Episode:
        """Follow disputes of these densities from the tier at which they start to the top."""
        arrivals, agreements = np.zeros(len(self.thresholds)), []
        for first_tier, density in starting.items():
            met = FailedSessions.none(self.grid.theta.shape, self.ladder.noise_correlation, refinement=1)
            coming = np.ones_like(self.grid.theta)
            for tier in range(first_tier, len(self.thresholds)):
                arrivals[tier] += float((density * coming).sum())
                for threshold, theta in zip(self.thresholds[tier], self.theta_at_start[tier], strict=True):
                    met = met.and_then(threshold[None])
                    left = met.prob()
                    agreements.append((tier, density * np.maximum(coming - left, 0.0), theta))
                    coming = left
        return _Episode(arrivals, agreements)

    def _thresholds(self, tier: int, ability_logit: float) -> Array:
        """Normal scores that luck must exceed in each session of a tier: (sessions, categories, nodes)."""
        sessions = self.ladder.tiers[tier]
        authority = np.array(sessions.authority_logit or (0.0,) * len(self.grid.theta))
        help_logit = np.array(sessions.bonuses_logit) + self.ladder.gain_logit * np.arange(len(sessions.bonuses_logit))
        shortfall = self.grid.theta - authority[:, None] - help_logit[:, None, None] - ability_logit
        return noise_threshold(shortfall)


def share_within(distribution: AnyDistribution, days: float) -> float:
    """Return the probability that a duration is at most so many days, by inverting its quantiles."""

    def quantile(share: float) -> float:
        return float(quantiles(distribution, np.array([share]))[0])

    almost_all = 1.0 - 1e-12
    if quantile(almost_all) <= days:
        return 1.0
    if quantile(0.0) > days:
        return 0.0
    return float(brentq(lambda share: quantile(share) - days, 0.0, almost_all, xtol=1e-12))


def _reopening_tier(breach: Breach, tier: int, top: int) -> int:
    match breach.reopen_at:
        case "settling":
            return tier
        case "parent":
            return min(tier + 1, top)
        case "triage":
            return 0
