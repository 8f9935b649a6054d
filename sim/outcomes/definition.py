"""What a measure is: its id, unit, direction and the sentence that defines it; and the rows in which values come."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

GROUP_PREFIX: Final = "group:"
"""Rows of a staff group carry `group:<id>` in the tier column."""


class Direction(StrEnum):
    """Which way is better."""

    HIGHER = "higher"
    LOWER = "lower"
    NEUTRAL = "neutral"


class Scope(StrEnum):
    """Whom a measure is about."""

    COHORT = "cohort"
    """Disputes that emerge in [warmup_s, cohort_end_s): the same disputes under every policy."""
    ALL = "all"
    """Whatever happens in [warmup_s, horizon_s), to any dispute."""


class Rows(StrEnum):
    """How the rows of a measure are broken down."""

    WHOLE = "whole"
    """One row, tier and category ''."""
    CATEGORY = "category"
    """One row per category, tier ''."""
    TIER = "tier"
    """One row per tier, category ''."""
    GROUP = "group"
    """One row per staff group, tier `group:<id>`, category ''."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure's definition; `rows` says which rows it has in every replication of a scenario."""

    id: str
    unit: str
    direction: Direction
    scope: Scope
    definition: str
    rows: tuple[Rows, ...] = (Rows.WHOLE,)
    is_headline: bool = False


class MeasureRow(NamedTuple):
    """One value of a measure; NaN where it is not defined (nothing to average over)."""

    measure: str
    tier: str
    category: str
    value: float


def whole(measure: str, value: float) -> MeasureRow:
    """Return the row of the whole place."""
    return MeasureRow(measure, "", "", float(value))


def of_tier(measure: str, tier_id: str, value: float) -> MeasureRow:
    """Return the row of one tier."""
    return MeasureRow(measure, tier_id, "", float(value))


def of_group(measure: str, group_id: str, value: float) -> MeasureRow:
    """Return the row of one staff group."""
    return MeasureRow(measure, GROUP_PREFIX + group_id, "", float(value))


def of_category(measure: str, category_id: str, value: float) -> MeasureRow:
    """Return the row of one category."""
    return MeasureRow(measure, "", category_id, float(value))


def of_tiers(measure: str, tier_ids: Sequence[str], values: Iterable[float]) -> list[MeasureRow]:
    """Return the rows of all tiers."""
    return [MeasureRow(measure, tier_id, "", value) for tier_id, value in zip(tier_ids, values, strict=True)]


def of_groups(measure: str, group_ids: Sequence[str], values: Iterable[float]) -> list[MeasureRow]:
    """Return the rows of all staff groups."""
    return [MeasureRow(measure, GROUP_PREFIX + one, "", value) for one, value in zip(group_ids, values, strict=True)]


def of_categories(measure: str, category_ids: Sequence[str], values: Iterable[float]) -> list[MeasureRow]:
    """Return the rows of all categories."""
    return [MeasureRow(measure, "", one, value) for one, value in zip(category_ids, values, strict=True)]


def ratio(numerator: float, denominator: float) -> float:
    """Return numerator over denominator, NaN over 0."""
    return float(numerator) / float(denominator) if denominator else math.nan


def ratios(numerators: NDArray[Any], denominators: NDArray[Any]) -> list[float]:
    """Return numerators over denominators, one by one, NaN over 0."""
    pairs = zip(numerators.tolist(), denominators.tolist(), strict=True)
    return [ratio(numerator, denominator) for numerator, denominator in pairs]


def count(mask: NDArray[np.bool_]) -> int:
    """Return how many are true."""
    return int(np.count_nonzero(mask))
