"""The casework: tiers and their sessions, triage, queues, deadlines and handover."""

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field

from sim.specification.schema.distributions import DurationDays, DurationHours
from sim.specification.schema.fields import (
    Block,
    Count,
    Id,
    Name,
    Number,
    TrueOrFalse,
    lever,
    structure,
    uncertainty,
)

TierKind = Literal["household", "grid", "village", "town", "county", "city"]


Probability = Annotated[Number, Field(ge=0, le=1)]


def _categories() -> Any:
    """Return the field of every session mode that says for which kinds of dispute it is held."""
    return lever("kinds of dispute it is held for, others skip it; all without it", min_length=1, default=None)


class IntakeSession(Block):
    """登记受理: effort, no settlement test; first in the list."""

    mode: Literal["intake"] = structure("how it is held")
    groups: tuple[Id, ...] = lever("staff groups that may hold it, the preferred first", min_length=1)
    effort_hours: DurationHours = uncertainty("staff effort", unit="hours")
    categories: tuple[Id, ...] | None = _categories()


class DeskSession(Block):
    """坐班门诊: the parties come in."""

    mode: Literal["desk"] = structure("how it is held")
    groups: tuple[Id, ...] = lever("staff groups that may hold it, the preferred first", min_length=1)
    effort_hours: DurationHours = uncertainty("staff effort", unit="hours")
    categories: tuple[Id, ...] | None = _categories()


class OutreachSession(Block):
    """进村出诊: the mediator travels to the parties."""

    mode: Literal["outreach"] = structure("how it is held")
    groups: tuple[Id, ...] = lever("staff groups that may hold it, the preferred first", min_length=1)
    effort_hours: DurationHours = uncertainty("staff effort without travel", unit="hours")
    bonus_logit: Number = uncertainty("ability gained by meeting at home", unit="logit")
    categories: tuple[Id, ...] | None = _categories()


class PanelSession(Block):
    """集体会诊: one member of each group at once; the lead always, each other group if it attends."""

    mode: Literal["panel"] = structure("how it is held")
    groups: tuple[Id, ...] = lever(
        "staff groups that sit together: the lead first, then the others, of any tier", min_length=1
    )
    attendance_prob: dict[Id, Probability] = uncertainty(
        "probability that a group attends; every group but the lead", unit="probability"
    )
    member_bonus_logit: dict[Id, Number] = uncertainty(
        "ability added by a group that attends; every group but the lead", unit="logit"
    )
    effort_hours: DurationHours = uncertainty("effort of each member without travel", unit="hours")
    travels: TrueOrFalse = lever("true: the members travel to the parties; false: the parties come in")
    categories: tuple[Id, ...] | None = _categories()


class MeetingSession(Block):
    """定期议事: the cases on the docket one after the other when the next meeting opens."""

    mode: Literal["meeting"] = structure("how it is held")
    groups: tuple[Id, ...] = lever(
        "staff groups that sit together: the lead first, then the others, of any tier", min_length=1
    )
    calendar: Id = lever("meeting days: each window is a meeting")
    minutes_per_case: Annotated[Count, Field(ge=1, le=1_440)] = lever("time for each case", unit="minutes")
    bonus_logit: Number = uncertainty("ability gained by meeting in the open", unit="logit")
    categories: tuple[Id, ...] | None = _categories()


Session = Annotated[
    IntakeSession | DeskSession | OutreachSession | PanelSession | MeetingSession, Discriminator("mode")
]


class Deadline(Block):
    """A limit: it ends at 24:00 of the n-th day after the day it starts to run."""

    days: Annotated[Count, Field(ge=0, le=3_650)] = lever("limit", unit="days")
    clock: Literal["working", "calendar"] = lever("which days count")


class LoadReferral(Block):
    """A tier under load hands up cases before they join a queue of its sessions."""

    refer_when_waiting_per_post_at_least: Number = uncertainty(
        "requests waiting per post of the session's staff from which the tier counts as busy", unit="per post", ge=0
    )
    refer_prob: Number = uncertainty(
        "probability that a busy tier hands a case up instead of queueing it", unit="probability", ge=0, le=1
    )


class Tier(Block):
    """A level of mediation; tiers are listed lowest first."""

    kind: TierKind = structure("what it is, so that overlays can address tiers of any place")
    name: Name = structure("name")
    sessions: dict[Id, Session] = structure("sessions tried in order; empty: the tier passes every case up")
    gap_days: DurationDays | None = uncertainty("time between two sessions; none without it", unit="days", default=None)
    deadline: Deadline | None = lever("limit from arrival at the tier", unit="days", default=None)
    load_referral: LoadReferral | None = structure("hands up more when busy; not without it", default=None)
    must_have_tried: tuple[Id, ...] | None = lever(
        "sessions that must have been held before a deadline or load sends a case up; none without it", default=None
    )


