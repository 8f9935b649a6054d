"""Meetings: cases wait on a docket, and those that fit are heard one after the other when the next meeting opens."""

from sim.engine.compiled_engine.agenda import plan
from sim.engine.compiled_engine.clocks import meeting_from
from sim.engine.compiled_engine.codes import NO_ONE, ON_MEETING, OUTCOME_IN_SESSION, RANK_OPENING
from sim.engine.compiled_engine.compiling import compiled
from sim.engine.compiled_engine.dispatching import plan_end
from sim.engine.compiled_engine.place import PlaceRow, slot_at
from sim.engine.compiled_engine.queues import first_waiting, join_queue, leave_front
from sim.engine.compiled_engine.world import WorldRow, docket_at, opened_at, pool_at, request_at, seat_at, stacked_at


@compiled
def docket_of(place: PlaceRow, slot: int, lead_pool: int) -> int:
    """Return the docket of a session under a lead's pool."""
    return slot_at(place, slot).docket_row * place.pools_count + lead_pool


@compiled
def has_waiting(place: PlaceRow, world: WorldRow, index: int) -> bool:
    """Whether a case waits on a docket."""
    docket = docket_at(world, index)
    docket.head = first_waiting(world, place.choice_bits, docket.head)
    return docket.head != NO_ONE


@compiled
def put_down(place: PlaceRow, world: WorldRow, request_index: int) -> None:
    """Put a case on its docket."""
    request = request_at(world, request_index)
    index = docket_of(place, request.slot, request.lead_pool)
    docket, entry = docket_at(world, index), request_index << place.choice_bits
    docket.head = join_queue(world, place.choice_bits, docket.head, entry)
    plan_meeting(place, world, index, request.slot, request.lead_pool)


@compiled
def plan_meeting(place: PlaceRow, world: WorldRow, index: int, slot: int, lead_pool: int) -> None:
    """Plan the next meeting's opening; one that has been held in this second is over for who comes after it."""
    docket, now_s = docket_at(world, index), world.second
    from_s = now_s + 1 if docket.met_s == now_s else now_s
    opens_s, _ = meeting_from(place, world, slot_at(place, slot).meeting_clock, from_s)
    if docket.planned_s != opens_s:
        docket.planned_s = opens_s
        plan(world, opens_s, RANK_OPENING, lead_pool, index, ON_MEETING)


@compiled
def open_meeting(world: WorldRow, index: int) -> None:
    """Let a meeting begin once posts have been given out in this second."""
    docket_at(world, index).planned_s = NO_ONE
    opened_at(world, world.opened_used).value = index
    world.opened_used += 1
    world.is_dispatch_due = 1


@compiled
def hold_meetings(place: PlaceRow, world: WorldRow) -> None:
    """Hear the dockets whose meeting opens now."""
    for place_in_list in range(world.opened_used):
        index = opened_at(world, place_in_list).value
        if has_waiting(place, world, index):
            meet(place, world, index)
    world.opened_used = 0


@compiled
def meet(place: PlaceRow, world: WorldRow, index: int) -> None:
    """Hear as many cases as there is room for, if the lead has anybody; the length is shared out over them."""
    docket, now_s = docket_at(world, index), world.second
    first = request_at(world, docket.head >> place.choice_bits)
    slot, lead_pool = first.slot, first.lead_pool
    docket.met_s = now_s
    if pool_at(world, lead_pool).filled == 0:
        plan_meeting(place, world, index, slot, lead_pool)
        return
    _, closes_s = meeting_from(place, world, slot_at(place, slot).meeting_clock, now_s)
    length_s, case_s = closes_s - now_s, slot_at(place, slot).meeting_case_s
    places, heard = length_s // case_s, 0
    while heard < places and has_waiting(place, world, index):
        entry = docket.head
        docket.head = leave_front(world, place.choice_bits, entry)
        stacked_at(world, heard).value = entry >> place.choice_bits
        heard += 1
    if has_waiting(place, world, index):
        plan_meeting(place, world, index, slot, lead_pool)
    for turn in range(heard):
        share_s = length_s // heard
        if turn == 0:
            share_s += length_s % heard
        hear(world, stacked_at(world, turn).value, now_s + (turn + 1) * case_s, share_s)


@compiled
def hear(world: WorldRow, index: int, ended_s: int, share_s: int) -> None:
    """Hear a case at a meeting that has begun."""
    request, now_s = request_at(world, index), world.second
    request.outcome, request.started_s, request.ended_s = OUTCOME_IN_SESSION, now_s, ended_s
    request.pool, request.option = request.lead_pool, request.lead_option
    for place_at_table in range(request.first_seat, request.first_seat + request.seats):
        seat = seat_at(world, place_at_table)
        seat.taken_s, seat.released_s, seat.effort_s = now_s, ended_s, share_s
    request.seats_taken = request.seats
    request.effort_s = share_s * request.seats
    plan_end(world, index)
