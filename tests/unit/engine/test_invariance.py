"""What must not matter: the order of rows, disputes elsewhere, a later horizon, running it again."""

from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from sim.engine.contract import Breaches, DisputeOutcomes, Requests, Seats, Trajectory, Visits
from sim.engine.simpy_engine import simulate
from sim.sampling.contract import DisputeBatch
from sim.vocabulary import NEVER_S, NOWHERE, SECONDS_PER_DAY, Fate
from tests.behaviour.story import HOUR, Life, at, tell
from tests.unit.column_order import by_column
from tests.unit.engine.generated_runs import MOST_DISPUTES, GeneratedRun, chances, examples, generated_run
from tests.unit.engine.naive_comparison import differing_fields
from tests.unit.scenario_factory import days, make_scenario

Rows = NDArray[np.int64]


def of_rows(batch: DisputeBatch, rows: Rows) -> DisputeBatch:
    """The disputes of some rows, in their order."""
    whole = ("emergence_hash", "prevented", "vacancies")
    columns = {f.name: getattr(batch, f.name)[rows] for f in fields(batch) if f.name not in whole}
    return by_column(replace(batch, **columns))


def mapped_back(trajectory: Trajectory, rows: Rows) -> Trajectory:
    """The trajectory with the rows' old numbers and in the old order."""
    by_old_row = np.argsort(rows)
    disputes = {f.name: getattr(trajectory.disputes, f.name)[by_old_row] for f in fields(DisputeOutcomes)}
    requests = Requests(**_renumbered(trajectory.requests, rows))
    return Trajectory(
        disputes=DisputeOutcomes(**disputes),
        visits=Visits(**_renumbered(trajectory.visits, rows)),
        requests=requests,
        seats=_seats_of(requests, trajectory, np.argsort(rows[trajectory.requests.dispute], kind="stable")),
        breaches=Breaches(**_renumbered(trajectory.breaches, rows)),
    )


def _seats_of(requests: Requests, trajectory: Trajectory, kept: Rows) -> Seats:
    """The seats of the requests in some rows, in the order of those rows; `requests` are theirs."""
    seats = trajectory.seats
    new_row = np.full(len(trajectory.requests.dispute), NOWHERE, dtype=np.int64)
    new_row[kept] = np.arange(len(requests.dispute))
    row = new_row[seats.request]
    order = [seat for seat in np.argsort(row, kind="stable") if row[seat] != NOWHERE]
    columns = {f.name: getattr(seats, f.name)[order] for f in fields(seats)}
    return Seats(**columns | {"request": row[order]})


def _renumbered(table: Visits | Requests | Breaches, rows: Rows) -> dict[str, Any]:
    dispute = rows[table.dispute]
    order = np.argsort(dispute, kind="stable")
    columns = {f.name: getattr(table, f.name)[order] for f in fields(table)}
    return columns | {"dispute": dispute[order]}


@given(chance=chances, order=st.permutations(range(MOST_DISPUTES)))
@examples(60)
def test_the_order_of_rows_does_not_matter(chance: bytes, order: list[int]) -> None:
    run = generated_run(chance)
    rows = np.array([row for row in order if row < len(run.batch.dispute_id)])
    permuted = simulate(run.jurisdiction, run.protocol, of_rows(run.batch, rows))
    assert differing_fields(run.by(simulate), mapped_back(permuted, rows)) == []


@given(chance=chances)
@examples(30)
def test_running_it_again_gives_the_same_arrays(chance: bytes) -> None:
    run = generated_run(chance)
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


def only_of(trajectory: Trajectory, rows: Rows) -> Trajectory:
    """What happened to the disputes of some rows, which are numbered anew."""
    disputes = {f.name: getattr(trajectory.disputes, f.name)[rows] for f in fields(DisputeOutcomes)}
    requests = Requests(**_kept(trajectory.requests, rows))
    return Trajectory(
        disputes=DisputeOutcomes(**disputes),
        visits=Visits(**_kept(trajectory.visits, rows)),
        requests=requests,
        seats=_seats_of(requests, trajectory, np.flatnonzero(np.isin(trajectory.requests.dispute, rows))),
        breaches=Breaches(**_kept(trajectory.breaches, rows)),
    )


def _kept(table: Visits | Requests | Breaches, rows: Rows) -> dict[str, Any]:
    kept = np.isin(table.dispute, rows)
    columns = {f.name: getattr(table, f.name)[kept] for f in fields(table)}
    return columns | {"dispute": np.searchsorted(rows, table.dispute[kept])}


