"""From a scenario to its place, as frozen arrays."""

import numpy as np

from sim.jurisdiction.calendars import build_clock
from sim.jurisdiction.contract import Jurisdiction, Programmes
from sim.jurisdiction.staff import build_staff
from sim.jurisdiction.units import build_units
from sim.jurisdiction.working_days import month_of_days, statutory_days
from sim.specification.schema import Scenario
from sim.specification.schema.scenario import Horizon
from sim.vocabulary import DAYS_PER_YEAR, SECONDS_PER_DAY

_CLOCK_DAYS_PAST_HORIZON = DAYS_PER_YEAR + 400
"""How far the working clocks reach, for sessions that are planned to end after the run."""


def build_jurisdiction(scenario: Scenario) -> Jurisdiction:
    """Build tiers, units, staff, working clocks and working days of a validated scenario.

    Raises ValueError where loading left units in a file or the statutory calendar as a rule.
    """
    horizon = scenario.horizon
    horizon_days = days_of_horizon(horizon)
    horizon_s = horizon_days * SECONDS_PER_DAY
    day_count = horizon_days + max(_CLOCK_DAYS_PAST_HORIZON, DAYS_PER_YEAR + _longest_deadline_reach_days(scenario))
    days = statutory_days(scenario.statutory_calendar, horizon.start_date, day_count)
    units = build_units(scenario.units, tuple(scenario.tiers), scenario.household.persons)
    clocks = tuple(build_clock(calendar, days) for calendar in scenario.calendars.values())
    return Jurisdiction(
        tier_ids=tuple(scenario.tiers),
        tier_kinds=tuple(tier.kind for tier in scenario.tiers.values()),
        units=units,
        staff=build_staff(scenario, units, clocks, horizon_s),
        programmes=_programmes(scenario),
        calendar_ids=tuple(scenario.calendars),
        clocks=clocks,
        working_day=days.is_working,
        month_of_day=month_of_days(horizon.start_date, horizon.latent_days, horizon_days),
        horizon_s=horizon_s,
        warmup_s=horizon.warmup_years * DAYS_PER_YEAR * SECONDS_PER_DAY,
        cohort_end_s=(horizon.warmup_years + horizon.cohort_years) * DAYS_PER_YEAR * SECONDS_PER_DAY,
        latent_s=horizon.latent_days * SECONDS_PER_DAY,
    )


def days_of_horizon(horizon: Horizon) -> int:
    """Return the days that are simulated: warm-up, the cohort's years and the days it is followed."""
    return (horizon.warmup_years + horizon.cohort_years) * DAYS_PER_YEAR + horizon.follow_days


def _programmes(scenario: Scenario) -> Programmes:
    programmes = scenario.programmes or {}
    return Programmes(
        ids=tuple(programmes),
        yuan_per_year=np.array([programme.yuan_per_year for programme in programmes.values()], dtype=np.float64),
        start_up_yuan=np.array([programme.start_up_yuan for programme in programmes.values()], dtype=np.float64),
    )


def _longest_deadline_reach_days(scenario: Scenario) -> int:
    """Calendar days that the longest deadline can span; at least every other day of a year is a working day."""
    deadlines = [tier.deadline for tier in scenario.tiers.values()] + [scenario.overall_deadline]
    return 2 * max((deadline.days for deadline in deadlines if deadline is not None), default=0)
