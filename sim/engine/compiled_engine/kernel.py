"""The kernel's loop: takes event after event off the agenda and lets what follows from it happen."""

from typing import Final

import numpy as np

from sim.engine.compiled_engine.agenda import drop_first, index_of, kind_of, plan, rank_of, second_of, turn_pages
from sim.engine.compiled_engine.agreements import ask_for_follow_up, break_agreement, call_off, holds, reopen, uphold
from sim.engine.compiled_engine.codes import (
    AWAITS_SESSION,
    DEPARTURE_PRESENT,
    NO_ONE,
    ON_BREAKING_OFF,
    ON_EXIT,
    ON_FOLLOW_UP_DUE,
    ON_MEETING,
    ON_OPENING,
    ON_POST_FILLED,
    ON_SESSION_END,
    ON_SKIPPING,
    ON_TRIAL,
    ON_VACANCY,
    ON_WAKING,
    OUTCOME_LEFT_QUEUE,
    OUTCOME_NOT_SETTLED,
    OUTCOME_SKIPPED,
    OUTCOME_WAITING,
    PURPOSE_CASEWORK,
    RANK_PATIENCE_END,
    RANK_POST_FILLED,
    RANK_SESSION_END,
    RANK_SURFACING,
    RANK_VACANCY,
    SITS_ALONE,
    SITS_ON_PANEL,
    STEP_ASK,
    STEP_DATE,
    STEP_LEAVE,
    STEP_LOSE,
    STEP_REST,
    STEP_SEE_PARTIES,
    STEP_TRIAGE,
    STEP_VISIT,
)
from sim.engine.compiled_engine.compiling import compiled, entry_point
from sim.engine.compiled_engine.decisions import departure_by
from sim.engine.compiled_engine.dispatching import give_out_posts, head_of
from sim.engine.compiled_engine.lives import (
    ask,
    go_on_after_session,
    leave,
    lose,
    see_whether_parties_settled,
    surface,
    triage,
    visit,
    wait_for_date,
)
from sim.engine.compiled_engine.looking_ahead import look_at_page, look_at_surfacing
from sim.engine.compiled_engine.luck import LuckRow, LuckTable
from sim.engine.compiled_engine.meetings import hold_meetings, open_meeting
from sim.engine.compiled_engine.place import PlaceRow, PlaceTable
from sim.engine.compiled_engine.posts import fill, give_back, touch, vacate
from sim.engine.compiled_engine.waiting import wake
from sim.engine.compiled_engine.world import (
    WorldRow,
    WorldTable,
    agenda_at,
    case_at,
    pool_at,
    request_at,
    seat_at,
    surfacing_at,
    vacancy_at,
    visit_at,
)

DONE: Final = 0
NEEDS_ROOM: Final = 1
"""A table might not take what the next event adds: enlarge them and call again."""

_NEVER: Final = np.iinfo(np.int64).max


@entry_point
def run_events(places: PlaceTable, lucks: LuckTable, worlds: WorldTable) -> int:
    """Let everything happen up to the horizon; return DONE or NEEDS_ROOM. Each table has one row."""
    place, luck, world = places[0], lucks[0], worlds[0]
    if not world.vacancies_planned:
        plan_vacancies(world)
    while has_room(place, world):
        if world.entries_used == 0 and world.put_off > 0:
            turn_pages(world)
            look_at_page(world)
        key = _NEVER if world.entries_used == 0 else agenda_at(world, 0).key
        is_surfacing = world.surfaced < world.surfacing_room and surfacing_at(world, world.surfaced).key < key
        if is_surfacing:
            key = surfacing_at(world, world.surfaced).key
        if world.is_dispatch_due and (key == _NEVER or second_of(key) != world.second):
            dispatch(place, luck, world)
        elif key == _NEVER:
            return DONE
        else:
            world.second = second_of(key)
            if is_surfacing:
                let_surface(place, luck, world)
            else:
                happen(place, luck, world, rank_of(key))
    return NEEDS_ROOM


@compiled
def plan_vacancies(world: WorldRow) -> None:
    """Put every vacancy and every filling of a post on the agenda."""
    world.vacancies_planned = 1
    for index in range(world.vacancies_room):
        vacancy = vacancy_at(world, index)
        plan(world, vacancy.from_s, RANK_VACANCY, vacancy.number, index, ON_VACANCY)
        plan(world, vacancy.until_s, RANK_POST_FILLED, vacancy.number, index, ON_POST_FILLED)


@compiled
def has_room(place: PlaceRow, world: WorldRow) -> bool:
    """Whether every table takes what one more event can add: a case may pass many tiers in one second."""
    most_added = 4 * place.tiers + place.options_count + 8
    return (
        world.visits_used + most_added <= world.visits_room
        and world.requests_used + most_added <= world.requests_room
        and world.seats_used + most_added <= world.seats_room
        and world.agreements_used + most_added <= world.agreements_room
        and world.breaches_used + most_added <= world.breaches_room
    )


@compiled
def dispatch(place: PlaceRow, luck: LuckRow, world: WorldRow) -> None:
    """Give posts out and hold the meetings that open: the last that happens in a second."""
    world.is_dispatch_due = 0
    if world.touched_used > 0:
        give_out_posts(place, luck, world)
    if world.opened_used > 0:
        hold_meetings(place, world)


