"""The names of the streams of disputes that a scenario asks for, so that all are seeded at once.

What is listed in vain costs a microsecond, what is not listed some forty: neither changes a draw.
"""

from collections.abc import Iterator

from sim.jurisdiction.contract import Jurisdiction
from sim.protocol.contract import Protocol
from sim.sampling.draws import marked
from sim.sampling.slots import held_slots
from sim.specification.schema import Scenario
from sim.specification.schema.casework import Graded

_BEFORE_CASES = ("difficulty", "self_report", "fade", "patrol", "incident", "channel", "channel_delay")
_OF_CASES = ("luck", "patience", "patience_choice", "withdrawn_fade", "petition_delay", "breach", "durability")


def stream_names(scenario: Scenario, jurisdiction: Jurisdiction, protocol: Protocol) -> list[str]:
    """Return the names of streams over disputes, marked by episode."""
    of_episode = [*_OF_CASES, *_names_of_visits(scenario, jurisdiction, protocol)]
    if isinstance(scenario.triage, Graded):
        of_episode += ["micro", *(f"triage/{tier_id}" for tier_id in jurisdiction.tier_ids)]
    names = [*_BEFORE_CASES, *of_episode]
    if scenario.prevention is not None:
        names.append("prevention")
    for episode in range(1, protocol.after_settlement.max_episodes):
        names += [marked(name, episode) for name in ("incident", *of_episode)]
    return names


def _names_of_visits(scenario: Scenario, jurisdiction: Jurisdiction, protocol: Protocol) -> Iterator[str]:
    pressed = protocol.handing_up.is_pressed
    for visit in range(protocol.sessions.visits):
        for at in held_slots(scenario, jurisdiction, protocol, visit):
            yield from (f"effort/{at.address}", f"settlement/{at.address}")
            if at.gap_days is not None:
                yield f"gap/{at.address}"
            if protocol.handing_up.refer_at_waiting.size:
                yield f"load_referral/{at.address}"
        for tier, tier_id in enumerate(jurisdiction.tier_ids):
            yield f"handover/{tier_id}/{visit}"
            if pressed[tier]:
                yield from (f"paper/{tier_id}/{visit}", f"paper_return/{tier_id}/{visit}")
