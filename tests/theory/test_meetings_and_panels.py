"""Meetings against Bailey's bulk-service queue, panels that wait for a busy post against one queue of M/M/1."""

from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np
import pytest
from scipy import stats

from sim.outcomes.observed import ObservedRun
from sim.specification.schema import Scenario
from sim.vocabulary import SECONDS_PER_HOUR
from tests.theory.agreement import disagreements
from tests.theory.bulk_service import mean_number_before_service, mean_wait
from tests.theory.formulas import mmc_mean_wait
from tests.theory.replications import (
    by_replication,
    measures_of,
    replications,
    theory_scenario,
    waits_hours,
    window_hours,
)
from tests.theory.stated import HOURS_PER_YEAR, Stream, arrivals_per_hour, stream, together

PLACES, INTERVAL_HOURS = 5, 24.0
BRISKER = 0.9


def test_bailey_s_formula_is_the_stationary_mean_of_the_queue_it_describes() -> None:
    """The number just before service is a Markov chain: what was left over, plus a Poisson number."""
    for mean_arrivals, places in ((0.6, 1), (3.5, 5), (1.2, 2), (9.0, 10)):
        states = np.arange(400)
        arrivals = stats.poisson.pmf(states, mean_arrivals)
        left = np.maximum(states - places, 0)
        chain = np.array([np.concatenate((np.zeros(rest), arrivals[: len(states) - rest])) for rest in left])
        share = np.full(len(states), 1 / len(states))
        for _ in range(4_000):
            share = share @ chain
            share /= share.sum()
        assert mean_number_before_service(mean_arrivals, places) == pytest.approx(share @ states, rel=1e-6)


def test_bailey_s_wait_is_known_where_arrivals_are_few_or_places_one() -> None:
    """With few arrivals, half an interval; with one place, that of M/D/1 and half an interval."""
    assert mean_wait(1e-6, 3, 24.0) == pytest.approx(12.0, rel=1e-4)
    assert mean_wait(0.5, 1, 24.0) == pytest.approx(24.0 * (0.5 / (2 * 0.5) + 0.5))


@pytest.mark.parametrize("times", [1, pytest.param(8, marks=pytest.mark.slow, id="by sheer number")])
def test_cases_wait_for_a_daily_meeting_as_in_bailey_s_queue(times: int) -> None:
    scenario = theory_scenario("bulk_service")
    per_interval = arrivals_per_hour(scenario) * INTERVAL_HOURS
    measured, controls = by_replication(
        replications(scenario, times), at_meetings, partial(more_room, per_interval=per_interval)
    )
    wait_hours = mean_wait(per_interval, PLACES, INTERVAL_HOURS)
    formulas = {
        "mean number before a meeting": mean_number_before_service(per_interval, PLACES),
        "mean wait": wait_hours,
        "mean queue": wait_hours * per_interval / INTERVAL_HOURS,
    }
    assert disagreements(formulas, measured, controls if times == 1 else {}) == []


@pytest.mark.parametrize("times", [1, pytest.param(13, marks=pytest.mark.slow, id="by sheer number")])
def test_panels_hold_the_county_s_posts_for_as_long_as_the_town_s_queue_is(times: int) -> None:
    scenario = theory_scenario("panels_that_wait")
    simple, joint = panel_streams(scenario)
    all_cases = together([simple, joint])
    wait_hours = mmc_mean_wait(all_cases.per_hour, all_cases.mean_hours, 1)
    measured, controls = by_replication(
        replications(scenario, times), at_panels, partial(brisker, streams=[simple, joint])
    )
    posts = scenario.staff_groups["centre"].posts
    formulas = {
        "mean wait at the town": wait_hours,
        "mean wait for the panel": wait_hours,
        "hours held a year": joint.per_hour * wait_hours * HOURS_PER_YEAR,
        "utilisation of the county": joint.per_hour * (wait_hours + joint.mean_hours) / posts,
        "utilisation of the town": all_cases.load,
    }
    assert disagreements(formulas, measured, controls if times == 1 else {}) == []


