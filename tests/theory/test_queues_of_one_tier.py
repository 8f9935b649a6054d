"""One tier, one session for each dispute: the engine's waits and queues against the formulas.

Each queue is told twice: as its file says, with controls, and by sheer number without any (`make theory`).
"""

from collections import ChainMap
from collections.abc import Mapping
from functools import partial

import numpy as np
import pytest

from sim.outcomes.observed import ObservedRun
from sim.specification.schema import Scenario
from sim.specification.schema.distributions import Exponential
from tests.theory.agreement import disagreements
from tests.theory.first_come import first_come_controls
from tests.theory.formulas import (
    cobham_mean_waits,
    cobham_mean_waits_of_servers,
    erlang_a,
    erlang_c,
    mg1_mean_wait,
    mmc_mean_queue,
    mmc_mean_wait,
    mmc_wait_exceeds_prob,
)
from tests.theory.no_waiting import no_waiting_controls
from tests.theory.replications import (
    Reading,
    by_replication,
    measures_of,
    replications,
    theory_scenario,
    waits_hours,
)
from tests.theory.stated import Stream, stream, together

TIER = "town"
LONG_WAIT_HOURS = 12.0


def sheer_number(name: str, times: int) -> object:
    """The same scenario so many times over."""
    return pytest.param(name, times, id=f"{name}, by sheer number", marks=pytest.mark.slow)


@pytest.mark.parametrize(("name", "times"), [("mm1", 1), ("mmc", 1), sheer_number("mm1", 5), sheer_number("mmc", 6)])
def test_cases_served_first_come_first_served_wait_as_in_mmc(name: str, times: int) -> None:
    scenario = theory_scenario(name)
    (load,), posts = streams_of(scenario), posts_of(scenario)
    place = (load.per_hour, load.mean_hours, posts)
    measured, controls = by_replication(
        replications(scenario, times), waiting_of_all, partial(no_waiting_controls, streams=[load])
    )
    formulas = {
        "mean wait": mmc_mean_wait(*place),
        "mean queue": mmc_mean_queue(*place),
        "share that waits": erlang_c(posts, load.load),
        "share that waits long": mmc_wait_exceeds_prob(*place, LONG_WAIT_HOURS),
    }
    assert disagreements(formulas, measured, controls if times == 1 else {}) == []


@pytest.mark.parametrize(
    ("name", "times"),
    [
        ("md1", 1),
        ("mg1_lognormal", 1),
        sheer_number("md1", 4),
        sheer_number("mg1_lognormal", 4),
        sheer_number("mg1_gamma", 7),
    ],
)
def test_cases_at_one_post_wait_by_the_mean_and_spread_of_effort(name: str, times: int) -> None:
    scenario = theory_scenario(name)
    (load,) = streams_of(scenario)
    measured, controls = by_replication(
        replications(scenario, times), waiting_of_all, partial(no_waiting_controls, streams=[load])
    )
    mean_wait = mg1_mean_wait(load.per_hour, load.mean_hours, load.cv)
    formulas = {"mean wait": mean_wait, "mean queue": load.per_hour * mean_wait, "share that waits": load.load}
    assert disagreements(formulas, measured, controls if times == 1 else {}) == []


@pytest.mark.parametrize(
    ("name", "times"),
    [
        ("priority_one_post", 1),
        ("priority_two_posts", 1),
        sheer_number("priority_one_post", 13),
        sheer_number("priority_two_posts", 10),
    ],
)
def test_urgent_and_ordinary_cases_wait_as_cobham_says(name: str, times: int) -> None:
    scenario = theory_scenario(name)
    urgent, ordinary = streams_of(scenario)
    posts = posts_of(scenario)
    measured, *controls = by_replication(
        replications(scenario, times),
        waiting_by_category,
        partial(no_waiting_controls, streams=[urgent, ordinary]),
        first_come([urgent, ordinary], posts),
        first_come([urgent], posts),
    )
    formulas = dict(zip(measured, cobham_waits(urgent, ordinary, posts), strict=True))
    assert disagreements(formulas, measured, dict(ChainMap(*controls)) if times == 1 else {}) == []


@pytest.mark.parametrize(("name", "times"), [("erlang_a", 1), sheer_number("erlang_a", 4)])
def test_impatient_cases_wait_and_leave_as_in_erlang_a(name: str, times: int) -> None:
    scenario = theory_scenario(name)
    (load,), posts = streams_of(scenario), posts_of(scenario)
    assert scenario.patience is not None
    patience_days = scenario.patience.days
    assert isinstance(patience_days, Exponential)
    queue = erlang_a(load.per_hour, load.mean_hours, posts, 24 * patience_days.mean)
    measured, controls = by_replication(
        replications(scenario, times), leaving, partial(no_waiting_controls, streams=[load])
    )
    formulas = {
        "mean wait of all who join": queue.mean_wait,
        "mean queue": load.per_hour * queue.mean_wait,
        "share that waits": queue.wait_prob,
        "share that leaves": queue.abandonment_prob,
        "share that withdraws": queue.abandonment_prob,
        "utilisation": load.load * (1 - queue.abandonment_prob) / posts,
    }
    assert disagreements(formulas, measured, controls if times == 1 else {}) == []


def streams_of(scenario: Scenario) -> list[Stream]:
    return [stream(scenario, TIER, "talks", category) for category in scenario.categories]


def posts_of(scenario: Scenario) -> int:
    return scenario.staff_groups["mediators"].posts


def first_come(streams: list[Stream], posts: int) -> Reading:
    """Controls from the disputes of some streams alone, served first come, first served."""
    load = together(streams)
    if posts == 1:
        mean_wait = mg1_mean_wait(load.per_hour, load.mean_hours, load.cv)
    else:
        mean_wait = mmc_mean_wait(load.per_hour, load.mean_hours, posts)
    return partial(first_come_controls, streams=streams, posts=posts, mean_wait_hours=mean_wait)


def cobham_waits(urgent: Stream, ordinary: Stream, posts: int) -> tuple[float, ...]:
    classes = (urgent, ordinary)
    rates = [one.per_hour for one in classes]
    if posts == 1:
        return cobham_mean_waits(rates, [one.mean_hours for one in classes], [one.cv for one in classes])
    assert urgent.mean_hours == ordinary.mean_hours
    return cobham_mean_waits_of_servers(rates, urgent.mean_hours, posts)


def waiting_of_all(run: ObservedRun) -> Mapping[str, float]:
    measures, waits = measures_of(run), waits_hours(run, TIER)
    return {
        "mean wait": measures["waiting_hours_mean", TIER],
        "mean queue": measures["queue_mean_count", TIER],
        "share that waits": float(np.mean(waits > 0)),
        "share that waits long": float(np.mean(waits > LONG_WAIT_HOURS)),
    }


def waiting_by_category(run: ObservedRun) -> Mapping[str, float]:
    return {f"mean wait of {name}": float(waits_hours(run, TIER, name).mean()) for name in run.protocol.category_ids}


def leaving(run: ObservedRun) -> Mapping[str, float]:
    measures, joined = measures_of(run), run.is_in_window(run.batch.registered_s)
    return {
        "mean wait of all who join": measures["waiting_hours_mean", TIER],
        "mean queue": measures["queue_mean_count", TIER],
        "share that waits": float(np.mean(waits_hours(run, TIER) > 0)),
        "share that leaves": measures["left_queue_share", TIER],
        "share that withdraws": float(
            np.mean(run.trajectory.disputes.withdrawn_s[joined] < run.jurisdiction.horizon_s)
        ),
        "utilisation": measures["utilisation", TIER],
    }
