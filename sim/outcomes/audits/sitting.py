"""Who shall sit at a panel or meeting, by the draws and by what went before: what the audits of seats compare with."""

import numpy as np
from numpy.typing import NDArray

from sim.jurisdiction.contract import Int32, Int64
from sim.outcomes.columns import Mask, among, cells, rows_of
from sim.outcomes.finished_run import FinishedRun
from sim.vocabulary import NEVER_S, NOWHERE, SessionMode


def held_in_mode(run: FinishedRun, *modes: SessionMode) -> Mask:
    """Say which requests are for a session of one of some modes: bool (R,)."""
    of_slot = among(run.protocol.sessions.mode, *modes)
    if not of_slot.any():
        return np.zeros(len(run.casework), dtype=np.bool_)
    found: Mask = of_slot.take(run.trajectory.requests.slot) & run.casework
    return found


def sits_together(run: FinishedRun) -> Mask:
    """Say which requests are for a panel or a meeting: bool (R,)."""
    return held_in_mode(run, SessionMode.PANEL, SessionMode.MEETING)


def nobody_sits_together(run: FinishedRun) -> bool:
    """Say whether there is no seat and no session that could have one."""
    by_rule = among(run.protocol.sessions.mode, SessionMode.PANEL, SessionMode.MEETING)
    return not len(run.trajectory.seats.request) and not by_rule.any()


def comes_by_right(run: FinishedRun, row: Int64, option: NDArray[np.integer], option_column: Int64) -> Mask:
    """Say whether a group sits by right: as the lead, by the draw, or at a meeting by having a post for the unit."""
    sessions, batch = run.protocol.sessions, run.batch
    comes: Mask = run.jurisdiction.staff.pool_of_home[sessions.option_group[option], batch.home_unit[row]] != NOWHERE
    if batch.attends.shape[1]:
        by_draw = batch.attends[row, option_column]
        comes &= by_draw | (sessions.mode[sessions.option_slot[option]] == SessionMode.MEETING)
    comes |= ~sessions.is_member[option]
    return comes


def first_handler_pools(
    run: FinishedRun, visit_of_request: Int64, episode_of_request: Int64, round_of_visit: Int64
) -> Int32:
    """Return the pool of the first handler who shall sit at each request's panel, NOWHERE if none shall: int32 (R,).

    It is the pool that held the first session of the episode, if that was at a lower tier and nobody comes to the panel
    from it anyway.
    """
    requests, sessions, tier = run.trajectory.requests, run.protocol.sessions, run.stays.row
    handler = np.full(len(requests.dispute), NOWHERE, dtype=np.int32)
    if run.protocol.first_handler_bonus_logit is None:
        return handler
    panel = rows_of(held_in_mode(run, SessionMode.PANEL))
    held = rows_of(run.casework & (requests.started_s != NEVER_S))
    first_held = np.full(len(run.episodes.dispute), NOWHERE, dtype=np.int64)
    # Backwards, so that the first is written last.
    first_held[episode_of_request.take(held)[::-1]] = held[::-1]
    first = first_held.take(episode_of_request.take(panel))
    panel, first = panel[first != NOWHERE], first[first != NOWHERE]
    visit = visit_of_request.take(panel)
    is_below = tier.take(visit_of_request.take(first)) < tier.take(visit)
    is_below &= requests.joined_s.take(panel) >= requests.ended_s.take(first)
    panel, visit, pool = panel[is_below], visit[is_below], requests.pool.take(first[is_below])
    option = cells(run.place.option_of_slot, requests.slot.take(panel), run.jurisdiction.staff.pool_group[pool])
    column = round_of_visit.take(visit) * len(sessions.option_group) + option
    sits_anyway = (option != NOWHERE) & comes_by_right(run, requests.dispute.take(panel), option, column)
    handler[panel[~sits_anyway]] = pool[~sits_anyway]
    return handler
