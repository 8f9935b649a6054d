"""Thresholds of graded triage at which as many matters are graded up as reach those tiers without grading."""

from math import hypot

from scipy.optimize import brentq
from scipy.special import ndtr

from calibration.abilities import stated_outcomes
from calibration.scenario_ladder import Ladder
from sim.specification.schema.casework import Graded

_REACH_LOGIT = 50.0


def grade_thresholds_logit(ladder: Ladder, triage: Graded) -> tuple[float, float]:
    """Return the thresholds of small and large matters, on the scenario's scale of difficulty.

    Of the perceived difficulty of disputes on surfacing, Normal by category and widened by the error of judging, the
    share below a threshold is the share that tiers below the next grade's are stated to settle.
    """
    reached = {outcome.tier: outcome.reached_share for outcome in stated_outcomes(ladder.tiers)}
    small, large = (
        _quantile_logit(ladder, triage.noise_sd_logit, 1.0 - reached[tier])
        for tier in (triage.large.tier, triage.hard.tier)
    )
    return small, large


def _quantile_logit(ladder: Ladder, noise_sd_logit: float, share: float) -> float:
    def excess(threshold_logit: float) -> float:
        return share_below(ladder, noise_sd_logit, threshold_logit) - share

    return float(brentq(excess, -_REACH_LOGIT, _REACH_LOGIT, xtol=1e-9))


def share_below(ladder: Ladder, noise_sd_logit: float, threshold_logit: float) -> float:
    """Return the share of disputes whose perceived difficulty is below a threshold.

    A hardened ladder's category means are on the scenario's own scale.
    """
    return sum(
        category.share * float(ndtr((threshold_logit - category.mean_logit) / hypot(category.sd_logit, noise_sd_logit)))
        for category in ladder.categories
    )
