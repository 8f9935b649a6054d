"""What the audits look at: a finished run and the links between its disputes, visits and requests."""

from collections.abc import Callable
from dataclasses import dataclass, fields

import numpy as np

from sim.jurisdiction.contract import Int32, Int64
from sim.outcomes.audits.sitting import first_handler_pools
from sim.outcomes.columns import Mask, cells, rows_of
from sim.outcomes.finished_run import FinishedRun
from sim.vocabulary import NOWHERE, Departure

FORWARDED = (
    Departure.ESCALATED_EXHAUSTED,
    Departure.ESCALATED_DEADLINE,
    Departure.PASSED_THROUGH,
    Departure.REFERRED_UP,
    Departure.RETURNED_DOWN,
    Departure.BYPASSED,
    Departure.REFERRED_BY_LOAD,
    Departure.PAPER_SETTLED,
)
"""Ways of leaving a tier that send the case to another one."""

Owner = Callable[[int], int]
"""Names the dispute that a row is of."""


@dataclass(frozen=True, slots=True)
class AuditSubject(FinishedRun):
    """A finished run: N disputes with Q episodes, M visits, R requests of which C are casework.

    visit_count: int64 (Q,), visits of each episode; first_visit, last_visit: int64 (Q,), rows of the visits table,
    NOWHERE without visits; episode_of_visit: int64 (M,), row of the episodes; round_of_visit: int64 (M,), number of its
    set of columns in the batch; kind_of_visit: int64 (M,), home unit and category of its dispute as one number, a row
    of the place's tables of (H · K,); visit_of_request, episode_of_request: int64 (R,); is_last_request: bool (R,),
    whether a case makes none for itself after it in the episode; first_handler_pool: int32 (R,), of the first handler
    who shall sit at a panel, else NOWHERE; followed: int64 (L,), rows of the visits that another of the episode
    follows; next_arrival_s: int64 (L,), when that must begin, from the delays drawn.
    """

    visit_count: Int64
    first_visit: Int64
    last_visit: Int64
    episode_of_visit: Int64
    round_of_visit: Int64
    kind_of_visit: Int64
    visit_of_request: Int64
    episode_of_request: Int64
    is_last_request: Mask
    first_handler_pool: Int32
    followed: Int64
    next_arrival_s: Int64

    def of_dispute(self, row: int) -> int:
        """Name a dispute."""
        return int(self.batch.dispute_id[row])

    def of_episode(self, row: int) -> int:
        """Name the dispute of an episode."""
        return self.of_dispute(self.episodes.dispute[row])

    def of_visit(self, row: int) -> int:
        """Name the dispute of a visit."""
        return self.of_dispute(self.trajectory.visits.dispute[row])

    def of_request(self, row: int) -> int:
        """Name the dispute of a request."""
        return self.of_dispute(self.trajectory.requests.dispute[row])

    def of_seat(self, row: int) -> int:
        """Name the dispute of a seat."""
        return self.of_request(self.trajectory.seats.request[row])


def audit_subject(run: FinishedRun) -> AuditSubject:
    """Return the subject of the audits."""
    visits, requests, episodes = run.trajectory.visits, run.trajectory.requests, run.episodes
    episode_of_visit = episodes.first.take(visits.dispute) + visits.episode
    visit_count = np.bincount(episode_of_visit, minlength=len(episodes.dispute)).astype(np.int64, copy=False)
    end = np.cumsum(visit_count)
    first_visit, without = end - visit_count, rows_of(visit_count == 0)
    visit_of_request = first_visit.take(episodes.first).take(requests.dispute) + requests.visit_number
    last_visit = end - 1
    first_visit[without], last_visit[without] = NOWHERE, NOWHERE
    episode_of_request = episode_of_visit.take(visit_of_request)
    round_of_visit = visits.episode.astype(np.int64) * run.place.protocol.sessions.visits + visits.tier_visit
    followed = rows_of(episode_of_visit[1:] == episode_of_visit[:-1])
    next_arrival_s = _arrival_after_s(run, followed, episode_of_visit.take(followed), round_of_visit.take(followed))
    return AuditSubject(
        **{field.name: getattr(run, field.name) for field in fields(FinishedRun)},
        visit_count=visit_count,
        first_visit=first_visit,
        last_visit=last_visit,
        episode_of_visit=episode_of_visit,
        round_of_visit=round_of_visit,
        kind_of_visit=_kind_of_dispute(run).take(visits.dispute),
        visit_of_request=visit_of_request,
        episode_of_request=episode_of_request,
        is_last_request=_last_of_each(run.casework_rows, episode_of_request),
        first_handler_pool=first_handler_pools(run, visit_of_request, episode_of_request, round_of_visit),
        followed=followed,
        next_arrival_s=next_arrival_s,
    )


