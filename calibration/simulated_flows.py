"""One simulated replication of a baseline in the quantities that the closed forms speak of."""

import numpy as np

from sim.engine.simpy_engine import simulate
from sim.jurisdiction import build_jurisdiction
from sim.jurisdiction.contract import Jurisdiction
from sim.outcomes.agreements import agreement_rows
from sim.outcomes.observed import ObservedRun, observe
from sim.protocol import compile_protocol
from sim.sampling import sample_disputes
from sim.specification.schema import Scenario
from sim.vocabulary import SECONDS_PER_HOUR, Departure, Fate

_PERSONS_OF_RATE = 1_000


def simulated_flows(scenario: Scenario, replication: int) -> dict[tuple[str, str], float]:
    """Return quantities by name and tier ('' for the whole place) in one replication under the scenario's own seed.

    All but utilisation and recurrence are of the cohort's first episodes. Found disputes are those registered before
    the horizon; a case reaches a tier when it arrives there by whatever way and is not passed on at once, once however
    often it comes. Recurrence is NaN where nobody is followed for a year.
    """
    jurisdiction = build_jurisdiction(scenario)
    protocol = compile_protocol(scenario, jurisdiction)
    batch = sample_disputes(scenario, jurisdiction, protocol, scenario.experiment.seed, replication)
    trajectory = simulate(jurisdiction, protocol, batch)
    run = observe(jurisdiction, protocol, batch, trajectory, scenario.measures)
    found = run.cohort & (run.registered_s < jurisdiction.horizon_s)
    persons_years = run.population_persons * run.cohort_years
    flows = {
        ("found_per_1000_per_year", ""): found.sum() / persons_years * _PERSONS_OF_RATE,
        ("found_of_emerged_share", ""): found.sum() / run.cohort_count,
    }
    recurred = {row.category: row.value for row in agreement_rows(run) if row.measure == "recurrence_share_365d"}
    flows["recurred_of_settled_share_365d", ""] = recurred[""]
    first, settled_low = run.episodes.first, 0
    fate, fate_tier = run.episodes.fate[first], run.episodes.fate_tier[first]
    for tier, tier_id in enumerate(jurisdiction.tier_ids):
        reached = _reached(run, tier)
        settled = found & (fate == Fate.SETTLED) & (fate_tier == tier)
        settled_low += int(settled.sum()) if tier <= run.village_tier else 0
        flows["reached_of_found_share", tier_id] = reached.sum() / found.sum()
        flows["settled_of_reached_share", tier_id] = settled.sum() / max(reached.sum(), 1)
        flows["effort_hours_per_case", tier_id] = _effort_hours(run, tier) / max(reached.sum(), 1)
        flows["utilisation_of_posts_share", tier_id] = _utilisation(run, jurisdiction, tier)
    village_id = jurisdiction.tier_ids[run.village_tier]
    flows["settled_at_or_below_of_found_share", village_id] = settled_low / found.sum()
    return {key: float(value) for key, value in flows.items()}


def _reached(run: ObservedRun, tier: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    visits = run.trajectory.visits
    reached = np.zeros(len(run.cohort), dtype=np.bool_)
    counted = (visits.tier == tier) & (visits.departure != Departure.PASSED_THROUGH) & (visits.episode == 0)
    reached[visits.dispute[counted]] = True
    return reached & run.cohort


def _effort_hours(run: ObservedRun, tier: int) -> float:
    requests, visits = run.trajectory.requests, run.trajectory.visits
    visit = np.searchsorted(visits.dispute, requests.dispute) + requests.visit_number
    counted = run.casework & (visits.episode[visit] == 0) & (run.request_tier == tier) & run.cohort[requests.dispute]
    return float(requests.effort_s[counted].sum()) / SECONDS_PER_HOUR


def _utilisation(run: ObservedRun, jurisdiction: Jurisdiction, tier: int) -> float:
    own = jurisdiction.staff.group_tier == tier
    busy_s, available_s = run.staff_time.busy_s[own].sum(), run.staff_time.available_s[own].sum()
    return float(busy_s) / max(float(available_s), 1.0)