@compiled
def let_surface(place: PlaceRow, luck: LuckRow, world: WorldRow) -> None:
    """Start the life of the next case."""
    row = surfacing_at(world, world.surfaced).row
    world.surfaced += 1
    look_at_surfacing(luck, world)
    lead_on(place, luck, world, row, surface(place, luck, world, row), DEPARTURE_PRESENT, RANK_SURFACING)


@compiled
def happen(place: PlaceRow, luck: LuckRow, world: WorldRow, rank: int) -> None:
    """Let the first event on the agenda happen, and what follows from it at once."""
    event = agenda_at(world, 0).event
    kind, index = kind_of(event), index_of(event)
    drop_first(world)
    if kind == ON_WAKING:
        next_step, departure = wake(place, world, index, rank)
        lead_on(place, luck, world, index, next_step, departure, rank)
    elif kind == ON_SESSION_END:
        request = request_at(world, index)
        end_session(world, index)
        if request.purpose == PURPOSE_CASEWORK and request.over_by == RANK_SESSION_END:
            next_step, departure = go_on_after_session(place, luck, world, index)
            lead_on(place, luck, world, request.row, next_step, departure, rank)
    elif kind == ON_EXIT:
        if leave_queue(world, index, rank):
            take_away(place, luck, world, index, rank)
    elif kind == ON_BREAKING_OFF:
        take_away(place, luck, world, request_at(world, index).row, rank)
    elif kind == ON_TRIAL:
        if not holds(place, luck, world, index):
            break_agreement(world, index)
            lead_on(place, luck, world, index, reopen(place, luck, world, index), DEPARTURE_PRESENT, rank)
    else:
        happen_to_staff(place, world, kind, index)


@compiled
def happen_to_staff(place: PlaceRow, world: WorldRow, kind: int, index: int) -> None:
    """Let a pool or a meeting open, a follow-up visit be due or be skipped, or a post be left or filled."""
    if kind == ON_OPENING:
        pool_at(world, index).is_opening_planned = 0
        if head_of(place, world, index) != NO_ONE:
            touch(world, index)
    elif kind == ON_MEETING:
        open_meeting(world, index)
    elif kind == ON_FOLLOW_UP_DUE:
        ask_for_follow_up(place, world, index)
    elif kind == ON_SKIPPING:
        call_off(world, index, OUTCOME_SKIPPED)
    elif kind == ON_VACANCY:
        vacate(world, vacancy_at(world, index).pool, vacancy_at(world, index).post)
    elif kind == ON_POST_FILLED:
        fill(world, vacancy_at(world, index).pool, vacancy_at(world, index).post)


@compiled
def take_away(place: PlaceRow, luck: LuckRow, world: WorldRow, row: int, rank: int) -> None:
    """Let an incident, the end of patience or a deadline end a case's visit."""
    case = case_at(world, row)
    departure = departure_by(rank, case.patience_choice, case.tier == place.top)
    lead_on(place, luck, world, row, STEP_LEAVE, departure, rank)


@compiled
def lead_on(
    place: PlaceRow, luck: LuckRow, world: WorldRow, row: int, next_step: int, departure: int, rank: int
) -> None:
    """Lead a case on from step to step until it waits again, or has ended."""
    while next_step != STEP_REST:
        if next_step == STEP_ASK:
            next_step, departure = ask(place, luck, world, row)
        elif next_step == STEP_DATE:
            next_step = wait_for_date(place, luck, world, row)
        elif next_step == STEP_VISIT:
            next_step = visit(place, luck, world, row)
        elif next_step == STEP_LEAVE:
            next_step, rank = leave(place, luck, world, row, departure), RANK_PATIENCE_END
        elif next_step == STEP_TRIAGE:
            next_step = triage(place, luck, world, row)
        elif next_step == STEP_SEE_PARTIES:
            next_step = see_whether_parties_settled(place, luck, world, row)
        elif next_step == STEP_LOSE:
            next_step = lose(place, luck, world, row, rank)
        else:
            uphold(place, luck, world, row)
            next_step = STEP_REST


@compiled
def end_session(world: WorldRow, index: int) -> None:
    """Let those who held a session go."""
    request = request_at(world, index)
    request.outcome = OUTCOME_NOT_SETTLED
    if request.sits == SITS_ALONE:
        give_back(world, request.pool, request.post)
    elif request.sits == SITS_ON_PANEL:
        release_seats(world, index)


@compiled
def release_seats(world: WorldRow, index: int) -> None:
    """Give back every post that a panel holds."""
    request = request_at(world, index)
    for place_at_table in range(request.first_seat, request.first_seat + request.seats_taken):
        seat = seat_at(world, place_at_table)
        seat.released_s = world.second
        give_back(world, seat.pool, seat.post)


@compiled
def leave_queue(world: WorldRow, row: int, rank: int) -> bool:
    """Take a case out of the queue in which it waits for a session, if this exit is still its visit's."""
    case, now_s = case_at(world, row), world.second
    if case.awaits != AWAITS_SESSION or case.visit == NO_ONE:
        return False
    current = visit_at(world, case.visit)
    if current.request == NO_ONE or current.exit_s != now_s or current.exit_rank != rank:
        return False
    request = request_at(world, current.request)
    if request.outcome != OUTCOME_WAITING:
        return False
    request.outcome, request.left_s, request.over_by = OUTCOME_LEFT_QUEUE, now_s, rank
    if request.sits == SITS_ON_PANEL:
        release_seats(world, current.request)
    return True
