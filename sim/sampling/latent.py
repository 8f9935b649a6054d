"""The latent phase: the race of self-report, patrol, fading and incident, decided before any queue."""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from sim.jurisdiction.contract import Jurisdiction
from sim.protocol.made_once import made_once
from sim.sampling.contract import Int8, Int64
from sim.sampling.difficulty import Difficulty
from sim.sampling.draws import Draws
from sim.sampling.emergence import EmergedDisputes
from sim.sampling.incident import IncidentHazard, incident_hazard
from sim.sampling.whole_seconds import after, to_whole_seconds
from sim.specification.schema import Scenario
from sim.specification.schema.disputes import Patrol
from sim.specification.schema.distributions import DurationDays
from sim.vocabulary import NEVER_S, NOWHERE, SECONDS_PER_DAY, Surfacing

Float64 = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class LatentFates:
    """How each dispute's latent phase ends, and when it would have its incident if it is still unresolved then.

    surfaced_s, faded_s, incident_s: int64 (N,), at most one of surfaced_s and faded_s finite, incident_s after
    surfaced_s where both are finite and NEVER_S where it fades; surfacing: int8 (N,) of Surfacing.
    """

    surfaced_s: Int64
    surfacing: Int8
    faded_s: Int64
    incident_s: Int64

    def of_rows(self, rows: Int64) -> "LatentFates":
        """Return the fates of the given rows only."""
        return LatentFates(*(getattr(self, field.name).take(rows) for field in fields(self)))


def run_latent_race(
    scenario: Scenario, jurisdiction: Jurisdiction, disputes: EmergedDisputes, difficulty: Difficulty, draws: Draws
) -> LatentFates:
    """Decide every dispute's latent phase; in the same second an incident beats surfacing and surfacing beats fading.

    The opening backlog has surfaced at 0, where its incident clock starts too.
    """
    reported_s, patrolled_s, fading_s = _candidates(scenario, jurisdiction, disputes, draws)
    surfaced_s = np.minimum(reported_s, patrolled_s)
    surfacing = np.where(patrolled_s < reported_s, Surfacing.PATROL, Surfacing.SELF_REPORT).astype(np.int8)
    surfaced_s[disputes.emerging_count :] = 0
    surfacing[disputes.emerging_count :] = Surfacing.OPENING_BACKLOG
    fading_s[disputes.emerging_count :] = NEVER_S
    surfaces = (surfaced_s <= fading_s) & (surfaced_s < NEVER_S)
    incident_s = np.full(len(surfaced_s), NEVER_S, dtype=np.int64)
    if scenario.incident is not None and scenario.incident.hazard_per_dispute_per_year > 0:
        hazard = incident_hazard(scenario.incident, scenario.hardening, difficulty.above_category_logit)
        incident_s = _incidents(hazard, disputes, np.where(surfaces, surfaced_s, NEVER_S), draws)
    violent_first = (incident_s < NEVER_S) & (incident_s <= np.minimum(surfaced_s, fading_s))
    surfaces &= ~violent_first
    fades = (fading_s < NEVER_S) & ~surfaces & ~violent_first
    return LatentFates(
        surfaced_s=np.where(surfaces, surfaced_s, NEVER_S),
        surfacing=np.where(surfaces, surfacing, Surfacing.NOT).astype(np.int8),
        faded_s=np.where(fades, fading_s, NEVER_S),
        incident_s=np.where(fades, NEVER_S, incident_s),
    )


def patrol_finds_per_household_per_day(patrol: Patrol, jurisdiction: Jurisdiction) -> Float64:
    """Return the rate at which patrols find a dispute, per household involved, by home unit, float64 (H,).

    Every group adds posts · share of them filled in the long run · patrol share · open hours a day ÷ (hours per visit +
    travel) ÷ households of the block, times the probability that a visit finds it; calendar days, whether or not the
    group is on duty.
    """
    staff, households = jurisdiction.staff, jurisdiction.units.households
    visits = np.zeros(len(households))
    for group, pool_of_home in enumerate(staff.pool_of_home):
        if staff.patrol_share[group] <= 0:
            continue
        served = np.flatnonzero((pool_of_home != NOWHERE) & (households > 0))
        if not len(served):
            continue
        pool = pool_of_home[served]
        in_block = np.bincount(pool, weights=households[served], minlength=len(staff.pool_posts))
        filled_posts = staff.pool_posts[pool] * staff.filled_share[group]
        hours_per_day = filled_posts * staff.patrol_share[group] * staff.open_hours_per_day[group]
        visits[served] += hours_per_day / (patrol.hours_per_visit + staff.travel_hours[group, served]) / in_block[pool]
    return visits * patrol.find_prob


