"""Whether agreements hold or break as drawn, and follow-up visits are asked for, made and called off in time."""

import numpy as np

from sim.jurisdiction.contract import Int32, Int64
from sim.outcomes.audits.subject import AuditSubject, among_rows, failures
from sim.outcomes.columns import among, cells, rows_of
from sim.sampling.whole_seconds import after
from sim.vocabulary import NEVER_S, NOWHERE, Fate, Grade, Purpose, ReopenAt, RequestOutcome


def agreements(run: AuditSubject) -> list[str]:
    """Check that every agreement is tried at its instant and breaks there iff it does not hold."""
    episodes, batch, horizon_s = run.episodes, run.batch, run.jurisdiction.horizon_s
    visits_due = len(run.protocol.after_settlement.follow_up_after_s)
    last_number = run.protocol.after_settlement.max_episodes - 1
    is_tried = among(episodes.fate, Fate.SETTLED) & (episodes.number < last_number)
    tried = rows_of(is_tried)
    dispute, number = episodes.dispute.take(tried), episodes.number.take(tried)
    breached_s, is_broken = _breached_s(run).take(tried), episodes.is_broken.take(tried)
    holds, tried_s = np.ones(len(tried), dtype=np.bool_), np.full(len(tried), NEVER_S, dtype=np.int64)
    if len(tried):
        tried_s = after(episodes.fate_s.take(tried), cells(batch.breach_after_s, dispute, number))
        column = number * (visits_due + 1) + _completed(run, tried, tried_s)
        holds = _settled_age_s(run, tried) <= cells(batch.holds_until_age_s, dispute, column)
    breaks, owner = (tried_s < horizon_s) & ~holds, among_rows(run.of_episode, tried)
    broken = episodes.further - 1
    untried = ~is_tried.take(broken)
    return [
        *failures("an agreement broke that was not tried", untried, among_rows(run.of_episode, broken)),
        *failures("an agreement broke that holds", is_broken & ~breaks, owner),
        *failures("an agreement lasts that breaks", ~is_broken & breaks, owner),
        *failures("an agreement broke at another second", is_broken & (breached_s != tried_s), owner),
        *_reopenings(run),
    ]


def follow_ups(run: AuditSubject) -> list[str]:
    """Check that visits are asked for when due, of who settled, and skipped or called off when they should be."""
    requests = run.trajectory.requests
    is_visit, is_skipped = among(requests.purpose, Purpose.FOLLOW_UP), among(requests.outcome, RequestOutcome.SKIPPED)
    rows = rows_of(is_visit)
    others = failures("a session is skipped", is_skipped & ~is_visit, run.of_request)
    if not len(rows) and not len(run.protocol.after_settlement.follow_up_after_s):
        return others
    episode, owner = run.episode_of_request[rows], among_rows(run.of_request, rows)
    breached_s = _breached_s(run)
    due_s = _due_s(run, breached_s)
    # By episode and due second, as they are listed, they are in order.
    expected = due_s[due_s < NEVER_S]
    asked_s = np.sort(episode * (run.jurisdiction.horizon_s + 1) + requests.joined_s[rows])
    found = [] if np.array_equal(expected, asked_s) else ["follow-up visits are not those that were due"]
    settling = _settling_request(run)[episode]
    unsettled = settling == NOWHERE
    same = unsettled | (requests.slot[rows] == requests.slot[settling])
    served = requests.pool[rows] != NOWHERE
    same &= ~served | (requests.pool[rows] == requests.pool[settling])
    skip_s = _skip_s(run, requests.pool[settling], requests.joined_s[rows])
    outcome, left_s, breached_s = requests.outcome[rows], requests.left_s[rows], breached_s[episode]
    is_void = among(outcome, RequestOutcome.LEFT_QUEUE)
    late = served & ((requests.started_s[rows] >= skip_s) | (requests.started_s[rows] >= breached_s))
    late |= among(outcome, RequestOutcome.WAITING) & (np.minimum(skip_s, breached_s) < run.jurisdiction.horizon_s)
    wrong_end = (is_skipped[rows] & (left_s != skip_s)) | (is_void & (left_s != breached_s))
    return [
        *found,
        *failures("a follow-up visit of a case that no session settled", unsettled, owner),
        *failures("a follow-up visit by others than who settled", ~same & ~unsettled, owner),
        *failures("a follow-up visit is made or waited for too late", late, owner),
        *failures("a follow-up visit is skipped or void at another second", wrong_end, owner),
        *others,
    ]


