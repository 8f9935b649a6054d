"""Whether requests and sessions follow each other as waiting for a post allows, and settle what was drawn."""

import numpy as np

from sim.jurisdiction.contract import Int64
from sim.outcomes.audits.sitting import first_handler_pools, held_in_mode, sits_together
from sim.outcomes.audits.subject import AuditSubject, Mask, failures
from sim.vocabulary import HANDED_UP, NEVER_S, NOWHERE, Departure, Fate, Purpose, RequestOutcome, SessionMode

_LEFT = (RequestOutcome.LEFT_QUEUE, RequestOutcome.SKIPPED)
_SERVED = (RequestOutcome.IN_SESSION, RequestOutcome.SETTLED, RequestOutcome.NOT_SETTLED)


def request_times(run: AuditSubject) -> list[str]:
    """Check that no wait is negative, sessions start after requests, and instants fit the outcome."""
    requests, horizon_s = run.trajectory.requests, run.jurisdiction.horizon_s
    dispute_id = run.batch.dispute_id[requests.dispute]
    served, left = np.isin(requests.outcome, _SERVED), np.isin(requests.outcome, _LEFT)
    started, ended = requests.started_s != NEVER_S, requests.ended_s != NEVER_S
    in_session = requests.outcome == RequestOutcome.IN_SESSION
    needs_none = held_in_mode(run, SessionMode.MEETING)
    has_post = (requests.pool != NOWHERE) & ((requests.post >= 0) != needs_none) & (requests.option != NOWHERE)
    # A session that the working windows cannot hold is planned to end at NEVER_S.
    planned = ended | in_session
    return [
        *failures(
            "a session starts before its request", started & (requests.started_s < requests.joined_s), dispute_id
        ),
        *failures("a request leaves before it joins", requests.left_s < requests.joined_s, dispute_id),
        *failures("a session ends before it starts", started & (requests.ended_s < requests.started_s), dispute_id),
        *failures("served and started do not agree", (served != started) | (served & ~planned), dispute_id),
        *failures("served and having a post do not agree", served != has_post, dispute_id),
        *failures("left the queue and its second do not agree", left != (requests.left_s != NEVER_S), dispute_id),
        *failures(
            "in session at the end, and not", served & (in_session != (requests.ended_s >= horizon_s)), dispute_id
        ),
    ]


def requests_and_visits(run: AuditSubject) -> list[str]:
    """Check that a case asks for sessions of its tier only while there, one after the other, after the gaps drawn."""
    requests, visits = run.trajectory.requests, run.trajectory.visits
    dispute_id, visit = run.batch.dispute_id[requests.dispute], run.visit_of_request
    casework, outcome = requests.purpose == Purpose.CASEWORK, requests.outcome
    offset = run.protocol.sessions.tier_offset
    tier = np.searchsorted(offset, requests.slot, side="right") - 1
    left_s, way = visits.left_s[visit], visits.departure[visit]
    struck, settled = way == Departure.INCIDENT, outcome == RequestOutcome.SETTLED
    handed_over = (requests.purpose == Purpose.HANDOVER) & ((requests.joined_s != left_s) | ~np.isin(way, HANDED_UP))
    too_early = casework & (requests.joined_s < visits.arrived_s[visit])
    left_apart = casework & (outcome == RequestOutcome.LEFT_QUEUE) & (requests.left_s != left_s)
    waits_gone = casework & (outcome == RequestOutcome.WAITING) & (left_s != NEVER_S)
    ends_gone = casework & ~struck & (requests.ended_s != NEVER_S) & (requests.ended_s > left_s)
    starts_gone = casework & (requests.started_s != NEVER_S) & (requests.started_s > left_s)
    settles = casework & (settled != ((way == Departure.SETTLED) & (requests.ended_s == left_s) & _is_last(run)))
    return [
        *failures("a request is for another tier's session", tier != visits.tier[visit], dispute_id),
        *failures("paperwork does not come with a handover", handed_over, dispute_id),
        *_missing_paperwork(run),
        *failures("a case asks before it arrives", too_early, dispute_id),
        *failures("a case leaves the queue and the tier apart", left_apart, dispute_id),
        *failures("a case waits at a tier that it has left", waits_gone, dispute_id),
        *failures("a case leaves a tier in a session", ends_gone | starts_gone, dispute_id),
        *failures("the last session and the visit do not settle together", settles, dispute_id),
        *_gaps(run),
    ]


def _missing_paperwork(run: AuditSubject) -> list[str]:
    """Every case handed up has its paperwork, once, where a handover takes hours."""
    visits, requests = run.trajectory.visits, run.trajectory.requests
    asked = run.visit_of_request[requests.purpose == Purpose.HANDOVER]
    wanted = np.isin(visits.departure, HANDED_UP) & (run.protocol.handover_effort_s > 0)
    wrong = np.bincount(asked, minlength=len(visits.dispute)) != wanted
    return failures(
        "a case is handed over without paperwork, or with too much", wrong, run.batch.dispute_id[visits.dispute]
    )


