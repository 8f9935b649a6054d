"""Who comes to a panel: a draw for every group but the lead."""

import numpy as np
from numpy.typing import NDArray

from sim.jurisdiction.contract import Jurisdiction
from sim.protocol.contract import Protocol
from sim.sampling.contract import Int32
from sim.sampling.draws import Draws
from sim.vocabulary import NOWHERE, SessionMode

Flags = NDArray[np.bool_]


def has_panels(protocol: Protocol) -> bool:
    """Whether any session is a panel."""
    return bool(np.any(protocol.sessions.mode == SessionMode.PANEL))


def draw_attendance(
    protocol: Protocol, jurisdiction: Jurisdiction, slot: int, address: str, home_unit: Int32, draws: Draws
) -> dict[int, Flags]:
    """Draw for which disputes each group but the lead comes to a panel: by option, bool (N,); {} for other modes.

    The address ends with the group's id, so that a group has the same luck whoever else is named. A group without a
    pool for the home unit never comes.
    """
    sessions, staff = protocol.sessions, jurisdiction.staff
    attends: dict[int, Flags] = {}
    if sessions.mode[slot] != SessionMode.PANEL:
        return attends
    for option in range(int(sessions.option_offset[slot]) + 1, int(sessions.option_offset[slot + 1])):
        group, prob = int(sessions.option_group[option]), float(sessions.attendance_prob[option])
        attends[option] = (staff.pool_of_home[group] != NOWHERE)[home_unit]
        if prob < 1:
            attends[option] &= draws.uniforms(f"attendance/{address}/{staff.group_ids[group]}") < prob
    return attends
