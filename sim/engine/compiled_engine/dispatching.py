"""Dispatch: posts are given out once in every second in which something touched a pool, in the order of keys."""

from sim.engine.compiled_engine import cards
from sim.engine.compiled_engine.agenda import plan
from sim.engine.compiled_engine.clocks import finish_s, is_open, next_opening_s
from sim.engine.compiled_engine.codes import (
    NO_ONE,
    ON_BREAKING_OFF,
    ON_OPENING,
    ON_SESSION_END,
    OUTCOME_IN_SESSION,
    PURPOSE_CASEWORK,
    PURPOSE_FOLLOW_UP,
    PURPOSE_HANDOVER,
    RANK_INCIDENT,
    RANK_OPENING,
    RANK_SESSION_END,
    SITS_ON_PANEL,
)
from sim.engine.compiled_engine.compiling import compiled
from sim.engine.compiled_engine.luck import LuckRow
from sim.engine.compiled_engine.place import (
    PlaceRow,
    follow_up_occupation_s,
    follow_up_travel_s,
    option_at,
    queue_for,
    slot_at,
)
from sim.engine.compiled_engine.posts import take_post
from sim.engine.compiled_engine.queues import first_waiting, join_queue, leave_front, precedes
from sim.engine.compiled_engine.world import (
    WorldRow,
    case_at,
    pool_at,
    ready_at,
    request_at,
    seat_at,
    touched_at,
    visit_at,
)
from sim.vocabulary import NEVER_S


@compiled
def choice_of(place: PlaceRow, world: WorldRow, index: int) -> tuple[int, int]:
    """Return the first pool, by preference, that is open and has a post for a waiting request, with its option."""
    request = request_at(world, index)
    if request.purpose == PURPOSE_FOLLOW_UP or request.sits == SITS_ON_PANEL:
        return _fixed_choice(world, index)
    slot, home = slot_at(place, request.slot), case_at(world, request.row).home
    for option in range(slot.first_option, slot.option_end):
        pool_index = queue_for(place, home, option)
        if pool_index != NO_ONE:
            pool = pool_at(world, pool_index)
            if pool.free > 0 and is_open(place, world, pool.clock):
                return pool_index, option
    return NO_ONE, NO_ONE


@compiled
def _fixed_choice(world: WorldRow, index: int) -> tuple[int, int]:
    """Return the pool that made the settlement for a follow-up visit, that of the member who comes next for a panel."""
    request = request_at(world, index)
    if request.sits == SITS_ON_PANEL:
        seat = seat_at(world, request.first_seat + request.seats_taken)
        return seat.pool, seat.option
    return request.lead_pool, request.lead_option


@compiled
def durations(place: PlaceRow, luck: LuckRow, world: WorldRow, index: int, option: int) -> tuple[int, int, int]:
    """Return occupation, effort and travel of a request served by an option: as drawn, or as the scenario says."""
    request = request_at(world, index)
    row = request.row
    if request.purpose == PURPOSE_CASEWORK:
        visit_round = visit_at(world, request.visit).round_number
        return (
            cards.occupation_s(place, luck, row, visit_round, request.slot, option),
            cards.effort_s(place, luck, row, visit_round, request.slot),
            cards.travel_s(luck, row, request.slot, option),
        )
    if request.purpose == PURPOSE_HANDOVER:
        return option_at(place, option).handover_occupation_s, place.handover_effort_s, 0
    group, home = option_at(place, option).group, case_at(world, row).home
    return follow_up_occupation_s(place, group, home), place.follow_up_effort_s, follow_up_travel_s(place, group, home)


@compiled
def plan_end(world: WorldRow, index: int) -> None:
    """Let a session that starts now end, and its case go on then or at an incident before."""
    request = request_at(world, index)
    incident_s = case_at(world, request.row).incident_s if request.purpose == PURPOSE_CASEWORK else NEVER_S
    if incident_s < request.ended_s:
        request.over_by = RANK_INCIDENT
        plan(world, incident_s, RANK_INCIDENT, request.dispute_id, index, ON_BREAKING_OFF)
    else:
        request.over_by = RANK_SESSION_END
    plan(world, request.ended_s, RANK_SESSION_END, request.dispute_id, index, ON_SESSION_END)


