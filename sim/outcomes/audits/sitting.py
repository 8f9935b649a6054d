"""Who shall sit at a panel or meeting, by the draws and by what went before: what the audits of seats compare with."""

import numpy as np

from sim.jurisdiction.contract import Int32, Int64
from sim.outcomes.audits.subject import AuditSubject
from sim.outcomes.columns import Mask, among, rows_of
from sim.vocabulary import NEVER_S, NOWHERE, SessionMode


def held_in_mode(run: AuditSubject, *modes: SessionMode) -> Mask:
    """Say which requests are for a session of one of some modes: bool (R,)."""
    of_slot = among(run.protocol.sessions.mode, *modes)
    if not of_slot.any():
        return np.zeros(len(run.casework), dtype=np.bool_)
    found: Mask = of_slot.take(run.trajectory.requests.slot) & run.casework
    return found


def sits_together(run: AuditSubject) -> Mask:
    """Say which requests are for a panel or a meeting: bool (R,)."""
    return held_in_mode(run, SessionMode.PANEL, SessionMode.MEETING)


def nobody_sits_together(run: AuditSubject) -> bool:
    """Say whether there is no seat and no session that could have one."""
    by_rule = among(run.protocol.sessions.mode, SessionMode.PANEL, SessionMode.MEETING)
    return not len(run.trajectory.seats.request) and not by_rule.any()


def comes_by_right(run: AuditSubject, row: Int64, option: Int64, option_column: Int64) -> Mask:
    """Say whether a group sits by right: as the lead, by the draw, or at a meeting by having a post for the unit."""
    sessions, batch = run.protocol.sessions, run.batch
    comes: Mask = run.jurisdiction.staff.pool_of_home[sessions.option_group[option], batch.home_unit[row]] != NOWHERE
    if batch.attends.shape[1]:
        by_draw = batch.attends[row, option_column]
        comes &= by_draw | (sessions.mode[sessions.option_slot[option]] == SessionMode.MEETING)
    return comes | ~sessions.is_member[option]


def members_wanted(run: AuditSubject) -> Int64:
    """Return how many shall sit for each request, first handlers included, 0 for other sessions: int64 (R,)."""
    requests, sessions = run.trajectory.requests, run.protocol.sessions
    wanted = np.zeros(len(requests.dispute), dtype=np.int64)
    visit = run.round_of_visit[run.visit_of_request]
    together = sits_together(run)
    for option, slot in enumerate(sessions.option_slot.tolist()):
        here = rows_of(together & (requests.slot == slot))
        if len(here):
            option_of_all = np.full(len(here), option, dtype=np.int64)
            column = visit[here] * len(sessions.option_group) + option
            wanted[here] += comes_by_right(run, requests.dispute[here], option_of_all, column)
    wanted[first_handler_pools(run) != NOWHERE] += 1
    return wanted


def first_handler_pools(run: AuditSubject) -> Int32:
    """Return the pool of the first handler who shall sit at each request's panel, NOWHERE if none shall: int32 (R,).

    It is the pool that held the first session of the episode, if that was at a lower tier and nobody comes to the panel
    from it anyway.
    """
    requests, visits, sessions = run.trajectory.requests, run.trajectory.visits, run.protocol.sessions
    nobody = np.full(len(requests.dispute), NOWHERE, dtype=np.int32)
    if run.protocol.first_handler_bonus_logit is None or not len(nobody):
        return nobody
    held = rows_of(run.casework & (requests.started_s != NEVER_S))
    episode = run.episode_of_request
    first_held = np.full(int(run.episode_of_visit.max(initial=0)) + 1, NOWHERE, dtype=np.int64)
    first_held[episode[held][::-1]] = held[::-1]
    first, tier = first_held[episode], visits.tier[run.visit_of_request]
    below = (first != NOWHERE) & (tier[first] < tier) & (requests.joined_s >= requests.ended_s[first])
    pool = np.where(below & held_in_mode(run, SessionMode.PANEL), requests.pool[first], NOWHERE)
    option = run.place.option_of_slot[requests.slot, run.jurisdiction.staff.pool_group[pool]]
    column = run.round_of_visit[run.visit_of_request] * len(sessions.option_group) + option
    sits_anyway = (option != NOWHERE) & comes_by_right(run, requests.dispute, option, column)
    return np.where(sits_anyway, NOWHERE, pool).astype(np.int32)
