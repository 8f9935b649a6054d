"""Whether requests and sessions follow each other as waiting for a post allows, and settle what was drawn."""

from dataclasses import dataclass

import numpy as np

from sim.jurisdiction.contract import Int32, Int64
from sim.outcomes.audits.sitting import held_in_mode, sits_together
from sim.outcomes.audits.subject import AuditSubject, among_rows, failures
from sim.outcomes.columns import Mask, among, cells, rows_of
from sim.vocabulary import HANDED_UP, NEVER_S, NOWHERE, Departure, Fate, Purpose, RequestOutcome, SessionMode

_LEFT = (RequestOutcome.LEFT_QUEUE, RequestOutcome.SKIPPED)


def request_times(run: AuditSubject) -> list[str]:
    """Check that no wait is negative, sessions start after requests, and instants fit the outcome."""
    requests, owner = run.trajectory.requests, run.of_request
    joined_s, started_s, ended_s, left_s = requests.joined_s, requests.started_s, requests.ended_s, requests.left_s
    in_session = among(requests.outcome, RequestOutcome.IN_SESSION)
    served = among(requests.outcome, RequestOutcome.SETTLED, RequestOutcome.NOT_SETTLED) | in_session
    started, ended, left = started_s != NEVER_S, ended_s != NEVER_S, among(requests.outcome, *_LEFT)
    needs_none = held_in_mode(run, SessionMode.MEETING)
    has_post = (requests.pool != NOWHERE) & ((requests.post >= 0) != needs_none) & (requests.option != NOWHERE)
    # A session that the working windows cannot hold is planned to end at NEVER_S.
    planned = ended | in_session
    until_the_end = in_session != (ended_s >= run.jurisdiction.horizon_s)
    return [
        *failures("a session starts before its request", started & (started_s < joined_s), owner),
        *failures("a request leaves before it joins", left_s < joined_s, owner),
        *failures("a session ends before it starts", started & (ended_s < started_s), owner),
        *failures("served and started do not agree", (served != started) | (served & ~planned), owner),
        *failures("served and having a post do not agree", served != has_post, owner),
        *failures("left the queue and its second do not agree", left != (left_s != NEVER_S), owner),
        *failures("in session at the end, and not", served & until_the_end, owner),
    ]


def requests_and_visits(run: AuditSubject) -> list[str]:
    """Check that a case asks for sessions of its tier only while there, one after the other, after the gaps drawn."""
    requests, visits, owner, casework = run.trajectory.requests, run.trajectory.visits, run.of_request, run.casework
    left_s, way, arrived_s, tier = (
        one.take(run.visit_of_request) for one in (visits.left_s, visits.departure, visits.arrived_s, run.stays.row)
    )
    settled = among(requests.outcome, RequestOutcome.SETTLED)
    left_apart = among(requests.outcome, RequestOutcome.LEFT_QUEUE) & (requests.left_s != left_s)
    waits_gone = among(requests.outcome, RequestOutcome.WAITING) & (left_s != NEVER_S)
    ends_gone = ~among(way, Departure.INCIDENT) & (requests.ended_s != NEVER_S) & (requests.ended_s > left_s)
    starts_gone = (requests.started_s != NEVER_S) & (requests.started_s > left_s)
    settles = settled != (among(way, Departure.SETTLED) & (requests.ended_s == left_s) & run.is_last_request)
    return [
        *failures("a request is for another tier's session", run.request_tier != tier, owner),
        *_paperwork(run),
        *failures("a case asks before it arrives", casework & (requests.joined_s < arrived_s), owner),
        *failures("a case leaves the queue and the tier apart", casework & left_apart, owner),
        *failures("a case waits at a tier that it has left", casework & waits_gone, owner),
        *failures("a case leaves a tier in a session", casework & (ends_gone | starts_gone), owner),
        *failures("the last session and the visit do not settle together", casework & settles, owner),
        *_gaps(run),
    ]


def _paperwork(run: AuditSubject) -> list[str]:
    """Paperwork comes with a handover; every case handed up has it, once, where a handover takes hours."""
    visits, requests = run.trajectory.visits, run.trajectory.requests
    handed_up = among(visits.departure, *HANDED_UP)
    rows = rows_of(among(requests.purpose, Purpose.HANDOVER))
    visit = run.visit_of_request.take(rows)
    apart = (requests.joined_s.take(rows) != visits.left_s.take(visit)) | ~handed_up.take(visit)
    wanted = handed_up & (run.protocol.handover_effort_s > 0)
    wrong = np.bincount(visit, minlength=len(wanted)) != wanted
    return [
        *failures("paperwork does not come with a handover", apart, among_rows(run.of_request, rows)),
        *failures("a case is handed over without paperwork, or with too much", wrong, run.of_visit),
    ]


