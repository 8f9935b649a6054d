"""Disputes nobody knows of: an M/G/∞ queue that report, patrol and fading empty (Khintchine 1932)."""

from collections.abc import Mapping
from math import exp, log, sqrt
from typing import Any

import numpy as np
from scipy import stats

from sim.outcomes.observed import ObservedRun
from sim.outcomes.tables import dispute_table
from sim.specification.schema import Scenario
from sim.specification.schema.distributions import Gamma, Lognormal
from sim.specification.schema.place import UnitsByCount
from sim.vocabulary import Surfacing
from tests.theory.agreement import disagreements
from tests.theory.formulas import first_prob, mean_minimum
from tests.theory.replications import by_replication, measures_of, replications, theory_scenario
from tests.theory.stated import arrivals_per_hour

FULL_AGE_DAYS = 180

Clock = Any
"""A frozen distribution of SciPy."""


def test_the_latent_stock_is_poisson_with_the_mean_of_the_shortest_clock() -> None:
    scenario = theory_scenario("latent_stock")
    assert isinstance(scenario.units, UnitsByCount)
    units = scenario.units.counts["town"]
    report, patrol, fade = clocks_days(scenario)
    survivals = [report.sf, patrol.sf, fade.sf]
    per_day = 24 * arrivals_per_hour(scenario)
    at_start = per_day * mean_minimum(survivals, until=scenario.horizon.latent_days)
    formulas = {
        "latent at the start": at_start,
        "latent on average": per_day * mean_minimum(survivals),
        "share of units with no latent dispute": exp(-at_start / units),
        "share of units with one latent dispute": exp(-at_start / units) * at_start / units,
        "share that is reported": first_prob(report.pdf, [patrol.sf, fade.sf]),
        "share that is found on patrol": first_prob(patrol.pdf, [report.sf, fade.sf]),
        "share that fades": first_prob(fade.pdf, [report.sf, patrol.sf]),
        "share still latent at 180 days": float(np.prod([survival(FULL_AGE_DAYS) for survival in survivals])),
    }
    (measured,) = by_replication(replications(scenario), latent_disputes)
    assert disagreements(formulas, measured) == []


def clocks_days(scenario: Scenario) -> tuple[Clock, Clock, Clock]:
    """Time to self-report, to being found on patrol and to fading, each as if alone."""
    latent, patrol, (category,) = scenario.latent, scenario.patrol, scenario.categories.values()
    assert latent is not None
    assert patrol is not None
    report, fade = latent.self_report_days["all"], latent.fade_days
    assert isinstance(report, Lognormal)
    assert isinstance(fade, Gamma)
    log_variance = log(1 + report.cv**2)
    return (
        stats.lognorm(s=sqrt(log_variance), scale=report.mean * exp(-log_variance / 2)),
        stats.expon(
            scale=1 / (visits_per_household_per_day(scenario) * category.households_involved * patrol.find_prob)
        ),
        stats.gamma(a=1 / fade.cv**2, scale=fade.mean * fade.cv**2),
    )


def visits_per_household_per_day(scenario: Scenario) -> float:
    """Patrollers are on duty at all hours and walk from door to door in no time."""
    group, patrol, units = scenario.staff_groups["patrollers"], scenario.patrol, scenario.units
    assert patrol is not None
    assert isinstance(units, UnitsByCount)
    households = units.population_persons / scenario.household.persons
    return group.posts * group.patrol_share * 24 / patrol.hours_per_visit / households


def latent_disputes(run: ObservedRun) -> Mapping[str, float]:
    disputes, horizon_s = dispute_table(run), run.jurisdiction.horizon_s
    is_opening = disputes["opening"].to_numpy()
    opening_by_unit = np.bincount(
        run.batch.home_unit[is_opening], minlength=len(run.jurisdiction.units.population_persons)
    )
    over_s = disputes["surfaced_s"].fillna(disputes["fate_s"]).fillna(horizon_s).to_numpy(dtype=np.int64)
    latent_s = over_s - np.maximum(disputes["emerged_s"].to_numpy(), 0)
    later = ~is_opening
    return {
        "latent at the start": float(is_opening.sum()),
        "latent on average": float(latent_s.sum()) / horizon_s,
        "share of units with no latent dispute": float(np.mean(opening_by_unit == 0)),
        "share of units with one latent dispute": float(np.mean(opening_by_unit == 1)),
        "share that is reported": float(np.mean(run.batch.surfacing[later] == Surfacing.SELF_REPORT)),
        "share that is found on patrol": float(np.mean(run.batch.surfacing[later] == Surfacing.PATROL)),
        "share that fades": float(np.mean(run.batch.surfacing[later] == Surfacing.NOT)),
        "share still latent at 180 days": measures_of(run)["open_share_180d", ""],
    }
