"""Uncertainty: intervals, paired comparisons, replications needed and warm-up; tables in, frozen results out."""

from sim.stats.differences import DifferenceEstimate, DifferenceMethod, paired_difference, welch_difference
from sim.stats.intervals import (
    Interval,
    IntervalKind,
    MeasureSummary,
    mean_interval,
    prediction_interval,
    summarise_measures,
)
from sim.stats.measure_samples import (
    MEASURES_COLUMNS,
    MeasureKey,
    MeasureSamples,
    ReplicationSample,
    samples_from_frame,
)
from sim.stats.moments import DEFAULT_LEVEL, SampleMoments, moments_of
from sim.stats.paired import (
    COMPARISON_COLUMNS,
    DEFAULT_RELATIVE_INDIFFERENCE,
    Comparison,
    compare_with_baseline,
    comparison_table,
    estimate_differences,
)
from sim.stats.replications import (
    DEFAULT_RELATIVE_PRECISION,
    LOOKS,
    Criterion,
    CriterionReason,
    StopCause,
    StoppingDecision,
    decide,
    looks_up_to,
    next_look,
)
from sim.stats.verdicts import Direction, Verdict, holm_adjusted, judge, sign_is_clear
from sim.stats.warmup import (
    WarmupAssessment,
    WarmupReason,
    WarmupWarning,
    WarmupWarningCode,
    assess_warmup,
    mser_truncation,
)

__all__ = [
    "COMPARISON_COLUMNS",
    "DEFAULT_LEVEL",
    "DEFAULT_RELATIVE_INDIFFERENCE",
    "DEFAULT_RELATIVE_PRECISION",
    "LOOKS",
    "MEASURES_COLUMNS",
    "Comparison",
    "Criterion",
    "CriterionReason",
    "DifferenceEstimate",
    "DifferenceMethod",
    "Direction",
    "Interval",
    "IntervalKind",
    "MeasureKey",
    "MeasureSamples",
    "MeasureSummary",
    "ReplicationSample",
    "SampleMoments",
    "StopCause",
    "StoppingDecision",
    "Verdict",
    "WarmupAssessment",
    "WarmupReason",
    "WarmupWarning",
    "WarmupWarningCode",
    "assess_warmup",
    "compare_with_baseline",
    "comparison_table",
    "decide",
    "estimate_differences",
    "holm_adjusted",
    "judge",
    "looks_up_to",
    "mean_interval",
    "moments_of",
    "mser_truncation",
    "next_look",
    "paired_difference",
    "prediction_interval",
    "samples_from_frame",
    "sign_is_clear",
    "summarise_measures",
    "welch_difference",
]
