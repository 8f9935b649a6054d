"""Hands-on hours of a case at each tier, and the fewest posts that keep up with them, in closed form.

Same assumptions as calibration/abilities.py: nobody leaves by patience, by a deadline or past a tier.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor

import numpy as np

from calibration.abilities import TierSessions
from calibration.distribution_means import mean_effort_hours
from calibration.scenario_ladder import Ladder, settling_sessions
from calibration.settlement_integral import Array, DifficultyGrid, FailedSessions, noise_threshold
from sim.jurisdiction.contract import Jurisdiction
from sim.specification.schema import Scenario
from sim.specification.schema.casework import OutreachSession
from sim.vocabulary import DAYS_PER_YEAR


@dataclass(frozen=True, slots=True)
class TierHours:
    """Mean hours of a case that reaches a tier: effort of all sessions held, staff's travel to them, and handovers."""

    tier: str
    effort_hours: float
    travel_hours: float
    handover_hours: float

    @property
    def hours(self) -> float:
        """All hours of a case."""
        return self.effort_hours + self.travel_hours + self.handover_hours


def expected_hours(scenario: Scenario, ladder: Ladder, abilities_logit: Sequence[float]) -> tuple[TierHours, ...]:
    """Return the hours of a case at each tier of the ladder, lowest first, given the tiers' abilities.

    Travel is that of the tier's own seat; effort of a session is its mean times the mean effort factor of the disputes
    that come to it (effort growth with difficulty is left out).
    """
    grid = DifficultyGrid.of(ladder.categories, refinement=1)
    effort_factor = np.array([category.effort_factor for category in scenario.categories.values()])[:, None]
    failed = FailedSessions.none(grid.theta.shape, ladder.noise_correlation, refinement=1)
    coming = failed.prob()
    found: list[TierHours] = []
    for sessions, ability in zip(ladder.tiers, abilities_logit, strict=True):
        tier = scenario.tiers[sessions.tier]
        settling = settling_sessions(tier)
        reaching = coming
        effort = travel = 0.0
        for name, session in tier.sessions.items():
            effort += mean_effort_hours(session) * grid.mean(coming * effort_factor)
            if isinstance(session, OutreachSession):
                travel += _round_trip_hours(scenario, sessions.tier) * grid.mean(coming)
            if name in settling:
                threshold = _noise_thresholds(grid, ladder, sessions, settling.index(name), ability)
                failed = failed.and_then(threshold[None])
                coming = failed.prob()
        handed_up = 0.0 if sessions is ladder.tiers[-1] else grid.mean(coming)
        handover = _handover_hours(scenario) * handed_up
        reached = grid.mean(reaching)
        found.append(TierHours(sessions.tier, effort / reached, travel / reached, handover / reached))
    return tuple(found)


def load_posts_per_unit(jurisdiction: Jurisdiction, group_id: str, cases_per_year: float, hours: TierHours) -> float:
    """Return how many posts of a group the cases of one unit of its tier keep busy on average (the offered load).

    `cases_per_year` are those of all units. A post gives its open hours a year times its share for casework, as long
    as it is filled.
    """
    staff, group = jurisdiction.staff, jurisdiction.staff.group_ids.index(group_id)
    post_hours = staff.open_hours_per_day[group] * DAYS_PER_YEAR * staff.casework_share[group]
    post_hours *= staff.filled_share[group]
    return cases_per_year / units_of_tier(jurisdiction, hours.tier) * hours.hours / float(post_hours)


def fewest_posts_per_unit(load_posts: float) -> int:
    """Return the smallest whole number of posts above the load: with fewer the queue would grow without end."""
    return floor(load_posts) + 1


def units_of_tier(jurisdiction: Jurisdiction, tier_id: str) -> int:
    """Return the number of units of a tier."""
    return int(np.diff(jurisdiction.units.offset)[jurisdiction.tier_ids.index(tier_id)])


def _noise_thresholds(
    grid: DifficultyGrid, ladder: Ladder, sessions: TierSessions, ordinal: int, ability_logit: float
) -> Array:
    """Luck that a session needs to settle a dispute, by category and node of difficulty."""
    authority = np.array(sessions.authority_logit or (0.0,) * len(grid.theta))[:, None]
    help_logit = sessions.bonuses_logit[ordinal] + ladder.gain_logit * ordinal
    return noise_threshold(grid.theta - authority - help_logit - ability_logit)


def _handover_hours(scenario: Scenario) -> float:
    return scenario.handover.hours if scenario.handover is not None else 0.0


def _round_trip_hours(scenario: Scenario, tier_id: str) -> float:
    return scenario.travel.round_trip_hours.get(tier_id, 0.0) if scenario.travel is not None else 0.0
