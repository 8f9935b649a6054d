"""A story of broken agreements and follow-up visits, worked by hand, for audits and measures.

One village, one town, one county, a post each, always open; visits due one and two days after a settlement, two hours
each, skipped after eight hours; an agreement can break twice.

id  what happens (day, hour)
0   known 0 8:00, settled in the village 9:00; visit 1 9:00-11:00, visit 2 9:00 skipped at 17:00; tried 3 9:00, broken
    although one was made; session 3 9:00-10:00 in vain, town 10:00-11:00, settled; visit 4 11:00-13:00; tried 5 10:00,
    holds; visit 5 11:00-13:00
1   known 1 11:00, session of 36 hours in vain, adjudicated 3 1:00
2   known 6 0:00, settled in the village 6 1:00; tried 7 2:00, broken during its first visit (7 1:00-3:00), for which
    its session waits; settled again 4:00; visit 8 4:00-6:00; the run ends before the next trial
"""

from functools import cache

from sim.specification.schema import Scenario
from tests.behaviour.story import ALWAYS, DAY, HOUR, NEVER, Life, Told, at, place, tell

HORIZON_DAYS = 9


def scenario() -> Scenario:
    """Return the place and its rules."""
    return place(
        breach={
            "breach_days": {"distribution": "deterministic", "mean_days": 0.0},
            "durability_logit": 0.0,
            "max_episodes": 3,
            "theta_shift_logit": 0.0,
            "reopen_at": "settling",
        },
        follow_up={"due_days": [1.0, 2.0], "effort_hours": 2.0, "gain_logit": 0.0, "skip_after_working_hours": 8.0},
    )


@cache
def told() -> Told:
    """Return the run."""
    lives = [
        Life(
            at("0d 08:00"),
            settles={"village.desk": ALWAYS},
            tried_after_s=3 * DAY,
            holds=(NEVER, NEVER, NEVER),
            again=(Life(0, settles={"town.desk": ALWAYS}, tried_after_s=DAY - HOUR, holds=(ALWAYS,) * 3),),
        ),
        Life(at("1d 11:00"), effort_s={"village.desk": 36 * HOUR}),
        Life(
            at("6d 00:00"),
            settles={"village.desk": ALWAYS},
            tried_after_s=DAY + HOUR,
            holds=(NEVER, ALWAYS, ALWAYS),
            again=(Life(0, settles={"village.desk": ALWAYS}, tried_after_s=5 * DAY),),
        ),
    ]
    return tell(scenario(), lives, HORIZON_DAYS)