@dataclass(frozen=True, slots=True, eq=False)
class _LatentPlan:
    """Distributions of the time to a self-report by category, and when patrols find a dispute.

    found_per_day: float64 (H, K), by home unit and category, None without patrols.
    """

    self_report_days: tuple[DurationDays, ...]
    found_per_day: Float64 | None


@made_once
def _plan(scenario: Scenario, jurisdiction: Jurisdiction) -> _LatentPlan:
    latent, found_per_day = scenario.latent, None
    if latent is None:
        return _LatentPlan((), None)
    if scenario.patrol is not None:
        per_household = patrol_finds_per_household_per_day(scenario.patrol, jurisdiction)
        households_involved = np.array([category.households_involved for category in scenario.categories.values()])
        if per_household.any():
            found_per_day = per_household[:, np.newaxis] * households_involved
    return _LatentPlan(tuple(latent.self_report_days[category] for category in scenario.categories), found_per_day)


def _candidates(
    scenario: Scenario, jurisdiction: Jurisdiction, disputes: EmergedDisputes, draws: Draws
) -> tuple[Int64, Int64, Int64]:
    """Instants of self-report, of the first patrol visit that finds it, and of fading, each as if alone."""
    emerged_s, plan = disputes.emerged_s, _plan(scenario, jurisdiction)
    never_s = np.full(len(emerged_s), NEVER_S, dtype=np.int64)
    if scenario.latent is None:
        return emerged_s, never_s, never_s.copy()
    report_days = draws.quantities_by(plan.self_report_days, disputes.category, "self_report")
    if scenario.latent.self_report_delay_factor is not None:
        report_days *= scenario.latent.self_report_delay_factor
    report_days *= SECONDS_PER_DAY
    reported_s = after(emerged_s, to_whole_seconds(report_days))
    fade_days = draws.quantities(scenario.latent.fade_days, "fade")
    fade_days *= SECONDS_PER_DAY
    fading_s = after(emerged_s, to_whole_seconds(fade_days))
    if plan.found_per_day is None:
        return reported_s, never_s, fading_s
    home_and_category = disputes.home_unit.astype(np.int64) * plan.found_per_day.shape[1] + disputes.category
    per_day, wait_days = plan.found_per_day.take(home_and_category), np.full(len(emerged_s), np.inf)
    np.divide(draws.exponentials("patrol"), per_day, out=wait_days, where=per_day > 0)
    wait_days *= SECONDS_PER_DAY
    return reported_s, after(emerged_s, to_whole_seconds(wait_days)), fading_s


def _incidents(hazard: IncidentHazard, disputes: EmergedDisputes, surfaced_s: Int64, draws: Draws) -> Int64:
    """Instant of the incident of every dispute while unresolved, given when it surfaces if nothing else comes first."""
    unit_exponentials = draws.exponentials("incident")
    first = disputes.emerging_count
    from_age_days = np.zeros(len(surfaced_s))
    from_age_days[first:] = -disputes.emerged_s[first:] / SECONDS_PER_DAY
    latent_days = hazard.latent_age_days(unit_exponentials, from_age_days)
    surfaced_days = np.where(surfaced_s < NEVER_S, (surfaced_s - disputes.emerged_s) / SECONDS_PER_DAY, np.inf)
    rows = np.flatnonzero(surfaced_days < latent_days)
    age_days = latent_days
    age_days[rows] = hazard.of_rows(rows).open_age_days(
        unit_exponentials[rows], from_age_days[rows], surfaced_days[rows]
    )
    age_days *= SECONDS_PER_DAY
    incident_s = after(disputes.emerged_s, to_whole_seconds(age_days))
    # A case open at 0 has no incident before its first second is over: 0 would be before it is a case.
    incident_s[first:] = np.maximum(incident_s[first:], 1)
    return incident_s
