"""Little's law at each tier, to the second (Little 1961): L = λ · W, whatever moves the cases."""

from dataclasses import replace
from functools import cache

import numpy as np

from sim.outcomes.observed import ObservedRun
from sim.vocabulary import Departure, Fate, RequestOutcome
from tests.theory.littles_law import flow_times_time_gaps, littles_law_gaps
from tests.theory.replications import replications, theory_scenario


@cache
def runs() -> tuple[ObservedRun, ...]:
    return tuple(replications(theory_scenario("littles_law")))


def test_whoever_is_present_at_a_tier_waits_or_is_in_session_to_the_second() -> None:
    assert [littles_law_gaps(run) for run in runs()] == [[]] * len(runs())


def test_backlog_and_queue_are_flow_times_time_at_each_tier_to_the_second() -> None:
    assert [flow_times_time_gaps(run) for run in runs()] == [[]] * len(runs())


def test_the_law_is_put_to_every_way_in_which_a_case_can_leave() -> None:
    departures = np.concatenate([run.trajectory.visits.departure for run in runs()])
    fates = np.concatenate([run.trajectory.disputes.fate for run in runs()])
    outcomes = np.concatenate([run.trajectory.requests.outcome for run in runs()])
    assert {way.name for way in Departure} - {Departure(code).name for code in departures} == {"PASSED_THROUGH"}
    assert {fate.name for fate in Fate} - {Fate(code).name for code in fates} == set()
    assert {way.name for way in RequestOutcome} - {RequestOutcome(code).name for code in outcomes} == set()


def test_a_start_recorded_a_second_late_breaks_the_law() -> None:
    run = runs()[0]
    requests = run.trajectory.requests
    served = int(np.flatnonzero(run.casework & (requests.started_s < run.jurisdiction.horizon_s))[0])
    started_s = requests.started_s.copy()
    started_s[served] += 1
    late = replace(run.trajectory, requests=replace(requests, started_s=started_s))
    assert littles_law_gaps(replace(run, trajectory=late)) != []
