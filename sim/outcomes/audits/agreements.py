"""Whether agreements hold or break as drawn, and follow-up visits are asked for, made and called off in time."""

import numpy as np

from sim.jurisdiction.contract import Int64
from sim.outcomes.audits.subject import AuditSubject, failures
from sim.outcomes.working_time import work_end_s
from sim.sampling.whole_seconds import after
from sim.vocabulary import NEVER_S, NOWHERE, Fate, Grade, Purpose, ReopenAt, RequestOutcome


def agreements(run: AuditSubject) -> list[str]:
    """Check that every agreement is tried at its instant and breaks there iff it does not hold."""
    episodes, batch, horizon_s = run.episodes, run.batch, run.jurisdiction.horizon_s
    visits_due = len(run.protocol.after_settlement.follow_up_after_s)
    last_number = run.protocol.after_settlement.max_episodes - 1
    tried = np.flatnonzero((episodes.fate == Fate.SETTLED) & (episodes.number < last_number))
    dispute, number = episodes.dispute[tried], episodes.number[tried]
    tried_s = after(episodes.fate_s[tried], batch.breach_after_s[dispute, number])
    column = number * (visits_due + 1) + _completed(run, tried, tried_s)
    holds = _settled_age_s(run)[tried] <= batch.holds_until_age_s[dispute, column]
    breaks = (tried_s < horizon_s) & ~holds
    broken = np.flatnonzero(episodes.is_broken)
    untried = ~np.isin(broken, tried)
    breached_s = np.full(len(episodes.dispute), NEVER_S, dtype=np.int64)
    breached_s[broken] = episodes.started_s[broken + 1]
    wrong_instant = episodes.is_broken[tried] & (breached_s[tried] != tried_s)
    return [
        *failures("an agreement broke that was not tried", untried, episodes.dispute_id[broken]),
        *failures("an agreement broke that holds", episodes.is_broken[tried] & ~breaks, episodes.dispute_id[tried]),
        *failures("an agreement lasts that breaks", ~episodes.is_broken[tried] & breaks, episodes.dispute_id[tried]),
        *failures("an agreement broke at another second", wrong_instant, episodes.dispute_id[tried]),
        *_reopenings(run),
    ]


def follow_ups(run: AuditSubject) -> list[str]:
    """Check that visits are asked for when due, of who settled, and skipped or called off when they should be."""
    requests = run.trajectory.requests
    rows = np.flatnonzero(requests.purpose == Purpose.FOLLOW_UP)
    episode, dispute_id = run.episode_of_request[rows], run.batch.dispute_id[requests.dispute[rows]]
    due_s, breached_s = _due_and_breach_s(run)
    expected = np.sort(due_s[due_s < NEVER_S])
    asked_s = np.sort(episode * (run.jurisdiction.horizon_s + 1) + requests.joined_s[rows])
    found = [] if np.array_equal(expected, asked_s) else ["follow-up visits are not those that were due"]
    settling = _settling_request(run)[episode]
    unsettled = settling == NOWHERE
    same = unsettled | (requests.slot[rows] == requests.slot[settling])
    served = requests.pool[rows] != NOWHERE
    same &= ~served | (requests.pool[rows] == requests.pool[settling])
    skip_s = _skip_s(run, requests.pool[settling].astype(np.int64), requests.joined_s[rows])
    outcome, left_s = requests.outcome[rows], requests.left_s[rows]
    is_skipped, is_void = outcome == RequestOutcome.SKIPPED, outcome == RequestOutcome.LEFT_QUEUE
    late = served & ((requests.started_s[rows] >= skip_s) | (requests.started_s[rows] >= breached_s[episode]))
    late |= (outcome == RequestOutcome.WAITING) & (np.minimum(skip_s, breached_s[episode]) < run.jurisdiction.horizon_s)
    wrong_end = (is_skipped & (left_s != skip_s)) | (is_void & (left_s != breached_s[episode]))
    others = (requests.purpose != Purpose.FOLLOW_UP) & (requests.outcome == RequestOutcome.SKIPPED)
    return [
        *found,
        *failures("a follow-up visit of a case that no session settled", unsettled, dispute_id),
        *failures("a follow-up visit by others than who settled", ~same & ~unsettled, dispute_id),
        *failures("a follow-up visit is made or waited for too late", late, dispute_id),
        *failures("a follow-up visit is skipped or void at another second", wrong_end, dispute_id),
        *failures("a session is skipped", others, run.batch.dispute_id[requests.dispute]),
    ]


