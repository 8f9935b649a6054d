"""What sampling knows of a place and its policy before anything is drawn: made once for all replications."""

from dataclasses import dataclass
from functools import lru_cache

from sim.jurisdiction.contract import Jurisdiction
from sim.protocol.contract import Protocol
from sim.protocol.ruled_place import RuledPlace
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

    stream_names: of streams over disputes, marked by episode; visits: first and, where cases can be returned, second.
    """

    scenario: Scenario
    jurisdiction: Jurisdiction
    protocol: Protocol
    stream_names: tuple[str, ...]
    visits: tuple[VisitPlan, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Sampled:
    """The key of a plan: equal to another only if it is of the very same objects."""

    scenario: Scenario
    place: RuledPlace

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Sampled) and self.scenario is other.scenario and self.place == other.place

    def __hash__(self) -> int:
        return id(self.scenario) ^ id(self.place.jurisdiction) ^ id(self.place.protocol)


def plan_of(scenario: Scenario, jurisdiction: Jurisdiction, protocol: Protocol) -> SamplingPlan:
    """Return the plan of a place under its policy, made once for the places last asked for."""
    return _plan_of(_Sampled(scenario, RuledPlace(jurisdiction, protocol)))


@lru_cache(maxsize=16)
def _plan_of(sampled: _Sampled) -> SamplingPlan:
    scenario, jurisdiction, protocol = sampled.scenario, sampled.place.jurisdiction, sampled.place.protocol
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
