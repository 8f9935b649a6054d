"""Whether replications agree with a formula, by an interval narrow enough for the answer to mean something."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

Float64 = NDArray[np.float64]

LEVEL: Final = 0.999
"""Level of every interval."""

WIDEST_SHARE: Final = 0.02
"""A half-width above this share of the formula has no power to tell a wrong engine from a right one."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over replications and the half-width of its interval at `LEVEL`."""

    mean: float
    half_width: float

    def holds(self, value: float) -> bool:
        """Say whether the interval holds a value."""
        return abs(self.mean - value) <= self.half_width


def estimate(values: Float64, controls: Mapping[str, Float64]) -> Estimate:
    """Return the mean of one value per replication (R,), adjusted for controls (R,) of mean 0, and its t-interval.

    The adjustment is linear regression on the controls: the estimate is the intercept, with R − 1 − controls degrees of
    freedom (Lavenberg and Welch 1981). Controls may depend on what chance dealt, never on what the engine made of it:
    regression on, say, wait × own effort would turn the waits of any engine into the formula.
    """
    columns = [np.ones(len(values)), *(control / np.abs(control).max() for control in controls.values())]
    design = np.column_stack(columns)
    coefficients, _, rank, _ = np.linalg.lstsq(design, values, rcond=None)
    assert rank == len(columns), "a control follows from the others"
    freedom = len(values) - len(columns)
    residual_variance = float(((values - design @ coefficients) ** 2).sum()) / freedom
    variance = residual_variance * float(np.linalg.inv(design.T @ design)[0, 0])
    return Estimate(float(coefficients[0]), float(stdtrit(freedom, (1.0 + LEVEL) / 2.0)) * sqrt(variance))


def disagreements(
    formulas: Mapping[str, float], values: Mapping[str, Float64], controls: Mapping[str, Float64] | None = None
) -> list[str]:
    """Return what is wrong, one sentence each: intervals without power, or without the formula that bears their name.

    values, controls: one value per replication, (R,). Every control must keep its known mean, and the plain interval,
    however wide, must hold the formula too, so that no adjustment hides a fault in what chance dealt.
    """
    known = dict(controls or {})
    found = [
        f"control {name}: {plain.mean:.6g} ± {plain.half_width:.2g}, must hold 0"
        for name, control in known.items()
        if not (plain := estimate(control, {})).holds(0.0)
    ]
    for name, formula in formulas.items():
        plain, adjusted = estimate(values[name], {}), estimate(values[name], known)
        if known and not plain.holds(formula):
            found.append(f"{name}: {plain.mean:.6g} ± {plain.half_width:.2g} without controls, formula {formula:.6g}")
        if not adjusted.holds(formula):
            found.append(f"{name}: {adjusted.mean:.6g} ± {adjusted.half_width:.2g}, formula {formula:.6g}")
        if adjusted.half_width > WIDEST_SHARE * abs(formula):
            share = adjusted.half_width / abs(formula)
            found.append(f"{name}: a half-width of {share:.2%} of the formula has no power")
    return found
