"""What follows a settlement: whether the agreement holds, and the visits that help it to."""

from typing import Annotated, Literal

from pydantic import Field

from sim.specification.schema.distributions import DurationDays
from sim.specification.schema.fields import Block, Count, Number, lever, structure, uncertainty


class Breach(Block):
    """An agreement is tried once; where it breaks, the quarrel is back as a further episode of the dispute."""

    breach_days: DurationDays = uncertainty(
        "time from settlement to the day on which the agreement is tried", unit="days"
    )
    durability_logit: Number = uncertainty(
        "strength of an agreement against the difficulty at which it was reached", unit="logit"
    )
    max_episodes: Annotated[Count, Field(ge=1, le=6)] = structure(
        "episodes a dispute can have; the last agreement is not tried, so 1 switches breach off", unit="episodes"
    )
    theta_shift_logit: Number = uncertainty("difficulty that each further episode adds", unit="logit")
    reopen_at: Literal["settling", "parent", "triage"] = lever(
        "where a broken agreement is taken up: at the tier that settled it, at the tier above, or by triage anew"
    )


class FollowUp(Block):
    """回访: visits by the settling staff, of the lowest priority, that make an agreement more durable."""

    due_days: tuple[Annotated[Number, Field(gt=0, le=3_650)], ...] = lever(
        "rising days after the settlement on which a visit is due; an empty list switches visits off", unit="days"
    )
    effort_hours: Number = uncertainty("staff effort of a visit without travel", unit="hours", ge=0)
    gain_logit: Number = uncertainty("durability gained with each completed visit", unit="logit")
    skip_after_working_hours: Number = lever(
        "working time of the settling staff after which a visit not started is skipped", unit="hours", gt=0
    )
