"""Whether each dispute's fate is what its sampled instants and its last visit say."""

import numpy as np
from numpy.typing import NDArray

from sim.jurisdiction.contract import Int64
from sim.outcomes.audits.subject import FORWARDED, AuditSubject, Mask, failures
from sim.vocabulary import NEVER_S, NOWHERE, Departure, Fate

_WITHDRAWN = (Fate.WITHDRAWN, Fate.WITHDRAWN_FADED)
_WITHOUT_VISITS = (Fate.LATENT, Fate.FADED)
_WITHOUT_INSTANT = (Fate.LATENT, Fate.OPEN)


def fates_and_visits(run: AuditSubject) -> list[str]:
    """Check that the last visit of each episode ends as its fate says, when and where it says."""
    episodes, visits, dispute_id = run.episodes, run.trajectory.visits, run.episodes.dispute_id
    top, fate, gave_up = len(run.jurisdiction.tier_ids) - 1, episodes.fate, episodes.withdrawn_s != NEVER_S
    has_visit = run.visit_count > 0
    by_parties = (fate == Fate.SETTLED) & (episodes.fate_tier == NOWHERE)
    open_visit = np.isin(_last(run, visits.departure), (Departure.PRESENT, *FORWARDED))
    found = [
        *failures("a dispute nobody knew has visits", has_visit & np.isin(fate, _WITHOUT_VISITS), dispute_id),
        *failures("a dispute settled by its parties has visits", has_visit & by_parties, dispute_id),
        *failures("an open case has left its last tier", (fate == Fate.OPEN) & has_visit & ~open_visit, dispute_id),
    ]
    for ending, way in ((Fate.SETTLED, Departure.SETTLED), (Fate.ADJUDICATED, Departure.ADJUDICATED)):
        wrong = (fate == ending) & ~by_parties & ~_ends_by(run, way, episodes.fate_s)
        wrong |= (fate == ending) & ~by_parties & has_visit & (_last(run, visits.tier) != episodes.fate_tier)
        found += failures(f"a dispute {ending.name} has no visit that ended so", wrong, dispute_id)
    wrong = (fate == Fate.ADJUDICATED) & (episodes.fate_tier != top)
    found += failures("a dispute was adjudicated below the top", wrong, dispute_id)
    for chosen, way, end_s in (
        (fate == Fate.LITIGATED, Departure.LITIGATED, episodes.fate_s),
        ((fate == Fate.INCIDENT) & ~gave_up, Departure.INCIDENT, episodes.fate_s),
        (gave_up, Departure.WITHDRAWN, episodes.withdrawn_s),
    ):
        wrong = chosen & has_visit & ~_ends_by(run, way, end_s) & ~_is_between_tiers(run, end_s)
        found += failures(f"a case that left {way.name} has another last visit", wrong, dispute_id)
    left_by_petition = visits.departure == Departure.BYPASSED
    wrong = left_by_petition & ~episodes.bypassed[run.episode_of_visit]
    return [*found, *failures("a petition is not flagged", wrong, dispute_id[run.episode_of_visit])]


def fates_and_instants(run: AuditSubject) -> list[str]:
    """Check the second of every episode's fate against what was drawn: fading, incident, withdrawal."""
    episodes, horizon_s = run.episodes, run.jurisdiction.horizon_s
    fate, fate_s, dispute_id = episodes.fate, episodes.fate_s, episodes.dispute_id
    gave_up, is_known = episodes.withdrawn_s != NEVER_S, episodes.surfaced_s < horizon_s
    fades_s = episodes.withdrawn_s + np.where(gave_up, episodes.withdrawn_fade_s, 0)
    may_give_up = np.isin(fate, (*_WITHDRAWN, Fate.INCIDENT))
    known_fate = ~np.isin(fate, (Fate.LATENT, Fate.FADED, Fate.INCIDENT))
    # A settlement in the second of an incident comes first, any other end in that second does not.
    ended_first = (fate_s < episodes.incident_s) | ((fate_s == episodes.incident_s) & (fate == Fate.SETTLED))
    ended_first &= fate != Fate.WITHDRAWN
    outlived = (fate != Fate.INCIDENT) & (episodes.incident_s < horizon_s) & ~ended_first
    by_parties = (fate == Fate.SETTLED) & (episodes.fate_tier == NOWHERE)
    tried_s = np.where(by_parties, episodes.registered_s + run.protocol.triage.self_s, NEVER_S)
    agreed = (fate_s == tried_s) & (fate_s - episodes.started_s <= episodes.self_settle_until_age_s)
    return [
        *failures("parties settled what was not left to them", by_parties & ~agreed, dispute_id),
        *failures("an end has no second", np.isin(fate, _WITHOUT_INSTANT) != (fate_s == NEVER_S), dispute_id),
        *failures("a fate comes before emergence", fate_s < episodes.started_s, dispute_id),
        *failures("a fate needs a known dispute", known_fate & ~is_known, dispute_id),
        *failures("a case ends before it is known", is_known & (fate_s < episodes.surfaced_s), dispute_id),
        *failures("a dispute faded at another second", (fate == Fate.FADED) & (fate_s != episodes.faded_s), dispute_id),
        *failures(
            "an incident happened at another second",
            (fate == Fate.INCIDENT) & (fate_s != episodes.incident_s),
            dispute_id,
        ),
        *failures("a dispute outlived its incident", outlived, dispute_id),
        *failures("a withdrawal does not fit the fate", gave_up & ~may_give_up, dispute_id),
        *failures("a withdrawn dispute never withdrew", np.isin(fate, _WITHDRAWN) & ~gave_up, dispute_id),
        *failures(
            "a withdrawal has two seconds", (fate == Fate.WITHDRAWN) & (fate_s != episodes.withdrawn_s), dispute_id
        ),
        *failures(
            "a withdrawn dispute faded at another second",
            ((fate == Fate.WITHDRAWN_FADED) & (fate_s != fades_s)) | ((fate == Fate.WITHDRAWN) & (fades_s < horizon_s)),
            dispute_id,
        ),
    ]


def _last(run: AuditSubject, values: NDArray[np.integer]) -> Int64:
    """Value of each episode's last visit, NOWHERE without visits: (Q,)."""
    result = np.full(len(run.last_visit), NOWHERE, dtype=np.int64)
    has_visit = run.visit_count > 0
    result[has_visit] = values[run.last_visit[has_visit]]
    return result


def _ends_by(run: AuditSubject, way: Departure, end_s: Int64) -> Mask:
    """Whether the last visit ended this way at this second."""
    visits = run.trajectory.visits
    ends: Mask = (_last(run, visits.departure) == way) & (_last(run, visits.left_s) == end_s)
    return ends


def _is_between_tiers(run: AuditSubject, end_s: Int64) -> Mask:
    """Whether the case had been sent on and had not arrived."""
    visits = run.trajectory.visits
    between: Mask = np.isin(_last(run, visits.departure), FORWARDED) & (_last(run, visits.left_s) <= end_s)
    return between
