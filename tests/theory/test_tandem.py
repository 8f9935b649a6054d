"""Two tiers in tandem with feedback: a network whose numbers present have a product form.

Jackson 1957; sessions counted case by case make it one of Baskett, Chandy, Muntz and Palacios 1975.
"""

from collections.abc import Mapping
from functools import partial

import numpy as np
import pytest
from scipy.special import expit

from sim.outcomes.observed import ObservedRun
from sim.specification.schema import Scenario
from sim.vocabulary import SECONDS_PER_HOUR
from tests.theory.agreement import disagreements
from tests.theory.formulas import mean_sessions, mmc_idle_prob, mmc_mean_number, unsettled_prob
from tests.theory.no_waiting import no_waiting_controls
from tests.theory.replications import by_replication, measures_of, replications, theory_scenario, window_hours
from tests.theory.stated import HOURS_PER_YEAR, Stream, arrivals_per_hour, stream


@pytest.mark.parametrize(
    "times", [pytest.param(1, id="with controls"), pytest.param(6, id="by sheer number", marks=pytest.mark.slow)]
)
def test_cases_that_come_again_and_go_up_fill_two_tiers_in_product_form(times: int) -> None:
    scenario = theory_scenario("tandem")
    handed_up = unsettled_prob(settle_prob(scenario, "town"), len(scenario.tiers["town"].sessions))
    town, county = stream_at(scenario, "town", 1.0), stream_at(scenario, "county", handed_up)
    town_posts, county_posts = posts_at(scenario, "town"), posts_at(scenario, "county")
    measured, controls = by_replication(
        replications(scenario, times), flows_and_numbers, partial(no_waiting_controls, streams=[town, county])
    )
    formulas = {
        "cases handed up an hour": arrivals_per_hour(scenario) * handed_up,
        "utilisation of the town": town.load / town_posts,
        "utilisation of the county": county.load / county_posts,
        "number at the town": mmc_mean_number(town.per_hour, town.mean_hours, town_posts),
        "number at the county": mmc_mean_number(county.per_hour, county.mean_hours, county_posts),
        "share of time when both are empty": mmc_idle_prob(town_posts, town.load)
        * mmc_idle_prob(county_posts, county.load),
    }
    assert disagreements(formulas, measured, controls if times == 1 else {}) == []


def settle_prob(scenario: Scenario, tier: str) -> float:
    """Difficulty is 0 for all and luck independent: a session settles by its group's ability alone."""
    return float(expit(scenario.staff_groups[f"{tier}_mediators"].ability_logit))


def posts_at(scenario: Scenario, tier: str) -> int:
    return scenario.staff_groups[f"{tier}_mediators"].posts


def stream_at(scenario: Scenario, tier: str, arriving_prob: float) -> Stream:
    sessions = mean_sessions(settle_prob(scenario, tier), len(scenario.tiers[tier].sessions))
    return stream(scenario, tier, "first", "all", arriving_prob * sessions)


def flows_and_numbers(run: ObservedRun) -> Mapping[str, float]:
    measures = measures_of(run)
    per_1000_per_year = measures["escalations_per_1000_per_year", "town"]
    return {
        "cases handed up an hour": per_1000_per_year * run.population_persons / 1_000 / HOURS_PER_YEAR,
        "utilisation of the town": measures["utilisation", "town"],
        "utilisation of the county": measures["utilisation", "county"],
        "number at the town": measures["backlog_mean_count", "town"],
        "number at the county": measures["backlog_mean_count", "county"],
        "share of time when both are empty": empty_share(run),
    }


def empty_share(run: ObservedRun) -> float:
    """Share of the time after the warm-up in which no case is present anywhere."""
    visits, from_s, to_s = run.trajectory.visits, run.jurisdiction.warmup_s, run.jurisdiction.horizon_s
    order = np.argsort(visits.arrived_s, kind="stable")
    last_left_s = np.maximum.accumulate(visits.left_s[order])
    next_arrival_s = np.append(visits.arrived_s[order][1:], to_s)
    empty_s = np.clip(next_arrival_s, from_s, to_s) - np.clip(last_left_s, from_s, to_s)
    return float(np.maximum(empty_s, 0).sum()) / SECONDS_PER_HOUR / window_hours(run)
