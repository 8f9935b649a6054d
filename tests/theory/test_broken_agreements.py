"""Disputes that come back after a delay without servers: a queue with feedback, and still M/M/c in product form.

Baskett, Chandy, Muntz and Palacios 1975; in health care re-entrant customers (Yom-Tov and Mandelbaum 2014).
"""

from collections.abc import Mapping
from functools import partial

import pytest
from scipy.special import expit

from sim.outcomes.observed import ObservedRun
from sim.specification.schema import Scenario
from tests.theory.agreement import disagreements
from tests.theory.formulas import mmc_mean_number, mmc_mean_wait, mmc_wait_exceeds_prob
from tests.theory.no_waiting import no_waiting_controls
from tests.theory.replications import by_replication, measures_of, replications, theory_scenario, waits_hours
from tests.theory.stated import HOURS_PER_YEAR, arrivals_per_hour, stream

LONG_WAIT_HOURS = 4.0


@pytest.mark.parametrize(
    "times", [pytest.param(1, id="with controls"), pytest.param(6, id="by sheer number", marks=pytest.mark.slow)]
)
def test_disputes_that_come_back_are_served_as_by_a_queue_with_all_their_episodes(times: int) -> None:
    scenario = theory_scenario("breach")
    posts = scenario.staff_groups["town_mediators"].posts
    town = stream(scenario, "town", "first", "all", mean_episodes(scenario))
    measured, controls = by_replication(
        replications(scenario, times), returns_and_waits, partial(no_waiting_controls, streams=[town])
    )
    place = (town.per_hour, town.mean_hours, posts)
    # The mean wait takes more runs to be told to 2 %; the share of long waits tells as much.
    waits = {} if times == 1 else {"mean wait": mmc_mean_wait(*place)}
    formulas = waits | {
        "returns an hour": arrivals_per_hour(scenario) * (mean_episodes(scenario) - 1),
        "utilisation": town.load / posts,
        "number at the town": mmc_mean_number(*place),
        "share that waits long": mmc_wait_exceeds_prob(*place, LONG_WAIT_HOURS),
    }
    assert disagreements(formulas, measured, controls if times == 1 else {}) == []


def mean_episodes(scenario: Scenario) -> float:
    """Every agreement but the last breaks with one probability p, since difficulty is 0 for all: (1 − pᴱ) / (1 − p)."""
    assert scenario.breach is not None
    break_prob = float(expit(-scenario.breach.durability_logit))
    return (1 - break_prob**scenario.breach.max_episodes) / (1 - break_prob)


def returns_and_waits(run: ObservedRun) -> Mapping[str, float]:
    measures, waits = measures_of(run), waits_hours(run, "town")
    per_1000_per_year = measures["recurrences_per_1000_per_year", ""]
    return {
        "returns an hour": per_1000_per_year * run.population_persons / 1_000 / HOURS_PER_YEAR,
        "utilisation": measures["utilisation", "town"],
        "mean wait": measures["waiting_hours_mean", "town"],
        "number at the town": measures["backlog_mean_count", "town"],
        "share that waits long": float((waits > LONG_WAIT_HOURS).mean()),
    }
