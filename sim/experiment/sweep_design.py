"""What a sweep varies and compares: as it stands in the manifest, which is all that a report needs to know of it."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from sim.stats import MeasureKey

LevelValue = float | int | str | bool


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Texts(_Entry):
    """A text in both languages."""

    zh: str
    en: str


class SweepLevel(_Entry):
    """A level of a factor; `value` is None where it has a name only, `name` where its value says all."""

    id: str
    value: LevelValue | None
    name: Texts | None


class SweepFactor(_Entry):
    """A factor; `operation` and `path` say of what kind its values are (`levels`: they have names only)."""

    id: str
    name: Texts
    operation: str
    path: str
    levels: Annotated[tuple[SweepLevel, ...], Field(min_length=1)]


class SweepPoint(_Entry):
    """A point: its scenario's id, the id of its level of each factor, and the scenario that it is compared with.

    `is_reference`: its scenario is the one it would be compared with, so there is no difference to be judged.
    """

    scenario: str
    levels: tuple[str, ...]
    reference: str
    is_reference: bool


class SweepMeasure(_Entry):
    """A measure that is plotted and judged."""

    measure: str
    tier: str = ""
    category: str = ""

    @property
    def key(self) -> MeasureKey:
        """The measure as the measures table has it."""
        return MeasureKey(self.measure, self.tier, self.category)


class SweepDesign(_Entry):
    """The design of a sweep; points with the first factor slowest."""

    name: Texts
    question: Texts
    factors: Annotated[tuple[SweepFactor, ...], Field(min_length=1, max_length=2)]
    points: Annotated[tuple[SweepPoint, ...], Field(min_length=1)]
    measures: Annotated[tuple[SweepMeasure, ...], Field(min_length=1)]
    paired_with: Literal["baseline", "row"]
    equal_headcount: bool
    equal_payroll_share: float | None

    @property
    def keys(self) -> tuple[MeasureKey, ...]:
        """The measures that are plotted and judged, the most important one first."""
        return tuple(measure.key for measure in self.measures)

    @property
    def references(self) -> Mapping[str, str]:
        """What each judged point is compared with, by scenario id."""
        return {point.scenario: point.reference for point in self.points if not point.is_reference}