@compiled
def plan_opening(place: PlaceRow, world: WorldRow, index: int) -> None:
    """Look at a closed pool again when it opens."""
    pool = pool_at(world, index)
    if not pool.is_opening_planned:
        pool.is_opening_planned = 1
        plan(world, next_opening_s(place, world, pool.clock), RANK_OPENING, index, index, ON_OPENING)


@compiled
def start(place: PlaceRow, luck: LuckRow, world: WorldRow, index: int, pool_index: int, option: int) -> None:
    """Start the session of a request that needs one post."""
    request = request_at(world, index)
    request.outcome = OUTCOME_IN_SESSION
    request.pool, request.option = pool_index, option
    request.post = take_post(world, pool_index)
    request.occupation_s, request.effort_s, request.travel_s = durations(place, luck, world, index, option)
    request.started_s = world.second
    request.ended_s = finish_s(place, world, pool_at(world, pool_index).clock, request.occupation_s)
    plan_end(world, index)


@compiled
def seat_panel(place: PlaceRow, luck: LuckRow, world: WorldRow, index: int, entry: int) -> None:
    """Take the posts of a panel's members one after the other; wait at the first that has none, or begin."""
    request, now_s = request_at(world, index), world.second
    while request.seats_taken < request.seats:
        seat = seat_at(world, request.first_seat + request.seats_taken)
        pool = pool_at(world, seat.pool)
        if pool.free == 0 or not is_open(place, world, pool.clock):
            pool.head = join_queue(world, place.choice_bits, pool.head, entry)
            if pool.free > 0:
                plan_opening(place, world, seat.pool)
            return
        seat.post, seat.taken_s = take_post(world, seat.pool), now_s
        request.seats_taken += 1
    begin_panel(place, luck, world, index)


@compiled
def begin_panel(place: PlaceRow, luck: LuckRow, world: WorldRow, index: int) -> None:
    """Start a panel whose last member has come: all sit until the longest occupation has passed."""
    request = request_at(world, index)
    seats = range(request.first_seat, request.first_seat + request.seats)
    request.outcome, request.started_s = OUTCOME_IN_SESSION, world.second
    request.occupation_s = request.effort_s = request.travel_s = 0
    effort_of_first_s = NO_ONE
    for place_at_table in seats:
        seat = seat_at(world, place_at_table)
        if seat.option != NO_ONE:
            seat.occupation_s, seat.effort_s, seat.travel_s = durations(place, luck, world, index, seat.option)
            request.occupation_s = max(request.occupation_s, seat.occupation_s)
            if effort_of_first_s == NO_ONE:
                effort_of_first_s = seat.effort_s
    request.pool, request.option, request.post = request.lead_pool, request.lead_option, NO_ONE
    request.ended_s = finish_s(place, world, pool_at(world, request.lead_pool).clock, request.occupation_s)
    for place_at_table in seats:
        seat = seat_at(world, place_at_table)
        if seat.option == NO_ONE:  # the first handler, who sits with the rest from beginning to end
            seat.occupation_s, seat.effort_s = request.occupation_s, effort_of_first_s
        request.effort_s += seat.effort_s
        request.travel_s += seat.travel_s
        if seat.pool == request.pool and request.post == NO_ONE:
            request.post = seat.post
        seat.released_s = request.ended_s
    plan_end(world, index)


@compiled
def serve_first(place: PlaceRow, luck: LuckRow, world: WorldRow, index: int) -> None:
    """Serve the first request of a pool's queue with a post of its earliest listed pool that is ready."""
    pool = pool_at(world, index)
    entry = pool.head
    request_index = entry >> place.choice_bits
    pool.head = leave_front(world, place.choice_bits, entry)
    pool_index, option = choice_of(place, world, request_index)
    if request_at(world, request_index).sits == SITS_ON_PANEL:
        seat_panel(place, luck, world, request_index, entry)
    else:
        start(place, luck, world, request_index, pool_index, option)