def _kind_of_dispute(run: FinishedRun) -> Int64:
    """Home unit and category of each dispute as one number: int64 (N,)."""
    kind: Int64 = run.batch.home_unit.astype(np.int64) * len(run.protocol.category_ids) + run.batch.category
    return kind


def failures(what: str, wrong: Mask, owner: Owner) -> list[str]:
    """Say how often something is wrong, and name the first dispute; nothing if it never is."""
    # The first of all, if any is: looking for it is the quickest way to see that none is.
    first = int(wrong.argmax()) if len(wrong) else 0
    if not len(wrong) or not wrong[first]:
        return []
    return [f"{what} ({int(np.count_nonzero(wrong))} times, first: dispute {owner(first)})"]


def among_rows(owner: Owner, rows: Int64) -> Owner:
    """Return who owns the places of some rows, by who owns the rows."""
    return lambda place: owner(int(rows[place]))


def _last_of_each(casework_rows: Int64, episode_of_request: Int64) -> Mask:
    """Which casework is the last of its episode: bool (R,)."""
    episode = episode_of_request.take(casework_rows)
    is_last = np.zeros(len(episode_of_request), dtype=np.bool_)
    is_last[casework_rows[:-1]] = episode[1:] != episode[:-1]
    is_last[casework_rows[-1:]] = True
    return is_last


def _arrival_after_s(run: FinishedRun, visit: Int64, episode: Int64, visit_round: Int64) -> Int64:
    """When the case of each of some visits arrives at its next tier, from the delays drawn: int64 (n,).

    A petition made on the way sets out anew at the end of the parties' patience. episode, visit_round: of the visits.
    """
    visits, episodes, batch = run.trajectory.visits, run.episodes, run.batch
    row, way, left_s = visits.dispute.take(visit), visits.departure.take(visit), visits.left_s.take(visit)
    column = visit_round * len(run.place.jurisdiction.tier_ids) + run.stays.row.take(visit)
    delay_s = cells(batch.handover_delay_s, row, column)
    passed = way == int(Departure.PASSED_THROUGH)
    delay_s[passed] = 0
    if batch.paper_return_s.shape[1]:
        on_paper = rows_of(way == int(Departure.PAPER_SETTLED))
        delay_s[on_paper] = batch.paper_return_s[row[on_paper], column[on_paper]]
    arrival_s = left_s + delay_s
    patience_s, bypassed = episodes.patience_s.take(episode), episodes.bypassed.take(episode)
    by_petition = way == int(Departure.BYPASSED)
    on_the_way = bypassed & ~by_petition & ~passed & (patience_s >= left_s) & (patience_s <= arrival_s)
    sets_out = rows_of(by_petition | on_the_way)
    set_out_s = np.where(by_petition, left_s, patience_s).take(sets_out)
    petition_s = episodes.drawn(batch.petition_delay_s, batch.later_petition_delay_s, episode.take(sets_out))
    arrival_s[sets_out] = set_out_s + petition_s
    return arrival_s
