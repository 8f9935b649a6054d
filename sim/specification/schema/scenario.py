"""A whole scenario: the place, its disputes, its casework and how it is studied."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator, Discriminator, Field

from sim.specification.schema.after_settlement import Breach, FollowUp
from sim.specification.schema.arrivals import PreventiveMeasure, Shock
from sim.specification.schema.casework import (
    Channel,
    Deadline,
    EffortGrowth,
    FirstHandlerKeeps,
    Handover,
    Queue,
    ReportingPressure,
    Settlement,
    Tier,
    Triage,
)
from sim.specification.schema.costs import AdminItem, Programme
from sim.specification.schema.disputes import (
    Category,
    Emergence,
    Frailty,
    Hardening,
    Household,
    Incident,
    Latent,
    OpeningBacklog,
    Patience,
    Patrol,
    Season,
    YearEffect,
)
from sim.specification.schema.fields import Block, Count, Date, Id, Name, Number, Text, lever, structure
from sim.specification.schema.place import Calendar, StaffGroup, StatutoryCalendar, Travel, Units


def whole_number(value: object) -> object:
    """Keep `true` and 1.0, which equal 1, from passing for it."""
    return value if type(value) is int else str(value)


class Horizon(Block):
    """The span of simulated time: warm-up, then the cohort's years, then the days it is followed."""

    start_date: Annotated[Date, Field(ge=date(1950, 1, 1), le=date(2100, 12, 31))] = structure(
        "the day on which the clock is 0"
    )
    warmup_years: Annotated[Count, Field(ge=0, le=50)] = structure("whole years before the cohort", unit="years")
    cohort_years: Annotated[Count, Field(ge=1, le=100)] = structure("years in which the cohort emerges", unit="years")
    follow_days: Annotated[Count, Field(ge=180, le=3_650)] = structure("days after the last cohort year", unit="days")
    latent_days: Annotated[Count, Field(ge=0, le=3_650)] = structure(
        "days before the start whose disputes may still be latent at 0", unit="days"
    )


class FixedReplications(Block):
    """A fixed number of replications."""

    rule: Literal["fixed"] = structure("how many replications")
    count: Annotated[Count, Field(ge=1, le=100_000)] = structure("replications", unit="replications")


class AutomaticReplications(Block):
    """Looks at 10, 20, 40, 80, 160 and 200 replications until precise enough or the sign is clear."""

    rule: Literal["automatic"] = structure("how many replications")
    cap: Annotated[Count, Field(ge=2, le=200)] = structure("never more than this", unit="replications")
    relative_precision: Number = structure("half-width over the baseline's mean", unit="share", gt=0, le=1)


class Robustness(Block):
    """Repeats the verdict at both ends of the ranges of the assumed values that move it most."""

    screen_replications: Annotated[Count, Field(ge=1, le=100_000)] = structure(
        "replications with which every assumed value that has a range is screened", unit="replications"
    )
    verdict_replications: Annotated[Count, Field(ge=2, le=100_000)] = structure(
        "replications with which the verdict is repeated", unit="replications"
    )
    values: Annotated[Count, Field(ge=1, le=20)] = structure("how many assumed values are shown", unit="values")
    focus_policy: Id = structure(
        "the policy that the question is about (a scenario file's name without .yaml); the first one compared if it is "
        "not among them"
    )
    focus_measure: Id = structure("the headline measure by which values are screened")


class Experiment(Block):
    """How the scenario is studied."""

    seed: Annotated[Count, Field(ge=0, lt=2**63)] = structure("seed of all random draws")
    replications: Annotated[FixedReplications | AutomaticReplications, Discriminator("rule")] = structure(
        "replications"
    )
    robustness: Robustness | None = structure("stress of the verdict; none without it", default=None)
    question: Name | None = structure("what the study asks, as its report puts it", default=None)
    posterior: Text | None = structure(
        "file of the posterior sample from which `--posterior N` draws, relative to the file that names it",
        default=None,
    )


class Measures(Block):
    """What is measured where."""

    equity_tier: Id = structure("the tier between whose units outcomes are compared")
    village_tier: Id = structure("`settled at or below the village` counts this tier and those below")
    indifference_share: Number = structure(
        "a difference within this share of the baseline's mean counts as no difference", unit="share", ge=0, le=1
    )


class Scenario(Block):
    """A complete scenario file; each optional block is a mechanism that is off when the block is absent."""

    schema_version: Annotated[Literal[1], BeforeValidator(whole_number)] = structure("version of this schema")
    place: Name = structure("name of the place")
    name: Name = structure("name of the scenario or policy")
    description: Name = structure("what it is, in a sentence or two")
    horizon: Horizon = structure("time span")
    experiment: Experiment = structure("replications and seed")
    measures: Measures = structure("measurement choices")
    statutory_calendar: StatutoryCalendar = structure("working days")
    calendars: dict[Id, Calendar] = structure("working hours by id", min_length=1)
    tiers: dict[Id, Tier] = structure("tiers by id, lowest first", min_length=1, max_length=6)
    units: Units = structure("units of each tier")
    household: Household = structure("households")
    staff_groups: dict[Id, StaffGroup] = structure("staff groups by id")
    admin_load: dict[Id, AdminItem] | None = structure(
        "what administration consists of; without it `admin_share` is all of it", default=None
    )
    programmes: dict[Id, Programme] | None = structure("costs that are nobody's hours; none without it", default=None)
    travel: Travel | None = structure("staff travel; none without it", default=None)
    emergence: Emergence = structure("how many disputes emerge")
    frailty: Frailty | None = structure("spread between home units; none without it", default=None)
    year_effect: YearEffect | None = structure("spread between years; none without it", default=None)
    season: Season | None = structure("spread between months; none without it", default=None)
    categories: dict[Id, Category] = structure("kinds of dispute by id", min_length=1)
    shocks: dict[Id, Shock] | None = structure("shocks by id; none without it", default=None)
    prevention: dict[Id, PreventiveMeasure] | None = structure(
        "preventive measures by id; none without it", default=None
    )
    latent: Latent | None = structure("latent phase; none without it", default=None)
    patrol: Patrol | None = structure("patrol visits; none without it (needs `latent`)", default=None)
    hardening: Hardening | None = structure("hardening; none without it", default=None)
    incident: Incident | None = structure("incidents; none without it", default=None)
    channels: dict[Id, Channel] | None = structure(
        "ways in; without it all walk in at the lowest tier at once", default=None
    )
    triage: Triage = structure("where a case starts")
    queue: Queue = structure("who is served first")
    settlement: Settlement = structure("what settles a dispute")
    effort_growth: EffortGrowth | None = structure("effort grows with difficulty; not without it", default=None)
    handover: Handover | None = structure("cost of passing a case on; free and instant without it", default=None)
    reporting_pressure: ReportingPressure | None = structure(
        "settlements on paper; records are true without it", default=None
    )
    first_handler_keeps: FirstHandlerKeeps | None = structure(
        "the first handler sits at the panels above; not without it", default=None
    )
    overall_deadline: Deadline | None = lever("limit from registration, all tiers together", unit="days", default=None)
    patience: Patience | None = structure("patience of the parties; endless without it", default=None)
    breach: Breach | None = structure("whether agreements hold; for ever without it", default=None)
    follow_up: FollowUp | None = structure("visits after a settlement; none without it", default=None)
    opening_backlog: OpeningBacklog | None = structure("cases open at time 0; none without it", default=None)
