"""The sessions of all tiers, and who may hold them with what ability."""

from collections.abc import Iterable, Sequence
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from sim.jurisdiction.contract import Float64, Int32, Staff
from sim.protocol.contract import Sessions
from sim.protocol.seating import groups_of, members_of
from sim.specification.schema import Scenario
from sim.specification.schema.casework import MeetingSession, OutreachSession, PanelSession, Session
from sim.vocabulary import NOWHERE, SECONDS_PER_MINUTE, SessionMode


def compile_sessions(scenario: Scenario, staff: Staff, visits: int) -> Sessions:
    """Lay out the sessions tier by tier and their groups in order of preference.

    A group whose hours all go to administration and patrol holds no session: it is no option.
    """
    tiers = list(scenario.tiers.values())
    sessions = [session for tier in tiers for session in tier.sessions.values()]
    options = [groups_of(session, staff) for session in sessions]
    option_group = [staff.group_ids.index(group) for groups in options for group in groups]
    ability_logit = _ability_logit(scenario)
    calendar_ids = list(scenario.calendars)
    members = [
        member for session, groups in zip(sessions, options, strict=True) for member in members_of(session, groups)
    ]
    return Sessions(
        slot_ids=tuple(session_id for tier in tiers for session_id in tier.sessions),
        tier_offset=_offsets(len(tier.sessions) for tier in tiers),
        mode=np.array([_mode(session) for session in sessions], dtype=np.int32),
        settlement_ordinal=_settlement_ordinals(scenario),
        option_offset=_offsets(len(groups) for groups in options),
        option_group=np.array(option_group, dtype=np.int32),
        option_slot=np.repeat(np.arange(len(sessions), dtype=np.int32), [len(groups) for groups in options]),
        bonus_logit=np.array([_bonus_logit(session) for session in sessions], dtype=np.float64),
        ability_logit=ability_logit[np.array(option_group, dtype=np.intp)],
        held_for=_held_for(sessions, tuple(scenario.categories)),
        visits=visits,
        travels=np.array([_travels(session) for session in sessions], dtype=np.bool_),
        is_member=np.array([member.sits_with_lead for member in members], dtype=np.bool_),
        attendance_prob=np.array([member.attendance_prob for member in members], dtype=np.float64),
        member_bonus_logit=np.array([member.bonus_logit for member in members], dtype=np.float64),
        meeting_calendar=np.array([_meeting_calendar(session, calendar_ids) for session in sessions], dtype=np.int32),
        meeting_case_s=np.array([_meeting_case_s(session) for session in sessions], dtype=np.int64),
    )


def _travels(session: Session) -> bool:
    return session.travels if isinstance(session, PanelSession) else isinstance(session, OutreachSession)


def _meeting_calendar(session: Session, calendar_ids: list[str]) -> int:
    return calendar_ids.index(session.calendar) if isinstance(session, MeetingSession) else NOWHERE


def _meeting_case_s(session: Session) -> int:
    return session.minutes_per_case * SECONDS_PER_MINUTE if isinstance(session, MeetingSession) else 0


def _offsets(counts: Iterable[int]) -> Int32:
    return np.array(list(accumulate(counts, initial=0)), dtype=np.int32)


def _held_for(sessions: Sequence[Session], category_ids: tuple[str, ...]) -> NDArray[np.bool_]:
    """Whether each session is held for each category, bool (S, K)."""
    held = [[s.categories is None or category in s.categories for category in category_ids] for s in sessions]
    return np.array(held, dtype=np.bool_).reshape(len(sessions), len(category_ids))


def _mode(session: Session) -> SessionMode:
    return SessionMode[session.mode.upper()]


def _bonus_logit(session: Session) -> float:
    return session.bonus_logit if isinstance(session, OutreachSession | MeetingSession) else 0.0


def _settlement_ordinals(scenario: Scenario) -> Int32:
    ordinals = []
    for tier in scenario.tiers.values():
        settling = [session.mode != "intake" for session in tier.sessions.values()]
        ordinals.extend(list(accumulate(settling, initial=0))[:-1])
    return np.array(ordinals, dtype=np.int32)


def _ability_logit(scenario: Scenario) -> Float64:
    """Ability plus authority of every group by category, float64 (G, K)."""
    ability_logit = np.zeros((len(scenario.staff_groups), len(scenario.categories)))
    for number, group in enumerate(scenario.staff_groups.values()):
        authority_logit = group.authority_logit or {}
        ability_logit[number] = [
            group.ability_logit + authority_logit.get(category, 0.0) for category in scenario.categories
        ]
    return ability_logit
