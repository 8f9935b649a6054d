"""The slots that can be held at all, at a visit of their tier, and their options that have a pool anywhere."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sim.jurisdiction.contract import Jurisdiction
from sim.protocol.contract import Protocol
from sim.specification.schema import Scenario
from sim.specification.schema.casework import Session
from sim.specification.schema.distributions import DurationDays
from sim.vocabulary import NOWHERE


@dataclass(frozen=True, slots=True)
class Slot:
    """A slot that can be held in some home unit, at one visit.

    Its column in the tables; the columns of those of its options that have a pool anywhere; its address in the names of
    streams; its session and the gap before it.
    """

    slot: int
    column: int
    option_columns: dict[int, int]
    address: str
    session: Session
    gap_days: DurationDays | None


def held_slots(scenario: Scenario, jurisdiction: Jurisdiction, protocol: Protocol, visit: int) -> Iterator[Slot]:
    """Give the slots that can be held for some category in some home unit; a tier's first has no gap before it."""
    sessions, has_pool = protocol.sessions, groups_with_pools(jurisdiction)
    slots, options = len(sessions.slot_ids), len(sessions.option_group)
    for tier, tier_id in enumerate(jurisdiction.tier_ids):
        for ordinal, session in enumerate(scenario.tiers[tier_id].sessions.values()):
            slot = int(sessions.tier_offset[tier]) + ordinal
            listed = range(int(sessions.option_offset[slot]), int(sessions.option_offset[slot + 1]))
            usable = [option for option in listed if has_pool[sessions.option_group[option]]]
            if sessions.held_for[slot].any() and any(not sessions.is_member[option] for option in usable):
                yield Slot(
                    slot=slot,
                    column=visit * slots + slot,
                    option_columns={option: visit * options + option for option in usable},
                    address=f"{tier_id}/{visit}/{ordinal}",
                    session=session,
                    gap_days=scenario.tiers[tier_id].gap_days if ordinal else None,
                )


def groups_with_pools(jurisdiction: Jurisdiction) -> list[bool]:
    """Return whether each staff group has a pool for any home unit."""
    return [bool(np.any(pools != NOWHERE)) for pools in jurisdiction.staff.pool_of_home]
