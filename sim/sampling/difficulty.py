"""How hard each dispute is when it emerges."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.sampling.contract import Int64
from sim.sampling.draws import Draws
from sim.sampling.emergence import EmergedDisputes
from sim.specification.schema import Scenario

Float64 = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Difficulty:
    """Difficulty at age 0 on the logit scale.

    theta0_logit, above_category_logit: float64 (N,), the latter relative to the mean of the dispute's category.
    """

    theta0_logit: Float64
    above_category_logit: Float64

    def of_rows(self, rows: Int64) -> "Difficulty":
        """Return the difficulty of the given rows only."""
        return Difficulty(self.theta0_logit.take(rows), self.above_category_logit.take(rows))

    def raised(self, by_logit: float) -> "Difficulty":
        """Return the difficulty of disputes that are harder by so much; the same where it is 0."""
        return Difficulty(self.theta0_logit + by_logit, self.above_category_logit + by_logit) if by_logit else self


def category_means_logit(scenario: Scenario) -> Float64:
    """Return the mean difficulty by category, float64 (K,), shifted to a share-weighted mean of 0."""
    shares = np.array([category.share for category in scenario.categories.values()])
    means = np.array([category.difficulty_mean_logit for category in scenario.categories.values()])
    return np.asarray(means - (shares * means).sum() / shares.sum())


def draw_difficulty(scenario: Scenario, disputes: EmergedDisputes, draws: Draws) -> Difficulty:
    """Draw Normal difficulties by category; the opening backlog's are raised by its shift."""
    sds = np.array([category.difficulty_sd_logit for category in scenario.categories.values()])
    above = sds[disputes.category] * draws.normals("difficulty") if sds.any() else np.zeros(draws.count)
    if scenario.opening_backlog is not None:
        above[disputes.emerging_count :] += scenario.opening_backlog.theta_shift_logit
    return Difficulty(category_means_logit(scenario)[disputes.category] + above, above)
