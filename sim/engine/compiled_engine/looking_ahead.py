"""Has what coming events are about brought close before they happen, which changes nothing but how long they take.

A case that waits for weeks has left the processor's caches when its time comes, and waiting for it then takes longer
than what is done with it. What a page of the agenda is about can be fetched all at once, and cases before they surface.
"""

from typing import Final

from sim.engine.compiled_engine.agenda import index_of, kind_of
from sim.engine.compiled_engine.cards import fetch_card
from sim.engine.compiled_engine.codes import (
    ON_BREAKING_OFF,
    ON_EXIT,
    ON_FOLLOW_UP_DUE,
    ON_SESSION_END,
    ON_SKIPPING,
    ON_TRIAL,
    ON_WAKING,
)
from sim.engine.compiled_engine.compiling import compiled
from sim.engine.compiled_engine.luck import LuckRow
from sim.engine.compiled_engine.world import (
    WorldRow,
    agenda_at,
    fetch_agreement,
    fetch_case,
    fetch_request,
    surfacing_at,
)

_SURFACING_SOON: Final = 2
"""So many cases ahead: far enough to have come, near enough to be there still."""


@compiled
def look_at_page(world: WorldRow) -> None:
    """Fetch what the events of a page are about that has just been turned."""
    for place in range(world.entries_used):
        event = agenda_at(world, place).event
        kind, index = kind_of(event), index_of(event)
        if kind in (ON_WAKING, ON_EXIT, ON_TRIAL):
            fetch_case(world, index)
        elif kind in (ON_SESSION_END, ON_BREAKING_OFF, ON_SKIPPING):
            fetch_request(world, index)
        elif kind == ON_FOLLOW_UP_DUE:
            fetch_agreement(world, index)


@compiled
def look_at_surfacing(luck: LuckRow, world: WorldRow) -> None:
    """Fetch a case that surfaces soon, and its card."""
    soon = world.surfaced + _SURFACING_SOON
    if soon < world.surfacing_room:
        row = surfacing_at(world, soon).row
        fetch_case(world, row)
        fetch_card(luck, row)
