"""What sampling knows of a place and its policy before anything is drawn: made once for all replications."""

from dataclasses import dataclass

from sim.jurisdiction.contract import Jurisdiction
from sim.protocol.contract import Protocol
from sim.protocol.made_once import made_once
from sim.sampling.case_fates import Handovers, plan_handovers
from sim.sampling.handing_up_fates import HandingUpPlan, plan_handing_up
from sim.sampling.session_plan import SessionPlan, plan_sessions
from sim.sampling.stream_names import stream_names
from sim.specification.schema import Scenario


@dataclass(frozen=True, slots=True, eq=False)
class VisitPlan:
    """What can befall a case in one visit of each tier."""

    sessions: SessionPlan
    handovers: Handovers
    handing_up: HandingUpPlan


@dataclass(frozen=True, slots=True, eq=False)
class SamplingPlan:
    """A scenario built and compiled, and what follows from it for every replication.

    stream_names: of all streams that are asked for, and few others; visits: the first and, where cases can be returned,
    the second.
    """

    scenario: Scenario
    jurisdiction: Jurisdiction
    protocol: Protocol
    stream_names: tuple[str, ...]
    visits: tuple[VisitPlan, ...]


@made_once
def plan_of(scenario: Scenario, jurisdiction: Jurisdiction, protocol: Protocol) -> SamplingPlan:
    """Return the plan of a place under its policy."""
    return SamplingPlan(
        scenario=scenario,
        jurisdiction=jurisdiction,
        protocol=protocol,
        stream_names=tuple(stream_names(scenario, jurisdiction, protocol)),
        visits=tuple(
            VisitPlan(
                plan_sessions(scenario, jurisdiction, protocol, visit),
                plan_handovers(scenario, jurisdiction, protocol, visit),
                plan_handing_up(scenario, jurisdiction, protocol, visit),
            )
            for visit in range(protocol.sessions.visits)
        ),
    )
