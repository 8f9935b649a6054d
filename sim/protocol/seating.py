"""Sessions that several groups hold together: who sits with the lead, and when meetings are held."""

from dataclasses import dataclass

from sim.jurisdiction.contract import Staff
from sim.specification.schema.casework import MeetingSession, PanelSession, Session


@dataclass(frozen=True, slots=True)
class Member:
    """What a group does in a session besides having an ability."""

    sits_with_lead: bool = False
    attendance_prob: float = 1.0
    bonus_logit: float = 0.0


def groups_of(session: Session, staff: Staff) -> list[str]:
    """Return the groups that have time for casework; where they sit together, none if the lead has none."""
    groups = [group for group in session.groups if staff.casework_share[staff.group_ids.index(group)] > 0]
    sit_together = isinstance(session, PanelSession | MeetingSession)
    return [] if sit_together and groups[:1] != list(session.groups[:1]) else groups


def members_of(session: Session, groups: list[str]) -> list[Member]:
    """Return what each of the session's groups does, in order; the first leads where they sit together."""
    if isinstance(session, PanelSession):
        others = [
            Member(True, session.attendance_prob[group], session.member_bonus_logit[group]) for group in groups[1:]
        ]
        return [Member() for _ in groups[:1]] + others
    if isinstance(session, MeetingSession):
        return [Member(sits_with_lead=position > 0) for position in range(len(groups))]
    return [Member() for _ in groups]
