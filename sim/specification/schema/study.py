"""A study file: one or two factors varied over a baseline, and how the points are compared."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Discriminator, Field

from sim.specification.schema.fields import (
    Block,
    Changes,
    Count,
    Id,
    Name,
    Number,
    OneValue,
    Text,
    TrueOrFalse,
    structure,
)
from sim.specification.schema.scenario import AutomaticReplications, FixedReplications, whole_number


class Level(Block):
    """One level of a factor: overlays and changes that are laid over the baseline."""

    name: Name | None = structure("name of the level; its value without it", default=None)
    value: OneValue = structure(
        "its value, for the axis and for changes that leave theirs out; all levels have one or none has", default=None
    )
    with_: Annotated[tuple[Text, ...] | None, Field(alias="with")] = structure(
        "overlay files, relative to this file; none without it", default=None
    )
    changes: Changes = structure("changes as in an overlay; none without it", default=None)


class PathFactor(Block):
    """One value of the scenario, by its path."""

    kind: Literal["path"] = structure("what is varied")
    name: Name = structure("name of the factor")
    path: Text = structure("the path of the value, as in the changes of an overlay")
    values: Annotated[tuple[OneValue, ...], Field(min_length=1, max_length=50)] = structure(
        "the values, in the order in which they are shown"
    )


class ChangesFactor(Block):
    """Several values that move together, by changes as in an overlay."""

    kind: Literal["changes"] = structure("what is varied")
    name: Name = structure("name of the factor")
    values: Annotated[tuple[OneValue, ...], Field(min_length=1, max_length=50)] = structure(
        "the values, in the order in which they are shown"
    )
    changes: Changes = structure(
        "changes as in an overlay; where one leaves out its value, factor, amount or share, the factor's value stands"
    )


class LevelsFactor(Block):
    """Levels with overlays or changes of their own."""

    kind: Literal["levels"] = structure("what is varied")
    name: Name = structure("name of the factor")
    changes: Changes = structure(
        "changes at every level, before its own; where one leaves out its operand, the level's value stands",
        default=None,
    )
    levels: Annotated[dict[Id, Level], Field(min_length=1, max_length=50)] = structure("levels by id, in order")


Factor = Annotated[PathFactor | ChangesFactor | LevelsFactor, Discriminator("kind")]


class Constraints(Block):
    """What every point must share with the baseline; a point that does not is refused."""

    equal_headcount: TrueOrFalse = structure("as many posts in all", default=False)
    equal_payroll_share: Annotated[Number | None, Field(ge=0, le=1)] = structure(
        "the payroll differs by at most this share of the baseline's; not looked at without it",
        unit="share",
        default=None,
    )


class StudyMeasure(Block):
    """A measure that is plotted and judged."""

    measure: Id = structure("the measure's id")
    tier: Id | None = structure("of this tier; of the whole place without it", default=None)
    group: Id | None = structure("of this staff group", default=None)
    category: Id | None = structure("of this kind of dispute", default=None)


class Study(Block):
    """A complete study file."""

    study_version: Annotated[Literal[1], BeforeValidator(whole_number)] = structure("version of this format")
    name: Name = structure("title of the study")
    question: Name = structure("the question that it is to answer")
    baseline: Text = structure("the baseline's scenario file, relative to this file")
    with_: Annotated[tuple[Text, ...] | None, Field(alias="with")] = structure(
        "overlays laid on the baseline and on every point, relative to this file; none without it", default=None
    )
    factors: dict[Id, Factor] = structure("one or two factors by id", min_length=1, max_length=2)
    paired_with: Literal["baseline", "row"] = structure(
        "what each point is compared with on the same disputes: the unchanged baseline, or the point with the first "
        "value of the first factor at the same value of the second (row)"
    )
    constraints: Constraints | None = structure("what all points must share; nothing without it", default=None)
    measures: Annotated[tuple[StudyMeasure, ...] | None, Field(min_length=1, max_length=24)] = structure(
        "measures that are plotted and judged, the most important one first; the headline measures without it",
        default=None,
    )
    seed: Annotated[Count | None, Field(ge=0, lt=2**63)] = structure(
        "seed of all random draws; the baseline's without it", default=None
    )
    replications: Annotated[FixedReplications | AutomaticReplications, Discriminator("rule")] | None = structure(
        "replications of every point; as the baseline says without it", default=None
    )
