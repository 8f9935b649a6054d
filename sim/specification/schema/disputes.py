"""The disputes: how many emerge, of what kind, how they stay hidden, harden and turn violent."""

from typing import Annotated

from pydantic import Field

from sim.specification.schema.distributions import DurationDays
from sim.specification.schema.fields import Block, Count, Id, Name, Number, TrueOrFalse, lever, structure, uncertainty


class Emergence(Block):
    """Disputes emerge as a Poisson process given population, frailty, year effect and season."""

    rate_per_1000_per_year: Number = uncertainty("disputes that emerge", unit="per 1,000 persons per year", ge=0)


class Frailty(Block):
    """Gamma multiplier of a home unit's rate, mean 1."""

    shape: Number = uncertainty("gamma shape: small means a few hot spots", unit="ratio", gt=0)
    fixed: TrueOrFalse = structure("true: one draw for the study; false: a new draw each replication")


class YearEffect(Block):
    """Gamma multiplier of a year's rate for the whole place, mean 1."""

    shape: Number = uncertainty("gamma shape", unit="ratio", gt=0)


class Season(Block):
    """Relative rate by calendar month, normalised to a day-weighted mean of 1 over a 365-day year."""

    monthly_index: tuple[Annotated[Number, Field(ge=0)], ...] = uncertainty(
        "January to December", unit="ratio", min_length=12, max_length=12
    )


class Category(Block):
    """A kind of dispute."""

    name: Name = structure("name")
    share: Number = uncertainty("share of emerging disputes; shares sum to 1", unit="share", ge=0, le=1)
    households_involved: Annotated[Count, Field(ge=1, le=100_000)] = uncertainty(
        "households a dispute touches", unit="households"
    )
    difficulty_mean_logit: Number = uncertainty(
        "mean difficulty, relative: the share-weighted mean over categories is shifted to 0", unit="logit"
    )
    difficulty_sd_logit: Number = uncertainty("spread of difficulty", unit="logit", ge=0)
    effort_factor: Number = uncertainty("effort of a session relative to the session's own mean", unit="ratio", ge=0)


class Latent(Block):
    """The time before anyone knows; without this block every dispute reports itself at once."""

    self_report_days: dict[Id, DurationDays] = uncertainty("time to self-report, by category", unit="days")
    fade_days: DurationDays = uncertainty("time from emergence to fading unseen", unit="days")
    self_report_delay_factor: Number | None = lever(
        "factor on the time to self-report: above 1 where desks are far, below 1 where they are near; 1 without it",
        unit="ratio",
        gt=0,
        le=100,
        default=None,
    )


class Patrol(Block):
    """What a patrol visit takes and finds."""

    hours_per_visit: Number = uncertainty("time in the household", unit="hours", gt=0)
    find_prob: Number = uncertainty(
        "probability that a visit to a household involved finds the dispute", unit="probability", ge=0, le=1
    )


class Hardening(Block):
    """Difficulty grows with age until the cap."""

    logit_per_30_days: Number = uncertainty("growth of difficulty", unit="logit per 30 days", ge=0)
    cap_days: Number = uncertainty("age at which growth stops", unit="days", ge=0)


class Incident(Block):
    """An unresolved dispute turns violent or into a mass petition (民转刑)."""

    hazard_per_dispute_per_year: Number = uncertainty(
        "hazard of a latent dispute of its category's mean difficulty", unit="per dispute per year", ge=0
    )
    difficulty_exponent: Number = uncertainty("growth of the log hazard with difficulty", unit="per logit", ge=0)
    open_multiplier: Number = uncertainty("hazard once it has surfaced, relative to latent", unit="ratio", ge=0)


class Patience(Block):
    """How long parties bear with all tiers together, and what they do then; shares sum to 1."""

    days: DurationDays = uncertainty("calendar time from surfacing", unit="days")
    withdraw_share: Number = uncertainty("give up", unit="share", ge=0, le=1)
    litigate_share: Number = uncertainty("go to court", unit="share", ge=0, le=1)
    bypass_share: Number = uncertainty("petition the top tier (越级)", unit="share", ge=0, le=1)
    withdrawn_fade_days: DurationDays = uncertainty("time from withdrawal until the quarrel fades", unit="days")


class OpeningBacklog(Block):
    """Cases already open at time 0, in the home units by rate."""

    disputes: Annotated[Count, Field(ge=0, le=10_000_000)] = structure("open cases", unit="disputes")
    age_days: DurationDays = uncertainty("age at time 0", unit="days")
    theta_shift_logit: Number = uncertainty("difficulty above that of a new dispute", unit="logit")


class Household(Block):
    """Households, which patrols visit."""

    persons: Number = uncertainty("persons per household", unit="persons", gt=0)
