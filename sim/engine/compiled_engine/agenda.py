"""The agenda: every event to come in a heap, in the model's total order of (second, rank, identity).

An entry has a key that packs second, rank and identity, and an event that packs what it is about and its kind. Of two
entries with one key, one is void or neither reads what the other changes. Only the events of the page at hand, about an
hour, are in the heap; later ones stand on their pages in no order, so that the heap stays small.
"""

from typing import Final

from sim.engine.compiled_engine.codes import KIND_BITS, NO_ONE
from sim.engine.compiled_engine.compiling import compiled
from sim.engine.compiled_engine.world import WorldRow, agenda_at, later_at, page_at

IDENTITY_BITS: Final = 26
RANK_BITS: Final = 4
SECOND_BITS: Final = 63 - RANK_BITS - IDENTITY_BITS
PAGE_BITS: Final = 12
"""A page holds 2 ** 12 seconds, a good hour."""

_ARITY: Final = 4
_KIND_MASK: Final = (1 << KIND_BITS) - 1
_RANK_MASK: Final = (1 << RANK_BITS) - 1


@compiled
def key_of(second: int, rank: int, identity: int) -> int:
    """Pack when and in which turn something happens."""
    return ((second << RANK_BITS) | rank) << IDENTITY_BITS | identity


@compiled
def second_of(key: int) -> int:
    """Return the second of a key."""
    return key >> (RANK_BITS + IDENTITY_BITS)


@compiled
def rank_of(key: int) -> int:
    """Return the rank of a key."""
    return (key >> IDENTITY_BITS) & _RANK_MASK


@compiled
def event_of(index: int, kind: int) -> int:
    """Pack what an event is about."""
    return (index << KIND_BITS) | kind


@compiled
def kind_of(event: int) -> int:
    """Return the kind of an event."""
    return event & _KIND_MASK


@compiled
def index_of(event: int) -> int:
    """Return the index of an event."""
    return event >> KIND_BITS


@compiled
def plan(world: WorldRow, second: int, rank: int, identity: int, index: int, kind: int) -> None:
    """Put an event on the agenda; nothing that happens at or after the horizon can be seen."""
    if second < world.horizon_s:
        if second >> PAGE_BITS <= world.page:
            _put(world, key_of(second, rank, identity), event_of(index, kind))
        else:
            _put_off(world, second >> PAGE_BITS, key_of(second, rank, identity), event_of(index, kind))


@compiled
def turn_pages(world: WorldRow) -> None:
    """Once the heap is empty, fill it from the next page on which something stands, if there is one."""
    while world.entries_used == 0 and world.put_off > 0:
        world.page += 1
        place = page_at(world, world.page).value
        while place != NO_ONE:
            entry = later_at(world, place)
            _put(world, entry.key, entry.event)
            following = entry.following
            entry.following, world.later_free = world.later_free, place
            world.put_off -= 1
            place = following


@compiled
def _put_off(world: WorldRow, page: int, key: int, event: int) -> None:
    """Write an event on its page, in no order."""
    place = world.later_free
    if place == NO_ONE:
        place = world.later_used
        world.later_used += 1
    else:
        world.later_free = later_at(world, place).following
    entry, head = later_at(world, place), page_at(world, page)
    entry.key, entry.event, entry.following = key, event, head.value
    head.value = place
    world.put_off += 1


@compiled
def _put(world: WorldRow, key: int, event: int) -> None:
    """Put an entry into the heap."""
    place = world.entries_used
    world.entries_used += 1
    while place > 0:
        parent = (place - 1) // _ARITY
        above = agenda_at(world, parent)
        if above.key <= key:
            break
        _write(world, place, above.key, above.event)
        place = parent
    _write(world, place, key, event)


@compiled
def drop_first(world: WorldRow) -> None:
    """Take the first entry out of the heap."""
    world.entries_used -= 1
    last = world.entries_used
    moved, place = agenda_at(world, last), 0
    while True:
        child = _ARITY * place + 1
        if child >= last:
            break
        smallest = child
        for other in range(child + 1, min(child + _ARITY, last)):
            if agenda_at(world, other).key < agenda_at(world, smallest).key:
                smallest = other
        below = agenda_at(world, smallest)
        if moved.key <= below.key:
            break
        _write(world, place, below.key, below.event)
        place = smallest
    _write(world, place, moved.key, moved.event)


@compiled
def _write(world: WorldRow, place: int, key: int, event: int) -> None:
    entry = agenda_at(world, place)
    entry.key, entry.event = key, event
