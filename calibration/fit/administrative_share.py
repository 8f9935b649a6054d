"""A check on the prior of the administrative share: reported numbers of duties, times lengths that are assumed.

README.md, "Administrative share", has the reasoning; the lengths and their ranges stand in starting_points.csv.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt

from calibration.fit.priors import TriangularPrior
from calibration.ledger import Ledger
from calibration.starting_points import StartingPoints

Array = npt.NDArray[np.float64]

WEEKS_PER_MONTH: Final = 52 / 12
MINUTES_PER_HOUR: Final = 60
_STEPS: Final = 16
"""Equally likely values that stand for each length: 16 to the power of 5 combinations."""


@dataclass(frozen=True, slots=True)
class Duty:
    """Hours a month of one kind of duty: a known number times lengths, each with its ends and its likeliest value."""

    known: float
    lengths: tuple[TriangularPrior, ...]

    @property
    def stated_hours(self) -> float:
        """With every length as stated."""
        return self.known * float(np.prod([length.mode for length in self.lengths]))

    @property
    def ends_hours(self) -> tuple[float, float]:
        """With every length at its lower, and at its upper end."""
        low, high = (float(np.prod(ends)) for ends in zip(*((x.low, x.high) for x in self.lengths), strict=True))
        return self.known * low, self.known * high

    def hours(self) -> Array:
        """Equally likely hours, every combination of equally likely lengths."""
        middles = (np.arange(_STEPS) + 0.5) / _STEPS
        products = reduce(np.multiply.outer, [length.quantile(middles) for length in self.lengths])
        return np.asarray(self.known * products.ravel())


@dataclass(frozen=True, slots=True)
class AdministrativeShare:
    """Share of a cadre's working time: as stated, with all lengths at their ends, and its central 90 %.

    The 90 % are those of independent triangular lengths. `parts` are the shares of each duty in the stated total.
    """

    stated: float
    shortest: float
    longest: float
    low: float
    median: float
    high: float
    parts: Mapping[str, float]


def duties(ledger: Ledger, points: StartingPoints) -> dict[str, Duty]:
    """Inspections, meetings and work groups of a cadre of Quanzhou, by name.

    The weekly meeting is attended by the reported two thirds at least, by every cadre at most.
    """
    attendance = ledger.figure("quanzhou_weekly_meeting_share").number
    meetings_per_month = WEEKS_PER_MONTH * ledger.figure("quanzhou_meetings_per_week").number
    days_per_month = points.of("working_days_per_month").number
    return {
        "inspections": Duty(
            ledger.figure("quanzhou_inspections_per_month").number, (_length(points, "hours_per_inspection"),)
        ),
        "meetings": Duty(
            meetings_per_month, (_length(points, "hours_per_meeting"), TriangularPrior(attendance, attendance, 1.0))
        ),
        "work_groups": Duty(
            days_per_month / MINUTES_PER_HOUR,
            (_length(points, "minutes_per_work_group_per_day"), _length(points, "work_groups")),
        ),
    }


def administrative_share(ledger: Ledger, points: StartingPoints) -> AdministrativeShare:
    """Return the share of working time that the duties take, with its range."""
    each = duties(ledger, points)
    month = points.of("working_days_per_month").number * points.of("working_hours_per_day").number
    total = sum(duty.stated_hours for duty in each.values())
    hours = reduce(np.add.outer, [duty.hours() for duty in each.values()])
    low, median, high = np.quantile(hours, [0.05, 0.5, 0.95]) / month
    return AdministrativeShare(
        stated=total / month,
        shortest=sum(duty.ends_hours[0] for duty in each.values()) / month,
        longest=sum(duty.ends_hours[1] for duty in each.values()) / month,
        low=float(low),
        median=float(median),
        high=float(high),
        parts=MappingProxyType({name: duty.stated_hours / total for name, duty in each.items()}),
    )


def _length(points: StartingPoints, quantity: str) -> TriangularPrior:
    point = points.of(quantity)
    low, high = point.ends
    return TriangularPrior(low, point.number, high)
