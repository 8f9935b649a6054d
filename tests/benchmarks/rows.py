"""The rows of the one table that all benchmarks fill."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Target:
    """What the issue asks for: at least so many times as fast, or at most so much."""

    limit: float
    at_least: bool
    unit: str = "×"

    def is_met(self, value: float) -> bool:
        """Say whether a value reaches it."""
        return value >= self.limit if self.at_least else value <= self.limit

    def __str__(self) -> str:
        return f"{'≥' if self.at_least else '≤'} {self.limit:.3g} {self.unit}"


@dataclass(frozen=True, slots=True)
class Ratio:
    """A ratio measured in one run: its median over rounds, and the smallest and largest."""

    median: float
    smallest: float
    largest: float

    @classmethod
    def of_rounds(cls, numerators: Sequence[float], denominators: Sequence[float]) -> "Ratio":
        """Divide round by round."""
        ratios = [above / below for above, below in zip(numerators, denominators, strict=True)]
        return cls(statistics.median(ratios), min(ratios), max(ratios))


@dataclass(frozen=True, slots=True)
class Row:
    """A figure: what was measured, how often, and how it stands to something measured beside it.

    A ratio of times says how many times as fast it is as `ratio_to`; one of memory or growth how many times as much.
    A target is put to the ratio if its unit is ×, else to the figure.
    """

    block: str
    measured: str
    size: str
    figure: float
    unit: str
    runs: int
    ratio: Ratio | None = None
    ratio_to: str = ""
    target: Target | None = None
    note: str = ""

    @property
    def is_met(self) -> bool | None:
        """Say whether the target is met; None without one."""
        if self.target is None:
            return None
        value = self.ratio.median if self.ratio is not None and self.target.unit == "×" else self.figure
        return self.target.is_met(value)
