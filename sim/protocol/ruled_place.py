"""A place with its rules, as a key under which what is made of the two once can be kept for every replication."""

from dataclasses import dataclass

from sim.jurisdiction.contract import Jurisdiction
from sim.protocol.contract import Protocol


@dataclass(frozen=True, slots=True, eq=False)
class RuledPlace:
    """A jurisdiction and a protocol, equal to another pair only if both are the very same objects."""

    jurisdiction: Jurisdiction
    protocol: Protocol

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, RuledPlace)
            and self.jurisdiction is other.jurisdiction
            and self.protocol is other.protocol
        )

    def __hash__(self) -> int:
        return id(self.jurisdiction) ^ id(self.protocol)
