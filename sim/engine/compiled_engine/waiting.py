"""Waiting for a second to come, unless an incident, the end of patience or a deadline comes before."""

from sim.engine.compiled_engine.agenda import plan
from sim.engine.compiled_engine.codes import (
    AWAITS_ARRIVAL,
    AWAITS_DATE,
    AWAITS_OWN_SETTLEMENT,
    AWAITS_REGISTRATION,
    DEPARTURE_PRESENT,
    ON_WAKING,
    RANK_ARRIVAL,
    STEP_ASK,
    STEP_LEAVE,
    STEP_LOSE,
    STEP_REST,
    STEP_SEE_PARTIES,
    STEP_TRIAGE,
    STEP_VISIT,
)
from sim.engine.compiled_engine.compiling import compiled
from sim.engine.compiled_engine.decisions import departure_by, first_exit, leaves_before, running_patience_s
from sim.engine.compiled_engine.place import PlaceRow
from sim.engine.compiled_engine.world import WorldRow, case_at
from sim.vocabulary import NEVER_S


@compiled
def wait(
    place: PlaceRow,
    world: WorldRow,
    row: int,
    until_s: int,
    exit_s: int,
    exit_rank: int,
    awaits: int,
    step_after: int,
) -> int:
    """Wait until a second unless the case is taken away before; return the step after it if it has come, else rest."""
    case = case_at(world, row)
    case.awaits = awaits
    if leaves_before(exit_s, until_s):
        plan(world, exit_s, exit_rank, case.dispute_id, row, ON_WAKING)
        return STEP_REST
    # Who comes at once takes its turn among the others of this second only where it matters how many wait.
    if until_s > world.second or place.refers_by_load:
        plan(world, until_s, RANK_ARRIVAL, case.dispute_id, row, ON_WAKING)
        return STEP_REST
    return step_after


@compiled
def wait_on_the_way(place: PlaceRow, world: WorldRow, row: int, until_s: int, awaits: int, step_after: int) -> int:
    """Wait at no tier, where no deadline counts."""
    case = case_at(world, row)
    patience_s = running_patience_s(case.patience_s, case.patience_choice, case.is_bypassed != 0, False)
    exit_s, exit_rank = first_exit(case.incident_s, patience_s, NEVER_S)
    return wait(place, world, row, until_s, exit_s, exit_rank, awaits, step_after)


@compiled
def travel(place: PlaceRow, world: WorldRow, row: int, to_tier: int, delay_s: int) -> int:
    """Let a case be on its way to a tier."""
    case_at(world, row).tier = to_tier
    return wait_on_the_way(place, world, row, world.second + delay_s, AWAITS_ARRIVAL, STEP_VISIT)


@compiled
def wake(place: PlaceRow, world: WorldRow, row: int, rank: int) -> tuple[int, int]:
    """Take up a case whose waiting is over; return the step that follows and how a visit it takes it from ends."""
    case = case_at(world, row)
    if case.awaits == AWAITS_DATE:
        if rank == RANK_ARRIVAL:
            return STEP_ASK, DEPARTURE_PRESENT
        return STEP_LEAVE, departure_by(rank, case.patience_choice, case.tier == place.top)
    if rank != RANK_ARRIVAL:
        return STEP_LOSE, DEPARTURE_PRESENT
    if case.awaits == AWAITS_REGISTRATION:
        return STEP_TRIAGE, DEPARTURE_PRESENT
    if case.awaits == AWAITS_OWN_SETTLEMENT:
        return STEP_SEE_PARTIES, DEPARTURE_PRESENT
    return STEP_VISIT, DEPARTURE_PRESENT
