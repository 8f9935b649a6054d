"""The place: its calendar, tiers, units and staff."""

from typing import Annotated, Literal

from pydantic import Discriminator, Field, StringConstraints

from sim.specification.schema.fields import (
    Block,
    Count,
    Date,
    Id,
    Name,
    Number,
    Text,
    TrueOrFalse,
    lever,
    structure,
    uncertainty,
)

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
TimeOfDay = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$")]


class ChinaCalendar(Block):
    """China's statutory holidays and make-up working days, frozen into the resolved scenario as `listed`."""

    rule: Literal["china"] = structure("which days are working days")


class ListedCalendar(Block):
    """Working days are Monday to Friday less `closed_days`, plus `make_up_days`."""

    rule: Literal["listed"] = structure("which days are working days")
    closed_days: tuple[Date, ...] = structure("weekdays that are public holidays")
    make_up_days: tuple[Date, ...] = structure("weekend days worked in exchange (调休)")
    assumed_years: tuple[Annotated[Count, Field(ge=1, le=9_999)], ...] = structure(
        "years whose holidays were not announced: fixed dates only, assumed"
    )


class EveryDayCalendar(Block):
    """Every day is a working day."""

    rule: Literal["every_day"] = structure("which days are working days")


StatutoryCalendar = Annotated[ChinaCalendar | ListedCalendar | EveryDayCalendar, Discriminator("rule")]


class Window(Block):
    """Hours worked on the listed weekdays: [opens, closes)."""

    days: tuple[Weekday, ...] = structure("weekdays", min_length=1)
    opens: TimeOfDay = structure("opening time of day, HH:MM")
    closes: TimeOfDay = structure("closing time of day, HH:MM, up to 24:00")


class WeeklyCalendar(Block):
    """Weekly windows of working hours."""

    kind: Literal["weekly"] = structure("kind of calendar")
    windows: tuple[Window, ...] = structure("the windows; they may not overlap", min_length=1)
    statutory: TrueOrFalse = structure(
        "true: closed on public holidays, and a make-up working day has the windows of `make_up_as`; "
        "false: the weekly windows hold on every week of the year"
    )
    make_up_as: Weekday = structure("the weekday whose windows a make-up working day takes")


class DaysByLastDigit(Block):
    """Hours on the days of every month whose number ends in one of some digits (逢七、逢集): [opens, closes)."""

    by: Literal["last_digit"] = structure("how the days are given")
    days: tuple[Annotated[Count, Field(ge=0, le=9)], ...] = lever("last digits of the day's number", min_length=1)
    opens: TimeOfDay = structure("opening time of day, HH:MM")
    closes: TimeOfDay = structure("closing time of day, HH:MM, up to 24:00")


class DaysByNumber(Block):
    """Hours on some days of every month, left out in months without them: [opens, closes)."""

    by: Literal["number"] = structure("how the days are given")
    days: tuple[Annotated[Count, Field(ge=1, le=31)], ...] = lever("the day's number", min_length=1)
    opens: TimeOfDay = structure("opening time of day, HH:MM")
    closes: TimeOfDay = structure("closing time of day, HH:MM, up to 24:00")


class MonthlyCalendar(Block):
    """Windows on days of the month, whatever the weekday and on public holidays too."""

    kind: Literal["monthly"] = structure("kind of calendar")
    windows: tuple[Annotated[DaysByLastDigit | DaysByNumber, Discriminator("by")], ...] = structure(
        "the windows; they may not overlap", min_length=1
    )


class AlwaysCalendar(Block):
    """Open at every second."""

    kind: Literal["always"] = structure("kind of calendar")


Calendar = Annotated[WeeklyCalendar | MonthlyCalendar | AlwaysCalendar, Discriminator("kind")]


class UnitsByCount(Block):
    """Units given by number: children are spread evenly over parents, the remainder to the first."""

    by: Literal["count"] = structure("how the units are given")
    counts: dict[Id, Annotated[Count, Field(ge=1, le=1_000_000)]] = structure("units of each tier", unit="units")
    population_persons: Annotated[Count, Field(ge=1, le=2_000_000_000)] = structure(
        "residents, spread evenly", unit="persons"
    )


class UnitsByFile(Block):
    """Units given by a CSV file; frozen into the resolved scenario as `table`."""

    by: Literal["file"] = structure("how the units are given")
    path: Text = structure("the file, relative to the scenario file")


class UnitRow(Block):
    """One unit of a `units.csv`."""

    unit_id: Text = structure("the unit's own id")
    tier: Id = structure("its tier")
    parent_id: str = structure("the unit above it; empty at the top tier")
    population_persons: Annotated[Count, Field(ge=0, le=2_000_000_000)] = structure(
        "residents (lowest tier only)", unit="persons"
    )
    posts: dict[Id, Annotated[Count, Field(ge=0, le=10_000_000)]] = structure(
        "posts by staff group, where the file has `posts_<id>`"
    )
    round_trip_hours: dict[Id, Annotated[Number, Field(ge=0)]] = structure(
        "travel by base tier, where the file has `round_trip_hours_<tier>` (lowest tier only)", unit="hours"
    )


class UnitsByTable(Block):
    """Units given row by row."""

    by: Literal["table"] = structure("how the units are given")
    rows: tuple[UnitRow, ...] = structure("the units", min_length=1)


Units = Annotated[UnitsByCount | UnitsByFile | UnitsByTable, Discriminator("by")]


class Turnover(Block):
    """People leave, and their post stands vacant until somebody is found; a session is held to its end first."""

    filled_days: Number = uncertainty("mean time that a post stays filled", unit="days", ge=1)
    vacant_days: Number = uncertainty("mean time until it is filled again", unit="days", ge=0)
    hire_cost_yuan: Number = uncertainty("cost of filling it: search, training", unit="yuan", ge=0)


class StaffGroup(Block):
    """People of one kind at one tier; their hours split into administration, patrol and casework."""

    name: Name = structure("name")
    tier: Id = structure("the tier they belong to: they serve the units of this tier and those below")
    posts: Annotated[Count, Field(ge=0, le=10_000_000)] = lever(
        "whole posts in all, spread over the units by population (largest remainder)", unit="posts"
    )
    posts_serve: Annotated[Count, Field(ge=1, le=1_000_000)] | None = lever(
        "pool the posts of so many sibling units; required where posts are fewer than units", unit="units", default=None
    )
    calendar: Id = lever("working hours")
    admin_share: Number = lever(
        "share of hours taken by meetings, inspections and ledgers, at level 1 of every item of `admin_load`",
        unit="share",
        ge=0,
        le=1,
    )
    patrol_share: Number = lever("share of hours spent visiting households (排查)", unit="share", ge=0, le=1)
    based_at: Id = lever("the tier whose seat they travel from")
    ability_logit: Number = uncertainty("ability to settle a dispute of average difficulty", unit="logit")
    authority_logit: dict[Id, Number] | None = uncertainty(
        "extra ability by category: powers they hold or lack; every category, or leave the block out",
        unit="logit",
        default=None,
    )
    wage_yuan_per_hour: Number = uncertainty("cost of an hour", unit="yuan per hour", ge=0)
    turnover: Turnover | None = structure("people come and go; posts are always filled without it", default=None)


class Travel(Block):
    """Staff travel, round trip from the seat of a tier to the parties' home unit."""

    round_trip_hours: dict[Id, Annotated[Number, Field(ge=0)]] = uncertainty("hours by base tier", unit="hours")
