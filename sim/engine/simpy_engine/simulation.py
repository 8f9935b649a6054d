"""Runs a batch of disputes on SimPy and gathers what happened."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from sim.engine.contract import Trajectory
from sim.engine.simpy_engine.batch_rows import BatchRows
from sim.engine.simpy_engine.cases import Case
from sim.engine.simpy_engine.casework import Casework
from sim.engine.simpy_engine.environment import Instant, OrderedEnvironment, Waiting
from sim.engine.simpy_engine.gathering import gather
from sim.engine.simpy_engine.network import Network
from sim.engine.simpy_engine.petitions import note_open_petitions
from sim.engine.simpy_engine.vacancies import plan_vacancies
from sim.jurisdiction.contract import Jurisdiction
from sim.protocol.contract import Protocol
from sim.sampling.contract import DisputeBatch
from sim.vocabulary import Rank


def simulate(jurisdiction: Jurisdiction, protocol: Protocol, batch: DisputeBatch) -> Trajectory:
    """Return what happens to every dispute of a batch before the horizon."""
    with _collector_paused():
        env = OrderedEnvironment(jurisdiction.horizon_s)
        network = Network(jurisdiction, protocol)
        rows = BatchRows(batch)
        casework = Casework(env, network, rows)
        cases = _surfacing_cases(rows, jurisdiction.horizon_s)
        plan_vacancies(env, casework.asking.dispatcher, jurisdiction.staff, batch.vacancies)
        env.process(_surfacing(env, casework, rows, cases))
        env.run()
        note_open_petitions(cases, jurisdiction.horizon_s, network.top)
        trajectory = gather(jurisdiction, batch, cases, casework.asking.requests, casework.agreements.broken)
        # Suspended generators hold these, and they hold all the rest. Letting go here frees a run at once; left to the
        # cyclic collector, many runs would pile up.
        cases.clear()
        for holder in (casework.agreements, casework.handing_up, casework.asking.dispatcher, casework.asking, casework):
            vars(holder).clear()
        return trajectory


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Spare the cyclic collector: nearly all that a run makes lives to its end, and looking at it costs a third."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _surfacing_cases(rows: BatchRows, horizon_s: int) -> list[Case]:
    """The disputes that surface in time, in the order of (second, dispute id)."""
    surfacing = [row for row, second in enumerate(rows.surfaced_s) if second < horizon_s]
    surfacing.sort(key=lambda row: (rows.surfaced_s[row], rows.dispute_id[row]))
    return [rows.case(row) for row in surfacing]


def _surfacing(env: OrderedEnvironment, casework: Casework, rows: BatchRows, cases: list[Case]) -> Waiting:
    """Start the life of each case at the second it surfaces."""
    for case in cases:
        yield Instant(env, rows.surfaced_s[case.row], Rank.SURFACING, case.dispute_id)
        env.process(casework.life(case))
