"""The life of a case in steps: registration, triage, sessions tier by tier, handover, and every way out.

A step does what follows at once and names the next one, or lets the case rest until an event on the agenda wakes it.
"""

from sim.engine.compiled_engine import cards
from sim.engine.compiled_engine import luck as drawn
from sim.engine.compiled_engine.agenda import key_of, plan
from sim.engine.compiled_engine.codes import (
    AWAITS_DATE,
    AWAITS_OWN_SETTLEMENT,
    AWAITS_REGISTRATION,
    AWAITS_SESSION,
    CHOICE_LITIGATE,
    CHOICE_WITHDRAW,
    DEPARTURE_ADJUDICATED,
    DEPARTURE_BYPASSED,
    DEPARTURE_ESCALATED_DEADLINE,
    DEPARTURE_ESCALATED_EXHAUSTED,
    DEPARTURE_LITIGATED,
    DEPARTURE_PAPER_SETTLED,
    DEPARTURE_PASSED_THROUGH,
    DEPARTURE_PRESENT,
    DEPARTURE_REFERRED_BY_LOAD,
    DEPARTURE_REFERRED_UP,
    DEPARTURE_RETURNED_DOWN,
    DEPARTURE_SETTLED,
    DEPARTURE_WITHDRAWN,
    FATE_ADJUDICATED,
    FATE_INCIDENT,
    FATE_LITIGATED,
    FATE_OPEN,
    FATE_SETTLED,
    FATE_WITHDRAWN,
    FATE_WITHDRAWN_FADED,
    GRADE_MICRO,
    GRADE_SMALL,
    NO_ONE,
    ON_EXIT,
    OUTCOME_SETTLED,
    RANK_INCIDENT,
    STEP_ASK,
    STEP_DATE,
    STEP_LEAVE,
    STEP_LOSE,
    STEP_REST,
    STEP_SEE_PARTIES,
    STEP_TRIAGE,
    STEP_UPHOLD,
    STEP_VISIT,
    TRIAGE_GRADED,
)
from sim.engine.compiled_engine.compiling import compiled
from sim.engine.compiled_engine.decisions import after_withdrawal, departure_after_session, passes, starting_tier
from sim.engine.compiled_engine.handing_up import following_slot, is_too_busy, set_free
from sim.engine.compiled_engine.luck import LuckRow
from sim.engine.compiled_engine.place import PlaceRow, first_slot, overall_due_s, tier_of_grade
from sim.engine.compiled_engine.requesting import request_paperwork, request_session
from sim.engine.compiled_engine.visiting import (
    arrive,
    depart,
    grade,
    is_diagnosed_at,
    is_returned,
    is_settled_by,
    lowest_staffed_tier,
)
from sim.engine.compiled_engine.waiting import travel, wait, wait_on_the_way
from sim.engine.compiled_engine.world import WorldRow, case_at, request_at, visit_at
from sim.vocabulary import NEVER_S, NOWHERE, SECONDS_PER_DAY

# --- the story of a case ----------------------------------------------------------------------------------------------


@compiled
def surface(place: PlaceRow, luck: LuckRow, world: WorldRow, row: int) -> int:
    """Open the case of a dispute that surfaces, and let it wait for its registration; return the step that follows."""
    case = case_at(world, row)
    case.dispute_id, case.home, case.category = (
        drawn.dispute_id(luck, row),
        drawn.home_unit(luck, row),
        drawn.category(luck, row),
    )
    case.emerged_s, case.incident_s, case.patience_s = (
        drawn.emerged_s(luck, row),
        drawn.incident_s(luck, row),
        drawn.patience_s(luck, row),
    )
    case.patience_choice, case.overall_due_s = drawn.patience_choice(luck, row), NEVER_S
    case.fate, case.fate_s, case.tier, case.withdrawn_s = FATE_OPEN, NEVER_S, NOWHERE, NEVER_S
    case.visit = case.first_request = case.agreement = NO_ONE
    case.exit_key = NO_ONE
    case.awaits_diagnosis = case.came_from_below = case.is_bypassed = case.was_returned = case.episode = 0
    case.visit_count = case.handovers = case.follow_ups = 0
    return wait_on_the_way(place, world, row, drawn.registered_s(luck, row), AWAITS_REGISTRATION, STEP_TRIAGE)


