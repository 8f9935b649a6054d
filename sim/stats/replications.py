"""How many replications are enough: a few looks fixed beforehand, each at its share of the level."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import pandas as pd

from sim.stats.differences import DifferenceEstimate
from sim.stats.intervals import mean_interval
from sim.stats.measure_samples import MeasureKey, MeasureSamples, samples_from_frame
from sim.stats.moments import DEFAULT_LEVEL, level_of_one_look
from sim.stats.paired import estimate_differences, estimate_pairs
from sim.stats.verdicts import holm_adjusted, sign_is_clear

LOOKS: Final = (10, 20, 40, 80, 160, 200)
"""Numbers of replications at which the rule may stop. A smaller cap never buys back the level of the looks it skips."""

DEFAULT_RELATIVE_PRECISION: Final = 0.05
"""Half-width wanted, as a share of the baseline's mean, unless the caller says otherwise."""


class CriterionReason(StrEnum):
    """Why one measure of one policy needs no more replications, or does."""

    IDENTICAL = "identical"
    """Policy and baseline agree in every replication."""
    PRECISE = "precise"
    """The half-width is small enough."""
    SIGN_CLEAR = "sign_clear"
    """The half-width is not small enough, but the sign is clear."""
    NOT_YET = "not_yet"
    UNDEFINED = "undefined"
    """Fewer than two replications define the measure."""


class StopCause(StrEnum):
    """Why the rule stops, or not."""

    CRITERIA_MET = "criteria_met"
    CAP_REACHED = "cap_reached"
    CONTINUE = "continue"


@dataclass(frozen=True)
class Criterion:
    """One measure of one policy at one look, in the measure's unit.

    `half_width` is the difference's (a single scenario's: its mean's) at the look's level, `allowed_half_width` what
    would be enough. `difference` and `p_holm` are NaN for a single scenario; `p_holm` already counts the looks.
    """

    policy: str
    key: MeasureKey
    reason: CriterionReason
    baseline_mean: float
    difference: float
    half_width: float
    allowed_half_width: float
    p_holm: float

    @property
    def is_met(self) -> bool:
        """Whether this measure of this policy needs no more replications."""
        return self.reason not in (CriterionReason.NOT_YET, CriterionReason.UNDEFINED)


@dataclass(frozen=True)
class StoppingDecision:
    """Whether to stop after `n` replications and why; `look_level` is the level of the intervals at this look."""

    stop: bool
    cause: StopCause
    n: int
    cap: int
    look_level: float
    criteria: tuple[Criterion, ...]


def looks_up_to(cap: int) -> tuple[int, ...]:
    """Return the looks below `cap` and `cap` itself; ValueError unless 2 <= cap <= 200."""
    if not 2 <= cap <= LOOKS[-1]:
        raise ValueError(f"the cap on replications must lie between 2 and {LOOKS[-1]}, got {cap!r}")
    return (*(look for look in LOOKS if look < cap), cap)


def next_look(n_done: int, cap: int) -> int | None:
    """Return the replications to reach before the next look, None once `n_done` has reached `cap`."""
    if n_done < 0:
        raise ValueError(f"replications done cannot be negative, got {n_done!r}")
    return next((look for look in looks_up_to(cap) if look > n_done), None)


def decide(  # noqa: PLR0913 -- keyword-only; every part of the question is the caller's to state
    frame: pd.DataFrame,
    *,
    baseline: str,
    policies: Sequence[str],
    headline_measures: Sequence[MeasureKey],
    look: int,
    cap: int = LOOKS[-1],
    unpaired_policies: Sequence[str] = (),
    level: float = DEFAULT_LEVEL,
    relative_precision: float = DEFAULT_RELATIVE_PRECISION,
) -> StoppingDecision:
    """Decide at one look, from the first `look` replications of a measures table, whether more are needed.

    Stops when every headline measure of every policy has a half-width of at most `relative_precision` x |baseline mean|
    or a clear sign: Holm over all policies x headline measures, at this look's share of the level, which is the sign
    that `compare_with_baseline(looks=len(LOOKS))` calls clear. The rule's chance of calling any sign clear where
    there is no difference, over all its looks, is thus at most 1 - `level`. Without policies the half-width is that of
    the baseline's own mean. Where the baseline's mean is 0 only a clear sign or no spread at all can be enough.
    ValueError if `look` is none of `looks_up_to(cap)`, or on a table that is short or breaks its contract.
    """
    _check_look(look, cap, headline_measures)
    samples = samples_from_frame(frame, measures=[key.measure for key in headline_measures])
    look_level = level_of_one_look(level, len(LOOKS))
    if policies:
        estimates = estimate_differences(
            samples,
            baseline=baseline,
            policies=policies,
            keys=headline_measures,
            unpaired_policies=unpaired_policies,
            level=level,
            looks=len(LOOKS),
            first_replications=look,
        )
        criteria = _difference_criteria(estimates, relative_precision)
    else:
        criteria = _mean_criteria(samples, baseline, headline_measures, look, look_level, relative_precision)
    return _decision(criteria, look, cap, look_level)


