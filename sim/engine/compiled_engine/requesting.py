"""Asking for posts: requests are made with their keys and put where they wait."""

from sim.engine.compiled_engine import luck as drawn
from sim.engine.compiled_engine.codes import (
    MODE_MEETING,
    MODE_PANEL,
    NO_ONE,
    OUTCOME_WAITING,
    PURPOSE_CASEWORK,
    PURPOSE_HANDOVER,
    SITS_ALONE,
    SITS_AT_MEETING,
    SITS_ON_PANEL,
)
from sim.engine.compiled_engine.compiling import compiled
from sim.engine.compiled_engine.luck import LuckRow
from sim.engine.compiled_engine.meetings import put_down
from sim.engine.compiled_engine.place import (
    PlaceRow,
    class_of_category,
    class_of_difficulty,
    queue_for,
    slot_at,
)
from sim.engine.compiled_engine.posts import touch
from sim.engine.compiled_engine.queues import join_queue
from sim.engine.compiled_engine.seating import note_first, seat_members
from sim.engine.compiled_engine.world import WorldRow, case_at, pool_at, request_at, seat_at, visit_at
from sim.vocabulary import NEVER_S


@compiled
def queue_class(place: PlaceRow, luck: LuckRow, world: WorldRow, row: int, tier: int) -> int:
    """Return the priority class of a request that joins now; a lower class is served first."""
    case = case_at(world, row)
    if not place.class_by_difficulty:
        return class_of_category(place, case.category)
    age_s, judgement = world.second - case.emerged_s, case.episode * place.tiers + tier
    return class_of_difficulty(place, drawn.perceived_thresholds(luck, row, judgement, age_s))


@compiled
def new_request(world: WorldRow, row: int, visit_index: int, purpose: int, slot: int) -> int:
    """Make a request that joins now, its key still without class, deadline and number; return its index."""
    case = case_at(world, row)
    index = world.requests_used
    world.requests_used += 1
    request = request_at(world, index)
    request.row, request.visit, request.purpose, request.slot = row, visit_index, purpose, slot
    request.dispute_id, request.joined_s, request.due_s, request.number = case.dispute_id, world.second, 0, 0
    request.outcome, request.over_by, request.sits, request.has_first_handler = OUTCOME_WAITING, NO_ONE, SITS_ALONE, 0
    request.pool = request.post = request.option = request.lead_pool = request.lead_option = NO_ONE
    request.started_s = request.ended_s = request.left_s = NEVER_S
    request.effort_s = request.travel_s = request.occupation_s = request.stamp = 0
    request.first_seat = request.previous = NO_ONE
    request.seats = request.seats_taken = 0
    return index


@compiled
def join_at(place: PlaceRow, world: WorldRow, index: int, choice: int, pool_index: int) -> None:
    """Put a request into the queue of one of the pools that may serve it."""
    pool = pool_at(world, pool_index)
    entry = index << place.choice_bits | choice
    pool.head = join_queue(world, place.choice_bits, pool.head, entry)
    touch(world, pool_index)


@compiled
def join_pools(place: PlaceRow, world: WorldRow, index: int) -> None:
    """Put a request into the queue of every pool that may serve it."""
    request = request_at(world, index)
    slot, home, choice = slot_at(place, request.slot), case_at(world, request.row).home, 0
    for option in range(slot.first_option, slot.option_end):
        pool_index = queue_for(place, home, option)
        if pool_index != NO_ONE:
            join_at(place, world, index, choice, pool_index)
            choice += 1


@compiled
def request_session(place: PlaceRow, luck: LuckRow, world: WorldRow, row: int, slot: int) -> int:
    """Join the queues of a session; return the request."""
    visit_index = case_at(world, row).visit
    visit = visit_at(world, visit_index)
    index = new_request(world, row, visit_index, PURPOSE_CASEWORK, slot)
    request = request_at(world, index)
    request.queue_class = queue_class(place, luck, world, row, visit.tier)
    request.due_s = visit.running_due_s if place.earliest_due else 0
    mode = slot_at(place, slot).mode
    if mode == MODE_PANEL:
        request.sits = SITS_ON_PANEL
        seat_members(place, luck, world, index)
        join_at(place, world, index, 0, seat_at(world, request.first_seat).pool)
    elif mode == MODE_MEETING:
        request.sits = SITS_AT_MEETING
        seat_members(place, luck, world, index)
        put_down(place, world, index)
    else:
        join_pools(place, world, index)
    if place.first_handler_keeps:
        note_first(world, row, index)
    visit.request = index
    return index


@compiled
def request_paperwork(place: PlaceRow, luck: LuckRow, world: WorldRow, row: int) -> None:
    """Ask the staff of the session that the case was last in, waiting for or turned away from to hand it over."""
    case = case_at(world, row)
    visit = visit_at(world, case.visit)
    case.handovers += 1
    if visit.avoided_slot != NO_ONE:
        index = new_request(world, row, case.visit, PURPOSE_HANDOVER, visit.avoided_slot)
        request = request_at(world, index)
        request.queue_class = queue_class(place, luck, world, row, visit.tier)
        request.due_s = visit.running_due_s if place.earliest_due else 0
    else:
        last = request_at(world, visit.request)
        index = new_request(world, row, case.visit, PURPOSE_HANDOVER, last.slot)
        request = request_at(world, index)
        request.queue_class, request.due_s = last.queue_class, last.due_s
    request.number = case.handovers
    join_pools(place, world, index)