def panel_streams(scenario: Scenario) -> tuple[Stream, Stream]:
    return stream(scenario, "town", "talks", "simple"), stream(scenario, "county", "panel", "joint")


def meetings_s(run: ObservedRun) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Openings of meetings after the warm-up."""
    clock = run.jurisdiction.clocks[run.jurisdiction.calendar_ids.index("evenings")]
    return np.asarray(clock.open_s[run.is_in_window(clock.open_s)])


def at_meetings(run: ObservedRun) -> Mapping[str, float]:
    measures, opens_s = measures_of(run), meetings_s(run)
    requests = run.trajectory.requests
    joined = np.searchsorted(np.sort(requests.joined_s), opens_s, side="right")
    heard = np.searchsorted(np.sort(requests.started_s), opens_s, side="left")
    return {
        "mean number before a meeting": float((joined - heard).mean()),
        "mean wait": measures["waiting_hours_mean", "town"],
        "mean queue": measures["queue_mean_count", "town"],
    }


def more_room(run: ObservedRun, per_interval: float) -> Mapping[str, float]:
    """Deviations from known means: arrivals, their squares, and the queue with room for one more."""
    opens_s = run.jurisdiction.clocks[run.jurisdiction.calendar_ids.index("evenings")].open_s
    opens_s = opens_s[opens_s < run.jurisdiction.horizon_s]
    arrivals = np.diff(np.searchsorted(np.sort(run.batch.registered_s), opens_s, side="right"), prepend=0)
    waiting, number = [], 0
    for arriving in arrivals.tolist():
        number = max(number - PLACES - 1, 0) + arriving
        waiting.append(number)
    counted = run.is_in_window(opens_s)
    arrivals, before = arrivals[counted], np.array(waiting)[counted]
    known = mean_number_before_service(per_interval, PLACES + 1)
    return {
        "arrivals": float(arrivals.sum() - per_interval * len(arrivals)),
        "squared arrivals": float(((arrivals - per_interval) ** 2 - per_interval).sum()),
        "waiting with room for one more": float((before - known).sum()),
    }


def at_panels(run: ObservedRun) -> Mapping[str, float]:
    measures = measures_of(run)
    return {
        "mean wait at the town": float(waits_hours(run, "town", "simple").mean()),
        "mean wait for the panel": float(waits_hours(run, "county", "joint").mean()),
        "hours held a year": measures["held_hours_per_year", "county"],
        "utilisation of the county": measures["utilisation", "county"],
        "utilisation of the town": measures["utilisation", "town"],
    }


def brisker(run: ObservedRun, streams: Sequence[Stream]) -> Mapping[str, float]:
    """Deviations from known means: disputes, effort, and the waits if all sessions were a tenth shorter."""
    category, joined_s = run.batch.category, run.batch.registered_s
    order = np.lexsort((run.batch.dispute_id, joined_s))
    effort_s = np.where(category == 0, run.batch.occupation_s[:, 0], run.batch.occupation_s[:, 1])
    waits_s, free_s = np.zeros(len(order)), 0.0
    for row, joining_s, length_s in zip(order, joined_s[order].tolist(), effort_s[order].tolist(), strict=True):
        waits_s[row] = max(free_s - joining_s, 0.0)
        free_s = max(free_s, joining_s) + BRISKER * length_s
    mean_hours = BRISKER * together(list(streams)).mean_hours
    known_hours = mmc_mean_wait(sum(one.per_hour for one in streams), mean_hours, 1)
    found: dict[str, float] = {}
    for number, one in enumerate(streams):
        counted = run.is_in_window(joined_s) & (category == number)
        expected = one.per_hour * window_hours(run)
        found |= {
            f"{one.category}: disputes": counted.sum() - expected,
            f"{one.category}: effort": effort_s[counted].sum() / SECONDS_PER_HOUR - expected * one.mean_hours,
            f"{one.category}: waits": waits_s[counted].sum() / SECONDS_PER_HOUR - expected * known_hours,
        }
    return found
