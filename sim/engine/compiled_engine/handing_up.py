"""What keeps a case at a tier or sends it up from a full queue."""

from sim.engine.compiled_engine import luck as drawn
from sim.engine.compiled_engine.codes import NO_ONE
from sim.engine.compiled_engine.compiling import compiled
from sim.engine.compiled_engine.decisions import acting_due_s, first_exit, is_busy
from sim.engine.compiled_engine.luck import LuckRow
from sim.engine.compiled_engine.place import (
    PlaceRow,
    first_slot,
    is_held_for,
    is_staffed,
    queue_for,
    refer_at_waiting,
    slot_at,
)
from sim.engine.compiled_engine.queues import count_waiting
from sim.engine.compiled_engine.world import VisitRow, WorldRow, case_at, pool_at, visit_at


@compiled
def is_held(place: PlaceRow, world: WorldRow, row: int, slot: int) -> bool:
    """Whether a session is held for a case's category and can be held for its home unit."""
    case = case_at(world, row)
    return is_staffed(place, case.home, slot) and is_held_for(place, slot, case.category)


@compiled
def following_slot(place: PlaceRow, world: WorldRow, row: int, slot: int, tier: int) -> int:
    """Return the first session there is for a case at a tier from a slot on, NO_ONE if there is none."""
    for later in range(slot, first_slot(place, tier + 1)):
        if is_held(place, world, row, later):
            return later
    return NO_ONE


@compiled
def hold_until_tried(place: PlaceRow, world: WorldRow, row: int, visit: VisitRow) -> None:
    """Let no deadline act on a new visit before the tier's required sessions have been held."""
    visit.required_until = NO_ONE
    for slot in range(first_slot(place, visit.tier), first_slot(place, visit.tier + 1)):
        if slot_at(place, slot).must_have_tried and is_held(place, world, row, slot):
            visit.required_until = slot
    visit.acting_due_s = acting_due_s(visit.running_due_s, visit.required_until)
    set_exit(world, row, visit)


@compiled
def set_free(world: WorldRow, row: int, visit: VisitRow) -> None:
    """Let the deadline act from now on: the last required session has been held."""
    visit.acting_due_s = visit.running_due_s
    set_exit(world, row, visit)


@compiled
def set_exit(world: WorldRow, row: int, visit: VisitRow) -> None:
    """Note what would take a case away from a visit first."""
    visit.exit_s, visit.exit_rank = first_exit(
        case_at(world, row).incident_s, visit.running_patience_s, visit.acting_due_s
    )


@compiled
def is_too_busy(place: PlaceRow, luck: LuckRow, world: WorldRow, row: int, slot: int) -> bool:
    """Whether the tier hands a case up rather than let it join the queue of a session, which is then noted."""
    case = case_at(world, row)
    visit = visit_at(world, case.visit)
    column = visit.round_number * place.slots_count + slot
    if slot <= visit.required_until or not drawn.referred_if_busy(luck, column, row):
        return False
    world.stamp += 1
    waiting = 0
    for option in range(slot_at(place, slot).first_option, slot_at(place, slot).option_end):
        pool = queue_for(place, case.home, option)
        if pool != NO_ONE:
            waiting += count_waiting(world, place.choice_bits, pool_at(world, pool).head, world.stamp)
    if not is_busy(waiting, refer_at_waiting(place, slot, case.home)):
        return False
    visit.avoided_slot = slot
    return True
