"""Both engines at the edges: nobody comes, nobody serves, all at once, one unit, six tiers, ten thousand units."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sim.engine.contract import Trajectory
from sim.sampling.contract import DisputeBatch
from sim.specification.schema import Scenario
from sim.vocabulary import NEVER_S, Departure, Fate, RequestOutcome
from tests.equivalence.both_engines import by_both, drawn
from tests.equivalence.test_switched_off import ROWS, changed
from tests.unit.engine.generated_runs import ALL_BYTES, GeneratedRun, generated_run
from tests.unit.outcomes.busy_place import TRIAGES, busy_scenario
from tests.unit.scenario_factory import days, desk, intake, make_scenario, staff_group, tier

SIX_KINDS = ("household", "grid", "village", "town", "county", "city")


def test_a_year_without_disputes_is_an_empty_trajectory() -> None:
    run = drawn(make_scenario(emergence={"rate_per_1000_per_year": 1e-9}))
    assert len(run.batch.dispute_id) == 0
    assert rows_of(by_both(run)) == [0, 0, 0, 0, 0]


def rows_of(trajectory: Trajectory) -> list[int]:
    seats, requests, breaches = trajectory.seats.request, trajectory.requests.dispute, trajectory.breaches.dispute
    columns = (trajectory.disputes.fate, trajectory.visits.dispute, requests, seats, breaches)
    return [len(column) for column in columns]


def test_disputes_that_all_stay_unknown_are_no_cases() -> None:
    run = drawn(busy_scenario())
    never = np.full(len(run.batch.dispute_id), NEVER_S)
    trajectory = by_both(replace(run, batch=replace(run.batch, surfaced_s=never)))
    assert len(trajectory.visits.dispute) == 0
    assert set(trajectory.disputes.fate.tolist()) <= {Fate.LATENT, Fate.FADED, Fate.INCIDENT}


def without_posts() -> Scenario:
    """The busy place after everybody has left."""
    scenario = busy_scenario()
    groups = {key: group.model_copy(update={"posts": 0}) for key, group in scenario.staff_groups.items()}
    return scenario.model_copy(update={"staff_groups": groups})


def test_nobody_serves_where_there_is_no_post() -> None:
    trajectory = by_both(drawn(without_posts()))
    assert len(trajectory.requests.dispute) == 0
    departures = set(trajectory.visits.departure.tolist())
    assert {Departure.PASSED_THROUGH, Departure.ADJUDICATED} <= departures


def test_posts_that_stand_vacant_for_ever_serve_nobody() -> None:
    run = drawn(make_scenario())
    posts = [(pool, post) for pool, n in enumerate(run.jurisdiction.staff.pool_posts.tolist()) for post in range(n)]
    pool, post = np.array(posts, dtype=np.int32).T
    always = np.zeros(len(posts), dtype=np.int64)
    vacancies = replace(run.batch.vacancies, pool=pool, post=post, from_s=always, until_s=always + NEVER_S)
    trajectory = by_both(replace(run, batch=replace(run.batch, vacancies=vacancies)))
    assert set(trajectory.requests.outcome.tolist()) == {RequestOutcome.WAITING}


@pytest.mark.parametrize("seed", range(8))
def test_everything_at_once_is_told_alike(seed: int) -> None:
    run = generated_run(np.random.default_rng(1_000 + seed).bytes(ALL_BYTES))
    by_both(replace(run, batch=all_at_once(run.batch)))


def all_at_once(batch: DisputeBatch) -> DisputeBatch:
    """Every instant that comes is 12:00 of the first day, every duration is nothing."""
    noon_s = 43_200
    changes: dict[str, Any] = {}
    for name in ("emerged_s", "surfaced_s", "registered_s", "incident_s", "patience_s", "faded_s"):
        instants = getattr(batch, name)
        changes[name] = np.where(instants < NEVER_S, noon_s, NEVER_S)
    for name in ("occupation_s", "gap_s", "handover_delay_s", "petition_delay_s", "paper_return_s"):
        changes[name] = np.zeros_like(getattr(batch, name))
    surfaced = changes["surfaced_s"] < NEVER_S
    changes["incident_s"] = np.where(surfaced, NEVER_S, changes["incident_s"])
    return replace(batch, **changes)


def test_a_place_of_one_unit_is_a_place() -> None:
    scenario = make_scenario(
        measures={"equity_tier": "village", "village_tier": "village", "indifference_share": 0.05},
        units={"by": "count", "counts": {"village": 1}, "population_persons": 8_000},
        tiers={"village": tier("village", {"desk": desk("cadres", effort_hours=40.0), "again": desk("cadres")})},
        staff_groups={"cadres": staff_group("village", 1)},
    )
    trajectory = by_both(drawn(scenario))
    assert len(trajectory.visits.dispute) > 50
    assert set(trajectory.visits.departure.tolist()) == {Departure.SETTLED, Departure.ADJUDICATED}


def test_a_place_of_six_tiers_leads_cases_through_all_of_them() -> None:
    counts = dict(zip(SIX_KINDS, (48, 24, 12, 4, 2, 1), strict=True))
    sessions = {
        kind: {"intake": intake(f"{kind}_staff", effort_hours=3.0), "desk": desk(f"{kind}_staff", effort_hours=9.0)}
        for kind in SIX_KINDS
    }
    scenario = make_scenario(
        units={"by": "count", "counts": counts, "population_persons": 24_000},
        staff_groups={f"{kind}_staff": staff_group(kind, count) for kind, count in counts.items()},
        tiers={kind: tier(kind, sessions[kind]) for kind in SIX_KINDS},
        handover={"delay_days": days(1.0), "hours": 2.0},
    )
    trajectory = by_both(drawn(scenario))
    assert set(trajectory.visits.tier.tolist()) == set(range(6))


def test_ten_thousand_units_are_told_alike() -> None:
    scenario = make_scenario(
        units={"by": "count", "counts": {"village": 9_400, "town": 580, "county": 20}, "population_persons": 9_400_000},
        staff_groups={
            "village_mediators": staff_group("village", 9_400),
            "town_cadres": staff_group("town", 580),
            "county_centre": staff_group("county", 20),
        },
        emergence={"rate_per_1000_per_year": 0.3},
    )
    run = drawn(scenario)
    assert len(run.jurisdiction.units.ids) == 10_000
    assert len(by_both(run).visits.dispute) > 3_000


SWITCHES = {f"{key}, {side}": getattr(off, side) for key, off in ROWS.items() for side in ("there", "absent")}


@pytest.mark.parametrize("switched", [change for change in SWITCHES.values() if change])
def test_each_mechanism_on_and_off_in_a_rich_place(switched: dict[str, Any]) -> None:
    by_both(drawn(changed(switched), seed=11))


@pytest.mark.parametrize("triage", TRIAGES)
def test_each_triage_rule_in_a_rich_place(triage: str) -> None:
    by_both(drawn(busy_scenario(triage)))


def runs() -> list[GeneratedRun]:
    return [generated_run(np.random.default_rng(seed).bytes(ALL_BYTES)) for seed in range(3)]


def test_one_after_the_other_or_again_an_engine_keeps_nothing() -> None:
    first = [by_both(run) for run in runs()]
    again = [by_both(run) for run in reversed(runs())][::-1]
    for one, other in zip(first, again, strict=True):
        assert np.array_equal(one.requests.started_s, other.requests.started_s)
