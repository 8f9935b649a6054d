"""What must not matter: the order of rows, disputes elsewhere, a later horizon, running it again."""

from dataclasses import fields, replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from sim.engine.contract import Trajectory
from sim.engine.simpy_engine import simulate
from sim.sampling.contract import DisputeBatch
from sim.vocabulary import NEVER_S, NOWHERE, Fate
from tests.behaviour.story import HOUR, Life, at, batch_of, tell
from tests.unit.engine.generated_runs import GeneratedRun, chances, generated_run
from tests.unit.engine.naive_comparison import differing_fields
from tests.unit.scenario_factory import make_scenario

SLOW = [HealthCheck.too_slow, HealthCheck.large_base_example, HealthCheck.data_too_large]
Rows = NDArray[np.int64]


def of_rows(batch: DisputeBatch, rows: Rows) -> DisputeBatch:
    """The disputes of some rows, in their order."""
    columns = {f.name: getattr(batch, f.name)[rows] for f in fields(batch) if f.name != "emergence_hash"}
    return DisputeBatch(**columns, emergence_hash="")


def mapped_back(trajectory: Trajectory, rows: Rows) -> Trajectory:
    """The trajectory with the rows' old numbers and in the old order."""
    disputes = trajectory.disputes
    order = np.argsort(rows)
    back = {f.name: getattr(disputes, f.name)[order] for f in fields(disputes)}
    tables = []
    for table in (trajectory.visits, trajectory.requests):
        dispute = rows[table.dispute]
        by_dispute = np.argsort(dispute, kind="stable")
        columns = {f.name: getattr(table, f.name)[by_dispute] for f in fields(table)}
        tables.append(replace(table, **columns | {"dispute": dispute[by_dispute]}))
    return Trajectory(replace(disputes, **back), tables[0], tables[1])  # type: ignore[arg-type]


@given(chance=chances, shuffle=st.randoms(use_true_random=False))
@settings(max_examples=60, suppress_health_check=SLOW)
def test_the_order_of_rows_does_not_matter(chance: bytes, shuffle: object) -> None:
    run = generated_run(chance, sessions_may_take_no_time=False)
    rows = np.arange(len(run.batch.dispute_id))
    shuffle.shuffle(rows)  # type: ignore[attr-defined]
    permuted = simulate(run.jurisdiction, run.protocol, of_rows(run.batch, rows))
    assert differing_fields(run.by(simulate), mapped_back(permuted, rows)) == []


@given(chance=chances)
@settings(max_examples=30, suppress_health_check=SLOW)
def test_running_it_again_gives_the_same_arrays(chance: bytes) -> None:
    run = generated_run(chance, sessions_may_take_no_time=False)
    assert differing_fields(run.by(simulate), run.by(simulate)) == []


def separate_homes(run: GeneratedRun) -> list[set[int]]:
    """Home units in groups that share no pool."""
    groups: list[set[int]] = []
    for home, pools in enumerate(run.jurisdiction.staff.pool_of_home.T):
        shared = [g for g in groups if any(_share(run, other, pools) for other in g)]
        groups = [g for g in groups if g not in shared] + [set().union({home}, *shared)]
    return groups


def _share(run: GeneratedRun, home: int, pools: NDArray[np.int32]) -> bool:
    theirs = run.jurisdiction.staff.pool_of_home[:, home]
    return bool(np.any((theirs == pools) & (pools != NOWHERE)))


def test_places_that_share_no_staff_can_be_simulated_apart() -> None:
    split = 0

    @given(chance=chances)
    @settings(max_examples=60, suppress_health_check=SLOW)
    def compare(chance: bytes) -> None:
        nonlocal split
        run = generated_run(chance, sessions_may_take_no_time=False)
        whole = run.by(simulate)
        parts = [np.flatnonzero(np.isin(run.batch.home_unit, list(homes))) for homes in separate_homes(run)]
        parts = [rows for rows in parts if len(rows)]
        split += len(parts) > 1
        for rows in parts:
            part = simulate(run.jurisdiction, run.protocol, of_rows(run.batch, rows))
            for table, kept in ((whole.disputes, rows), (whole.visits, None), (whole.requests, None)):
                keep = np.isin(table.dispute, rows) if kept is None else kept  # type: ignore[union-attr]
                own = getattr(part, type(table).__name__.lower().replace("disputeoutcomes", "disputes"))
                for f in fields(table):
                    found = getattr(own, f.name)
                    if f.name == "dispute":
                        found = rows[found]
                    assert np.array_equal(getattr(table, f.name)[keep], found), f.name

    compare()
    assert split >= 10


