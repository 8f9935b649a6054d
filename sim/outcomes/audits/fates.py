"""Whether each dispute's fate is what its sampled instants and its last visit say."""

import numpy as np
from numpy.typing import NDArray

from sim.outcomes.audits.subject import FORWARDED, AuditSubject, among_rows, failures
from sim.outcomes.columns import Number, among, rows_of
from sim.vocabulary import NEVER_S, NOWHERE, Departure, Fate

_WITHDRAWN = (Fate.WITHDRAWN, Fate.WITHDRAWN_FADED)
_WITHOUT_VISITS = (Fate.LATENT, Fate.FADED)


def fates_and_visits(run: AuditSubject) -> list[str]:
    """Check that the last visit of each episode ends as its fate says, when and where it says."""
    episodes, visits, top = run.episodes, run.trajectory.visits, len(run.jurisdiction.tier_ids) - 1
    fate, gave_up, has_visit = episodes.fate, episodes.withdrawn_s != NEVER_S, run.visit_count > 0
    last_way, last_left_s, last_tier = (
        _last(run, visits.departure),
        _last(run, visits.left_s),
        _last(run, run.stays.row),
    )
    settled, adjudicated, incident = (among(fate, one) for one in (Fate.SETTLED, Fate.ADJUDICATED, Fate.INCIDENT))
    by_parties, sent_on = settled & (episodes.fate_tier == NOWHERE), among(last_way, *FORWARDED)
    left_open = among(fate, Fate.OPEN) & has_visit & ~(sent_on | among(last_way, Departure.PRESENT))
    nobody_knew = has_visit & among(fate, *_WITHOUT_VISITS)
    found = [
        *failures("a dispute nobody knew has visits", nobody_knew, run.of_episode),
        *failures("a dispute settled by its parties has visits", has_visit & by_parties, run.of_episode),
        *failures("an open case has left its last tier", left_open, run.of_episode),
    ]
    elsewhere = ~((last_left_s == episodes.fate_s) & ((last_tier == episodes.fate_tier) | ~has_visit))
    for ending, of_these, way in (
        (Fate.SETTLED, settled & ~by_parties, Departure.SETTLED),
        (Fate.ADJUDICATED, adjudicated, Departure.ADJUDICATED),
    ):
        wrong = of_these & (elsewhere | (last_way != int(way)))
        found += failures(f"a dispute {ending.name} has no visit that ended so", wrong, run.of_episode)
    found += failures(
        "a dispute was adjudicated below the top", adjudicated & (episodes.fate_tier != top), run.of_episode
    )
    for chosen, way, end_s in (
        (among(fate, Fate.LITIGATED), Departure.LITIGATED, episodes.fate_s),
        (incident & ~gave_up, Departure.INCIDENT, episodes.fate_s),
        (gave_up, Departure.WITHDRAWN, episodes.withdrawn_s),
    ):
        # Or it had been sent on and had not arrived.
        left_so = ((last_way == int(way)) & (last_left_s == end_s)) | (sent_on & (last_left_s <= end_s))
        wrong = chosen & has_visit & ~left_so
        found += failures(f"a case that left {way.name} has another last visit", wrong, run.of_episode)
    wrong = among(visits.departure, Departure.BYPASSED) & ~episodes.bypassed.take(run.episode_of_visit)
    return [*found, *failures("a petition is not flagged", wrong, run.of_visit)]


def fates_and_instants(run: AuditSubject) -> list[str]:
    """Check the second of every episode's fate against what was drawn: fading, incident, withdrawal."""
    episodes, batch, horizon_s, owner = run.episodes, run.batch, run.jurisdiction.horizon_s, run.of_episode
    fate, fate_s, incident_s, withdrawn_s = episodes.fate, episodes.fate_s, episodes.incident_s, episodes.withdrawn_s
    gave_up, is_known = withdrawn_s != NEVER_S, episodes.surfaced_s < horizon_s
    latent, faded, opened, settled, incident, withdrawn, withdrawn_faded = (
        among(fate, one) for one in (Fate.LATENT, Fate.FADED, Fate.OPEN, Fate.SETTLED, Fate.INCIDENT, *_WITHDRAWN)
    )
    fades_s, gone = withdrawn_s.copy(), rows_of(gave_up)
    fades_s[gone] += episodes.drawn(batch.withdrawn_fade_s, batch.later_withdrawn_fade_s, gone)
    # A settlement in the second of an incident comes first, any other end in that second does not.
    ended_first = ((fate_s < incident_s) | ((fate_s == incident_s) & settled)) & ~withdrawn
    outlived = ~incident & (incident_s < horizon_s) & ~ended_first
    by_parties = rows_of(settled & (episodes.fate_tier == NOWHERE))
    until_age_s = episodes.drawn(batch.self_settle_until_age_s, batch.later_self_settle_until_age_s, by_parties)
    agreed_s = fate_s.take(by_parties)
    agreed = agreed_s == episodes.registered_s.take(by_parties) + run.protocol.triage.self_s
    agreed &= agreed_s - episodes.started_s.take(by_parties) <= until_age_s
    # A further episode, which everybody knows of, does not fade unseen.
    unseen = rows_of(faded)
    faded_s = np.where(episodes.number.take(unseen) == 0, batch.faded_s.take(episodes.dispute.take(unseen)), NEVER_S)
    otherwise_faded = (withdrawn_faded & (fate_s != fades_s)) | (withdrawn & (fades_s < horizon_s))
    return [
        *failures("parties settled what was not left to them", ~agreed, among_rows(owner, by_parties)),
        *failures("an end has no second", (latent | opened) != (fate_s == NEVER_S), owner),
        *failures("a fate comes before emergence", fate_s < episodes.started_s, owner),
        *failures("a fate needs a known dispute", ~(latent | faded | incident | is_known), owner),
        *failures("a case ends before it is known", is_known & (fate_s < episodes.surfaced_s), owner),
        *failures("a dispute faded at another second", fate_s.take(unseen) != faded_s, among_rows(owner, unseen)),
        *failures("an incident happened at another second", incident & (fate_s != incident_s), owner),
        *failures("a dispute outlived its incident", outlived, owner),
        *failures("a withdrawal does not fit the fate", gave_up & ~(withdrawn | withdrawn_faded | incident), owner),
        *failures("a withdrawn dispute never withdrew", (withdrawn | withdrawn_faded) & ~gave_up, owner),
        *failures("a withdrawal has two seconds", withdrawn & (fate_s != withdrawn_s), owner),
        *failures("a withdrawn dispute faded at another second", otherwise_faded, owner),
    ]


def _last(run: AuditSubject, values: NDArray[Number]) -> NDArray[Number]:
    """Value of each episode's last visit, NOWHERE without visits: (Q,)."""
    return np.append(values, values.dtype.type(NOWHERE)).take(run.last_visit)
