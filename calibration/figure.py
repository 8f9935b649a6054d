"""What one reported figure and its source are: their records and the small vocabularies that describe them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

TEXT_UNIT: Final = "text"
"""The unit of a figure whose value is words (a distribution, a rule), not a number."""


class Definition(StrEnum):
    """What a figure counts; figures of different definitions are never compared without saying so."""

    STRUCTURE = "structure"
    """Units, tiers, rooms, committees, people per unit."""
    POPULATION = "population"
    STAFF = "staff"
    """People in posts, part-timers and volunteers."""
    FOUND = "found"
    """Disputes that became known, whatever came of them."""
    HANDLED = "handled"
    """Cases taken up, settled or not."""
    SETTLED = "settled"
    """Settled by somebody's account other than the office's own record under incentives."""
    RECORDED = "recorded"
    """Settled in the record of the office that is judged by it: an upper bound of the truth."""
    WITHOUT_CASE = "without_case"
    """Units in which nothing of a kind happened over a period."""
    CATEGORY = "category"
    """Share of a type among the disputes counted."""
    RATE = "rate"
    DISPERSION = "dispersion"
    """Spread between units, or a quantity that follows from one."""
    CLOCK = "clock"
    """A time limit."""
    FREQUENCY = "frequency"
    """How often something is held or done, by rule."""
    NORM = "norm"
    """A size or number that a rule prescribes."""
    DURATION = "duration"
    """How long something took."""
    WORKLOAD = "workload"
    SURVEY = "survey"
    """Share of respondents who say something."""
    COVERAGE = "coverage"
    PAY = "pay"
    COST = "cost"
    RECURRENCE = "recurrence"
    EFFECT = "effect"
    """A change ascribed to something; the notes say whether it was controlled."""


class HowSure(StrEnum):
    """How far a figure can be trusted; figures from memory enter nowhere."""

    OFFICIAL = "A"
    """Official or peer-reviewed text seen."""
    SECONDARY = "B"
    DERIVED = "D"
    """Arithmetic on other figures of the ledger, which the notes give."""


class Bound(StrEnum):
    """How the source words the number."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class SourceKind(StrEnum):
    """What a source is; only documents are looked up by `calibration.check`."""

    DOCUMENT = "document"
    LAW = "law"
    OFFICIAL = "official"
    PAPER = "paper"
    REPORT = "report"
    NEWS = "news"
    UNNAMED = "unnamed"
    """A published text was seen but its title not noted: name it before relying on the figure."""
    DERIVED = "derived"


@dataclass(frozen=True, slots=True)
class Source:
    """Where figures come from; `recognised_by` holds alternative literals that only this document contains."""

    key: str
    citation_en: str
    citation_zh: str
    kind: SourceKind
    recognised_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One reported figure; `value` is a number unless `unit` is "text", shares are between 0 and 1."""

    id: str
    place: str
    quantity_en: str
    quantity_zh: str
    value: float | str
    bound: Bound
    unit: str
    period: str
    definition: Definition
    source: str
    locator: str
    how_sure: HowSure
    derived_from: tuple[str, ...]
    notes: str

    @property
    def number(self) -> float:
        """The value as a number, in `unit`; raises TypeError for a figure in words."""
        if isinstance(self.value, str):
            raise TypeError(f"{self.id} is in words: {self.value!r}")
        return self.value
