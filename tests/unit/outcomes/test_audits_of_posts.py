"""Pools are found to be overfull exactly where counting them one by one says so, however a run is broken."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from sim.engine.contract import Trajectory
from sim.engine.simpy_engine import simulate
from sim.jurisdiction import build_jurisdiction
from sim.outcomes.audits.posts import pool_capacity
from sim.outcomes.audits.subject import AuditSubject, audit_subject
from sim.outcomes.audits.vacancies import vacant_posts
from sim.outcomes.finished_run import finished_run
from sim.outcomes.place import Place, lay_out
from sim.protocol import compile_protocol
from sim.sampling import sample_disputes
from sim.sampling.contract import DisputeBatch
from sim.vocabulary import NOWHERE
from tests.unit.outcomes.busy_place import busy_scenario
from tests.unit.scenario_factory import staff_group

TURNOVER = {"filled_days": 60.0, "vacant_days": 20.0, "hire_cost_yuan": 100.0}
TRIALS = 60


@cache
def busy_run() -> tuple[Place, DisputeBatch, Trajectory]:
    """A busy place whose towns have two posts each, often vacant."""
    groups = busy_scenario().model_dump(mode="json", by_alias=True, exclude_none=True)["staff_groups"]
    cadres = staff_group("town", 4, calendar="office", admin_share=0.6, ability_logit=0.5, turnover=TURNOVER)
    scenario = busy_scenario(staff_groups=groups | {"cadres": cadres})
    jurisdiction = build_jurisdiction(scenario)
    protocol = compile_protocol(scenario, jurisdiction)
    batch = sample_disputes(scenario, jurisdiction, protocol, 5, 0)
    return lay_out(jurisdiction, protocol), batch, simulate(jurisdiction, protocol, batch)


def broken(trial: int) -> AuditSubject:
    """The run with some posts, starts, ends and vacancies shifted, fewer in earlier trials."""
    place, batch, trajectory = busy_run()
    rng, requests, vacancies = np.random.default_rng(trial), trajectory.requests, batch.vacancies
    served = np.flatnonzero(requests.post != NOWHERE)
    shifted = rng.choice(served, size=(3, trial // 12))
    post, started_s, ended_s = requests.post.copy(), requests.started_s.copy(), requests.ended_s.copy()
    post[shifted[0]] += rng.integers(-1, 2, size=shifted.shape[1], dtype=np.int32)
    started_s[shifted[1]] -= np.minimum(started_s[shifted[1]], rng.integers(0, 40_000, size=shifted.shape[1]))
    ended_s[shifted[2]] += rng.integers(0, 40_000, size=shifted.shape[1])
    until_s = vacancies.until_s.copy()
    until_s[rng.integers(0, len(until_s), size=trial % 3)] += 1_000_000
    moved = replace(trajectory, requests=replace(requests, post=post, started_s=started_s, ended_s=ended_s))
    batch = replace(batch, vacancies=replace(vacancies, until_s=until_s))
    return audit_subject(finished_run(place, batch, moved))


def overfull(run: AuditSubject) -> bool:
    """Whether, at the start of some session or vacancy, more posts of its pool are busy or empty than it has."""
    uses, empty, horizon_s = run.uses, run.empty, run.jurisdiction.horizon_s
    lasting = (uses.until_s > uses.from_s) & (uses.post != NOWHERE)
    pool = np.concatenate((uses.pool[lasting], empty.pool))
    from_s = np.concatenate((uses.from_s[lasting], empty.from_s))
    until_s = np.concatenate((np.minimum(uses.until_s[lasting], horizon_s), empty.until_s))
    busy = [
        int(((pool == pool[row]) & (from_s <= from_s[row]) & (until_s > from_s[row])).sum()) for row in range(len(pool))
    ]
    return bool((np.array(busy) > run.jurisdiction.staff.pool_posts[pool]).any())


@pytest.mark.parametrize("trial", range(TRIALS))
def test_pools_are_overfull_when_counting_says_so(trial: int) -> None:
    run = broken(trial)
    assert bool(pool_capacity(run)) == overfull(run)


def test_the_trials_meet_both_ends_and_vacant_posts() -> None:
    runs = [broken(trial) for trial in range(TRIALS)]
    assert len(busy_run()[1].vacancies.pool) > 10
    assert 5 < sum(bool(pool_capacity(run)) for run in runs) < TRIALS - 5
    assert any(vacant_posts(run) and not pool_capacity(run) for run in runs)
