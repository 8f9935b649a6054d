"""What is known of the sessions of a visit before any case is drawn: distributions, abilities, columns of the tables.

It is cut into blocks of neighbouring sessions, whose draws are worked out together.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.jurisdiction.contract import Float64, Jurisdiction
from sim.protocol.contract import Protocol
from sim.sampling.attendance import Attendance, attendances
from sim.sampling.quantities import Quantities
from sim.sampling.slots import Slot, held_slots
from sim.specification.schema import Scenario
from sim.specification.schema.casework import MeetingSession
from sim.vocabulary import SessionMode

_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True, eq=False)
class SessionPlan:
    """The slots that can be held at one visit of each tier, first (0) or second (1), in this place."""

    scenario: Scenario
    jurisdiction: Jurisdiction
    protocol: Protocol
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Durations:
    """Efforts of some slots, and occupations of their options: n slots, L options.

    effort_hours: n quantities; slot_of_option: int64 (L,), or None where every slot has one option; travel_hours:
    float64 (H,) by home unit for each option, None without any travel; casework_share: float64 (L, 1).
    """

    effort_hours: Quantities
    effort_columns: tuple[int, ...]
    slot_of_option: NDArray[np.int64] | None
    travel_hours: tuple[Float64 | None, ...]
    casework_share: Float64
    occupation_columns: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Gaps:
    """Times before some slots."""

    days: Quantities
    columns: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class SettlementTests:
    """Settlement tests of some slots, and of their options that lead them: n slots, L options.

    names: n, of their streams; gained_logit: float64 (n, 1), from the session and those before it at its tier;
    attendances: of the members of each slot; slot_of_option: int64 (L,), or None where every slot has one option;
    ability_logit: float64 (L, K) by category; is_panel (L,).
    """

    names: tuple[str, ...]
    gained_logit: Float64
    attendances: tuple[tuple[Attendance, ...], ...]
    slot_of_option: NDArray[np.int64] | None
    ability_logit: Float64
    columns: tuple[int, ...]
    is_panel: tuple[bool, ...]

    @property
    def largest_part_logit(self) -> float:
        """The largest part of a margin, by its size, that is neither luck nor difficulty."""
        bonuses = [abs(member.bonus_logit) for members in self.attendances for member in members]
        return max(*bonuses, float(np.abs(self.gained_logit).max()), float(np.abs(self.ability_logit).max()))


@dataclass(frozen=True, slots=True)
class SessionBlocks:
    """The sessions of a visit, so many at a time."""

    durations: tuple[Durations, ...]
    gaps: tuple[Gaps, ...]
    tests: tuple[SettlementTests, ...]


def plan_sessions(scenario: Scenario, jurisdiction: Jurisdiction, protocol: Protocol, visit: int) -> SessionPlan:
    """Return the slots that can be held at a visit."""
    return SessionPlan(scenario, jurisdiction, protocol, tuple(held_slots(scenario, jurisdiction, protocol, visit)))


@lru_cache(maxsize=64)
def session_blocks(plan: SessionPlan, size: int) -> SessionBlocks:
    """Return the sessions of a visit in blocks of at most so many slots.

    A meeting's effort is shared out when it is held, so it has no duration; an intake has no test.
    """
    mode = plan.protocol.sessions.mode
    timed = [at for at in plan.slots if not isinstance(at.session, MeetingSession)]
    later = [at for at in plan.slots if at.gap_days is not None]
    tested = [at for at in plan.slots if mode[at.slot] != SessionMode.INTAKE]
    return SessionBlocks(
        tuple(_durations(plan, block) for block in _cut(timed, size)),
        tuple(_gaps(block) for block in _cut(later, size)),
        tuple(_tests(plan, block) for block in _cut(tested, size)),
    )


def _durations(plan: SessionPlan, block: Sequence[Slot]) -> Durations:
    sessions, staff = plan.protocol.sessions, plan.jurisdiction.staff
    listed = [(row, at, option) for row, at in enumerate(block) for option in at.option_columns]
    groups = [int(sessions.option_group[option]) for _, _, option in listed]
    travels = [bool(sessions.travels[at.slot]) for _, at, _ in listed]
    return Durations(
        effort_hours=Quantities.of(
            [
                (at.session.effort_hours, f"effort/{at.address}")
                for at in block
                if not isinstance(at.session, MeetingSession)
            ]
        ),
        effort_columns=tuple(at.column for at in block),
        slot_of_option=_unless_one_each([row for row, _, _ in listed], len(block)),
        travel_hours=tuple(
            staff.travel_hours[group] if away and staff.travel_hours[group].any() else None
            for group, away in zip(groups, travels, strict=True)
        ),
        casework_share=staff.casework_share[groups][:, np.newaxis],
        occupation_columns=tuple(at.option_columns[option] for _, at, option in listed),
    )


def _gaps(block: Sequence[Slot]) -> Gaps:
    days = [(at.gap_days, f"gap/{at.address}") for at in block if at.gap_days is not None]
    return Gaps(Quantities.of(days), tuple(at.column for at in block))


def _tests(plan: SessionPlan, block: Sequence[Slot]) -> SettlementTests:
    sessions = plan.protocol.sessions
    leads = [
        (row, at, option)
        for row, at in enumerate(block)
        for option in at.option_columns
        if not sessions.is_member[option]
    ]
    return SettlementTests(
        names=tuple(f"settlement/{at.address}" for at in block),
        gained_logit=np.array([[_gained_logit(plan, at.slot)] for at in block]),
        attendances=tuple(attendances(plan.protocol, plan.jurisdiction, at) for at in block),
        slot_of_option=_unless_one_each([row for row, _, _ in leads], len(block)),
        ability_logit=sessions.ability_logit[[option for _, _, option in leads]],
        columns=tuple(at.option_columns[option] for _, at, option in leads),
        is_panel=tuple(bool(sessions.mode[at.slot] == SessionMode.PANEL) for _, at, _ in leads),
    )


def _gained_logit(plan: SessionPlan, slot: int) -> float:
    """Margin from the session's bonus and from the settlement sessions of the tier before it."""
    sessions = plan.protocol.sessions
    ordinal = float(sessions.settlement_ordinal[slot])
    return float(sessions.bonus_logit[slot]) + plan.scenario.settlement.gain_per_session_logit * ordinal


def _unless_one_each(slot_of_option: list[int], slots: int) -> NDArray[np.int64] | None:
    return None if slot_of_option == list(range(slots)) else np.array(slot_of_option, dtype=np.int64)


def _cut(items: Sequence[_Item], size: int) -> Iterator[Sequence[_Item]]:
    for first in range(0, len(items), size):
        yield items[first : first + size]