@compiled
def triage(place: PlaceRow, luck: LuckRow, world: WorldRow, row: int) -> int:
    """Let the overall deadline run and name the tier where the case starts."""
    case, now_s = case_at(world, row), world.second
    case.overall_due_s = overall_due_s(place, now_s // SECONDS_PER_DAY)
    entry = drawn.entry_tier(luck, row)
    if place.triage_rule != TRIAGE_GRADED:
        case.tier = starting_tier(place.triage_rule, entry, entry)
        return STEP_VISIT
    if is_diagnosed_at(place, world, row, entry):
        case.awaits_diagnosis, case.tier = 1, entry
        return STEP_VISIT
    graded = grade(place, luck, world, row, entry)
    if graded == GRADE_MICRO and place.self_s != NEVER_S:
        return wait_on_the_way(place, world, row, now_s + place.self_s, AWAITS_OWN_SETTLEMENT, STEP_SEE_PARTIES)
    case.tier = starting_tier(place.triage_rule, entry, tier_of_grade(place, graded))
    return STEP_VISIT


@compiled
def see_whether_parties_settled(place: PlaceRow, luck: LuckRow, world: WorldRow, row: int) -> int:
    """End a micro matter that its parties have settled themselves; else it goes where small ones go."""
    case, now_s = case_at(world, row), world.second
    if passes(now_s - case.emerged_s, drawn.self_settle_until_age_of_episode_s(luck, case.episode, row)):
        case.fate, case.fate_s = FATE_SETTLED, now_s
        return STEP_UPHOLD
    case.tier = tier_of_grade(place, GRADE_SMALL)
    return STEP_VISIT


@compiled
def visit(place: PlaceRow, luck: LuckRow, world: WorldRow, row: int) -> int:
    """Let a case arrive at a tier, which tries its sessions in order, sends it back or lets it pass."""
    case = case_at(world, row)
    arrive(place, world, row)
    case.slot = following_slot(place, world, row, first_slot(place, case.tier), case.tier)
    if case.slot == NO_ONE:
        return pass_through(place, world, row)
    if is_returned(place, luck, world, row):
        case.was_returned = 1
        delay_s = handover_delay_s(place, luck, world, row)
        depart(place, world, row, DEPARTURE_RETURNED_DOWN)
        return travel(place, world, row, lowest_staffed_tier(place, world, row), delay_s)
    return STEP_ASK


@compiled
def wait_for_date(place: PlaceRow, luck: LuckRow, world: WorldRow, row: int) -> int:
    """Wait for the date of a session that is not the first of its tier."""
    case, now_s = case_at(world, row), world.second
    current = visit_at(world, case.visit)
    gap_s = cards.gap_s(place, luck, row, current.round_number, case.slot)
    return wait(place, world, row, now_s + gap_s, current.exit_s, current.exit_rank, AWAITS_DATE, STEP_ASK)


@compiled
def ask(place: PlaceRow, luck: LuckRow, world: WorldRow, row: int) -> tuple[int, int]:
    """Ask for a session, unless too many wait already; return the step that follows and how the visit would end."""
    case = case_at(world, row)
    if place.refers_by_load and is_too_busy(place, luck, world, row, case.slot):
        return STEP_LEAVE, DEPARTURE_REFERRED_BY_LOAD
    request_session(place, luck, world, row, case.slot)
    case.awaits = AWAITS_SESSION
    current = visit_at(world, case.visit)
    if current.exit_s < world.horizon_s:
        exit_key = key_of(current.exit_s, current.exit_rank, case.dispute_id)
        if exit_key != case.exit_key:
            case.exit_key = exit_key
            plan(world, current.exit_s, current.exit_rank, case.dispute_id, row, ON_EXIT)
    return STEP_REST, DEPARTURE_PRESENT


@compiled
def go_on_after_session(place: PlaceRow, luck: LuckRow, world: WorldRow, index: int) -> tuple[int, int]:
    """See what a session that ends now has brought; return the step that follows and how the visit ends."""
    request = request_at(world, index)
    row = request.row
    case, current = case_at(world, row), visit_at(world, request.visit)
    is_settled = is_settled_by(place, luck, world, index)
    if is_settled:
        request.outcome = OUTCOME_SETTLED
    if request.slot == current.required_until:
        set_free(world, row, current)
    following = following_slot(place, world, row, request.slot + 1, current.tier)
    departure = departure_after_session(
        request.ended_s,
        is_settled,
        case.incident_s,
        current.running_patience_s,
        current.acting_due_s,
        case.patience_choice,
        following == NO_ONE,
        current.tier == place.top,
    )
    if case.awaits_diagnosis and departure in (DEPARTURE_PRESENT, DEPARTURE_ESCALATED_EXHAUSTED):
        case.awaits_diagnosis = 0
        if tier_of_grade(place, grade(place, luck, world, row, current.tier)) > current.tier:
            return STEP_LEAVE, DEPARTURE_REFERRED_UP
    if departure != DEPARTURE_PRESENT:
        return STEP_LEAVE, departure
    case.slot = following
    return STEP_DATE, departure


@compiled
def leave(place: PlaceRow, luck: LuckRow, world: WorldRow, row: int, departure: int) -> int:
    """Close a visit and let the case go where it must."""
    case = case_at(world, row)
    tier = case.tier
    if departure == DEPARTURE_REFERRED_UP:
        graded = tier_of_grade(place, grade(place, luck, world, row, tier))
        return hand_up(place, luck, world, row, departure, graded)
    if departure in (DEPARTURE_ESCALATED_EXHAUSTED, DEPARTURE_ESCALATED_DEADLINE, DEPARTURE_REFERRED_BY_LOAD):
        return hand_up(place, luck, world, row, departure, tier + 1)
    depart(place, world, row, departure)
    if departure in (DEPARTURE_WITHDRAWN, DEPARTURE_BYPASSED):
        return STEP_LOSE
    case.fate_s = world.second
    if departure == DEPARTURE_SETTLED:
        case.fate = FATE_SETTLED
        return STEP_UPHOLD
    if departure == DEPARTURE_ADJUDICATED:
        case.fate = FATE_ADJUDICATED
    elif departure == DEPARTURE_LITIGATED:
        case.fate = FATE_LITIGATED
    else:
        case.fate = FATE_INCIDENT
    return STEP_REST


# --- waiting and moving -----------------------------------------------------------------------------------------------


@compiled
def pass_through(place: PlaceRow, world: WorldRow, row: int) -> int:
    """Send a case to the parent at once, from a tier that has no staffed session for its unit."""
    case = case_at(world, row)
    if case.tier == place.top:
        depart(place, world, row, DEPARTURE_ADJUDICATED)
        case.fate, case.fate_s = FATE_ADJUDICATED, world.second
        return STEP_REST
    depart(place, world, row, DEPARTURE_PASSED_THROUGH)
    case.tier += 1
    return STEP_VISIT


@compiled
def hand_up(place: PlaceRow, luck: LuckRow, world: WorldRow, row: int, departure: int, to_tier: int) -> int:
    """Pass a case on: paperwork for the sender's staff, for which it does not wait, then a delay.

    Under reporting pressure it may be recorded as settled instead: no paperwork, and it comes back at the parent.
    """
    case = case_at(world, row)
    case.came_from_below = 1
    column = visit_at(world, case.visit).round_number * place.tiers + case.tier
    if place.is_under_pressure and drawn.settled_on_paper(luck, column, row):
        depart(place, world, row, DEPARTURE_PAPER_SETTLED)
        return travel(place, world, row, case.tier + 1, drawn.paper_return_s(luck, column, row))
    depart(place, world, row, departure)
    if place.handover_effort_s > 0:
        request_paperwork(place, luck, world, row)
    return travel(place, world, row, to_tier, handover_delay_s(place, luck, world, row))


@compiled
def handover_delay_s(place: PlaceRow, luck: LuckRow, world: WorldRow, row: int) -> int:
    """Return the delay on leaving a visit."""
    current = visit_at(world, case_at(world, row).visit)
    return drawn.handover_delay_s(luck, current.round_number * place.tiers + current.tier, row)


@compiled
def lose(place: PlaceRow, luck: LuckRow, world: WorldRow, row: int, rank: int) -> int:
    """End a case by an incident or its parties' choice; let it go to the top tier if they petition there."""
    case, now_s = case_at(world, row), world.second
    if rank == RANK_INCIDENT:
        case.fate, case.fate_s = FATE_INCIDENT, now_s
    elif case.patience_choice == CHOICE_LITIGATE:
        case.fate, case.fate_s = FATE_LITIGATED, now_s
    elif case.patience_choice == CHOICE_WITHDRAW:
        withdraw(luck, world, row)
    else:
        case.is_bypassed = 1
        return travel(place, world, row, place.top, drawn.petition_delay_of_episode_s(luck, case.episode, row))
    return STEP_REST


@compiled
def withdraw(luck: LuckRow, world: WorldRow, row: int) -> None:
    """Let the parties give up: no case any more, but a quarrel until it fades or turns violent."""
    case, now_s = case_at(world, row), world.second
    case.withdrawn_s = now_s
    faded_s = now_s + drawn.withdrawn_fade_of_episode_s(luck, case.episode, row)
    ended_s, is_incident = after_withdrawal(case.incident_s, faded_s)
    if ended_s >= world.horizon_s:
        case.fate, case.fate_s = FATE_WITHDRAWN, now_s
    elif is_incident:
        case.fate, case.fate_s, case.tier = FATE_INCIDENT, ended_s, NOWHERE
    else:
        case.fate, case.fate_s = FATE_WITHDRAWN_FADED, ended_s
