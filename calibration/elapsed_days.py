"""How long after registration each settlement session begins if nobody has to queue, in closed form."""

import numpy as np

from calibration.distribution_means import mean_effort_hours, mean_of
from calibration.scenario_ladder import own_group, staffed_tiers
from sim.jurisdiction.contract import Jurisdiction, WorkClock
from sim.specification.schema import Scenario
from sim.specification.schema.casework import IntakeSession, OutreachSession, Session
from sim.vocabulary import SECONDS_PER_DAY


def days_before_sessions(scenario: Scenario, jurisdiction: Jurisdiction) -> dict[str, tuple[float, ...]]:
    """Return by staffed tier the mean days from registration to each, for a case that starts lowest.

    Adds up: waiting for the tier's own group to be open, earlier sessions (effort and travel over casework share, in
    open hours), gaps and handovers. Queues, deadlines and the time to register are left out.
    """
    begins: dict[str, tuple[float, ...]] = {}
    elapsed = 0.0
    for tier_id in staffed_tiers(scenario):
        tier = scenario.tiers[tier_id]
        group = jurisdiction.staff.group_ids.index(own_group(scenario, tier_id))
        clock = jurisdiction.clocks[jurisdiction.staff.group_calendar[group]]
        wait_days = mean_wait_until_open_days(clock, jurisdiction.horizon_s)
        gap_days = mean_of(tier.gap_days) if tier.gap_days is not None else 0.0
        starts = []
        for ordinal, session in enumerate(tier.sessions.values()):
            elapsed += wait_days + (gap_days if ordinal else 0.0)
            if not isinstance(session, IntakeSession):
                starts.append(elapsed)
            elapsed += _session_days(scenario, jurisdiction, session, group)
        begins[tier_id] = tuple(starts)
        elapsed += mean_of(scenario.handover.delay_days) if scenario.handover is not None else 0.0
    return begins


def mean_wait_until_open_days(clock: WorkClock, span_s: int) -> float:
    """Return the mean time until the calendar is open, from a random moment of the span: Σ closed² / (2 × span)."""
    opens: list[int] = np.minimum(clock.open_s, span_s).tolist()
    closes: list[int] = np.minimum(clock.close_s, span_s).tolist()
    closed_s = [opening - closing for closing, opening in zip([0, *closes], [*opens, span_s], strict=True)]
    return sum(stretch**2 for stretch in closed_s) / (2 * span_s) / SECONDS_PER_DAY


def _session_days(scenario: Scenario, jurisdiction: Jurisdiction, session: Session, group: int) -> float:
    staff = jurisdiction.staff
    hours = mean_effort_hours(session)
    if isinstance(session, OutreachSession) and scenario.travel is not None:
        base = jurisdiction.tier_ids[staff.group_base_tier[group]]
        hours += scenario.travel.round_trip_hours.get(base, 0.0)
    return hours / float(staff.casework_share[group]) / float(staff.open_hours_per_day[group])
