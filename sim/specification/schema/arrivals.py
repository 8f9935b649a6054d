"""What changes how many disputes emerge: shocks, which happen to a place, and prevention, which a planner decides."""

from typing import Annotated

from pydantic import Field

from sim.specification.schema.fields import Block, Count, Id, Name, Number, Text, lever, structure, uncertainty


class Shock(Block):
    """A time in which some kinds of dispute emerge more or less often (灾害、征迁、停工), whatever the policy."""

    name: Name = structure("name")
    from_day: Annotated[Count, Field(ge=-3_650, le=50_000)] = structure("first day, counted from the start date")
    days: Annotated[Count, Field(ge=1, le=50_000)] = structure("how long it lasts", unit="days")
    multiplier: dict[Id, Annotated[Number, Field(ge=0, le=1_000)]] = uncertainty(
        "rate of emergence relative to the usual, by category; categories left out stay as usual", unit="ratio"
    )
    units: tuple[Text, ...] | None = structure(
        "ids of the units that it strikes, of any tier, with all below them; the whole place without it",
        default=None,
        min_length=1,
    )


class PreventiveMeasure(Block):
    """A measure by which part of the disputes do not emerge (法治宣传、源头治理)."""

    name: Name = structure("name")
    multiplier: dict[Id, Annotated[Number, Field(ge=0, le=1)]] = uncertainty(
        "share of the disputes that still emerge among those it covers, by category; categories left out all emerge",
        unit="ratio",
    )
    coverage_share: Number = lever("share of the disputes that it covers", unit="share", ge=0, le=1)
