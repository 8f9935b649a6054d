"""The names of the streams that a scenario asks for, so that all are seeded at once.

What is listed in vain costs a microsecond, what is not listed some forty: neither changes a draw.
"""

from collections.abc import Iterator

from sim.jurisdiction.contract import Jurisdiction
from sim.protocol.contract import Protocol
from sim.sampling.attendance import attendances
from sim.sampling.draws import marked
from sim.sampling.emergence import plan_emergence
from sim.sampling.slots import held_slots
from sim.sampling.turnover import turnover_streams
from sim.specification.schema import Scenario
from sim.specification.schema.casework import Graded, PriorityByDifficulty

_BEFORE_CASES = ("difficulty", "self_report", "fade", "patrol", "incident", "channel", "channel_delay")
_OF_CASES = ("luck", "patience", "patience_choice", "withdrawn_fade", "petition_delay", "breach", "durability")


def stream_names(scenario: Scenario, jurisdiction: Jurisdiction, protocol: Protocol) -> list[str]:
    """Return the names of all streams of a replication."""
    plan, backlog = plan_emergence(scenario, jurisdiction), scenario.opening_backlog
    names = [name for stream in (plan.usual, *plan.shocks.values()) for name in stream.names()]
    names += [thinning.name for thinning in plan.thinnings]
    if scenario.frailty is not None and not scenario.frailty.fixed:
        names.append("frailty")
    if scenario.year_effect is not None:
        names += [f"year_effect/{days.year}" for days in plan.usual.years]
    sources = ["emerging", *(f"shock/{shock_id}" for shock_id in plan.shocks)]
    if backlog is not None and backlog.disputes:
        names += ["backlog_age", "backlog_unit", "backlog_category"]
        sources.append("backlog")
    of_disputes = _names_of_disputes(scenario, jurisdiction, protocol)
    names += [f"{source}/{name}" for source in sources for name in of_disputes]
    return [*names, *(post.name for post in turnover_streams(jurisdiction))]


def _names_of_disputes(scenario: Scenario, jurisdiction: Jurisdiction, protocol: Protocol) -> list[str]:
    """Names of streams over the disputes of a source, marked by episode."""
    of_episode = [*_OF_CASES, *_names_of_visits(scenario, jurisdiction, protocol)]
    if isinstance(scenario.triage, Graded):
        of_episode += ["micro", *(f"triage/{tier_id}" for tier_id in jurisdiction.tier_ids)]
    if isinstance(scenario.queue.priority, PriorityByDifficulty):
        of_episode += [f"priority/{tier_id}" for tier_id in jurisdiction.tier_ids]
    names = [*_BEFORE_CASES, *of_episode]
    if scenario.prevention is not None:
        names.append("prevention")
    if any(channel.misroute_prob for channel in (scenario.channels or {}).values()):
        names += ["misroute", "misroute_delay"]
    for episode in range(1, protocol.after_settlement.max_episodes):
        names += [marked(name, episode) for name in ("incident", *of_episode)]
    return names


def _names_of_visits(scenario: Scenario, jurisdiction: Jurisdiction, protocol: Protocol) -> Iterator[str]:
    pressed = protocol.handing_up.is_pressed
    for visit in range(protocol.sessions.visits):
        for at in held_slots(scenario, jurisdiction, protocol, visit):
            yield from (f"effort/{at.address}", f"settlement/{at.address}")
            yield from (member.name for member in attendances(protocol, jurisdiction, at) if member.name is not None)
            if at.gap_days is not None:
                yield f"gap/{at.address}"
            if protocol.handing_up.refer_at_waiting.size:
                yield f"load_referral/{at.address}"
        for tier, tier_id in enumerate(jurisdiction.tier_ids):
            yield f"handover/{tier_id}/{visit}"
            if pressed[tier]:
                yield from (f"paper/{tier_id}/{visit}", f"paper_return/{tier_id}/{visit}")
