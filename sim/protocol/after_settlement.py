"""What follows a settlement: further episodes of broken agreements, and follow-up visits."""

import numpy as np

from sim.jurisdiction.contract import Jurisdiction
from sim.protocol.contract import AfterSettlement
from sim.specification.schema import Scenario
from sim.vocabulary import SECONDS_PER_DAY, SECONDS_PER_HOUR, ReopenAt


def compile_after_settlement(scenario: Scenario, jurisdiction: Jurisdiction) -> AfterSettlement:
    """Compile breach and follow-up; without a block, one episode and no visits."""
    breach, follow_up = scenario.breach, scenario.follow_up
    max_episodes, reopen_at = 1, ReopenAt.SETTLING
    if breach is not None:
        max_episodes, reopen_at = breach.max_episodes, ReopenAt[breach.reopen_at.upper()]
    due_days = () if follow_up is None else follow_up.due_days
    travel_s, occupation_s = np.zeros((2, 0, 0), dtype=np.int64)
    if follow_up is not None:
        staff = jurisdiction.staff
        # A group without casework hours settles nothing, so it visits nobody.
        share = np.where(staff.casework_share > 0, staff.casework_share, np.inf)[:, np.newaxis]
        travel_s = np.rint(staff.travel_hours * SECONDS_PER_HOUR).astype(np.int64)
        hours = follow_up.effort_hours + staff.travel_hours
        occupation_s = np.rint(hours * SECONDS_PER_HOUR / share).astype(np.int64)
    return AfterSettlement(
        max_episodes=max_episodes,
        reopen_at=int(reopen_at),
        follow_up_after_s=np.array([round(days * SECONDS_PER_DAY) for days in due_days], dtype=np.int64),
        follow_up_effort_s=0 if follow_up is None else round(follow_up.effort_hours * SECONDS_PER_HOUR),
        follow_up_travel_s=travel_s,
        follow_up_occupation_s=occupation_s,
        skip_after_s=0 if follow_up is None else round(follow_up.skip_after_working_hours * SECONDS_PER_HOUR),
    )