def sessions_as_drawn(run: AuditSubject) -> list[str]:
    """Check the server, the effort, travel and occupation of each session, and whether it settles at its age."""
    requests, sessions = run.trajectory.requests, run.protocol.sessions
    rows = rows_of(requests.option != NOWHERE)
    dispute, slot, option = requests.dispute.take(rows), requests.slot.take(rows), requests.option.take(rows)
    home, group = run.batch.home_unit.take(dispute).astype(np.int64), sessions.option_group.take(option)
    served = _Served(rows, dispute, home, slot, option, group)
    drawn, together, owner = _as_drawn(run, served), sits_together(run), among_rows(run.of_request, rows)
    right_pool = cells(run.jurisdiction.staff.pool_of_home, group, home)
    outcome = requests.outcome.take(rows)
    missed = drawn.settles & among(outcome, RequestOutcome.NOT_SETTLED)
    missing = rows_of(missed)
    missed[missing] = run.episodes.fate[run.episode_of_request[rows[missing]]] != int(Fate.INCIDENT)
    others = [
        (what, found.take(rows) != wanted)
        for what, found, wanted in (
            ("a session takes another effort than drawn", requests.effort_s, drawn.effort_s),
            ("a session takes another travel than drawn", requests.travel_s, drawn.travel_s),
            ("a session occupies its post otherwise", requests.occupation_s, drawn.occupation_s),
        )
    ]
    if together.any():
        alone = ~together.take(rows)
        others = [(what, alone & other) for what, other in others]
    not_listed = sessions.option_slot.take(option) != slot
    settles_too_much = among(outcome, RequestOutcome.SETTLED) & ~drawn.settles
    return [
        *(one for what, other in others for one in failures(what, other, owner)),
        *failures("a session is held by a group that it does not list", not_listed, owner),
        *failures("a session is held by a pool for other units", requests.pool.take(rows) != right_pool, owner),
        *failures("a session settles what it cannot", settles_too_much, owner),
        *failures("a session fails to settle what it can", missed, owner),
    ]


@dataclass(frozen=True, slots=True)
class _Served:
    """Requests that a group served: rows of the requests, with the dispute's row, its home unit and the rest (n,)."""

    rows: Int64
    dispute: Int64
    home: Int64
    slot: Int32
    option: Int32
    group: Int32


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What some requests should take, int64 (n,) each, and which of them settle the case if nothing strikes it."""

    effort_s: Int64
    travel_s: Int64
    occupation_s: Int64
    settles: Mask


def _as_drawn(run: AuditSubject, served: _Served) -> _Drawn:
    """Return what the draws say of requests that a group served, each by its purpose."""
    requests, batch, protocol, sessions = run.trajectory.requests, run.batch, run.protocol, run.protocol.sessions
    rows, dispute = served.rows, served.dispute
    visit_round = run.round_of_visit.take(run.visit_of_request.take(rows))
    option_column = visit_round * len(sessions.option_group) + served.option
    drawn = _Drawn(
        effort_s=cells(batch.effort_s, dispute, visit_round * len(sessions.slot_ids) + served.slot),
        travel_s=cells(batch.travel_s, dispute, served.option.astype(np.int64)),
        occupation_s=cells(batch.occupation_s, dispute, option_column),
        settles=(sessions.mode != int(SessionMode.INTAKE)).take(served.slot),
    )
    until_age_s = cells(batch.settle_until_age_s, dispute, option_column)
    if protocol.first_handler_bonus_logit is not None:
        helped = rows_of(run.first_handler_pool.take(rows) != NOWHERE)
        until_age_s[helped] = batch.settle_with_handler_until_age_s[dispute[helped], option_column[helped]]
    age_s = requests.started_s.take(rows) - run.episodes.started_s.take(run.episode_of_request.take(rows))
    np.logical_and(drawn.settles, age_s <= until_age_s, out=drawn.settles)
    purpose = requests.purpose.take(rows)
    paperwork, visits = (rows_of(among(purpose, one)) for one in (Purpose.HANDOVER, Purpose.FOLLOW_UP))
    drawn.effort_s[paperwork], drawn.travel_s[paperwork] = protocol.handover_effort_s, 0
    drawn.occupation_s[paperwork] = protocol.handover_occupation_s.take(served.group.take(paperwork))
    drawn.settles[paperwork] = False
    if len(visits):
        after, group, home = protocol.after_settlement, served.group.take(visits), served.home.take(visits)
        drawn.effort_s[visits], drawn.settles[visits] = after.follow_up_effort_s, False
        drawn.travel_s[visits] = cells(after.follow_up_travel_s, group, home)
        drawn.occupation_s[visits] = cells(after.follow_up_occupation_s, group, home)
    return drawn


def last_sessions(run: AuditSubject) -> list[str]:
    """Check that an episode settled at a tier has exactly one settling session, its last, and any other has none."""
    requests, episodes = run.trajectory.requests, run.episodes
    settling = rows_of(among(requests.outcome, RequestOutcome.SETTLED))
    episode = run.episode_of_request.take(settling)
    count = np.bincount(episode, minlength=len(episodes.fate))
    expected = among(episodes.fate, Fate.SETTLED) & (episodes.fate_tier != NOWHERE)
    at_end = np.zeros(len(episodes.fate), dtype=np.bool_)
    last = run.is_last_request.take(settling) & (requests.ended_s.take(settling) == episodes.fate_s.take(episode))
    at_end[episode[last]] = True
    wrong = (count != expected) | (expected & ~at_end)
    return failures("a dispute's settling sessions do not fit its fate", wrong, run.of_episode)


def _gaps(run: AuditSubject) -> list[str]:
    """The first session of a visit is asked for on arrival, each other after the session before it and its gap."""
    requests, rows, batch = run.trajectory.requests, run.casework_rows, run.batch
    visit = run.visit_of_request.take(rows)
    slot = requests.slot.take(rows)
    later = rows_of(visit[1:] == visit[:-1]) + 1
    expected_s = run.trajectory.visits.arrived_s.take(visit)
    gap_column = run.round_of_visit.take(visit.take(later)) * len(run.protocol.sessions.slot_ids) + slot.take(later)
    gap_s = cells(batch.gap_s, requests.dispute.take(rows.take(later)), gap_column)
    expected_s[later] = requests.ended_s.take(rows.take(later - 1)) + gap_s
    wrong = run.waits.start_s != expected_s
    wrong[later] |= slot.take(later) <= slot.take(later - 1)
    return failures("a case does not ask for its sessions in turn", wrong, among_rows(run.of_request, rows))