def _settling_request(run: AuditSubject) -> Int64:
    """Row of the session that settled each episode, NOWHERE if none did: int64 (Q,)."""
    result = np.full(len(run.episodes.dispute), NOWHERE, dtype=np.int64)
    rows = np.flatnonzero(run.trajectory.requests.outcome == RequestOutcome.SETTLED)
    result[run.episode_of_request[rows]] = rows
    return result


def _settled_age_s(run: AuditSubject) -> Int64:
    """Age of each settled episode at the start of the session that settled it, or when its parties did: int64 (Q,)."""
    settling = _settling_request(run)
    agreed_s = run.episodes.fate_s.copy()
    in_session = settling != NOWHERE
    agreed_s[in_session] = run.trajectory.requests.started_s[settling[in_session]]
    return agreed_s - run.episodes.started_s


def _completed(run: AuditSubject, tried: Int64, tried_s: Int64) -> Int64:
    """Follow-up visits that had ended when each tried agreement was tried: int64, one per row of `tried`."""
    requests = run.trajectory.requests
    until_s = np.full(len(run.episodes.dispute), -1, dtype=np.int64)
    until_s[tried] = tried_s
    episode = run.episode_of_request
    done = (requests.purpose == Purpose.FOLLOW_UP) & (requests.started_s < NEVER_S)
    done &= requests.ended_s <= until_s[episode]
    return np.bincount(episode[done], minlength=len(until_s))[tried]


def _due_and_breach_s(run: AuditSubject) -> tuple[Int64, Int64]:
    """One number per visit due (episode and second; NEVER_S if void or too late), and each episode's breach (Q,)."""
    episodes, horizon_s = run.episodes, run.jurisdiction.horizon_s
    after_s = run.protocol.after_settlement.follow_up_after_s
    breached_s = np.full(len(episodes.dispute), NEVER_S, dtype=np.int64)
    broken = np.flatnonzero(episodes.is_broken)
    breached_s[broken] = episodes.started_s[broken + 1]
    settled = np.flatnonzero((episodes.fate == Fate.SETTLED) & (episodes.fate_tier != NOWHERE))
    due_s = episodes.fate_s[settled][:, np.newaxis] + after_s
    comes = due_s < np.minimum(breached_s[settled], horizon_s)[:, np.newaxis]
    return np.where(comes, settled[:, np.newaxis] * (horizon_s + 1) + due_s, NEVER_S), breached_s


def _skip_s(run: AuditSubject, pool: Int64, joined_s: Int64) -> Int64:
    """When visits asked for of these pools are skipped: int64, one per visit."""
    staff = run.jurisdiction.staff
    skip_s = np.full(len(joined_s), NEVER_S, dtype=np.int64)
    working_s = np.full(len(joined_s), run.protocol.after_settlement.skip_after_s, dtype=np.int64)
    calendar = staff.group_calendar[staff.pool_group[pool]] if len(pool) else pool
    for index, clock in enumerate(run.jurisdiction.clocks):
        here = calendar == index
        skip_s[here] = work_end_s(clock, joined_s[here], working_s[here])
    return skip_s


def _reopenings(run: AuditSubject) -> list[str]:
    """A case that triage does not send anew starts at once where the agreement was reached, or one tier above."""
    rule, top = run.protocol.after_settlement.reopen_at, len(run.jurisdiction.tier_ids) - 1
    if rule == ReopenAt.TRIAGE:
        return []
    episodes, visits = run.episodes, run.trajectory.visits
    reopened = np.flatnonzero(episodes.number > 0)
    tier = episodes.fate_tier[reopened - 1].astype(np.int64)
    tier[tier == NOWHERE] = run.protocol.triage.grade_tier[Grade.SMALL]
    tier = np.minimum(tier + (rule == ReopenAt.PARENT), top)
    visit = run.first_visit[reopened]
    wrong = visit == NOWHERE
    if len(visits.dispute):
        wrong |= (visits.tier[visit] != tier) | (visits.arrived_s[visit] != episodes.started_s[reopened])
    return failures("a broken agreement is taken up elsewhere", wrong, episodes.dispute_id[reopened])