def decide_pairs(
    frame: pd.DataFrame,
    *,
    references: Mapping[str, str],
    measures: Sequence[MeasureKey],
    look: int,
    cap: int = LOOKS[-1],
    unpaired_policies: Sequence[str] = (),
    level: float = DEFAULT_LEVEL,
    relative_precision: float = DEFAULT_RELATIVE_PRECISION,
) -> StoppingDecision:
    """Decide as `decide` does where each policy has a reference of its own, given by `references`."""
    _check_look(look, cap, measures)
    samples = samples_from_frame(frame, measures=[key.measure for key in measures])
    estimates = estimate_pairs(
        samples,
        references=references,
        keys=measures,
        unpaired_policies=unpaired_policies,
        level=level,
        looks=len(LOOKS),
        first_replications=look,
    )
    criteria = _difference_criteria(estimates, relative_precision)
    return _decision(criteria, look, cap, level_of_one_look(level, len(LOOKS)))


def _check_look(look: int, cap: int, measures: Sequence[MeasureKey]) -> None:
    if look not in looks_up_to(cap):
        raise ValueError(f"{look} is none of the looks {looks_up_to(cap)}")
    if not measures:
        raise ValueError("no headline measure is given: the rule would stop at once")


def _decision(criteria: tuple[Criterion, ...], look: int, cap: int, look_level: float) -> StoppingDecision:
    cause = StopCause.CONTINUE
    if all(criterion.is_met for criterion in criteria):
        cause = StopCause.CRITERIA_MET
    elif look == cap:
        cause = StopCause.CAP_REACHED
    return StoppingDecision(
        stop=cause is not StopCause.CONTINUE, cause=cause, n=look, cap=cap, look_level=look_level, criteria=criteria
    )


def _difference_criteria(
    estimates: dict[tuple[str, MeasureKey], DifferenceEstimate], relative_precision: float
) -> tuple[Criterion, ...]:
    adjusted = holm_adjusted([estimate.p_value for estimate in estimates.values()])
    criteria = []
    for ((policy, key), estimate), p_holm in zip(estimates.items(), adjusted, strict=True):
        allowed = relative_precision * abs(estimate.baseline_mean)
        if estimate.difference == 0.0 and estimate.half_width == 0.0:
            reason = CriterionReason.IDENTICAL
        elif estimate.half_width > allowed and sign_is_clear(p_holm, estimate.level):
            reason = CriterionReason.SIGN_CLEAR
        else:
            reason = _precision_reason(estimate.half_width, allowed)
        criteria.append(
            Criterion(
                policy=policy,
                key=key,
                reason=reason,
                baseline_mean=estimate.baseline_mean,
                difference=estimate.difference,
                half_width=estimate.half_width,
                allowed_half_width=allowed,
                p_holm=p_holm,
            )
        )
    return tuple(criteria)


def _mean_criteria(
    samples: MeasureSamples,
    scenario: str,
    keys: Sequence[MeasureKey],
    look: int,
    look_level: float,
    relative_precision: float,
) -> tuple[Criterion, ...]:
    criteria = []
    for key in keys:
        interval = mean_interval(samples.sample(scenario, key).first(look).observed, level=look_level)
        allowed = relative_precision * abs(interval.mean)
        criteria.append(
            Criterion(
                policy=scenario,
                key=key,
                reason=_precision_reason(interval.half_width, allowed),
                baseline_mean=interval.mean,
                difference=math.nan,
                half_width=interval.half_width,
                allowed_half_width=allowed,
                p_holm=math.nan,
            )
        )
    return tuple(criteria)


def _precision_reason(half_width: float, allowed: float) -> CriterionReason:
    if math.isnan(half_width):
        return CriterionReason.UNDEFINED
    return CriterionReason.PRECISE if half_width <= allowed else CriterionReason.NOT_YET
