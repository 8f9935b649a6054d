"""Policies against a baseline: differences under common random numbers, Holm-adjusted, with a verdict each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from sim.stats.differences import DifferenceEstimate, paired_difference, welch_difference
from sim.stats.measure_samples import MeasureKey, MeasureSamples, samples_from_frame
from sim.stats.moments import DEFAULT_LEVEL
from sim.stats.verdicts import Direction, Verdict, holm_adjusted, judge, sign_is_clear

DEFAULT_RELATIVE_INDIFFERENCE: Final = 0.05
"""Share of the baseline's mean below which a difference is too small to matter, unless the caller says otherwise."""


@dataclass(frozen=True)
class Comparison:
    """One policy against the baseline on one measure.

    A comparison outside the family of headline measures shows its interval and raw p-value, and gives no verdict:
    its `p_holm` is NaN, `clear` False, `verdict` None. `indifference_half_width` is in the measure's unit.
    """

    policy: str
    baseline: str
    key: MeasureKey
    in_family: bool
    direction: Direction
    estimate: DifferenceEstimate
    p_holm: float
    clear: bool
    indifference_half_width: float
    within_indifference: bool
    verdict: Verdict | None


COMPARISON_COLUMNS: Final = (
    *("policy", "baseline", "measure", "tier", "category", "in_family", "direction", "method", "level", "looks"),
    *("n_policy", "n_baseline", "n_dropped", "policy_mean", "baseline_mean", "difference", "standard_error"),
    *("degrees_of_freedom", "half_width", "low", "high", "p_value", "p_holm", "correlation", "variance_reduction"),
    *("indifference_half_width", "within_indifference", "clear", "verdict"),
)


def compare_with_baseline(  # noqa: PLR0913 -- keyword-only; every part of the question is the caller's to state
    frame: pd.DataFrame,
    *,
    baseline: str,
    policies: Sequence[str],
    family: Sequence[MeasureKey],
    directions: Mapping[str, str],
    others: Sequence[MeasureKey] = (),
    unpaired_policies: Sequence[str] = (),
    level: float = DEFAULT_LEVEL,
    relative_indifference: float = DEFAULT_RELATIVE_INDIFFERENCE,
    looks: int = 1,
) -> tuple[Comparison, ...]:
    """Compare every policy with the baseline, policy by policy, on the family's measures and then on `others`.

    `frame` is a measures table. Holm's adjustment runs over all policies x `family`. `directions` maps the name of each
    family measure to a Direction. `unpaired_policies` (their emergence differs from the baseline's) go by Welch.
    `looks` is the number of looks the sequential rule could take (1 if the number of replications was fixed).
    ValueError on a table that breaks its contract, a missing sample or direction, or pairs of unequal replications.
    """
    samples = samples_from_frame(frame, measures=[key.measure for key in (*family, *others)])
    estimates = estimate_differences(
        samples,
        baseline=baseline,
        policies=policies,
        keys=(*family, *others),
        unpaired_policies=unpaired_policies,
        level=level,
        looks=looks,
    )
    references = dict.fromkeys(policies, baseline)
    return _judged(estimates, references, family, directions, relative_indifference)


def compare_pairs(
    frame: pd.DataFrame,
    *,
    references: Mapping[str, str],
    family: Sequence[MeasureKey],
    directions: Mapping[str, str],
    unpaired_policies: Sequence[str] = (),
    level: float = DEFAULT_LEVEL,
    relative_indifference: float = DEFAULT_RELATIVE_INDIFFERENCE,
    looks: int = 1,
) -> tuple[Comparison, ...]:
    """Compare each policy with a reference of its own: `references` maps a policy to the scenario it is compared with.

    As `compare_with_baseline` in all else: Holm's adjustment runs over all pairs x `family`.
    """
    samples = samples_from_frame(frame, measures=[key.measure for key in family])
    estimates = estimate_pairs(
        samples, references=references, keys=family, unpaired_policies=unpaired_policies, level=level, looks=looks
    )
    return _judged(estimates, references, family, directions, relative_indifference)


def _judged(
    estimates: Mapping[tuple[str, MeasureKey], DifferenceEstimate],
    references: Mapping[str, str],
    family: Sequence[MeasureKey],
    directions: Mapping[str, str],
    relative_indifference: float,
) -> tuple[Comparison, ...]:
    in_family = [(policy, key) for policy in references for key in family]
    adjusted = holm_adjusted([estimates[pair].p_value for pair in in_family])
    p_holm = dict(zip(in_family, adjusted, strict=True))
    known_directions = _checked_directions(directions, family)
    comparisons = []
    for (policy, key), estimate in estimates.items():
        adjusted_p = p_holm.get((policy, key))
        direction = known_directions.get(key.measure, Direction.NEUTRAL)
        half_width = relative_indifference * abs(estimate.baseline_mean)
        comparison = _comparison(policy, references[policy], key, direction, estimate, adjusted_p, half_width)
        comparisons.append(comparison)
    return tuple(comparisons)


