"""Who comes to a panel: a draw for every group but the lead."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.jurisdiction.contract import Jurisdiction
from sim.protocol.contract import Protocol
from sim.sampling.cases import Cases
from sim.sampling.slots import Slot
from sim.vocabulary import NOWHERE, SessionMode

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Attendance:
    """A member of a panel who has a pool in some home unit.

    name: of its stream, None where it always comes; serves: bool (H,), home units for which it has a pool, None where
    that is all of them; column: of its option in the tables.
    """

    name: str | None
    prob: float
    serves: Flags | None
    bonus_logit: float
    column: int


def has_panels(protocol: Protocol) -> bool:
    """Whether any session is a panel."""
    return bool(np.any(protocol.sessions.mode == SessionMode.PANEL))


def attendances(protocol: Protocol, jurisdiction: Jurisdiction, at: Slot) -> tuple[Attendance, ...]:
    """Return the members of a slot in their order; none unless it is a panel.

    The name of a stream ends with the group's id, so that a group has the same luck whoever else is named.
    """
    sessions, staff = protocol.sessions, jurisdiction.staff
    members = []
    for option, column in at.option_columns.items():
        if sessions.mode[at.slot] != SessionMode.PANEL or option == sessions.option_offset[at.slot]:
            continue
        group, prob = int(sessions.option_group[option]), float(sessions.attendance_prob[option])
        serves = staff.pool_of_home[group] != NOWHERE
        members.append(
            Attendance(
                name=f"attendance/{at.address}/{staff.group_ids[group]}" if prob < 1 else None,
                prob=prob,
                serves=None if serves.all() else serves,
                bonus_logit=float(sessions.member_bonus_logit[option]),
                column=column,
            )
        )
    return tuple(members)


def draw_attendance(member: Attendance, cases: Cases) -> Flags:
    """Draw for which cases a member comes to a panel, bool (n,); never where it has no pool for the home unit."""
    if member.name is None:
        comes = np.ones(len(cases.rows), dtype=np.bool_)
    else:
        comes = cases.draws.uniforms(member.name) < member.prob
    if member.serves is not None:
        comes &= member.serves.take(cases.home_unit)
    return comes
