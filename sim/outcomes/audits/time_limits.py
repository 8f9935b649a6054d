"""Whether deadlines, the parties' patience and incidents take cases away when they should."""

import numpy as np

from sim.jurisdiction.contract import Int64
from sim.outcomes.audits.handing_up import last_required
from sim.outcomes.audits.subject import AuditSubject, failures
from sim.outcomes.columns import among, rows_of
from sim.vocabulary import NEVER_S, SECONDS_PER_DAY, PatienceChoice, RequestOutcome


def time_limits(run: AuditSubject) -> list[str]:
    """Check that no case joins a queue, waits in it or begins a session once something should have taken it away.

    A deadline counts for what comes after the sessions that must have been tried.
    """
    requests, horizon_s, visit = run.trajectory.requests, run.jurisdiction.horizon_s, run.visit_of_request
    due_s = _due_s(run).take(visit)
    if run.protocol.handing_up.must_have_tried.any():
        due_s = np.where(requests.slot > last_required(run).take(visit), due_s, NEVER_S)
    parties_s = np.minimum(run.episodes.incident_s.take(run.episode_of_visit), _patience_acts_s(run)).take(visit)
    waits = among(requests.outcome, RequestOutcome.WAITING)
    starts, leaves = requests.started_s < NEVER_S, requests.left_s < NEVER_S
    found = []
    for what, limit_s in (("its deadline", due_s), ("its parties or an incident", parties_s)):
        late = requests.joined_s >= limit_s
        late |= starts & (requests.started_s >= limit_s)
        late |= leaves & (requests.left_s > limit_s)
        late |= waits & (limit_s < horizon_s)
        found += failures(f"{what} did not take a case away", late & run.casework, run.of_request)
    return found


def _due_s(run: AuditSubject) -> Int64:
    """The deadline of each visit, the tier's or the overall one if it comes first: int64 (M,).

    The overall one runs from the desk: not for parties who petition before that, and not twice in an episode.
    """
    visits, episodes = run.trajectory.visits, run.episodes
    petitioned = among(episodes.patience_choice, PatienceChoice.BYPASS) & (episodes.patience_s <= episodes.registered_s)
    at_desk = rows_of((run.visit_count > 0) & ((episodes.number > 0) | ~petitioned))
    overall_s = np.full(len(petitioned), NEVER_S, dtype=np.int64)
    overall_s[at_desk] = run.protocol.overall_due_s.take(episodes.registered_s.take(at_desk) // SECONDS_PER_DAY)
    overall_due_s = overall_s.take(run.episode_of_visit)
    np.putmask(overall_due_s, overall_due_s <= visits.arrived_s, NEVER_S)
    return np.minimum(visits.due_s, overall_due_s)


def _patience_acts_s(run: AuditSubject) -> Int64:
    """When the end of patience takes a case away from each visit: int64 (M,).

    A petition is made once, and moves nothing that is at the top tier.
    """
    visits, episode = run.trajectory.visits, run.episode_of_visit
    patience_s = run.episodes.patience_s.take(episode)
    petitions = among(run.episodes.patience_choice, PatienceChoice.BYPASS).take(episode)
    is_at_top = run.stays.row == len(run.jurisdiction.tier_ids) - 1
    stays = petitions & (is_at_top | (visits.arrived_s >= patience_s))
    np.putmask(patience_s, stays, NEVER_S)
    return patience_s
