"""Whether a verdict stands across a posterior, and whether the order of policies does."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
import numpy.typing as npt

from sim.stats.moments import DEFAULT_LEVEL, difference_beyond_rounding
from sim.stats.variance_split import VarianceSplit, joint_best_shares, split_variance
from sim.stats.verdicts import Direction, Verdict

SURE: Final = 0.95
"""Share of a posterior in which something must be so before it is said to hold."""


class Standing(StrEnum):
    """What becomes of a verdict across a posterior."""

    HOLDS = "holds"
    """The verdict is the same in at least 95 % of it."""
    LEANS = "leans"
    """It never says the opposite in more than 5 %, but not always that the difference matters."""
    TURNS = "turns"
    """In more than 5 % each the difference matters one way and the other."""


@dataclass(frozen=True)
class PosteriorDifference:
    """A policy against the baseline across a posterior, on one measure.

    `split` is of policy - baseline. `prob_above`, `prob_below` and `prob_within` are the probabilities that it lies
    above, below and within plus or minus `indifference_half_width`; `prob_better` that it is better at all, NaN for a
    measure that is neither good nor bad. `verdict` is what holds in at least 95 % of the posterior, else unclear.
    """

    split: VarianceSplit
    direction: Direction
    indifference_half_width: float
    prob_better: float
    prob_above: float
    prob_within: float
    prob_below: float
    verdict: Verdict
    standing: Standing | None


def judge_across(split: VarianceSplit, *, direction: Direction, indifference_half_width: float) -> PosteriorDifference:
    """Return the verdict on a difference across a posterior; standing None where no draw could be used."""
    if indifference_half_width < 0.0:
        raise ValueError(f"an indifference half-width is not negative, got {indifference_half_width!r}")
    above = split.prob_above(indifference_half_width)
    below = split.prob_below(-indifference_half_width)
    within = max(0.0, 1.0 - above - below)
    higher = split.prob_positive()
    better = {Direction.HIGHER_IS_BETTER: higher, Direction.LOWER_IS_BETTER: 1.0 - higher}
    return PosteriorDifference(
        split=split,
        direction=direction,
        indifference_half_width=indifference_half_width,
        prob_better=better.get(direction, math.nan),
        prob_above=above,
        prob_within=within,
        prob_below=below,
        verdict=_verdict(above, within, below, direction),
        standing=None if math.isnan(above) else _standing(above, within, below),
    )


def _verdict(above: float, within: float, below: float, direction: Direction) -> Verdict:
    if max(above, below) >= SURE:
        if direction is Direction.NEUTRAL:
            return Verdict.DIFFERS
        return Verdict.BETTER if (above > below) == (direction is Direction.HIGHER_IS_BETTER) else Verdict.WORSE
    return Verdict.WITHIN_NOISE if within >= SURE else Verdict.UNCLEAR


def _standing(above: float, within: float, below: float) -> Standing:
    if max(above, within, below) >= SURE:
        return Standing.HOLDS
    return Standing.TURNS if min(above, below) > 1.0 - SURE else Standing.LEANS


@dataclass(frozen=True)
class Ranked:
    """A scenario's place in the order: probability of being the best, and of being better than each other one."""

    scenario: str
    mean: float
    prob_best: float
    prob_better_than: Mapping[str, float]


@dataclass(frozen=True)
class Ranking:
    """Scenarios from the best mean to the worst; `dropped` draws had no value for one of them."""

    ranked: tuple[Ranked, ...]
    dropped: int

    @property
    def best_holds(self) -> bool:
        """Whether the first is the best in at least 95 % of the posterior."""
        return self.ranked[0].prob_best >= SURE

    @property
    def order_holds(self) -> bool:
        """Whether each is better than the next in at least 95 % of the posterior."""
        pairs = zip(self.ranked, self.ranked[1:], strict=False)
        return all(first.prob_better_than[second.scenario] >= SURE for first, second in pairs)


def rank_across(values: Mapping[str, npt.NDArray[np.float64]], direction: Direction) -> Ranking | None:
    """Rank scenarios by values of shape (draws, replications) on the same disputes, equal shapes for all.

    None for a neutral measure, for a single scenario, and without two draws in which all have values.
    """
    stacked = np.stack(list(values.values()), axis=2)
    usable = stacked[np.isfinite(stacked).all(axis=(1, 2))]
    ids = list(values)
    if direction is Direction.NEUTRAL or len(ids) < 2 or len(usable) < 2:
        return None
    gain = usable if direction is Direction.HIGHER_IS_BETTER else -usable
    best = joint_best_shares(gain)
    means = usable.mean(axis=(0, 1))
    ranked = [
        Ranked(ids[k], float(means[k]), float(best[k]), _better_than(gain, ids, k))
        for k in sorted(range(len(ids)), key=lambda k: (-float(gain[:, :, k].mean()), k))
    ]
    return Ranking(tuple(ranked), len(stacked) - len(usable))


def _better_than(gain: npt.NDArray[np.float64], ids: Sequence[str], one: int) -> dict[str, float]:
    return {
        ids[other]: split_variance(difference_beyond_rounding(gain[:, :, one], gain[:, :, other])).prob_positive()
        for other in range(len(ids))
        if other != one
    }


def difference_across(
    policy: npt.NDArray[np.float64],
    baseline: npt.NDArray[np.float64],
    *,
    direction: Direction,
    relative_indifference: float,
    level: float = DEFAULT_LEVEL,
) -> PosteriorDifference:
    """Judge policy - baseline, both of shape (draws, replications), the same replications of the same draws.

    The indifference zone is a share of the absolute mean of the baseline over all that is defined.
    """
    defined = baseline[np.isfinite(baseline)]
    zone = relative_indifference * abs(float(defined.mean())) if defined.size else 0.0
    split = split_variance(difference_beyond_rounding(policy, baseline), level)
    return judge_across(split, direction=direction, indifference_half_width=zone)
