"""Whether deadlines, the parties' patience and incidents take cases away when they should."""

import numpy as np

from sim.jurisdiction.contract import Int64
from sim.outcomes.audits.handing_up import last_required
from sim.outcomes.audits.subject import AuditSubject, failures
from sim.vocabulary import NEVER_S, SECONDS_PER_DAY, PatienceChoice, Purpose, RequestOutcome


def time_limits(run: AuditSubject) -> list[str]:
    """Check that no case joins a queue, waits in it or begins a session once something should have taken it away.

    A deadline counts for what comes after the sessions that must have been tried.
    """
    requests, horizon_s = run.trajectory.requests, run.jurisdiction.horizon_s
    rows = np.flatnonzero(requests.purpose == Purpose.CASEWORK)
    visit, slot, dispute_id = run.visit_of_request[rows], requests.slot[rows], run.batch.dispute_id
    due_s = np.where(slot > last_required(run, visit), _due_s(run)[visit], NEVER_S)
    parties_s = np.minimum(run.episodes.incident_s[run.episode_of_visit], _patience_acts_s(run))[visit]
    waits = requests.outcome[rows] == RequestOutcome.WAITING
    found = []
    for what, limit_s in (("its deadline", due_s), ("its parties or an incident", parties_s)):
        late = requests.joined_s[rows] >= limit_s
        late |= (requests.started_s[rows] < NEVER_S) & (requests.started_s[rows] >= limit_s)
        late |= (requests.left_s[rows] < NEVER_S) & (requests.left_s[rows] > limit_s)
        late |= waits & (limit_s < horizon_s)
        found += failures(f"{what} did not take a case away", late, dispute_id[requests.dispute[rows]])
    return found


def _due_s(run: AuditSubject) -> Int64:
    """The deadline of each visit, the tier's or the overall one if it comes first: int64 (M,).

    The overall one runs from the desk: not for parties who petition before that, and not twice in an episode.
    """
    visits, episodes, episode = run.trajectory.visits, run.episodes, run.episode_of_visit
    petitioned = (episodes.patience_choice == PatienceChoice.BYPASS) & (episodes.patience_s <= episodes.registered_s)
    at_desk = (run.visit_count > 0) & ((episodes.number > 0) | ~petitioned)
    overall_s = np.full(len(at_desk), NEVER_S, dtype=np.int64)
    overall_s[at_desk] = run.protocol.overall_due_s[episodes.registered_s[at_desk] // SECONDS_PER_DAY]
    overall_due_s = overall_s[episode]
    return np.minimum(visits.due_s, np.where(overall_due_s > visits.arrived_s, overall_due_s, NEVER_S))


def _patience_acts_s(run: AuditSubject) -> Int64:
    """When the end of patience takes a case away from each visit: int64 (M,).

    A petition is made once, and moves nothing that is at the top tier.
    """
    visits, episode = run.trajectory.visits, run.episode_of_visit
    patience_s = run.episodes.patience_s[episode]
    petitions = run.episodes.patience_choice[episode] == PatienceChoice.BYPASS
    is_at_top = visits.tier == len(run.jurisdiction.tier_ids) - 1
    moves = ~petitions | (~is_at_top & (visits.arrived_s < patience_s))
    return np.where(moves, patience_s, NEVER_S)
