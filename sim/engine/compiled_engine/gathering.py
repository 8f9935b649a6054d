"""Turns the tables of a finished run into the arrays of a trajectory, in the order its contract states."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.engine.compiled_engine import luck as drawn
from sim.engine.compiled_engine.codes import FATE_FADED, FATE_INCIDENT, FATE_LATENT, FATE_OPEN, NO_ONE, SITS_ALONE
from sim.engine.compiled_engine.compiling import compiled, entry_point
from sim.engine.compiled_engine.luck import Luck, LuckTable
from sim.engine.compiled_engine.place import Place, PlaceTable
from sim.engine.compiled_engine.tables import World
from sim.engine.compiled_engine.visiting import note_petition
from sim.engine.compiled_engine.world import WorldRow, WorldTable, case_at, fetch_request, request_at, seat_at, visit_at
from sim.engine.contract import Breaches, DisputeOutcomes, Requests, Seats, Trajectory, Visits
from sim.vocabulary import NEVER_S, NOWHERE

Int64 = NDArray[np.int64]
Columns = tuple[NDArray[Any], ...]

_REQUESTS_AHEAD = 8
"""So many requests ahead the next to be copied is brought close: a dispute's were made weeks apart."""


def gather(place: Place, luck: Luck, world: World) -> Trajectory:
    """Return the trajectory of a finished run."""
    table, count = world.row, int(luck.row.disputes[0])
    request_order = _order_of_requests(table, count)
    breaches = world.tables["breaches"][: table.breaches_used[0]]
    breaches = breaches[np.lexsort((breaches["episode"], breaches["row"]))]
    return Trajectory(
        disputes=DisputeOutcomes(*_dispute_outcomes(place.row, luck.row, table)),
        visits=Visits(*_visits(table, count)),
        requests=Requests(*_requests(table, request_order)),
        seats=Seats(*_seats(table, request_order)),
        breaches=Breaches(
            dispute=breaches["row"].copy(),
            episode=breaches["episode"].astype(np.int8),
            settled_s=breaches["settled_s"].copy(),
            tier=breaches["tier"].astype(np.int32),
            breached_s=breaches["breached_s"].copy(),
            bypassed=breaches["bypassed"].astype(np.bool_),
        ),
    )


@entry_point
def _dispute_outcomes(places: PlaceTable, lucks: LuckTable, worlds: WorldTable) -> Columns:
    """Fates of all disputes: those that never surface in time have theirs from sampling."""
    place, luck, world = places[0], lucks[0], worlds[0]
    count, horizon_s = luck.disputes, world.horizon_s
    fate, fate_tier = np.full(count, FATE_LATENT, np.int8), np.full(count, NOWHERE, np.int32)
    fate_s, withdrawn_s = np.full(count, NEVER_S, np.int64), np.full(count, NEVER_S, np.int64)
    bypassed = np.zeros(count, np.bool_)
    for row in range(count):
        if drawn.surfaced_s(luck, row) < horizon_s:
            case = case_at(world, row)
            if case.fate == FATE_OPEN and case.visit != NO_ONE and visit_at(world, case.visit).left_s == NEVER_S:
                note_petition(place, world, row, horizon_s)
            fate[row], fate_s[row], fate_tier[row] = case.fate, case.fate_s, case.tier
            bypassed[row], withdrawn_s[row] = case.is_bypassed != 0, case.withdrawn_s
        elif drawn.surfaced_s(luck, row) == NEVER_S and drawn.incident_s(luck, row) < horizon_s:
            fate[row], fate_s[row] = FATE_INCIDENT, drawn.incident_s(luck, row)
        elif drawn.faded_s(luck, row) < horizon_s:
            fate[row], fate_s[row] = FATE_FADED, drawn.faded_s(luck, row)
    return fate, fate_s, fate_tier, bypassed, withdrawn_s


@compiled
def _row_of(world: WorldRow, index: int, is_visit: bool) -> int:
    """The dispute of a visit or a request."""
    return visit_at(world, index).row if is_visit else request_at(world, index).row


@compiled
def _places_by_row(world: WorldRow, used: int, count: int, of_visits: bool) -> Int64:
    """The place of each visit or request in the order of rows, as they were made within a row."""
    following = np.zeros(count + 1, np.int64)
    for index in range(used):
        following[_row_of(world, index, of_visits) + 1] += 1
    for row in range(count):
        following[row + 1] += following[row]
    places = np.empty(used, np.int64)
    for index in range(used):
        row = _row_of(world, index, of_visits)
        places[index] = following[row]
        following[row] += 1
    return places


