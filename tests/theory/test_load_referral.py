"""A tier that turns cases away while many wait, against its birth and death chain."""

from collections.abc import Mapping
from functools import partial

import numpy as np

from sim.outcomes.observed import ObservedRun
from sim.vocabulary import Departure
from tests.theory.agreement import disagreements
from tests.theory.markov_chains import mmc_with_referral
from tests.theory.no_waiting import no_waiting_controls
from tests.theory.replications import by_replication, measures_of, replications, theory_scenario, waits_hours
from tests.theory.stated import stream

TIER = "town"


def test_a_tier_that_refers_by_load_queues_and_refers_as_its_chain_says() -> None:
    scenario = theory_scenario("load_referral")
    load = stream(scenario, TIER, "talks", "all")
    posts, referral = scenario.staff_groups["mediators"].posts, scenario.tiers[TIER].load_referral
    assert referral is not None
    limit = round(referral.refer_when_waiting_per_post_at_least * posts)
    queue = mmc_with_referral(load.per_hour, load.mean_hours, posts, limit, referral.refer_prob)
    measured, controls = by_replication(replications(scenario), queueing, partial(no_waiting_controls, streams=[load]))
    formulas = {
        "mean wait of those who join": queue.mean_wait,
        "mean queue": queue.mean_queue,
        "share referred": queue.referred_share,
        "utilisation": queue.busy_servers / posts,
    }
    assert disagreements(formulas, measured, controls) == []


def queueing(run: ObservedRun) -> Mapping[str, float]:
    visits, measures = run.trajectory.visits, measures_of(run)
    here = (visits.tier == 0) & run.is_in_window(visits.arrived_s)
    return {
        "mean wait of those who join": float(waits_hours(run, TIER).mean()),
        "mean queue": measures["queue_mean_count", TIER],
        "share referred": float(np.mean(visits.departure[here] == Departure.REFERRED_BY_LOAD)),
        "utilisation": measures["utilisation", TIER],
    }
