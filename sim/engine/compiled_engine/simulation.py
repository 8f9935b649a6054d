"""Runs a batch of disputes in the kernel and gathers what happened."""

from sim.engine.compiled_engine.cards import deal_cards
from sim.engine.compiled_engine.gathering import gather
from sim.engine.compiled_engine.kernel import DONE, run_events
from sim.engine.compiled_engine.luck import luck_of
from sim.engine.compiled_engine.place import place_of
from sim.engine.compiled_engine.tables import world_of
from sim.engine.contract import Trajectory
from sim.jurisdiction.contract import Jurisdiction
from sim.protocol.contract import Protocol
from sim.sampling.contract import DisputeBatch


def simulate(jurisdiction: Jurisdiction, protocol: Protocol, batch: DisputeBatch) -> Trajectory:
    """Return what happens to every dispute of a batch before the horizon."""
    place, luck = place_of(jurisdiction, protocol), luck_of(batch)
    deal_cards(place, luck, jurisdiction.horizon_s)
    world = world_of(place, luck, jurisdiction.horizon_s, batch.vacancies)
    while run_events(place.row, luck.row, world.row) != DONE:
        world = world.enlarged()
    return gather(place, luck, world)
