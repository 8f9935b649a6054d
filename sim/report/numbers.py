"""How numbers look: the same digits in both languages, as many as the uncertainty allows."""

import math
from collections.abc import Iterable
from enum import StrEnum
from typing import Final

MINUS: Final = "\N{MINUS SIGN}"
MOST_DECIMALS: Final = 4
LARGEST_PLAIN_DIGITS: Final = 4
"""Significant digits that a mean shows at most."""


class Kind(StrEnum):
    """How a number is shown."""

    SHARE = "share"
    """Stored as a fraction, shown in per cent; differences in percentage points."""
    PLAIN = "plain"
    """Shown as it is stored."""


def displayed(value: float, kind: Kind) -> float:
    """Return the number in the unit in which it is shown."""
    return value * 100.0 if kind is Kind.SHARE else value


def decimals_for(kind: Kind, means: Iterable[float], half_widths: Iterable[float] = ()) -> int:
    """Return how many decimals a group of like numbers needs, 0 to 4.

    The smallest half-width shows one digit, and no mean more than four significant ones; without half-widths means
    show three. NaN and 0 have no say.
    """
    sizes = _magnitudes(displayed(mean, kind) for mean in means)
    widths = _magnitudes(displayed(width, kind) for width in half_widths)
    digits = LARGEST_PLAIN_DIGITS if widths else LARGEST_PLAIN_DIGITS - 1
    wanted = []
    if sizes:
        wanted.append(digits - 1 - max(sizes))
    if widths:
        wanted.append(-min(widths))
    return max(0, min([MOST_DECIMALS, *wanted])) if wanted else 0


def _magnitudes(values: Iterable[float]) -> list[int]:
    return [math.floor(math.log10(abs(value))) for value in values if math.isfinite(value) and value != 0.0]


def plain(value: float, decimals: int, *, signed: bool = False) -> str:
    """Return a number with thousands separated, a real minus sign and no negative zero; a dash for NaN."""
    if not math.isfinite(value):
        return "–"
    text = f"{abs(value):,.{decimals}f}"
    if not any(digit in text for digit in "123456789"):
        return text
    if value < 0:
        return MINUS + text
    return ("+" + text) if signed else text


def quantity(value: float, kind: Kind, decimals: int) -> str:
    """Return a value in its unit of display; only per cent carries a sign of its own."""
    text = plain(displayed(value, kind), decimals)
    return f"{text}%" if kind is Kind.SHARE and math.isfinite(value) else text


def signed_quantity(value: float, kind: Kind, decimals: int) -> str:
    """Return a difference with its sign; differences of shares are in percentage points and carry no per cent sign."""
    return plain(displayed(value, kind), decimals, signed=True)


def significant(value: float, digits: int = 3) -> str:
    """Return a number with about `digits` significant digits and no trailing zeros; whole numbers stay whole."""
    if not math.isfinite(value):
        return "–"
    if value == int(value):
        return plain(value, 0)
    decimals = max(0, digits - 1 - math.floor(math.log10(abs(value))))
    text = plain(value, min(decimals, 8))
    return text.rstrip("0").rstrip(".") if "." in text else text


def clipped(value: float, kind: Kind) -> float:
    """Return an end of a level's interval cut to what the measure can be: shares in 0 to 1, nothing below 0."""
    if math.isnan(value):
        return value
    return max(0.0, min(1.0, value) if kind is Kind.SHARE else value)