def test_places_that_share_no_staff_can_be_simulated_apart() -> None:
    split = 0

    @given(chance=chances)
    @examples(100)
    def compare(chance: bytes) -> None:
        nonlocal split
        run = generated_run(chance)
        whole = run.by(simulate)
        parts = [np.flatnonzero(np.isin(run.batch.home_unit, list(homes))) for homes in separate_homes(run)]
        parts = [rows for rows in parts if len(rows)]
        split += len(parts) > 1
        for rows in parts:
            part = simulate(run.jurisdiction, run.protocol, of_rows(run.batch, rows))
            assert differing_fields(only_of(whole, rows), part) == []

    compare()
    assert split >= 5, "too few of the places fell into parts"


def cut_at(trajectory: Trajectory, horizon_s: int) -> list[list[tuple[int, ...]]]:
    """What happened before a second: settlements (broken ones too) and other ends, visits, requests."""

    def before(seconds: Rows) -> Rows:
        return np.where(seconds < horizon_s, seconds, NEVER_S)

    disputes, visits, requests = trajectory.disputes, trajectory.visits, trajectory.requests
    # A dispute is withdrawn until it fades or turns violent: that is no end.
    ended = (disputes.fate_s < horizon_s) & (disputes.fate != Fate.WITHDRAWN)
    arrived, joined = visits.arrived_s < horizon_s, requests.joined_s < horizon_s
    started_s = before(requests.started_s[joined])
    post = np.where(started_s < NEVER_S, requests.post[joined], NOWHERE)
    breaches = trajectory.breaches
    agreed, broke = breaches.settled_s < horizon_s, breaches.breached_s < horizon_s
    settled = np.full(int(agreed.sum()), Fate.SETTLED)
    tables: list[list[NDArray[Any]]] = [
        [before(disputes.withdrawn_s)],
        [
            np.append(np.flatnonzero(ended), breaches.dispute[agreed]),
            np.append(disputes.fate[ended], settled),
            np.append(disputes.fate_s[ended], breaches.settled_s[agreed]),
            np.append(disputes.fate_tier[ended], breaches.tier[agreed]),
        ],
        [breaches.dispute[broke], breaches.breached_s[broke]],
        [visits.dispute[arrived], visits.tier[arrived], visits.arrived_s[arrived], before(visits.left_s)[arrived]],
        [requests.dispute[joined], requests.slot[joined], requests.joined_s[joined], started_s, post],
        [before(requests.left_s)[joined]],
    ]
    return [sorted(zip(*(column.tolist() for column in table), strict=True)) for table in tables]


@given(chance=chances, day=st.integers(1, 9))
@examples(60)
def test_the_past_does_not_depend_on_the_horizon(chance: bytes, day: int) -> None:
    run = generated_run(chance)
    horizon_s = min(day * SECONDS_PER_DAY, run.jurisdiction.horizon_s)
    early = simulate(replace(run.jurisdiction, horizon_s=horizon_s), run.protocol, run.batch)
    assert cut_at(early, horizon_s) == cut_at(run.by(simulate), horizon_s)


def test_disputes_that_nobody_hears_of_change_nothing() -> None:
    heard = [Life(at("0d 08:00"), home=0), Life(at("0d 08:30"), home=1)]
    unheard = [Life(NEVER_S, emerged_s=0, faded_s=at("3d 00:00")), Life(at("40d 00:00"), home=0)]
    alone, together = tell(make_scenario(), heard, 30), tell(make_scenario(), heard + unheard, 30)
    assert [line for line in together.events if "#0" in line or "#1" in line] == alone.events


def test_no_disputes_give_an_empty_trajectory() -> None:
    told = tell(make_scenario(), [])
    assert told.events == []
    assert len(told.trajectory.requests.dispute) == len(told.trajectory.visits.dispute) == 0


@pytest.mark.parametrize(
    ("table", "order"),
    [
        ("visits", ("dispute", "arrived_s", "number")),
        ("requests", ("dispute", "joined_s", "purpose", "visit_number", "slot")),
    ],
)
def test_rows_are_in_the_order_of_the_contract(table: str, order: tuple[str, ...]) -> None:
    lives = [Life(at("0d 09:00"), effort_s={"village.desk": 2 * HOUR}), Life(at("0d 08:00")), Life(at("0d 08:00"))]
    told = tell(make_scenario(handover={"delay_days": days(0), "hours": 1.0}), lives)
    columns = (getattr(getattr(told.trajectory, table), name).tolist() for name in order)
    rows = list(zip(*columns, strict=True))
    assert len(rows) > len(lives)
    assert rows == sorted(set(rows))