def estimate_pairs(
    samples: MeasureSamples,
    *,
    references: Mapping[str, str],
    keys: Sequence[MeasureKey],
    unpaired_policies: Sequence[str] = (),
    level: float = DEFAULT_LEVEL,
    looks: int = 1,
    first_replications: int | None = None,
) -> dict[tuple[str, MeasureKey], DifferenceEstimate]:
    """Return the difference of every policy from its own reference on every key, in that order."""
    estimates: dict[tuple[str, MeasureKey], DifferenceEstimate] = {}
    for policy, reference in references.items():
        estimates |= estimate_differences(
            samples,
            baseline=reference,
            policies=[policy],
            keys=keys,
            unpaired_policies=[policy] if policy in unpaired_policies else [],
            level=level,
            looks=looks,
            first_replications=first_replications,
        )
    return estimates


def estimate_differences(
    samples: MeasureSamples,
    *,
    baseline: str,
    policies: Sequence[str],
    keys: Sequence[MeasureKey],
    unpaired_policies: Sequence[str] = (),
    level: float = DEFAULT_LEVEL,
    looks: int = 1,
    first_replications: int | None = None,
) -> dict[tuple[str, MeasureKey], DifferenceEstimate]:
    """Return the difference of every policy on every key, in that order, from all or the first replications.

    ValueError if the baseline is among the policies, a policy or key stands twice, or a sample is missing or short.
    """
    if baseline in policies:
        raise ValueError(f"the baseline {baseline!r} is among the policies")
    if len(set(policies)) < len(policies) or len(set(keys)) < len(keys):
        raise ValueError("a policy or a measure stands twice")
    unknown = sorted(set(unpaired_policies) - set(policies))
    if unknown:
        raise ValueError(f"unpaired policies that are not compared: {unknown}")
    estimates = {}
    for policy in policies:
        for key in keys:
            of_policy, of_baseline = samples.sample(policy, key), samples.sample(baseline, key)
            if first_replications is not None:
                of_policy, of_baseline = of_policy.first(first_replications), of_baseline.first(first_replications)
            if policy in unpaired_policies:
                estimate = welch_difference(of_policy.observed, of_baseline.observed, level=level, looks=looks)
            else:
                estimate = paired_difference(of_policy, of_baseline, level=level, looks=looks)
            estimates[policy, key] = estimate
    return estimates


def comparison_table(comparisons: Iterable[Comparison]) -> pd.DataFrame:
    """Return the comparisons as a flat table: a row each, columns COMPARISON_COLUMNS, verdict '' outside the family."""
    rows = []
    for comparison in comparisons:
        fields = {**vars(comparison.estimate), **vars(comparison), **comparison.key._asdict()}
        fields.update(
            method=comparison.estimate.method.value,
            direction=comparison.direction.value,
            verdict="" if comparison.verdict is None else comparison.verdict.value,
        )
        rows.append([fields[column] for column in COMPARISON_COLUMNS])
    return pd.DataFrame(rows, columns=list(COMPARISON_COLUMNS))


def _checked_directions(directions: Mapping[str, str], family: Sequence[MeasureKey]) -> dict[str, Direction]:
    missing = sorted({key.measure for key in family} - set(directions))
    if missing:
        raise ValueError(f"no direction is given for {missing}")
    return {measure: Direction(direction) for measure, direction in directions.items()}


def _comparison(
    policy: str,
    baseline: str,
    key: MeasureKey,
    direction: Direction,
    estimate: DifferenceEstimate,
    p_holm: float | None,
    indifference_half_width: float,
) -> Comparison:
    verdict = None
    if p_holm is not None:
        verdict = judge(
            estimate, p_adjusted=p_holm, direction=direction, indifference_half_width=indifference_half_width
        )
    return Comparison(
        policy=policy,
        baseline=baseline,
        key=key,
        in_family=p_holm is not None,
        direction=direction,
        estimate=estimate,
        p_holm=float("nan") if p_holm is None else p_holm,
        clear=p_holm is not None and sign_is_clear(p_holm, estimate.level),
        indifference_half_width=indifference_half_width,
        within_indifference=estimate.lies_within(indifference_half_width),
        verdict=verdict,
    )
