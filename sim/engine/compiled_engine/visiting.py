"""What changes at once when a case arrives at a tier or leaves it, and how a tier judges it."""

from sim.engine.compiled_engine import cards
from sim.engine.compiled_engine import luck as drawn
from sim.engine.compiled_engine.codes import (
    DEPARTURE_INCIDENT,
    DEPARTURE_PRESENT,
    DEPARTURE_SETTLED,
    MODE_INTAKE,
    NO_ONE,
)
from sim.engine.compiled_engine.compiling import compiled
from sim.engine.compiled_engine.decisions import (
    is_petition_in_place,
    is_sent_back,
    judged_grade,
    passes,
    running_due_s,
    running_patience_s,
)
from sim.engine.compiled_engine.handing_up import following_slot, hold_until_tried, set_exit
from sim.engine.compiled_engine.luck import LuckRow
from sim.engine.compiled_engine.place import (
    PlaceRow,
    first_slot,
    may_return,
    slot_at,
    tier_due_s,
    tier_of_grade,
    unit_above,
)
from sim.engine.compiled_engine.world import WorldRow, case_at, request_at, visit_at
from sim.vocabulary import NEVER_S, SECONDS_PER_DAY


@compiled
def arrive(place: PlaceRow, world: WorldRow, row: int) -> None:
    """Open a visit to the tier for which a case is heading."""
    case = case_at(world, row)
    index, tier, now_s = world.visits_used, case.tier, world.second
    world.visits_used += 1
    tier_visit, earlier = 0, case.visit
    while earlier != NO_ONE:
        if visit_at(world, earlier).tier == tier:
            tier_visit += 1
        earlier = visit_at(world, earlier).previous
    visit = visit_at(world, index)
    visit.row, visit.number, visit.episode = row, case.visit_count, case.episode
    visit.tier, visit.unit, visit.tier_visit = tier, unit_above(place, case.home, tier), tier_visit
    visit.round_number = case.episode * place.visits_per_episode + tier_visit
    visit.arrived_s, visit.left_s, visit.departure = now_s, NEVER_S, DEPARTURE_PRESENT
    visit.due_s = tier_due_s(place, tier, now_s // SECONDS_PER_DAY)
    visit.running_due_s = running_due_s(visit.due_s, case.overall_due_s, now_s)
    visit.acting_due_s = visit.running_due_s
    visit.running_patience_s = running_patience_s(
        case.patience_s, case.patience_choice, case.is_bypassed != 0, tier == place.top
    )
    visit.request = visit.required_until = visit.avoided_slot = NO_ONE
    visit.previous = case.visit
    case.visit = index
    case.visit_count += 1
    if place.requires_sessions:
        hold_until_tried(place, world, row, visit)
    else:
        set_exit(world, row, visit)


@compiled
def depart(place: PlaceRow, world: WorldRow, row: int, departure: int) -> None:
    """Close a visit; a petition to the top tier of a case that was there is noted now."""
    case, now_s = case_at(world, row), world.second
    visit = visit_at(world, case.visit)
    visit.left_s, visit.departure = now_s, departure
    case.awaits_diagnosis = 0
    note_petition(place, world, row, now_s)


@compiled
def note_petition(place: PlaceRow, world: WorldRow, row: int, now_s: int) -> None:
    """Flag a case at the top tier whose parties have petitioned there by now: nothing else changes."""
    case = case_at(world, row)
    visit = visit_at(world, case.visit)
    if visit.tier != place.top:
        return
    last_chance_s = now_s
    if visit.departure in (DEPARTURE_SETTLED, DEPARTURE_INCIDENT, DEPARTURE_PRESENT):
        last_chance_s = now_s - 1
        if visit.request != NO_ONE:
            request = request_at(world, visit.request)
            if request.started_s != NEVER_S and request.ended_s >= now_s:
                last_chance_s = request.started_s
    if is_petition_in_place(case.patience_s, case.patience_choice, last_chance_s):
        case.is_bypassed = 1


@compiled
def grade(place: PlaceRow, luck: LuckRow, world: WorldRow, row: int, tier: int) -> int:
    """Grade a case as a tier sees it now."""
    case = case_at(world, row)
    judgement = case.episode * place.tiers + tier
    return judged_grade(
        world.second - case.emerged_s,
        drawn.graded_until_age_s(luck, row, judgement, 0),
        drawn.graded_until_age_s(luck, row, judgement, 1),
        drawn.graded_until_age_s(luck, row, judgement, 2),
    )


@compiled
def lowest_staffed_tier(place: PlaceRow, world: WorldRow, row: int) -> int:
    """Return the lowest tier that can hold a session for a case; above the top if none can."""
    for tier in range(place.tiers):
        if following_slot(place, world, row, first_slot(place, tier), tier) != NO_ONE:
            return tier
    return place.tiers


@compiled
def is_returned(place: PlaceRow, luck: LuckRow, world: WorldRow, row: int) -> bool:
    """Whether a tier judges again on arrival from elsewhere and sends the case down."""
    case = case_at(world, row)
    if not may_return(place, case.tier) or not case.came_from_below:
        return False
    graded = tier_of_grade(place, grade(place, luck, world, row, case.tier))
    lowest = lowest_staffed_tier(place, world, row)
    return is_sent_back(graded, case.tier, lowest, case.was_returned != 0, case.is_bypassed != 0)


@compiled
def is_diagnosed_at(place: PlaceRow, world: WorldRow, row: int, tier: int) -> bool:
    """Whether triage of a case waits for an intake session at a tier."""
    if not place.triage_after_intake:
        return False
    first = following_slot(place, world, row, first_slot(place, tier), tier)
    return first != NO_ONE and slot_at(place, first).mode == MODE_INTAKE


@compiled
def is_settled_by(place: PlaceRow, luck: LuckRow, world: WorldRow, index: int) -> bool:
    """Whether the session that has just ended settles the dispute, at the difficulty it had when it started."""
    request = request_at(world, index)
    if slot_at(place, request.slot).mode == MODE_INTAKE:
        return False
    row = request.row
    visit_round = visit_at(world, request.visit).round_number
    if request.has_first_handler:
        column = visit_round * place.options_count + request.option
        until_age_s = drawn.settle_with_handler_until_age_s(luck, column, row)
    else:
        until_age_s = cards.settle_until_age_s(place, luck, row, visit_round, request.slot, request.option)
    return passes(request.started_s - case_at(world, row).emerged_s, until_age_s)