class Channel(Block):
    """A way in for disputes that report themselves; shares sum to 1."""

    kind: Literal["walk_in", "hotline", "online", "petition"] = structure("kind of channel")
    name: Name = structure("name")
    share: Number = uncertainty("share of self-reports", unit="share", ge=0, le=1)
    entry_tier: Id = structure("the tier whose desk registers it")
    delay_days: DurationDays = uncertainty("time from reporting to registration", unit="days")
    misroute_prob: Number | None = uncertainty(
        "probability of a wrong door, which costs the delay of a handover before registration; 0 without it",
        unit="probability",
        ge=0,
        le=1,
        default=None,
    )


class LowestFirst(Block):
    """Every case starts at the lowest tier."""

    rule: Literal["lowest_first"] = structure("triage rule")


class ByChannel(Block):
    """Every case starts at its channel's tier."""

    rule: Literal["by_channel"] = structure("triage rule")


class MicroMatters(Block):
    """微事自办: the parties try by themselves first."""

    below_logit: Number = lever("perceived difficulty below which a matter is micro", unit="logit")
    self_days: Number = uncertainty("time they take", unit="days", ge=0)
    self_ability_logit: Number = uncertainty("ability of the parties themselves", unit="logit")


class GradeBelow(Block):
    """Matters whose perceived difficulty is below a threshold start at a tier."""

    below_logit: Number = lever("threshold of perceived difficulty", unit="logit")
    tier: Id = lever("tier at which they start")


class GradeRest(Block):
    """All harder matters start at a tier."""

    tier: Id = lever("tier at which they start")


class Graded(Block):
    """Graded triage (微事、小事、大事、难事) by perceived difficulty."""

    rule: Literal["graded"] = structure("triage rule")
    when: Literal["registration", "after_intake"] = lever(
        "at registration, or after the intake session of the tier that registers the case"
    )
    noise_sd_logit: Number = uncertainty("error in judging difficulty", unit="logit", ge=0)
    micro: MicroMatters | None = lever("micro matters; none without it", default=None)
    small: GradeBelow = lever("small matters")
    large: GradeBelow = lever("large matters")
    hard: GradeRest = lever("hard matters")
    may_return: tuple[Id, ...] = lever("tiers that judge again on arrival and may send a case back down once")


Triage = Annotated[LowestFirst | Graded | ByChannel, Discriminator("rule")]


class PriorityByCategory(Block):
    """Classes by category; a lower class is served first."""

    by: Literal["category"] = structure("what the class depends on")
    classes: dict[Id, Annotated[Count, Field(ge=0, le=100)]] = lever("class of every category", unit="class")


class PriorityByDifficulty(Block):
    """Classes by perceived difficulty on joining the queue."""

    by: Literal["difficulty"] = structure("what the class depends on")
    thresholds_logit: tuple[Number, ...] = lever("rising thresholds between classes", unit="logit", min_length=1)
    first: Literal["hardest", "easiest"] = lever("who is served first")
    noise_sd_logit: Number = uncertainty("error in judging difficulty", unit="logit", ge=0)


Priority = Annotated[PriorityByCategory | PriorityByDifficulty, Discriminator("by")]


class Queue(Block):
    """Order of service: class, then due time if so chosen, then time of joining, then dispute id."""

    order: Literal["first_come", "earliest_due"] = lever("order within a class")
    priority: Priority | None = lever("priority classes; one class without it", default=None)


class Settlement(Block):
    """What settles a session beyond ability, authority, bonus and difficulty."""

    gain_per_session_logit: Number = uncertainty("ability gained with each further session at a tier", unit="logit")
    noise_correlation: Number = uncertainty(
        "share of the luck that all sessions of a dispute have in common", unit="share", ge=0, le=1
    )


class EffortGrowth(Block):
    """Harder disputes take longer: effort × exp(slope × (difficulty − its category's mean))."""

    log_slope_per_logit: Number = uncertainty("growth of log effort with difficulty", unit="per logit")


class FirstHandlerKeeps(Block):
    """首问首办: whoever held a case's first session sits at the panels above, unless their staff do so already."""

    bonus_logit: Number = uncertainty("ability added by the one who knows the case", unit="logit")


class Handover(Block):
    """What passing a case to another tier costs."""

    delay_days: DurationDays = uncertainty("time until it arrives", unit="days")
    hours: Number = uncertainty("staff effort of the sender, for which the case does not wait", unit="hours", ge=0)


class ReportingPressure(Block):
    """Under pressure to hand nothing up, a case due to be handed up is recorded as settled and comes back later."""

    paper_settlement_prob: Number = uncertainty(
        "probability that a case due to be handed up is recorded as settled instead", unit="probability", ge=0, le=1
    )
    return_delay_days: DurationDays = uncertainty("time until it comes back, at the parent", unit="days")
    tiers: tuple[Id, ...] = lever("tiers under pressure")
