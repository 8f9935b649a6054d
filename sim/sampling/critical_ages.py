"""Critical ages: every test of a dispute's difficulty, turned into one comparison of whole seconds."""

import numpy as np
from numpy.typing import NDArray

from sim.sampling.contract import Int64
from sim.sampling.whole_seconds import LONGEST_S
from sim.specification.schema.disputes import Hardening
from sim.vocabulary import DAYS_PER_MONTH_OF_HARDENING, NEVER_S, SECONDS_PER_DAY

Float64 = NDArray[np.float64]

_SECONDS_PER_MONTH = DAYS_PER_MONTH_OF_HARDENING * SECONDS_PER_DAY


def critical_ages_s(margin_logit: Float64, hardening: Hardening | None) -> Int64:
    """Return the last age in whole seconds at which a test is passed, by its margin at age 0, any shape.

    A test is passed at age a iff margin − growth · min(a, cap) / 30 days > 0. The critical age L is −1 where the margin
    is not positive, NEVER_S where it exceeds all the growth there can be, else ceil(margin · 30 · 86400 / growth) − 1.
    """
    if hardening is None or not hardens(hardening):
        # −1 or NEVER_S, by arithmetic: much faster than a choice between the two.
        ages_s: Int64 = (margin_logit > 0).astype(np.int64)
        ages_s *= NEVER_S + 1
        ages_s -= 1
        return ages_s
    growth, cap_days = hardening.logit_per_30_days, hardening.cap_days
    most_growth_logit = growth * cap_days / DAYS_PER_MONTH_OF_HARDENING
    # Rounding may not carry the age at which growth meets the margin past the cap.
    latest_s = min(cap_days * SECONDS_PER_DAY, float(LONGEST_S))
    met_s = np.maximum(margin_logit, 0.0)
    with np.errstate(over="ignore"):
        met_s *= _SECONDS_PER_MONTH
        met_s /= growth
    np.minimum(met_s, latest_s, out=met_s)
    ages_s = np.ceil(met_s, out=met_s).astype(np.int64)
    ages_s -= 1
    np.putmask(ages_s, margin_logit > max(most_growth_logit, 0.0), NEVER_S)
    return ages_s


def hardens(hardening: Hardening | None) -> bool:
    """Say whether disputes grow harder with age at all: else a test is passed at every age or at none."""
    return hardening is not None and hardening.logit_per_30_days != 0


def passes_at_age(margin_logit: Float64, age_s: Int64, hardening: Hardening | None) -> NDArray[np.bool_]:
    """Return the same test as plain arithmetic: margin − growth · min(age, cap) / 30 days > 0."""
    if hardening is None:
        return margin_logit > 0
    aged_days = np.minimum(age_s / SECONDS_PER_DAY, hardening.cap_days)
    return np.asarray(margin_logit - hardening.logit_per_30_days * aged_days / DAYS_PER_MONTH_OF_HARDENING > 0)