def sessions_as_drawn(run: AuditSubject) -> list[str]:
    """Check the server, the effort, travel and occupation of each session, and whether it settles at its age."""
    requests, batch, protocol = run.trajectory.requests, run.batch, run.protocol
    after, home = protocol.after_settlement, batch.home_unit[requests.dispute]
    served = np.flatnonzero(requests.option != NOWHERE)
    row, slot, option = requests.dispute[served], requests.slot[served], requests.option[served]
    dispute_id = batch.dispute_id[row]
    casework = requests.purpose[served] == Purpose.CASEWORK
    alone = ~sits_together(run)[served]
    follow_up = np.flatnonzero(requests.purpose[served] == Purpose.FOLLOW_UP)
    sessions, group = protocol.sessions, protocol.sessions.option_group[option]
    right_pool = run.jurisdiction.staff.pool_of_home[group, batch.home_unit[row]]
    visit_round = run.round_of_visit[run.visit_of_request[served]]
    slot_column = visit_round * len(sessions.slot_ids) + slot
    option_column = visit_round * len(sessions.option_group) + option
    effort_s = np.where(casework, batch.effort_s[row, slot_column], protocol.handover_effort_s)
    travel_s = np.where(casework, batch.travel_s[row, option], 0)
    paperwork_s = protocol.handover_occupation_s[group]
    occupation_s = np.where(casework, batch.occupation_s[row, option_column], paperwork_s)
    visited = group[follow_up], home[served][follow_up]
    effort_s[follow_up] = after.follow_up_effort_s
    travel_s[follow_up] = after.follow_up_travel_s[visited] if len(follow_up) else 0
    occupation_s[follow_up] = after.follow_up_occupation_s[visited] if len(follow_up) else 0
    episode = run.episode_of_request[served]
    age_s = requests.started_s[served] - run.episodes.started_s[episode]
    passes = casework & (sessions.mode[slot] != SessionMode.INTAKE)
    until_age_s, helped = batch.settle_until_age_s[row, option_column], first_handler_pools(run)[served] != NOWHERE
    until_age_s[helped] = batch.settle_with_handler_until_age_s[row[helped], option_column[helped]]
    passes &= age_s <= until_age_s
    outcome = requests.outcome[served]
    struck = run.episodes.fate[episode] == Fate.INCIDENT
    missed = passes & (outcome == RequestOutcome.NOT_SETTLED) & ~struck
    return [
        *failures(
            "a session takes another effort than drawn", alone & (requests.effort_s[served] != effort_s), dispute_id
        ),
        *failures(
            "a session takes another travel than drawn", alone & (requests.travel_s[served] != travel_s), dispute_id
        ),
        *failures(
            "a session occupies its post otherwise", alone & (requests.occupation_s[served] != occupation_s), dispute_id
        ),
        *failures(
            "a session is held by a group that it does not list", sessions.option_slot[option] != slot, dispute_id
        ),
        *failures("a session is held by a pool for other units", requests.pool[served] != right_pool, dispute_id),
        *failures("a session settles what it cannot", (outcome == RequestOutcome.SETTLED) & ~passes, dispute_id),
        *failures("a session fails to settle what it can", missed, dispute_id),
    ]


def last_sessions(run: AuditSubject) -> list[str]:
    """Check that an episode settled at a tier has exactly one settling session, its last, and any other has none."""
    requests, episodes, episode = run.trajectory.requests, run.episodes, run.episode_of_request
    settling = requests.outcome == RequestOutcome.SETTLED
    count = np.bincount(episode[settling], minlength=len(episodes.fate))
    expected = (episodes.fate == Fate.SETTLED) & (episodes.fate_tier != NOWHERE)
    at_end = np.zeros(len(episodes.fate), dtype=np.bool_)
    last = settling & _is_last(run) & (requests.ended_s == episodes.fate_s[episode])
    at_end[episode[last]] = True
    wrong = (count != expected) | (expected & ~at_end)
    return failures("a dispute's settling sessions do not fit its fate", wrong, episodes.dispute_id)


def _gaps(run: AuditSubject) -> list[str]:
    """The first session of a visit is asked for on arrival, each other after the session before it and its gap."""
    requests, visits, batch = run.trajectory.requests, run.trajectory.visits, run.batch
    casework = np.flatnonzero(requests.purpose == Purpose.CASEWORK)
    visit, slot = run.visit_of_request[casework], requests.slot[casework]
    is_first = np.ones(len(casework), dtype=np.bool_)
    is_first[1:] = visit[1:] != visit[:-1]
    before_s = np.concatenate((np.zeros(1, dtype=np.int64), requests.ended_s[casework]))[:-1]
    column = run.round_of_visit[visit] * len(run.protocol.sessions.slot_ids) + slot
    row = requests.dispute[casework]
    expected_s = np.where(is_first, visits.arrived_s[visit], before_s + batch.gap_s[row, column])
    goes_back = ~is_first & (slot <= np.concatenate((np.zeros(1, dtype=slot.dtype), slot))[:-1])
    wrong = (requests.joined_s[casework] != expected_s) | goes_back
    return failures("a case does not ask for its sessions in turn", wrong, batch.dispute_id[row])


def _is_last(run: AuditSubject) -> Mask:
    """Whether a request is the last that a case makes for itself in an episode: bool (R,)."""
    requests = run.trajectory.requests
    casework = np.flatnonzero(requests.purpose == Purpose.CASEWORK)
    episode: Int64 = run.episode_of_request[casework]
    is_last = np.zeros(len(requests.dispute), dtype=np.bool_)
    if len(casework):
        is_last[casework] = np.append(episode[1:] != episode[:-1], True)
    return is_last
