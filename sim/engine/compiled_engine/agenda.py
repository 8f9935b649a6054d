"""The agenda: every event to come in a heap, in the model's total order of (second, rank, identity).

An entry has a key that packs second, rank and identity, and an event that packs what it is about and its kind. Of two
entries with one key, one is void or neither reads what the other changes.
"""

from typing import Final

from sim.engine.compiled_engine.codes import KIND_BITS
from sim.engine.compiled_engine.compiling import compiled
from sim.engine.compiled_engine.world import WorldRow, agenda_at

IDENTITY_BITS: Final = 26
RANK_BITS: Final = 4
SECOND_BITS: Final = 63 - RANK_BITS - IDENTITY_BITS
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
    if second >= world.horizon_s:
        return
    key, place = key_of(second, rank, identity), world.entries_used
    world.entries_used += 1
    while place > 0:
        parent = (place - 1) // _ARITY
        above = agenda_at(world, parent)
        if above.key <= key:
            break
        _write(world, place, above.key, above.event)
        place = parent
    _write(world, place, key, event_of(index, kind))


@compiled
def drop_first(world: WorldRow) -> None:
    """Take the first entry off the agenda."""
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
