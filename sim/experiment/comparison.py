"""Policies against the baseline: on the headline measures with a verdict, on every other measure with its interval."""

from collections.abc import Sequence

from sim.experiment.replications import HEADLINE_KEYS, Replicated
from sim.outcomes.measures import MEASURES
from sim.stats import Comparison, MeasureKey, compare_with_baseline


def compare_headlines(replicated: Replicated, indifference_share: float, looks: int = 1) -> tuple[Comparison, ...]:
    """Compare every policy with the first scenario on the headline measures."""
    return compare(replicated, indifference_share, others=(), looks=looks)


def compare(
    replicated: Replicated, indifference_share: float, *, others: Sequence[MeasureKey], looks: int
) -> tuple[Comparison, ...]:
    """Compare every policy with the first scenario: paired where they see the same disputes, else by Welch's test."""
    baseline, *policies = replicated.kept
    return compare_with_baseline(
        replicated.frames([*HEADLINE_KEYS, *others]),
        baseline=baseline,
        policies=policies,
        family=HEADLINE_KEYS,
        directions={key.measure: MEASURES[key.measure].direction.value for key in HEADLINE_KEYS},
        others=others,
        unpaired_policies=replicated.unpaired(),
        relative_indifference=indifference_share,
        looks=looks,
    )
