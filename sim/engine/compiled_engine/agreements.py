"""After a settlement: follow-up visits, the trial of the agreement, and the next episode if it breaks."""

from typing import Final

from sim.engine.compiled_engine import luck as drawn
from sim.engine.compiled_engine.agenda import plan
from sim.engine.compiled_engine.clocks import finish_s
from sim.engine.compiled_engine.codes import (
    AWAITS_ARRIVAL,
    DEPARTURE_SETTLED,
    FATE_OPEN,
    GRADE_SMALL,
    NO_ONE,
    ON_FOLLOW_UP_DUE,
    ON_SKIPPING,
    ON_TRIAL,
    OUTCOME_LEFT_QUEUE,
    OUTCOME_WAITING,
    PURPOSE_FOLLOW_UP,
    RANK_BREACH,
    RANK_FOLLOW_UP_DUE,
    REOPEN_AT_TRIAGE,
    STEP_TRIAGE,
    STEP_VISIT,
)
from sim.engine.compiled_engine.compiling import compiled
from sim.engine.compiled_engine.decisions import instant_after, is_visit_completed, passes, reopening_tier
from sim.engine.compiled_engine.luck import LuckRow
from sim.engine.compiled_engine.place import PlaceRow, follow_up_after_s, overall_due_s, tier_of_grade
from sim.engine.compiled_engine.requesting import join_at, new_request
from sim.engine.compiled_engine.world import WorldRow, agreement_at, breach_at, case_at, pool_at, request_at, visit_at
from sim.vocabulary import NEVER_S, NOWHERE, SECONDS_PER_DAY

LOWEST_CLASS: Final = 2**31 - 1
"""Follow-up visits wait behind every case."""


@compiled
def uphold(place: PlaceRow, luck: LuckRow, world: WorldRow, row: int) -> None:
    """Plan the follow-up visits to the parties of a settled case, and the trial of their agreement."""
    case = case_at(world, row)
    plan_follow_ups(place, world, row)
    if case.episode + 1 < place.max_episodes:
        tried_s = instant_after(case.fate_s, drawn.breach_after_s(luck, case.episode, row))
        plan(world, tried_s, RANK_BREACH, case.dispute_id, row, ON_TRIAL)


@compiled
def plan_follow_ups(place: PlaceRow, world: WorldRow, row: int) -> None:
    """Note when visits are due; none where the parties settled the matter themselves."""
    case = case_at(world, row)
    case.agreement = NO_ONE
    if place.follow_ups == 0 or case.visit == NO_ONE:
        return
    index = world.agreements_used
    world.agreements_used += 1
    case.agreement = index
    agreement = agreement_at(world, index)
    agreement.row, agreement.visit, agreement.session = row, case.visit, visit_at(world, case.visit).request
    agreement.last_follow_up, agreement.is_broken = NO_ONE, 0
    for number in range(place.follow_ups):
        due_s = case.fate_s + follow_up_after_s(place, number)
        plan(world, due_s, RANK_FOLLOW_UP_DUE, case.dispute_id, index, ON_FOLLOW_UP_DUE)


@compiled
def ask_for_follow_up(place: PlaceRow, world: WorldRow, index: int) -> None:
    """Ask the pool that settled a case for a visit, and plan to skip it if that takes too long."""
    agreement = agreement_at(world, index)
    if agreement.is_broken:
        return
    case, session = case_at(world, agreement.row), request_at(world, agreement.session)
    case.follow_ups += 1
    asked = new_request(world, agreement.row, agreement.visit, PURPOSE_FOLLOW_UP, session.slot)
    request = request_at(world, asked)
    request.queue_class, request.number, request.previous = LOWEST_CLASS, case.follow_ups, agreement.last_follow_up
    request.lead_pool, request.lead_option = session.pool, session.option
    agreement.last_follow_up = asked
    join_at(place, world, asked, 0, session.pool)
    skip_s = finish_s(place, world, pool_at(world, session.pool).clock, place.skip_after_s)
    plan(world, skip_s, RANK_FOLLOW_UP_DUE, case.dispute_id, asked, ON_SKIPPING)


@compiled
def call_off(world: WorldRow, index: int, outcome: int) -> None:
    """Give up a follow-up visit that has not begun."""
    request = request_at(world, index)
    if request.outcome == OUTCOME_WAITING:
        request.outcome, request.left_s = outcome, world.second


@compiled
def holds(place: PlaceRow, luck: LuckRow, world: WorldRow, row: int) -> bool:
    """Whether an agreement holds, by the age at which it was reached and the visits completed since."""
    case = case_at(world, row)
    settled_s, completed = case.fate_s, 0
    if case.visit != NO_ONE and visit_at(world, case.visit).departure == DEPARTURE_SETTLED:
        settled_s = request_at(world, visit_at(world, case.visit).request).started_s
    if case.agreement != NO_ONE:
        asked = agreement_at(world, case.agreement).last_follow_up
        while asked != NO_ONE:
            request = request_at(world, asked)
            if is_visit_completed(request.started_s, request.ended_s, world.second):
                completed += 1
            asked = request.previous
    column = case.episode * (place.follow_ups + 1) + completed
    return passes(settled_s - case.emerged_s, drawn.holds_until_age_s(luck, column, row))


@compiled
def break_agreement(world: WorldRow, row: int) -> None:
    """Note that an agreement has broken, and call off the visits that have not begun."""
    case = case_at(world, row)
    breach = breach_at(world, world.breaches_used)
    world.breaches_used += 1
    breach.row, breach.episode, breach.settled_s = row, case.episode, case.fate_s
    breach.tier, breach.breached_s, breach.bypassed = case.tier, world.second, case.is_bypassed
    if case.agreement != NO_ONE:
        agreement = agreement_at(world, case.agreement)
        agreement.is_broken = 1
        asked = agreement.last_follow_up
        while asked != NO_ONE:
            call_off(world, asked, OUTCOME_LEFT_QUEUE)
            asked = request_at(world, asked).previous


@compiled
def reopen(place: PlaceRow, luck: LuckRow, world: WorldRow, row: int) -> int:
    """Let a case start anew: age 0, fresh incident and patience, nothing remembered; return the step that follows."""
    case, now_s = case_at(world, row), world.second
    settling_tier = case.tier if case.tier != NOWHERE else tier_of_grade(place, GRADE_SMALL)
    later = case.episode
    case.episode += 1
    case.emerged_s = now_s
    case.incident_s = instant_after(now_s, drawn.later_incident_s(luck, later, row))
    case.patience_s = instant_after(now_s, drawn.later_patience_s(luck, later, row))
    case.patience_choice = drawn.later_patience_choice(luck, later, row)
    case.awaits_diagnosis = case.came_from_below = case.is_bypassed = case.was_returned = 0
    case.fate, case.fate_s, case.tier = FATE_OPEN, NEVER_S, NOWHERE
    case.visit = case.first_request = case.agreement = NO_ONE
    case.exit_key = NO_ONE
    case.awaits = AWAITS_ARRIVAL
    if place.reopen_at == REOPEN_AT_TRIAGE:
        return STEP_TRIAGE
    case.overall_due_s = overall_due_s(place, now_s // SECONDS_PER_DAY)
    case.tier = reopening_tier(place.reopen_at, settling_tier, place.top)
    return STEP_VISIT
