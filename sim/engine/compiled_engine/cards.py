"""What a dispute's first visits to the tiers would take and settle, written on one card instead of many columns.

A step needs a few numbers of one dispute. In columns each lies elsewhere in memory, and fetching it takes longer than
the step; on a card they are neighbours. Further visits and episodes are few, and read from the columns.
"""

from sim.engine.compiled_engine import luck as drawn
from sim.engine.compiled_engine.compiling import compiled, entry_point
from sim.engine.compiled_engine.luck import Luck, LuckRow, LuckTable
from sim.engine.compiled_engine.memory import INTEGER, address_of, fetching, records_of, rows
from sim.engine.compiled_engine.place import Place, PlaceRow, PlaceTable, slot_at

_PER_SLOT = 2
"""Gap and effort."""
_PER_OPTION = 3
"""Occupation, travel and critical age of the settlement test."""
_DISPUTES_AT_A_TIME = 64
"""So many that their part of every column stays at hand while their cards are written."""

_NUMBERS_IN_A_CACHE_LINE = 8

_number = records_of("cards", INTEGER)
_fetch_number = fetching("cards", INTEGER)


def deal_cards(place: Place, luck: Luck, horizon_s: int) -> None:
    """Write the cards of all disputes that surface in time, and their address into the row of luck."""
    width = _PER_SLOT * int(place.row.slots_count[0]) + _PER_OPTION * int(place.row.options_count[0])
    luck.columns["cards"] = rows(INTEGER, width * len(luck.columns["dispute_id"]))
    luck.row.cards[0], luck.row.card_width[0] = address_of(luck.columns["cards"]), width
    _write_cards(place.row, luck.row, horizon_s)


@entry_point
def _write_cards(places: PlaceTable, lucks: LuckTable, horizon_s: int) -> None:
    place, luck = places[0], lucks[0]
    for first in range(0, luck.disputes, _DISPUTES_AT_A_TIME):
        end = min(first + _DISPUTES_AT_A_TIME, luck.disputes)
        for slot in range(place.slots_count):
            at = _place_of_slot(place, slot)
            for row in range(first, end):
                if drawn.surfaced_s(luck, row) < horizon_s:
                    _number(luck, row * luck.card_width + at).value = drawn.gap_s(luck, slot, row)
                    _number(luck, row * luck.card_width + at + 1).value = drawn.effort_s(luck, slot, row)
            for option in range(slot_at(place, slot).first_option, slot_at(place, slot).option_end):
                at = _place_of_option(slot, option)
                for row in range(first, end):
                    if drawn.surfaced_s(luck, row) < horizon_s:
                        card = row * luck.card_width + at
                        _number(luck, card).value = drawn.occupation_s(luck, option, row)
                        _number(luck, card + 1).value = drawn.travel_s(luck, option, row)
                        _number(luck, card + 2).value = drawn.settle_until_age_s(luck, option, row)


@compiled
def fetch_card(luck: LuckRow, row: int) -> None:
    """Have the whole card of a dispute brought close."""
    first = row * luck.card_width
    for at in range(first, first + luck.card_width, _NUMBERS_IN_A_CACHE_LINE):
        _fetch_number(luck, at)


@compiled
def _place_of_slot(place: PlaceRow, slot: int) -> int:
    """Where a slot begins on a card: after those before it and their options."""
    return _PER_SLOT * slot + _PER_OPTION * slot_at(place, slot).first_option


@compiled
def _place_of_option(slot: int, option: int) -> int:
    """Where an option of a slot begins on a card."""
    return _PER_SLOT * (slot + 1) + _PER_OPTION * option


@compiled
def gap_s(place: PlaceRow, luck: LuckRow, row: int, visit_round: int, slot: int) -> int:
    """Return the time before joining a slot but its tier's first."""
    if visit_round > 0:
        return drawn.gap_s(luck, visit_round * place.slots_count + slot, row)
    return _number(luck, row * luck.card_width + _place_of_slot(place, slot)).value


@compiled
def effort_s(place: PlaceRow, luck: LuckRow, row: int, visit_round: int, slot: int) -> int:
    """Return the staff effort of a session."""
    if visit_round > 0:
        return drawn.effort_s(luck, visit_round * place.slots_count + slot, row)
    return _number(luck, row * luck.card_width + _place_of_slot(place, slot) + 1).value


@compiled
def occupation_s(place: PlaceRow, luck: LuckRow, row: int, visit_round: int, slot: int, option: int) -> int:
    """Return how long a session occupies a post of an option."""
    if visit_round > 0:
        return drawn.occupation_s(luck, visit_round * place.options_count + option, row)
    return _number(luck, row * luck.card_width + _place_of_option(slot, option)).value


@compiled
def travel_s(luck: LuckRow, row: int, slot: int, option: int) -> int:
    """Return the travel of an option, the same at every visit."""
    return _number(luck, row * luck.card_width + _place_of_option(slot, option) + 1).value


@compiled
def settle_until_age_s(place: PlaceRow, luck: LuckRow, row: int, visit_round: int, slot: int, option: int) -> int:
    """Return up to which age at its start a session settles the dispute."""
    if visit_round > 0:
        return drawn.settle_until_age_s(luck, visit_round * place.options_count + option, row)
    return _number(luck, row * luck.card_width + _place_of_option(slot, option) + 2).value