def cut_at(trajectory: Trajectory, horizon_s: int) -> list[list[tuple[int, ...]]]:
    """What happened before a second: fates reached, visits with their ends, requests with starts and leavings."""

    def before(seconds: NDArray[np.int64]) -> NDArray[np.int64]:
        return np.where(seconds < horizon_s, seconds, NEVER_S)

    disputes, visits, requests = trajectory.disputes, trajectory.visits, trajectory.requests
    reached = (disputes.fate_s < horizon_s) & (disputes.fate != Fate.WITHDRAWN_FADED)
    arrived, joined = visits.arrived_s < horizon_s, requests.joined_s < horizon_s
    left, started = before(visits.left_s), before(requests.started_s)
    columns = [
        [np.flatnonzero(reached), disputes.fate[reached], disputes.fate_s[reached], disputes.fate_tier[reached]],
        [visits.dispute[arrived], visits.tier[arrived], visits.arrived_s[arrived], left[arrived]],
        [
            requests.dispute[joined],
            requests.slot[joined],
            requests.joined_s[joined],
            started[joined],
            np.where(started[joined] < NEVER_S, requests.post[joined], NOWHERE),
            before(requests.left_s)[joined],
        ],
    ]
    return [[tuple(map(int, row)) for row in zip(*table, strict=True)] for table in columns]


@given(chance=chances, days=st.integers(1, 9))
@settings(max_examples=60, suppress_health_check=SLOW)
def test_the_past_does_not_depend_on_the_horizon(chance: bytes, days: int) -> None:
    run = generated_run(chance, sessions_may_take_no_time=False)
    horizon_s = min(days * 24 * HOUR, run.jurisdiction.horizon_s)
    early = simulate(replace(run.jurisdiction, horizon_s=horizon_s), run.protocol, run.batch)
    withdrawn = early.disputes.fate == Fate.WITHDRAWN
    early.disputes.fate_s[withdrawn] = NEVER_S
    whole = run.by(simulate)
    gave_up = whole.disputes.fate == Fate.WITHDRAWN
    whole.disputes.fate_s[gave_up] = NEVER_S
    assert cut_at(early, horizon_s) == cut_at(whole, horizon_s)


def test_disputes_that_nobody_hears_of_change_nothing() -> None:
    heard = [Life(at("0d 08:00"), home=0), Life(at("0d 08:30"), home=1)]
    unheard = [Life(NEVER_S, emerged_s=0, faded_s=at("3d 00:00")), Life(at("40d 00:00"), home=0)]
    alone, together = tell(make_scenario(), heard, 30), tell(make_scenario(), heard + unheard, 30)
    assert [line for line in together.events if "#0" in line or "#1" in line] == alone.events


def test_no_disputes_give_an_empty_trajectory() -> None:
    told = tell(make_scenario(), [])
    assert told.events == []
    assert len(told.trajectory.requests.dispute) == len(told.trajectory.visits.dispute) == 0


@pytest.mark.parametrize("field", ["visits", "requests"])
def test_rows_are_in_the_order_of_the_contract(field: str) -> None:
    lives = [Life(at("0d 09:00"), effort_s={"village.desk": 2 * HOUR}), Life(at("0d 08:00")), Life(at("0d 08:00"))]
    told = tell(make_scenario(handover={"delay_days": DELAY, "hours": 1.0}), lives)
    table = getattr(told.trajectory, field)
    names = ORDER[field]
    rows = list(zip(*(getattr(table, name).tolist() for name in names), strict=True))
    assert all(first < second for first, second in pairwise(rows)), rows


DELAY = {"distribution": "deterministic", "mean_days": 0.0}
ORDER = {
    "visits": ("dispute", "arrived_s", "number"),
    "requests": ("dispute", "joined_s", "purpose", "visit_number", "slot"),
}
assert batch_of