def _settling_request(run: AuditSubject) -> Int64:
    """Row of the session that settled each episode, NOWHERE if none did: int64 (Q,)."""
    result = np.full(len(run.episodes.dispute), NOWHERE, dtype=np.int64)
    rows = rows_of(among(run.trajectory.requests.outcome, RequestOutcome.SETTLED))
    result[run.episode_of_request[rows]] = rows
    return result


def _settled_age_s(run: AuditSubject, tried: Int64) -> Int64:
    """Age of some settled episodes at the start of the session that settled it, or when the parties did: int64 (n,)."""
    settling = _settling_request(run).take(tried)
    started_s = run.trajectory.requests.started_s
    agreed_s = run.episodes.fate_s.take(tried)
    in_session = rows_of(settling != NOWHERE)
    agreed_s[in_session] = started_s[settling.take(in_session)]
    return agreed_s - run.episodes.started_s.take(tried)


def _completed(run: AuditSubject, tried: Int64, tried_s: Int64) -> Int64 | int:
    """Follow-up visits that had ended when each tried agreement was tried: int64, one per row of `tried`."""
    requests = run.trajectory.requests
    visits = rows_of(among(requests.purpose, Purpose.FOLLOW_UP))
    if not len(visits):
        return 0
    until_s = np.full(len(run.episodes.dispute), -1, dtype=np.int64)
    until_s[tried] = tried_s
    episode = run.episode_of_request.take(visits)
    done = requests.started_s.take(visits) < NEVER_S
    done &= requests.ended_s.take(visits) <= until_s.take(episode)
    return np.bincount(episode[done], minlength=len(until_s)).take(tried)


def _breached_s(run: AuditSubject) -> Int64:
    """When the agreement of each episode broke, NEVER_S if it did not: int64 (Q,)."""
    breached_s = np.full(len(run.episodes.dispute), NEVER_S, dtype=np.int64)
    further = run.episodes.further
    breached_s[further - 1] = run.episodes.started_s.take(further)
    return breached_s


def _due_s(run: AuditSubject, breached_s: Int64) -> Int64:
    """One number per visit due: episode and second; NEVER_S if void or too late."""
    episodes, horizon_s = run.episodes, run.jurisdiction.horizon_s
    after_s = run.protocol.after_settlement.follow_up_after_s
    settled = rows_of(among(episodes.fate, Fate.SETTLED) & (episodes.fate_tier != NOWHERE))
    due_s = episodes.fate_s[settled][:, np.newaxis] + after_s
    comes = due_s < np.minimum(breached_s[settled], horizon_s)[:, np.newaxis]
    return np.where(comes, settled[:, np.newaxis] * (horizon_s + 1) + due_s, NEVER_S)


def _skip_s(run: AuditSubject, pool: Int32, joined_s: Int64) -> Int64:
    """When visits asked for of these pools are skipped: int64, one per visit."""
    working_s = np.full(len(joined_s), run.protocol.after_settlement.skip_after_s, dtype=np.int64)
    group = run.jurisdiction.staff.pool_group[pool] if len(pool) else pool
    return run.place.times.end_s(run.place.calendar_of_group.take(group), joined_s, working_s)


def _reopenings(run: AuditSubject) -> list[str]:
    """A case that triage does not send anew starts at once where the agreement was reached, or one tier above."""
    rule, top = run.protocol.after_settlement.reopen_at, len(run.jurisdiction.tier_ids) - 1
    if rule == ReopenAt.TRIAGE:
        return []
    episodes, visits = run.episodes, run.trajectory.visits
    reopened = episodes.further
    tier = episodes.fate_tier[reopened - 1].astype(np.int64)
    tier[tier == NOWHERE] = run.protocol.triage.grade_tier[Grade.SMALL]
    tier = np.minimum(tier + (rule == ReopenAt.PARENT), top)
    visit = run.first_visit[reopened]
    wrong = visit == NOWHERE
    if len(visits.dispute):
        wrong |= (visits.tier[visit] != tier) | (visits.arrived_s[visit] != episodes.started_s[reopened])
    return failures("a broken agreement is taken up elsewhere", wrong, among_rows(run.of_episode, reopened))
