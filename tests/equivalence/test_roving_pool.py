"""A roving pool that serves several units from above is one pooled queue: where the case sits changes no instant."""

import numpy as np
import pytest

from sim.engine.contract import Trajectory
from sim.engine.simpy_engine import simulate
from sim.jurisdiction import build_jurisdiction
from sim.protocol import compile_protocol
from sim.sampling import sample_disputes
from sim.specification.schema import Scenario
from tests.unit.scenario_factory import desk, make_scenario, staff_group, tier

RATE = {"rate_per_1000_per_year": 50.0}
HOURS_EACH = 60.0


def county_staff(posts: int) -> dict[str, object]:
    return {"roving": staff_group("county", posts, ability_logit=40.0)}


def roving(posts: int = 2) -> Scenario:
    """The county's posts hold the villages' sessions."""
    held = {"talk": desk("roving", effort_hours=HOURS_EACH)}
    places = {"village": tier("village", held), "town": tier("town", {}), "county": tier("county", {})}
    return make_scenario(tiers=places, staff_groups=county_staff(posts), emergence=RATE)


def pooled(posts: int = 2) -> Scenario:
    """The same posts sit at the county, to which every case passes at once."""
    held = {"talk": desk("roving", effort_hours=HOURS_EACH)}
    places = {"village": tier("village", {}), "town": tier("town", {}), "county": tier("county", held)}
    return make_scenario(tiers=places, staff_groups=county_staff(posts), emergence=RATE)


def one_post_in_each_town() -> Scenario:
    """As many posts, but each serves the villages of its own town alone."""
    held = {"talk": desk("roving", effort_hours=HOURS_EACH)}
    places = {"village": tier("village", held), "town": tier("town", {}), "county": tier("county", {})}
    groups = {"roving": staff_group("town", 2, posts_serve=1, ability_logit=40.0)}
    return make_scenario(tiers=places, staff_groups=groups, emergence=RATE)


def run(scenario: Scenario, replication: int) -> Trajectory:
    jurisdiction = build_jurisdiction(scenario)
    protocol = compile_protocol(scenario, jurisdiction)
    batch = sample_disputes(scenario, jurisdiction, protocol, seed=7, replication=replication)
    return simulate(jurisdiction, protocol, batch)


@pytest.mark.parametrize("replication", [0, 1, 2])
def test_a_roving_pool_equals_one_pooled_queue_to_the_second(replication: int) -> None:
    from_below, from_above = (run(scenario, replication) for scenario in (roving(), pooled()))
    for field in ("dispute", "joined_s", "started_s", "ended_s", "pool", "post", "outcome"):
        assert np.array_equal(getattr(from_below.requests, field), getattr(from_above.requests, field)), field
    assert np.array_equal(from_below.disputes.fate_s, from_above.disputes.fate_s)
    waited = from_below.requests.started_s > from_below.requests.joined_s
    assert int(waited.sum()) > 20


def test_splitting_the_pool_between_towns_makes_cases_wait_longer() -> None:
    """What pooling is worth: the same posts and the same work, each post bound to its own town."""

    def mean_wait_s(scenario: Scenario) -> float:
        waits = []
        for replication in range(5):
            requests = run(scenario, replication).requests
            waits.append(np.minimum(requests.started_s, 545 * 86_400) - requests.joined_s)
        return float(np.concatenate(waits).mean())

    assert mean_wait_s(one_post_in_each_town()) > 1.5 * mean_wait_s(roving())