@entry_point
def _visits(worlds: WorldTable, count: int) -> Columns:
    """Visits in the order of (row, number), which is the order of arrival within a dispute."""
    world = worlds[0]
    used = world.visits_used
    places = _places_by_row(world, used, count, True)
    dispute, arrived_s, left_s, due_s = (
        np.empty(used, np.int64),
        np.empty(used, np.int64),
        np.empty(used, np.int64),
        np.empty(used, np.int64),
    )
    number, tier, unit = np.empty(used, np.int32), np.empty(used, np.int32), np.empty(used, np.int32)
    episode, tier_visit, departure = np.empty(used, np.int8), np.empty(used, np.int8), np.empty(used, np.int8)
    for index in range(used):
        at, visit = places[index], visit_at(world, index)
        dispute[at], number[at], episode[at], tier[at] = visit.row, visit.number, visit.episode, visit.tier
        unit[at], tier_visit[at], departure[at] = visit.unit, visit.tier_visit, visit.departure
        arrived_s[at], left_s[at], due_s[at] = visit.arrived_s, visit.left_s, visit.due_s
    return dispute, number, episode, tier, unit, tier_visit, arrived_s, left_s, departure, due_s


@compiled
def _comes_before(world: WorldRow, one: int, other: int) -> bool:
    """Whether a request of a dispute comes before another of it that joined in the same second."""
    first, second = request_at(world, one), request_at(world, other)
    if first.purpose != second.purpose:
        return first.purpose < second.purpose
    if first.visit != second.visit:
        return first.visit < second.visit
    return first.slot < second.slot


@entry_point
def _order_of_requests(worlds: WorldTable, count: int) -> Int64:
    """Requests in the order of (row, joined second, purpose, visit, slot): those of a row were made in time."""
    world = worlds[0]
    used = world.requests_used
    places = _places_by_row(world, used, count, False)
    order = np.empty(used, np.int64)
    for index in range(used):
        order[places[index]] = index
    for at in range(1, used):
        index, before = order[at], at - 1
        request = request_at(world, index)
        while before >= 0:
            other = request_at(world, order[before])
            if other.row != request.row or other.joined_s != request.joined_s:
                break
            if not _comes_before(world, index, order[before]):
                break
            order[before + 1] = order[before]
            before -= 1
        order[before + 1] = index
    return order


@entry_point
def _requests(worlds: WorldTable, order: Int64) -> Columns:
    """Columns of the requests in an order."""
    world = worlds[0]
    used = len(order)
    dispute, joined_s, started_s = np.empty(used, np.int64), np.empty(used, np.int64), np.empty(used, np.int64)
    ended_s, left_s, effort_s = np.empty(used, np.int64), np.empty(used, np.int64), np.empty(used, np.int64)
    travel_s, occupation_s = np.empty(used, np.int64), np.empty(used, np.int64)
    visit_number, slot, option = np.empty(used, np.int32), np.empty(used, np.int32), np.empty(used, np.int32)
    pool, post = np.empty(used, np.int32), np.empty(used, np.int32)
    purpose, outcome = np.empty(used, np.int8), np.empty(used, np.int8)
    for at in range(used):
        if at + _REQUESTS_AHEAD < used:
            fetch_request(world, order[at + _REQUESTS_AHEAD])
        request = request_at(world, order[at])
        dispute[at], visit_number[at] = request.row, visit_at(world, request.visit).number
        purpose[at], slot[at], option[at], pool[at] = request.purpose, request.slot, request.option, request.pool
        post[at], joined_s[at], started_s[at], ended_s[at] = (
            request.post,
            request.joined_s,
            request.started_s,
            request.ended_s,
        )
        left_s[at], outcome[at], effort_s[at] = request.left_s, request.outcome, request.effort_s
        travel_s[at], occupation_s[at] = request.travel_s, request.occupation_s
    # fmt: off
    return (
        dispute, visit_number, purpose, slot, option, pool, post,
        joined_s, started_s, ended_s, left_s, outcome, effort_s, travel_s, occupation_s,
    )
    # fmt: on


@entry_point
def _seats(worlds: WorldTable, order: Int64) -> Columns:
    """Seats that were taken, in the order of (place of their request, taking)."""
    world = worlds[0]
    used = 0
    for index in order:
        if request_at(world, index).sits != SITS_ALONE:
            used += request_at(world, index).seats_taken
    request, taken_s, released_s = np.empty(used, np.int64), np.empty(used, np.int64), np.empty(used, np.int64)
    effort_s, travel_s, occupation_s = np.empty(used, np.int64), np.empty(used, np.int64), np.empty(used, np.int64)
    pool, post = np.empty(used, np.int32), np.empty(used, np.int32)
    at = 0
    for place in range(len(order)):
        asked = request_at(world, order[place])
        for place_at_table in range(asked.first_seat, asked.first_seat + asked.seats_taken):
            seat = seat_at(world, place_at_table)
            request[at], pool[at], post[at] = place, seat.pool, seat.post
            taken_s[at], released_s[at], effort_s[at] = seat.taken_s, seat.released_s, seat.effort_s
            travel_s[at], occupation_s[at] = seat.travel_s, seat.occupation_s
            at += 1
    return request, pool, post, taken_s, released_s, effort_s, travel_s, occupation_s
