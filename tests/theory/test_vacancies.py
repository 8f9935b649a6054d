"""Posts that stand vacant: waits, utilisation and vacancy against the chain of a queue whose post comes and goes."""

from collections.abc import Mapping
from functools import partial

import numpy as np
import pytest

from sim.outcomes.costs import cost_rows
from sim.outcomes.observed import ObservedRun
from tests.theory.agreement import disagreements
from tests.theory.formulas import mmc_mean_wait
from tests.theory.no_waiting import no_waiting_controls
from tests.theory.replications import by_replication, measures_of, replications, theory_scenario, waits_hours
from tests.theory.stated import stream
from tests.theory.vacant_post import vacant_post_queue

TIER = "town"


def test_a_post_that_is_hardly_ever_given_up_is_the_queue_of_one_server() -> None:
    always, rarely = mmc_mean_wait(1 / 60, 24.0, 1), vacant_post_queue(1 / 60, 24.0, 1e9, 24.0)
    assert rarely.mean_wait == pytest.approx(always, rel=1e-5)
    assert (rarely.utilisation, rarely.wait_prob) == pytest.approx((0.4, 0.4), rel=1e-5)
    never_busy = vacant_post_queue(1e-6, 24.0, 96.0, 24.0)
    assert never_busy.empty_share == pytest.approx(0.2, rel=1e-4)
    # A case that finds nobody waits for the vacancy's end, a memoryless day.
    assert never_busy.mean_wait == pytest.approx(0.2 * 24.0, rel=1e-3)


@pytest.mark.parametrize("times", [1, pytest.param(6, marks=pytest.mark.slow)])
def test_cases_wait_for_a_post_that_comes_and_goes(times: int) -> None:
    scenario = theory_scenario("vacancies")
    load = stream(scenario, TIER, "talks", "all")
    turnover = scenario.staff_groups["mediators"].turnover
    assert turnover is not None
    queue = vacant_post_queue(load.per_hour, load.mean_hours, 24 * turnover.filled_days, 24 * turnover.vacant_days)
    measured, controls = by_replication(
        replications(scenario, times), waiting, partial(no_waiting_controls, streams=[load])
    )
    formulas = {
        "mean wait": queue.mean_wait,
        "mean queue": queue.mean_queue,
        "share that waits": queue.wait_prob,
        "vacancy": queue.empty_share,
        "utilisation": queue.utilisation,
    }
    assert disagreements(formulas, measured, controls if times == 1 else {}) == []


def waiting(run: ObservedRun) -> Mapping[str, float]:
    measures = measures_of(run)
    costs = {(row.measure, row.tier): row.value for row in cost_rows(run)}
    return {
        "mean wait": measures["waiting_hours_mean", TIER],
        "mean queue": measures["queue_mean_count", TIER],
        "share that waits": float(np.mean(waits_hours(run, TIER) > 0)),
        "vacancy": costs["vacancy_share", TIER],
        "utilisation": measures["utilisation", TIER],
    }
