"""Who sits at a session of several groups: those that attend, and the first handler."""

from sim.engine.compiled_engine import luck as drawn
from sim.engine.compiled_engine.codes import NO_ONE, PURPOSE_CASEWORK, SITS_ON_PANEL
from sim.engine.compiled_engine.compiling import compiled
from sim.engine.compiled_engine.luck import LuckRow
from sim.engine.compiled_engine.place import PlaceRow, option_at, pool_for, slot_at
from sim.engine.compiled_engine.world import WorldRow, case_at, pool_at, request_at, seat_at, visit_at
from sim.vocabulary import NEVER_S


@compiled
def note_first(world: WorldRow, row: int, index: int) -> None:
    """Remember the first session of an episode: the first that was asked for and started."""
    case = case_at(world, row)
    if case.first_request == NO_ONE or request_at(world, case.first_request).started_s == NEVER_S:
        case.first_request = index


@compiled
def first_handler(world: WorldRow, index: int) -> int:
    """Return the pool that held the episode's first session, below this tier; NO_ONE if it sits here already."""
    request = request_at(world, index)
    first_index = case_at(world, request.row).first_request
    if first_index == NO_ONE:
        return NO_ONE
    first = request_at(world, first_index)
    if first.started_s == NEVER_S or visit_at(world, first.visit).tier >= visit_at(world, request.visit).tier:
        return NO_ONE
    for place_at_table in range(request.first_seat, request.first_seat + request.seats):
        if seat_at(world, place_at_table).pool == first.pool:
            return NO_ONE
    return first.pool


@compiled
def seat_member(world: WorldRow, index: int, pool: int, option: int) -> None:
    """Give a member a place: upper tiers first, then by group, later ones behind their like."""
    request = request_at(world, index)
    at = request.first_seat + request.seats
    while at > request.first_seat:
        before = seat_at(world, at - 1)
        if pool_at(world, before.pool).taking_order <= pool_at(world, pool).taking_order:
            break
        seat = seat_at(world, at)
        seat.pool, seat.option = before.pool, before.option
        at -= 1
    seat = seat_at(world, at)
    seat.pool, seat.option = pool, option
    request.seats += 1


@compiled
def seat_members(place: PlaceRow, luck: LuckRow, world: WorldRow, index: int) -> None:
    """List who sits at a panel or meeting, in the order in which posts are taken; none of them has come yet."""
    request = request_at(world, index)
    slot, home = slot_at(place, request.slot), case_at(world, request.row).home
    before = visit_at(world, request.visit).round_number * place.options_count
    request.first_seat, request.seats, request.seats_taken = world.seats_used, 0, 0
    for option in range(slot.first_option, slot.option_end):
        pool = pool_for(place, home, option)
        if pool == NO_ONE:
            continue
        if not option_at(place, option).is_member:
            request.lead_pool, request.lead_option = pool, option
        elif request.sits == SITS_ON_PANEL and not drawn.attends(luck, before + option, request.row):
            continue
        seat_member(world, index, pool, option)
    if place.first_handler_keeps and request.sits == SITS_ON_PANEL and request.purpose == PURPOSE_CASEWORK:
        handler = first_handler(world, index)
        if handler != NO_ONE:
            request.has_first_handler = 1
            seat_member(world, index, handler, NO_ONE)
    for place_at_table in range(request.first_seat, request.first_seat + request.seats):
        seat = seat_at(world, place_at_table)
        seat.post, seat.taken_s, seat.released_s = NO_ONE, NEVER_S, NEVER_S
        seat.effort_s = seat.travel_s = seat.occupation_s = 0
    world.seats_used += request.seats