@compiled
def head_of(place: PlaceRow, world: WorldRow, index: int) -> int:
    """Return the first entry that waits at a pool."""
    pool = pool_at(world, index)
    pool.head = first_waiting(world, place.choice_bits, pool.head)
    return pool.head


@compiled
def gather_ready(place: PlaceRow, world: WorldRow) -> int:
    """List the touched pools that can serve somebody now and return how many; closed ones plan their opening."""
    ready = 0
    for place_in_list in range(world.touched_used):
        index = touched_at(world, place_in_list).value
        pool = pool_at(world, index)
        pool.is_touched = 0
        if pool.free == 0 or head_of(place, world, index) == NO_ONE:
            continue
        if not is_open(place, world, pool.clock):
            plan_opening(place, world, index)
            continue
        touched_at(world, ready).value = index
        ready += 1
    world.touched_used = 0
    return ready


@compiled
def give_out_posts(place: PlaceRow, luck: LuckRow, world: WorldRow) -> None:
    """Serve the waiting requests of the touched pools in the order of their keys."""
    ready = gather_ready(place, world)
    if ready > 1 and place.may_wait_at_several:
        serve_by_key(place, luck, world, ready)
    for place_in_list in range(ready):
        index = touched_at(world, place_in_list).value
        while pool_at(world, index).free > 0 and head_of(place, world, index) != NO_ONE:
            serve_first(place, luck, world, index)


@compiled
def serve_by_key(place: PlaceRow, luck: LuckRow, world: WorldRow, ready: int) -> None:
    """Serve several pools in one order of keys, since a request may wait at more than one."""
    count = 0
    for place_in_list in range(ready):
        index = touched_at(world, place_in_list).value
        _put_ready(world, count, index, pool_at(world, index).head >> place.choice_bits)
        count += 1
    while count > 0:
        first = ready_at(world, 0)
        index, request = first.pool, first.request
        count -= 1
        _drop_ready(world, count)
        entry = head_of(place, world, index)
        if entry != NO_ONE and pool_at(world, index).free > 0 and entry >> place.choice_bits == request:
            serve_first(place, luck, world, index)
            entry = head_of(place, world, index)
        if entry != NO_ONE and pool_at(world, index).free > 0:
            _put_ready(world, count, index, entry >> place.choice_bits)
            count += 1


@compiled
def _is_earlier(world: WorldRow, request: int, index: int, other: int) -> bool:
    """Whether a pool with its first request comes before one in the heap: by the request's key, then by number."""
    listed = ready_at(world, other)
    if listed.request == request:
        return index < listed.pool
    return precedes(world, request, listed.request)


@compiled
def _put_ready(world: WorldRow, count: int, index: int, request: int) -> None:
    """Put a pool and its first request into the heap of pools that are ready."""
    at = count
    while at > 0:
        parent = (at - 1) // 2
        if not _is_earlier(world, request, index, parent):
            break
        _write_ready(world, at, ready_at(world, parent).pool, ready_at(world, parent).request)
        at = parent
    _write_ready(world, at, index, request)


@compiled
def _drop_ready(world: WorldRow, last: int) -> None:
    """Take the first out of the heap of pools that are ready, of which `last` are left."""
    at = 0
    index, request = ready_at(world, last).pool, ready_at(world, last).request
    while True:
        child = 2 * at + 1
        if child >= last:
            break
        other = ready_at(world, child + 1)
        if child + 1 < last and _is_earlier(world, other.request, other.pool, child):
            child += 1
        if _is_earlier(world, request, index, child):
            break
        _write_ready(world, at, ready_at(world, child).pool, ready_at(world, child).request)
        at = child
    _write_ready(world, at, index, request)


@compiled
def _write_ready(world: WorldRow, at: int, index: int, request: int) -> None:
    listed = ready_at(world, at)
    listed.pool, listed.request = index, request
